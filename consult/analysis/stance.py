"""What a comment does (意见类型), by a table of cues; ``offtopic`` is for the caller to decide."""

from __future__ import annotations

import re
from typing import Final

from consult.analysis.asks import sentences
from consult.analysis.normalise import align, fold
from consult.analysis.stance_cues import CUES
from consult.domain.comment import Kind

_COMPILED: Final = tuple(
    (cue.kind, re.compile(cue.pattern, re.MULTILINE), cue.weight) for cue in CUES
)
_ASK: Final = re.compile(r"建议|希望|应当|应该|恳请|提议|请(?!问|客|假|来)|必须|盼")
_BUT: Final = re.compile(
    r"(?:支持|赞成|赞同|同意|欢迎|好事|很好).{0,40}[,。;](?:但|不过|可是|只是|就是|然而)"
)
# One cue counts at most so often: a long letter is not an ask ten times over.
_MOST_OFTEN: Final = 2
# A story has room: below this many folded characters nothing is told.
_SHORTEST_STORY: Final = 35
_LEAST_TOLD: Final = 0.7  # part of the text outside of sentences that ask
_TOLD: Final = 1.5  # what a text that does nothing but tell adds to its cues
# Of equal weight: the rarer, more telling kind first.
_ORDER: Final = (Kind.OPPOSE, Kind.SUPPORT, Kind.QUESTION, Kind.EXPERIENCE, Kind.SUGGESTION)


def kind_of(text: str) -> Kind:
    """Return what a comment does; a suggestion where nothing speaks for another kind."""
    aligned = align(text).strip()
    scores = dict.fromkeys(_ORDER, 0.0)
    for kind, pattern, weight in _COMPILED:
        scores[kind] += weight * min(_MOST_OFTEN, sum(1 for _ in pattern.finditer(aligned)))
    _weigh_story(scores, aligned)
    _weigh_ask_behind_support(scores, aligned)
    best = max(_ORDER, key=lambda kind: scores[kind])
    return best if scores[best] >= 1.0 else Kind.SUGGESTION


def _weigh_story(scores: dict[Kind, float], aligned: str) -> None:
    """Let an experience stand only where most of the text tells and little of it asks."""
    spans = [aligned[a:b] for a, b in sentences(aligned) if a < b]
    asking = sum(len(s) for s in spans if _ASK.search(s))
    told = 1.0 - asking / max(1, len(aligned))
    if len(fold(aligned)) < _SHORTEST_STORY or told < _LEAST_TOLD:
        scores[Kind.EXPERIENCE] = 0.0
    else:
        scores[Kind.EXPERIENCE] *= _TOLD * told


def _weigh_ask_behind_support(scores: dict[Kind, float], aligned: str) -> None:
    """Count support as politeness where 但 and an ask follow it."""
    if _BUT.search(aligned) or (scores[Kind.SUPPORT] < 2 and scores[Kind.SUGGESTION] >= 1):
        scores[Kind.SUPPORT] *= 0.3
