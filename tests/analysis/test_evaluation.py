from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.evaluation import (
    GoldRow,
    evaluate_families,
    evaluate_kind,
    evaluate_mapping,
    evaluate_split,
    evaluate_themes,
    read_gold,
    read_opposites,
)
from consult.analysis.evaluation.pairs import agreement
from consult.analysis.sections import Placement
from consult.analysis.split import Span
from consult.domain.comment import Kind, Link, Origin
from consult.domain.errors import InputRefused

LINE = {
    "id": "T1",
    "text": "步道太窄",
    "sections": ["1.2"],
    "point": "widen",
    "kind": "suggestion",
    "cue": "paraphrase",
    "near_dup_of": None,
}


def row(**changes: object) -> GoldRow:
    """Return the line with changes, as it is read from a file."""
    return read_gold([json.dumps({**LINE, **changes})])[0]


def whole(text: str) -> list[Span]:
    return [Span(0, len(text))]


def by_bar(text: str) -> list[Span]:
    """Split at each bar."""
    spans, start = [], 0
    for piece in text.split("|"):
        spans.append(Span(start, start + len(piece)))
        start += len(piece) + 1
    return spans


def placed(*links: tuple[str, float], others: Sequence[tuple[str, float]] = ()) -> Placement:
    def made(pairs: Sequence[tuple[str, float]]) -> tuple[Link, ...]:
        return tuple(Link(code, Origin.INFERRED, sure) for code, sure in pairs)

    return Placement(made(links), made(others))


class FixedMapper:
    """Says what it is told to say about each text."""

    def __init__(self, answers: dict[str, Placement]) -> None:
        self.answers = answers

    def place(self, texts: Sequence[str]) -> list[Placement]:
        return [self.answers[text] for text in texts]


class FixedLabels:
    """Labels texts as told, whatever their sections."""

    def __init__(self, labels: dict[str, int]) -> None:
        self.labels = labels

    def fit_predict(self, texts: Sequence[str], sections: Sequence[str] = ()) -> list[int]:
        return [self.labels[text] for text in texts]


# --- reading the files


def test_a_line_is_read_with_our_code_for_off_topic() -> None:
    assert row(sections=["offtopic"]) == GoldRow(
        "T1", "步道太窄", ("offplan",), "widen", Kind.SUGGESTION, "paraphrase"
    )


def test_parts_are_found_in_order_in_the_text() -> None:
    parts = [{"text": "甲路", "section": "1.1"}, {"text": "甲", "section": "1.2"}]
    found = row(text="甲路甲", cue="multi", parts=parts).parts
    assert [(part.start, part.end, part.section) for part in found] == [
        (0, 2, "1.1"),
        (2, 3, "1.2"),
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "praise"}, "'praise' is not a valid Kind"),
        ({"cue": "guess"}, "unknown cue 'guess'"),
        ({"sections": []}, "sections is no list with a code"),
        ({"sections": [3]}, "unknown code 3"),
        ({"text": None}, "text is no text"),
        ({"near_dup_of": ["T1"]}, "near_dup_of is no text"),
        ({"parts": [{"text": "无", "section": "1.1"}]}, "part not in the text: '无'"),
    ],
)
def test_a_line_that_is_not_understood_is_refused_with_its_number(
    changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(InputRefused) as refusal:
        read_gold(["", json.dumps({**LINE, **changes})])
    assert refusal.value.values == {"line": 2, "reason": reason}


@pytest.mark.parametrize("line", ["[]", "{", "{}"])
def test_what_is_no_labelled_line_is_refused(line: str) -> None:
    with pytest.raises(InputRefused, match=r"gold\.line"):
        read_gold([line])


def test_an_id_given_twice_or_copied_from_nowhere_is_refused() -> None:
    with pytest.raises(InputRefused, match="id given twice"):
        read_gold([json.dumps(LINE), json.dumps(LINE)])
    with pytest.raises(InputRefused, match="no line T9"):
        row(near_dup_of="T9")


def test_opposites_are_two_points_a_line() -> None:
    assert read_opposites(["raise\tlower\n", "\n"]) == (("raise", "lower"),)
    with pytest.raises(InputRefused, match=r"gold\.opposites"):
        read_opposites(["raise lower"])


# --- groupings


def test_groupings_are_compared_by_pairs_b_cubed_and_adjusted_rand() -> None:
    measured = agreement("aaabbc", "xxyyyz")
    # true pairs 3 + 1, found pairs 1 + 3, in common {a,a} and {b,b}
    assert measured.pair_precision == pytest.approx(2 / 4)
    assert measured.pair_recall == pytest.approx(2 / 4)
    assert measured.pair_f1 == pytest.approx(0.5)
    # per item: 1, 1, 1/3, 2/3, 2/3, 1 and 2/3, 2/3, 1/3, 1, 1, 1
    assert measured.b3_precision == pytest.approx((3 + 5 / 3) / 6)
    assert measured.b3_recall == pytest.approx((3 + 5 / 3) / 6)
    # expected 4 * 4 / 15, highest 4
    assert measured.ari == pytest.approx((2 - 16 / 15) / (4 - 16 / 15))


def test_all_alone_is_precise_and_finds_nothing() -> None:
    measured = agreement("aab", "xyz")
    assert (measured.pair_precision, measured.pair_recall, measured.ari) == (1.0, 0.0, 0.0)


@given(st.lists(st.integers(0, 3), max_size=12))
def test_a_grouping_agrees_with_itself_under_any_names(labels: list[int]) -> None:
    measured = agreement(labels, [f"group {label}" for label in labels])
    assert (measured.pair_f1, measured.ari) == (1.0, 1.0)
    assert measured.b3_f1 == (1.0 if labels else 0.0)


# --- mapping


@pytest.fixture
def ticks() -> Iterator[float]:
    return count(10.0, 0.25)


def test_mapping_measures_of_a_small_file(ticks: Iterator[float]) -> None:
    rows = [
        row(id="1", text="甲", sections=["1.1", "2.3"], cue="explicit"),
        row(id="2", text="乙", sections=["1.2"], cue="quote"),
        row(id="3", text="丙", sections=["general"], cue="none"),
        row(id="4", text="丁|戊", sections=["2.1", "2.2"], cue="multi"),
    ]
    mapper = FixedMapper(
        {
            "甲": placed(("2.3", 0.9), others=[("1.1", 0.1)]),
            "乙": placed(("1.1", 0.4), others=[("2.1", 0.2), ("1.2", 0.1)]),
            "丙": placed(("general", 0.8)),
            "丁": placed(("2.1", 0.5)),
            "戊": placed(("2.2", 0.7)),
        }
    )
    found = evaluate_mapping(rows, mapper, by_bar, 0.6, lambda: next(ticks))
    assert found == {
        "n": 4,
        "primary_accuracy": 0.75,
        "section_accuracy": pytest.approx(2 / 3),
        "strict_accuracy": pytest.approx(1 / 3),
        "sample_f1": pytest.approx((2 / 3 + 0 + 1 + 1) / 4),
        "top3_accuracy": 1.0,
        "by_cue": {"explicit": 1.0, "multi": 1.0, "none": 1.0, "quote": 0.0},
        "general_f1": 1.0,
        "offplan_f1": 0.0,
        "coverage": 0.75,
        "accuracy_at_70": 1.0,
        # four lines in five bins of equal mass: gaps .1, .2, .3, .4
        "calibration_error": pytest.approx((0.1 + 0.2 + 0.3 + 0.4) / 4),
        "brier": pytest.approx((0.1**2 + 0.2**2 + 0.3**2 + 0.4**2) / 4),
        # every look at the clock is a quarter of a second after the one before; five comments
        "microseconds_per_comment": 250000.0,
        "microseconds_p99": 250000.0,
        "microseconds_per_comment_batch": 50000.0,
    }


def test_a_text_without_any_link_is_a_miss(ticks: Iterator[float]) -> None:
    found = evaluate_mapping(
        [row()], FixedMapper({"步道太窄": Placement(())}), whole, 0.5, lambda: next(ticks)
    )
    assert (found["primary_accuracy"], found["sample_f1"], found["coverage"]) == (0.0, 0.0, 0.0)


# --- the other tasks


def test_themes_leave_out_texts_of_several_points_and_take_the_longest_part() -> None:
    rows = [
        row(id="1", text="您好|加宽步道", point="widen"),
        row(id="2", text="步道加宽", point="widen"),
        row(id="3", text="步道改窄", point="narrow"),
        row(id="4", text="别的", point="other", cue="multi"),
    ]
    texts = ("加宽步道", "步道加宽", "步道改窄")
    mapper = FixedMapper(dict.fromkeys(texts, placed(("1.2", 0.9))))
    clusterer = FixedLabels(dict(zip(texts, (7, 7, 7), strict=True)))
    found = evaluate_themes(
        rows, mapper, clusterer, by_bar, [("widen", "narrow"), ("widen", "other")]
    )
    assert found == {
        "pair_precision": pytest.approx(1 / 3),
        "pair_recall": 1.0,
        "pair_f1": 0.5,
        "b3_precision": pytest.approx(5 / 9),
        "b3_recall": 1.0,
        "b3_f1": pytest.approx(5 / 7),
        "ari": 0.0,
        "opposites_merged": 1,
    }


def test_families_follow_chains_of_copies() -> None:
    rows = read_gold(
        json.dumps({**LINE, "id": name, "text": name, "near_dup_of": base})
        for name, base in (("a", None), ("b", "a"), ("c", "b"), ("d", None))
    )
    found = evaluate_families(rows, FixedLabels({"a": 0, "b": 0, "c": 2, "d": 2}))
    assert found == {
        "pair_precision": 0.5,
        "pair_recall": pytest.approx(1 / 3),
        "pair_f1": pytest.approx(0.4),
    }


def test_what_a_signer_added_is_found_or_missed() -> None:
    base = row(id="1", text="请加宽步道。")
    copy = row(id="2", text="请加宽步道。我住码头边。", near_dup_of=None)
    rows = [base, replace(copy, near_dup_of="1", remainder="我住码头边")]
    finder = FixedLabels({base.text: 0, copy.text: 0})

    def added(first: str, second: str) -> str:
        return second.removeprefix(first)

    assert evaluate_families(rows, finder, added)["remainder_recall"] == 1.0
    assert evaluate_families(rows, finder, lambda *_: "")["remainder_recall"] == 0.0


def test_splits_are_compared_without_marks_and_blanks_at_the_ends() -> None:
    parts = [{"text": "加宽步道。", "section": "1.2"}, {"text": "多放鱼苗", "section": "2.1"}]
    rows = [
        row(id="1", text="（加宽步道。|多放鱼苗吧）", cue="multi", parts=parts),
        row(id="2", text="只有一点"),
        row(id="3", text="这是|两点"),
    ]
    assert evaluate_split(rows, by_bar) == {
        "span_f1": 0.5,
        "overlap_f1": 1.0,
        "single_kept": 0.5,
    }


def test_kinds_count_equally_in_the_macro_average() -> None:
    rows = [
        row(id="1", text="甲", kind="support"),
        row(id="2", text="乙", kind="support"),
        row(id="3", text="丙", kind="oppose"),
    ]
    found = evaluate_kind(rows, lambda _: Kind.SUPPORT)
    assert found == {"accuracy": pytest.approx(2 / 3), "macro_f1": pytest.approx(0.4)}
