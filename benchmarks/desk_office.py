"""An office with ``n`` comments as an analysis leaves them, made by the store in one transaction.

The analysis itself would take minutes and is measured elsewhere (``analyse``): here sections,
families and themes are those the material was made with, links and words are written as a run does.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from benchmarks.material import Sample, corpus

if TYPE_CHECKING:
    from consult.domain.comment import Comment
    from consult.services.office import Office

PASSWORD: Final = "benchmark benchmark"  # noqa: S105 - of an account that lives for one run
USER: Final = "benchmark"
_SEED: Final = 7


@contextmanager
def filled(material: Sequence[Sample]) -> Iterator[tuple[Office, Path]]:
    """Yield an office with a comment a sample, and its data directory."""
    from consult.domain.triage import Role
    from consult.services.accounts import add_staff

    with published() as (office, data):
        add_staff(office, username=USER, password=PASSWORD, role=Role.REVIEWER, actor=USER)
        _fill(office, material)
        yield office, data


@contextmanager
def published() -> Iterator[tuple[Office, Path]]:
    """Yield an office that has published the shipped consultation, and its data directory."""
    from consult.services.office import open_office
    from consult.services.publish import publish

    shipped = corpus()
    with TemporaryDirectory(prefix="consult-benchmark-") as folder:
        data = Path(folder) / "data"
        office = open_office(data, create=True)
        publish(
            office, consultation=shipped.about.consultation, plan=shipped.plan,
            knowledge=shipped.knowledge, source=shipped.source, data=shipped.data, actor=USER,
        )  # fmt: skip
        yield office, data
        office.store.close()


def _fill(office: Office, material: Sequence[Sample]) -> None:
    from consult.store import consultations, run_comments, runs

    now = office.clock()
    with office.store.write() as db:
        identifier, _ = consultations.find(db, corpus().about.consultation.slug)
        run = runs.following(db)
        runs.add(db, identifier, number=run, started=now, finished=now, versions={})
        points = list(submitted(office, identifier, material))
        numbers = run_comments.stage(db, identifier, points, run=run)
        prepared = [run_comments.prepare(point) for point in points]
        run_comments.stage_links(db, zip(numbers, prepared, strict=True), run=run)
        groups = _groups(office, identifier, run, numbers, material)
        shown = (
            run_comments.Grouped(number, item.columns, family, None, theme)
            for (number, family, theme), item in zip(groups, prepared, strict=True)
        )
        run_comments.show(db, shown, run=run)
        _index(office, numbers, points)
    office.store.db.execute("analyze")
    office.store.scrub()


def submitted(
    office: Office, consultation: int, material: Sequence[Sample], *, after: int = 0
) -> Iterator[Comment]:
    """Store a submission a sample, numbered from ``after``, and yield the comment it makes."""
    from consult.domain.comment import Channel, Comment, Link, NewSubmission, Origin, Speaker
    from consult.services import vault
    from consult.store import submissions

    chance = random.Random(_SEED)
    window = corpus().about.consultation.window
    channels, speakers = list(Channel), list(Speaker)
    codes = [node.code for node in corpus().plan.sections]
    for place, sample in enumerate(material, after):
        new = NewSubmission(sample.text)
        number = f"B{place:07}"
        closed = vault.close(office.keys, number, new)
        received = window.start + timedelta(seconds=chance.randrange(window.days * 86400))
        stored = submissions.SealedSubmission(
            number=number, code_hash=number, key=None, channel=chance.choice(channels),
            speaker=chance.choice(speakers), received=received, stored=received, late=False,
            publish=True, privacy_version="1", chosen=(), source="", person=f"p{place // 2}",
            sealed=closed.sealed, sealed_contact=None, wrapped=closed.wrapped,
        )  # fmt: skip
        submission = submissions.add(office.store.db, consultation, stored)
        sure = chance.random()
        rivals = [code for code in chance.sample(codes, 3) if code != sample.section][:2]
        yield Comment(
            number=0, submission=submission, start=0, end=len(sample.text), text=sample.text,
            links=(Link(sample.section, Origin.INFERRED, sure),),
            runners_up=tuple(Link(code, Origin.INFERRED, sure / 3) for code in rivals),
        )  # fmt: skip


def _groups(
    office: Office, consultation: int, run: int, numbers: Sequence[int], material: Sequence[Sample]
) -> Iterator[tuple[int, int | None, int]]:
    from consult.domain.theme import Theme
    from consult.store import families, themes

    copies: dict[int, list[int]] = {}
    asks: dict[tuple[str, str], list[int]] = {}
    for number, sample in zip(numbers, material, strict=True):
        copies.setdefault(sample.group, []).append(number)
        asks.setdefault((sample.section, sample.ask), []).append(number)
    db = office.store.db
    many = {group: members[0] for group, members in copies.items() if len(members) > 1}
    rows = [(None, base) for base in many.values()]
    family = dict(zip(many, families.put_all(db, consultation, rows, run=run), strict=True))
    made = [Theme(0, *key, members[0], (), members[0]) for key, members in asks.items()]
    theme = dict(zip(asks, themes.add_all(db, consultation, made, run=run), strict=True))
    for number, sample in zip(numbers, material, strict=True):
        yield number, family.get(sample.group), theme[sample.section, sample.ask]


def _index(office: Office, numbers: Sequence[int], points: Sequence[Comment]) -> None:
    from consult.analysis.segment import Segmenter
    from consult.store import search

    segmenter = Segmenter(corpus().knowledge.lexicon.words)
    words = (" ".join(segmenter.search_tokens(point.text)) for point in points)
    entries = zip(numbers, words, strict=True)
    search.index(office.store.db, entries, version=segmenter.version)
