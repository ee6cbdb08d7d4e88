"""``staff``: the desk of staff on ``n`` comments, in the whole application, signed in.

Stages ``queue`` (40 filters, orders and pages, in turn), ``search`` (40 searches) and ``work``
(40 comments) are the 95th percentile of one request; ``bulk`` is one decision on 5,000 comments
(all, where there are fewer) from the press of the button until the last is stored, the page with
its progress asked for meanwhile; ``undo`` takes it back. Naive: what one would write first, on the
same database: conditions on the rows, ``like '%word%'``, ``offset``, and a decision a transaction.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from benchmarks.desk_office import PASSWORD, USER, filled
from benchmarks.material import SLUG, Sample
from benchmarks.measure import Benchmark, Stopwatch
from benchmarks.pages import Visitor, hidden

if TYPE_CHECKING:
    from consult.services.office import Office

MANY: Final = 5000  # comments of the bulk decision
_TIMES: Final = 40
_SEED: Final = 3
_DEEP: Final = 400  # pages in front of the ones asked for in the naive way
_WORDS: Final = (
    "人才",
    "住房",
    "青年",
    "企业",
    "科研",
    "子女 入学",
    "奖励",
    "职称",
    "补贴",
    "高校",
)
_FILTERS: Final = (
    "", "section=3", "section=3.2", "section=5", "status=open", "channel=letter", "speaker=company",
    "sure=unsure", "copies=many", "copies=single&kind=suggestion", "read=0", "files=0",
    "from=2022-10-01&to=2022-10-07", "section=6&channel=web&sure=unsure", "status=review",
)  # fmt: skip
_ORDERS: Final = ("theme", "doubt", "newest", "number")
_NEXT: Final = re.compile(r'rel="next"\s+href="([^"?]*)\?([^"]*)"')


def _consult(material: Sequence[Sample], watch: Stopwatch) -> None:
    from consult.settings import Settings
    from consult.web import create_app

    with filled(material) as (office, data):
        settings = Settings(data_dir=data, proposals=False)
        visitor = _signed_in(Visitor(create_app(settings, office)))
        chance = random.Random(_SEED)
        base = f"/staff/c/{SLUG}"
        watch.seconds["queue"] = _slowest(_queue_pages(visitor, base, chance))
        searches = [
            f"{base}/queue?q={quote(chance.choice(_WORDS))}&sort={chance.choice(_ORDERS)}"
            for _ in range(_TIMES)
        ]
        watch.seconds["search"] = _slowest(_timed(visitor, address) for address in searches)
        numbers = chance.choices(range(1, len(material) + 1), k=_TIMES)
        works = [f"{base}/comments/{n}?{chance.choice(_FILTERS)}" for n in numbers]
        watch.seconds["work"] = _slowest(_timed(visitor, address) for address in works)
        watch.peaks |= dict.fromkeys(("queue", "search", "work"), 0.0)
        _bulk(office, visitor, base, watch, min(MANY, len(material)))


def _signed_in(visitor: Visitor) -> Visitor:
    form = hidden(visitor.ask("/staff/sign-in"))
    visitor.ask("/staff/sign-in", {**form, "username": USER, "password": PASSWORD})
    if visitor.status != 303:
        raise AssertionError("could not sign in")
    return visitor


def _queue_pages(visitor: Visitor, base: str, chance: random.Random) -> Iterable[float]:
    """Yield the times of pages: each filter and order once, then on to the next page and again."""
    address = ""
    for place in range(_TIMES):
        query = f"{_FILTERS[place % len(_FILTERS)]}&sort={chance.choice(_ORDERS)}"
        address = address or f"{base}/queue?{query}"
        begin = time.perf_counter()
        page = visitor.ask_query(address)
        yield time.perf_counter() - begin
        following = _NEXT.search(page)
        again = following and place % 3
        address = f"{following[1]}?{following[2].replace('&amp;', '&')}" if again else ""


def _timed(visitor: Visitor, address: str) -> float:
    begin = time.perf_counter()
    visitor.ask_query(address)
    if visitor.status != 200:
        raise AssertionError(f"{address}: {visitor.status}")
    return time.perf_counter() - begin


def _slowest(times: Iterable[float]) -> float:
    """Return the 95th percentile, by the nearest rank."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, -(-95 * len(ordered) // 100) - 1)]


def _bulk(office: Office, visitor: Visitor, base: str, watch: Stopwatch, many: int) -> None:
    chosen = ",".join(str(n) for n in range(1, many + 1))
    page = visitor.ask_query(f"{base}/queue")
    token = hidden(page)["csrf_token"]
    form = {
        "csrf_token": token, "numbers": chosen, "query": "", "deed": "decide", "sure": "1",
        "disposition": "noted", "reason": "“{诉求}”转有关工作安排时参考。",
        "total": str(many),
    }  # fmt: skip
    number = 0
    with watch.stage("bulk"):
        visitor.ask(f"{base}/acts", form)
        number = int(visitor.headers["Location"].rsplit("/", 1)[1].split("?")[0])
        _until_over(visitor, f"{base}/acts/{number}")
    with watch.stage("undo"):
        visitor.ask(f"{base}/acts/{number}/undo", {"csrf_token": token})
        _until_over(visitor, f"{base}/acts/{number}")
    left = office.store.db.execute("select count(*) from decisions where current = 1").fetchone()
    if left[0]:
        raise AssertionError("something was not undone")


def _until_over(visitor: Visitor, address: str) -> None:
    """Ask for the page with the progress, as its script does, until nothing moves any more."""
    while "<progress" in visitor.ask(address):
        time.sleep(0.05)


def _naive(material: Sequence[Sample], watch: Stopwatch) -> None:
    with filled(material) as (office, _):
        chance = random.Random(_SEED)
        listed = "consultation = 1 and state = 'active'"
        joined = "comments c join submissions s on s.id = c.submission"

        def asked(where: str, order: str) -> float:
            begin = time.perf_counter()
            db = office.store.db
            rows = f"from {joined} where c.{listed.replace('state', 'c.state')} and {where}"
            rows = rows.replace("c.c.", "c.")
            db.execute(f"select count(*) {rows}").fetchone()
            db.execute(
                f"select c.*, s.* {rows} order by {order} limit 50 offset {_DEEP}"
            ).fetchall()
            return time.perf_counter() - begin

        wheres = ("1", "c.section like '3.%'", "s.channel = 'letter'", "s.speaker = 'company'",
                  "c.family is not null", "c.kind = 'suggestion'")  # fmt: skip
        orders = ("s.received desc", "c.number", "c.theme")
        watch.seconds["queue"] = _slowest(
            asked(chance.choice(wheres), chance.choice(orders)) for _ in range(_TIMES)
        )
        watch.seconds["search"] = _slowest(
            asked(f"c.text like '%{chance.choice(_WORDS)}%'", "s.received desc")
            for _ in range(_TIMES)
        )
        watch.peaks |= dict.fromkeys(("queue", "search"), 0.0)
        _one_by_one(office, min(MANY, len(material)), watch)


def _one_by_one(office: Office, many: int, watch: Stopwatch) -> None:
    from consult.domain.decision import Ruling, Target
    from consult.domain.triage import Disposition
    from consult.services.decide import decide

    ruling = Ruling(Disposition.NOTED, reason="转有关工作安排时参考。")
    with watch.stage("bulk"):
        for number in range(1, many + 1):
            decide(
                office, slug=SLUG, target=Target(comment=number), ruling=ruling, actor=USER,
                seen="0", submit=True,
            )  # fmt: skip


BENCHMARK = Benchmark(
    consult=_consult,
    naive=_naive,
    reach=100_000,
    reason="the same database takes minutes to fill, and the naive way only grows slower",
)
