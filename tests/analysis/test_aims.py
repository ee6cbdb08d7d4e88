"""Which way comments want figures and indicators to go."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis.aims import MOST, AimFinder
from consult.analysis.aims_cues import CUES
from consult.domain.aim import Aim, Direction
from consult.domain.consultation import Indicator, Plan
from consult.domain.lexicon import FigureWords, Lexicon

PLAN = Plan("绿道规划", (), indicators=(Indicator(1, "绿道长度", unit="公里", target="30"),))
LEXICON = Lexicon(figures=(FigureWords("1.1", ("骑行驿站",), ("12个",)),))
FINDER = AimFinder(PLAN, LEXICON)
RAISE, LOWER, ADD = Direction.RAISE, Direction.LOWER, Direction.ADD
DELETE, CLARIFY, KEEP = Direction.DELETE, Direction.CLARIFY, Direction.KEEP


def aims(text: str) -> list[tuple[Direction, str, str, str]]:
    return [(aim.direction, aim.subject, aim.before, aim.asked) for aim in FINDER.find(text)]


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("年龄从45岁放宽到50岁", (RAISE, "年龄", "45岁", "50岁")),
        ("绿道长度由30公里改为20公里。", (LOWER, "绿道长度", "30公里", "20公里")),
        ("绿道长度30公里偏高，建议改成20公里", (LOWER, "绿道长度", "30公里", "20公里")),
        ("骑行驿站12个太少，请提高到二十个。", (RAISE, "骑行驿站", "12个", "二十个")),
        ("骑行驿站12个太多了。", (LOWER, "骑行驿站", "12个", "")),
        ("綠道長度應當提高", (RAISE, "綠道長度", "", "")),
        ("建议增加居民满意率指标", (ADD, "居民满意率", "", "")),
        ("删除绿道长度指标", (DELETE, "绿道长度指标", "", "")),
        ("绿道长度30公里的测算口径请说明", (CLARIFY, "绿道长度", "30公里", "")),
        ("补贴标准请保持不变", (KEEP, "补贴标准", "", "")),
    ],
)
def test_direction_subject_and_figures_are_read(text: str, aim: tuple[Direction, str, str, str]):
    assert aims(text) == [aim]


@pytest.mark.parametrize(
    ("text", "direction", "other", "turned"),
    [
        ("绿道长度应提高", RAISE, "绿道长度不宜提高", KEEP),
        ("绿道长度应降低", LOWER, "不要再降低绿道长度的目标", KEEP),
        ("建议取消绿道长度指标", DELETE, "反对取消绿道长度指标", KEEP),
        ("建议把绿道长度目标往上调", RAISE, "没有必要把绿道长度目标往上调", KEEP),
        ("绿道长度太高", LOWER, "绿道长度太低", RAISE),
        ("绿道长度30公里改为40公里", RAISE, "绿道长度40公里改为30公里", LOWER),
    ],
)
def test_a_negation_or_the_figures_turn_the_direction(
    text: str, direction: Direction, other: str, turned: Direction
):
    assert [aim[0] for aim in aims(text) + aims(other)] == [direction, turned]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "请在河边增加路灯。",
        "我们小区2020年有300人，2021年增加到400人。",
        "盼望规划把这一条写清楚。",
        "图书馆开放时间请明确。",
    ],
)
def test_what_is_of_no_target_has_no_aim(text: str):
    assert aims(text) == []


def test_places_are_those_of_the_text_as_received():
    text = "总体很好。綠道長度由３０公里改為２０公里。"

    assert FINDER.find(text) == (Aim(LOWER, "綠道長度", "３０公里", "２０公里", 5, len(text)),)


def test_every_sentence_has_its_own_aim_and_a_page_of_them_is_enough():
    assert aims("绿道长度应提高；骑行驿站12个太多。") == [
        (RAISE, "绿道长度", "", ""),
        (LOWER, "骑行驿站", "12个", ""),
    ]
    assert len(FINDER.find("绿道长度指标应提高。" * 100)) == MOST


def test_every_cue_has_words_and_a_reason():
    assert [cue for cue in CUES if not cue.words or not cue.reason] == []
    assert {cue.direction for cue in CUES} == set(Direction)


PIECES = st.sampled_from(
    [
        "绿道长度",
        "30公里",
        "45岁",
        "由",
        "改为",
        "提高",
        "不宜",
        "指标",
        "取消",
        "。",
        "，",
        "请",
        "到",
        "\n",
    ]
)


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(max_size=50), st.lists(PIECES, max_size=20).map("".join)))
def test_words_of_an_aim_are_words_of_its_sentence(text: str):
    found = FINDER.find(text)

    assert found == FINDER.find(text)
    for aim in found:
        sentence = text[aim.start : aim.end]
        assert [word for word in (aim.subject, aim.before, aim.asked) if word not in sentence] == []


@settings(deadline=None, max_examples=200)
@given(st.lists(st.lists(PIECES.filter(lambda piece: piece not in "。\n"), max_size=8), max_size=4))
def test_aims_of_a_comment_are_those_of_its_sentences(pieces: list[list[str]]):
    sentences = ["".join(own) + "。" for own in pieces]

    assert aims("".join(sentences)) == [aim for own in sentences for aim in aims(own)]


@pytest.mark.parametrize(
    "piece", ["提高", "不", "30公里", "绿道长度指标提高", "比例", "改为1", "的", "率"]
)
def test_the_longest_text_takes_less_than_two_seconds(piece: str):
    text = (piece * 20_000)[:20_000]

    started = time.perf_counter()
    FINDER.find(text)

    assert time.perf_counter() - started < 2.0
