"""What a clause negates: whether another clause wants what this one does not.

A negation turns an ask round only where what it negates stands in the other clause without one:
不要限行货车 and 要限行货车 oppose, 不要只看论文 and 要看实绩 do not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from consult.analysis.opposites_table import HARMLESS

# Two negations, or one in a question that expects "yes": what follows is wanted.
_WANTED: Final = (
    r"不[能可得应该]{1,2}[不没](?:有(?!必要))?|不能少了?|并非不|不是不|绝非不|没有不"
    r"|难道不(?:该|应该|应当|应|能|可以)?|(?:为什么|为何|为啥子?|何|怎么就?)不"
)
# Refuses what follows: read wherever it stands. A bare 不 or 没 also tells of what is, and counts
# only where something is asked.
_REFUSED: Final = (
    r"不(?:应当|应该|应|该|宜|要(?!求)|能|得|必|用|准|许|让|可|再|(?=够))|没有?必要|没得必要|无需|无须"
    r"|莫|别|勿|用不着|犯不着|何必|何苦|凭什么|凭啥子?|反对|难道(?:非?要|应该|还要|能)|谁(?:想|要)"
)
# Wants what follows gone: no refusal to compare with, but what stands behind it is not wanted.
_GONE: Final = r"禁止|严禁|杜绝|拒绝|取消|停止|停发|删[去除掉]|去掉|避免|防止|砍掉|破除|减少|少"
_FILLED: Final = r"(?:再|把|将|继续|急着|搞|去|都|一直|老是|总是|要(?!求)|一律|随便|随意|盲目)*"
_NEGATION: Final = re.compile(
    rf"(?:(?P<wanted>{_WANTED})|(?P<refused>{_REFUSED})|(?P<gone>{_GONE})|不|没有?|无){_FILLED}"
)
# 不要建那么多 refuses the excess, not the thing, and so does who only complains of it.
_EXCESS: Final = re.compile(r".{0,2}(?:太|过[于高低多少长短快慢早晚严松重细]|这么|那么)")
_OUGHT: Final = re.compile(r"(?:应当|应该|应|该|须|必须|要|得|可以|宜|能)$")
_LONGEST_OUGHT: Final = 2
_PREDICATE: Final = 2  # characters of what is negated that must come again
_OBJECT_FIRST: Final = ("让", "由", "给", "对")
_REACH: Final = 4  # characters behind a negation that it still governs


class _Negated(NamedTuple):
    """A clause without harmless words, and where its negations end.

    Behind ``gone`` nothing is wanted.
    """

    bare: str
    refused: tuple[int, ...]
    told: tuple[int, ...]
    gone: int


def negates(words: str, other: str, *, asked: bool) -> bool:
    """Tell whether one of two aligned clauses refuses what the other wants.

    Where something is ``asked`` any negation refuses, else only one that cannot tell of what is.
    """
    ours, theirs = _negated(words), _negated(other)
    return _refuses(ours, theirs, asked=asked) or _refuses(theirs, ours, asked=asked)


@lru_cache(maxsize=1 << 12)
def _negated(words: str) -> _Negated:
    bare = HARMLESS.sub("", words)
    refused: list[int] = []
    told: list[int] = []
    gone = len(bare)
    for match in _NEGATION.finditer(bare):
        if match["gone"]:
            gone = min(gone, match.end())
        elif not match["wanted"] and not _EXCESS.match(bare, match.end()):
            (refused if match["refused"] else told).append(match.end())
    return _Negated(bare, tuple(refused), tuple(told), gone)


def _refuses(clause: _Negated, other: _Negated, *, asked: bool) -> bool:
    ends = (*clause.refused, *clause.told) if asked else clause.refused
    return any(_wants(other, _predicate(clause.bare, end)) for end in ends)


def _predicate(words: str, end: int) -> str:
    """Return what a negation negates: behind 让, 由 and their like it is at the clause's end."""
    if words[end : end + 1] in _OBJECT_FIRST:
        return words[max(end + 1, len(words) - _PREDICATE) :]
    return words[end : end + _PREDICATE]


def _wants(clause: _Negated, what: str) -> bool:
    """Tell whether a clause holds these words and does not negate them itself."""
    if not what:
        return False
    words = clause.bare
    place = words.find(what[0])
    while place >= 0:
        if words.startswith(what, place) or _OUGHT.search(
            words, max(0, place - _LONGEST_OUGHT), place
        ):
            ends = (*clause.refused, *clause.told)
            return place < clause.gone and not any(end - 1 <= place <= end + _REACH for end in ends)
        place = words.find(what[0], place + 1)
    return False
