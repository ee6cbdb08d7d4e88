"""Citations by wording: titles (in full, in part, with a typo) and quoted words of the plan."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as Texts
from itertools import accumulate
from typing import Final

from rapidfuzz.fuzz import partial_ratio_alignment

from consult.analysis.citations_gates import RUN, Runs, Stretch, TitlePairs
from consult.analysis.citations_kinds import WEIGHTS, Citation, citation_of
from consult.analysis.key_table import Keys
from consult.analysis.normalise import align, fold
from consult.analysis.normalise_batch import Batch, Forms
from consult.domain.consultation import Plan, Section

QUOTE: Final = RUN  # characters in a row that are hardly a coincidence
SHORT_QUOTE: Final = 3  # enough between quotation marks
WIDEST: Final = 3  # wording of more sections than this points nowhere
TYPO: Final = 83.0  # similarity of a title with one wrong character in six (rapidfuzz, 0 to 100)
_TITLE: Final = 4  # shortest title that is looked for in the running text
OPENING: Final = '“"‘「『《'
_MARKED: Final = re.compile(f'[{OPENING}]([^“”"‘’「」『』《》]{{2,60}})[”"’」』》]')


def _wording(section: Section) -> str:
    """Return all words that stand for the section, official first."""
    return "\n".join((section.title, *section.paragraphs, section.summary))


class WordingFinder:
    """Finds titles and quoted words."""

    def __init__(self, plan: Plan) -> None:
        self._nodes = {node.code: node for node in plan.walk()}
        self._titles = [
            (node.code, title) for node in plan.sections if len(title := fold(node.title)) >= _TITLE
        ]
        self._pairs = TitlePairs([title for _, title in self._titles], fold(bare_title(plan.title)))
        texts = {node.code: fold(_wording(node)) for node in plan.sections}
        # No folded words hold a line end.
        self._every, self._codes = "\n".join(texts.values()), tuple(texts)
        self._begins = list(accumulate((len(text) + 1 for text in texts.values()), initial=0))[:-1]
        self._plan_title = fold(plan.title)
        self._grams: dict[str, tuple[str, ...]] = {}
        found: dict[str, dict[str, None]] = {}
        for code, text in texts.items():
            for place in range(len(text) - QUOTE + 1):
                found.setdefault(text[place : place + QUOTE], {})[code] = None
        for gram, codes in found.items():
            if len(codes) <= WIDEST and gram not in self._plan_title:
                self._grams[gram] = tuple(codes)
        self._homes = sorted(set(self._grams.values()))
        self._headings = {codes: self._heading(codes) for codes in self._homes}
        numbers = {codes: number for number, codes in enumerate(self._homes)}
        self._runs = Runs({gram: numbers[codes] for gram, codes in self._grams.items()})

    def find(self, forms: Forms) -> list[Citation]:
        """Return titles, running quotations, and short ones between marks, of one text."""
        folded = forms.folded
        named, begun = self._pairs.named_by(folded), self._runs.within(folded)
        return self._find(forms, named, begun, marked=True)

    def find_all(self, batch: Batch, keys: Keys, marked: Texts[int]) -> dict[int, list[Citation]]:
        """Return what ``find`` does of each text with any.

        ``keys`` are the pairs of the batch, ``marked`` the texts with quotation marks.
        """
        named = self._pairs.named(batch, keys)
        begun = self._runs.find(batch, keys)
        return {
            text: self._find(
                batch[text], named.get(text, ()), begun.get(text, ()), marked=text in marked
            )
            for text in {*named, *begun, *marked}
        }

    def _find(
        self, forms: Forms, named: Sequence[int], begun: Sequence[Stretch], *, marked: bool
    ) -> list[Citation]:
        titles = list(self._find_titles(forms, named)) if named else []
        quotes = self._find_quotes(forms, begun) if begun else []
        if marked:
            quotes += self._find_marked(forms.text)
        if not titles:
            return quotes
        return titles + [
            quote
            for quote in quotes
            if not any(one.start <= quote.start and quote.end <= one.end for one in titles)
        ]

    def _find_titles(self, forms: Forms, among: Sequence[int]) -> Iterator[Citation]:
        folded = forms.folded
        for index in among:
            code, title = self._titles[index]
            place = folded.find(title)
            ratio, start, end = 100.0, place, place + len(title)
            if place < 0:
                found = partial_ratio_alignment(title, folded, score_cutoff=TYPO)
                if found is None or found.dest_end - found.dest_start < _TITLE:
                    continue
                ratio, start, end = found.score, found.dest_start, found.dest_end
            yield self._citation("title", (code,), forms.text, forms.span(start, end), ratio / 100)

    def _find_quotes(self, forms: Forms, begun: Sequence[Stretch]) -> list[Citation]:
        """Return the longest quotations from the stretches where six characters agree.

        They come in order; a quotation goes on while the next one begins a character further on
        and some section has all of it. What lies inside of a quotation begins none.
        """
        found: list[tuple[tuple[str, ...], int, int]] = []
        start, end = 0, 0
        codes: tuple[str, ...] = ()  # of the quotation that goes on; empty between two
        for first, last, number in begun:
            homes = self._homes[number]
            if codes:
                if first + QUOTE == end + 1 and (both := _both(codes, homes)):
                    codes, end = both, last + QUOTE
                    continue
                found.append((codes, start, end))
                codes = ()
            if last >= end:
                start, end, codes = max(first, end), last + QUOTE, homes
        if codes:
            found.append((codes, start, end))
        cite, text, span = self._citation, forms.text, forms.span
        return [
            cite("quote", own, text, span(a, b), min(1.0, (b - a) / (2 * QUOTE)) / len(own))
            for own, a, b in found
        ]

    def _find_marked(self, text: str) -> Iterator[Citation]:
        for match in _MARKED.finditer(text):
            words = fold(match[1])
            if not SHORT_QUOTE <= len(words) < QUOTE or words in self._plan_title:
                continue
            codes = self._having(words)
            if 0 < len(codes) <= WIDEST:
                share = 1.0 / len(codes)
                yield self._citation("quote", codes, text, match.span(1), share)

    def _having(self, words: str) -> tuple[str, ...]:
        """Return the sections whose wording holds some words, in order; one look at all of it."""
        found: list[str] = []
        place = self._every.find(words)
        while place >= 0:
            section = bisect_right(self._begins, place) - 1
            found.append(self._codes[section])
            if section + 1 == len(self._begins):
                break
            place = self._every.find(words, self._begins[section + 1])
        return tuple(found)

    def _citation(
        self, kind: str, codes: tuple[str, ...], text: str, span: tuple[int, int], share: float
    ) -> Citation:
        start, end = span
        shown = self._headings.get(codes) or self._heading(codes)
        return citation_of((kind, codes, start, end, text[start:end], shown, WEIGHTS[kind] * share))

    def _heading(self, codes: tuple[str, ...]) -> str:
        return "、".join(self._nodes[code].heading for code in codes)


def _both(codes: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return codes if codes == others else tuple(code for code in codes if code in others)


def bare_title(title: str) -> str:
    """Return a plan's title, aligned, without what stands in brackets."""
    return re.sub(r"\(.*?\)", "", align(title)).strip()
