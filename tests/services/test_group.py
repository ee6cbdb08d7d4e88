"""Themes are shown the same whether they are drawn where they are found or afterwards."""

from __future__ import annotations

import pytest

from consult.analysis.segment import Segmenter
from consult.analysis.themes import ThemeClusterer
from consult.domain.comment import Comment, Link, Origin
from consult.domain.knowledge import Knowledge
from consult.domain.theme import Constraints
from consult.services.group import group

TEXTS = {
    "6.2": (
        "建议引进人才的子女就近入学，由教育部门统一安排。",
        "娃儿读书没得学位，先把上学的事办了嘛",
        "希望孩子能进公办小学，别让我们自己跑。",
        "建议建一批人才公寓，租金低一些。",
        "房租太贵，给年轻人几间便宜房住嘛",
    ),
    "2.3": (
        "研发投入2.5%定高了，建议下调到2%。",
        "研发投入2.5%偏低，建议上调到3%。",
        "研发投入的目标太低，还可以提高。",
        "研发投入2.5%偏低，建议上调到3%。",
    ),
    "1.1": ("规划写得好，早日落地。", "规划写得好，早日落地。", "附件打不开，请换个格式。"),
}
NONE = Constraints()
JOINED = Constraints(together=((0, 3), (5, 6)))
ACROSS = Constraints(together=((2, 9),))  # of two sections
APART = Constraints(apart=(((0,), (1, 2)),))


@pytest.mark.parametrize("constraints", [None, NONE, JOINED, ACROSS, APART])
@pytest.mark.parametrize("families", [None, (list(range(12)), list(range(12)))])
def test_themes_are_shown_as_they_are_drawn_afterwards(
    monkeypatch: pytest.MonkeyPatch,
    constraints: Constraints | None,
    families: tuple[list[int], list[int]] | None,
) -> None:
    lines = [(code, text) for code, own in TEXTS.items() for text in own]
    points = [
        Comment(n, n, 0, len(text), text, (Link(code, Origin.INFERRED, 0.8),))
        for n, (code, text) in enumerate(lines, 1)
    ]
    knowledge, segmenter = Knowledge(), Segmenter()

    found = group(points, knowledge, segmenter, constraints, families=families)

    monkeypatch.setattr(ThemeClusterer, "shown_", property(lambda _: {}, lambda *_: None), False)
    assert found == group(points, knowledge, segmenter, constraints, families=families)
    assert sorted(n for theme in found.themes for n in theme.members) == list(range(12))
