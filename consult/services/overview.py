"""The overview (总览): the four counts of every section, and how far the comments are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from weakref import WeakKeyDictionary

from consult.domain.digest import Accounting, Counts
from consult.domain.terms import CODES
from consult.services.browse import REST
from consult.services.office import Office
from consult.store import consultations, runs, tally, totals
from consult.store.database import Store
from consult.store.tally import Standing, Voices


@dataclass(frozen=True, slots=True)
class SectionCount:
    """A line of the overview; ``uncertain`` counts comments the machine asks people about."""

    code: str
    label: str
    title: str
    chapter: str
    counts: Counts
    uncertain: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All sections in the order of the plan, then general, offplan and unassigned.

    ``standing`` tells how far all comments are, ``channels`` submissions and comments by channel;
    ``versions`` is what the newest run was made with, by name.
    """

    counts: Counts
    sections: tuple[SectionCount, ...]
    accounting: Accounting
    standing: Standing
    channels: Mapping[str, tuple[int, int]]
    run: int
    versions: Mapping[str, str] = field(default_factory=dict)


def overview(office: Office, *, slug: str, threshold: float = 0.5) -> Overview:
    """Return the counts of every section; people look at comments below the ``threshold``."""
    db = office.store.db
    identifier, _ = consultations.find(db, slug)
    plan = consultations.plan(db, identifier)
    with office.store.read():
        counted = _voices(office, identifier)
        standing = tally.standing(db, identifier, threshold=threshold)
        nodes = [(n.code, plan.label(n.code), n.title, n.code.split(".")[0]) for n in plan.walk()]
        leaves = {section.code for section in plan.sections}
        nodes = [node for node in nodes if node[0] in leaves or node[0] in counted.by_section]
        rest = [(code, "", CODES[code], "") for code in REST]
        return Overview(
            counts=counted.whole,
            sections=tuple(
                SectionCount(
                    *node,
                    counted.by_section.get(node[0], Counts()),
                    standing.get(node[0], Standing()).uncertain,
                )
                for node in [*nodes, *rest]
            ),
            accounting=totals.accounting(db, identifier, awaiting=counted.awaiting),
            standing=_sum(standing.values()),
            channels=counted.channels,
            run=runs.latest(db, identifier),
            versions=runs.versions(db, identifier),
        )


_counted: WeakKeyDictionary[Store, dict[int, tuple[tuple[int, int], Voices]]] = WeakKeyDictionary()


def _voices(office: Office, consultation: int) -> Voices:
    """Count the voices, unless nothing has changed since this process did."""
    known = _counted.setdefault(office.store, {})
    changes = tally.changes(office.store.db, consultation)
    before = known.get(consultation)
    if before is None or before[0] != changes:
        before = known[consultation] = changes, tally.voices(office.store.db, consultation)
    return before[1]


def _sum(found: Iterable[Standing]) -> Standing:
    every = list(found)
    return Standing(*(sum(getattr(one, f.name) for one in every) for f in fields(Standing)))
