"""Write letters on paper (纸质答复信) for those whom no e-mail reaches: a logged act."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from consult.domain.answer_letter import AnswerLetter, Letterhead
from consult.domain.errors import Conflict, InputRefused
from consult.domain.office_template import LETTER
from consult.domain.text import single_line
from consult.export.letter_body import plain_text, subject
from consult.export.letters_docx import Dress, letters_docx, letters_zip
from consult.export.letters_joined import join_letters
from consult.services.answer_letters import (
    group_of,
    letter_book,
    letterhead,
    masked_name,
    reveal,
)
from consult.services.deliver import Document
from consult.services.office import Office
from consult.services.office_templates import dresser
from consult.store import consultations, events

Form = Literal["docx", "zip"]
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write_letters(
    office: Office,
    *,
    slug: str,
    form: Form,
    as_of: datetime,
    rehearsal: bool = False,
    why: str,
    actor: str,
) -> Document:
    """Return the letters with names and contacts, as one document or a zip of documents.

    Raises ``InputRefused("letters.why")`` without a reason, ``Conflict("letters.none")``.
    """
    why = single_line(why)[:500]
    if not why:
        raise InputRefused("letters.why", field="why")
    paper = letter_book(office, slug=slug).paper
    if not paper:
        raise Conflict("letters.none")
    head = letterhead(office, slug=slug, as_of=as_of, rehearsal=rehearsal)
    with office.store.write() as db:  # before anything is opened
        identifier, _ = consultations.find(db, slug)
        events.add(
            db, at=office.clock(), actor=actor, verb="letters-printed",
            subject=f"consultation:{slug}", why=why, after={"letters": len(paper), "form": form},
            consultation=identifier,
        )  # fmt: skip
    addressed = [(letter, *reveal(office, letter)) for letter in paper]
    dress = _dress(office, slug, as_of)
    if form == "zip":
        packed = letters_zip(addressed, head, dress or _as_it_is)
        return Document("letters.zip", "application/zip", packed)
    if dress is None:
        return Document("letters.docx", _DOCX, letters_docx(addressed, head))
    filled = [dress(letters_docx([item], head), *item) for item in addressed]
    return Document("letters.docx", _DOCX, join_letters(filled))


def preview_letter(
    office: Office, *, slug: str, receipt: str, as_of: datetime, rehearsal: bool = False
) -> tuple[AnswerLetter, Letterhead, str, str]:
    """Return a letter, its head, subject and text as they would be sent, the name masked."""
    letter = group_of(office, slug=slug, receipt=receipt)
    head = letterhead(office, slug=slug, as_of=as_of, rehearsal=rehearsal)
    text = plain_text(letter, head, masked_name(office, letter))
    return letter, head, subject(letter, head), text


def _dress(office: Office, slug: str, as_of: datetime) -> Dress | None:
    """Return what puts each letter into the office's own template, where there is one."""
    put = dresser(office, slug=slug, purpose=LETTER, as_of=as_of)
    if put is None:
        return None

    def dress(data: bytes, letter: AnswerLetter, name: str, contact: str) -> bytes:
        return put(
            data,
            {"收信人": name, "联系方式": contact, "回执编号": "、".join(letter.receipts)},
        )

    return dress


def _as_it_is(data: bytes, _letter: AnswerLetter, _name: str, _contact: str) -> bytes:
    return data
