"""Letters of answer on paper: one Word document with a letter a page, or a zip of documents."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from consult.domain.answer_letter import AnswerLetter, Letterhead
from consult.export.blocks import Paragraph
from consult.export.docx_blocks import markup
from consult.export.docx_package import docx_package
from consult.export.letter_body import REHEARSAL, paragraphs, title

Addressed = tuple[AnswerLetter, str, str]  # the letter, name and contact of whom it goes to
Dress = Callable[[bytes, AnswerLetter, str, str], bytes]
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def letters_docx(letters: Iterable[Addressed], head: Letterhead) -> bytes:
    """Return one document; every letter begins a page. The same letters give the same bytes."""
    body = "".join(_marked(item, head) for item in letters)
    return docx_package(
        body or markup(Paragraph("没有需要寄送的答复信。", "Body")),
        title=title(head),
        author=head.office,
        created=head.as_of,
        heading=REHEARSAL if head.rehearsal else "",
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


def _marked(item: Addressed, head: Letterhead) -> str:
    letter, name, contact = item
    sent_to = "　".join(part for part in (name, contact) if part)
    blocks = [
        Paragraph(title(head), "LetterTitle"),
        *([Paragraph(sent_to, "Note", lead="收信人：")] if sent_to else []),
        *paragraphs(letter, head, name),
    ]
    return "".join(map(markup, blocks))
