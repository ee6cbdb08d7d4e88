"""The first letters of a mailbox on a terminal: what would become of them, before anything does."""

from __future__ import annotations

from consult.cli import say
from consult.services.preview_letters import MailPreview, SeenLetter
from consult.wording import sentence

_WIDTH = 60  # characters of a text that are shown


def show_letters(name: str, found: MailPreview, *, as_json: bool) -> None:
    """Print what would become of the letters that were looked at."""
    if as_json:
        rows = [
            {"place": letter.place, "outcome": _outcome(letter), "sender": letter.sender,
             "reason": _reason(letter)}
            for letter in found.letters
        ]  # fmt: skip
        say.as_json({"file": name, "total": found.total, "letters": rows})
        return
    say.line(f"{name}：共 {found.total} 封")
    for letter in found.letters:
        if letter.refusal is not None:
            say.warn(f"  {letter.place} {_reason(letter)}")
        else:
            known = "（已有）" if letter.repeated else ""
            words = letter.words.replace("\n", " ")[:_WIDTH]
            say.line(f"  {letter.place} {letter.sender}{known}：{words}")


def _outcome(letter: SeenLetter) -> str:
    if letter.refusal is not None:
        return "refused"
    return "repeated" if letter.repeated else "taken"


def _reason(letter: SeenLetter) -> str:
    return sentence(letter.refusal.code, letter.refusal.values) if letter.refusal else ""
