"""What is like texts in an outcome: the nearest labelled text, and the words they share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from consult.analysis.sections_learned import Precedent
from consult.analysis.sections_spoken import Pairs, Wanted, evidence_of, grouped
from consult.analysis.sections_vocabulary import Counts, Floats
from consult.domain.comment import Evidence

if TYPE_CHECKING:
    from consult.analysis.sections_scores import Reader, Readings

TERMS: Final = 5


class Likeness:
    """Finds what is like texts in outcomes of one reader's plan."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._concepts = frozenset(name for own in reader.concepts.ids for name in own)

    def find(self, readings: Readings, pairs: Pairs) -> list[list[Evidence]]:
        """Return for each text and outcome wanted first an example, then shared words."""
        wanted = Wanted.of(pairs)
        terms, lengths = readings.terms, readings.lengths
        if len(wanted.places) != len(readings.texts):  # else each text is wanted once, in order
            terms, lengths = terms.take(wanted.places), lengths[wanted.places]
        found = self._words(readings, wanted, terms, lengths)
        for place, example in self._examples(readings, wanted, terms, lengths):
            found[place].insert(0, example)
        return found

    def _words(
        self, readings: Readings, wanted: Wanted, terms: Counts, lengths: Floats
    ) -> list[list[Evidence]]:
        """Return the words that each text shares with its section."""
        owners, words, shares = self._reader.shared.find(terms, lengths, wanted.outcomes, TERMS)
        places = wanted.places.take(owners).tolist()
        texts, shown, every = readings.texts, readings.aligned, []
        for place, word, share in zip(places, words, shares, strict=True):
            start = shown[place].find(word)
            end = start + len(word)
            if start < 0:
                start, end, text = -1, -1, word
            else:
                text = texts[place][start:end]
            every.append(evidence_of(("terms", text, word, start, end, share)))
        return grouped(every, owners, len(wanted.places))

    def _examples(
        self, readings: Readings, wanted: Wanted, terms: Counts, lengths: Floats
    ) -> Iterator[tuple[int, Evidence]]:
        """Yield the labelled text nearest to a text, with the place of that in ``wanted``."""
        learned = self._reader.learned
        if learned is None:
            return
        places = wanted.places.tolist()
        for own, near in learned.precedents(terms, lengths, wanted.outcomes):
            yield own, self._precedent(readings, places[own], near)

    def _precedent(self, readings: Readings, place: int, near: Precedent) -> Evidence:
        """Return the exemplar or the earlier decision nearest to a text.

        An exemplar is shown with its words. An earlier decision is about a comment that somebody
        sent and may withdraw: of that one only the word that this text shares with it is named.
        """
        example, term, cosine = near
        kind, shown = ("precedent", "") if example.decided else ("exemplar", example.text)
        start, end = self._place(readings, place, term)
        text = readings.texts[place][start:end] if start >= 0 else term
        return evidence_of((kind, text, shown, start, end, cosine))

    def _place(self, readings: Readings, place: int, term: str) -> tuple[int, int]:
        """Return where a term stands, a word by itself or a concept by one of its words."""
        aligned = readings.aligned[place]
        start = aligned.find(term)
        if term not in self._concepts:
            return (start, start + len(term)) if start >= 0 else (-1, -1)
        if start >= 0 and term in self._reader.words(aligned):
            return start, start + len(term)
        ids, found = self._reader.concepts.ids, readings.concepts
        own = slice(*found.starts[place : place + 2].tolist())
        for at, word in enumerate(found.phrases[own].tolist(), start=own.start):
            if term in ids[word]:
                return int(found.begins[at]), int(found.ends[at])
        return -1, -1
