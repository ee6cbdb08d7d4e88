"""A change of matter that nothing marks, found with the sections of neighbouring sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis.sections import SectionMapper
from consult.analysis.split import split, split_all
from consult.analysis.split_matters import MOST_RUNS, Scorer, disagree, scorer_of, views_of
from consult.analysis.split_votes import SectionVotes
from consult.domain.consultation import Plan, Section

LIGHT = "我们巷子没有路灯，老人出门摔过两回，请街道尽快装上。"
BOOKS = "图书馆只有周末开门，上班的人去不了，希望晚上也开放。"
MORE = "建议每天开到九点。"
WORDS = {"light": ("路灯", "巷"), "books": ("图书", "看书"), "general": ("正式稿",)}


def by_words(texts: Sequence[str]) -> list[Mapping[str, float]]:
    """Score a text by the words in it, sure of each matter it names."""
    return [
        {code: 0.9 for code, words in WORDS.items() if any(word in text for word in words)}
        for text in texts
    ]


def never(texts: Sequence[str]) -> list[Mapping[str, float]]:
    raise AssertionError(f"asked for {texts}")


def parts(text: str, scorer=by_words) -> list[str]:
    return [text[span.start : span.end] for span in split(text, Scorer(scorer))]


def test_sentences_of_two_matters_are_two_comments():
    assert parts(LIGHT + BOOKS) == [LIGHT, BOOKS]


def test_without_a_scorer_nothing_is_cut_that_nothing_marks():
    text = LIGHT + BOOKS

    assert [text[s.start : s.end] for s in split(text)] == [text]


def test_sentences_of_one_matter_stay_together():
    text = LIGHT + "巷口那盏路灯也坏了半年，请一起修好。"

    assert parts(text) == [text]


def test_an_ask_without_a_matter_of_its_own_belongs_to_the_one_before():
    assert parts(LIGHT + BOOKS + MORE) == [LIGHT, BOOKS + MORE]


def test_who_speaks_and_what_leads_to_the_points_is_in_none():
    text = "一位居民来信反映：" + LIGHT + BOOKS

    assert parts("大家好。我是住在河边的退休工人。" + LIGHT + BOOKS) == [LIGHT, BOOKS]
    assert parts(text) == [LIGHT, BOOKS]


@pytest.mark.parametrize(
    "text",
    [
        LIGHT,
        "巷子里没有路灯。图书馆只有周末开门。",
        LIGHT + "因此图书馆门口也应该装。",
        LIGHT + "请把这一条写进图书馆的规划。",
    ],
)
def test_the_scorer_is_asked_only_where_it_can_matter(text: str):
    assert parts(text, never) == [text]


def test_an_unsure_view_cuts_nothing():
    def unsure(texts: Sequence[str]) -> list[Mapping[str, float]]:
        return [dict.fromkeys(view, 0.4) for view in by_words(texts)]

    assert parts(LIGHT + BOOKS, unsure) == [LIGHT + BOOKS]


def test_words_about_the_plan_as_a_whole_fit_every_matter():
    text = LIGHT + "希望正式稿里能够看到我们老百姓的声音。"

    assert parts(text) == [text]


def test_a_list_of_details_under_one_matter_is_one_comment():
    text = "关于图书馆的看法：（1）书要新；（2）灯要亮；（3）馆员要懂行；（4）夜里要开。"
    others = "说几点：（1）图书要新；（2）路灯要亮。"

    assert parts(text) == [text]
    assert parts(others) == ["（1）图书要新；", "（2）路灯要亮。"]


def test_a_text_that_asks_hundreds_of_times_stays_whole():
    text = (LIGHT + BOOKS) * MOST_RUNS

    assert parts(text, never) == [text]


def test_views_disagree_when_they_hardly_share_a_section():
    assert disagree({"1": 0.9}, {"2": 0.9, "1": 0.05})
    assert not disagree({"1": 0.9, "2": 0.2}, {"2": 0.9})
    assert not disagree({}, {"2": 0.9})


def test_a_mapper_scores_with_links_and_runners_up():
    plan = Plan(
        "规划", (Section("1", "一", "照明", summary="补装路灯"), Section("2", "二", "读书"))
    )
    mapper = SectionMapper().fit(plan)

    scorer = scorer_of(mapper)
    (placed,) = mapper.place(["请补装路灯"])

    links = (*placed.runners_up, *placed.links)
    assert scorer.views(["请补装路灯"]) == [{link.section: link.confidence for link in links}]


def test_runs_that_vote_for_one_section_are_not_asked_for():
    votes = SectionVotes([("1", "补装路灯，巷子里没有路灯"), ("2", "图书馆晚上开放，图书要新")])

    asked = [["巷口的路灯坏了", "请补装两盏路灯"], ["巷口的路灯坏了", "图书馆晚上关门"]]
    assert votes.differ(asked) == [False, True]
    assert [votes.differ([text])[0] for text in asked] == [False, True]
    assert SectionVotes([]).differ([["路灯", "", "\ud800"], []]) == [False, False]
    assert parts(LIGHT + BOOKS) == [LIGHT, BOOKS]
    assert split(LIGHT + BOOKS, Scorer(never, lambda _: [False])) == split(LIGHT + BOOKS)


@given(
    st.lists(st.lists(st.text("路灯图书馆开放补装巷口，a", max_size=40), max_size=3), max_size=12)
)
def test_texts_vote_together_as_one_by_one(texts: list[list[str]]):
    votes = SectionVotes([("1", "补装路灯，巷子里没有路灯"), ("2", "图书馆晚上开放，图书要新")])

    assert votes.differ(texts) == [votes.differ([text])[0] for text in texts]


PIECES = st.sampled_from(
    [
        LIGHT,
        BOOKS,
        MORE,
        "\n",
        "；",
        "，还有",
        "另外",
        "一、",
        "（1）",
        "来信：",
        "谢谢！",
        "  ",
        "路灯",
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_scorer_loses_no_letter_of_a_point(text: str):
    spans = split(text, Scorer(by_words))

    assert spans == split(text, Scorer(by_words))
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert [text[s.start : s.end] for s in spans if not text[s.start : s.end].strip()] == []
    assert bool(spans) == bool(text.strip())


VIEWS = {"a": {"1": 0.9}, "b": {"2": 0.9}, "c": {"1": 0.5, "2": 0.4}, "d": {"1": 0.3}, "e": {}}


@given(st.lists(st.lists(st.sampled_from("abcde"), min_size=1, max_size=6), max_size=4))
def test_parts_that_are_spared_could_not_disagree(asked: list[list[str]]):
    scorer = Scorer(lambda parts: [VIEWS[part] for part in parts])

    known = views_of(asked, scorer, many=0)

    for own in asked:
        views = [known.get(part, {}) for part in own]
        told = [disagree(one, other) for one, other in pairwise(views)]
        assert told == [disagree(VIEWS[one], VIEWS[other]) for one, other in pairwise(own)]


def test_a_part_beside_none_that_says_anything_is_not_scored():
    scored: list[str] = []

    def scoring(parts: Sequence[str]) -> list[Mapping[str, float]]:
        scored.extend(parts)
        return [{} if part == "嗯" else {"1": 0.9} for part in parts]

    views_of([["路灯太暗", "嗯", "图书馆太小"], ["公园", "图书馆太小"]], Scorer(scoring), many=0)

    assert scored == ["嗯", "公园", "图书馆太小"]


def test_many_texts_are_split_as_one_by_one_and_asked_for_at_once():
    texts = [
        LIGHT + BOOKS,
        LIGHT,
        "关于图书馆的看法：（1）书要新；（2）灯要亮。",
        LIGHT + BOOKS,
        "",
    ]
    asked: list[int] = []

    def counting(parts: Sequence[str]) -> list[Mapping[str, float]]:
        asked.append(len(parts))
        return by_words(parts)

    assert split_all(texts, Scorer(counting)) == [split(text, Scorer(by_words)) for text in texts]
    assert asked == [4]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(PIECES, max_size=10).map("".join), max_size=5))
def test_splitting_together_changes_nothing(texts: list[str]):
    assert split_all(texts, Scorer(by_words)) == [split(text, Scorer(by_words)) for text in texts]
