"""SectionMapper: brings each comment to the section of the plan that it concerns."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple, Self, TypeVar

import numpy as np

from consult.analysis.citations_kinds import EXPLICIT
from consult.analysis.collection import collection_paused
from consult.analysis.lending import Lent
from consult.analysis.sections_evidence import Explainer, Reasons, is_cited, is_shown
from consult.analysis.sections_learned import CORRECTION, Example
from consult.analysis.sections_scores import Reader, Reading, Readings, Weights
from consult.analysis.sections_vocabulary import Floats
from consult.analysis.segment import Segmenter
from consult.domain.comment import Link, Origin
from consult.domain.consultation import UNASSIGNED, Plan
from consult.domain.knowledge import Exemplar, Thesaurus
from consult.domain.lexicon import Lexicon

RUNNERS_UP: Final = 3
TOLD: Final = 0.05  # a runner-up with less confidence is not worth a reason
CHUNK: Final = 1000  # texts read at once: bounds memory, about 40 KB a text
# What nothing can be shown for, no word and no example, is no surer than this: of 3,452 exemplars,
# placed by plan and thesaurus alone, 505 were such, and 22 of 100 of these right (11 without the
# thesaurus); scores had called some of them 55 % sure, and 75 % on a plan of eight short sections.
UNSHOWN: Final = 0.3
# A second section is linked only when it is cited too and its content carries it at least so far.
SECOND: Final = 0.5
# Logistic curves from (best score + margin to the second) to confidence: slope and offset by
# what raises the scores: a lexicon, labelled texts, concepts. Fitted on four separately written
# sets, 819 comments together, none of them in its own training; five bins of equal mass then miss
# the accuracy of each set by .013 to .05 (without any resource by up to .09).
CURVES: Final = {
    "lexicon": (7.1, 1.8),
    "lexicon learned": (3.0, 1.1),
    "learned": (3.3, 1.0),
    "concepts": (9.6, 2.0),
    "": (14.8, 2.9),
}


T = TypeVar("T")
# A link of all its fields at once: there are four of them a comment.
_link_of: Final[Callable[[tuple[str, Origin, float, Reasons]], Link]] = partial(tuple.__new__, Link)


class Placement(NamedTuple):
    """Where a comment belongs: links (best first), the next proposals, and whether it is sure."""

    links: tuple[Link, ...]
    runners_up: tuple[Link, ...] = ()
    certain: bool = False

    @property
    def section(self) -> str:
        """The code of the best link; empty when nothing can be said."""
        return self.links[0].section if self.links else UNASSIGNED


class _Chances(NamedTuple):
    """Outcomes of one text with the confidence of each: those it is brought to, and the next."""

    links: tuple[tuple[int, float], ...]
    runners_up: tuple[tuple[int, float], ...]
    confidence: float


class SectionMapper(Lent):
    """Maps texts to section codes, ``general`` or ``offplan``.

    ``threshold`` is the confidence from which a placement counts as certain. Works with a plan
    alone; a lexicon brings the everyday words, labelled texts bring those of earlier comments.
    """

    def __init__(
        self,
        lexicon: Lexicon | None = None,
        segmenter: Segmenter | None = None,
        threshold: float = 0.5,
        weights: Weights | None = None,
        thesaurus: Thesaurus | None = None,
        exemplars: Sequence[Exemplar] = (),
    ) -> None:
        self.lexicon = lexicon or Lexicon()
        self.thesaurus = thesaurus or Thesaurus()
        self.exemplars = exemplars
        self.segmenter = segmenter
        self.threshold = threshold
        self.weights = weights or Weights()

    def fit(
        self,
        plan: Plan,
        texts: Sequence[str] | None = None,
        labels: Sequence[str] | None = None,
    ) -> Self:
        """Learn the plan and, where given, texts with their codes; return self.

        Raises ValueError when texts and labels differ in number. Labels the plan does not have
        are left out.
        """
        texts, labels = list(texts or ()), list(labels or ())
        if len(texts) != len(labels):
            raise ValueError(f"{len(texts)} texts but {len(labels)} labels")
        segmenter = self.segmenter or Segmenter(self.lexicon.words)
        examples = [Example(item.text, item.section) for item in self.exemplars]
        examples += [
            Example(text, label, CORRECTION) for text, label in zip(texts, labels, strict=True)
        ]
        with collection_paused():
            self.reader_ = Reader(
                plan, self.lexicon, segmenter, self.weights, examples, self.thesaurus
            )
            self.explainer_ = Explainer(self.reader_)
        self.codes_ = self.reader_.codes
        self.curve_ = CURVES[self.reader_.raised]
        return self

    def predict(self, texts: Iterable[str]) -> list[str]:
        """Return the best code of each text; empty for a blank one."""
        return [placement.section for placement in self.place(texts)]

    def place(self, texts: Iterable[str]) -> list[Placement]:
        """Return the placement of each text, each independent of the others.

        Equal texts are placed once: campaigns send the same letter a thousand times.
        """
        return self._read(texts, self._placed, Placement(()))

    def confidences(self, texts: Iterable[str]) -> list[dict[str, float]]:
        """Return what the scores say of each text, without any reason: code → confidence."""
        return self._read(texts, self._confidences, {})

    def _read(
        self, texts: Iterable[str], answers: Callable[[Readings], Iterable[T]], blank: T
    ) -> list[T]:
        """Return the answers to texts, equal ones asked once; ``blank`` for blank ones."""
        texts = list(texts)
        distinct = list(dict.fromkeys(text for text in texts if text.strip()))
        known: dict[str, T] = {}
        with collection_paused():
            for begin in range(0, len(distinct), CHUNK):
                chunk = distinct[begin : begin + CHUNK]
                known |= zip(chunk, answers(self.reader_.read(chunk)), strict=True)
        return [known.get(text, blank) for text in texts]

    def place_one(self, text: str) -> Placement:
        """Return the placement of one text."""
        return self.place([text])[0]

    def _placed(self, readings: Readings) -> Iterator[Placement]:
        chances = self._chances(readings)
        links = [(place, index) for place, own in enumerate(chances) for index, _ in own.links]
        told = [
            (place, index)
            for place, own in enumerate(chances)
            for index, share in own.runners_up
            if share >= TOLD
        ]
        linked, mentioned = map(iter, self.explainer_.explain(readings, links, told))
        for own in chances:
            found = [self._link(index, share, next(linked)) for index, share in own.links]
            runners_up = [
                self._link(index, share, next(mentioned) if share >= TOLD else ())
                for index, share in own.runners_up
            ]
            if found[0].confidence > UNSHOWN and not is_shown(found[0].evidence):
                yield _unshown(found[0], runners_up, own.confidence)
            else:
                yield Placement(tuple(found), tuple(runners_up), own.confidence >= self.threshold)

    def _link(self, index: int, confidence: float, evidence: Reasons = ()) -> Link:
        origin = Origin.CITED if evidence and is_cited(evidence) else Origin.INFERRED
        return _link_of((self.codes_[index], origin, confidence, evidence))

    def _confidences(self, readings: Readings) -> Iterator[dict[str, float]]:
        codes = self.codes_
        for own in self._chances(readings):
            yield {codes[index]: share for index, share in (*own.runners_up, *own.links)}

    def _chances(self, readings: Readings) -> list[_Chances]:
        """Return what each text has of its best outcomes."""
        total = readings.total
        found = [self._best_of_one(total[0].tolist())] if len(total) == 1 else self._best(total)
        for place, reading in enumerate(readings.each):
            if len(reading.citations) > 1:
                others = self._others(reading, readings, place, found[place].links[0][0])
                if others:
                    found[place] = self._further(total[place], others, found[place])
        return found

    def _best_of_one(self, scores: Sequence[float]) -> _Chances:
        """Return the best outcomes of a single text: without arrays a third of the time."""
        order = _by_score(scores)[: RUNNERS_UP + 1]
        top, second = scores[order[0]], scores[order[1]]
        sure = self._sure(top, second)
        left = min(sure, 1.0 - sure)
        rest = [
            (index, _rounded(left * max(0.0, scores[index]) / top) if top else 0.0)
            for index in order[1:]
        ]
        return _Chances(((order[0], _rounded(sure)),), tuple(rest), sure)

    def _best(self, total: Floats) -> list[_Chances]:
        """Return the best outcomes of texts."""
        orders = np.argsort(-total, axis=1, kind="stable")[:, : RUNNERS_UP + 1]
        scores = total[np.arange(len(total))[:, np.newaxis], orders]
        confidences = self._confidence(scores)
        shares = _shares(scores, confidences)
        pairs = [
            tuple(zip(order, share, strict=True))
            for order, share in zip(orders.tolist(), shares.tolist(), strict=True)
        ]
        return [
            _Chances(own[:1], own[1:], sure)
            for own, sure in zip(pairs, confidences.tolist(), strict=True)
        ]

    def _further(self, total: Floats, others: Sequence[int], own: _Chances) -> _Chances:
        """Return what a text has that is brought to other sections too, which may be far behind."""
        order = [index for index in _by_score(total.tolist()) if index not in others]
        order = order[1 : RUNNERS_UP + 1]
        scores = total.take([own.links[0][0], *others, *order])
        shares = _shares(scores[np.newaxis], np.array([own.confidence]))[0].tolist()
        further = tuple(zip(others, shares[1:], strict=False))
        rest = tuple(zip(order, shares[1 + len(others) :], strict=True))
        return _Chances((*own.links, *further), rest, own.confidence)

    def _confidence(self, scores: Floats) -> Floats:
        """Return how sure the best outcome of each text is; ``scores`` are those, best first."""
        return np.array([self._sure(*pair) for pair in scores[:, :2].tolist()])

    def _sure(self, best: float, second: float) -> float:
        """Map score and margin to a confidence between 0 and 1, growing with both."""
        slope, offset = self.curve_
        # Not numpy's: its last bit differs from processor to processor.
        return 1.0 / (1.0 + math.exp(offset - slope * (2 * best - second)))

    def _others(self, reading: Reading, readings: Readings, place: int, best: int) -> list[int]:
        """Return further sections that are cited by number or title and fit the content."""
        cited: set[int] = set()
        for citation, meant in zip(reading.citations, reading.meant, strict=True):
            if len(meant) == 1 and citation.kind in EXPLICIT:
                cited.update(meant)
        if best not in cited or len(cited) == 1:
            return []
        content = readings.content[place]
        least = SECOND * float(content[best])
        fitting = {index for index in cited - {best} if content[index] >= least}
        return [index for index in _by_score(readings.total[place].tolist()) if index in fitting]


def _unshown(link: Link, runners_up: Sequence[Link], confidence: float) -> Placement:
    """Return a placement that scores alone speak for: what cannot be shown is doubted."""
    less = UNSHOWN / confidence
    others = []
    for one in runners_up:
        share = round(one.confidence * less, 4)
        if share >= TOLD:
            others.append(one._replace(confidence=share))
        else:
            others.append(Link(one.section, Origin.INFERRED, share))
    return Placement((link._replace(confidence=UNSHOWN),), tuple(others))


def _by_score(scores: Sequence[float]) -> list[int]:
    """Return the outcomes, the best first; the first of equal ones."""
    return sorted(range(len(scores)), key=scores.__getitem__, reverse=True)


def _rounded(share: float) -> float:
    """Return what numpy's ``round`` makes of a share: Python's own may differ by its last bit."""
    return round(share * 1e4) / 1e4


def _shares(scores: Floats, confidences: Floats) -> Floats:
    """Return the confidence of the outcomes of each text: those beside the best by their score.

    ``scores`` are texts × outcomes, the best first, ``confidences`` are those of the best.
    """
    top, left = scores[:, :1], np.minimum(confidences, 1.0 - confidences)
    shares = left[:, np.newaxis] * np.maximum(0.0, scores)
    shares = np.divide(shares, top, out=np.zeros_like(shares), where=top != 0)
    shares[:, 0] = confidences
    rounded: Floats = shares.round(4)
    return rounded
