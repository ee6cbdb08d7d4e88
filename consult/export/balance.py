"""The accounting at the end of every document: checked before a byte is written, then printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Final

from consult.domain.consultation import GENERAL, OFFPLAN, UNASSIGNED
from consult.domain.digest import Accounting, Digest, Register, SectionDigest
from consult.domain.errors import AccountingError
from consult.domain.partial import Partial
from consult.domain.results import Results

COUNTING_RULE: Final[tuple[str, ...]] = (
    "人数：能够确认身份的提交人，多次来件只计一人；不能确认身份的，每件来件计一人。",
    "来件数：一人通过一个渠道提交一次，计一件；补登、逾期的来件计入，并在意见汇总表中注明。",
    "不同文本数：内容相同或者雷同的来件合并后的数量。雷同来件只在此项合并，其余各项如数计算。",
    "意见条数：一件来件提出几点，计几条。涉及多个章节的，计入首要章节一次，在其他章节只作提示。",
)
# A digest also ranks what is asked.
DIGEST_RULES: Final = (
    *COUNTING_RULE,
    "提出这一要求：只计原话提出这一要求的意见，即同一文本的雷同件、对同一指标提出同样调整的、"
    "用语基本相同的；同一主题的其他意见用各自的原话另列。",
    "排列次序：同一章节的诉求先按不同文本数、再按人数排列；雷同来件不论多少，只按一种文本计。",
)


def check_digest(digest: Digest) -> None:
    """Refuse a digest whose sums do not add up.

    Raises ``AccountingError("accounting.unbalanced")`` when the accounting contradicts itself and
    ``AccountingError("accounting.mismatch")`` when the sections listed differ from it, the kinds of
    comments or the days from either, or a line from the comment numbers that it cites.
    """
    account = digest.accounting
    _check_sums(account)
    _check_partial(digest.partial, account)
    held = digest.partial or account
    sent = digest.counts.submissions if digest.partial else account.listed
    listed: Counter[str] = Counter()
    for section in digest.sections:
        listed[_place(section.code)] += section.counts.comments
    _check_listed("digest", listed, held)
    kinds = sum(n for section in digest.sections for _, n in section.kinds)
    _check_equal("kinds", kinds, held.comments)
    _check_equal("counts", digest.counts.comments, held.comments)
    _check_equal("submissions by day", sum(d.submissions for d in digest.days), sent)
    _check_equal("comments by day", sum(d.comments for d in digest.days), held.comments)
    for section in digest.sections:
        _check_cited(section)


def check_register(register: Register) -> None:
    """Refuse a register whose sums do not add up; raises as ``check_digest``."""
    _check_sums(register.accounting)
    _check_partial(register.partial, register.accounting)
    held = register.partial or register.accounting
    _check_listed("register", Counter(_place(row.section) for row in register.rows), held)
    totals: Counter[str] = Counter()
    for section in register.sections:
        totals[_place(section.code)] += section.counts.comments
    _check_listed("register", totals, held)
    cited = [number for line in register.themes for number in line.numbers]
    _check_equal("themes", len(set(cited)), len(cited))
    if register.themes:
        _check_equal("themes", len(cited), held.comments)
    for line in register.themes:
        _check_equal(f"{line.section} cited", len(line.numbers), line.counts.comments)


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
        ("留待核实（不计入收到来件）", accounting.held),
        ("核实后不予列入（不计入收到来件）", accounting.rejected),
        ("随导入撤销（不计入收到来件）", accounting.undone),
        ("待分析的来件（已列入，尚未整理出意见）", accounting.awaiting),
        ("待转录的附件", accounting.transcribing),
    )


def balance_sums(accounting: Accounting) -> tuple[str, str]:
    """Return both sums in words and figures, e.g. ``收到来件 3 = 列入 2 + 撤回 1 + 已删除 0``."""
    a = accounting
    return (
        f"收到来件 {a.received} = 列入 {a.listed} + 撤回 {a.withdrawn} + 已删除 {a.erased}",
        f"意见 {a.comments} = 归入章节 {a.mapped} + 总体意见 {a.general}"
        f" + 与规划无关 {a.offplan} + 尚未归类 {a.unassigned}",
    )


def partial_lines(partial: Partial | None, accounting: Accounting) -> tuple[str, ...]:
    """Return for a partial document what it holds of the whole, in words and figures."""
    if partial is None:
        return ()
    left = accounting.comments - partial.comments
    return (
        f"本文件意见 {partial.comments} = 归入章节 {partial.mapped} + 总体意见 {partial.general}"
        f" + 与规划无关 {partial.offplan} + 尚未归类 {partial.unassigned}",
        f"全部意见 {accounting.comments} = 本文件 {partial.comments} + 未选入 {left}",
    )


def _check_sums(accounting: Accounting) -> None:
    if not accounting.balanced:
        raise AccountingError("accounting.unbalanced", **asdict(accounting))


def _check_partial(partial: Partial | None, accounting: Accounting) -> None:
    if partial is None:
        return
    parts = partial.mapped + partial.general + partial.offplan + partial.unassigned
    _check_equal("chosen", parts, partial.comments)
    if partial.comments > accounting.comments:
        _check_equal("chosen", partial.comments, accounting.comments)


def _check_listed(document: str, listed: Counter[str], accounting: Accounting | Partial) -> None:
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


def _check_cited(section: SectionDigest) -> None:
    """Check that each line counts what it cites, and that no comment is in two asks."""
    changes = (*section.wording, *section.corrections)
    ways = (way for figure in section.figures for way in figure.directions)
    for numbers, counts in (
        *((theme.numbers, theme.counts) for theme in section.themes),
        *((v.numbers, v.counts) for theme in section.themes for v in theme.voices),
        *((line.numbers, line.counts) for line in changes),
        *((line.numbers, line.counts) for line in section.questions),
        *((way.numbers, way.counts) for way in ways),
    ):
        _check_equal(f"{section.code} cited", len(set(numbers)), counts.comments)
    cited = [number for theme in section.themes for number in theme.numbers]
    _check_equal(f"{section.code} asks", len(cited), len(set(cited)))
    for theme in section.themes:
        told = [number for voice in theme.voices for number in voice.numbers]
        _check_equal(f"{section.code} voices", len(told), len(set(told) & set(theme.numbers)))
    if len(cited) > section.counts.comments:
        _check_equal(f"{section.code} asks", len(cited), section.counts.comments)


def _check_equal(item: str, listed: int, accounted: int) -> None:
    if listed != accounted:
        raise AccountingError(
            "accounting.mismatch",
            document="digest",
            item=item,
            listed=listed,
            accounted=accounted,
        )


def _place(code: str) -> str:
    if code == UNASSIGNED:
        return "unassigned"
    return code if code in (GENERAL, OFFPLAN) else "mapped"
