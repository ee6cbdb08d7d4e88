from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis.themes import ThemeClusterer
from consult.analysis.themes_constraints import hold
from consult.domain.theme import Constraints

LAMPS = [
    "步道路灯太暗，请加装路灯。",
    "晚上步道没有路灯，建议装路灯。",
    "路灯少，步道上请多装几盏路灯。",
]
TREES = [
    "请多种柳树，夏天可以遮阴。",
    "建议补种柳树，夏天遮阴。",
    "柳树太少，夏天没有遮阴，请多种。",
]
BENCHES = ["沿河加些座椅，老人走累了歇一歇。", "座椅太少，老人走累了没有地方歇。"]
TEXTS = [*LAMPS, *TREES, *BENCHES]


def groups(labels: list[int]) -> set[frozenset[int]]:
    found: dict[int, set[int]] = {}
    for position, label in enumerate(labels):
        found.setdefault(label, set()).add(position)
    return {frozenset(own) for own in found.values()}


def themes(constraints: Constraints) -> set[frozenset[int]]:
    clusterer = ThemeClusterer()
    return groups(clusterer.fit_predict(TEXTS, ["2.1"] * len(TEXTS), constraints=constraints))


FREE = {frozenset({0, 1, 2}), frozenset({3, 4, 5}), frozenset({6, 7})}


def test_without_decisions_nothing_changes() -> None:
    assert themes(Constraints()) == FREE


def test_what_belongs_together_comes_together_with_what_is_like_it() -> None:
    assert themes(Constraints(together=((0, 3),))) == {
        frozenset({0, 1, 2, 3, 4, 5}), frozenset({6, 7}),
    }  # fmt: skip


def test_two_decided_themes_in_one_group_share_its_rest_by_likeness() -> None:
    found = themes(Constraints(together=((0, 1), (3, 2))))
    assert found == {frozenset({0, 1}), frozenset({2, 3, 4, 5}), frozenset({6, 7})}


def test_never_together_parts_a_group() -> None:
    assert themes(Constraints(apart=(((3,), (4, 5)),))) == {
        frozenset({0, 1, 2}), frozenset({3}), frozenset({4, 5}), frozenset({6, 7}),
    }  # fmt: skip


def test_a_text_kept_from_a_decided_theme_stands_outside() -> None:
    found = themes(Constraints(together=((3, 4),), apart=(((5,), (3, 4)),)))
    assert found == {frozenset({0, 1, 2}), frozenset({3, 4}), frozenset({5}), frozenset({6, 7})}


def test_a_copy_goes_where_its_text_was_put() -> None:
    texts = [LAMPS[0], LAMPS[1], LAMPS[2], LAMPS[0]]
    constraints = Constraints(together=((0,), (1, 2)))
    labels = ThemeClusterer().fit_predict(texts, ["2.1"] * 4, constraints=constraints)
    assert groups(labels) == {frozenset({0, 3}), frozenset({1, 2})}


def test_labels_are_the_first_text_of_each_group() -> None:
    constraints = Constraints(together=((2, 1),), apart=(((0,), (1,)),))
    labels = hold(
        [0, 0, 2],
        ["甲", "乙", "丙"],
        [0, 1, 2],
        constraints,
        ThemeClusterer().vectors.among_themselves,
    )
    assert labels == [0, 1, 1]


def test_what_joined_a_decided_theme_from_one_cluster_binds_the_next() -> None:
    texts = ["甲", "乙", "丙", "丁"]
    constraints = Constraints(together=((1, 3),), apart=(((0,), (2,)),))
    vectors = ThemeClusterer().vectors.among_themselves
    labels = hold([0, 0, 2, 2], texts, [0, 1, 2, 3], constraints, vectors)
    assert labels == [0, 1, 1, 1]  # 丙 came first, by its text; 甲 stays outside


@st.composite
def decisions(draw: st.DrawFn) -> Constraints:
    """Disjoint groups, and pairs of disjoint sides none of which are of one group."""
    owner = draw(st.lists(st.integers(0, 3), min_size=len(TEXTS), max_size=len(TEXTS)))
    together = tuple(tuple(i for i, own in enumerate(owner) if own == group) for group in (1, 2, 3))
    sides = draw(
        st.lists(
            st.lists(st.sampled_from("lr-"), min_size=len(TEXTS), max_size=len(TEXTS)), max_size=3
        )
    )
    apart = []
    for marks in sides:
        left = tuple(i for i, mark in enumerate(marks) if mark == "l")
        mine = {owner[i] for i in left} - {0}
        right = tuple(i for i, m in enumerate(marks) if m == "r" and owner[i] not in mine)
        if left and right:
            apart.append((left, right))
    return Constraints(tuple(group for group in together if group), tuple(apart))


@settings(max_examples=60, deadline=None)
@given(decisions(), st.randoms(use_true_random=False))
def test_every_decision_holds_whatever_the_order(
    constraints: Constraints, chance: random.Random
) -> None:
    families = list(range(len(TEXTS)))
    clusterer = ThemeClusterer()
    vectors = clusterer.vectors.among_themselves
    labels = clusterer.fit_predict(TEXTS, ["2.1"] * len(TEXTS), families)
    found = hold(labels, TEXTS, families, constraints, vectors)
    for group in constraints.together:
        assert len({found[i] for i in group}) == 1
    assert len({found[group[0]] for group in constraints.together}) == len(constraints.together)
    for left, right in constraints.apart:
        assert {found[i] for i in left} & {found[i] for i in right} == set()

    order = list(range(len(TEXTS)))
    chance.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    moved = Constraints(
        tuple(tuple(place[i] for i in group) for group in constraints.together),
        tuple(
            (tuple(place[i] for i in left), tuple(place[i] for i in right))
            for left, right in constraints.apart
        ),
    )
    texts = [TEXTS[i] for i in order]
    again = hold(ThemeClusterer().fit_predict(texts, ["2.1"] * len(texts), families), texts,
                 families, moved, vectors)  # fmt: skip
    assert {frozenset(order[i] for i in own) for own in groups(again)} == groups(found)


@pytest.mark.parametrize("sections", [["2.1"] * 8, ["2.1", "2.2"] * 4])
def test_empty_constraints_are_none(sections: list[str]) -> None:
    clusterer = ThemeClusterer()
    free = clusterer.fit_predict(TEXTS, sections)
    assert clusterer.fit_predict(TEXTS, sections, constraints=Constraints()) == free
