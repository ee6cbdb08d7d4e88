from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from consult.domain.theme import ChangeKind, Theme, ThemeChange
from consult.services.lineage import compare, inherit


def theme(number: int, *members: int, section: str = "2.1") -> Theme:
    return Theme(number, section, f"label {number}", members[0], members, members[0])


def known(*themes: Theme) -> dict[int, Theme]:
    return {item.id: item for item in themes}


def test_a_theme_keeps_its_id_by_the_greatest_overlap() -> None:
    before = known(theme(4, 1, 2, 3), theme(5, 4, 5))
    found = [("2.1", (4, 5, 6)), ("2.1", (1, 2)), ("2.1", (3, 7))]
    assert inherit(before, found) == [5, 4, None]


def test_of_equal_claims_the_older_id_and_the_lower_number_win() -> None:
    before = known(theme(4, 1, 2), theme(5, 3, 4))
    assert inherit(before, [("2.1", (2, 3)), ("2.1", (1, 4))]) == [5, 4]
    assert inherit(known(theme(9, 1, 2)), [("2.1", (2,)), ("2.1", (1,))]) == [None, 9]


def test_no_theme_goes_on_in_another_section() -> None:
    assert inherit(known(theme(4, 1, 2)), [("2.2", (1, 2))]) == [None]


@given(st.lists(st.sets(st.integers(1, 30), min_size=1), max_size=8))
def test_each_id_is_kept_once_and_identical_themes_keep_theirs(sets: list[set[int]]) -> None:
    groups: list[tuple[int, ...]] = []
    taken: set[int] = set()
    for own in sets:
        if fresh := own - taken:
            groups.append(tuple(sorted(fresh)))
            taken |= fresh
    before = known(*(theme(n, *own) for n, own in enumerate(groups, 1)))
    assert inherit(before, [("2.1", own) for own in groups]) == list(before)
    halves = [("2.1", half) for own in groups for half in (own[::2], own[1::2]) if half]
    kept = [number for number in inherit(before, halves) if number is not None]
    assert sorted(kept) == sorted(set(kept)) == list(before)


def test_what_appeared_grew_merged_and_vanished_is_told() -> None:
    before = (theme(1, 1, 2), theme(2, 3, 4, 5), theme(3, 6, 7), theme(4, 8), theme(5, 9, 10))
    after = (theme(1, 1, 2, 3, 4, 5), theme(3, 6), theme(5, 9, 10), theme(6, 7, 11), theme(7, 12))
    assert compare(before, after) == (
        ThemeChange(ChangeKind.GREW, 1, "2.1", 2, 5),
        ThemeChange(ChangeKind.MERGED, 2, "2.1", 3, 0, 1),
        ThemeChange(ChangeKind.VANISHED, 4, "2.1", 1, 0),
        ThemeChange(ChangeKind.APPEARED, 6, "2.1", 0, 2, 3),
        ThemeChange(ChangeKind.APPEARED, 7, "2.1", 0, 1),
    )


def test_the_same_themes_again_are_no_news() -> None:
    before = (theme(1, 1, 2), theme(2, 3))
    assert compare(before, tuple(replace(item, label="?") for item in before)) == ()
