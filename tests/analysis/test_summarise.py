"""Verbatim words for a group of comments."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis.naming import LONGEST_ASK, best_ask
from consult.analysis.summarise import central, quotes, shortened

TEXTS = [
    "我住河边。建议在河边老街装两台抽水机，汛期前检修。",
    "去年淹了水。希望河边老街装上抽水机。",
    "河边老街请装抽水机，水一来就抽。",
    "顺便说一句，图书馆不错。",
]


def test_the_central_text_shares_most_words_with_all():
    texts = [["公园", "路灯"], ["公园", "路灯", "厕所"], ["厕所", "停车"], ["公园", "路灯"]]

    assert central(texts) == 1


def test_of_equally_central_texts_the_one_that_sorts_first_counts():
    assert [central([["乙"], ["甲"]]), central([["甲"], ["乙"]])] == [0, 1]


def test_nothing_has_neither_centre_nor_ask():
    with pytest.raises(ValueError, match="no texts"):
        central([])
    with pytest.raises(ValueError, match="no texts"):
        best_ask([])
    assert quotes([]) == []


def test_the_best_ask_is_what_most_ask_for_in_their_own_words():
    index, words = best_ask(TEXTS)

    assert (index, words) == (0, "建议在河边老街装两台抽水机，汛期前检修")


def test_where_nothing_is_asked_a_short_sentence_stands_for_all():
    assert best_ask(["公园修得漂亮极了，人也多。"]) == (0, "公园修得漂亮极了，人也多")


def test_a_name_says_what_the_ask_is_about_and_is_a_whole_sentence_where_it_can() -> None:
    text = "创业补贴养了一批专吃补贴的人，建议停止发放。其他的我以后再说。"
    assert best_ask([text]) == (0, "创业补贴养了一批专吃补贴的人，建议停止发放")


def test_a_name_breaks_no_marks_and_no_latin_word() -> None:
    letter = "About the new service please put every form and every guide on one page for us all"
    letter += " and for whoever else may come to the counter"
    index, words = best_ask([letter])
    assert index == 0
    assert words.endswith("…")
    assert letter.startswith(words.removesuffix("…") + " ")
    assert best_ask(["（电话记录）请在河边装两台抽水机。"])[1] == "请在河边装两台抽水机"


def test_quotes_are_of_different_texts_and_say_different_things():
    found = quotes([TEXTS[1], TEXTS[1], TEXTS[3]], top=3)

    assert [words for _, words in found] == ["希望河边老街装上抽水机。", "顺便说一句，图书馆不错。"]


def test_a_long_quote_is_cut_with_dots():
    assert [shortened("一二三四五", 4), shortened("一二三四", 4)] == ["一二三…", "一二三四"]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.one_of(st.sampled_from(TEXTS), st.text(min_size=1, max_size=60)), min_size=1, max_size=6
    )
)
def test_asks_and_quotes_are_verbatim_and_short(texts: list[str]):
    index, words = best_ask(texts)

    latin = len(texts[index].encode(errors="replace")) < 1.5 * len(texts[index])
    assert words in texts[index] or (words[-1] == "…" and words[:-1] in texts[index])
    assert len(words) <= (100 if latin else LONGEST_ASK)  # Latin letters say less each
    assert [q for i, q in quotes(texts) if q.rstrip("…") not in texts[i]] == []


@settings(deadline=None, max_examples=20)
@given(st.permutations(TEXTS))
def test_words_do_not_depend_on_the_order_of_input(texts: list[str]):
    assert best_ask(texts)[1] == best_ask(TEXTS)[1]
    assert [words for _, words in quotes(texts)] == [words for _, words in quotes(TEXTS)]
