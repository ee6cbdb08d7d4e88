"""A digest of one's own: of some comments, marked as such, and adding up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.domain.consultation import Plan
from consult.domain.errors import InputRefused
from consult.domain.partial import Partial
from consult.export.balance import check_digest, check_register, partial_lines
from consult.services.choose import choose, words
from consult.services.compile import compile_digest, compile_register
from consult.services.deliver import document
from consult.services.office import Office
from tests.conftest import SLUG

NOW = datetime(2024, 6, 1, 1, 0, tzinfo=UTC)
PARTS = (
    ("speaker=agency", "speaker=unknown,individual", "提出主体=机关单位"),
    ("channel=email", "channel=web,email"),
    ("kind=support", "kind=suggestion", "kind=question,oppose"),
    ("section=1", "section=2.2", "section=general", "section=offplan,unassigned,1.1", "章节=二"),
    (
        "received=2024-05-10",
        "received=2024-05-10..",
        "received=..2024-05-09",
        "received=2024-05-11",
    ),
    ("identified=yes", "identified=否", "identified=yes,no"),
)


@pytest.fixture
def partial(analysed: Office) -> Callable[..., Partial]:
    def make(*filters: str) -> Partial:
        digest = compile_digest(analysed, slug=SLUG, as_of=NOW, filters=filters)
        check_digest(digest)
        assert digest.partial is not None
        return digest.partial

    return make


def test_only_what_was_chosen_is_counted_and_told(analysed: Office) -> None:
    digest = compile_digest(analysed, slug=SLUG, as_of=NOW, filters=("channel=email",))

    told = {n: line.label for s in digest.sections for line in s.themes for n in line.numbers}
    assert (digest.counts.people, digest.counts.submissions, digest.counts.comments) == (1, 1, 3)
    assert len(told) == 3
    assert digest.identified == 1
    assert sum(day.submissions for day in digest.days) == 1
    assert digest.accounting.comments == 9
    assert partial_lines(digest.partial, digest.accounting) == (
        "本文件意见 3 = 归入章节 3 + 总体意见 0 + 与规划无关 0 + 尚未归类 0",
        "全部意见 9 = 本文件 3 + 未选入 6",
    )


def test_it_is_marked_wherever_it_goes(analysed: Office) -> None:
    filters = ("speaker=agency", "received=2024-05-01..2024-05-20")
    made = document(analysed, slug=SLUG, name="digest.md", as_of=NOW, filters=filters)
    register = compile_register(analysed, slug=SLUG, as_of=NOW, filters=filters)
    check_register(register)

    text = made.data.decode()
    mark = "提出主体：机关单位；收到时间：2024\\-05\\-01至2024\\-05\\-20"
    assert made.name == "partial-digest.md"
    assert text.splitlines()[2] == "# 公众意见分章节摘要（部分意见）"
    assert text.replace("\\-", "-").count(mark.replace("\\-", "-")) == 3  # top, points, masthead
    assert [row.text for row in register.rows] == ["没有意见"]
    assert register.masthead.partial == "提出主体：机关单位；收到时间：2024-05-01至2024-05-20"


def test_a_selection_that_holds_nothing_is_a_correct_report(
    partial: Callable[..., Partial],
) -> None:
    found = partial("speaker=medical")

    assert (found.comments, found.mapped, found.words) == (0, 0, (("提出主体", "医疗机构"),))


def test_an_open_selection_is_the_whole_digest(analysed: Office) -> None:
    whole = compile_digest(analysed, slug=SLUG, as_of=NOW)

    assert compile_digest(analysed, slug=SLUG, as_of=NOW, filters=("identified=yes,no",)) == whole
    assert whole.partial is None


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("colour=red", "filter.key"),
        ("speaker", "filter.key"),
        ("speaker=martian", "filter.value"),
        ("section=9.9", "filter.value"),
        ("received=yesterday", "filter.day"),
        ("received=0001-01-01", "filter.day"),
        ("received=9999-12-31", "filter.day"),
        ("received=2024-05-11..2024-05-01", "filter.days"),
        ("identified=perhaps", "filter.value"),
    ],
)
def test_what_cannot_be_read_is_said(plan: Plan, part: str, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        choose([part], plan)

    assert refused.value.code == code


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(*(st.sampled_from(("", *options)) for options in PARTS)))
def test_any_selection_adds_up_by_two_ways_of_counting(
    analysed: Office, parts: tuple[str, ...]
) -> None:
    filters = tuple(filter(None, parts))

    digest = compile_digest(analysed, slug=SLUG, as_of=NOW, filters=filters)
    check_digest(digest)
    check_register(compile_register(analysed, slug=SLUG, as_of=NOW, filters=filters))

    assert sum(section.counts.comments for section in digest.sections) == digest.counts.comments


def test_all_parts_of_a_selection_are_said_in_words(plan: Plan) -> None:
    filters = ("speaker=unknown,agency", "section=2,unassigned", "received=..2024-05-20",
               "identified=no", "kind=support", "channel=letter")  # fmt: skip

    assert words(choose(filters, plan), plan) == (
        ("提出主体", "未说明、机关单位"),
        ("渠道", "信函"),
        ("意见类型", "支持"),
        ("章节", "二 岸线、尚未归类"),
        ("收到时间", "2024-05-20以前（含当日）"),
        ("身份", "不能确认身份"),
    )
