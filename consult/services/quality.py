"""What a sample came to: how far people agree with each other and the machine with people.

Nothing is told of a sample that is still open, to nobody: its judges could ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consult.domain.agreement import Agreement, Pair, agreement
from consult.domain.errors import NotFound
from consult.domain.lesson import Share
from consult.domain.sample import RIGHT, SAME, ItemKind, Judged, Sample, SampleState
from consult.services.office import Office
from consult.services.plan_order import ordered_codes
from consult.store import comments, consultations, runs, samples, staff, themes, totals

# Two teams of officials who sorted the same comments by hand agreed at this F1 (published figure).
YARDSTICK = 0.75


@dataclass(frozen=True, slots=True)
class Progress:
    """A sample and how many of its items each of the two has judged."""

    sample: Sample
    first: int
    second: int
    total: int


@dataclass(frozen=True, slots=True)
class Machine:
    """What the machine says of itself: no judgement by people is in these figures."""

    run: int
    comments: int
    uncertain: int
    themes: int
    singles: int


@dataclass(frozen=True, slots=True)
class Quality:
    """The samples of a consultation, newest first, the machine's own figures, and who can judge."""

    samples: tuple[Progress, ...]
    machine: Machine
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparisons:
    """People with each other, the machine with each, and with what both say where they agree."""

    people: Agreement
    first: Agreement
    second: Agreement
    both: Agreement


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section: how often people agree, and the machine with what both say."""

    code: str
    people: Share
    machine: Share


@dataclass(frozen=True, slots=True)
class Results:
    """Everything a finished sample says; ``lost`` items concerned comments that are gone."""

    sample: Sample
    sections: Comparisons
    by_section: tuple[SectionLine, ...]
    pairs: Comparisons
    labels: tuple[Share, Share, Share]
    judged: tuple[Judged, ...]


def quality(office: Office, *, slug: str, threshold: float = 0.5) -> Quality:
    """Return the samples and what the machine says of itself."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        progress = tuple(_progress(office, sample) for sample in samples.every(db, identifier))
        grouped = themes.every(db, identifier)
        machine = Machine(
            run=runs.latest(db, identifier),
            comments=totals.whole(db, identifier).comments,
            uncertain=sum(comments.uncertain(db, identifier, threshold).values()),
            themes=len(grouped),
            singles=sum(len(theme.members) == 1 for theme in grouped),
        )
        names = tuple(row.username for row in staff.every(db) if not row.disabled)
        return Quality(progress, machine, names)


def progress_of(office: Office, *, slug: str, sample: int) -> Progress:
    """Return how far a sample is; raises ``NotFound("quality.unknown")``."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        return _progress(office, samples.one(db, identifier, sample))


def results(office: Office, *, slug: str, sample: int) -> Results:
    """Return what a finished sample says; raises ``NotFound`` for one that is not finished."""
    db = office.store.db
    with office.store.read():
        identifier, _ = consultations.find(db, slug)
        found = samples.one(db, identifier, sample)
        if found.state is not SampleState.DONE:
            raise NotFound("quality.unknown", sample=sample)
        listed = samples.judged(db, found)
        order = ordered_codes(consultations.plan(db, identifier))
    by_kind = {kind: [own for own in listed if own.item.kind is kind] for kind in ItemKind}
    labels = by_kind[ItemKind.LABEL]
    return Results(
        sample=found,
        sections=_compared(by_kind[ItemKind.SECTION], f"{found.seed} section"),
        by_section=_by_section(by_kind[ItemKind.SECTION], order),
        pairs=_compared(by_kind[ItemKind.PAIR], f"{found.seed} pair", positive=SAME),
        labels=(
            Share(sum(own.first == RIGHT for own in labels), len(labels)),
            Share(sum(own.second == RIGHT for own in labels), len(labels)),
            Share(sum(own.first == own.second == RIGHT for own in labels), len(labels)),
        ),
        judged=listed,
    )


def _compared(items: Sequence[Judged], seed: str, positive: str = "") -> Comparisons:
    people: list[Pair] = [(own.first, own.second) for own in items]
    first: list[Pair] = [(own.item.machine, own.first) for own in items]
    second: list[Pair] = [(own.item.machine, own.second) for own in items]
    both = [pair for pair, own in zip(first, items, strict=True) if own.first == own.second]
    found = [
        agreement(pairs, seed=f"{seed} {name}", positive=positive)
        for name, pairs in (("people", people), ("first", first), ("second", second),
                            ("both", both))
    ]  # fmt: skip
    return Comparisons(*found)


def _by_section(items: Sequence[Judged], order: Sequence[str]) -> tuple[SectionLine, ...]:
    strata: dict[str, list[Judged]] = {}
    for own in items:
        strata.setdefault(own.item.stratum, []).append(own)
    known = [code for code in order if code in strata]
    known += sorted(strata.keys() - known)  # a newer plan may have no such section any more
    return tuple(_line(code, strata[code]) for code in known)


def _line(code: str, items: Sequence[Judged]) -> SectionLine:
    agreed = [own for own in items if own.first == own.second]
    right = sum(own.item.machine == own.first for own in agreed)
    return SectionLine(code, Share(len(agreed), len(items)), Share(right, len(agreed)))


def _progress(office: Office, sample: Sample) -> Progress:
    listed = samples.judged(office.store.db, sample)
    return Progress(
        sample=sample,
        first=sum(bool(own.first) for own in listed),
        second=sum(bool(own.second) for own in listed),
        total=len(listed),
    )
