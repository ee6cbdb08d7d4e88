"""Runs of sentences that each ask for something: where a change of matter may lie."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from consult.analysis.asks import PLAIN, asks_plainly, is_long, sentences, trimmed
from consult.analysis.split_points import is_about, label_end

_NEAR: Final = 8  # characters looked back for the mark before a sentence
_SHORTEST_RUN: Final = 10  # folded characters; less has no matter of its own
# An ask in plain words, or in words that may also tell: enough beside another run that asks.
_WANTS: Final = re.compile(
    rf"{PLAIN}|应当?(?!用|届|对|聘|急|收|邀|付|酬)|应该|务必|必须|也要(?!求|是)|就要(?!求|是)|先要(?!求|是)"
    r"|宜(?<![不便适事时相]宜)(?!宾|居)|望(?<!\w望)|请(?<!\w请)|先把(?<!\w先把)|不要(?<!\w不要)"
    r"|别(?<!\w别)(?!的|人|处|说)|不如(?<!\w不如)|最好(?<!\w最好)|想要(?<!\w想要)"
    r"|嘛(?=$|[!。~\s])|撒(?=$|[!。~\s])|哈(?=$|[!。~\s])|吧(?=$|[!。~\s])"
)
# What carries on the matter before it: reasons, limits, details, another word on the same thing.
_LEANS: Final = re.compile(
    r"为此|因此|因而|所以|后来|于是|但|不过|可是|可惜|可(?=我|他|你)|然而|而且|同时|这|那|对此|鉴于|目前|眼下|否则"
    r"|不然|要不|其中|比如|例如|如[果此]|尤其|特别|最好|至少|具体|[一二]要|并|以上|上述|只要|即使"
    r"|哪怕|既|进一步|先|再不|宁|也(?!希望|建议|请|想|盼)|才|就|都|毕竟|总之|说实话|反正|相反|条件"
)
# An ask without a matter of its own completes the one before: 建议提高到600名.
_COMPLETES: Final = re.compile(
    r"(?:我们?)?[还更]?(?:建议|希望|请|恳请|盼望?|应当?|应该|能不能|能否|可否)"
    r"(?:再|都|能够?|可以|尽[快早]|进一步|一律|统一|适当|今后|以后|市里?|政府|有关部门)*"
    r"(?:改[为成]|放[宽开到]|提[高到]|降|调[到整高低]|增[加至]|补|每|取消|删|公[开布]|按|由|在|写|予|给|落实|解决|不|按|参照)"
)
# An ask alone in one clause, its matter left unsaid: 请把评审时间压到十五天.
_BARE: Final = re.compile(
    r"(?:我们?)?[还更再]?(?:建议|希望|请|恳请|盼望?|应当?|应该)[^,:]{0,16}[。;!?~]*"
)
# What points back: 把这一条写清楚.
_POINTS_BACK: Final = re.compile(r"[这该此上]一?(?:条|点|项|节|段|款|方面|规定|政策|办法|问题)")
# A point that opens inside of a sentence. What must stand before a word is looked back for behind
# it, so that the search can skip to the word.
OPENS: Final = re.compile(
    r"还有(?<=[,:\s]还有)(?!的|人|些|没|多|什么|点)|另外(?<=[,:\s]另外)|此外(?<=[,:\s]此外)"
    r"|顺便(?<=[,:\s]顺便)|再就是(?<=[,:\s]再就是)|再一个(?<=[,:\s]再一个)|其他方面(?<=[,:\s]其他方面)"
)


def runs(aligned: str, start: int, end: int, *, opens: bool = True) -> list[tuple[int, int]]:
    """Return the runs of sentences that each end with an ask and stand on their own.

    ``opens`` is false where it is known that no words open another point inside of a sentence.
    """
    if not _asks_twice(aligned, start, end):
        return []
    units = _units(aligned, start, end, opens=opens)
    while len(units) > 1 and is_about(aligned[units[0][0] : units[0][1]]):
        units = units[1:]
    found: list[tuple[int, int]] = []
    begin = -1
    for a, b in units:
        words = aligned[a:b]
        if begin < 0 and found and (_belongs(words) or _goes_on(aligned, a, words)):
            found[-1] = (found[-1][0], b)
            continue
        begin = a if begin < 0 else begin
        if _wants(words):
            found.append((begin, b))
            begin = -1
    if begin >= 0 and found:  # what follows the last ask belongs to it
        found[-1] = (found[-1][0], units[-1][1])
    return found


def _units(aligned: str, start: int, end: int, *, opens: bool) -> list[tuple[int, int]]:
    """Return the sentences, parted where words inside of them open another point."""
    start = label_end(aligned, start, end)
    text = aligned[start:end]
    spans = [(start + a, start + b) for a, b in sentences(text) if a < b]
    if not opens or not OPENS.search(text):
        return spans
    return [unit for a, b in spans for unit in _parted(aligned, a, b)]


def _parted(aligned: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of a sentence."""
    opens = [start + match.start() for match in OPENS.finditer(aligned[start:end])]
    return [trimmed(aligned, a, b) for a, b in pairwise((start, *opens, end))]


def _asks_twice(aligned: str, start: int, end: int) -> bool:
    """Tell whether there can be two runs at all: a cheap look at most texts' only ask."""
    first = _WANTS.search(aligned, start, end)
    return first is not None and _WANTS.search(aligned, first.end(), end) is not None


def _wants(words: str) -> bool:
    return _WANTS.search(words) is not None


def _goes_on(aligned: str, start: int, words: str) -> bool:
    """Tell whether a part behind a semicolon is one more detail of the ask before it."""
    return aligned[max(0, start - _NEAR) : start].rstrip().endswith(";") and not asks_plainly(words)


def _belongs(words: str) -> bool:
    """Tell whether a sentence carries on the run before it."""
    return (
        _LEANS.match(words) is not None
        or _COMPLETES.match(words) is not None
        or _BARE.fullmatch(words) is not None
        or _POINTS_BACK.search(words) is not None
        or not is_long(words, _SHORTEST_RUN)
    )
