"""``rerun``: two runs over ``n`` submissions in a real database, the second after some more came.

Stages: ``first`` reads everything; then one submission in a hundred more comes, and ``again`` reads
these alone and groups all. What the office does between two runs (decisions, corrections) is left
out. Naive: every run reads everything.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from benchmarks.desk_office import USER, published, submitted
from benchmarks.material import SLUG, Sample, samples
from benchmarks.measure import Benchmark, Stopwatch

if TYPE_CHECKING:
    from consult.services.office import Office

_MORE: Final = 100  # one submission in so many comes after the first run
_SEED: Final = 30


def _consult(material: Sequence[Sample], watch: Stopwatch) -> None:
    _run(material, watch, anew=False)


def _naive(material: Sequence[Sample], watch: Stopwatch) -> None:
    _run(material, watch, anew=True)


def _run(material: Sequence[Sample], watch: Stopwatch, *, anew: bool) -> None:
    from consult.services.analyse import analyse

    with published() as (office, _):
        _receive(office, material)
        with watch.stage("first"):
            analyse(office, slug=SLUG, actor=USER, processes=0)
        _receive(office, samples(-(-len(material) // _MORE), seed=_SEED), after=len(material))
        with watch.stage("again"):
            analyse(office, slug=SLUG, actor=USER, processes=0, anew=anew)


def _receive(office: Office, material: Sequence[Sample], *, after: int = 0) -> None:
    from consult.store import consultations

    with office.store.write() as db:
        identifier, _ = consultations.find(db, SLUG)
        deque(submitted(office, identifier, material, after=after), maxlen=0)


BENCHMARK = Benchmark(
    consult=_consult, naive=_naive, reach=100_000, reason="it would only take longer"
)
