"""Letters of answer on paper: one Word document with a letter a page, or a zip of documents."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from consult.domain.answer_letter import AnswerLetter, Letterhead
from consult.export.blocks import Paragraph
from consult.export.docx_blocks import markup
from consult.export.docx_package import docx_package, ending_section
from consult.export.letter_body import REHEARSAL, paragraphs, title

Addressed = tuple[AnswerLetter, str, str]  # the letter, name and contact of whom it goes to
Dress = Callable[[bytes, AnswerLetter, str, str], bytes]
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def letters_docx(letters: Sequence[Addressed], head: Letterhead) -> bytes:
    """Return one document; every letter begins a page and counts its own from 1.

    The same letters give the same bytes.
    """
    pages = ["".join(_marked(item, head)) for item in letters[-1:]]
    for item in reversed(letters[:-1]):
        *parts, last = _marked(item, head)
        pages.append("".join([*parts, ending_section(last)]))
    return docx_package(
        "".join(reversed(pages)),
        title=title(head),
        author=head.office,
        created=head.as_of,
        heading=REHEARSAL if head.rehearsal else "",
        restart=True,
    )


def letters_zip(letters: Sequence[Addressed], head: Letterhead, dress: Dress) -> bytes:
    """Return a zip with a document for each letter, named by place and receipt.

    ``dress`` puts a document into the office's own template, or gives it back as it is.
    """
    out = io.BytesIO()
    with ZipFile(out, "w") as package:
        for place, item in enumerate(letters, 1):
            entry = ZipInfo(f"{place:05d}-{item[0].receipts[0]}.docx", _NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, dress(letters_docx([item], head), *item))
    return out.getvalue()


def _marked(item: Addressed, head: Letterhead) -> list[str]:
    letter, name, contact = item
    sent_to = "　".join(part for part in (name, contact) if part)
    blocks = [
        Paragraph(title(head), "LetterTitle"),
        *([Paragraph(sent_to, "Note", lead="收信人：")] if sent_to else []),
        *paragraphs(letter, head, name),
    ]
    return [markup(block) for block in blocks]
