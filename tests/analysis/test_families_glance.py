"""Many pairs of texts at a glance: what their clauses tell of each pair alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from consult.analysis.families_clause_table import ClauseTable
from consult.analysis.families_glance import glanced
from consult.analysis.families_harmless import Harmless
from consult.analysis.families_matcher import Matcher
from consult.analysis.families_overlap import overlap, overlaps, partly, partly_alike
from consult.analysis.families_texts import Texts, text_of
from consult.analysis.families_verdict import Verdict
from consult.analysis.families_verdicts import Verdicts
from tests.analysis.test_families import COPIES, LETTER, OTHERS

CLAUSES = st.sampled_from(
    [
        *(clause for text in (LETTER, *OTHERS) for clause in text.split("，")),
        "建议在老街配八台固定的抽水机",
        "不同意以上意见",
        "支持",
        "好好",
        "\1\2",
        "",
    ]
)
LETTERS = st.lists(CLAUSES, min_size=1, max_size=12).map("，".join)
PAIRS = st.tuples(LETTERS, LETTERS, st.booleans())


@settings(deadline=None, max_examples=150)
@given(st.lists(PAIRS, min_size=1, max_size=12))
@example([(LETTER, copy, near) for copy in COPIES for near in (True, False)])
@example(
    [("一，" * 25, "。" * 25, True), ("\1" * 30, "\1" * 25, True), ("好好，" * 9, "好好", True)]
)
def test_a_glance_at_many_tells_what_a_look_at_each_tells(pairs: list[tuple[str, str, bool]]):
    matcher, texts = Matcher(), Texts()
    base, copy = (np.array(texts.numbered([pair[side] for pair in pairs])) for side in (0, 1))
    near = np.array([pair[2] for pair in pairs])

    table = ClauseTable(matcher.clauses, texts)
    table.add(np.unique(copy))  # by and by, as in a second call
    table.add(np.unique([base, copy]))
    seen = glanced(table, Harmless(table), base, copy, near).tolist()

    for (one, other, alike), verdict in zip(pairs, seen, strict=True):
        whole = text_of(one), text_of(other)
        if verdict:
            assert verdict == matcher.compare(*whole, near=alike)
        else:  # only then a closer look is needed
            assert not matcher.clauses.copies(whole[0].cut, whole[1].cut)
            assert alike or matcher.clauses.may_copy(whole[0].cut, whole[1].cut)


@pytest.mark.parametrize("at_once", [1, 1_000])
@given(pairs=st.lists(PAIRS, min_size=1, max_size=6))
@example(pairs=[("不同意以上意见，长" * 50, LETTER, True), (LETTER, "长" * 90, True)])
def test_clauses_of_many_pairs_leave_alone_what_those_of_one_pair_do(
    pairs: list[tuple[str, str, bool]], at_once: int
):
    clauses, texts = Matcher().clauses, Texts()
    sides = [np.array(texts.numbered([pair[side] for pair in pairs])) for side in (0, 1)]
    table = ClauseTable(clauses, texts)
    table.add(np.unique(sides))
    entries = [table.entries(table.rows(side)) for side in sides]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("consult.analysis.families_harmless._AT_ONCE", at_once)
        told = Harmless(table).leave_alone(*entries, len(pairs)).tolist()

    cuts = [[set(texts.cut[number].split("\n")) for number in side.tolist()] for side in sides]
    assert told == [clauses.leave_alone(*pair) for pair in zip(*cuts, strict=True)]


@given(st.lists(st.tuples(*[st.integers(0, 200)] * 3), min_size=1))
def test_the_rules_for_many_pairs_are_those_for_one(numbers: list[tuple[int, int, int]]):
    pairs = [(a, b, min(size, a, b)) for a, b, size in numbers]
    length, other, size = np.array(pairs).T

    shared = np.maximum(size - 2, 0)

    assert overlaps(length, other, shared).tolist() == [
        bool(overlap(a, b, [n])) for a, b, n in pairs
    ]
    assert partly_alike(length, other, np.where(size < 10, 0, shared)).tolist() == [
        partly(a, b, [n]) for a, b, n in pairs
    ]


def test_what_is_known_of_two_near_texts_is_not_said_of_the_same_two_far_apart():
    texts = Texts()
    pair = texts.numbered([LETTER, LETTER.replace("固定", "好用").replace("，", "呢，")])
    base, copy = np.array([pair[0]]), np.array([pair[1]])

    verdicts = Verdicts((), texts)
    verdicts.about(np.array(pair))
    near, far = (base, copy, np.array([True])), (base, copy, np.array([False]))
    closer = [verdicts.closer(*near, 1).verdicts().tolist()]
    found = [verdicts.glances(*pair).tolist() for pair in (near, far, near, far)]

    assert closer == [[Verdict.COPY]]
    assert found == [[Verdict.COPY], [Verdict.OTHER], [Verdict.COPY], [Verdict.OTHER]]
