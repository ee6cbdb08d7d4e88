"""Citations by number: 第三章第二节, 三（二）, 3.2, 第五大点, P18."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from consult.analysis.citations_kinds import WEIGHTS, Citation
from consult.analysis.citations_patterns import NUMBER, ORDINAL, PAGES, PART, PATTERNS
from consult.analysis.citations_signs import Signs, is_paged, mask, present
from consult.analysis.normalise import align
from consult.analysis.normalise_batch import Batch, Forms
from consult.domain.consultation import Plan, Section

_ROMAN: Final = "iⅱⅲⅳvⅵⅶⅷⅸxⅺⅻ"  # aligned: Ⅰ, Ⅴ and Ⅹ become letters
LONGEST: Final = 20  # characters of a numeral; cn2an takes seconds for thousands of them
_PATTERNS: Final = tuple((mask(pattern.signs), pattern) for pattern in PATTERNS)
_ORDINAL: Final = mask(frozenset("第"))
_TITLED: Final = mask(frozenset("第("))  # a chapter's title is followed by one of them


@lru_cache(maxsize=1024)
def number_of(written: str) -> int | None:
    """Return the value of a whole number in Chinese or other digits, or None."""
    if len(written) > LONGEST:
        return None
    if written.isdecimal():
        return int(written)
    if written in _ROMAN:
        return _ROMAN.index(written) + 1
    from cn2an import cn2an

    try:
        return int(cn2an(written.replace("廿", "二十"), "smart"))
    except (ValueError, KeyError):  # KeyError: 百十七
        return None


def _titled_numbers(titles: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds one of the titles with a section's number behind it."""
    known = "|".join(re.escape(title) for title in sorted(titles, key=len, reverse=True) if title)
    if not known:
        return None
    between = r"[”\"」』》]?(?:部分|一章|章节|[里中的、,:\s])*"
    return re.compile(
        rf"(?P<t>{known}){between}(?:第(?P<s>{NUMBER})(?:{PART})|[(](?P<r>{NUMBER})[)])"
    )


def _cited(node: Section, text: str, match: re.Match[str]) -> Citation:
    start, end = match.span()
    weight = WEIGHTS["citation"]
    return Citation("citation", (node.code,), start, end, text[start:end], node.heading, weight)


class NumberFinder:
    """Finds citations by chapter and section number, and by page."""

    def __init__(self, plan: Plan) -> None:
        self._nodes = {node.code: node for node in plan.walk()}
        self._paged = sorted(
            (node for node in plan.sections if node.page is not None),
            key=lambda node: node.page or 0,
        )
        self._by_title = {align(node.title): node.code for node in plan.chapters if node.sections}
        self._chapters = _titled_numbers(self._by_title)

    def find(self, forms: Forms) -> list[Citation]:
        """Return the citations of one text that name a node the plan has."""
        text, aligned = forms.text, forms.aligned
        found = self._numbered(text, aligned, present(aligned))
        return found + list(self._pages(text, aligned)) if is_paged(aligned) else found

    def find_all(self, batch: Batch, signs: Signs) -> dict[int, list[Citation]]:
        """Return what ``find`` does of each text with any."""
        texts, aligned = batch.texts, batch.aligned
        found = {
            text: self._numbered(texts[text], aligned[text], bits)
            for text, bits in signs.numbered().items()
        }
        for text in signs.paged():
            found.setdefault(text, []).extend(self._pages(texts[text], aligned[text]))
        return found

    def _numbered(self, text: str, aligned: str, bits: int) -> list[Citation]:
        """Return the citations by number of a text that has these signs of the patterns."""
        none = _ORDINAL if bits & _ORDINAL and not ORDINAL.search(aligned) else 0
        found = list(self._numbers(text, aligned, bits ^ none)) if bits ^ none else []
        if bits & _TITLED and any(title in aligned for title in self._by_title):
            found += self._titled(text, aligned)
        return found

    def _titled(self, text: str, aligned: str) -> Iterator[Citation]:
        """Yield a chapter's title followed by the number of its section (保障措施第二条)."""
        if self._chapters is None:
            return
        for match in self._chapters.finditer(aligned):
            number = number_of(match["s"] or match["r"])
            node = self._nodes.get(f"{self._by_title[match['t']]}.{number}")
            if node is not None:
                yield _cited(node, text, match)

    def _numbers(self, text: str, aligned: str, bits: int) -> Iterator[Citation]:
        """Yield what the patterns find in a text that has these signs of theirs."""
        taken: set[int] = set()
        for own, pattern in _PATTERNS:
            if not bits & own:
                continue
            for match in pattern.regex.finditer(aligned):
                places = range(*match.span())
                node = None if taken.intersection(places) else self._node(match)
                if node is not None and not (pattern.flat and node.sections):
                    taken.update(places)
                    yield _cited(node, text, match)

    def _node(self, match: re.Match[str]) -> Section | None:
        numbers = [number_of(match[name]) for name in match.re.groupindex]
        code = ".".join(str(number) for number in numbers)
        return self._nodes.get(code)

    def _pages(self, text: str, aligned: str) -> Iterator[Citation]:
        if not self._paged:
            return
        for match in PAGES.finditer(aligned):
            pages = [number_of(page) for page in re.findall(NUMBER, match["p"] or match["q"])]
            codes = dict.fromkeys(code for page in pages if page for code in self._on(page))
            if codes:
                yield Citation(
                    "page",
                    tuple(codes),
                    *match.span(),
                    text[slice(*match.span())],
                    "、".join(self._nodes[code].heading for code in codes),
                    WEIGHTS["page"],
                )

    def _on(self, page: int) -> list[str]:
        """Return the sections on a page: those that begin there and the one that runs into it."""
        found = []
        for node, after in zip(self._paged, [*self._paged[1:], None], strict=True):
            first = node.page or 0
            last = after.page if after is not None and after.page is not None else first
            if first <= page <= last:
                found.append(node.code)
        return found
