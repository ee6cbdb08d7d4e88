"""The table of contents (目录): dropped from the text, its page numbers kept."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from consult.intake.draft_headings import heading_of
from consult.intake.draft_lines import Block, Line, title_key

_TITLE = re.compile(r"^目\s*[录錄次]$|^(?:table of )?contents$", re.IGNORECASE)
# A title, a gap or leaders, a page: 一、规划背景……12 or（一）发展基础 (3)
_ENTRY = re.compile(
    r"^(?P<title>.*?\S)(?:[\s.…·・．_—-]+)[(（]?(?P<page>[0-9０-９]{1,4})[)）]?[\s—-]*$"
)
_LONGEST_ENTRY = 120  # characters, leaders included; the pattern is not tried on longer lines
_FEWEST_ENTRIES = 3  # entries in a row that make a table of contents without its title


@dataclass(frozen=True, slots=True)
class Contents:
    """The entries found: how many lines, and the pages by title, in order."""

    lines: int = 0
    pages: dict[str, deque[int]] = field(default_factory=dict)

    def page_of(self, number: str, title: str) -> int | None:
        """Take the next page listed for a heading, or None."""
        pages = self.pages.get(title_key(number + title))
        return pages.popleft() if pages else None


@dataclass(frozen=True, slots=True)
class Division:
    """A plan cut at its table of contents: the cover before it, the body after it."""

    cover: tuple[Block, ...]
    contents: Contents
    body: tuple[Block, ...]


def divide(blocks: Sequence[Block]) -> Division:
    """Find the table of contents and take it out; without one everything is body."""
    start = _start(blocks)
    if start is None:
        return Division((), Contents(), tuple(blocks))
    first = start + 1 if _is_title(blocks[start]) else start
    end = _end(blocks, first)
    if end - first < 1:
        return Division((), Contents(), tuple(blocks))
    pages: dict[str, deque[int]] = defaultdict(deque)
    for block in blocks[first:end]:
        title, page = _entry(block)
        if page is not None:
            pages[title_key(title)].append(page)
    contents = Contents(end - first, dict(pages))
    return Division(tuple(blocks[:start]), contents, tuple(blocks[end:]))


def _start(blocks: Sequence[Block]) -> int | None:
    run = 0
    for index, block in enumerate(blocks):
        if _is_title(block):
            return index
        listed = _is_toc(block) or (_entry(block)[1] is not None and _numbered(block))
        run = run + 1 if listed else 0
        if run == _FEWEST_ENTRIES:
            return index - run + 1
    return None


def _end(blocks: Sequence[Block], first: int) -> int:
    """Return where the entries end: at the first line that is none, or is the first one again."""
    later = _places_of_headings(blocks)
    seen: set[str] = set()
    for index in range(first, len(blocks)):
        title, page = _entry(blocks[index])
        key = title_key(title)
        if page is None and not _is_toc(blocks[index]):
            listed = _numbered(blocks[index]) and later.get(key, -1) > index
            if not listed or key in seen:
                return index
        seen.add(key)
    return len(blocks)


def _places_of_headings(blocks: Sequence[Block]) -> dict[str, int]:
    """Return where each numbered line without a page stands last."""
    return {
        title_key(block.text): index
        for index, block in enumerate(blocks)
        if isinstance(block, Line) and len(block.text) <= _LONGEST_ENTRY and _numbered(block)
    }


def _entry(block: Block) -> tuple[str, int | None]:
    if not isinstance(block, Line) or len(block.text) > _LONGEST_ENTRY:
        return "", None
    found = _ENTRY.match(block.text)
    if not found:
        return block.text, None
    return found["title"].rstrip(" .…·・．_—-\t　"), int(found["page"])


def _numbered(block: Block) -> bool:
    return isinstance(block, Line) and heading_of(block) is not None


def _is_title(block: Block) -> bool:
    return isinstance(block, Line) and bool(_TITLE.match(block.text))


def _is_toc(block: Block) -> bool:
    return isinstance(block, Line) and block.hint == "toc"
