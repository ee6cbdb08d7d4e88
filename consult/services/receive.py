"""Receive a submission (收件): the one way in for every channel."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from consult.crypto.codes import canonical as canonical_code
from consult.crypto.codes import code_from, keyed_hash, new_code, new_number
from consult.domain.attachment import FileWords
from consult.domain.comment import Channel, NewSubmission, Receipt, Submission
from consult.domain.consultation import GENERAL, OFFPLAN, Consultation, Plan, Window
from consult.domain.errors import InputRefused, TooMany, WindowClosed
from consult.domain.text import is_blank, normalise, single_line
from consult.services import attach, vault
from consult.services.browse import Published, published
from consult.services.limit import WINDOW, bucket
from consult.services.office import Office
from consult.services.uploads import form_hash
from consult.store import arrivals, attempts, consultations, events, submissions
from consult.store.arrivals import Arrival

PUBLIC = "public"
# Channels where a person sees the refusal and can correct it at once.
_INTERACTIVE = frozenset({Channel.WEB, Channel.API})
_OF_FORM = "form:"  # what the keys of forms and programs begin with
_OWNER = len(_OF_FORM) + 24  # how far the keys of one form are alike
_SEND = "send"


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits of intake: characters of one submission, seconds of grace after closing.

    ``per_address`` and ``per_form`` are submissions in an hour, 0 for no limit.
    """

    max_text: int = 20_000
    max_line: int = 200
    grace: int = 0
    per_address: int = 0
    per_form: int = 0


def receive(
    office: Office,
    *,
    slug: str,
    new: NewSubmission,
    now: datetime,
    actor: str = PUBLIC,
    opened: datetime | None = None,
    rules: Rules | None = None,
    client: str = "",
    found: Published | None = None,
) -> Receipt:
    """Check, seal and store one submission; the receipt is durable when this returns.

    ``now`` is the consultation's time (it may be simulated); ``opened`` is when the form was
    opened, for the stated grace after closing; ``client`` is the address the limits count by;
    ``found`` is the consultation where the caller has just read it.

    Raises ``InputRefused``, ``WindowClosed``, ``NotFound``, ``TooMany``.
    """
    rules = rules or Rules()
    found = found or published(office, slug=slug)
    checked = check(new, found.plan, rules=rules, strict=new.channel in _INTERACTIVE)
    if actor == PUBLIC:
        admit(found.consultation.window, now=now, opened=opened, grace=rules.grace)
    quota = Quota(rules.per_address, rules.per_form, client)
    with office.store.write():  # one transaction, one wait for the disk
        return _store(office, found.id, found.consultation, checked, now, actor, quota)


@dataclass(frozen=True, slots=True)
class Quota:
    """How many submissions in an hour one address and one form may send, 0 for no limit."""

    per_address: int = 0
    per_form: int = 0
    client: str = ""


def check(new: NewSubmission, plan: Plan, *, rules: Rules, strict: bool) -> NewSubmission:
    """Pass a submission through the normalising gate; raises ``InputRefused`` naming the field.

    ``strict`` refuses what cannot be stored, because somebody is there to correct it. A submission
    with files may have no words of its own.
    """
    text = normalise(new.text, strict=strict).strip("\n")
    if is_blank(text) and not new.form and not new.enclosures:
        raise InputRefused("text.blank", field="text")
    if len(text) > rules.max_text:
        raise InputRefused("text.too-long", field="text", length=len(text), limit=rules.max_text)
    lines = {
        name: single_line(given, strict=strict) if (given := getattr(new, name)) else ""
        for name in ("name", "contact")
    }
    for name, value in lines.items():
        if len(value) > rules.max_line:
            raise InputRefused("line.too-long", field=name, length=len(value), limit=rules.max_line)
    _check_sections(new, plan, len(text))
    if (text, lines["name"], lines["contact"]) == (new.text, new.name, new.contact):
        return new
    return replace(new, text=text, name=lines["name"], contact=lines["contact"])


def _check_sections(new: NewSubmission, plan: Plan, length: int) -> None:
    beyond = {OFFPLAN, ""}  # what may be said of a point, not of the whole
    named = [*new.chosen, *(c.section for c in new.choices if c.section not in beyond)]
    for code in named:
        if code != GENERAL and plan.find(code) is None:
            section = single_line(code[:40], strict=False)
            raise InputRefused("submission.section", field="section", section=section)
    spans = [*new.spans, *((choice.start, choice.end) for choice in new.choices)]
    # Choices may lie beyond what was typed, in the text of an attachment.
    if any(not 0 <= start <= end for start, end in spans):
        raise InputRefused("submission.span", field="text")
    if any(end > length for _, end in new.spans):
        raise InputRefused("submission.span", field="text")


def store(
    office: Office, *, slug: str, new: NewSubmission, now: datetime, actor: str,
    found: tuple[int, Consultation] | None = None,
) -> Receipt:  # fmt: skip
    """Store a checked submission inside the caller's transaction; a repeated key stores once.

    ``found`` is the consultation with its number where this transaction has read it already.
    """
    identifier, consultation = found or consultations.find(office.store.db, slug)
    return _store(office, identifier, consultation, new, now, actor)


def _store(
    office: Office,
    consultation_id: int,
    consultation: Consultation,
    new: NewSubmission,
    now: datetime,
    actor: str,
    quota: Quota | None = None,
) -> Receipt:
    key, code = _identity(office, new, actor)
    number, met = _look(office, consultation_id, key, new.form, quota)
    if met.known is not None:
        first = submissions.by_id(office.store.db, met.known).value
        return _repeated(first, code if key.startswith(_OF_FORM) else "")
    _spend(office, quota, met)
    attached = attach.kept(office, new, any_files=met.files)
    letters = attach.letters(attached, new.enclosures)
    new = _within(new, letters)
    sealed = vault.close(office.keys, number, new, letters)
    received = (new.received or now).astimezone(UTC)
    late = received >= consultation.window.end
    item = submissions.SealedSubmission(
        number=number,
        code_hash=keyed_hash(office.keys.codes, canonical_code(code)),
        key=key or None,
        channel=new.channel,
        speaker=new.speaker,
        received=received,
        stored=office.clock(),
        late=late,
        publish=new.publish,
        privacy_version=new.privacy_version,
        chosen=new.chosen,
        source=new.source,
        person=vault.person(office.keys, new),
        sealed=sealed.sealed,
        sealed_contact=sealed.sealed_contact,
        wrapped=sealed.wrapped,
        choices=new.choices,
        sealed_letters=sealed.sealed_letters,
        held=new.held,
    )
    identifier = submissions.add(office.store.db, consultation_id, item)
    files = attach.keep(
        office, new, attached, number=number, submission=identifier, key=sealed.key,
        any_form=bool(met.files or met.draft),
    )  # fmt: skip
    said = _said(new, sealed.commitment, files)
    head = _note(office, consultation_id, actor, number, said, met.last)
    return Receipt(number, code, received, late=late, head=head, held=bool(new.held))


def _said(new: NewSubmission, commitment: str, files: int) -> dict[str, object]:
    """Return what the event of a submission says: nothing of its words."""
    said: dict[str, object] = {"commitment": commitment, "channel": new.channel.value}
    said |= {"files": files} if files else {}
    return said | ({"held": new.held} if new.held else {})


def _look(
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


def _spend(office: Office, quota: Quota | None, met: Arrival) -> None:
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


def _within(new: NewSubmission, letters: Sequence[FileWords]) -> NewSubmission:
    """Drop choices beyond the end of what was typed and attached: nobody sees such a span."""
    length = len(new.text) + sum(len(words.text) + 2 for words in letters)  # blank lines between
    if all(choice.end <= length for choice in new.choices):
        return new
    return replace(new, choices=tuple(c for c in new.choices if c.end <= length))


def _repeated(value: Submission, code: str) -> Receipt:
    held = value.state == "held"
    return Receipt(value.number, code, value.received, value.late, repeated=True, held=held)


def _note(
    office: Office,
    consultation: int,
    actor: str,
    number: str,
    after: dict[str, object],
    last: tuple[int, str],
) -> str:
    return events.add(
        office.store.db, at=office.clock(), actor=actor, verb="received",
        subject=f"submission:{number}", after=after, consultation=consultation, last=last,
    )  # fmt: skip


def _identity(office: Office, new: NewSubmission, actor: str) -> tuple[str, str]:
    """Return the key under which a submission is stored once, and its secret code.

    A form's key is a secret of one browser, that of the API a UUID of one program. It covers the
    text as well, so that a text edited after going back is stored and not mistaken for a repeated
    send; and the code is derived from it, so that a citizen whose first answer was lost is shown
    the same code again. All keys of one form begin alike, by which they are counted.
    """
    if actor != PUBLIC or new.channel not in _INTERACTIVE or not new.key:
        return new.key, new_code()
    content = "\n".join((new.key, *new.chosen, new.text))
    owner = keyed_hash(office.keys.codes, f"owner {new.form or new.key}")[:24]
    # Short: the index of keys is written with every submission.
    key = f"{_OF_FORM}{owner}{hashlib.sha256(content.encode()).hexdigest()[:24]}"
    return key, code_from(office.keys.codes, key)


def admit(window: Window, *, now: datetime, opened: datetime | None, grace: int) -> None:
    """Apply the window to the public; staff may enter late items, which are flagged.

    Raises ``WindowClosed``; a form opened in time may be sent for ``grace`` seconds more.
    """
    state = window.state(now)
    if state == "open":
        return
    in_time = opened is not None and window.start <= opened < window.end
    if state == "closed" and in_time and now < window.end + timedelta(seconds=grace):
        return
    raise WindowClosed(
        f"window.{state}",
        opens=window.opens.isoformat(),
        closes=window.closes.isoformat(),
    )
