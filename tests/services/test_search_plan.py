from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from consult.domain.consultation import Plan, Section
from consult.services.search_plan import MOST, search_plan

TEXT = "ＡＢＣ管網三十公里，雨污分流。"
PLAN = Plan(
    title="规划",
    lead=("前言写到管网。",),
    chapters=(
        Section(
            "1",
            "一",
            "水质",
            sections=(Section("1.1", "（一）", "污水", summary="多修管网。", paragraphs=(TEXT,)),),
        ),
    ),
)


def marked(plan: Plan, query: str) -> list[tuple[str, str, list[str]]]:
    return [
        (hit.code, hit.anchor, [words for words, mark in hit.pieces if mark])
        for hit in search_plan(plan, query)
    ]


def test_a_word_is_found_in_lead_summary_and_official_text_in_the_order_of_the_plan() -> None:
    assert marked(PLAN, "管网") == [
        ("0", "p-1", ["管网"]),
        ("1.1", "s1.1", ["管网"]),
        ("1.1", "p1.1-1", ["管網"]),  # as printed; traditional characters are found all the same
    ]


def test_all_words_must_stand_in_one_place() -> None:
    assert marked(PLAN, "abc 分流") == [("1.1", "p1.1-1", ["ＡＢＣ", "分流"])]
    assert marked(PLAN, "abc 前言") == []


def test_nothing_asked_is_nothing_found() -> None:
    assert search_plan(PLAN, " \n ") == ()


def test_an_indicator_is_found_by_name_and_figure(plan: Plan) -> None:
    assert [hit.anchor for hit in search_plan(plan, "断面比例 90")] == ["i1"]


def test_no_more_places_are_shown_than_somebody_reads() -> None:
    many = Plan("t", chapters=(), lead=("水",) * (MOST + 5))
    assert len(search_plan(many, "水")) == MOST


@given(st.text(max_size=80), st.text(min_size=1, max_size=3))
def test_the_pieces_are_words_of_the_text(text: str, query: str) -> None:
    for hit in search_plan(Plan("t", chapters=(), lead=(text,)), query):
        shown = "".join(words for words, _ in hit.pieces)
        assert shown.removeprefix("…").removesuffix("…") in text or shown in text
