from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from consult.domain.consultation import Plan, Section, Window

WINDOW = Window(date(2022, 9, 26), date(2022, 10, 25))


@pytest.mark.parametrize(
    ("instant", "state", "left"),
    [
        ("2022-09-25T23:59:59.999+08:00", "before", 0),
        ("2022-09-26T00:00:00+08:00", "open", 30),
        ("2022-10-25T23:59:59.999+08:00", "open", 1),
        ("2022-10-26T00:00:00+08:00", "closed", 0),
        ("2022-10-25T15:59:59+00:00", "open", 1),
        ("2022-10-25T16:00:00+00:00", "closed", 0),
    ],
)
def test_the_window_opens_at_midnight_and_closes_at_24_of_its_last_day(
    instant: str, state: str, left: int
) -> None:
    moment = datetime.fromisoformat(instant)
    assert (WINDOW.state(moment), WINDOW.days_left(moment)) == (state, left)


def test_thirty_days_include_the_first_and_the_last() -> None:
    assert WINDOW.days == 30
    assert WINDOW.end - WINDOW.start == timedelta(days=30)
    assert WINDOW.start.tzinfo is UTC


def test_a_window_in_a_zone_with_summer_time_still_ends_at_local_midnight() -> None:
    window = Window(date(2024, 3, 30), date(2024, 3, 31), "Europe/Berlin")
    assert window.end - window.start == timedelta(hours=47)


def test_sections_are_the_leaves_and_labels_are_in_the_plans_own_numbering() -> None:
    plan = Plan(
        "规划",
        (
            Section("1", "一", "甲", sections=(Section("1.1", "（一）", "乙"),)),
            Section("2", "第二章", "丙", sections=(Section("2.1", "第三条", "丁"),)),
            Section("3", "3", "戊", sections=(Section("3.1", "3.1", "己"),)),
        ),
    )
    assert [section.code for section in plan.sections] == ["1.1", "2.1", "3.1"]
    assert [plan.label(code) for code in ("1", "1.1", "2.1", "3", "3.1", "9.9")] == [
        "一", "一、（一）", "第二章第三条", "3", "3.1", "9.9",
    ]  # fmt: skip
    assert [node.heading for node in plan.walk()] == [
        "一、甲", "（一）乙", "第二章 丙", "第三条 丁", "3、戊", "3.1 己",
    ]  # fmt: skip
    assert plan.find("1.1") is plan.chapters[0].sections[0]
    assert plan.find("7") is None
