"""Whether two texts want opposite things: similarity cannot tell, the table of opposites can.

Texts that share nearly all words may want the reverse of each other. A family may not join them
and a theme may not hold them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from operator import add
from typing import TYPE_CHECKING, Final

from consult.analysis.asks import CUES, ask_start, clauses, sentences
from consult.analysis.figures import figures
from consult.analysis.normalise import align, fold
from consult.analysis.opposites_antonyms import ANTONYMS
from consult.analysis.opposites_axes import Axes
from consult.analysis.opposites_characters import exchanged
from consult.analysis.opposites_heads import Place
from consult.analysis.opposites_order import orders
from consult.analysis.opposites_scope import negates
from consult.analysis.opposites_table import (
    BOUND,
    BUILT_IN,
    DEGREE,
    ENOUGH,
    LIFTED,
    OUGHT,
    STANCE,
)
from consult.analysis.screen import Screen
from consult.analysis.stance_cues import CUES as STANCE_CUES
from consult.domain.comment import Kind
from consult.domain.lexicon import Opposite

if TYPE_CHECKING:
    from consult.analysis.normalise_batch import Batch

_FROM_TO: Final = re.compile(r"改[为成到]|调整?[为到至]|放到|提到")
_INSTEAD: Final = re.compile(r"改[为成由]|换成")
_ASKS_FOR: Final = 0.6  # strength of a cue from which a text is for what it asks
# Joined flat: the search skips to the first characters of all alternatives, six times as fast.
_IS_FOR: Final = re.compile(
    "|".join(
        (
            *(c.pattern for c in CUES if c.weight >= _ASKS_FOR),
            # Wanting in speech without a cue of asking: 给我们安排个学校, 都包干嘛.
            r"给(?:我们|咱们?|大家|[点个些])|[嘛噻撒](?=$|[,。!?;~])",
        )
    )
)
# Against it by the cues that make a comment one of opposition; scorn alone is a ground for much.
_OPPOSES: Final = 2.0
_AGAINST: Final = (
    *(
        re.compile(c.pattern)
        for c in STANCE_CUES
        if c.kind is Kind.OPPOSE and not c.ground and c.weight >= _OPPOSES
    ),
    re.compile(ENOUGH),
    # Scorn that says plainly: not this.
    re.compile(
        r"(?:是|纯属|就是)浪费|犯不着|用不着|划不着|[搞做使去]不得|笑话|算了吧|谁(?:想要|稀罕)"
    ),
    re.compile(r"(?:搞|要|建|修|弄|设)(?:什么|啥子?)[^,。!?;]{1,8}[哦哟嘛]"),
)
_LIFTS: Final = re.compile(LIFTED)
# What a text must hold for most of these to be found: few texts do.
_SCREEN: Final = Screen((*_AGAINST, _INSTEAD, _FROM_TO))
_NEEDED_AGAINST: Final = tuple((pattern, _SCREEN.need(pattern)) for pattern in _AGAINST)
_NEEDED_INSTEAD: Final = _SCREEN.need(_INSTEAD)
_NEEDED_FROM_TO: Final = _SCREEN.need(_FROM_TO)
_EVERYTHING: Final = -1  # a text that nobody has looked at may hold all of it
_MOST_KNOWN: Final = 1 << 16
LEAST_ALIKE: Final = 0.4  # Dice of character pairs from which two clauses say the same or reverse


class Opposites:
    """The built-in table with the words of a consultation's lexicon added."""

    def __init__(self, extra: Iterable[Opposite] = ()) -> None:
        own = ((f"lexicon-{i}", pair) for i, pair in enumerate(extra))
        # An ought and its negation oppose only where they speak of one thing: see ``negates``.
        table = [(name, pair) for name, pair in BUILT_IN if name != OUGHT]
        self._axes = Axes([*table, *ANTONYMS, *own])
        self._known: dict[str, dict[str, int]] = {}  # clauses come again and again in copies

    def leaning(self, text: str) -> Mapping[str, int]:
        """Return +1 or -1 for each axis the text takes a side on, by what it asks for."""
        aligned = align(text)
        return self._leaning(aligned, self._axes.heads.places(aligned), _EVERYTHING)

    def leanings(self, batch: Batch) -> list[Mapping[str, int]]:
        """Return the leaning of each text of a batch."""
        places, seen = self._axes.heads.places_in(batch), _SCREEN.look(batch.aligned)
        return [self._leaning(*own) for own in zip(batch.aligned, places, seen, strict=True)]

    def _leaning(self, aligned: str, places: Sequence[Place], seen: int) -> Mapping[str, int]:
        """Return the leaning of a text; ``seen`` is what the screen has seen in it."""
        cue = ask_start(aligned)
        start = max(0, cue)
        if not start and seen & _NEEDED_INSTEAD == _NEEDED_INSTEAD:
            start = _put_instead(aligned)
        votes = {DEGREE: 0, STANCE: 0}
        # What is asked counts more than what is told: 由0.92提到2.5不现实，建议调低.
        for name, side in self._axes.sides(aligned, start, 3 if start else 1, places):
            votes[name] = votes.get(name, 0) + side
        if seen & _NEEDED_FROM_TO == _NEEDED_FROM_TO:
            votes[DEGREE] += _figure_direction(aligned, start)
        votes[DEGREE] = votes[DEGREE] or votes.get(BOUND, 0)  # 不低于80% wants more than 降到一半
        if not votes[STANCE] and _is_against(aligned, seen):
            votes[STANCE] = -1
        # What asks plainly is among what is for something.
        if not votes[STANCE] and (cue >= 0 or _IS_FOR.search(aligned)):
            votes[STANCE] = 1
        votes.update(orders(aligned))
        return {axis: 1 if vote > 0 else -1 for axis, vote in sorted(votes.items()) if vote}

    def reverse(self, text: str, other: str) -> bool:
        """Tell whether one text is the other with its ask turned round.

        Looks at the clauses only one of them has: a pair of alike ones that differ in a word of
        the table, in a negation or, where something is asked, in a figure.
        """
        ours, theirs = _clauses(text), _clauses(other)
        right = theirs - ours
        if not right:  # one holds the other word for word: so does every second one of a group
            return False
        asked, said = partial(asked_in, text, other), _said(other)
        return any(
            self.turned(words, match, asked)
            for words in ours - theirs
            if (match := _counterpart(words, right, said))
        )

    def turned(self, words: str, other: str, asked: Callable[[str, str], bool]) -> bool:
        """Tell whether one of two alike clauses is the other turned round.

        ``asked`` tells whether either of them asks: a bare negation or a figure counts only there.
        """
        return self._opposed(words, other) or (self._turned(words, other) and asked(words, other))

    def _opposed(self, words: str, other: str) -> bool:
        ours, theirs = self._sides(words), self._sides(other)
        return (
            any(theirs.get(axis, side) != side for axis, side in ours.items())
            or negates(words, other, asked=False)
            or exchanged(words, other)
        )

    def _turned(self, words: str, other: str) -> bool:
        """Compare two clauses that ask: one against it, a negation or a figure changed."""
        against = [self._sides(text).get(STANCE) == -1 for text in (words, other)]
        return (
            against[0] != against[1]
            or negates(words, other, asked=True)
            or _figure_differs(words, other)
        )

    def _sides(self, aligned: str) -> dict[str, int]:
        found = self._known.get(aligned)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[aligned] = found = {
                **dict(self._axes.sides(aligned)),
                **orders(aligned),
            }
        return found


def _put_instead(aligned: str) -> int:
    """Return where a text says what it wants instead, 0 where it does not."""
    match = _INSTEAD.search(aligned)
    return match.start() if match else 0


def _is_against(aligned: str, seen: int) -> bool:
    """Tell whether a text is against what it names, short of a word of the table that says so."""
    return any(
        seen & need == need and pattern.search(aligned) for pattern, need in _NEEDED_AGAINST
    ) and not _LIFTS.search(aligned)


def _counterpart(words: str, others: Iterable[str], text: str) -> str:
    """Return the clause most like this one, nothing where none says the same or the reverse.

    Most clauses have none, which the folded text of the others tells: whatever is alike enough
    holds a quarter of the pairs of characters.
    """
    own = _pairs(words)
    if 4 * sum([pair in text for pair in own]) < len(own):
        return ""
    return likest(words, others)


def likest(words: str, others: Iterable[str]) -> str:
    """Return the aligned clause most like this one, nothing where none is ``LEAST_ALIKE``."""
    own = _pairs(words)
    size = len(own)
    likeness, match = LEAST_ALIKE, ""
    for other in others:
        pairs = _pairs(other)
        total = size + len(pairs)
        if not total or 2 * min(size, len(pairs)) < likeness * total:
            continue  # too unlike in length
        found = 2 * len(own & pairs) / total
        if found > likeness or (found == likeness and other > match):
            likeness, match = found, other
    return match


def asked_in(text: str, other: str, words: str, match: str) -> bool:
    """Tell whether a clause of one text or one of the other asks or goes on with what is asked."""
    return _asking(text)[words] or _asking(other)[match]


@lru_cache(maxsize=1 << 12)  # each text of a group is compared with several
def _clauses(text: str) -> frozenset[str]:
    """Return the clauses of a text, aligned."""
    return frozenset(sentence[a:b] for sentence in _sentences(text) for a, b in clauses(sentence))


@lru_cache(maxsize=1 << 10)  # an ask is compared with all texts of a group, one after the other
def _said(text: str) -> str:
    """Return the folded clauses of a text, in no order: nothing is looked for across two."""
    return "\n".join(map(_folded, _clauses(text)))


@lru_cache(maxsize=1 << 10)  # of the few that have clauses of their own
def _asking(text: str) -> Mapping[str, bool]:
    """Return of each clause of a text whether it asks or goes on with what is asked."""
    asks: dict[str, bool] = {}
    for sentence in _sentences(text):
        cue = ask_start(sentence)
        for a, b in clauses(sentence):
            words = sentence[a:b]
            asks[words] = asks.get(words, False) or 0 <= cue < b
    return asks


def _sentences(text: str) -> list[str]:
    aligned = align(text)
    return [aligned[start:end] for start, end in sentences(aligned)]


def _folded(clause: str) -> str:
    """Return an aligned clause without its marks: most hold none, which is soon seen."""
    return clause if clause.isalnum() else fold(clause)


def _figure_differs(words: str, other: str) -> bool:
    """Tell whether two clauses name different figures of the same unit."""
    ours, theirs = figures(words), figures(other)
    units = {unit for _, unit in ours} & {unit for _, unit in theirs}
    return any(
        {value for value, u in ours if u == unit}.isdisjoint(v for v, u in theirs if u == unit)
        for unit in units
    )


def _figure_direction(aligned: str, start: int) -> int:
    """Return the direction of "40岁改为35岁": the sign of the change, 0 when there is none."""
    match = _FROM_TO.search(aligned, start)
    if match is None:
        return 0
    before = figures(aligned[: match.start()])
    for value, unit in figures(aligned[match.end() : match.end() + 16]):
        for old, old_unit in reversed(before):
            if unit == old_unit and value != old:
                return 1 if value > old else -1
    return 0


@lru_cache(maxsize=1 << 13)  # so are its clauses, none of which need ever come again
def _pairs(clause: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of an aligned clause without its marks."""
    text = _folded(clause)
    return frozenset(map(add, text, text[1:]))
