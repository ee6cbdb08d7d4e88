"""Place what has just come in (暂归): split, mapped, put to the nearest theme, until the next run.

Done by the worker, after the receipt is durable and away from the citizen who waits for it. What
is placed so carries a mark, and the next full run looks at all of it anew.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from consult.analysis.families_index import FamilyIndex
from consult.analysis.opposites import Opposites
from consult.analysis.sections import SectionMapper
from consult.analysis.segment import Segmenter
from consult.analysis.split_matters import Scorer, scorer_of
from consult.analysis.themes import Vectors
from consult.analysis.themes_features import Features
from consult.analysis.themes_nearest import MOST_TEXTS, NearestTheme, ThemeTexts
from consult.domain.comment import Comment, Submission
from consult.domain.family import Letter
from consult.domain.lexicon import Lexicon
from consult.services import vault
from consult.services.divide import points_of
from consult.services.index_words import searched_by
from consult.services.map_points import Mapping
from consult.services.office import Office
from consult.services.read_points import PointReader
from consult.services.train import train
from consult.store import (
    comments,
    consultations,
    families,
    jobs,
    run_comments,
    runs,
    search,
    submissions,
    theme_decisions,
)

_MOST: Final = 50  # submissions placed at one look: a cancelled job is not to wait for more
_WHOLE: Final = 60.0  # seconds between two looks at all submissions, not at new ones alone
_log = logging.getLogger(__name__)

Train = Callable[[Mapping, Sequence[Comment]], SectionMapper]


@dataclass(frozen=True, slots=True)
class _Key:
    """What a placer depends on: plan and knowledge, the run, decisions about themes."""

    version: int
    run: int
    decisions: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """A comment as it is placed for now; ``family`` is that of the letter it copies."""

    comment: Comment
    theme: int | None
    family: int | None = None


class CopyFinder:
    """Finds the letter that a new text copies, among the base texts of the last run's families."""

    def __init__(self, letters: Sequence[Letter], lexicon: Lexicon) -> None:
        self._letters = letters
        texts = ((place, letter.text) for place, letter in enumerate(letters))
        self._index = FamilyIndex(texts, lexicon)

    def find(self, text: str) -> Letter | None:
        """Return the letter, None where the text is nobody's copy; takes well under 1 ms."""
        place = self._index.find(text)
        return None if place is None else self._letters[place]


@dataclass(frozen=True, slots=True)
class _Placer:
    """Everything that one consultation's comments are placed with."""

    key: _Key
    mapping: Mapping
    mapper: SectionMapper
    scorer: Scorer
    nearest: NearestTheme
    reader: PointReader
    copies: CopyFinder

    def place(self, item: Submission) -> list[Arrived]:
        """Return the comments of a submission with their links, and the groups of each.

        A copy goes where the letter is that it copies; only what copies nothing is compared by
        what it asks.
        """
        spans = points_of(item, self.scorer)
        fresh = [Comment(0, item.id, a, b, item.text[a:b]) for a, b in spans]
        received = {item.id: item}
        found = self.mapping.place(fresh, received, self.mapper, self.reader)
        return [self._grouped(comment) for comment in found]

    def _grouped(self, comment: Comment) -> Arrived:
        letter = self.copies.find(comment.text)
        if letter is None:
            return Arrived(comment, self.nearest.find(comment.text, comment.section))
        if letter.theme is not None and letter.section == comment.section:
            return Arrived(comment, letter.theme, letter.family)
        theme = self.nearest.find(comment.text, comment.section)
        return Arrived(comment, theme, letter.family)


class Arrivals:
    """Places what came since the last look; call it as often as you like.

    Only where a run has been: before the first one there is nothing to be near to. ``train`` fits a
    mapper, in a process of its own unless told otherwise.
    """

    def __init__(
        self,
        office: Office,
        *,
        threshold: float = 0.5,
        train: Train = train,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._office = office
        self._threshold = threshold
        self._train = train
        self._clock = clock
        self._placers: dict[int, _Placer] = {}
        self._marks: dict[int, int] = {}
        self._seen = -1
        self._whole = -1e9

    def __call__(self) -> int:
        """Place what waits, some at a time; returns how many submissions were placed."""
        db = self._office.store.db
        present = jobs.data_version(db)
        if present == self._seen:  # nobody else has written anything
            return 0
        if self._clock() - self._whole >= _WHOLE:
            self._whole = self._clock()
            self._marks.clear()
        placed = 0
        for consultation in consultations.every(db):
            identifier, _ = consultations.find(db, consultation.slug)
            if runs.latest(db, identifier):
                placed += self._look(identifier, consultation.version)
        if placed < _MOST:
            self._seen = present
        return placed

    def _look(self, identifier: int, version: int) -> int:
        db = self._office.store.db
        mark = self._marks.get(identifier, 0)
        waiting = submissions.awaiting(db, identifier, after=mark, limit=_MOST)
        self._placer(identifier, version)  # ready before anybody waits for it
        for item in waiting:
            self._store(identifier, version, vault.original(self._office.keys, item))
            self._marks[identifier] = item.value.id
        return len(waiting)

    def _store(self, identifier: int, version: int, item: Submission) -> None:
        placer = self._placer(identifier, version)
        found = placer.place(item)
        segmenter = placer.mapping.segmenter
        words = searched_by([own.comment.text for own in found], segmenter)
        with self._office.store.write() as db:
            run = runs.latest(db, identifier)
            untouched = submissions.unplaced(db, item.id, version=item.version)
            if run != placer.key.run or not untouched:
                return  # a run, the submitter or another worker was faster
            entries = []
            for own, cut in zip(found, words, strict=True):
                comment = own.comment
                number = run_comments.adopt(db, comment, run=run)
                number = number or comments.add(db, identifier, comment, run=run)
                comments.set_links(db, replace(comment, number=number), run=run)
                comments.set_provisional(db, number, theme=own.theme, family=own.family)
                entries.append((number, cut))
            search.index(db, entries, version=segmenter.version)

    def _placer(self, identifier: int, version: int) -> _Placer:
        db = self._office.store.db
        with self._office.store.read():
            key = _Key(
                version,
                runs.latest(db, identifier),
                theme_decisions.newest(db, identifier),
            )
            known = self._placers.get(identifier)
            if known is not None and known.key == key:
                return known
            plan = consultations.plan(db, identifier)
            knowledge = consultations.knowledge(db, identifier)
            taught = comments.labelled(db, identifier, runs.taught(db, identifier))
            grouped = comments.theme_texts(db, identifier, most=MOST_TEXTS)
            letters = families.letters(db, identifier)
        segmenter = Segmenter(knowledge.lexicon.words)
        mapping = Mapping(plan, knowledge, segmenter, self._threshold)
        if known is not None and (known.key.version, known.key.run) == (key.version, key.run):
            mapping, mapper = known.mapping, known.mapper
            scorer, reader = known.scorer, known.reader
        else:
            untaught = self._train(mapping, ())
            mapper = self._train(mapping, taught) if taught else untaught
            scorer, reader = scorer_of(untaught), mapping.reader()
        nearest = NearestTheme(
            (ThemeTexts(*entry) for entry in grouped),
            Vectors(segmenter, Features(knowledge.thesaurus)),
            Opposites(knowledge.lexicon.opposites),
        )
        copies = CopyFinder(letters, knowledge.lexicon)
        placer = _Placer(key, mapping, mapper, scorer, nearest, reader, copies)
        self._placers[identifier] = placer
        return placer
