"""Mapping against the labelled sections: accuracy, honesty of the confidence, and time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

from consult.analysis.evaluation.gold import MULTI, GoldRow
from consult.analysis.evaluation.kind import class_f1
from consult.analysis.evaluation.pairs import f1, ratio
from consult.analysis.evaluation.split import Splitter
from consult.analysis.sections import Placement
from consult.domain.comment import Link
from consult.domain.consultation import GENERAL, OFFPLAN, UNASSIGNED

BINS: Final = 5
CONFIDENT: Final = 0.7  # share of the lines that accuracy_at_70 looks at
Measures = dict[str, float | dict[str, float]]
TURNS: Final = 3  # of which the best is taken


class Mapper(Protocol):
    """What brings texts to sections."""

    def place(self, texts: Sequence[str]) -> Sequence[Placement]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said about one line: codes most confident first, further proposals behind them."""

    codes: tuple[str, ...]
    ranked: tuple[str, ...]
    confidence: float

    @property
    def top(self) -> str:
        """The first code."""
        return self.codes[0] if self.codes else UNASSIGNED


def evaluate_mapping(
    rows: Sequence[GoldRow],
    mapper: Mapper,
    splitter: Splitter,
    threshold: float,
    clock: Callable[[], float],
) -> Measures:
    """Return the measures of the mapping.

    ``threshold`` is the office's confidence for ``coverage``; ``clock`` counts in seconds. Times
    are taken warm: splitting and placing one text at a time, then placing all parts at once.
    """
    answers = [answer(row.text, mapper, splitter) for row in rows]
    hits = [reply.top in row.sections for row, reply in zip(rows, answers, strict=True)]
    confidences = [reply.confidence for reply in answers]
    confident = sum(confidence >= threshold for confidence in confidences)
    return {
        "n": len(rows),
        **_accuracies(rows, answers, hits),
        "by_cue": _by_cue(rows, hits),
        **_beyond(rows, answers),
        "coverage": ratio(confident, len(rows)),
        "accuracy_at_70": _accuracy_of_best(hits, confidences),
        "calibration_error": calibration_error(hits, confidences),
        "brier": brier(hits, confidences),
        **_times([part for row in rows for part in parts_of(row.text, splitter)], mapper, clock),
    }


def parts_of(text: str, splitter: Splitter) -> list[str]:
    """Return the comments of a text; the text itself when the splitter finds none."""
    return [text[span.start : span.end] for span in splitter(text)] or [text]


def answer(text: str, mapper: Mapper, splitter: Splitter) -> Answer:
    """Split a text, place its parts, and gather their codes, most confident first."""
    placements = mapper.place(parts_of(text, splitter))
    links = _ranked([link for placement in placements for link in placement.links])
    others = _ranked([link for placement in placements for link in placement.runners_up])
    codes = tuple(dict.fromkeys(link.section for link in links))
    ranked = tuple(dict.fromkeys((*codes, *(link.section for link in others))))
    return Answer(codes, ranked, links[0].confidence if links else 0.0)


def _ranked(links: Sequence[Link]) -> list[Link]:
    return sorted(links, key=lambda link: -link.confidence)


def _accuracies(
    rows: Sequence[GoldRow], answers: Sequence[Answer], hits: Sequence[bool]
) -> dict[str, float]:
    lines = list(zip(rows, answers, hits, strict=True))
    in_plan = [hit for row, _, hit in lines if row.sections[0] not in (GENERAL, OFFPLAN)]
    strict = [reply.top == row.sections[0] for row, reply, _ in lines if row.cue != MULTI]
    top3 = [bool(set(reply.ranked[:3]) & set(row.sections)) for row, reply, _ in lines]
    f1s = [_set_f1(row.sections, reply.codes) for row, reply, _ in lines]
    return {
        "primary_accuracy": mean(hits),
        "section_accuracy": mean(in_plan),
        "strict_accuracy": mean(strict),
        "sample_f1": mean(f1s),
        "top3_accuracy": mean(top3),
    }


def mean(values: Sequence[float]) -> float:
    """Return the mean, 0 of nothing."""
    return ratio(sum(values), len(values))


def _set_f1(true: Sequence[str], found: Sequence[str]) -> float:
    both = len(set(true) & set(found))
    return f1(ratio(both, len(set(found))), ratio(both, len(set(true))))


def _by_cue(rows: Sequence[GoldRow], hits: Sequence[bool]) -> dict[str, float]:
    found: dict[str, list[bool]] = {}
    for row, hit in zip(rows, hits, strict=True):
        found.setdefault(row.cue, []).append(hit)
    return {cue: mean(found[cue]) for cue in sorted(found)}


def _beyond(rows: Sequence[GoldRow], answers: Sequence[Answer]) -> dict[str, float]:
    true = [row.sections[0] for row in rows]
    found = [reply.top for reply in answers]
    return {
        "general_f1": class_f1(true, found, GENERAL),
        "offplan_f1": class_f1(true, found, OFFPLAN),
    }


def _by_confidence(hits: Sequence[bool], confidences: Sequence[float]) -> list[tuple[float, bool]]:
    """Order by confidence, highest first; equal ones as in the file."""
    return sorted(zip(confidences, hits, strict=True), key=lambda pair: -pair[0])


def _accuracy_of_best(hits: Sequence[bool], confidences: Sequence[float]) -> float:
    best = _by_confidence(hits, confidences)[: round(CONFIDENT * len(hits))]
    return mean([hit for _, hit in best])


def calibration_error(hits: Sequence[bool], confidences: Sequence[float]) -> float:
    """Return the mean gap between confidence and accuracy over bins of equal mass."""
    ordered = _by_confidence(hits, confidences)
    size, error = len(ordered), 0.0
    for number in range(BINS):
        inside = ordered[number * size // BINS : (number + 1) * size // BINS]
        gap = sum(confidence for confidence, _ in inside) - sum(hit for _, hit in inside)
        error += abs(gap)
    return ratio(error, size)


def brier(hits: Sequence[bool], confidences: Sequence[float]) -> float:
    """Return the mean squared difference of confidence and outcome."""
    pairs = zip(confidences, hits, strict=True)
    return mean([(confidence - hit) ** 2 for confidence, hit in pairs])


def _times(comments: Sequence[str], mapper: Mapper, clock: Callable[[], float]) -> dict[str, float]:
    """Time comments that are split already: warm, one at a time, then all at once.

    The best of some turns counts, as in ``timeit``: the others measure what else the machine does.
    """
    mapper.place(comments)
    single = [_best(partial(mapper.place, [comment]), clock) for comment in comments]
    batch = _best(partial(mapper.place, comments), clock)
    return {
        "microseconds_per_comment": mean(single) * 1e6,
        "microseconds_p99": _percentile(single, 0.99) * 1e6,
        "microseconds_per_comment_batch": ratio(batch * 1e6, len(comments)),
    }


def _best(work: Callable[[], object], clock: Callable[[], float]) -> float:
    """Return the seconds of the fastest of some turns."""
    times = []
    for _ in range(TURNS):
        start = clock()
        work()
        times.append(clock() - start)
    return min(times)


def _percentile(values: Sequence[float], share: float) -> float:
    """Return the value that so large a share of the values does not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
