"""Read a letter again in the encoding that a person has chosen; its original stays as it came.

The text as it was read before stays as an earlier version. Comments whose words are still there
keep their numbers, others are superseded; the next analysis makes new ones, so nothing is double.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from consult.domain.comment import NewSubmission
from consult.domain.errors import Conflict, InputRefused, NotFound
from consult.domain.text import is_blank, single_line
from consult.intake.mail_letter import LIMITS
from consult.intake.mail_readings import ENCODINGS
from consult.intake.sandbox import in_sandbox
from consult.services import vault
from consult.services.admit import check
from consult.services.correct import rewrite
from consult.services.office import Office
from consult.services.revise import standing
from consult.services.take_letters import LETTERS
from consult.store import changes, consultations, events, submissions
from consult.store.submissions import StoredSubmission

_WHY: Final = 500  # characters of a reason


@dataclass(frozen=True, slots=True)
class Reading:
    """A letter as it reads in an encoding; ``now`` marks what is stored."""

    codec: str
    called: str
    text: str
    name: str
    now: bool = False


def readings(office: Office, *, slug: str, number: str) -> tuple[Reading, ...]:
    """Return a letter in every encoding that gives another text, the most legible first.

    Raises ``NotFound`` for what has no letter, ``Conflict`` for what was withdrawn,
    ``InputRefused`` when the letter cannot be read at all.
    """
    _, found = _letter(office, slug, number)
    before = vault.original(office.keys, found)
    typed = before.text[: before.typed]
    made: dict[str, Reading] = {}
    data = vault.letter(office, found)
    for codec, said in in_sandbox(_READER, data, limits=LIMITS).items():
        text = str(said["text"])
        if codec in ENCODINGS and not is_blank(text) and text not in made:
            made[text] = Reading(codec, ENCODINGS[codec], text, str(said["name"]), text == typed)
    return tuple(sorted(made.values(), key=lambda reading: _illegible(reading.text)))


def _illegible(text: str) -> int:
    """Count what no Chinese letter is written in: signs of no meaning, and other scripts."""
    return sum(1 for c in text if not (c.isascii() or "\u3000" <= c <= "\u9fff" or c in _MARKS))


_MARKS: Final = "“”‘’…—·\uff0c\uff1a\uff1b\uff01\uff1f\uff08\uff09"


def redecode(office: Office, *, slug: str, number: str, codec: str, why: str, actor: str) -> None:
    """Store a letter as it reads in an encoding, with who chose it and why.

    Raises as ``readings`` does, ``InputRefused`` (``redecode.why``, ``redecode.codec``),
    ``Conflict("redecode.same")``.
    """
    reason = single_line(why, strict=False)[:_WHY]
    if not reason:
        raise InputRefused("redecode.why", field="why")
    chosen = {item.codec: item for item in readings(office, slug=slug, number=number)}.get(codec)
    if chosen is None:
        raise InputRefused("redecode.codec", field="codec")
    if chosen.now:
        raise Conflict("redecode.same")
    consultation, _ = consultations.find(office.store.db, slug)
    plan = consultations.plan(office.store.db, consultation)
    new = check(NewSubmission(chosen.text, name=chosen.name), plan, rules=LETTERS, strict=False)
    with office.store.write() as db:
        _, found = _letter(office, slug, number)  # as it is now
        commitment, gone = rewrite(office, found, new, (), ())
        _rename(office, found, new.name)
        events.add(
            db, at=office.clock(), actor=actor, verb="redecoded", why=reason,
            subject=f"submission:{number}", consultation=consultation,
            after={"commitment": commitment, "encoding": codec, "superseded": gone},
        )  # fmt: skip
    office.store.scrub()


_READER: Final = "consult.intake.mail_readings:read_each"


def _letter(office: Office, slug: str, number: str) -> tuple[int, StoredSubmission]:
    db = office.store.db
    consultation, _ = consultations.find(db, slug)
    found = submissions.by_number(db, consultation, number)
    if found is None:
        raise NotFound("submission.unknown", number=number)
    return consultation, standing(found)


def _rename(office: Office, found: StoredSubmission, name: str) -> None:
    """Put the sender's name right, too; how to reach them is plain ASCII and stays."""
    before, contact = vault.contact(office.keys, found)
    if name and before and name != before:
        key, number = vault.key_of(office.keys, found), found.value.number
        sealed = vault.close_contact(key, number, name, contact)
        changes.set_contact(office.store.db, found.value.id, sealed)
