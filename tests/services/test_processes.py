"""The same run in one process, in several, and on a cluster."""

from __future__ import annotations

import hashlib
import warnings
from pathlib import Path

import pytest

from consult.analysis.segment import Segmenter
from consult.domain.comment import NewSubmission
from consult.domain.consultation import Consultation, Plan
from consult.domain.errors import ConsultError
from consult.domain.knowledge import Knowledge
from consult.domain.lexicon import Lexicon
from consult.export.records import digest_json, register_json
from consult.services.analyse import analyse
from consult.services.cluster import on_cluster
from consult.services.compile import compile_digest, compile_register
from consult.services.index_words import searched_by
from consult.services.office import Office, open_office
from consult.services.publish import publish
from consult.services.receive import receive
from tests.conftest import OPEN, SLUG, Clock
from tests.services.asks import FISHING, LITTER, NIGHT

TEXTS = (
    *FISHING,
    *NIGHT,
    *LITTER,
    "第一，请多划几处垂钓区。第二，岸边请设垃圾桶，饵料袋没地方扔。",
)


def documents(office: Office, processes: int) -> str:
    """Analyse, and return a hash of everything that is written about it."""
    for text in TEXTS:
        receive(office, slug=SLUG, new=NewSubmission(text=text), now=OPEN)
    analyse(office, slug=SLUG, actor="test", processes=processes)
    digest = digest_json(compile_digest(office, slug=SLUG, as_of=OPEN))
    register = register_json(compile_register(office, slug=SLUG, as_of=OPEN))
    told = (digest + register).decode()
    for row in office.store.db.query("select number from submissions"):
        told = told.replace(row["number"], "R")
    kept = [line for line in told.splitlines() if '"masthead"' not in line]
    return hashlib.sha256("\n".join(kept).encode()).hexdigest()


@pytest.fixture
def two_offices(
    tmp_path: Path, clock: Clock, consultation: Consultation, plan: Plan, lexicon: Lexicon
) -> tuple[Office, Office]:
    found = []
    for name in ("one", "other"):
        office = open_office(tmp_path / name, create=True, clock=clock)
        publish(
            office, consultation=consultation, plan=plan, knowledge=Knowledge(lexicon),
            source="plan.txt", data=b"plan", actor="test",
        )  # fmt: skip
        found.append(office)
    return found[0], found[1]


def test_two_processes_find_what_one_finds(two_offices: tuple[Office, Office]) -> None:
    one, other = two_offices

    assert documents(other, 2) == documents(one, 1)


def test_two_processes_cut_the_words_to_search_by_as_one_does() -> None:
    segmenter = Segmenter(("垂钓区",))

    one = searched_by(TEXTS, segmenter)

    assert one[0].split(" ") == segmenter.search_tokens(TEXTS[0])
    assert searched_by(TEXTS, segmenter, 2) == one


def test_two_processes_tell_what_one_tells(
    two_offices: tuple[Office, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, _ = two_offices
    documents(office, 1)

    def told() -> tuple[bytes, bytes]:
        digest = compile_digest(office, slug=SLUG, as_of=OPEN)
        return digest_json(digest), register_json(compile_register(office, slug=SLUG, as_of=OPEN))

    one = told()
    monkeypatch.setattr("consult.services.compile.suitable", lambda comments: 2)
    monkeypatch.setattr("consult.services.digest_read._BATCH", 3)  # several batches of sections
    monkeypatch.setattr("consult.services.digest_read._SHARD", 2)

    assert told() == one


def test_a_cluster_finds_what_one_process_finds(two_offices: tuple[Office, Office]) -> None:
    distributed = pytest.importorskip("distributed", reason="extra [cluster] is not installed")
    one, other = two_offices
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with (
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
            ) as cluster,
            on_cluster(cluster.scheduler_address) as threads,
        ):
            found = documents(other, threads)

    assert (threads, found) == (2, documents(one, 1))


def test_a_scheduler_that_does_not_answer_is_named() -> None:
    pytest.importorskip("distributed", reason="extra [cluster] is not installed")
    with (
        warnings.catch_warnings(),
        pytest.raises(ConsultError) as refused,
        on_cluster("tcp://127.0.0.1:9"),
    ):
        pass

    assert (refused.value.code, refused.value.values) == (
        "cluster.unreachable", {"scheduler": "tcp://127.0.0.1:9"},
    )  # fmt: skip
