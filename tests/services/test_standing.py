"""A run that reads only what has changed finds what one finds that reads everything."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from consult.domain.comment import NewSubmission
from consult.domain.consultation import Consultation, Plan
from consult.services.act_view import newest_act
from consult.services.acts import undo
from consult.services.adopt_theme import adopt_theme
from consult.services.analyse import analyse
from consult.services.browse import comment_detail
from consult.services.clauses import clauses
from consult.services.correct import correct
from consult.services.look_up import Key
from consult.services.office import Office, open_office
from consult.services.publish import publish
from consult.services.receive import receive
from consult.services.relink import relink
from consult.services.revise import erase, withdraw
from consult.services.split_comment import split_comment
from tests.conftest import OPEN, SLUG, Clock
from tests.services.asks import seen

LETTER = (
    "垂钓区划得太少，老人想钓鱼没有地方去，请在东岸和西岸多划几处。钓鱼是老年人为数不多的爱好，"
    "现在只有桥头一处，去晚了就没有位置，希望规划能够考虑到。"
)
TEXTS = (
    "第一，下水道经常堵，污水管网要尽快修。第二，步道上的路灯太暗，请加装路灯。",
    LETTER,
    LETTER + "另外岸边请设几个垃圾桶，饵料袋没有地方扔。",
    LETTER,
    "水质监测结果请每周公布一次，不要一个月。",
    "没有意见",
    "公交车半小时才来一班，物业费又涨了。",
)


@pytest.fixture
def read(published: Office) -> tuple[Office, list[Key]]:
    """An office whose comments were all read by one run, and the keys to its submissions."""
    keys = [
        Key(receipt.number, receipt.code)
        for hour, text in enumerate(TEXTS)
        for receipt in [
            receive(published, slug=SLUG, new=NewSubmission(text, chosen=("1.1",) * (hour == 4)),
                    now=OPEN + timedelta(hours=hour))
        ]
    ]  # fmt: skip
    assert analyse(published, slug=SLUG, actor="test").standing == 0
    return published, keys


def told(office: Office) -> list[tuple[object, ...]]:
    """Return what stands about comments, links, families and themes, but for the runs' numbers."""
    db = office.store.db.conn
    return [
        *db.execute(
            'select number, submission, start, "end", holes, text, state, section, kind,'
            " confidence, origin, amendments, aims, family, added_to, theme, pinned, provisional,"
            " cut, stamp from comments order by number"
        ),
        *db.execute(
            "select l.comment, l.section, l.origin, l.confidence, l.rank, l.evidence from links l"
            " join comments c on c.number = l.comment and c.linked = l.run"
            " where c.state = 'active' order by l.comment, l.rank"
        ),
        *db.execute("select id, section, label, central, state from themes order by id"),
        *db.execute("select * from families order by id"),
    ]


def beside(office: Office, folder: Path, clock: Clock) -> Office:
    """Return a copy of an office, as it is now."""
    office.store.db.conn.execute("pragma wal_checkpoint(truncate)")
    shutil.copytree(office.store.path.parent, folder)
    return open_office(folder, clock=clock)


def stamp(office: Office, number: int) -> str:
    return comment_detail(office, slug=SLUG, number=number).row.seen


def put(office: Office, number: int, section: str) -> None:
    relink(office, slug=SLUG, number=number, section=section, why="", actor="li",
           seen=stamp(office, number))  # fmt: skip


def cut(office: Office, number: int) -> None:
    text = comment_detail(office, slug=SLUG, number=number).row.comment.text
    split_comment(office, slug=SLUG, number=number, at=[clauses(text)[0][1]], actor="li",
                  seen=stamp(office, number))  # fmt: skip


def take_back(office: Office) -> None:
    newest = newest_act(office, slug=SLUG, actor="li")
    assert newest is not None
    undo(office, slug=SLUG, number=newest, actor="li")


def adopt(office: Office, keys: list[Key]) -> None:
    theme = comment_detail(office, slug=SLUG, number=3).row.comment.theme
    assert theme is not None
    adopt_theme(office, slug=SLUG, theme=theme, label="", actor="li", seen=seen(office, theme))


def arrive(office: Office, keys: list[Key]) -> None:
    """One more ask, one more copy of the letter with something added."""
    for text in ("请多种些树，夏天没有树荫。", LETTER + "还请修一修公共厕所，门都坏了。"):
        receive(office, slug=SLUG, new=NewSubmission(text), now=OPEN + timedelta(days=1))


def mend(office: Office, keys: list[Key]) -> None:
    """Leave the second of two points out."""
    new = NewSubmission(TEXTS[0].split("第二")[0], form="again")
    correct(office, slug=SLUG, key=keys[0], new=new, now=OPEN + timedelta(days=1))


def relink_and_take_back(office: Office, keys: list[Key]) -> None:
    put(office, 1, "2.3")
    analyse(office, slug=SLUG, actor="test")
    take_back(office)


ACTS: dict[str, tuple[Callable[[Office, list[Key]], object], int]] = {
    "nothing": (lambda _office, _keys: None, 9),
    "more": (arrive, 9),
    "corrected": (mend, 7),
    "withdrawn": (lambda o, keys: withdraw(o, slug=SLUG, key=keys[1], now=OPEN), 8),
    "erased": (lambda o, keys: erase(o, slug=SLUG, key=keys[2]), 7),
    "placed": (lambda o, _keys: put(o, 1, "2.3"), 7),
    "placed and taken back": (relink_and_take_back, 7),
    "cut": (lambda o, _keys: cut(o, 9), 8),
    "adopted": (adopt, 5),
}


@pytest.mark.parametrize("act", ACTS)
def test_reading_what_changed_and_reading_everything_give_the_same(
    read: tuple[Office, list[Key]], tmp_path: Path, clock: Clock, act: str
) -> None:
    office, keys = read
    do, standing = ACTS[act]
    do(office, keys)
    other = beside(office, tmp_path / "other", clock)
    found = [
        analyse(office, slug=SLUG, actor="test"),
        analyse(other, slug=SLUG, actor="test", anew=True),
    ]
    assert [report.standing for report in found] == [standing, 0]
    assert replace(found[0], standing=0) == found[1]
    assert told(office) == told(other)
    assert analyse(office, slug=SLUG, actor="test").standing >= standing
    analyse(other, slug=SLUG, actor="test", anew=True)
    assert told(office) == told(other)


def test_another_draft_or_threshold_has_everything_read_again(
    read: tuple[Office, list[Key]], consultation: Consultation, plan: Plan
) -> None:
    office, _ = read
    assert analyse(office, slug=SLUG, actor="test", threshold=0.6).standing == 0
    assert analyse(office, slug=SLUG, actor="test", threshold=0.6).standing == 9
    publish(
        office, consultation=consultation, plan=replace(plan, lead=("前言改过了。",)),
        source="plan.txt", data=b"plan", actor="test", replacing=True,
    )  # fmt: skip
    assert analyse(office, slug=SLUG, actor="test").standing == 0


def test_what_staff_teach_has_links_read_again_and_moves_no_border(
    published: Office, tmp_path: Path, clock: Clock
) -> None:
    places = ["东岸", "西岸", "桥头", "码头", "渡口", "水厂", "学校", "市场"]
    texts = [f"{place}的灯一到晚上就熄了{end}" for place in places for end in "啊呀"]
    texts += [f"{place}一股子怪味熏得人难受{end}" for place in places for end in "啊呀"]
    for minute, text in enumerate([*texts, *TEXTS, "村口的灯一到晚上就熄了嘛"]):
        receive(published, slug=SLUG, new=NewSubmission(text),
                now=OPEN + timedelta(minutes=minute))  # fmt: skip
    analyse(published, slug=SLUG, actor="test")
    for number in range(1, len(texts) + 1):
        put(published, number, "2.3" if number <= len(texts) // 2 else "1.2")
    other = beside(published, tmp_path / "other", clock)

    first = analyse(published, slug=SLUG, actor="test")
    analyse(other, slug=SLUG, actor="test", anew=True)
    assert (first.standing, first.added, first.superseded) == (0, 0, 0)
    assert comment_detail(published, slug=SLUG, number=first.comments).row.comment.section == "2.3"
    assert told(published) == told(other)
    assert analyse(published, slug=SLUG, actor="test").standing == len(TEXTS) + 3
    analyse(other, slug=SLUG, actor="test", anew=True)
    assert told(published) == told(other)
