"""Opposite asks are told apart and the same ask in other words is not, on pairs written unseen."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from consult.analysis.opposites import Opposites

PAIRS = Path(__file__).parents[1] / "labelled" / "opposite-pairs.jsonl"
OPPOSITES = Opposites()


def pairs(half: int, *, opposite: bool) -> list[tuple[str, str]]:
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    own = [(row["a"], row["b"]) for row in rows if row["opposite"] is opposite]
    return [pair for pair in own if hashlib.sha256("".join(pair).encode()).digest()[-1] % 2 == half]


def told(text: str, other: str) -> bool:
    """Tell whether the guard parts two texts: by the sides they take, or clause by clause."""
    ours, theirs = OPPOSITES.leaning(text), OPPOSITES.leaning(other)
    leans = any(theirs.get(axis, side) != side for axis, side in ours.items())
    return leans or OPPOSITES.reverse(text, other)


def test_the_halves_are_those_of_the_readme() -> None:
    found = [len(pairs(half, opposite=side)) for half in (0, 1) for side in (True, False)]

    assert found == [35, 27, 25, 33]


@pytest.mark.parametrize("pair", pairs(0, opposite=True), ids=lambda pair: pair[0])
def test_opposites_of_the_half_that_was_read_are_told(pair: tuple[str, str]) -> None:
    assert told(*pair)
    assert told(*pair[::-1])


@pytest.mark.parametrize("pair", pairs(0, opposite=False), ids=lambda pair: pair[0])
def test_the_same_ask_in_other_words_is_not_parted(pair: tuple[str, str]) -> None:
    assert not told(*pair)
    assert not told(*pair[::-1])


def test_the_half_that_was_never_read_keeps_what_was_reached() -> None:
    opposite = sum(told(*pair) for pair in pairs(1, opposite=True))
    parted = sum(told(*pair) for pair in pairs(1, opposite=False))

    assert opposite >= 20
    assert parted <= 2


@pytest.mark.parametrize(
    ("text", "other", "opposed"),
    [
        ("科研项目要多立小项目", "科研项目要少立小项目", True),
        ("路灯要关早点", "路灯要关晚点", True),
        ("路灯不要关早了", "路灯要关晚点", False),
        ("考核不要太严", "考核太严了", False),
        ("考核不是太严", "考核太严了", True),
        ("不能让老实人吃亏", "要让老实人得好处", False),
        ("难道不应该公开名单吗", "名单应当公开", False),
        ("凭什么公开名单", "名单应当公开", True),
        ("先修路后收费", "先收费后修路", True),
        ("门槛太高了", "门槛放低点", False),
        ("不要建那么多公园", "公园建那么多做什么", False),
    ],
)
def test_scope_complaint_and_order_decide(text: str, other: str, opposed: bool) -> None:
    assert told(text, other) is opposed
    assert told(other, text) is opposed
