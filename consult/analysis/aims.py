"""Finds which way a comment wants the figures and indicators of the plan to go."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from consult.analysis.aims_cues import (
    ANY_CUE,
    CHANGE,
    CUE_OF,
    INDICATOR,
    LEADS,
    LONGEST_LEAD,
    NEAR,
    NEGATION,
    TARGET,
    TELLS,
    TO,
    AimCue,
)
from consult.analysis.asks import aligned as align
from consult.analysis.asks import asks_plainly, sentences
from consult.analysis.figures import NUMERALS, Figure, figures_in, may_count
from consult.analysis.phrases import PhraseFinder, tree
from consult.analysis.point_screen import SCREEN, Look, look_at
from consult.domain.aim import Aim, Direction
from consult.domain.consultation import Plan
from consult.domain.lexicon import Lexicon

MOST: Final = 20  # aims of one comment
_SHORTEST_NAME: Final = 2
_BEHIND: Final = 6  # characters in front of a figure in which the word that leads to it stands
# Units that count pieces of text or stand for nothing: 这一条, 提高一点, 两级财政.
_NO_TARGET: Final = frozenset("条点级处届份种批块张位期")
_NEXT: Final = 5  # characters from the end of a name to the end of what is counted of it
# To add, to delete or to explain is of a target only where one is spoken of as such.
_OF_TARGETS: Final = frozenset({Direction.ADD, Direction.DELETE, Direction.CLARIFY})
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_FIRST_YEAR: Final = 1900  # from here on 年 names a year
_Hit = tuple[AimCue, int]  # a cue and its place in a sentence


class AimFinder:
    """Reads comments on one plan; its indicators and their everyday names are known by name."""

    def __init__(self, plan: Plan, lexicon: Lexicon | None = None) -> None:
        indicators = [item.name for item in plan.indicators]
        others = [name for words in (lexicon or Lexicon()).figures for name in words.names]
        self._indicators = _any_of(indicators)
        self._names = _any_of([*indicators, *others])

    def find(self, text: str) -> tuple[Aim, ...]:
        """Return the aims of a comment in the order of its text, one a sentence at most."""
        return self.find_in(look_at(text))

    def find_in(self, look: Look) -> tuple[Aim, ...]:
        """Return what :meth:`find` does, of a comment that was looked at."""
        if not (look.may(_CUE_NEED) or look.may(_CHANGE_NEED)):
            return ()
        counts = may_count(look.aligned)
        if not (look.may(_TARGET_NEED) or self._may_aim(look.aligned, counts=counts)):
            return ()
        found = [
            aim
            for a, b, cues in _moved(look.aligned, changes=look.may(_CHANGE_NEED))
            if (aim := self._aim(look, a, b, cues, counts=counts)) is not None
        ]
        return tuple(found[:MOST])

    def _may_aim(self, words: str, *, counts: bool) -> bool:
        """Tell whether aligned words that call nothing a target may have an aim all the same.

        They must name something of the plan, or lead to a figure, or give one beside words that
        are of indicators alone: half of what has a figure does nothing of this. ``counts`` tells
        whether there may be figures.
        """
        figure = counts and (_LEADING.search(words) or INDICATOR.search(words))
        return bool(figure or self._names.search(words))

    def _aim(
        self, look: Look, start: int, end: int, cues: Sequence[_Hit], *, counts: bool
    ) -> Aim | None:
        text, words = look.text, look.aligned[start:end]
        called, named = TARGET.search(words), self._names.search(words)
        called_for = INDICATOR.search(words) is not None
        leading = counts and _LEADING.search(words) is not None
        spoken_of = called or named or leading or (counts and called_for)
        direction = _by_cue(words, cues) if spoken_of else None
        # Without a figure that is asked for; two sentences in five need not be read for figures.
        if not leading and (direction is None or (direction in _OF_TARGETS and not called_for)):
            return None
        figures = [figure for figure in figures_in(words) if _counts(figure)] if counts else []
        if not (called or figures or self._indicators.search(words)):
            return None
        if TELLS.search(words) and not asks_plainly(words):
            return None
        before, asked = _change(words, figures)
        direction = _by_figures(before, asked) or direction
        place = _subject(words, named, called)
        if direction is None or not (asked or place or (before and called_for)):
            return None
        if direction in _OF_TARGETS and not called_for:
            return None
        return Aim(
            direction=direction,
            subject=text[start + place[0] : start + place[1]] if place else "",
            before=_shown(text, start, before),
            asked=_shown(text, start, asked),
            start=start,
            end=end,
        )


def _moved(aligned: str, *, changes: bool) -> Iterator[tuple[int, int, list[_Hit]]]:
    """Yield the sentences that hold a cue or a verb of change, with their cues in order.

    ``changes`` tells whether the text may have such a verb. No such word goes beyond a sentence.
    """
    hits = [(_CUE_AT[phrase], place) for phrase, place, _ in _CUES.find(aligned)]
    verbs = [match.start() for match in CHANGE.finditer(aligned)] if changes else []
    if not (hits or verbs):
        return
    places = [place for _, place in hits]
    for a, b in sentences(aligned):
        first, end = bisect_left(places, a), bisect_left(places, b)
        if first < end or bisect_left(verbs, a) < bisect_left(verbs, b):
            yield a, b, [(cue, place - a) for cue, place in hits[first:end]]


def _subject(
    words: str, named: re.Match[str] | None, called: re.Match[str] | None
) -> tuple[int, int] | None:
    """Return the place of a name of the plan, else of words that say what is counted.

    A name goes on with what is counted of it: 青年人才年龄.
    """
    if named:
        on = called is not None and 0 < called.end() - named.end() <= _NEXT
        return named.start(), called.end() if called and on else named.end()
    if called is None:
        return None
    start = called.start()
    first = max(0, start - LONGEST_LEAD)
    while start > first and _HAN.match(words[start - 1]):
        start -= 1
    leads = [m.end() for m in LEADS.finditer(words, start, called.end() - 1)]
    start = max(leads, default=start)
    while start < called.end() and words[start] in "的以下上":
        start += 1
    if words[start] == "个" and words[start - 1 : start].isdecimal():
        start += 1
    return start, called.end()


def _any_of(names: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern of the names without their figures, the longest first."""
    bare = {_without_figures(align(name)) for name in names}
    return re.compile(tree(n for n in bare if len(n) >= _SHORTEST_NAME) or r"(?!)")


def _without_figures(name: str) -> str:
    """Return the name of a target without its figure: 高新技术企业300家."""
    for figure in figures_in(name):
        return name[: figure.start].strip()
    return name


def _counts(figure: Figure) -> bool:
    year = figure.unit == "年" and figure.value >= _FIRST_YEAR
    return not year and figure.unit not in _NO_TARGET and (figure.unit, figure.value) != ("个", 1)


def _shown(text: str, start: int, figure: Figure | None) -> str:
    return text[start + figure.start : start + figure.end] if figure else ""


def _change(words: str, figures: Sequence[Figure]) -> tuple[Figure | None, Figure | None]:
    """Return the figure that stands and the one asked for, as far as a sentence gives them.

    The one asked for stands behind 到, 为 or 至; the other is the nearest before it of its unit.
    """
    for place, figure in enumerate(figures):
        lead = words[max(0, figure.start - _BEHIND) : figure.start]
        if TO.search(lead) and _deed_before(words, figure):
            same = [one for one in figures[:place] if one.unit == figure.unit]
            return (same[-1] if same else None), figure
    return (figures[0] if len(figures) == 1 else None), None


def _deed_before(words: str, figure: Figure) -> bool:
    """Tell whether a verb of change leads to a figure: 2020年为0.92% tells of a fact."""
    lead = words[max(0, figure.start - NEAR) : figure.start]
    return _DEED.search(lead) is not None


def _by_figures(before: Figure | None, asked: Figure | None) -> Direction | None:
    if before is None or asked is None or before.value == asked.value:
        return None
    return Direction.RAISE if asked.value > before.value else Direction.LOWER


def _by_cue(words: str, cues: Sequence[_Hit]) -> Direction | None:
    """Return the direction of the last cue that asks: what is wanted stands behind the ground."""
    best: tuple[int, int, Direction] | None = None
    for cue, place in cues:
        if words[place - 1 : place] == "才":
            continue  # 才增加0.46件 tells how little
        direction = cue.direction
        if cue.deed and NEGATION.search(words, max(0, place - NEAR), place):
            direction = Direction.KEEP
        rank = (cue.deed or direction is Direction.KEEP, place)
        if best is None or rank > best[:2]:
            best = (*rank, direction)
    return best[2] if best else None


_CUES: Final = PhraseFinder(CUE_OF)
_CUE_AT: Final = tuple(CUE_OF[word] for word in _CUES.phrases)
_CUE_NEED, _CHANGE_NEED, _TARGET_NEED = map(SCREEN.need, (ANY_CUE, CHANGE, TARGET))
# What stands before a figure that is asked for: the last of the characters of ``TO``.
_LEADING: Final = re.compile(rf"[为成到至在]\s*[\d{NUMERALS}]")
_DEED: Final = re.compile(
    r"改|调|提|降|增|减|放宽|延长|缩短|压|砍|翻|升|加|收紧|控制|定(?:为|在|到)|不如|考虑|建议|希望|应"
)
