"""How people ask for something: the cues, as a table; clauses and sentences of a text.

Everything here reads an aligned text (half width, simplified, lower case) and answers in its
positions, which are those of the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from consult.analysis.normalise import align, fold


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern of an ask, how sure it makes one (0 to 1), and why it stands here."""

    pattern: str
    weight: float
    reason: str


# Each alternative starts with a plain character, so that the search can skip to it.
CUES: Final[tuple[Cue, ...]] = (
    Cue(r"建议|提议|倡议|恳请|恳求|吁请|呼吁|要求(?!高)", 1.0, "names the ask itself"),
    Cue(
        r"希望|盼望?|期盼|但愿|恳望|望(?:能|予)|望(?<!\w望)(?=[\u4e00-\u9fff])|想请|求求",
        0.9,
        "a wish; also the polite ask; 望 at the head of a clause",
    ),
    Cue(
        r"请(?<!邀请)(?<!申请)(?!问|客|假|教|示|看|人|来[了一两几的]|过来|了)(?<!没请)(?<!没有请)",
        0.8,
        "please; 请问 asks for an answer, 邀请, 申请 and 请来了 are deeds",
    ),
    Cue(
        r"应当?(?!用|届|对|聘|急|收|邀|该是)|应该|需要?(?!求)|须|必须|务必|宜(?<![便适事时相]宜)(?!宾|居)",
        0.6,
        "an ought; 应用, 需求 and 便宜 are none, 宜宾 is a city",
    ),
    Cue(
        r"改[为成]|修改为|调整为|明确(?:写|为|规定)?|增加|补充|删[去除]|取消|写明|写清|加[上个点]",
        0.6,
        "edits of the draft",
    ),
    Cue(
        r"能不能|能否|可不可以|可否|是否可以|行不行|好不好(?!,|要|看)|要得不|行吗|可以吗",
        0.7,
        "an ask in the shape of a question",
    ),
    Cue(
        r"不要|别(?!的|人|处|说)|莫(?!名|非|大)|不宜|不得|禁止|少(?:来|搞|点)|不如",
        0.5,
        "an ask to refrain; 莫 in the south-west",
    ),
    Cue(
        r"嘛(?=$|[!。?~\s])|吧(?=$|[!。?~\s])|撒(?=$|[!。?~\s])|哈(?=$|[!。?~\s])"
        r"|点(?:嘛|吧|撒|哈|咯)|些(?:嘛|吧|撒|哈|咯)|下(?:嘛|吧|撒|哈|咯)"
        r"|起来(?:嘛|吧|撒|哈|咯)|出来(?:嘛|吧|撒|哈|咯)",
        0.5,
        "particles that soften an order in speech",
    ),
    Cue(
        r"要(?<![需不想只重主还没]要)(?![求不是么紧点素得])",
        0.4,
        "must: the usual ask in speech",
    ),
    Cue(r"please\b|should\b|suggest|hope\b|need\b", 0.8, "English letters"),
)
_COMPILED: Final = tuple((re.compile(cue.pattern), cue.weight) for cue in CUES)
ANY_CUE: Final = re.compile("|".join(cue.pattern for cue in CUES))
PLAIN: Final = "|".join(cue.pattern for cue in CUES if cue.weight >= 0.7)
_STRONG: Final = re.compile(PLAIN)
# A full stop ends a sentence where it stands in no figure or address, a wave dash in no range.
_END: Final = r"(?:[。!?;…]|~(?!\d)|(?<=[a-z])\.(?=\s|$)|(?<=[\u4e00-\u9fff”’」』)])\.(?!\d))"
# The same, or a line end. The set of characters comes first: the search skips to the next of them.
# Most marks stand alone: then nothing more is to be tried.
_STOP: Final = re.compile(
    r"[。!?;…~.\n](?:(?<=[。!?;…])(?![。!?;…~.”’」』)])()|(?<=\n)|(?:(?<=[。!?;…])|(?<=~)(?!\d)|(?<=[a-z]\.)(?=\s|$)"
    rf"|(?<=[\u4e00-\u9fff”’」』)]\.)(?!\d))({_END}*)[”’」』)]*)"
)
# Read from the end: a mark behind which another sentence starts in any case.
_BEFORE_LAST: Final = re.compile(r"[。!?;…\n](?<=[^。!?;…~.”’」』)\s][。!?;…\n])")
_LETTER: Final = re.compile(r"[^\W_]")
_UNSAID: Final = re.compile(r"[\W_]+")
# Runs of characters that end nothing are taken whole: twice as fast as one after the other.
_CLAUSE: Final = re.compile(rf"(?:[^,:\n。!?;…~.]+|(?!{_END})[~.]|(?<=\d),(?=\d{{3}}))+")


# One comment is read by several readers, one after the other: its aligned text is made once.
aligned: Final = lru_cache(maxsize=8)(align)


def asks(text: str) -> bool:
    """Tell whether an aligned text asks for something."""
    return ANY_CUE.search(text) is not None


def ask_start(text: str) -> int:
    """Return where the first plain cue of an aligned text starts, -1 where nothing is asked."""
    match = _STRONG.search(text)
    return match.start() if match else -1


def asks_plainly(text: str) -> bool:
    """Tell whether an aligned text asks in words that mean nothing else."""
    return _STRONG.search(text) is not None


def last_sentence(text: str) -> int:
    """Return where the last sentence of an aligned text starts.

    Most texts are not cut for it: nothing lies between the last clear mark and the end.
    """
    mark = _BEFORE_LAST.search(text[::-1])
    begin = len(text) - mark.start() if mark else 0
    if begin:
        stop = _STOP.search(text, begin)
        if stop is None or stop.end() == len(text):
            return begin
    for start, end in sentences(text[begin:])[::-1]:
        if start < end:
            return begin + start
    return 0


def last_clause(text: str) -> str:
    """Return the last clause of an aligned text, without its mark."""
    spans = [span for span in clauses(text) if span[0] < span[1]]
    return text[spans[-1][0] : spans[-1][1]] if spans else ""


def strength(text: str) -> float:
    """Return the weight of the strongest cue of an aligned text, 0 where nothing is asked."""
    return max((weight for cue, weight in _COMPILED if cue.search(text)), default=0.0)


@lru_cache(maxsize=8)  # as ``aligned``: one comment is asked for its sentences again and again
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the sentences (also those ended by a semicolon) of an aligned text."""
    found = []
    start = 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        if stop.start() > start:
            blank = text[start].isspace() or text[end - 1].isspace()
            found.append(trimmed(text, start, end) if blank else (start, end))
        elif stop.lastindex:  # marks with nothing before them: closing quotes begin what follows
            end = stop.end(stop.lastindex)
        start = end
    if start < len(text):
        found.append(trimmed(text, start, len(text)))
    return tuple(found)


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the clauses, without their marks, of an aligned text."""
    for match in _CLAUSE.finditer(text):
        start, end = match.span()
        if text[start].isspace() or text[end - 1].isspace():
            start, end = trimmed(text, start, end)
        yield start, end


def says(text: str, start: int = 0, end: int | None = None) -> bool:
    """Tell whether anything is said in a part of an aligned text: more than marks and blanks."""
    stop = len(text) if end is None else end
    return _LETTER.search(text, start, stop) is not None or bool(fold(text[start:stop]))


def is_long(text: str, least: int) -> bool:
    """Tell whether an aligned text has at least so many characters beside marks and blanks."""
    if len(text) < least:
        return False
    if text[:least].isalnum():
        return True
    # Mostly the head tells, and its letters and figures, all of which count.
    head = text[: 2 * least]
    return (
        len(_UNSAID.sub("", head)) >= least or len(fold(head)) >= least or len(fold(text)) >= least
    )


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the white space at its ends; empty when there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
