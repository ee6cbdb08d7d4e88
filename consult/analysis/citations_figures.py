"""Citations by figure: indicators and targets of the plan, with numbers in any script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from consult.analysis.citations_figure_view import FigureView, figure_view
from consult.analysis.citations_gates import Words
from consult.analysis.citations_kinds import WEIGHTS, Citation
from consult.analysis.citations_signs import Signs
from consult.analysis.key_table import Keys
from consult.analysis.normalise import align, fold
from consult.analysis.normalise_batch import Batch, Forms
from consult.analysis.phrases import Match, PhraseFinder
from consult.domain.consultation import Indicator, Plan, Section
from consult.domain.lexicon import FigureWords, Lexicon

# A figure with its unit: percent sign or one character; two digits at least, smaller ones repeat.
# It begins with a digit in all its forms: so a search passes over everything else at once.
_FIGURE: Final = re.compile(r"\d(?:(?<![\d.]\d)\d+(?:\.\d+)?(?:%|[\u4e00-\u9fff])|\d*\.\d+%?)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d年|\d+[月日]")
_LONGEST: Final = 30  # characters whose figures are kept; longer ones hardly come twice
_MOST: Final = 4096  # such words kept
_LEAST: Final = 2  # folded characters of a name that it is looked for by
_DIGITS: Final = re.compile(r"\d+")
_NUMBER: Final = re.compile(r"\d+(?=(.?))")  # a whole number, and the character behind it
_COMMONEST: Final = 2  # a figure of more sections points nowhere
BOTH: Final = 0.9  # an indicator named together with one of its figures


class _Said(NamedTuple):
    """What a few words with numerals may cite: figures that sections have, and parts of names.

    Of each figure the sections and its span in the words. ``beside`` are folded words: the text
    may have a name where it has one of them.
    """

    figures: tuple[tuple[tuple[str, ...], int, int], ...]
    beside: tuple[str, ...]


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
        numbered = {indicator.number: indicator for indicator in plan.indicators}
        for indicator in plan.indicators:
            self._add(*_of_indicator(indicator))
        for words in lexicon.figures:
            known = numbered.get(words.number)
            shown = f"{known.number} {known.name}" if known else "、".join(words.figures)
            self._add(words, shown)
        self._phrases = PhraseFinder(self._named)
        self._entries_of = [self._named.get(phrase, []) for phrase in self._phrases.phrases]
        self._gate = _NameGate(self._phrases.phrases)
        self._only = _rare_figures(plan.sections)
        self._known: dict[str, _Said] = {}
        headings = {node.code: node.heading for node in plan.sections}
        self._shown = {
            codes: "、".join(headings[code] for code in codes) for codes in self._only.values()
        }

    def _add(self, words: FigureWords, shown: str) -> None:
        kind = "indicator" if words.number else "target"
        figures = frozenset(figure_view(align(figure)).text for figure in words.figures)
        for name in words.names:
            self._named.setdefault(figure_view(align(name)).text, []).append(len(self._entries))
        self._entries.append(_Entry(kind, words.section, shown, figures))

    def find_all(self, batch: Batch, keys: Keys, signs: Signs) -> dict[int, list[Citation]]:
        """Return what ``find`` does of each text with any.

        ``keys`` are the pairs of the batch, ``signs`` its signs. Lone figures are read where they
        stand; a text is read as a whole only where it may have a name.
        """
        named = self._gate.plain(batch, keys)
        lone: dict[int, list[Citation]] = {}
        for text, place, words in signs.figured():
            figures, beside = self._known.get(words) or self._said(words)
            if beside and text not in named:
                folded = batch.folded[text]
                if any(part in folded for part in beside):
                    named.add(text)
            if figures and text not in named:
                own = batch.texts[text]
                lone.setdefault(text, []).extend(
                    self._target(own, codes, place + start, place + end)
                    for codes, start, end in figures
                )
        return lone | {text: self.find(batch[text]) for text in named}

    def _said(self, words: str) -> _Said:
        """Return what a few aligned words with numerals may cite; the same come in thousands."""
        view = figure_view(words)
        figures = (
            (codes, *view.span(*match.span()))
            for match in _figures(view.text)
            if (codes := self._only.get(match[0]))
        )
        beside = (
            part
            for match in _NUMBER.finditer(view.text)
            for number in (match[0], match[0] + match[1])
            for part in self._gate.beside(number)
        )
        said = _Said(tuple(figures), tuple(dict.fromkeys(beside)))
        if len(words) <= _LONGEST and len(self._known) < _MOST:
            self._known[words] = said
        return said

    def find(self, forms: Forms) -> list[Citation]:
        """Return named indicators and targets, then lone figures."""
        view = figure_view(forms.aligned)
        return self._seen(forms, view, self._phrases.find(view.text))

    def _seen(self, forms: Forms, view: FigureView, names: Sequence[Match]) -> list[Citation]:
        figures = [] if view.plain else _figures(view.text)
        if not names:
            return self._lone(forms.text, view, figures)
        written = {match[0] for match in figures}
        written |= {figure.rstrip("%") for figure in written}
        found = [
            self._named_citation(
                forms.text, view.span(start, end), self._entries_of[phrase], written
            )
            for phrase, start, end in names
            if not _cuts_number(view.text, start, end)
        ]
        return found + self._lone(forms.text, view, figures)

    def _lone(
        self, text: str, view: FigureView, figures: Sequence[re.Match[str]]
    ) -> list[Citation]:
        """Return the figures that one or two sections have."""
        return [
            self._target(text, codes, *view.span(*match.span()))
            for match in figures
            if (codes := self._only.get(match[0]))
        ]

    def _target(self, text: str, codes: tuple[str, ...], start: int, end: int) -> Citation:
        """Return the citation of a figure that these sections have, by its place in the text."""
        weight = WEIGHTS["target"] / 2 / len(codes)
        return Citation("target", codes, start, end, text[start:end], self._shown[codes], weight)

    def _named_citation(
        self, text: str, span: tuple[int, int], found: Sequence[int], written: set[str]
    ) -> Citation:
        entries = [self._entries[index] for index in found]
        start, end = span
        codes = tuple(dict.fromkeys(entry.section for entry in entries))
        with_figure = any(entry.figures & written for entry in entries)
        weight = BOTH if with_figure else WEIGHTS[entries[0].kind]
        shown = entries[0].shown
        return Citation(
            entries[0].kind, codes, start, end, text[start:end], shown, weight / len(codes)
        )


class _NameGate:
    """Tells which texts are worth a look for the names of indicators and targets.

    A view of figures writes digits anew and drops blanks: everything else of a name stands in the
    folded form of the text. A number at the edge of a name is a whole one in the view. So a name is
    worth a look where its number stands with the character that is behind it in the name, and the
    longest of its other words anywhere; by the number alone twice as many texts were read.
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names as views of figures."""
        plain, self._numbers = [], dict[str, list[str]]()
        for name in names:
            number = _DIGITS.search(name)
            if number is None:
                plain.append(fold(name))
            else:
                words = max(map(fold, _DIGITS.split(name)), key=len)
                begin = name[number.start() : number.end() + 1]
                self._numbers.setdefault(begin, []).append(words)
        self._everywhere = any(len(name) < _LEAST for name in plain)
        self._plain = Words(name for name in plain if len(name) >= _LEAST)

    def plain(self, batch: Batch, keys: Keys) -> set[int]:
        """Return the texts that may have a name without a digit."""
        return set(range(len(batch))) if self._everywhere else self._plain.find(batch, keys)

    def beside(self, number: str) -> Sequence[str]:
        """Return the words beside a number, folded, in the names that have it.

        The number comes with the character behind it and, for names that it ends, without.
        """
        return self._numbers.get(number, ())


def _figures(view: str) -> list[re.Match[str]]:
    """Return the figures in a view; years and days are none."""
    return [match for match in _FIGURE.finditer(view) if not _YEAR.match(match[0])]


def _cuts_number(view: str, start: int, end: int) -> bool:
    """Tell whether the match begins or ends inside a number (60户 in 160户)."""
    before, after = view[start - 1 : start], view[end : end + 1]
    begins = view[start].isdigit() and (before.isdigit() or before == ".")
    return begins or (view[end - 1].isdigit() and after.isdigit())


def _rare_figures(sections: tuple[Section, ...]) -> dict[str, tuple[str, ...]]:
    """Return the figures with unit that stand in no more than two sections."""
    found: dict[str, dict[str, None]] = {}
    for section in sections:
        view = figure_view(align("\n".join((*section.paragraphs, section.summary))))
        for match in _figures(view.text):
            found.setdefault(match[0], {})[section.code] = None
    return {figure: tuple(codes) for figure, codes in found.items() if len(codes) <= _COMMONEST}
