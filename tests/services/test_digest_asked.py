"""What a section's comments ask, counted so that a campaign is one text and a person one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from consult.domain.aim import Aim, Direction
from consult.domain.amendment import Amendment, AmendmentKind
from consult.domain.comment import (
    Channel,
    Comment,
    Kind,
    Link,
    NewSubmission,
    Origin,
    Speaker,
    Submission,
)
from consult.domain.consultation import Indicator, Plan, Window
from consult.domain.digest import Counts
from consult.domain.lexicon import FigureWords, Lexicon
from consult.domain.masthead import Day
from consult.services.analyse import analyse
from consult.services.compile import compile_digest
from consult.services.digest_asked import AskGrouper
from consult.services.digest_counts import People
from consult.services.digest_days import days
from consult.services.digest_figures import FigureGrouper
from consult.services.office import Office
from consult.services.receive import receive
from tests.conftest import OPEN

PLAN = Plan("规划", (), indicators=(Indicator(1, "绿道长度", "公里"),))
LEXICON = Lexicon(figures=(FigureWords("1.1", ("绿道里程",), (), 1),))
AT = datetime(2024, 5, 10, 2, tzinfo=UTC)


def sent(number: int, *, known: bool = False, received: datetime = AT) -> Submission:
    return Submission(
        number, f"{number:08d}", Channel.WEB, Speaker.INDIVIDUAL, received, received, "",
        identified=known,
    )  # fmt: skip


def comment(number: int, text: str = "意见", **values: object) -> Comment:
    return Comment(number, number, 0, len(text), text, **values)  # type: ignore[arg-type]


def people(count: int, persons: dict[int, str] | None = None) -> People:
    numbers = range(1, count + 1)
    return People({n: sent(n) for n in numbers}, {n: f"#{n}" for n in numbers} | (persons or {}))


def amend(kind: AmendmentKind, old: str, new: str) -> Amendment:
    return Amendment(kind, old, new, 0, 1)


def test_one_change_asked_by_many_is_one_line_and_a_family_one_text() -> None:
    ask = amend(AmendmentKind.REPLACE, "40周岁", "45周岁")
    blank = amend(AmendmentKind.REPLACE, "４０ 周岁", "45周岁。")
    other = amend(AmendmentKind.DELETE, "逐步", "")
    members = [
        *(comment(n, amendments=(ask,), family=7) for n in (1, 2, 3)),
        comment(4, amendments=(blank,)),
        *(comment(n, amendments=(other,)) for n in (5, 6, 7)),
    ]

    asked = AskGrouper(PLAN, FigureGrouper(PLAN, LEXICON)).read(members, people(7))

    lines = [(line.old, line.new, line.counts, line.numbers) for line in asked.wording]
    assert lines == [
        ("逐步", "", Counts(3, 3, 3, 3), (5, 6, 7)),
        ("40周岁", "45周岁", Counts(4, 4, 2, 4), (1, 2, 3, 4)),
    ]


def test_errors_stand_apart_from_changes() -> None:
    slip = amend(AmendmentKind.CORRECT, "帐号", "账号")

    asked = AskGrouper(PLAN, FigureGrouper(PLAN, LEXICON)).read(
        [comment(1, amendments=(slip, slip))], people(1)
    )

    assert asked.wording == ()
    assert [(line.old, line.new, line.numbers) for line in asked.corrections] == [
        ("帐号", "账号", (1,))
    ]
    assert asked.corrections[0].counts == Counts(1, 1, 1, 1)


def test_a_figure_is_one_under_all_its_names_and_disputed_where_people_disagree() -> None:
    up = Aim(Direction.RAISE, "绿道长度", "210公里", "260公里", 0, 1)
    down = Aim(Direction.LOWER, "绿道里程目标", "", "200公里", 0, 1)
    nameless = Aim(Direction.LOWER, "", "5个", "3个", 0, 1)
    members = [
        comment(1, aims=(up,)), comment(2, aims=(up,)), comment(3, aims=(down,)),
        comment(4, aims=(nameless,)),
    ]  # fmt: skip

    asked = AskGrouper(PLAN, FigureGrouper(PLAN, LEXICON)).read(members, people(4, {2: "#1"}))

    found = [(line.subject, line.indicator, line.disputed) for line in asked.figures]
    assert found == [("绿道长度", 1, True), ("", 0, False)]
    ways = [(w.direction, w.changes, w.counts, w.numbers) for w in asked.figures[0].directions]
    assert ways == [
        (Direction.RAISE, (("210公里", "260公里"),), Counts(1, 2, 2, 2), (1, 2)),
        (Direction.LOWER, (("", "200公里"),), Counts(1, 1, 1, 1), (3,)),
    ]


def test_a_target_is_known_by_its_figure_and_by_what_was_said_before() -> None:
    words = FigureWords("3.4", ("300名", "技术经纪人300名"))
    fewer = "不要追求300名的数字。降低到100名，贵在有用。"
    more = "300名太少了！建议提高到600名。"
    link = Link("3.4", Origin.CITED, 1.0)
    members = [
        comment(1, fewer, links=(link,), aims=(Aim(Direction.LOWER, "", "", "100名", 11, 24),)),
        comment(2, more, links=(link,), aims=(
            Aim(Direction.RAISE, "名额", "300名", "", 0, 8),
            Aim(Direction.RAISE, "", "", "600名", 8, 16),
        )),
        comment(3, "请提高到100名。", links=(link,), aims=(
            Aim(Direction.RAISE, "", "", "100名", 0, 9),
        )),
    ]  # fmt: skip

    lines = (
        AskGrouper(PLAN, FigureGrouper(PLAN, Lexicon(figures=(words,))))
        .read(members, people(3))
        .figures
    )

    found = [(line.subject, line.known, [w.numbers for w in line.directions]) for line in lines]
    assert found == [("技术经纪人300名", True, [(2,), (1,)]), ("", False, [(3,)])]
    assert lines[1].words == "请提高到100名。"


def test_what_is_not_said_of_any_target_disputes_no_figure() -> None:
    link = Link("3.4", Origin.CITED, 1.0)
    aims = tuple(Aim(direction, "", "", "", 0, 6) for direction in Direction)
    members = [comment(1, "请再考虑下。", links=(link,), aims=aims)]

    asked = AskGrouper(PLAN, FigureGrouper(PLAN, Lexicon())).read(members, people(1))

    assert asked.figures == ()


def test_questions_are_listed_verbatim_and_long_ones_by_what_they_ask() -> None:
    long = "我是老住户。" * 20 + "路灯什么时候修？"
    members = [
        comment(1, "什么时候开工？", kind=Kind.QUESTION),
        comment(2, long, kind=Kind.QUESTION),
        comment(3, "请尽快开工。"),
    ]

    asked = AskGrouper(PLAN, FigureGrouper(PLAN, LEXICON)).read(members, people(3))

    assert [(line.text, line.numbers) for line in asked.questions] == [
        ("什么时候开工？", (1,)),
        ("路灯什么时候修？", (2,)),
    ]


def test_all_days_of_the_window_are_shown_and_others_with_something_received() -> None:
    window = Window(date(2024, 5, 9), date(2024, 5, 11), "Asia/Shanghai")
    late = replace(sent(2), received=datetime(2024, 5, 12, 16, 30, tzinfo=UTC))  # the 13th there

    found = days([(sent(1).received, 1), (late.received, 2)], window)

    assert found == (
        Day("2024-05-09", 0, 0),
        Day("2024-05-10", 1, 1),
        Day("2024-05-11", 0, 0),
        Day("2024-05-13", 1, 2),
    )


def test_the_compiled_digest_tells_identified_people_and_what_is_asked(published: Office) -> None:
    text = "将“安装路灯和座椅”改为“安装路灯”。"
    receive(
        published, slug="river-2024", now=OPEN,
        new=NewSubmission(text, name="刘某", contact="13800000000"),
    )  # fmt: skip
    receive(published, slug="river-2024", new=NewSubmission(text), now=OPEN)
    analyse(published, slug="river-2024", actor="test")

    digest = compile_digest(published, slug="river-2024", as_of=OPEN)

    assert (digest.counts.people, digest.identified) == (2, 1)
    changes = [(s.code, w.old, w.new, w.label, w.numbers)
               for s in digest.sections for w in s.wording]  # fmt: skip
    assert changes == [("2.1", "安装路灯和座椅", "安装路灯", "二、（一）", (1, 2))]
    part = next(s for s in digest.sections if s.code == "2.1")
    assert (part.identified, [t.identified for t in part.themes]) == (1, [1])
    assert [day.submissions for day in digest.days if day.submissions] == [2]
