"""Fifty decisions of staff on the shipped consultation, a hundred further comments, a new run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle

from consult.cli import corpora
from consult.domain.comment import NewSubmission
from consult.domain.errors import InputRefused
from consult.domain.theme import Theme, ThemeState
from consult.intake.corpus import read_samples
from consult.services.adopt_theme import adopt_theme
from consult.services.analyse import analyse
from consult.services.browse import comment_detail
from consult.services.import_items import import_items
from consult.services.keep_apart import keep_apart
from consult.services.merge_themes import merge_themes
from consult.services.move_comment import move_comment
from consult.services.office import Office
from consult.services.publish import publish
from consult.services.relink import relink
from consult.services.split_theme import split_theme
from consult.services.theme_decision import seen_of
from consult.store import comments, events, theme_decisions, themes

SLUG = "luzhou-2022"
NOW = datetime(2022, 10, 20, tzinfo=UTC)


def _samples() -> list[NewSubmission]:
    folder = corpora.load(SLUG).folder
    return [item for item in read_samples(folder) if isinstance(item, NewSubmission)]


def _opened(office: Office, items: list[NewSubmission]) -> None:
    corpus = corpora.load(SLUG)
    publish(office, consultation=replace(corpus.about.consultation, rehearsal=True),
            plan=corpus.plan, knowledge=corpus.knowledge, source=corpus.source, data=corpus.data,
            actor="test")  # fmt: skip
    import_items(office, slug=SLUG, items=items, now=NOW, actor="test")
    analyse(office, slug=SLUG, actor="test")


class _Desk:
    """A member of staff who decides at random about what there is."""

    def __init__(self, office: Office, chance: random.Random) -> None:
        self.office = office
        self.chance = chance

    def listed(self) -> tuple[Theme, ...]:
        return themes.every(self.office.store.db, 1)

    def pair(self) -> tuple[Theme, Theme]:
        one = self.chance.choice(self.listed())
        others = [t for t in self.listed() if t.section == one.section and t.id != one.id]
        return (one, self.chance.choice(others)) if others else self.pair()

    def seen(self, theme: Theme) -> str:
        return seen_of(*themes.one(self.office.store.db, 1, theme.id))

    def adopt(self) -> None:
        theme = self.chance.choice(self.listed())
        label = self.chance.choice(["", f"第 {theme.id} 组的诉求"])
        adopt_theme(self.office, slug=SLUG, theme=theme.id, actor="li", label=label,
                    seen=self.seen(theme))  # fmt: skip

    def merge(self) -> None:
        one, two = self.pair()
        merge_themes(self.office, slug=SLUG, theme=one.id, into=two.id, why="同一诉求",
                     actor="li", seen=self.seen(one))  # fmt: skip

    def split(self) -> None:
        theme = self.chance.choice([t for t in self.listed() if len(t.members) > 1])
        numbers = self.chance.sample(theme.members, len(theme.members) // 2)
        split_theme(self.office, slug=SLUG, theme=theme.id, numbers=numbers, why="不同",
                    actor="li", seen=self.seen(theme))  # fmt: skip

    def part(self) -> None:
        one, two = self.pair()
        keep_apart(self.office, slug=SLUG, theme=one.id, other=two.id, why="不同", actor="li",
                   seen=self.seen(one))  # fmt: skip

    def move(self) -> None:
        one, two = self.pair()
        number = self.chance.choice(one.members)
        move_comment(self.office, slug=SLUG, number=number, target=two.id, why="放错了",
                     actor="li", seen=self.stamp(number))  # fmt: skip

    def relink(self) -> None:
        number = self.chance.choice(self.chance.choice(self.listed()).members)
        relink(self.office, slug=SLUG, number=number, section="3.2", why="核对", actor="li",
               seen=self.stamp(number))  # fmt: skip

    def stamp(self, number: int) -> str:
        return comment_detail(self.office, slug=SLUG, number=number).row.seen

    def acts(self) -> Iterator[Callable[[], None]]:
        return cycle([self.adopt, self.merge, self.split, self.part, self.move, self.relink])


def _decide(office: Office, times: int) -> None:
    desk = _Desk(office, random.Random(20_221_025))
    done = 0
    for act in desk.acts():
        if done == times:
            return
        try:
            act()
        except InputRefused as refused:
            if refused.code not in {"theme.parted", "theme.parted-already"}:
                raise  # only two that an earlier decision keeps apart may be refused
            continue
        done += 1


def _decided(office: Office) -> tuple[dict[int, tuple[str, str, set[int]]], dict[int, str]]:
    """Return label, section and confirmed members of adopted themes; sections set by staff."""
    listed = comments.active(office.store.db, 1)
    firm: dict[int, set[int]] = {}
    for comment in listed:
        if comment.pinned and comment.pinned == comment.theme:
            firm.setdefault(comment.pinned, set()).add(comment.number)
    kept = {
        theme.id: (theme.label, theme.section, firm[theme.id])
        for theme in themes.every(office.store.db, 1)
        if theme.state is ThemeState.ADOPTED
    }
    linked = {c.number: c.section for c in listed if c.links and c.links[0].origin == "staff"}
    return kept, linked


def test_after_fifty_decisions_and_a_hundred_comments_every_decision_holds(
    office: Office,
) -> None:
    samples = _samples()
    _opened(office, samples[:240])
    _decide(office, 50)
    adopted, linked = _decided(office)
    aparts = theme_decisions.aparts(office.store.db, 1)
    assert len(adopted) > 15
    assert len(aparts) > 15
    import_items(office, slug=SLUG, items=samples[240:], now=NOW, actor="test")
    report = analyse(office, slug=SLUG, actor="test")
    assert report.added >= 100

    after, still = _decided(office)
    assert after == adopted
    assert still == linked
    theme = {c.number: c.theme for c in comments.active(office.store.db, 1)}
    for left, right in aparts:
        mine = {theme.get(n) for n in left} - {None}
        assert mine & ({theme.get(n) for n in right} - {None}) == set()
    section = {t.id: t.section for t in themes.every(office.store.db, 1)}
    assert all(
        section[c.theme] == c.section
        for c in comments.active(office.store.db, 1)
        if c.theme is not None
    )
    assert events.verify(office.store.db) is None

    again = analyse(office, slug=SLUG, actor="test")
    assert (again.appeared, again.grew, again.merged, again.vanished) == (0, 0, 0, 0)
    assert theme == {c.number: c.theme for c in comments.active(office.store.db, 1)}
