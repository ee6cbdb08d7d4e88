"""A text with every number in one spelling: 一千五百, 1,500 and １５００ all read 1500."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, NamedTuple

CHINESE: Final = "零〇一二两三四五六七八九十百千万亿"
# 百分之二点五 | 一千五百 | 1,500 | 2.50% | 18.55万; blanks and the & of R&D are written or not.
_NUMERAL: Final = re.compile(
    rf"百分之(?P<percent>[{CHINESE}]+(?:点[{CHINESE}]+)?)"
    rf"|(?P<chinese>[{CHINESE}]{{2,}}(?:点[{CHINESE}]+)?)"
    r"|(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?P<scale>[万亿]?)"
    r"|(?P<blank>[\s&]+)"
)
# Where a numeral can be: one look at a set of characters a place, four patterns only there. A
# Chinese digit by itself (一 in 一些) is none: half of all places fall away at once.
REST: Final = rf"[{CHINESE}\d\s&点分之,.]"
_RUN: Final = re.compile(rf"[{CHINESE}\d\s&](?:(?<=[\d\s&])|(?={REST})){REST}*")
_SCALE: Final = {"": 1, "万": 10**4, "亿": 10**8}
LONGEST: Final = 20  # characters of a numeral; cn2an takes seconds for thousands of them


class FigureView(NamedTuple):
    """The rewritten text; ``starts`` and ``origins`` say where its pieces come from.

    A piece is text left as it was (``whole`` false: character by character) or a rewritten number
    (``whole`` true: all of its characters stand for all of the number). ``plain`` says that no
    numeral was found: then there is no figure in it.
    """

    text: str
    starts: Sequence[int]
    origins: Sequence[tuple[int, int]]
    whole: Sequence[bool]
    plain: bool

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the aligned text behind a span of the view, not empty."""
        return self._behind(start)[0], self._behind(end - 1)[1]

    def _behind(self, place: int) -> tuple[int, int]:
        piece = bisect_right(self.starts, place) - 1
        origin = self.origins[piece]
        if self.whole[piece]:
            return origin
        at = origin[0] + place - self.starts[piece]
        return at, at + 1


def figure_view(aligned: str) -> FigureView:
    """Return an aligned text with every number in one spelling."""
    numerals = _numerals(aligned)
    if not numerals:
        return FigureView(aligned, (0,), ((0, len(aligned)),), (False,), True)
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[tuple[int, int]] = []
    whole: list[bool] = []
    done = length = 0
    plain = True
    for match in numerals:
        begin, end = match.span()
        written = _rewritten(match)
        plain = plain and not written
        if written == aligned[begin:end]:
            continue  # written so already: it stays in its piece
        if begin > done:
            pieces.append(aligned[done:begin])
            starts.append(length)
            origins.append((done, begin))
            whole.append(False)
            length += begin - done
        if written:
            pieces.append(written)
            starts.append(length)
            origins.append((begin, end))
            whole.append(True)
            length += len(written)
        done = end
    if not done:
        return FigureView(aligned, (0,), ((0, len(aligned)),), (False,), plain)
    if done < len(aligned):
        pieces.append(aligned[done:])
        starts.append(length)
        origins.append((done, len(aligned)))
        whole.append(False)
    return FigureView("".join(pieces), starts, origins, whole, plain)


def _numerals(aligned: str) -> list[re.Match[str]]:
    runs = _RUN.finditer(aligned)
    return [match for run in runs for match in _NUMERAL.finditer(aligned, *run.span())]


@lru_cache(maxsize=4096)
def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


@lru_cache(maxsize=4096)
def _chinese(written: str) -> str:
    """Return a Chinese numeral in digits; what is none stays as written (十四五)."""
    if len(written) > LONGEST:
        return written
    from cn2an import cn2an

    try:
        return _plain(Decimal(str(cn2an(written, "smart"))))
    except (ValueError, KeyError, InvalidOperation):  # KeyError: 两亿二, 百十七
        return written


def _rewritten(match: re.Match[str]) -> str:
    if match["percent"]:
        return _chinese(match["percent"]) + "%"
    if match["chinese"]:
        return _chinese(match["chinese"])
    if match["digits"]:
        return _digits(match["digits"], match["scale"])
    return ""


@lru_cache(maxsize=4096)
def _digits(written: str, scale: str) -> str:
    return _plain(Decimal(written.replace(",", "")) * _SCALE[scale])
