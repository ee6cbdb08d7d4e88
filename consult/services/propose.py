"""Propose (归属建议) to a citizen which sections a text concerns, before it is sent.

A help and never a hurdle: while the mapper is being made ready, or when anything goes wrong, there
is no proposal and the page goes on without. Nothing is stored and no text leaves the process.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from consult.analysis.sections import Placement, SectionMapper
from consult.analysis.segment import Segmenter
from consult.analysis.split import split
from consult.analysis.split_matters import Scorer, scorer_of
from consult.domain.comment import Comment, Link
from consult.domain.consultation import Plan
from consult.domain.text import normalise
from consult.services.map_points import Mapping
from consult.services.office import Office
from consult.services.train import train
from consult.store import comments, consultations, runs

MOST_POINTS = 50  # of one text; a page with more proposals helps nobody
RETRY = 300  # seconds after a failure before the mapper is made again
_log = logging.getLogger(__name__)

Train = Callable[[Mapping, Sequence[Comment]], SectionMapper]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One point of a text: ``text[start:end]``, where it may belong (best first), and why.

    ``links`` and ``runners_up`` carry confidence and evidence as those of a stored comment do;
    ``certain`` tells whether the first one reaches the office's threshold; ``as_chosen`` whether
    it is a section the citizen chose, or lies in a chosen chapter.
    """

    start: int
    end: int
    text: str
    links: tuple[Link, ...]
    runners_up: tuple[Link, ...]
    certain: bool
    as_chosen: bool


@dataclass(frozen=True, slots=True)
class Proposals:
    """The points found in ``text`` (as it would be stored), and what the citizen chose."""

    text: str
    points: tuple[Proposal, ...]
    chosen: tuple[str, ...] = ()

    @property
    def sections(self) -> tuple[str, ...]:
        """Every code that is proposed first for some point, once each, in the order of the text."""
        codes = (link.section for point in self.points for link in point.links[:1])
        return tuple(dict.fromkeys(codes))


@dataclass(frozen=True, slots=True)
class _Key:
    """What a mapper depends on: plan and knowledge (one version counts both), and the run."""

    consultation: int
    version: int
    run: int


@dataclass(frozen=True, slots=True)
class _Ready:
    key: _Key
    plan: Plan
    mapper: SectionMapper
    scorer: Scorer


def _in_background(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="consult-mapper", daemon=True).start()


class Proposer:
    """Keeps one mapper a consultation; ``warm`` makes it ready in the background.

    A run of analysis that learned, or a new version of plan or knowledge, calls for another one.
    Until it is ready the mapper of an earlier run serves, that of an earlier plan does not.
    ``on`` false proposes nothing, ever: an office may not want it.
    """

    def __init__(
        self,
        office: Office,
        *,
        threshold: float = 0.5,
        on: bool = True,
        train: Train = train,
        start: Callable[[Callable[[], None]], None] = _in_background,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._office = office
        self._threshold = threshold
        self._on = on
        self._train = train
        self._start = start
        self._clock = clock
        self._lock = threading.Lock()
        self._ready: dict[int, _Ready] = {}
        self._tried: dict[_Key, float] = {}

    def warm(self, *, slug: str) -> None:
        """Begin to make the mapper ready, and return at once; does nothing when it is."""
        try:
            key = self._key(slug)
            if self._due(key):
                self._start(lambda: self._load(key))
        except Exception:  # whatever it is, the page goes on
            _log.exception("no proposals for %s", slug)

    def propose(self, *, slug: str, text: str, chosen: tuple[str, ...] = ()) -> Proposals | None:
        """Return the points of a text with their sections; None where there is no proposal now."""
        try:
            ready = self._current(slug)
            return None if ready is None else _proposals(ready, text, chosen)
        except Exception:  # whatever it is, the page goes on
            _log.exception("no proposals for %s", slug)
            return None

    def _key(self, slug: str) -> _Key:
        db = self._office.store.db
        identifier, consultation = consultations.find(db, slug)
        return _Key(identifier, consultation.version, runs.latest(db, identifier))

    def _due(self, key: _Key) -> bool:
        """Tell, once, whether the mapper must be made now."""
        if not self._on:
            return False
        with self._lock:
            ready = self._ready.get(key.consultation)
            if ready is not None and ready.key == key:
                return False
            now = self._clock()
            if key in self._tried and now - self._tried[key] < RETRY:
                return False
            self._tried = {k: at for k, at in self._tried.items() if now - at < RETRY} | {key: now}
            return True

    def _current(self, slug: str) -> _Ready | None:
        key = self._key(slug)
        with self._lock:
            ready = self._ready.get(key.consultation)
        if ready is None or ready.key != key:
            self.warm(slug=slug)
        return ready if ready is not None and ready.key.version == key.version else None

    def _load(self, key: _Key) -> None:
        try:
            mapping, known = self._material(key)
            mapper = self._train(mapping, known)
            with self._lock:
                self._ready[key.consultation] = _Ready(key, mapping.plan, mapper, scorer_of(mapper))
        except Exception:  # in a thread of its own there is nobody else to tell
            _log.exception("no mapper for consultation %s", key.consultation)
        finally:
            self._office.store.close()  # the connection of this thread

    def _material(self, key: _Key) -> tuple[Mapping, tuple[Comment, ...]]:
        """Return what the newest run mapped with: its plan, its knowledge, what it was taught."""
        db = self._office.store.db
        with self._office.store.read():
            plan = consultations.plan(db, key.consultation)
            knowledge = consultations.knowledge(db, key.consultation)
            taught = runs.taught(db, key.consultation)
            known = comments.labelled(db, key.consultation, taught)
        segmenter = Segmenter(knowledge.lexicon.words)
        return Mapping(plan, knowledge, segmenter, self._threshold), known


def _proposals(ready: _Ready, text: str, chosen: tuple[str, ...]) -> Proposals:
    stored = normalise(text, strict=False).strip("\n")
    wanted = frozenset(code for own in chosen for code in _covered(ready.plan, own))
    points = []
    for span in split(stored, ready.scorer)[:MOST_POINTS]:
        own = stored[span.start : span.end]
        placement = ready.mapper.place_one(own)
        points.append(_proposal(span.start, own, placement, wanted))
    return Proposals(stored, tuple(points), chosen)


def _proposal(start: int, text: str, placement: Placement, wanted: Collection[str]) -> Proposal:
    return Proposal(
        start=start,
        end=start + len(text),
        text=text,
        links=placement.links,
        runners_up=placement.runners_up,
        certain=placement.certain,
        as_chosen=placement.section in wanted,
    )


def _covered(plan: Plan, code: str) -> tuple[str, ...]:
    """Return a chosen code and all below it: who chose a chapter agrees with its sections."""
    node = plan.find(code)
    return (code,) if node is None else tuple(inner.code for inner in node.walk())
