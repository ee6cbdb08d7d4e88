"""The digest (分章节意见摘要) as a Word document, the form in which offices pass it on."""

from __future__ import annotations

from consult.domain.digest import Digest
from consult.export.digest_body import body, title
from consult.export.docx_blocks import markup
from consult.export.docx_package import docx_package
from consult.export.phrases import page_note


def digest_docx(digest: Digest) -> bytes:
    """Return the digest as a .docx file; the same digest gives the same bytes.

    Raises ``AccountingError`` when the sums do not add up.
    """
    masthead = digest.masthead
    return docx_package(
        "".join(map(markup, body(digest))),
        title=title(digest),
        author=masthead.office,
        created=masthead.as_of,
        heading=page_note(masthead),
    )
