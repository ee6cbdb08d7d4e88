"""What a comment does (意见类型), by tables of cues; ``offtopic`` is for the caller to decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from consult.analysis.asks import is_long, sentences
from consult.analysis.point_screen import SCREEN, Look, Seen, look_at
from consult.analysis.stance_cues import ANY_HARMLESS, CUES
from consult.analysis.stance_forms import (
    AFTER,
    ASK,
    BUT,
    COUNTED,
    HAPPENED,
    INTERROGATIVE,
    PERSON,
    RHETORICAL,
    TOLD,
)
from consult.domain.comment import Kind

# Of equal weight: the rarer, more telling kind first. Scores are lists in this order.
_ORDER: Final = (Kind.OPPOSE, Kind.SUPPORT, Kind.QUESTION, Kind.EXPERIENCE, Kind.SUGGESTION)
_OPPOSE, _SUPPORT, _QUESTION, _EXPERIENCE, _SUGGESTION = range(len(_ORDER))


class _Cue(NamedTuple):
    """A cue as it is searched for: its kind by place, and what a text must show for it."""

    kind: int
    weight: float
    ground: float
    pattern: re.Pattern[str]
    need: int


def _compiled() -> tuple[_Cue, ...]:
    found = []
    for cue in CUES:
        pattern = re.compile(cue.pattern)
        ground = cue.weight if cue.ground else 0.0
        place = _ORDER.index(cue.kind)
        found.append(_Cue(place, cue.weight, ground, pattern, SCREEN.need(pattern)))
    return tuple(found)


_COMPILED: Final = _compiled()
_HARMLESS_NEED: Final = SCREEN.need(ANY_HARMLESS)
_HAPPENED_NEED, _COUNTED_NEED, _TOLD_NEED = map(SCREEN.need, (HAPPENED, COUNTED, TOLD))
# One cue counts at most so often: a long letter is not an ask ten times over.
_MOST_OFTEN: Final = 2
_ASKED: Final = 1.7  # a question that information answers; the last sentence counts a bit more
_LAST_ASKED: Final = 0.6
_PLAIN_ASK: Final = 1.0  # weight from which a text asks for something
_ON_THE_WAY: Final = 0.5
# A story: what each deed told adds, how many count, and the part of the text that may ask.
_DEED: Final = 0.2
_MOST_DEEDS: Final = 5
_MOST_TOLD: Final = 1.0 + _DEED * _MOST_DEEDS
_MOST_ASKING: Final = 0.3
_LONG_STORY: Final = 60  # characters; a shorter text that asks for something tells its ground
_TOLD_WITHOUT_PERSON: Final = 3  # deeds from which a story without an "I" is one
_SHORTEST_STORY: Final = 15  # folded characters; below nothing is told


def kind_of(text: str) -> Kind:
    """Return what a comment does; a suggestion where nothing speaks for another kind."""
    return kinds_in([look_at(text)])[0]


def kinds_in(looks: Sequence[Look]) -> list[Kind]:
    """Return what :func:`kind_of` does, of comments that were looked at.

    One cue after the other is searched for in all comments that may hold it.
    """
    aligned = [look.aligned.strip() for look in looks]
    scores, grounds = _scores(looks, aligned)
    return [_kind(*each) for each in zip(looks, aligned, scores, grounds, strict=True)]


def _kind(look: Look, aligned: str, scores: list[float], ground: float) -> Kind:
    """Return what a comment does by the scores of its cues, which change."""
    if "?" in aligned:
        scores[_QUESTION] += _asked(aligned)
    if scores[_SUGGESTION] >= _PLAIN_ASK:
        # What is scorned or asked on the way to an ask is its ground.
        scores[_OPPOSE] -= _ON_THE_WAY * ground
        if scores[_QUESTION] and AFTER.search(aligned, aligned.rfind("?") + 1):
            scores[_QUESTION] *= _ON_THE_WAY
    if scores[_SUPPORT] and (BUT.search(aligned) or ASK.search(aligned)):
        scores[_SUPPORT] *= 0.3  # politeness in front of an ask
    if max(scores[_QUESTION], scores[_OPPOSE], scores[_SUPPORT]) < 1 and _may_outweigh(scores):
        scores[_EXPERIENCE] += _told(look, aligned)
    most = max(scores)
    return _ORDER[scores.index(most)] if most >= 1.0 else Kind.SUGGESTION


def _may_outweigh(scores: Sequence[float]) -> bool:
    """Tell whether a story could outweigh the asks: else it need not be looked for."""
    return scores[_SUGGESTION] <= scores[_EXPERIENCE] + _MOST_TOLD


def _scores(looks: Sequence[Look], aligned: list[str]) -> tuple[list[list[float]], list[float]]:
    """Add up the cues of each kind; the second value is what opposes as a ground only."""
    seen = Seen(looks)
    words = aligned.copy()
    for place in seen.holding(_HARMLESS_NEED):
        words[place] = ANY_HARMLESS.sub("\0", aligned[place])
    scores = [[0.0] * len(_ORDER) for _ in looks]
    grounds = [0.0] * len(looks)
    for kind, weight, as_ground, pattern, need in _COMPILED:
        search = pattern.search
        for place in seen.holding(need):
            text = words[place]
            found = search(text)
            if found:
                often = _MOST_OFTEN if search(text, found.end()) else 1
                scores[place][kind] += weight * often
                grounds[place] += as_ground * often
    return scores, grounds


def _asked(aligned: str) -> float:
    """Return the weight of the questions that information answers; those for effect have none."""
    found = 0.0
    spans = [span for span in sentences(aligned) if span[0] < span[1]]
    for place, (a, b) in enumerate(spans, 1):
        words = aligned[a:b]
        if "?" in words and INTERROGATIVE.search(words) and not RHETORICAL.search(words):
            found += _ASKED + (_LAST_ASKED if place == len(spans) else 0.0)
    return min(found, _MOST_OFTEN * _ASKED)


def _told(look: Look, aligned: str) -> float:
    """Return how much of a story a text is: who, when or how often, and what came of it.

    A story with an ask at its end is one where most of the text tells.
    """
    if not look.may(_TOLD_NEED):
        return 0.0
    happened = len(HAPPENED.findall(aligned)) if look.may(_HAPPENED_NEED) else 0
    happened += len(COUNTED.findall(aligned)) if look.may(_COUNTED_NEED) else 0
    if not happened or not is_long(aligned, _SHORTEST_STORY):
        return 0.0
    told = len(TOLD.findall(aligned))
    if told < (1 if PERSON.search(aligned) else _TOLD_WITHOUT_PERSON):
        return 0.0
    asking = sum(b - a for a, b in sentences(aligned) if AFTER.search(aligned, a, b))
    if asking > (_MOST_ASKING * len(aligned) if len(aligned) >= _LONG_STORY else 0):
        return 0.0
    return 1.0 + _DEED * min(_MOST_DEEDS, happened + told - 2)
