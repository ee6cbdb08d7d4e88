"""The digest (分章节意见摘要) as a Word document, the form in which offices pass it on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from consult.domain.consultation import GENERAL, OFFPLAN, UNASSIGNED
from consult.domain.digest import Counts, Digest, SectionDigest
from consult.domain.terms import CODES
from consult.export.balance import (
    COUNTING_RULE,
    balance_lines,
    balance_sums,
    check_digest,
)
from consult.export.digest_front import front
from consult.export.digest_sections import chapter_parts, section_parts
from consult.export.docx_package import docx_package
from consult.export.docx_parts import TableColumn, paragraph, table
from consult.export.phrases import REHEARSAL_NOTE, in_marks, moment

_REST: Final = (GENERAL, OFFPLAN, UNASSIGNED)
_ACCOUNTING: Final = (TableColumn("项目", 110, "TableBand"), TableColumn("数量", 46, "TableNumber"))


def digest_docx(digest: Digest) -> bytes:
    """Return the digest as a .docx file; the same digest gives the same bytes.

    Raises ``AccountingError`` when the sums do not add up.
    """
    check_digest(digest)
    masthead = digest.masthead
    return docx_package(
        "".join(_body(digest)),
        title=f"{in_marks(masthead.plan_title)}公众意见分章节摘要",
        author=masthead.office,
        created=masthead.as_of,
        heading=REHEARSAL_NOTE if masthead.rehearsal else "",
    )


def _body(digest: Digest) -> Iterator[str]:
    chapters = tuple(section for section in digest.sections if section.code not in _REST)
    rest = tuple(_outside(digest, code) for code in _REST)
    yield from front(digest, chapters, rest)
    yield paragraph("第二部分　分章节意见", "Heading1")
    yield from chapter_parts(chapters)
    yield paragraph("第三部分　章节之外的意见", "Heading1")
    for section in rest:
        yield from section_parts(section, CODES[section.code], "Heading2")
    yield paragraph("第四部分　核对与说明", "Heading1")
    yield from _ending(digest)


def _outside(digest: Digest, code: str) -> SectionDigest:
    """Return what was said outside of the sections; an empty entry when the digest has none."""
    empty = SectionDigest(code, "", CODES[code], "", Counts(), 0.0, (), ())
    return next((section for section in digest.sections if section.code == code), empty)


def _ending(digest: Digest) -> Iterator[str]:
    masthead = digest.masthead
    yield paragraph("数量核对", "Heading2")
    rows = [(name, str(number)) for name, number in balance_lines(digest.accounting)]
    yield table(_ACCOUNTING, rows)
    for line in balance_sums(digest.accounting):
        yield paragraph(f"{line}，核对相符。", "Body")
    yield paragraph("计数规则", "Heading2")
    for rule in COUNTING_RULE:
        yield paragraph(rule, "Detail")
    yield paragraph("说明", "Heading2")
    yield paragraph(
        "意见的拆分、归类、要点和关键词由系统自动整理，工作人员可以更正；引号内为提交人原话，"
        "编号与意见汇总表一致，可据以查阅全文。",
        "Detail",
    )
    yield paragraph(
        f"数据截至{moment(masthead.as_of)}。操作记录校验值（用于核对记录未被改动）："
        f"{masthead.head or '无'}",
        "Note",
    )
