"""Hand a message over to the mail server, and tell in one word how that ended."""

from __future__ import annotations

from consult.domain.answer_letter import LetterState
from consult.domain.errors import DeliveryInDoubt, MessageRefused
from consult.domain.message import Message, Outbox


def hand_over(outbox: Outbox, message: Message) -> tuple[LetterState, str]:
    """Return what became of a message, and what the server said of it.

    Raises ``OutboxUnready`` when nothing went out: the caller takes back that it was being sent.
    """
    try:
        return LetterState.SENT, outbox.send(message)
    except MessageRefused as error:
        delayed = error.code == "outbox.delayed"
        state = LetterState.DELAYED if delayed else LetterState.REFUSED
        return state, str(error.values.get("reply", error.code))
    except DeliveryInDoubt as error:
        return LetterState.DOUBTFUL, error.code
