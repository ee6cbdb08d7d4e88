"""``form``: the page with the empty form, for visitors who have a session already, one core.

Naive: the same form rendered by the same templates for every visitor, as Flask applications
usually do; the application's own kept pages are thrown away before each request.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.material import Sample
from benchmarks.measure import Benchmark, Stopwatch
from benchmarks.pages import Visitor, site


def _consult(material: Sequence[Sample], watch: Stopwatch) -> None:
    with site() as (application, path):
        visitor = Visitor(application)
        visitor.ask(path)
        with watch.stage("form"):
            for _ in material:
                visitor.ask(path)
        if visitor.status != 200:
            raise AssertionError(visitor.status)


def _naive(material: Sequence[Sample], watch: Stopwatch) -> None:
    from consult.web.public.blank_form import CACHE

    with site() as (application, path):
        visitor = Visitor(application)
        visitor.ask(path)
        with watch.stage("form"):
            for _ in material:
                application.extensions.pop(CACHE, None)  # type: ignore[attr-defined]
                visitor.ask(path)


BENCHMARK = Benchmark(consult=_consult, naive=_naive, reach=10_000, reason="it only repeats itself")
