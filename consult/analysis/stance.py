"""What a comment does (意见类型), by tables of cues; ``offtopic`` is for the caller to decide."""

from __future__ import annotations

import re
from typing import Final

from consult.analysis.asks import aligned as align
from consult.analysis.asks import is_long, sentences
from consult.analysis.stance_cues import CUES, HARMLESS, STAY
from consult.analysis.stance_forms import (
    COUNTED,
    HAPPENED,
    INTERROGATIVE,
    PERSON,
    RHETORICAL,
    TOLD,
)
from consult.domain.comment import Kind

_COMPILED: Final = tuple((cue, re.compile(cue.pattern)) for cue in CUES)
# Asks with a matter of their own: neither that the draft stay or come soon, nor for figures.
_ASK: Final = re.compile(
    rf"建议(?!{STAY})|应当|应该|恳请|必须|请(?!问|教|{STAY}|解释|说明|核|告知)"
)
_AFTER: Final = re.compile(
    "|".join(
        rf"{word}(?!问|教|公[布开]|解释|说明|核|告知|.{{0,8}}公[布开])"
        for word in ("建议", "希望", "应当", "应该", "请", "恳请")
    )
    + r"|必须|能不能(?!用|申|报|算)|能否|可不可以|可以不\?|行不行"
)
_HARMLESS: Final = re.compile("|".join(pattern for pattern, _ in HARMLESS))
_INTERROGATIVE: Final = re.compile(INTERROGATIVE)
_RHETORICAL: Final = re.compile(RHETORICAL)
_PERSON: Final = re.compile(PERSON)
_HAPPENED: Final = re.compile(HAPPENED)
_COUNTED: Final = re.compile(COUNTED)
_TOLD: Final = re.compile(TOLD)
_BUT: Final = re.compile(
    r"(?:支持|赞成|赞同|同意|欢迎|好事|很好|不错|好[,。]).{0,40}[,。;](?:但|不过|可是|只是|就是|然而|同时)"
)
# One cue counts at most so often: a long letter is not an ask ten times over.
_MOST_OFTEN: Final = 2
_ASKED: Final = 1.7  # a question that information answers; the last sentence counts a bit more
_LAST_ASKED: Final = 0.6
_PLAIN_ASK: Final = 1.0  # weight from which a text asks for something
_ON_THE_WAY: Final = 0.5
# A story: what each deed told adds, how many count, and the part of the text that may ask.
_DEED: Final = 0.2
_MOST_DEEDS: Final = 5
_MOST_ASKING: Final = 0.3
_LONG_STORY: Final = 60  # characters; a shorter text that asks for something tells its ground
_TOLD_WITHOUT_PERSON: Final = 3  # deeds from which a story without an "I" is one
_SHORTEST_STORY: Final = 15  # folded characters; below nothing is told
# Of equal weight: the rarer, more telling kind first.
_ORDER: Final = (Kind.OPPOSE, Kind.SUPPORT, Kind.QUESTION, Kind.EXPERIENCE, Kind.SUGGESTION)


def kind_of(text: str) -> Kind:
    """Return what a comment does; a suggestion where nothing speaks for another kind."""
    aligned = align(text).strip()
    scores, ground = _scores(_HARMLESS.sub("\0", aligned))
    scores[Kind.QUESTION] += _asked(aligned)
    asking = scores[Kind.SUGGESTION] >= _PLAIN_ASK
    if asking:  # what is scorned or asked on the way to an ask is its ground
        scores[Kind.OPPOSE] -= _ON_THE_WAY * ground
        if _AFTER.search(aligned, aligned.rfind("?") + 1):
            scores[Kind.QUESTION] *= _ON_THE_WAY
    if scores[Kind.SUPPORT] and (_BUT.search(aligned) or _ASK.search(aligned)):
        scores[Kind.SUPPORT] *= 0.3  # politeness in front of an ask
    if max(scores[Kind.QUESTION], scores[Kind.OPPOSE], scores[Kind.SUPPORT]) < 1:
        scores[Kind.EXPERIENCE] += _told(aligned)
    best = max(_ORDER, key=lambda kind: scores[kind])
    return best if scores[best] >= 1.0 else Kind.SUGGESTION


def _scores(aligned: str) -> tuple[dict[Kind, float], float]:
    """Add up the cues of each kind; the second value is what opposes as a ground only."""
    scores = dict.fromkeys(_ORDER, 0.0)
    ground = 0.0
    for cue, pattern in _COMPILED:
        found = pattern.search(aligned)
        if found:
            twice = pattern.search(aligned, found.end()) is not None
            weight = cue.weight * (_MOST_OFTEN if twice else 1)
            scores[cue.kind] += weight
            ground += weight if cue.ground else 0.0
    return scores, ground


def _asked(aligned: str) -> float:
    """Return the weight of the questions that information answers; those for effect have none."""
    if "?" not in aligned:
        return 0.0
    found = 0.0
    spans = [span for span in sentences(aligned) if span[0] < span[1]]
    for place, (a, b) in enumerate(spans, 1):
        words = aligned[a:b]
        if "?" in words and _INTERROGATIVE.search(words) and not _RHETORICAL.search(words):
            found += _ASKED + (_LAST_ASKED if place == len(spans) else 0.0)
    return min(found, _MOST_OFTEN * _ASKED)


def _told(aligned: str) -> float:
    """Return how much of a story a text is: who, when or how often, and what came of it.

    A story with an ask at its end is one where most of the text tells.
    """
    if not is_long(aligned, _SHORTEST_STORY):
        return 0.0
    happened = len(_HAPPENED.findall(aligned)) + len(_COUNTED.findall(aligned))
    if not happened:
        return 0.0
    told = len(_TOLD.findall(aligned))
    if told < (1 if _PERSON.search(aligned) else _TOLD_WITHOUT_PERSON):
        return 0.0
    asking = sum(b - a for a, b in sentences(aligned) if _AFTER.search(aligned, a, b))
    if asking > (_MOST_ASKING * len(aligned) if len(aligned) >= _LONG_STORY else 0):
        return 0.0
    return 1.0 + _DEED * min(_MOST_DEEDS, happened + told - 2)
