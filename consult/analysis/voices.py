"""Who makes the very ask that is printed: the voices (各自的说法) in a group of alike comments.

A theme holds what is about one matter. Whether two of its comments want the same cannot be told
from their likeness: among the sample comments, pairs of one theme that make the same ask are no
more alike than pairs that do not (area under the curve .49 for the cosine). So only plain evidence
counts: the same letter, the same figure wanted the same way, or nearly the same words. Everything
else is a voice of its own, in its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from consult.analysis.asks import asks_plainly, sentences
from consult.analysis.normalise import align, fold
from consult.analysis.opposites import Opposites

# Part of an ask's pairs of characters that one sentence of another text must hold. Of the pairs of
# sample comments above it, read by hand, all make the same ask; at .55 asks that differ in a word
# or two (把路灯修好, 把座椅修好) come in.
SAME_WORDS: Final = 0.65
# Pairs of characters from which an ask is told by them: 加强人才工作 says too little.
TELLING: Final = 8
# What any ask may begin with says nothing about it.
_EMPTY: Final = re.compile(
    r"建议|希望|恳请|请求|强烈|应当|应该|明确|规划|征求意见稿|需要|进一步|能不能|能否|是否|可以"
)
# Who asks to refrain is backed only by who asks so too.
_REFRAIN: Final = re.compile(
    r"不要|不得|不宜|不应|不能|不必|不再|不搞|不赞成|不同意|反对|别|莫|取消|停止|禁止|杜绝|避免|少"
)
_NONE: Final = re.compile(r"无(?:修改)?意见|没有?(?:修改)?意见|无异议|没有异议|不提意见")


Wanted = tuple[str, str, str]  # target, direction, figure


@dataclass(frozen=True)
class Statement:
    """What one text wants, in its own words.

    ``weight`` counts the comments that have this text: a letter and its copies. ``aims`` are the
    figures that the sentence of ``words`` wants changed, each as target, direction and the figure
    wanted, which may be empty; ``wants`` those of the whole text. ``agrees`` tells that it asks
    nothing: it agrees or has no remarks.
    """

    text: str
    words: str
    weight: int = 1
    aims: frozenset[Wanted] = frozenset()
    wants: frozenset[Wanted] = frozenset()
    agrees: bool = False

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of characters of the ask, without what any ask may begin with."""
        return frozenset(pair for part in self.parts for pair in _pairs(part))

    @cached_property
    def parts(self) -> list[str]:
        """The aligned words of the ask between what any ask may begin with."""
        return _EMPTY.split(align(self.words))

    @cached_property
    def folded(self) -> str:
        """The folded words of the ask."""
        return fold(self.words)

    @cached_property
    def sentences(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The sentences of the text, each with its pairs of characters."""
        spans = [span for span in sentences(align(self.text)) if span[0] < span[1]]
        return tuple((self.text[a:b], frozenset(_pairs(self.text[a:b]))) for a, b in spans)

    @cached_property
    def refrains(self) -> bool:
        """Whether the ask is to refrain from something."""
        return _REFRAIN.search(align(self.words)) is not None

    @cached_property
    def silent(self) -> bool:
        """Whether it says that there is nothing to say (无意见)."""
        return _NONE.search(align(self.text)) is not None


def voices(
    statements: Sequence[Statement], opposites: Opposites, first: int = -1
) -> list[tuple[int, ...]]:
    """Group statements (indices) that make the same ask; the first of each says it for all.

    The groups come by how many texts they hold, then by how many comments; of equal ones that of
    ``first``, then of plain asks, then of shorter words. The order of texts does not matter.
    """
    near = [
        [j for j, other in enumerate(statements) if j != i and makes(other, ask, opposites)]
        for i, ask in enumerate(statements)
    ]
    return grouped(statements, near, first)


def grouped(
    statements: Sequence[Statement], near: Sequence[Iterable[int]], first: int = -1
) -> list[tuple[int, ...]]:
    """Group statements of which it is known for each which others make its ask."""
    rank = sorted(range(len(statements)), key=lambda i: _rank(i, statements[i], i == first))
    place = {index: at for at, index in enumerate(rank)}
    backers = {i: set(near[i]) for i in rank if near[i]}
    found: list[tuple[int, ...]] = []
    left = set(rank)
    while backers:
        leader = min(backers, key=lambda i: (-len(backers[i]), place[i]))
        own = (leader, *sorted(backers[leader], key=place.__getitem__))
        left.difference_update(own)
        found.append(own)
        backers = {i: rest for i in left.intersection(backers) if (rest := backers[i] & left)}
    found += [(i,) for i in rank if i in left]  # nobody makes the ask of these
    weight = [statement.weight for statement in statements]
    return sorted(
        found,
        key=lambda own: (-len(own), -sum(weight[i] for i in own), first not in own, place[own[0]]),
    )


def _rank(index: int, one: Statement, first: bool) -> tuple[object, ...]:
    plain = asks_plainly(align(one.words))
    return (-one.weight, not first, not plain, len(one.words), one.text, index)


def makes(one: Statement, ask: Statement, opposites: Opposites) -> bool:
    """Tell whether one text makes the ask of another, by plain evidence alone."""
    told = makes_plainly(one, ask)
    if told is not None:
        return told
    least = SAME_WORDS * len(ask.pairs)
    return any(
        len(ask.pairs & pairs) >= least and says_it(words, ask, opposites)
        for words, pairs in one.sentences
    )


def makes_plainly(one: Statement, ask: Statement) -> bool | None:
    """Tell whether one makes the ask of another, None where its sentences must be compared."""
    if one.agrees or ask.agrees:
        return one.agrees and ask.agrees and one.silent == ask.silent
    if wants_the_same(one, ask):
        return True
    if len(ask.pairs) < TELLING:
        return ask.folded == one.folded
    return None


def says_it(words: str, ask: Statement, opposites: Opposites) -> bool:
    """Tell whether a sentence in nearly the words of an ask does not turn it round."""
    if ask.refrains and not _REFRAIN.search(align(words)):
        return False
    return not opposites.reverse(words, ask.words)


def wants_the_same(one: Statement, ask: Statement) -> bool:
    """Tell whether one wants a figure changed as the ask does."""
    return any(_same(aim, want) for aim in ask.aims for want in one.wants)


def _same(aim: Wanted, want: Wanted) -> bool:
    """Tell whether two want a figure changed alike: to different figures is not alike."""
    return aim[:2] == want[:2] and (aim[2] == want[2] or not (aim[2] and want[2]))


def _pairs(text: str) -> Iterator[str]:
    folded = fold(text)
    return (folded[i : i + 2] for i in range(len(folded) - 1))
