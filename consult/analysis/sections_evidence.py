"""Why a text was brought to a section: the found places and words, for people to check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import repeat
from typing import Final

from consult.analysis.citations_kinds import EXPLICIT, Citation
from consult.analysis.phrases import Match
from consult.analysis.sections_learned import Precedent
from consult.analysis.sections_scores import Reader, Reading, Readings
from consult.analysis.sections_vocabulary import Places
from consult.domain.comment import Evidence
from consult.domain.consultation import GENERAL, OFFPLAN

TERMS: Final = 5
PHRASES: Final = 5
CONCEPT: Final = 0.5  # shown weight of a concept: between a citation and a shared word
# Evidence of all its fields at once, in a third of the time of naming them to the class: a comment
# has nine on the average.
_evidence: Final[Callable[[tuple[str, str, str, int, int, float]], Evidence]] = partial(
    tuple.__new__, Evidence
)
_PLAIN: Final = {GENERAL: "总体意见", OFFPLAN: "与规划无关"}


class Explainer:
    """Gives the evidence for outcomes of one reader's plan."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._homes = [
            {outcome: weight for outcome, weight in enumerate(weights) if weight}
            for weights in reader.phrases.weights.tolist()
        ]
        self._most = [max(homes.values(), default=0.0) for homes in self._homes]
        self._concepts = frozenset(name for own in reader.concepts.ids for name in own)
        self._codes, self._counterparts = reader.codes, reader.concepts.counterparts
        self._kinds = [code if code in _PLAIN else "lexicon" for code in reader.codes]
        self._shown = [
            _PLAIN.get(code) or heading
            for code, heading in zip(reader.codes, reader.headings, strict=True)
        ]

    def explain(
        self, reading: Reading, outcome: int, likeness: Sequence[Evidence]
    ) -> tuple[Evidence, ...]:
        """Return the evidence for a link: cited places and conflicts, cues, concepts, phrases.

        ``likeness`` is what ``alike`` found for this text and outcome; it comes last.
        """
        found = []
        if reading.citations:
            found = self._cited(reading, outcome)
            found += _conflicts(reading, found)
        found += self._spoken(reading, outcome)
        found += likeness
        return tuple(found)

    def mention(self, reading: Reading, outcome: int) -> tuple[Evidence, ...]:
        """Return what a text has of an outcome it was not brought to."""
        found = self._cited(reading, outcome) if reading.citations else []
        return (*found, *self._spoken(reading, outcome))

    def _spoken(self, reading: Reading, outcome: int) -> list[Evidence]:
        """Return cues, concepts and phrases that speak for an outcome."""
        text, found = reading.text, []
        if reading.cues:
            code = self._codes[outcome]
            found = [
                Evidence(code, text[cue.start : cue.end], cue.reason, cue.start, cue.end, cue.share)
                for cue in reading.cues
                if cue.code == code
            ]
        counterparts = self._counterparts
        found += [
            _evidence(("concept", text[start:end], counterpart, start, end, CONCEPT))
            for row, start, end in reading.concepts
            if (counterpart := counterparts[row].get(outcome))
        ]
        if reading.phrases:
            found += self._phrases(text, reading.phrases, outcome)
        return found

    def alike(self, readings: Readings, outcomes: Places) -> list[list[Evidence]]:
        """Return for each text what is like it in its outcome: an example, then shared words."""
        terms, lengths = readings.terms, readings.lengths
        shared = self._reader.shared.find(terms, lengths, outcomes, TERMS)
        nearest: Iterable[Precedent | None] = repeat(None)
        if self._reader.learned is not None:
            nearest = self._reader.learned.precedents(terms, lengths, outcomes)
        every = zip(readings.each, outcomes.tolist(), nearest, shared, strict=False)
        return [self._likeness(*one) for one in every]

    def _likeness(
        self,
        reading: Reading,
        outcome: int,
        near: Precedent | None,
        words: Sequence[tuple[str, float]],
    ) -> list[Evidence]:
        found = [self._precedent(reading, near)] if near else []
        if self._kinds[outcome] not in _PLAIN:
            found += _terms(reading, words)
        return found

    def _precedent(self, reading: Reading, near: Precedent) -> Evidence:
        """Return the exemplar or the earlier decision nearest to a text.

        An exemplar is shown with its words. An earlier decision is about a comment that somebody
        sent and may withdraw: of that one only the word that this text shares with it is named.
        """
        kind, shown = ("precedent", "") if near.example.decided else ("exemplar", near.example.text)
        start, end = self._place(reading, near.term)
        text = reading.text[start:end] if start >= 0 else near.term
        return Evidence(kind, text, shown, start, end, near.cosine)

    def _place(self, reading: Reading, term: str) -> tuple[int, int]:
        """Return where a term stands, a word by itself or a concept by one of its words."""
        ids = self._reader.concepts.ids
        start = reading.aligned.find(term)
        if start >= 0 and (
            term not in self._concepts or term in self._reader.words(reading.aligned)
        ):
            return start, start + len(term)
        return next((match[1:] for match in reading.concepts if term in ids[match[0]]), (-1, -1))

    def _cited(self, reading: Reading, outcome: int) -> list[Evidence]:
        """Return the citations of an outcome."""
        meant = self._reader.meant
        return [
            _of_citation(citation.kind, citation)
            for citation in reading.citations
            if outcome in meant(citation)
        ]

    def _phrases(self, text: str, phrases: Sequence[Match], outcome: int) -> list[Evidence]:
        """Return the lexicon's phrases that speak for an outcome, the weightiest first."""
        homes = self._homes
        hits = [
            (-weight, start, end)
            for row, start, end in phrases
            if (weight := homes[row].get(outcome))
        ]
        if not hits:
            return []
        if len(hits) > 1:
            hits.sort(key=_by_weight_and_place)
        most = self._most
        everything = sum([most[match[0]] for match in phrases])
        kind, shown = self._kinds[outcome], self._shown[outcome]
        return [
            _evidence((kind, text[start:end], shown, start, end, round(-weight / everything, 4)))
            for weight, start, end in hits[:PHRASES]
        ]


def _terms(reading: Reading, words: Sequence[tuple[str, float]]) -> list[Evidence]:
    found, text, aligned = [], reading.text, reading.aligned
    for word, strength in words:
        start = aligned.find(word)
        if start >= 0:
            end = start + len(word)
            found.append(_evidence(("terms", text[start:end], word, start, end, strength)))
        else:
            found.append(_evidence(("terms", word, word, -1, -1, strength)))
    return found


def _conflicts(reading: Reading, cited: Sequence[Evidence]) -> list[Evidence]:
    """Return the places a text names, where the one it was brought to is not among them."""
    if is_cited(cited):
        return []
    return [_of_citation("conflict", one) for one in reading.citations if one.kind in EXPLICIT]


def _by_weight_and_place(hit: tuple[float, int, int]) -> tuple[float, int]:
    return hit[:2]


def _of_citation(kind: str, citation: Citation) -> Evidence:
    return Evidence(
        kind,
        citation.text,
        citation.counterpart,
        citation.start,
        citation.end,
        min(1.0, citation.weight),
    )


def is_shown(evidence: Sequence[Evidence]) -> bool:
    """Tell whether anything speaks for a link; what a text cites elsewhere does not."""
    # A loop: the first reason settles it, and a generator costs more than that.
    for reason in evidence:  # noqa: SIM110
        if reason.kind != "conflict":
            return True
    return False


def is_cited(evidence: Sequence[Evidence]) -> bool:
    """Tell whether a person would say that the text names this place."""
    return any(reason.kind in EXPLICIT for reason in evidence)
