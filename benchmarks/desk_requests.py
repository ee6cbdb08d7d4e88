"""What staff ask the desk for in the benchmark: varied, seeded, each kind at least forty times.

The naive half asks the same things of the same rows, in the SQL that one would write first.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import quote, urlencode

TIMES: Final = 60  # of each kind; the 95th percentile is the 57th of them
_NAIVE: Final = 20  # seconds each at 100,000
_SEED: Final = 3
_DEEP: Final = 4  # pages behind the first one that a deep page is
# Of two characters, of more, several, a very common one, one in quotes, and one that is nowhere.
WORDS: Final = (
    "人才", "住房", "青年", "企业", "科研", "子女 入学", "奖励", "职称", "补贴", "高校", "公租房",
    "建议", "希望", "经费 申请", "泸州", "科技人才", "“引号”", "绿皮火车",
)  # fmt: skip
FILTERS: Final[tuple[dict[str, str], ...]] = (
    {}, {"section": "3"}, {"section": "3.2"}, {"section": "5"}, {"status": "open"},
    {"channel": "letter"}, {"speaker": "company"}, {"sure": "unsure"}, {"copies": "many"},
    {"copies": "single", "kind": "suggestion"}, {"read": "0"}, {"files": "0"},
    {"from": "2022-10-01", "to": "2022-10-07"},
    {"section": "6", "channel": "web", "sure": "unsure"}, {"status": "review"},
)  # fmt: skip
ORDERS: Final = ("theme", "doubt", "newest", "number")
_NEXT: Final = re.compile(r'rel="next"\s+href="([^"?]*)\?([^"]*)"')


def queue_pages(base: str, read: Callable[[str], str]) -> Iterator[str]:
    """Yield addresses of the queue: every filter in some order, each third one some pages on.

    ``read`` asks for the pages in between, which are not measured.
    """
    chance = random.Random(_SEED)
    for place in range(TIMES):
        query = FILTERS[place % len(FILTERS)] | {"sort": chance.choice(ORDERS)}
        address = f"{base}/queue?{urlencode(query)}"
        for _ in range(_DEEP if place % 3 == 2 else 0):
            following = _NEXT.search(read(address))
            if following is None:
                break
            address = f"{following[1]}?{following[2].replace('&amp;', '&')}"
        yield address


def searches(base: str) -> Iterator[str]:
    """Yield addresses of searches: every word, in every order, half of them with a filter too."""
    chance = random.Random(_SEED)
    for place in range(TIMES):
        query = FILTERS[place // 2 % len(FILTERS)] if place % 2 else {}
        query = query | {"q": WORDS[place % len(WORDS)], "sort": chance.choice(ORDERS)}
        yield f"{base}/queue?{urlencode(query, quote_via=quote)}"


def works(base: str, many: int) -> Iterator[str]:
    """Yield addresses of comments as they are reached from the queue, a third from a search."""
    chance = random.Random(_SEED)
    for place in range(TIMES):
        query = FILTERS[place % len(FILTERS)] | {"sort": chance.choice(ORDERS)}
        if place % 3 == 0:
            query = {"q": WORDS[place // 3 % len(WORDS)], "sort": chance.choice(ORDERS)}
        number = chance.randrange(1, many + 1)
        yield f"{base}/comments/{number}?{urlencode(query, quote_via=quote)}"


_LISTED: Final = (
    "from comments c join submissions s on s.id = c.submission"
    " where c.consultation = 1 and c.state = 'active' and s.state = 'active'"
)
_WHERE: Final = (
    "", " and c.section like '3%'", " and c.section = '3.2'", " and s.channel = 'letter'",
    " and s.speaker = 'company'", " and c.family is not null", " and c.kind = 'suggestion'",
    " and s.received >= '2022-10-01' and s.received < '2022-10-08'",
)  # fmt: skip
_BY: Final = ("s.received desc", "c.number", "c.confidence", "c.theme")


def naive_queue() -> Iterator[tuple[str, ...]]:
    """Yield the statements of a page: count by section, count all, a page behind an offset."""
    chance = random.Random(_SEED)
    for place in range(_NAIVE):
        where, offset = _WHERE[place % len(_WHERE)], 200 if place % 3 == 2 else 0
        yield _page(where, chance.choice(_BY), offset)


def naive_search() -> Iterator[tuple[str, ...]]:
    """Yield the statements of a search, as the queue's, with a pattern for each word."""
    chance = random.Random(_SEED)
    for place in range(_NAIVE):
        words = WORDS[place % len(WORDS)].split()
        where = "".join(f" and c.text like '%{word}%'" for word in words)
        yield _page(where + (chance.choice(_WHERE) if place % 2 else ""), chance.choice(_BY), 0)


def naive_work(many: int) -> Iterator[tuple[str, ...]]:
    """Yield the statements of a comment's page: itself, its copies, its theme, its neighbours."""
    chance = random.Random(_SEED)
    for place in range(_NAIVE):
        one = f"(select {{}} from comments where number = {chance.randrange(1, many + 1)})"  # noqa: S608
        listed = f"select c.*, s.* {_LISTED}{_WHERE[place % len(_WHERE)]}"
        yield (
            f"{listed} and c.number = {one.format('number')}",
            f"{listed} and c.family = {one.format('family')}",
            f"{listed} and c.theme = {one.format('theme')}",
            f"{listed} and c.number > {one.format('number')} order by c.number limit 1",
            f"{listed} and c.number < {one.format('number')} order by c.number desc limit 1",
            f"select count(*) {_LISTED}{_WHERE[place % len(_WHERE)]}",
        )


def naive_overview() -> Iterator[tuple[str, ...]]:
    """Yield the statements of the overview: a group of the joined rows for every table on it."""
    four = (
        "count(distinct s.person), count(distinct s.id),"
        " count(distinct coalesce(c.family, -c.number)), count(*)"
    )
    groups = ("c.section", "c.stage", "s.channel", "substr(s.received, 1, 10)", "c.opened")
    for _ in range(_NAIVE):
        yield (
            f"select {four} {_LISTED}",
            *(f"select {group}, {four} {_LISTED} group by 1" for group in groups),
        )


def _page(where: str, order: str, offset: int) -> tuple[str, ...]:
    return (
        f"select c.section, count(*) {_LISTED}{where} group by 1",
        f"select count(*) {_LISTED}{where}",
        f"select c.*, s.* {_LISTED}{where} order by {order} limit 50 offset {offset}",
    )
