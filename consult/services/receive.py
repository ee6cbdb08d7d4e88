"""Receive a submission (收件): the one way in for every channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from consult.crypto.codes import canonical as canonical_code
from consult.crypto.codes import keyed_hash
from consult.domain.attachment import FileWords
from consult.domain.comment import NewSubmission, Receipt, Submission
from consult.domain.consultation import Consultation
from consult.services import attach, vault
from consult.services.admit import Rules, admit, check
from consult.services.browse import Published, published
from consult.services.office import Office
from consult.services.once import INTERACTIVE, OF_FORM, PUBLIC, Quota, identity, look, spend
from consult.store import consultations, events, submissions


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
    checked = check(new, found.plan, rules=rules, strict=new.channel in INTERACTIVE)
    if actor == PUBLIC:
        admit(found.consultation.window, now=now, opened=opened, grace=rules.grace)
    quota = Quota(rules.per_address, rules.per_form, client)
    with office.store.write():  # one transaction, one wait for the disk
        return _store(office, found.id, found.consultation, checked, now, actor, quota)


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
    key, code = identity(office, new, actor)
    number, met = look(office, consultation_id, key, new.form, quota)
    if met.known is not None:
        first = submissions.by_id(office.store.db, met.known).value
        return _repeated(first, code if key.startswith(OF_FORM) else "")
    spend(office, quota, met)
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
