"""The real consultation: the web page and the Word file hold the same plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from consult.domain.consultation import Window
from consult.intake.draft import read_draft

PAGES = [
    *(1, 1, 5, 6, 6, 7, 8, 10, 10, 11, 12, 13, 14, 14, 15, 16, 17, 18),
    *(19, 19, 20, 20, 21, 21, 22, 23, 24, 25, 25, 25, 25),
]


def test_both_official_files_hold_the_same_plan(official: Callable[[str], bytes]) -> None:
    page = read_draft(official("notice.txt"), "notice.txt").plan
    word = read_draft(official("plan.docx"), "plan.docx").plan

    assert page == word


def test_the_official_plan_is_read_whole(official: Callable[[str], bytes]) -> None:
    plan = read_draft(official("plan.docx"), "plan.docx").plan

    assert (len(plan.chapters), len(plan.sections), len(plan.indicators)) == (7, 24, 10)
    assert plan.title == "泸州市“十四五”科技人才发展规划（征求意见稿）"
    assert [node.page for node in plan.walk()] == PAGES
    assert [len(node.paragraphs) for node in plan.sections] == [7, 4, 1, 4, 6, *[1] * 19]
    assert len(plan.lead) == 1
    assert {row.section for row in plan.indicators} == {"2.3"}
    assert [row.number for row in plan.indicators if not row.unit] == [1, 6, 7]


def test_the_notice_states_the_frame_and_the_word_file_does_not(
    official: Callable[[str], bytes],
) -> None:
    notice = read_draft(official("notice.txt"), "notice.txt")
    word = read_draft(official("plan.docx"), "plan.docx")

    assert notice.window == Window(date(2022, 9, 26), date(2022, 10, 25))
    assert notice.office == "泸州市科学技术和人才工作局"
    assert notice.title == (
        "关于面向社会公开征求《泸州市“十四五”科技人才发展规划（征求意见稿）》意见的公告"
    )
    assert notice.published == date(2022, 9, 26)
    assert (word.window, word.office, word.published) == (None, "", None)


def test_no_word_of_the_plan_is_lost(official: Callable[[str], bytes]) -> None:
    text = official("notice.txt").decode()
    body = text[text.rindex("制定本规划") : text.index("热点资讯")]
    plan = read_draft(official("notice.txt"), "notice.txt").plan

    kept = [node.number + node.title for node in plan.walk()]
    kept += [part for node in plan.walk() for part in node.paragraphs]
    kept += [row.name + row.base + row.target for row in plan.indicators]
    missing = [
        line.strip()
        for line in body.splitlines()[1:]
        if _bare(line) and not any(_bare(line) in _bare(part) for part in kept)
    ]

    assert [cell for cell in missing if len(cell) > 5] == []


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))
