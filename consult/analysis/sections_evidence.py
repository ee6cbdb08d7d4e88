"""Why a text was brought to a section: the found places and words, for people to check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from consult.analysis.citations_kinds import EXPLICIT
from consult.analysis.normalise import align
from consult.analysis.sections_scores import Reader, Reading
from consult.domain.comment import Evidence
from consult.domain.consultation import GENERAL, OFFPLAN

TERMS: Final = 5
PHRASES: Final = 5
CONCEPT: Final = 0.5  # shown weight of a concept: between a citation and a shared word
_PLAIN: Final = {GENERAL: "总体意见", OFFPLAN: "与规划无关"}


def explain(
    reader: Reader, reading: Reading, outcome: int, terms: int = TERMS
) -> tuple[Evidence, ...]:
    """Return the evidence for one outcome, what was cited first, at most so many shared terms."""
    return (
        *_cited(reader, reading, outcome),
        *_spoken(reader, reading, outcome),
        *(_terms(reader, reading, outcome, terms) if terms else ()),
    )


def _cited(reader: Reader, reading: Reading, outcome: int) -> Iterator[Evidence]:
    """Yield citations of this outcome, and explicit ones of others as conflicts."""
    here = [citation for citation in reading.citations if outcome in reader.meant(citation)]
    for citation in here:
        yield Evidence(
            citation.kind,
            citation.text,
            citation.counterpart,
            citation.start,
            citation.end,
            min(1.0, citation.weight),
        )
    if any(citation.kind in EXPLICIT for citation in here):
        return
    for citation in reading.citations:
        if citation.kind in EXPLICIT:
            span = (citation.start, citation.end)
            yield Evidence("conflict", citation.text, citation.counterpart, *span, citation.weight)


def _spoken(reader: Reader, reading: Reading, outcome: int) -> Iterator[Evidence]:
    """Yield the cues and the lexicon's phrases that speak for this outcome."""
    code = reader.codes[outcome]
    for cue in reading.cues:
        if cue.code == code:
            place = (cue.start, cue.end)
            yield Evidence(code, reading.text[cue.start : cue.end], cue.reason, *place, cue.share)
    for concept in reading.concepts:
        counterpart = reader.counterpart(concept, outcome)
        if counterpart and counterpart != concept.word:
            span = (concept.start, concept.start + len(concept.word))
            yield Evidence("concept", reading.text[slice(*span)], counterpart, *span, CONCEPT)
    hits = [hit for hit in reading.phrases if outcome in hit.outcomes]
    hits.sort(key=lambda hit: (-hit.weight, hit.start))
    everything = sum(hit.weight for hit in reading.phrases) or 1.0
    shown = _PLAIN.get(code) or reader.headings[outcome]
    for hit in hits[:PHRASES]:
        span = (hit.start, hit.start + len(hit.phrase))
        text = reading.text[slice(*span)]
        kind = code if code in _PLAIN else "lexicon"
        yield Evidence(kind, text, shown, *span, round(hit.weight / everything, 4))


def _terms(reader: Reader, reading: Reading, outcome: int, terms: int) -> Iterator[Evidence]:
    """Yield the words that text and section share, strongest first."""
    if reader.codes[outcome] in _PLAIN:
        return
    aligned = align(reading.text)
    for word, strength in reader.shared(reading, outcome, terms):
        place = aligned.find(word)
        start, end = (place, place + len(word)) if place >= 0 else (-1, -1)
        text = reading.text[start:end] if place >= 0 else word
        yield Evidence("terms", text, word, start, end, strength)
