"""Whatever text is given: a refusal, or a plan with nothing in it that the text does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.consultation import Plan
from consult.domain.errors import InputRefused
from consult.domain.text import normalise
from consult.intake.draft import read_draft

_PIECES = st.sampled_from(
    [
        *(
            "一、",
            "（一）",
            "(二)",
            "1.",
            "1.1 ",
            "第一章 ",
            "第一条 ",
            "目录",
            "附件",
            "\n",
            "\t",
            "。",
        ),
        *(
            "序号",
            "指标",
            "单位",
            "2020年",
            "2025年",
            "增长率",
            "1",
            "2",
            "--",
            "8.5%",
            "步道",
            "规划",
        ),
        *("关于征求意见的公告", "9月26日至10月25日", "2022年9月26日", "打印本页", "……", "　", " 3"),
        *("<table>", "<td>", "<tr>", "</table>", "<p>", "<script>", "</h1>", "&nbsp;", "<!--", "<"),
    ]
)
_LINES = st.lists(st.one_of(_PIECES, st.just("\n"), st.text(max_size=8)), max_size=60)
_TEXTS = st.one_of(st.text(max_size=300), _LINES.map("".join))


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", normalise(text, strict=False))


def _paragraphs(plan: Plan) -> Iterator[str]:
    yield from plan.lead
    for node in plan.walk():
        yield from node.paragraphs


@settings(max_examples=300, deadline=None)
@given(text=_TEXTS)
def test_every_paragraph_occurs_in_the_text(text: str) -> None:
    try:
        plan = read_draft(text.encode("utf-8", "surrogatepass"), "plan.txt").plan
    except InputRefused:
        return

    source = _bare(text)
    assert [part for part in _paragraphs(plan) if _bare(part) not in source] == []


@settings(max_examples=200, deadline=None)
@given(text=_TEXTS)
def test_codes_are_unique_and_every_label_can_be_printed(text: str) -> None:
    try:
        plan = read_draft(text.encode("utf-8", "surrogatepass"), "plan.txt").plan
    except InputRefused:
        return

    codes = [node.code for node in plan.walk()]
    assert len(codes) == len(set(codes))
    assert [code for code in codes if not plan.label(code)] == []


@settings(max_examples=200, deadline=None)
@given(data=st.one_of(st.binary(max_size=400), _TEXTS.map(str.encode)), kind=st.integers(0, 3))
def test_any_bytes_under_any_name_are_read_or_refused(data: bytes, kind: int) -> None:
    name = ("a.txt", "a.html", "a.docx", "a.bin")[kind]
    try:
        plan = read_draft(data, name).plan
    except InputRefused:
        return

    assert plan.chapters != ()
