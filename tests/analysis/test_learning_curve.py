"""The learning curve: fair draws, measured on lines the mapper was not corrected on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from consult.analysis.evaluation import Draw, GoldRow, evaluate_learning
from consult.analysis.evaluation.learning import drawn_from
from consult.analysis.sections import Placement
from consult.analysis.split import Span
from consult.domain.comment import Kind, Link, Origin


def row(number: int, section: str, copy_of: str | None = None) -> GoldRow:
    words = f"{section}的第{number}条"
    return GoldRow(
        f"G{number:03}", words, (section,), words, Kind.SUGGESTION, "none", near_dup_of=copy_of
    )


ROWS = [row(number, "12345"[number % 5]) for number in range(60)]


def whole(text: str) -> list[Span]:
    return [Span(0, len(text))]


class Parrot:
    """Knows the sections it was told of, and answers 1 for the others."""

    def __init__(self, known: Sequence[GoldRow]) -> None:
        self.known = {row.sections[0] for row in known}

    def place(self, texts: Sequence[str]) -> list[Placement]:
        found = [text[0] if text[0] in self.known else "1" for text in texts]
        return [Placement((Link(code, Origin.INFERRED, 0.5),)) for code in found]


def school(drawn: Sequence[GoldRow]) -> tuple[Parrot, bool]:
    return Parrot(drawn), bool(drawn)


def test_the_curve_compares_on_the_lines_that_were_not_drawn() -> None:
    found = evaluate_learning(ROWS, ROWS, school, whole, Draw(sizes=(20,), seeds=3))
    (point,) = found["curve"]
    assert (found["n"], found["pool"], found["seeds"]) == (60, 60, 3)
    assert point["corrections"] == 20
    assert point["accuracy"] == 1.0
    assert point["gain"] == pytest.approx(1.0 - point["start"])
    assert (point["used"], point["draws"]) == (1.0, 3)


def test_copies_of_a_drawn_line_are_not_measured() -> None:
    copies = [row(100 + n, "2", copy_of="G001") for n in range(30)]
    seen: list[int] = []

    class Counting(Parrot):
        def place(self, texts: Sequence[str]) -> list[Placement]:
            seen.append(len(texts))
            return super().place(texts)

    rows = [row(1, "2"), row(2, "3"), *copies]
    evaluate_learning(
        rows, rows[:1], lambda drawn: (Counting(drawn), True), whole, Draw(sizes=(1,), seeds=1)
    )
    assert len(seen) == len(rows) + 1  # all once at the start, then G002 alone


def test_sizes_that_cannot_be_drawn_are_left_out() -> None:
    found = evaluate_learning(ROWS, ROWS, school, whole, Draw(sizes=(10, 60, 500), seeds=2))
    assert [point["corrections"] for point in found["curve"]] == [10]


@pytest.mark.parametrize("seed", range(5))
def test_draws_of_one_seed_contain_each_other(seed: int) -> None:
    draw = Draw(wrong=0.3)
    small, large = (drawn_from(ROWS, draw, size, seed) for size in (10, 30))
    assert large[:10] == small
    assert drawn_from(ROWS[::-1], draw, 30, seed) == large


def test_wrong_corrections_name_another_section() -> None:
    drawn = drawn_from(ROWS, Draw(wrong=1.0), 60, 0)
    right = {row.id: row.sections for row in ROWS}
    assert all(row.sections != right[row.id] for row in drawn)
    some = drawn_from(ROWS, Draw(wrong=0.1), 60, 0)
    assert 0 < sum(row.sections != right[row.id] for row in some) < 20


def test_skewed_corrections_come_from_few_sections() -> None:
    drawn = drawn_from(ROWS, Draw(sections=2), 60, 0)
    assert len({row.sections[0] for row in drawn}) == 2
