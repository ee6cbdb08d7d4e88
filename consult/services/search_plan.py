"""Search the plan itself: its headings, summaries, official paragraphs and indicators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from consult.analysis.normalise import align
from consult.domain.consultation import LEAD, Indicator, Plan, Section

MOST = 100  # hits; a plan where a word stands more often is read, not searched
_AROUND = 60  # characters shown on either side of the first match


@dataclass(frozen=True, slots=True)
class Hit:
    """A place of the plan that holds every word; ``pieces`` are its words, some of them marked.

    ``anchor`` is the place on the chapter's page; ``summary`` tells that the words are ours.
    """

    code: str
    anchor: str
    pieces: tuple[tuple[str, bool], ...]
    summary: bool = False


def search_plan(plan: Plan, query: str) -> tuple[Hit, ...]:
    """Return the places that hold all words of the query (parted by white space), in plan order.

    Case, width and traditional characters do not matter.
    """
    words = [align(word) for word in query.split()]
    if not words:
        return ()
    hits = (hit for place in _places(plan) if (hit := _hit(words, *place)))
    return tuple(hit for hit, _ in zip(hits, range(MOST), strict=False))


def _places(plan: Plan) -> Iterator[tuple[str, str, str, bool]]:
    """Yield code, anchor, text, and whether it is a summary."""
    if plan.lead_summary:
        yield LEAD, "", plan.lead_summary, True
    yield from ((LEAD, f"p-{at}", line, False) for at, line in enumerate(plan.lead, 1))
    for node in plan.walk():
        yield from _of_node(node)
        yield from (_row(row, node.code) for row in plan.indicators if row.section == node.code)
    yield from (_row(row, LEAD) for row in plan.indicators if not row.section)


def _of_node(node: Section) -> Iterator[tuple[str, str, str, bool]]:
    anchor = f"s{node.code}" if "." in node.code else "main"
    yield node.code, anchor, node.heading, False
    if node.summary:
        yield node.code, anchor, node.summary, True
    for at, line in enumerate(node.paragraphs, 1):
        yield node.code, f"p{node.code}-{at}", line, False


def _row(row: Indicator, code: str) -> tuple[str, str, str, bool]:
    words = (row.name, row.unit, row.base, "→", row.target, row.plain)
    return code, f"i{row.number}", " ".join(word for word in words if word), False


def _hit(words: list[str], code: str, anchor: str, text: str, summary: bool) -> Hit | None:
    aligned = align(text)
    if not all(word in aligned for word in words):
        return None
    spans = sorted(_spans(words, aligned))
    return Hit(code, anchor, tuple(_pieces(text, spans)), summary)


def _spans(words: list[str], aligned: str) -> Iterator[tuple[int, int]]:
    for word in words:
        at = aligned.find(word)
        while at >= 0:
            yield at, at + len(word)
            at = aligned.find(word, at + len(word))


def _pieces(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Cut the text around its first match, and where marks begin and end."""
    start = max(0, spans[0][0] - _AROUND)
    stop = min(len(text), spans[0][1] + _AROUND)
    at = start
    if start:
        yield "…", False
    for first, last in spans:
        begin, end = max(first, at), min(last, stop)
        if begin < end:
            if at < begin:
                yield text[at:begin], False
            yield text[begin:end], True
            at = end
    if at < stop:
        yield text[at:stop], False
    if stop < len(text):
        yield "…", False
