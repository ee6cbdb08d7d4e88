"""Citations by figure: indicators and targets of the plan, with numbers in any script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from consult.analysis.citations_kinds import WEIGHTS, Citation
from consult.analysis.normalise import align
from consult.analysis.phrases import PhraseFinder
from consult.domain.consultation import Indicator, Plan, Section
from consult.domain.lexicon import FigureWords, Lexicon

_CHINESE: Final = "零〇一二两三四五六七八九十百千万亿"
# 百分之二点五 | 一千五百 | 1,500 | 2.50% | 18.55万; blanks and the & of R&D are written or not.
_NUMERAL: Final = re.compile(
    rf"百分之(?P<percent>[{_CHINESE}]+(?:点[{_CHINESE}]+)?)"
    rf"|(?P<chinese>[{_CHINESE}]{{2,}}(?:点[{_CHINESE}]+)?)"
    r"|(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?P<scale>[万亿]?)"
    r"|(?P<blank>[\s&]+)"
)
_SCALE: Final = {"": 1, "万": 10**4, "亿": 10**8}
# A figure with its unit: percent sign or one character; two digits at least, smaller ones repeat.
_FIGURE: Final = re.compile(r"(?<![\d.])\d{2,}(?:\.\d+)?(?:%|[\u4e00-\u9fff])|\d+\.\d+%?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d年|\d+[月日]")
_COMMONEST: Final = 2  # a figure of more sections points nowhere
LONGEST: Final = 20  # characters of a numeral; cn2an takes seconds for thousands of them
BOTH: Final = 0.9  # an indicator named together with one of its figures


@lru_cache(maxsize=4096)
def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


@lru_cache(maxsize=4096)
def _chinese(written: str) -> str:
    """Return a Chinese numeral in digits; what is none stays as written (十四五)."""
    if len(written) > LONGEST:
        return written
    from cn2an import cn2an

    try:
        return _plain(Decimal(str(cn2an(written, "smart"))))
    except (ValueError, KeyError, InvalidOperation):  # KeyError: 两亿二, 百十七
        return written


def _rewritten(match: re.Match[str]) -> str:
    if match["percent"]:
        return _chinese(match["percent"]) + "%"
    if match["chinese"]:
        return _chinese(match["chinese"])
    if match["digits"]:
        return _plain(Decimal(match["digits"].replace(",", "")) * _SCALE[match["scale"]])
    return ""


def figure_view(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the aligned text with every number in one spelling, and the span behind each place."""
    aligned = align(text)
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    done = 0
    for match in _NUMERAL.finditer(aligned):
        pieces.append(aligned[done : match.start()])
        spans.extend((place, place + 1) for place in range(done, match.start()))
        written = _rewritten(match)
        pieces.append(written)
        spans.extend([match.span()] * len(written))
        done = match.end()
    pieces.append(aligned[done:])
    spans.extend((place, place + 1) for place in range(done, len(aligned)))
    return "".join(pieces), spans


@dataclass(slots=True)
class _Entry:
    """An indicator or target: where it stands, how it is shown, what was found of it."""

    kind: str
    section: str
    shown: str
    figures: frozenset[str] = field(default_factory=frozenset)


def _of_indicator(indicator: Indicator) -> tuple[FigureWords, str]:
    unit = "%" if indicator.unit == "%" else ""
    figures = tuple(f"{value}{unit}" for value in (indicator.base, indicator.target) if value)
    words = FigureWords(indicator.section, (indicator.name,), figures, indicator.number)
    return words, f"{indicator.number} {indicator.name}"


class FigureFinder:
    """Finds indicators and targets by their names, and figures that one section alone has."""

    def __init__(self, plan: Plan, lexicon: Lexicon) -> None:
        self._entries: list[_Entry] = []
        self._named: dict[str, list[int]] = {}
        names = {indicator.number: indicator for indicator in plan.indicators}
        for indicator in plan.indicators:
            self._add(*_of_indicator(indicator))
        for words in lexicon.figures:
            known = names.get(words.number)
            shown = f"{known.number} {known.name}" if known else "、".join(words.figures)
            self._add(words, shown)
        self._phrases = PhraseFinder(self._named)
        self._only = _rare_figures(plan.sections)
        self._headings = {node.code: node.heading for node in plan.sections}

    def _add(self, words: FigureWords, shown: str) -> None:
        kind = "indicator" if words.number else "target"
        figures = frozenset(figure_view(figure)[0] for figure in words.figures)
        for name in words.names:
            self._named.setdefault(figure_view(name)[0], []).append(len(self._entries))
        self._entries.append(_Entry(kind, words.section, shown, figures))

    def find(self, text: str) -> Iterator[Citation]:
        """Yield named indicators and targets, then lone figures."""
        view, spans = figure_view(text)
        figures = [match for match in _FIGURE.finditer(view) if not _YEAR.match(match[0])]
        written = {match[0].rstrip("%") for match in figures} | {match[0] for match in figures}
        for place, phrase in self._phrases.find(view):
            if not _cuts_number(view, place, phrase):
                yield self._named_citation(text, spans, place, phrase, written)
        for match in figures:
            codes = self._only.get(match[0], ())
            if codes:
                start, end = spans[match.start()][0], spans[match.end() - 1][1]
                shown = "、".join(self._headings[code] for code in codes)
                weight = WEIGHTS["target"] / 2 / len(codes)
                yield Citation("target", codes, start, end, text[start:end], shown, weight)

    def _named_citation(
        self,
        text: str,
        spans: list[tuple[int, int]],
        place: int,
        phrase: str,
        written: set[str],
    ) -> Citation:
        entries = [self._entries[index] for index in self._named[phrase]]
        start, end = spans[place][0], spans[place + len(phrase) - 1][1]
        codes = tuple(dict.fromkeys(entry.section for entry in entries))
        with_figure = any(entry.figures & written for entry in entries)
        weight = BOTH if with_figure else WEIGHTS[entries[0].kind]
        shown = entries[0].shown
        return Citation(
            entries[0].kind, codes, start, end, text[start:end], shown, weight / len(codes)
        )


def _cuts_number(view: str, place: int, phrase: str) -> bool:
    """Tell whether the match begins or ends inside a number (60户 in 160户)."""
    end = place + len(phrase)
    before, after = view[place - 1 : place], view[end : end + 1]
    begins = phrase[0].isdigit() and (before.isdigit() or before == ".")
    return begins or (phrase[-1].isdigit() and after.isdigit())


def _rare_figures(sections: tuple[Section, ...]) -> dict[str, tuple[str, ...]]:
    """Return the figures with unit that stand in no more than two sections."""
    found: dict[str, dict[str, None]] = {}
    for section in sections:
        view, _ = figure_view("\n".join((*section.paragraphs, section.summary)))
        for match in _FIGURE.finditer(view):
            if not _YEAR.match(match[0]):
                found.setdefault(match[0], {})[section.code] = None
    return {figure: tuple(codes) for figure, codes in found.items() if len(codes) <= _COMMONEST}
