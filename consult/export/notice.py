"""The notice (关于意见采纳情况的公告) ready to post: what came, what became of it, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from consult.domain.results import ResultLine, Results, ResultSection
from consult.domain.terms import DISPOSITIONS
from consult.domain.triage import Disposition
from consult.export.balance import balance_sums, check_results
from consult.export.blocks import Block, Paragraph
from consult.export.docx_blocks import markup
from consult.export.docx_package import docx_package
from consult.export.phrases import day, full_heading, hidden_note, in_marks, page_note, warnings
from consult.export.result_columns import reason, rows, words
from consult.export.sanitise import printable

_MOST: Final = 10  # asks told with their reasons: a notice is read on a telephone
_INDENT: Final = "　　"
_HEADINGS: Final = ("Title", "Heading1")
# What the office did not do needs its reason told; forwarded and out of scope are told in the sums.
_REASONED: Final = (Disposition.DECLINED, Disposition.PARTLY, Disposition.NOTED)


def notice_docx(results: Results) -> bytes:
    """Return the notice as a .docx file; raises ``AccountingError`` when sums do not add up."""
    masthead = results.masthead
    return docx_package(
        "".join(map(markup, notice(results))),
        title=_title(results),
        author=masthead.office,
        created=masthead.as_of,
        heading=page_note(masthead),
    )


def notice_txt(results: Results) -> bytes:
    """Return the notice as text (UTF-8), to be pasted; raises as ``notice_docx``."""
    lines = []
    for block in notice(results):
        if isinstance(block, Paragraph):
            plain = printable(block.text)
            indent = "" if block.style in (*_HEADINGS, "Signature", "Warning") else _INDENT
            lines.append(indent + plain.replace("\n", f"\n{_INDENT}"))
    return ("\n\n".join(lines) + "\n").encode()


def notice(results: Results) -> Iterator[Block]:
    """Yield the paragraphs; every figure is one of the results'."""
    check_results(results)
    masthead = results.masthead
    yield Paragraph(_title(results), "Title")
    if warned := warnings(masthead):
        yield Paragraph(f"（{'；'.join(warned)}）", "Warning")
    yield Paragraph(_opening(results), "Body")
    if not results.counts.submissions:
        yield Paragraph("征求意见期间没有收到意见。", "Body")
    elif results.counts.comments:
        yield Paragraph(_tally(results), "Body")
    yield from _changes(results)
    yield from _reasons(results)
    sent, said = balance_sums(results.accounting)
    if results.counts.comments:
        yield Paragraph(f"数量核对：{sent}；{said}。", "Body")
        yield Paragraph(
            "各章节每一项意见的采纳情况和理由，见同时公布的《公众意见采纳情况》。引用的原话都经提交人"
            f"同意，姓名和联系方式已经隐去。{hidden_note(results.doubtful)}",
            "Body",
        )
    yield Paragraph("感谢社会各界的关心和支持。", "Body")
    yield Paragraph(masthead.office, "Signature")
    at = masthead.as_of
    yield Paragraph(f"{at.year}年{at.month}月{at.day}日", "Signature")


def _title(results: Results) -> str:
    return f"关于{in_marks(results.masthead.plan_title)}公开征求意见采纳情况的公告"


def _opening(results: Results) -> str:
    masthead, counts = results.masthead, results.counts
    text = (
        f"{day(masthead.opens)}至{day(masthead.closes)}，{masthead.office}就"
        f"{in_marks(masthead.plan_title)}向社会公开征求意见。"
    )
    if not counts.submissions:
        return text
    return (
        f"{text}收到来件{counts.submissions}件，来自{counts.people}人，整理出意见{counts.comments}"
        f"条、不同文本{counts.texts}种。"
    )


def _tally(results: Results) -> str:
    told = [f"{DISPOSITIONS[item]}{count}条" for item, count in results.dispositions]
    if results.waiting:
        told.append(f"正在研究{results.waiting}条")
    return f"其中：{'，'.join(told)}。"


def _changes(results: Results) -> Iterator[Block]:
    if not results.changes:
        return
    yield Paragraph("一、因公众意见而作的改动", "Heading1")
    for number, item in enumerate(results.changes, 1):
        name = full_heading(item.section, item.label, item.title)
        yield Paragraph(f"{number}. {name}：{item.change}（意见{item.comments}条）", "Body")


def _reasons(results: Results) -> Iterator[Block]:
    told = [(s, line) for s, line in rows(results) if _wants_reason(line)]
    told.sort(key=lambda item: -item[1].counts.texts)  # stable: the order of the plan
    if not told:
        return
    mark = "二" if results.changes else "一"
    yield Paragraph(f"{mark}、没有采纳或者部分采纳的主要意见及理由", "Heading1")
    for number, (section, line) in enumerate(told[:_MOST], 1):
        yield Paragraph(_reasoned(number, section, line), "Body")
    if len(told) > _MOST:
        left = len(told) - _MOST
        yield Paragraph(f"另有{left}项见《公众意见采纳情况》。", "Body")


def _wants_reason(line: ResultLine) -> bool:
    return line.ruling is not None and line.ruling.disposition in _REASONED


def _reasoned(number: int, section: ResultSection, line: ResultLine) -> str:
    assert line.ruling is not None  # noqa: S101 - chosen by ``_wants_reason``
    name = full_heading(section.code, section.label, section.title)
    counts = line.counts
    what = DISPOSITIONS[line.ruling.disposition]
    why = reason(line).replace("\n", "")
    return (
        f"{number}. {name}：{words(line)}（{counts.people}人、{counts.comments}条）。{what}：{why}"
    )


NOTICE_FILES: Final[dict[str, tuple[str, Callable[[Results], bytes]]]] = {
    "notice.docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        notice_docx,
    ),
    "notice.txt": ("text/plain; charset=utf-8", notice_txt),
}
