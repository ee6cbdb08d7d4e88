"""The accounting at the end of every document: checked before a byte is written, then printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Final

from consult.domain.consultation import GENERAL, OFFPLAN, UNASSIGNED
from consult.domain.digest import Accounting, Digest, Register
from consult.domain.errors import AccountingError
from consult.domain.results import Results

COUNTING_RULE: Final[tuple[str, ...]] = (
    "人数：能够确认身份的提交人，多次来件只计一人；不能确认身份的，每件来件计一人。",
    "来件数：一人通过一个渠道提交一次，计一件；补登、逾期的来件计入，并在意见汇总表中注明。",
    "不同文本数：内容相同或者雷同的来件合并后的数量。雷同来件只在此项合并，其余各项如数计算。",
    "意见条数：一件来件提出几点，计几条。涉及多个章节的，计入首要章节一次，在其他章节只作提示。",
)


def check_digest(digest: Digest) -> None:
    """Refuse a digest whose sums do not add up.

    Raises ``AccountingError("accounting.unbalanced")`` when the accounting contradicts itself and
    ``AccountingError("accounting.mismatch")`` when the sections listed differ from it.
    """
    _check_sums(digest.accounting)
    listed: Counter[str] = Counter()
    for section in digest.sections:
        listed[_place(section.code)] += section.counts.comments
    _check_listed("digest", listed, digest.accounting)


def check_register(register: Register) -> None:
    """Refuse a register whose sums do not add up; raises as ``check_digest``."""
    _check_sums(register.accounting)
    _check_listed(
        "register", Counter(_place(row.section) for row in register.rows), register.accounting
    )


def check_results(results: Results) -> None:
    """Refuse results whose sums do not add up; raises as ``check_digest``."""
    _check_sums(results.accounting)
    listed: Counter[str] = Counter()
    for section in results.sections:
        listed[_place(section.code)] += sum(line.counts.comments for line in section.lines)
    _check_listed("results", listed, results.accounting)


def balance_lines(accounting: Accounting) -> tuple[tuple[str, int], ...]:
    """Return the items of the accounting in the order in which they are printed."""
    return (
        ("收到来件", accounting.received),
        ("其中：列入本次汇总", accounting.listed),
        ("其中：提交人撤回", accounting.withdrawn),
        ("其中：依法或依申请删除", accounting.erased),
        ("意见总条数", accounting.comments),
        ("其中：归入章节", accounting.mapped),
        ("其中：总体意见", accounting.general),
        ("其中：与规划无关", accounting.offplan),
        ("其中：尚未归类", accounting.unassigned),
        ("未予接收（不计入收到来件）", accounting.refused),
        ("待转录、待分析", accounting.awaiting),
        ("留待核实（不计入收到来件）", accounting.held),
    )


def balance_sums(accounting: Accounting) -> tuple[str, str]:
    """Return both sums in words and figures, e.g. ``收到来件 3 = 列入 2 + 撤回 1 + 已删除 0``."""
    a = accounting
    return (
        f"收到来件 {a.received} = 列入 {a.listed} + 撤回 {a.withdrawn} + 已删除 {a.erased}",
        f"意见 {a.comments} = 归入章节 {a.mapped} + 总体意见 {a.general}"
        f" + 与规划无关 {a.offplan} + 尚未归类 {a.unassigned}",
    )


def _check_sums(accounting: Accounting) -> None:
    if not accounting.balanced:
        raise AccountingError("accounting.unbalanced", **asdict(accounting))


def _check_listed(document: str, listed: Counter[str], accounting: Accounting) -> None:
    for place in ("mapped", GENERAL, OFFPLAN, "unassigned"):
        accounted = getattr(accounting, place)
        if listed[place] != accounted:
            raise AccountingError(
                "accounting.mismatch",
                document=document,
                item=place,
                listed=listed[place],
                accounted=accounted,
            )


def _place(code: str) -> str:
    if code == UNASSIGNED:
        return "unassigned"
    return code if code in (GENERAL, OFFPLAN) else "mapped"
