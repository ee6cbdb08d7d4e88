"""Citations by wording: titles (in full, in part, with a typo) and quoted words of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rapidfuzz.fuzz import partial_ratio_alignment

from consult.analysis.citations_kinds import WEIGHTS, Citation
from consult.analysis.normalise import align, fold, fold_places
from consult.domain.consultation import Plan, Section

QUOTE: Final = 6  # characters in a row that are hardly a coincidence
SHORT_QUOTE: Final = 3  # enough between quotation marks
WIDEST: Final = 3  # wording of more sections than this points nowhere
TYPO: Final = 83.0  # similarity of a title with one wrong character in six (rapidfuzz, 0 to 100)
_TITLE: Final = 4  # shortest title that is looked for in the running text
_MARKED: Final = re.compile('[“"‘「『《]([^“”"‘’「」『』《》]{2,60})[”"’」』》]')


Place = tuple[int, int]


def _original(places: list[int], start: int, end: int) -> Place:
    """Return the span in the text of a span in its folded form."""
    return places[start], places[end - 1] + 1


def _wording(section: Section) -> str:
    """Return all words that stand for the section, official first."""
    return "\n".join((section.title, *section.paragraphs, section.summary))


class WordingFinder:
    """Finds titles and quoted words."""

    def __init__(self, plan: Plan) -> None:
        self._nodes = {node.code: node for node in plan.walk()}
        self._titles = [
            (node.code, title, {title[i : i + 2] for i in range(len(title) - 1)})
            for node in plan.sections
            if len(title := fold(node.title)) >= _TITLE
        ]
        self._texts = {node.code: fold(_wording(node)) for node in plan.sections}
        self._plan_title = fold(plan.title)
        self._grams: dict[str, tuple[str, ...]] = {}
        found: dict[str, dict[str, None]] = {}
        for code, text in self._texts.items():
            for place in range(len(text) - QUOTE + 1):
                found.setdefault(text[place : place + QUOTE], {})[code] = None
        for gram, codes in found.items():
            if len(codes) <= WIDEST and gram not in self._plan_title:
                self._grams[gram] = tuple(codes)

    def find(self, text: str) -> Iterator[Citation]:
        """Yield titles, then running quotations, then short ones between quotation marks."""
        folded, places = fold_places(text)
        titles = list(self._find_titles(text, folded, places))
        yield from titles
        for quote in (*self._find_quotes(text, folded, places), *self._find_marked(text)):
            if not any(one.start <= quote.start and quote.end <= one.end for one in titles):
                yield quote

    def _find_titles(self, text: str, folded: str, places: list[int]) -> Iterator[Citation]:
        pairs = {folded[i : i + 2] for i in range(len(folded) - 1)}
        for code, title, own in self._titles:
            if 2 * len(own & pairs) < len(own):  # a typo spoils two pairs at most
                continue
            place = folded.find(title)
            ratio, start, end = 100.0, place, place + len(title)
            if place < 0:
                found = partial_ratio_alignment(title, folded, score_cutoff=TYPO)
                if found is None or found.dest_end - found.dest_start < _TITLE:
                    continue
                ratio, start, end = found.score, found.dest_start, found.dest_end
            span = _original(places, start, end)
            yield self._citation("title", (code,), text, span, ratio / 100)

    def _find_quotes(self, text: str, folded: str, places: list[int]) -> Iterator[Citation]:
        start = 0
        while start <= len(folded) - QUOTE:
            codes = self._grams.get(folded[start : start + QUOTE])
            if codes is None:
                start += 1
                continue
            end = start + QUOTE
            while end < len(folded):
                narrowed = self._narrow(codes, folded[end - QUOTE + 1 : end + 1])
                if not narrowed:
                    break
                codes, end = narrowed, end + 1
            share = min(1.0, (end - start) / (2 * QUOTE)) / len(codes)
            span = _original(places, start, end)
            yield self._citation("quote", codes, text, span, share)
            start = end

    def _narrow(self, codes: tuple[str, ...], gram: str) -> tuple[str, ...]:
        further = self._grams.get(gram, ())
        return tuple(code for code in codes if code in further)

    def _find_marked(self, text: str) -> Iterator[Citation]:
        for match in _MARKED.finditer(text):
            words = fold(match[1])
            if not SHORT_QUOTE <= len(words) < QUOTE or words in self._plan_title:
                continue
            codes = tuple(code for code, own in self._texts.items() if words in own)
            if 0 < len(codes) <= WIDEST:
                share = 1.0 / len(codes)
                yield self._citation("quote", codes, text, match.span(1), share)

    def _citation(
        self, kind: str, codes: tuple[str, ...], text: str, span: Place, share: float
    ) -> Citation:
        start, end = span
        weight = WEIGHTS[kind] * share
        return Citation(kind, codes, start, end, text[start:end], self._headings(codes), weight)

    def _headings(self, codes: tuple[str, ...]) -> str:
        return "、".join(self._nodes[code].heading for code in codes)


def unnamed(text: str, title: str) -> str:
    """Return the aligned text with the plan's own title blanked: it says nothing of a section."""
    core = re.sub(r"\(.*?\)", "", align(title)).strip()
    return align(text).replace(core, " ") if core else align(text)
