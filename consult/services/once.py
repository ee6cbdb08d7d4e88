"""Take a submission once, and no more of them than one address and one form may send."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from consult.crypto.codes import code_from, keyed_hash, new_code, new_number
from consult.domain.comment import Channel, NewSubmission
from consult.domain.errors import TooMany
from consult.services.limit import WINDOW, bucket
from consult.services.office import Office
from consult.services.uploads import form_hash
from consult.store import arrivals, attempts
from consult.store.arrivals import Arrival

PUBLIC: Final = "public"
# Channels where a person sees the refusal and can correct it at once.
INTERACTIVE: Final = frozenset({Channel.WEB, Channel.API})
OF_FORM: Final = "form:"  # what the keys of forms and programs begin with
_OWNER: Final = len(OF_FORM) + 24  # how far the keys of one form are alike
_SEND: Final = "send"


@dataclass(frozen=True, slots=True)
class Quota:
    """How many submissions in an hour one address and one form may send, 0 for no limit."""

    per_address: int = 0
    per_form: int = 0
    client: str = ""


def identity(office: Office, new: NewSubmission, actor: str) -> tuple[str, str]:
    """Return the key under which a submission is stored once, and its secret code.

    A form's key is a secret of one browser, that of the API a UUID of one program. It covers the
    text as well, so that a text edited after going back is stored and not mistaken for a repeated
    send; and the code is derived from it, so that a citizen whose first answer was lost is shown
    the same code again. All keys of one form begin alike, by which they are counted.
    """
    if actor != PUBLIC or new.channel not in INTERACTIVE or not new.key:
        return new.key, new_code()
    content = "\n".join((new.key, *new.chosen, new.text))
    owner = keyed_hash(office.keys.codes, f"owner {new.form or new.key}")[:24]
    # Short: the index of keys is written with every submission.
    key = f"{OF_FORM}{owner}{hashlib.sha256(content.encode()).hexdigest()[:24]}"
    return key, code_from(office.keys.codes, key)


def look(
    office: Office, consultation: int, key: str, form: str, quota: Quota | None
) -> tuple[str, Arrival]:
    """Return a free number, and what the submission meets."""
    while True:
        number = new_number()
        met = arrivals.look(
            office.store.db, consultation, key=key, number=number,
            owner=key[:_OWNER] if form else "",
            form=form_hash(office, form) if form else "",
            bucket=bucket(office, _SEND, quota.client) if quota else "",
            at=office.clock().timestamp(), window=WINDOW,
        )  # fmt: skip
        if not met.taken:
            return number, met


def spend(office: Office, quota: Quota | None, met: Arrival) -> None:
    """Count the submission; raises ``TooMany`` when its address or its form has sent too many.

    What a form has sent is counted by what is stored of it.
    """
    if quota is None:
        return
    if quota.per_form and met.of_form >= quota.per_form:
        raise TooMany("limit.form", seconds=WINDOW)
    if quota.per_address and met.of_bucket >= quota.per_address:
        raise TooMany("limit.posts", seconds=WINDOW)
    if quota.per_address:
        named, at = bucket(office, _SEND, quota.client), office.clock().timestamp()
        attempts.add(office.store.db, named, at=at, window=WINDOW)
