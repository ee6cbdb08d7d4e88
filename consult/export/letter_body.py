"""The words of a letter of answer, put together once for e-mail, Word and the preview."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from consult.domain.answer_letter import AnsweredComment, AnswerLetter, Letterhead
from consult.domain.terms import DISPOSITIONS
from consult.export.blocks import Paragraph
from consult.export.phrases import in_marks
from consult.export.sanitise import printable

_APART: Final = frozenset({"Heading3", "Closing"})  # a blank line stands before these
REHEARSAL: Final = "演练：使用模拟日期或者样例数据，不是正式答复"


def title(head: Letterhead) -> str:
    """Return what the letter is about."""
    return f"关于{in_marks(head.plan_title)}意见的答复"


def subject(letter: AnswerLetter, head: Letterhead) -> str:
    """Return the subject of the e-mail; no word in it comes from the submitter."""
    mark = "【演练】" if head.rehearsal else ""
    return f"{mark}{title(head)}（回执 {letter.receipts[0]}）"


def paragraphs(letter: AnswerLetter, head: Letterhead, name: str) -> Iterator[Paragraph]:
    """Yield the letter after its title; ``name`` is how the submitter is addressed."""
    if head.rehearsal:
        yield Paragraph(f"（{REHEARSAL}）", "Warning")
    yield Paragraph(f"尊敬的{name or '意见提交人'}：", "Addressee")
    yield Paragraph(
        f"感谢您对{in_marks(head.plan_title)}提出意见。您的来件（回执编号"
        f"{'、'.join(letter.receipts)}）中的 {len(letter.items)} 条意见已经研究，答复如下。",
        "Body",
    )
    for place, item in enumerate(letter.items, 1):
        yield from _item(place, item)
    if letter.waiting:
        yield Paragraph(f"您的另外 {letter.waiting} 条意见正在研究，有了结果再答复您。", "Body")
    yield Paragraph("凭回执编号和查询码，可以随时在征求意见网站查看来件和答复。", "Closing")
    yield Paragraph(head.office, "Sign")
    yield Paragraph(f"{head.as_of.year}年{head.as_of.month}月{head.as_of.day}日", "Sign")


def plain_text(letter: AnswerLetter, head: Letterhead, name: str) -> str:
    """Return the letter as the text of an e-mail."""
    lines = []
    for part in paragraphs(letter, head, name):
        text = printable(part.lead + part.text)
        if part.style == "Quote":
            text = "\n".join(f"> {line}" for line in text.split("\n"))
        lines.append(text if part.style not in _APART else f"\n{text}")
    return "\n".join(lines) + "\n"


def _item(place: int, item: AnsweredComment) -> Iterator[Paragraph]:
    yield Paragraph(f"{place}. {item.heading}（意见第 {item.number} 号）", "Heading3")
    yield Paragraph(item.text, "Quote", lead="您的意见：")
    to = f"（{item.office}）" if item.office else ""
    yield Paragraph(DISPOSITIONS[item.disposition] + to, "Detail", lead="采纳情况：")
    change = f"{item.changed}：{item.change}" if item.change else ""
    answer = item.answer if item.answer != item.reason else ""
    for lead, text in (("理由：", item.reason), ("答复：", answer), ("规划改动：", change)):
        if text:
            yield Paragraph(text, "Detail", lead=lead)
