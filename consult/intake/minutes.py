"""Minutes of a meeting: who said what, one line beginning with each speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from consult.domain.text import is_blank, normalise

# 张三（市财政局）：…… or 张三:……; a number or a dash may stand before. A name is short and holds no
# mark that ends a sentence, so a colon inside what somebody says begins no new speaker.
_SPEAKER: Final = re.compile(
    r"^\s*(?:[-—·*]|\d{1,3}\s*[.、)）])?\s*"
    r"(?P<who>[^\s:：，。；！？、“”\"]{2,12}(?:\s*[（(][^()（）:：]{1,40}[)）])?)\s*[:：]\s*(?P<words>.*)$"
)
# What stands before a colon in the middle of a speech.
_NOT_NAMES: Final = re.compile(
    r"(第[一二三四五六七八九十\d]+|[一二三四五六七八九十]+是|建议|意见|理由|原因|例如|比如|问题|总之"
    r"|其中|一是|二是|三是|四是|五是|具体|主要|包括|如下|另外|此外|补充|时间|地点|主持人?|记录人?|参会人员"
    r"|出席|列席|议题|会议内容)"
)
MOST: Final = 300  # speeches of one meeting


@dataclass(frozen=True, slots=True)
class Speech:
    """What one person said; ``speaker`` empty for what stands before the first name."""

    speaker: str
    text: str


def speeches_of(minutes: str) -> list[Speech]:
    """Return what each person said, in order; somebody who speaks twice is listed twice."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in normalise(minutes, strict=False).split("\n"):
        match = _SPEAKER.match(line)
        if match and not _NOT_NAMES.match(match["who"]):
            found.append((match["who"].strip(), [match["words"]]))
        else:
            found[-1][1].append(line)
    said = ((who, "\n".join(lines).strip("\n")) for who, lines in found)
    return [Speech(who, text) for who, text in said if not is_blank(text)]
