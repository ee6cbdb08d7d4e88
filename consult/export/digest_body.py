"""The digest (分章节意见摘要) in full, as blocks: at a glance, section by section, accounting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from consult.domain.consultation import GENERAL, OFFPLAN, UNASSIGNED
from consult.domain.digest import Counts, Digest, SectionDigest
from consult.domain.terms import CODES
from consult.export.balance import (
    DIGEST_RULES,
    balance_lines,
    balance_sums,
    check_digest,
    partial_lines,
)
from consult.export.blocks import Block, Paragraph, Table, TableColumn
from consult.export.digest_front import front
from consult.export.digest_sections import chapter_parts, section_parts
from consult.export.phrases import facts, in_marks, moment, named

_REST: Final = (GENERAL, OFFPLAN, UNASSIGNED)
_FACTS: Final = (TableColumn("", 36, "TableBand"), TableColumn("", 120))
_ACCOUNTING: Final = (TableColumn("项目", 110, "TableBand"), TableColumn("数量", 46, "TableNumber"))


def title(digest: Digest) -> str:
    """Return the title of the document."""
    return named(f"{in_marks(digest.masthead.plan_title)}公众意见分章节摘要", digest.masthead)


def body(digest: Digest) -> Iterator[Block]:
    """Yield all blocks; raises ``AccountingError`` when the sums do not add up."""
    check_digest(digest)
    chapters = tuple(section for section in digest.sections if section.code not in _REST)
    rest = tuple(_outside(digest, code) for code in _REST)
    yield from front(digest, chapters, rest)
    yield Paragraph("第二部分　分章节意见", "Heading1")
    yield from chapter_parts(chapters)
    yield Paragraph("第三部分　章节之外的意见", "Heading1")
    for section in rest:
        yield from section_parts(section, CODES[section.code], "Heading2")
    yield Paragraph("第四部分　核对与说明", "Heading1")
    yield from _ending(digest)


def _outside(digest: Digest, code: str) -> SectionDigest:
    """Return what was said outside of the sections; an empty entry when the digest has none."""
    empty = SectionDigest(code, "", CODES[code], "", Counts(), 0.0, (), ())
    return next((section for section in digest.sections if section.code == code), empty)


def _ending(digest: Digest) -> Iterator[Block]:
    masthead = digest.masthead
    yield Paragraph("基本信息", "Heading2")
    yield Table(_FACTS, facts(masthead), "Lines")
    yield Paragraph("数量核对", "Heading2")
    rows = [(name, str(number)) for name, number in balance_lines(digest.accounting)]
    yield Table(_ACCOUNTING, rows)
    for line in (
        *balance_sums(digest.accounting),
        *partial_lines(digest.partial, digest.accounting),
    ):
        yield Paragraph(f"{line}，核对相符。", "Body")
    yield Paragraph("计数规则", "Heading2")
    for rule in DIGEST_RULES:
        yield Paragraph(rule, "Detail")
    yield Paragraph("说明", "Heading2")
    yield Paragraph(
        "意见的拆分、归类、要点和关键词由系统自动整理，工作人员可以更正；引号内为提交人原话，"
        "编号与意见汇总表一致，可据以查阅全文。",
        "Detail",
    )
    yield Paragraph(
        f"数据截至{moment(masthead.as_of)}。操作记录校验值（用于核对记录未被改动）："
        f"{masthead.head or '无'}",
        "Note",
    )
