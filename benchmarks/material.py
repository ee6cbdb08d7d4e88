"""Synthetic comments: clauses of the shipped comments and summaries, recombined; seeded.

Near-duplicates come in groups of power-law size, as campaign letters do. The texts are good for
time and growth, not for quality: nobody wrote them.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from math import exp
from typing import Final

from consult.cli import corpora
from consult.domain.consultation import OFFPLAN

SLUG: Final = "luzhou-2022"
SHORTEST: Final = 30
LONGEST: Final = 500
# Characters of a text: log-normal, about 127 in the mean, as in the spikes the goals come from.
_LENGTH: Final = (4.65, 0.62)
# A group of k and more has the probability k ** -_TAIL; none is larger than this part of all.
_TAIL: Final = 1.5
_LARGEST_PART: Final = 0.05
# A few asks are made by many, most by few: the share falls with the rank, from about 5 % on.
_LEVEL: Final = 5
_OWN: Final = 2  # clauses out of the ask itself, before others of its section follow
_CLAUSE: Final = re.compile(r"[^，。；！？,;!?\n]+")
_CLAUSE_LENGTH: Final = range(6, 61)
_ADDED: Final = ("我也是这个意见", "请认真考虑", "以上情况属实", "希望早日解决", "盼复")


@dataclass(frozen=True, slots=True)
class Sample:
    """A comment: its section, the ask it makes, and the group of near-duplicates it is in."""

    text: str
    section: str
    ask: str
    group: int


@dataclass(frozen=True, slots=True)
class _Ask:
    name: str
    section: str
    clauses: tuple[str, ...]
    others: tuple[str, ...]  # what else is said about the section


@cache
def corpus() -> corpora.Corpus:
    """Return the shipped consultation with its outline and knowledge."""
    return corpora.load(SLUG)


def samples(n: int, *, seed: int) -> list[Sample]:
    """Return ``n`` comments in random order; the same seed gives the same ones."""
    chance = random.Random(seed)
    asks = _asks()
    weights = list(accumulate(1 / (rank + _LEVEL) for rank in range(len(asks))))
    chance.shuffle(asks)
    made: list[Sample] = []
    group = 0
    while len(made) < n:
        ask = chance.choices(asks, cum_weights=weights)[0]
        clauses = _clauses(ask, chance)
        size = _size(chance, most=min(n - len(made), max(1, int(n * _LARGEST_PART))))
        for copy in range(size):
            text = _joined(_edited(clauses, chance) if copy else clauses, chance)
            made.append(Sample(text, ask.section, ask.name, group))
        group += 1
    chance.shuffle(made)
    return made


def _asks() -> list[_Ask]:
    """Return the asks of the shipped comments with their clauses, in the order of the file."""
    found: dict[tuple[str, str], list[str]] = {}
    by_section: dict[str, list[str]] = {}
    for node in corpus().plan.sections:
        by_section[node.code] = _cut(node.summary)
    for section, name, text in _shipped():
        found.setdefault((section, name), []).extend(_cut(text))
        by_section.setdefault(section, []).extend(_cut(text))
    return [
        _Ask(name, section, tuple(clauses), tuple(by_section[section]))
        for (section, name), clauses in found.items()
        if clauses
    ]


def _shipped() -> Iterator[tuple[str, str, str]]:
    for line in (corpus().folder / "comments.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        section = OFFPLAN if row["sections"][0] == "offtopic" else row["sections"][0]
        yield section, row["point"], row["text"]


def _cut(text: str) -> list[str]:
    return [
        clause for clause in map(str.strip, _CLAUSE.findall(text)) if len(clause) in _CLAUSE_LENGTH
    ]


def _clauses(ask: _Ask, chance: random.Random) -> list[str]:
    """Return clauses of the ask, then of its section, up to a length drawn by chance."""
    wanted = min(LONGEST, max(SHORTEST, int(exp(chance.gauss(*_LENGTH)))))
    chosen: list[str] = []
    length = 0
    while length < wanted:
        clause = chance.choice(ask.clauses if len(chosen) < _OWN else ask.others)
        chosen.append(clause)
        length += len(clause) + 1
    return chosen


def _size(chance: random.Random, *, most: int) -> int:
    return min(most, int((1.0 - chance.random()) ** (-1 / _TAIL)))


def _edited(clauses: Sequence[str], chance: random.Random) -> list[str]:
    """Return a copy as signers make them: as it is, with words added, one left out or mistyped."""
    copy = list(clauses)
    act = chance.randrange(4)
    if act == 1:
        copy.append(chance.choice(_ADDED))
    elif act == 2 and len(copy) > 4:
        del copy[chance.randrange(len(copy))]
    elif act == 3:
        place = chance.randrange(len(copy))
        at = chance.randrange(1, len(copy[place]))
        copy[place] = copy[place][: at - 1] + copy[place][at:]
    return copy


def _joined(clauses: Sequence[str], chance: random.Random) -> str:
    """Join with commas and a full stop about every third clause, to at most ``LONGEST``."""
    text = "".join(clause + ("。" if chance.random() < 0.3 else "，") for clause in clauses)
    return text[: LONGEST - 1].rstrip("，。") + "。"
