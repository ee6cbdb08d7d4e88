from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from consult.domain.comment import Comment, Link, NewSubmission, Origin
from consult.domain.lesson import Share
from consult.services.analyse import analyse
from consult.services.browse import comment_detail
from consult.services.learn import FEWEST, judge
from consult.services.learning import learning
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.relink import relink
from tests.conftest import OPEN, SLUG


def decided(number: int, section: str) -> Comment:
    links = (Link(section, Origin.STAFF, 1.0),)
    return Comment(number, number, 0, 4, f"意见{number}", links)


class Parrot:
    """Answers the commonest section it was taught, and nothing untaught."""

    def __init__(self, known: Sequence[Comment]) -> None:
        self.sections = sorted(comment.section for comment in known)

    def predict(self, texts: Sequence[str]) -> list[str]:
        answer = max(set(self.sections), key=self.sections.count) if self.sections else ""
        return [answer for _ in texts]


class Spoilt(Parrot):
    """Right at first, wrong once taught."""

    def predict(self, texts: Sequence[str]) -> list[str]:
        return ["9" if self.sections else "1" for _ in texts]


@pytest.mark.parametrize(
    ("right", "of", "low", "high"), [(0, 0, 0.0, 1.0), (8, 10, 0.490, 0.943), (10, 10, 0.722, 1.0)]
)
def test_a_share_has_the_interval_of_wilson(right: int, of: int, low: float, high: float) -> None:
    found = Share(right, of).interval
    assert (round(found[0], 3), round(found[1], 3)) == (low, high)


def test_decisions_are_used_where_they_win_on_comments_held_out() -> None:
    lesson = judge([decided(n, "1") for n in range(FEWEST)], Parrot)
    assert lesson is not None
    assert (lesson.before, lesson.after, lesson.used) == (Share(0, 20), Share(20, 20), True)


def test_decisions_that_would_spoil_the_mapper_are_not_used() -> None:
    lesson = judge([decided(n, "1") for n in range(FEWEST)], Spoilt)
    assert lesson is not None
    assert (lesson.before, lesson.after, lesson.used) == (Share(20, 20), Share(0, 20), False)


def test_the_order_of_decisions_changes_nothing() -> None:
    comments = [decided(n, "12"[n % 2]) for n in range(40)]
    assert judge(comments, Parrot) == judge(comments[::-1], Parrot)


def test_too_few_decisions_teach_nothing() -> None:
    assert judge([decided(n, "1") for n in range(FEWEST - 1)], Parrot) is None


def test_the_next_run_learns_from_corrections_and_says_how_much(published: Office) -> None:
    places = ["东岸", "西岸", "桥头", "码头", "渡口", "水厂", "学校", "市场"]
    texts = [f"{place}的灯一到晚上就熄了{end}" for place in places for end in "啊呀"]
    texts += [f"{place}一股子怪味熏得人难受{end}" for place in places for end in "啊呀"]
    for hour, text in enumerate(texts):
        new = NewSubmission(text=text)
        receive(published, slug=SLUG, new=new, now=OPEN + timedelta(minutes=hour))
    analyse(published, slug=SLUG, actor="test")
    for number in range(1, len(texts) + 1):
        row = comment_detail(published, slug=SLUG, number=number).row
        relink(published, slug=SLUG, number=number,
               section="2.3" if number <= len(texts) // 2 else "1.2", why="", actor="li",
               seen=row.seen)  # fmt: skip
    before = learning(published, slug=SLUG)
    receive(published, slug=SLUG, new=NewSubmission(text="村口的灯一到晚上就熄了嘛"), now=OPEN)
    analyse(published, slug=SLUG, actor="test")

    after = learning(published, slug=SLUG)
    new = comment_detail(published, slug=SLUG, number=len(texts) + 1).row.comment
    assert (before.lesson, before.decided, before.first) == (None, 32, ())
    assert after.lesson is not None
    assert (after.lesson.after.of, after.lesson.used) == (32, True)
    assert after.lesson.after.right > after.lesson.before.right
    assert new.section == "2.3"
    assert [row.comment.number for row in after.first] == [new.number]
