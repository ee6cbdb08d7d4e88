"""Parts the asks of a chapter into pages: a consultation may have thousands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consult.domain.results import ResultLine, ResultSection


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page: sections with the asks that fall on it; ``page`` counts from 1."""

    parts: tuple[tuple[ResultSection, tuple[ResultLine, ...]], ...]
    page: int
    pages: int


def page_of(sections: Sequence[ResultSection], page: int, size: int) -> ResultPage:
    """Return a page of at most ``size`` asks; a section without any takes the room of one."""
    flat = [(s, line) for s in sections for line in (s.lines or (None,))]
    pages = max(1, -(-len(flat) // size))
    page = min(max(1, page), pages)
    chosen = flat[(page - 1) * size : page * size]
    parts: dict[str, tuple[ResultSection, list[ResultLine]]] = {}
    for section, line in chosen:
        parts.setdefault(section.code, (section, []))[1].extend([line] if line else [])
    return ResultPage(tuple((s, tuple(lines)) for s, lines in parts.values()), page, pages)
