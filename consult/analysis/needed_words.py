"""The plain words that a pattern cannot be found without, read off the pattern itself.

``(?:将|把).{2,9}改[为成]`` is found in no text without 将 or 把, and in none without 改为 or 改成.
So tables of patterns need no second table of words beside them that might fall behind the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

# The standard library's own parser, which no stubs know of; hypothesis reads patterns by it too.
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final, NamedTuple

Words = frozenset[str]
_MOST: Final = 128  # wordings of one piece that are written out; what has more is cut into pieces
_MOST_RANGE: Final = 16  # characters of a class like [1-9] that are written out
# Flags under which a plain word stands for itself.
_PLAIN_FLAGS: Final = re.UNICODE | re.MULTILINE | re.DOTALL


class _Piece(NamedTuple):
    """What is known of a piece of a pattern.

    ``wordings`` are all texts that it matches, None where they are too many; ``needs`` are sets of
    words of which every match holds one each.
    """

    wordings: Words | None
    needs: tuple[Words, ...] = ()


_OPEN: Final = _Piece(None)  # nothing is known of it
_NOTHING: Final = _Piece(frozenset({""}))  # it takes no character: an edge, a look ahead or back


def needed_words(pattern: re.Pattern[str]) -> tuple[Words, ...]:
    """Return sets of words: a text in which the pattern is found holds a word of each set.

    Of a pattern about which nothing can be told there is none. A set may be of single characters.
    """
    if pattern.flags & ~_PLAIN_FLAGS:
        return ()
    return _needs(_sequence(parser.parse(pattern.pattern, pattern.flags)))


def _needs(piece: _Piece) -> tuple[Words, ...]:
    own = piece.wordings
    return piece.needs if own is None or "" in own else (*piece.needs, own)


def _sequence(items: Iterable[tuple[Any, Any]]) -> _Piece:
    """Return what is known of pieces one behind the other; neighbours that are plain are joined."""
    whole = True
    needs: list[Words] = []
    run: Words = frozenset({""})
    for code, value in items:
        piece = _item(code, value)
        own = piece.wordings
        if own is not None and len(run) * len(own) <= _MOST:
            run = frozenset(a + b for a in run for b in own)
            continue
        needs += _needs(_Piece(run, piece.needs))
        whole = False
        run = own or frozenset({""})
    return _Piece(run) if whole else _Piece(None, (*needs, *_needs(_Piece(run))))


def _item(code: Any, value: Any) -> _Piece:
    """Return what is known of one item as the standard library parses it."""
    read = _ITEMS.get(code)
    return read(value) if read else _OPEN


def _class(items: Iterable[tuple[Any, Any]]) -> _Piece:
    chars: set[str] = set()
    for code, value in items:
        if code is sre.LITERAL:
            chars.add(chr(value))
        elif code is sre.RANGE and value[1] - value[0] < _MOST_RANGE:
            chars |= {chr(one) for one in range(value[0], value[1] + 1)}
        else:
            return _OPEN
    return _Piece(frozenset(chars))


def _branch(ways: list[_Piece]) -> _Piece:
    """Return what holds whichever way is gone: one word of the most telling set of each."""
    wordings = [way.wordings for way in ways]
    plain = [own for own in wordings if own is not None]
    if len(plain) == len(ways):
        return _Piece(frozenset().union(*plain))
    needs = [_needs(way) for way in ways]
    if not all(needs):
        return _OPEN
    telling = (max(own, key=lambda words: (min(map(len, words)), -len(words))) for own in needs)
    return _Piece(None, (frozenset().union(*telling),))


def _repeat(least: int, most: int, items: Iterable[tuple[Any, Any]]) -> _Piece:
    once = _sequence(items)
    if (least, most) == (1, 1):
        return once
    if least:
        return _Piece(None, _needs(once))
    optional = most == 1 and once.wordings is not None
    return _Piece(frozenset({"", *(once.wordings or ())})) if optional else _OPEN


def _group(value: tuple[Any, int, int, Any]) -> _Piece:
    _, add, drop, items = value
    return _OPEN if add or drop else _sequence(items)


_ITEMS: Final[dict[Any, Callable[[Any], _Piece]]] = {
    sre.LITERAL: lambda value: _Piece(frozenset({chr(value)})),
    sre.IN: _class,
    sre.AT: lambda _: _NOTHING,
    sre.ASSERT: lambda _: _NOTHING,
    sre.ASSERT_NOT: lambda _: _NOTHING,
    sre.SUBPATTERN: _group,
    sre.BRANCH: lambda value: _branch([_sequence(items) for items in value[1]]),
    sre.MAX_REPEAT: lambda value: _repeat(*value),
    sre.MIN_REPEAT: lambda value: _repeat(*value),
}
