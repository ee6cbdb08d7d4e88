"""``staff``: the desk of staff on ``n`` comments, in the whole application, signed in.

Stages ``queue``, ``search``, ``work`` (the page of one comment) and ``overview`` are the 95th
percentile of one request out of sixty varied ones (see ``desk_requests``), through the WSGI
application, on a real SQLite file; before every fifth overview a comment has moved, so that it is
counted anew. ``bulk`` is one decision on 5,000 comments (all, where there are fewer) from the press
of the button until the last is stored, the page with its progress asked for meanwhile; ``undo``
takes it back. Naive: what one would write first, on the same database: conditions on the joined
rows, ``like '%word%'``, ``offset``, groups of all rows, and a decision a transaction. It renders no
page and asks twenty times, so its figures are too good.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from benchmarks import desk_requests
from benchmarks.desk_office import PASSWORD, USER, filled
from benchmarks.material import SLUG, Sample
from benchmarks.measure import Benchmark, Stopwatch
from benchmarks.pages import Visitor, hidden

if TYPE_CHECKING:
    from consult.services.office import Office

MANY: Final = 5000  # comments of the bulk decision
_MOVED: Final = 5  # overviews from one comment that moved to the next
_BASE: Final = f"/staff/c/{SLUG}"


def _consult(material: Sequence[Sample], watch: Stopwatch) -> None:
    from consult.settings import Settings
    from consult.web import create_app

    with filled(material) as (office, data):
        settings = Settings(data_dir=data, proposals=False)
        visitor = _signed_in(Visitor(create_app(settings, office)))
        read = visitor.ask_query
        for address in (f"{_BASE}/", f"{_BASE}/queue?q=x", f"{_BASE}/comments/1"):
            read(address)  # templates, words: what a server does once
        gc.collect()
        gc.freeze()  # what the office was filled with is no part of a server's memory
        asked = desk_requests
        watch.seconds["queue"] = _p95(_asked(visitor, asked.queue_pages(_BASE, read)))
        watch.seconds["search"] = _p95(_asked(visitor, asked.searches(_BASE)))
        watch.seconds["work"] = _p95(_asked(visitor, asked.works(_BASE, len(material))))
        watch.seconds["overview"] = _p95(_asked(visitor, _overviews(office, len(material))))
        watch.peaks |= dict.fromkeys(watch.seconds, 0.0)
        _bulk(office, visitor, watch, min(MANY, len(material)))


def _signed_in(visitor: Visitor) -> Visitor:
    form = hidden(visitor.ask("/staff/sign-in"))
    visitor.ask("/staff/sign-in", {**form, "username": USER, "password": PASSWORD})
    if visitor.status != 303:
        raise AssertionError("could not sign in")
    return visitor


def _overviews(office: Office, many: int) -> Iterable[str]:
    from consult.services.relink import relink
    from consult.store import comments

    for place in range(desk_requests.TIMES):
        if place % _MOVED == 0:
            number = place % many + 1
            stamp = str(comments.stamps(office.store.db, [number])[number])
            relink(office, slug=SLUG, number=number, section="2.1", why="", actor=USER, seen=stamp)
        yield f"{_BASE}/"


def _asked(visitor: Visitor, addresses: Iterable[str]) -> Iterable[float]:
    """Yield the seconds of each request; what makes the next address is not measured."""
    for address in addresses:
        begin = time.perf_counter()
        visitor.ask_query(address)
        yield time.perf_counter() - begin
        if visitor.status != 200:
            raise AssertionError(f"{address}: {visitor.status}")


def _p95(times: Iterable[float]) -> float:
    """Return the 95th percentile, by the nearest rank."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, -(-95 * len(ordered) // 100) - 1)]


def _bulk(office: Office, visitor: Visitor, watch: Stopwatch, many: int) -> None:
    chosen = ",".join(str(n) for n in range(1, many + 1))
    token = hidden(visitor.ask_query(f"{_BASE}/queue"))["csrf_token"]
    form = {
        "csrf_token": token, "numbers": chosen, "query": "", "deed": "decide", "sure": "1",
        "disposition": "noted", "reason": "“{诉求}”转有关工作安排时参考。",
        "total": str(many),
    }  # fmt: skip
    with watch.stage("bulk"):
        visitor.ask(f"{_BASE}/acts", form)
        number = int(visitor.headers["Location"].rsplit("/", 1)[1].split("?")[0])
        _until_over(visitor, f"{_BASE}/acts/{number}")
    with watch.stage("undo"):
        visitor.ask(f"{_BASE}/acts/{number}/undo", {"csrf_token": token})
        _until_over(visitor, f"{_BASE}/acts/{number}")
    left = office.store.db.execute("select count(*) from decisions where current = 1").fetchone()
    if left[0]:
        raise AssertionError("something was not undone")


def _until_over(visitor: Visitor, address: str) -> None:
    """Ask for the page with the progress, as its script does, until nothing moves any more."""
    while "<progress" in visitor.ask(address):
        time.sleep(0.05)


def _naive(material: Sequence[Sample], watch: Stopwatch) -> None:
    with filled(material) as (office, _):
        execute: Callable[[str], object] = lambda sql: office.store.db.execute(sql).fetchall()  # noqa: E731

        def asked(pages: Iterable[Sequence[str]]) -> Iterable[float]:
            for statements in pages:
                begin = time.perf_counter()
                for statement in statements:
                    execute(statement)
                yield time.perf_counter() - begin

        watch.seconds["queue"] = _p95(asked(desk_requests.naive_queue()))
        watch.seconds["search"] = _p95(asked(desk_requests.naive_search()))
        watch.seconds["work"] = _p95(asked(desk_requests.naive_work(len(material))))
        watch.seconds["overview"] = _p95(asked(desk_requests.naive_overview()))
        watch.peaks |= dict.fromkeys(watch.seconds, 0.0)
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
    reason="its pages take a second each at 100,000, and grow with the comments",
)
