"""The overview counts by indexes and remembers: its figures are those of the rows, always."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from consult.domain.act import Deed
from consult.domain.comment import Channel, NewSubmission
from consult.domain.decision import Ruling, Target
from consult.domain.triage import Disposition
from consult.services.acts import begin, carry_on
from consult.services.analyse import analyse
from consult.services.decide import decide
from consult.services.office import Office
from consult.services.overview import Overview, overview
from consult.services.purge import purge
from consult.services.receive import receive
from consult.services.relink import relink
from consult.services.revise import Key, erase, erase_contact, withdraw
from consult.store import comments, consultations, submissions, tally, totals
from consult.store.tally import Standing
from tests.conftest import OPEN, SLUG


def by_rows(office: Office) -> Overview:
    """The same overview, counted by the queries that documents are checked with."""
    db = office.store.db
    identifier, _ = consultations.find(db, SLUG)
    counted = totals.by_section(db, identifier)
    unsure = comments.uncertain(db, identifier, 0.5)
    listed = comments.active(db, identifier)
    stages = comments.standing(db, [c.number for c in listed])
    found = overview(office, slug=SLUG)
    sent = Counter(str(s.value.channel) for s in submissions.active(db, identifier))
    home = {s.value.id: str(s.value.channel) for s in submissions.active(db, identifier)}
    said = Counter(home[c.submission] for c in listed)
    standing = Standing(
        comments=len(listed),
        **Counter(stage for _, stage, _ in stages.values() if stage),
        unread=sum(not comments.opened(db, c.number) for c in listed),
        uncertain=sum(unsure.values()),
    )
    return replace(
        found,
        counts=totals.whole(db, identifier),
        sections=tuple(
            replace(
                line,
                counts=counted.get(line.code, type(line.counts)()),
                uncertain=unsure.get(line.code, 0),
            )
            for line in found.sections
        ),
        accounting=totals.accounting(db, identifier),
        standing=standing,
        channels={channel: (number, said[channel]) for channel, number in sent.items()},
    )


def test_after_every_change_the_figures_are_those_of_the_rows(published: Office) -> None:
    db = published.store.db
    texts = (
        ("污水管网要尽快修。", "13800000000", Channel.WEB), ("步道上的路灯太暗。", "", Channel.WEB),
        ("步道上的路灯太暗！", "13800000000", Channel.EMAIL),
        ("公交车半小时才来一班。", "", Channel.TABLE),
        ("1、垂钓区太少。\n2、水质要公布。", "13900000000", Channel.WEB),
    )  # fmt: skip
    keys = []

    def send(text: str, contact: str, channel: Channel) -> None:
        new = NewSubmission(text=text, contact=contact, channel=channel)
        receipt = receive(published, slug=SLUG, new=new, now=OPEN)
        keys.append(Key(receipt.number, receipt.code))

    def move(number: int, section: str) -> None:
        stamp = str(comments.stamps(db, [number])[number])
        relink(
            published, slug=SLUG, number=number, section=section, why="", actor="wang", seen=stamp
        )

    def answer(deed: Deed, numbers: list[int]) -> None:
        values = {"disposition": "noted", "reason": "参考。", "submit": "1", "tag": "水"}
        act = begin(
            published, slug=SLUG, deed=deed, numbers=numbers, values=values, query="", actor="wang"
        )
        carry_on(published, consultation=1, number=act)

    steps: list[Callable[[], object]] = [
        *(lambda line=line: send(*line) for line in texts),
        lambda: analyse(published, slug=SLUG, actor="test"),
        lambda: move(1, "2.3"),
        lambda: answer(Deed.DECIDE, [1, 2]),
        lambda: answer(Deed.APPROVE, [1]),
        lambda: decide(
            published, slug=SLUG, target=Target(comment=3), ruling=Ruling(Disposition.ADOPTED),
            actor="wang", seen="0",
        ),
        lambda: send("请多种些树。", "", Channel.WEB),
        lambda: withdraw(published, slug=SLUG, key=keys[1], now=OPEN),
        lambda: erase_contact(published, slug=SLUG, key=keys[0]),
        lambda: erase(published, slug=SLUG, key=keys[4]),
        lambda: analyse(published, slug=SLUG, actor="test"),
        lambda: purge(published, days=0, actor="test"),
    ]  # fmt: skip
    for step in steps:
        overview(published, slug=SLUG)  # what it remembers from here must not outlive the change
        step()
        assert overview(published, slug=SLUG) == by_rows(published)


def test_days_are_those_of_the_consultation_s_zone(published: Office) -> None:
    moments = [OPEN + timedelta(hours=hour) for hour in (0, 5, 13, 14, 24, 40, 24 * 18)]
    for place, moment in enumerate(moments):
        new = NewSubmission(text=f"第{place}条。", received=moment)
        receive(published, slug=SLUG, new=new, now=moment)
    wanted = Counter(moment.astimezone(ZoneInfo("Asia/Shanghai")).date() for moment in moments)
    assert tally.days(published.store.db, "submissions", 1, "Asia/Shanghai") == wanted
    assert max(wanted.values()) == 3
