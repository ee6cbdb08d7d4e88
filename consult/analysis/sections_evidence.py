"""Why a text was brought to a section: the found places and words, for people to check."""

from __future__ import annotations

from collections.abc import Sequence

from consult.analysis.citations_kinds import EXPLICIT, WEIGHTS, Citation
from consult.analysis.sections_likeness import Likeness
from consult.analysis.sections_scores import Reader, Reading, Readings
from consult.analysis.sections_spoken import Pairs, Spoken, evidence_of
from consult.domain.comment import Evidence

Reasons = tuple[Evidence, ...]


class Explainer:
    """Gives the evidence for outcomes of one reader's plan."""

    def __init__(self, reader: Reader) -> None:
        self._codes = reader.codes
        self._spoken, self._likeness = Spoken(reader), Likeness(reader)

    def explain(
        self, readings: Readings, links: Pairs, mentions: Pairs
    ) -> tuple[list[Reasons], list[Reasons]]:
        """Return the evidence for links, and for outcomes that texts were not brought to.

        First come cited places and, for a link, conflicts, then cues, concepts and phrases; for a
        link, what is like the text in its outcome comes last.
        """
        spoken = self._spoken.find(readings, [*links, *mentions])
        alike = self._likeness.find(readings, links)
        each, size = readings.each, len(links)
        linked = [
            (*self._linked(each[place], outcome), *said, *like)
            for (place, outcome), said, like in zip(links, spoken[:size], alike, strict=True)
        ]
        mentioned = [
            (*self._mentioned(each[place], outcome), *said)
            for (place, outcome), said in zip(mentions, spoken[size:], strict=True)
        ]
        return linked, mentioned

    def _linked(self, reading: Reading, outcome: int) -> list[Evidence]:
        """Return the cited places of an outcome, what conflicts with it, and its cues."""
        if not reading.citations:
            return self._cues(reading, outcome) if reading.cues else []
        cited = _cited(reading, outcome)
        found = cited if is_cited(cited) else cited + _elsewhere(reading)
        return found + self._cues(reading, outcome) if reading.cues else found

    def _mentioned(self, reading: Reading, outcome: int) -> list[Evidence]:
        """Return the cited places of an outcome and its cues."""
        found = _cited(reading, outcome) if reading.citations else []
        return found + self._cues(reading, outcome) if reading.cues else found

    def _cues(self, reading: Reading, outcome: int) -> list[Evidence]:
        code, text = self._codes[outcome], reading.text
        return [
            evidence_of(
                (code, text[cue.start : cue.end], cue.reason, cue.start, cue.end, cue.share)
            )
            for cue in reading.cues
            if cue.code == code
        ]


def _cited(reading: Reading, outcome: int) -> list[Evidence]:
    """Return the citations of an outcome."""
    return [
        _of_citation(citation.kind, citation)
        for citation, meant in zip(reading.citations, reading.meant, strict=True)
        if outcome in meant
    ]


def _elsewhere(reading: Reading) -> list[Evidence]:
    """Return the places a text names: in conflict with an outcome that is not among them."""
    return [_of_citation("conflict", one) for one in reading.citations if one.kind in EXPLICIT]


def _of_citation(kind: str, citation: Citation) -> Evidence:
    _, _, start, end, text, counterpart, weight = citation
    return evidence_of((kind, text, counterpart, start, end, min(1.0, weight)))


def is_shown(evidence: Sequence[Evidence]) -> bool:
    """Tell whether anything speaks for a link; what a text cites elsewhere does not."""
    # A loop: the first reason settles it, and a generator costs more than that.
    for reason in evidence:  # noqa: SIM110
        if reason.kind != "conflict":
            return True
    return False


def is_cited(evidence: Sequence[Evidence]) -> bool:
    """Tell whether a person would say that the text names this place; citations come first."""
    for reason in evidence:
        kind = reason[0]
        if kind in EXPLICIT:
            return True
        if kind not in WEIGHTS:
            return False
    return False
