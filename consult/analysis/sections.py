"""SectionMapper: brings each comment to the section of the plan that it concerns."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Self, TypeVar

import numpy as np

from consult.analysis.citations_kinds import EXPLICIT
from consult.analysis.collection import collection_paused
from consult.analysis.lending import Lent
from consult.analysis.sections_evidence import Explainer, is_cited, is_shown
from consult.analysis.sections_learned import CORRECTION, Example
from consult.analysis.sections_scores import Reader, Reading, Readings, Weights
from consult.analysis.sections_vocabulary import Floats
from consult.analysis.segment import Segmenter
from consult.domain.comment import Evidence, Link, Origin
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
        chances = list(self._chances(readings))
        alike = self.explainer_.alike(readings, np.array([own.links[0][0] for own in chances]))
        every = zip(readings.each, chances, alike, strict=True)
        for place, (reading, own, likeness) in enumerate(every):
            (best, confidence), *others = own.links
            links = [self._link(reading, best, confidence, likeness)]
            if confidence > UNSHOWN and not is_shown(links[0].evidence):
                yield self._unshown(reading, own, links[0])
                continue
            for index, share in others:
                (further,) = self.explainer_.alike(readings.one(place), np.array([index]))
                links.append(self._link(reading, index, share, further))
            runners_up = tuple([self._runner_up(reading, *one) for one in own.runners_up])
            yield Placement(tuple(links), runners_up, own.confidence >= self.threshold)

    def _unshown(self, reading: Reading, own: _Chances, link: Link) -> Placement:
        """Return a placement that scores alone speak for: what cannot be shown is doubted."""
        less = UNSHOWN / own.confidence
        others = [
            self._runner_up(reading, index, round(share * less, 4))
            for index, share in own.runners_up
        ]
        return Placement((link._replace(confidence=UNSHOWN),), tuple(others))

    def _confidences(self, readings: Readings) -> Iterator[dict[str, float]]:
        codes = self.codes_
        for own in self._chances(readings):
            yield {codes[index]: share for index, share in (*own.runners_up, *own.links)}

    def _chances(self, readings: Readings) -> Iterator[_Chances]:
        """Yield what each text has of its best outcomes."""
        total = readings.total
        orders = np.argsort(-total, axis=1, kind="stable")[:, : RUNNERS_UP + 1]
        best = total[np.arange(len(total))[:, np.newaxis], orders].tolist()
        every = zip(readings.each, orders.tolist(), best, strict=True)
        for place, (reading, order, scores) in enumerate(every):
            confidence = self._confidence(scores[0], scores[1])
            first, shares = (order[0], round(confidence, 4)), _shares(scores[0], confidence)
            if reading.citations:
                others = self._others(reading, total[place], order[0])
                if others:  # further links may be far behind
                    own = total[place].tolist()
                    links = (first, *[(index, shares(own[index])) for index in others])
                    order = [one for one in _by_score(own) if one not in others]  # noqa: PLW2901
                    rest = [(index, shares(own[index])) for index in order[1 : RUNNERS_UP + 1]]
                    yield _Chances(links, tuple(rest), confidence)
                    continue
            rest = [*zip(order[1:], map(shares, scores[1:]), strict=True)]
            yield _Chances((first,), tuple(rest), confidence)

    def _confidence(self, best: float, second: float) -> float:
        """Map score and margin to a confidence between 0 and 1, growing with both."""
        slope, offset = self.curve_
        return 1.0 / (1.0 + math.exp(offset - slope * (2 * best - second)))

    def _others(self, reading: Reading, scores: Floats, best: int) -> list[int]:
        """Return further sections that are cited by number or title and fit the content."""
        cited: set[int] = set()
        for citation in reading.citations:
            if citation.kind in EXPLICIT:
                meant = self.reader_.meant(citation)
                cited.update(meant if len(meant) == 1 else ())
        if best not in cited:
            return []
        least = SECOND * float(reading.content[best])
        fitting = {index for index in cited - {best} if reading.content[index] >= least}
        return [index for index in _by_score(scores.tolist()) if index in fitting]

    def _link(
        self, reading: Reading, index: int, confidence: float, likeness: Sequence[Evidence]
    ) -> Link:
        evidence = self.explainer_.explain(reading, index, likeness)
        origin = Origin.CITED if reading.citations and is_cited(evidence) else Origin.INFERRED
        return Link(self.codes_[index], origin, confidence, evidence)

    def _runner_up(self, reading: Reading, index: int, confidence: float) -> Link:
        if confidence < TOLD:
            return Link(self.codes_[index], Origin.INFERRED, confidence)
        evidence = self.explainer_.mention(reading, index)
        origin = Origin.CITED if reading.citations and is_cited(evidence) else Origin.INFERRED
        return Link(self.codes_[index], origin, confidence, evidence)


def _by_score(scores: Sequence[float]) -> list[int]:
    """Return the outcomes, the best first; the first of equal ones."""
    return sorted(range(len(scores)), key=lambda index: -scores[index])


def _shares(top: float, confidence: float) -> Callable[[float], float]:
    """Return what gives an outcome beside the best its confidence: less, by its score."""
    left = min(confidence, 1.0 - confidence)
    return lambda score: round(left * max(0.0, score) / top, 4) if top else 0.0
