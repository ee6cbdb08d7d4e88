from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.normalise_batch import aligned
from consult.analysis.segment import Segmenter

WORDS = ("揭榜挂帅", "包干制", "酒城英才", "R&D", "A类人才", "科创板IPO")
SENTENCES = (
    "建议对揭榜挂帅项目实行经费包干制，由企业验收。",
    "酒城英才计划的名额太少，年轻医生报不上去。",
    "把娃儿读书的事情解决了，外地来的工程师才安得下心。",
    "全社會研發經費投入佔GDP比重定2.5%，是不是偏低？",
    "Ｒ＆Ｄ人员人均经费60万元/年，5G和C++工程师也算吗",
    "𠮷野家旁边那个㐂字招牌，数字科创板IPO企业",
    "",
    "👍👍……",
)


@pytest.fixture(scope="module")
def rust() -> Segmenter:
    return Segmenter(WORDS, "rjieba")


@pytest.fixture(scope="module")
def python() -> Segmenter:
    return Segmenter(WORDS, "jieba")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_both_engines_cut_the_same_words(sentence: str, rust: Segmenter, python: Segmenter) -> None:
    assert rust.words(sentence) == python.words(sentence)
    assert rust.search_tokens(sentence) == python.search_tokens(sentence)


@given(
    st.text(alphabet="科技人才规划建议把娃儿读书难揭榜挂帅经费包干制的了不a1%.，㐂 ", max_size=40)
)
def test_both_engines_agree_on_any_mixture(rust: Segmenter, python: Segmenter, text: str) -> None:
    assert rust.words(text) == python.words(text)
    assert rust.search_tokens(text) == python.search_tokens(text)


def test_user_words_stay_whole_even_with_latin_letters(rust: Segmenter) -> None:
    assert rust.words("搞揭榜挂帅和Ｒ＆Ｄ，引进A类人才") == [
        "搞",
        "揭榜挂帅",
        "和",
        "r&d",
        "引进",
        "a类人才",
    ]


def test_numbers_keep_their_decimals_and_percent_sign(rust: Segmenter) -> None:
    assert rust.words("2.5%、1,200家、P18") == ["2.5%", "1,200", "家", "p18"]


def test_search_tokens_hold_long_words_and_their_parts(rust: Segmenter) -> None:
    assert rust.words("征求意见") == ["征求意见"]
    assert rust.search_tokens("征求意见") == ["征求", "意见", "征求意见"]


def test_a_pickled_segmenter_cuts_the_same_words(rust: Segmenter) -> None:
    copy = pickle.loads(pickle.dumps(rust))  # noqa: S301
    assert copy.words(SENTENCES[0]) == rust.words(SENTENCES[0])
    assert copy.version == rust.version


def test_the_version_follows_the_words_and_not_the_engine(
    rust: Segmenter, python: Segmenter
) -> None:
    assert rust.version == python.version == Segmenter(reversed(WORDS)).version
    assert rust.version != Segmenter(("揭榜挂帅",)).version


def test_segmenters_know_their_own_words_alone() -> None:
    known, none = Segmenter(("楼梯拐角处", "巷口路灯"), "rjieba"), Segmenter((), "rjieba")

    assert known.words("楼梯拐角处") == ["楼梯拐角处"]
    assert none.words("楼梯拐角处") == Segmenter((), "jieba").words("楼梯拐角处") != ["楼梯拐角处"]


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown engine: cppjieba"):
        Segmenter(engine="cppjieba")


_BITS = st.sampled_from(
    ["人才", "数字", "3D", "r&d", "·", "A类人才", "𠮷", "鿖", "2.5%", "x", "，", "\n", ""]
)
_OWN = [(), ("R&D",), ("3D人才", "数字x"), ("人才·数字",)]


def run_of(key: int) -> str:
    """Return the characters of a key: 21 bits each."""
    return "".join(chr(key >> bits & (1 << 21) - 1) for bits in (42, 21, 0)).lstrip("\0")


@given(
    st.lists(st.lists(_BITS | st.text(max_size=2), max_size=8).map("".join), max_size=5),
    st.sampled_from(_OWN),
)
def test_bags_and_lists_hold_the_words_of_each_text(texts: list[str], own: tuple[str, ...]) -> None:
    segmenter, every = Segmenter(own), aligned(texts)
    bag = segmenter.bag(every)
    found: list[list[str]] = [[] for _ in texts]
    others = iter(bag.others)
    for key, owner in zip(bag.keys.tolist(), bag.owners.tolist(), strict=True):
        found[owner].append(run_of(key) if key else next(others))
    assert list(others) == []
    words = list(map(sorted, segmenter.words_of_aligned(every)))
    assert list(map(sorted, found)) == words
    lists = segmenter.lists(every)
    parts = np.split(np.array([*lists.vocabulary, ""])[lists.codes], lists.ends[1:-1])
    assert [sorted(own.tolist()) for own in parts[: len(texts)]] == words
