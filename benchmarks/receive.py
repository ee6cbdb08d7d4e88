"""``receive``: submissions one by one, each durable before the next begins, in a SQLite file.

The file lies in the folder for temporary files: set ``TMPDIR`` to try another disk. Naive: a bare
insert a transaction with the same pragmas, without number, code, sealing and event.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.material import Sample, corpus
from benchmarks.measure import Benchmark, Stopwatch

# Those of consult/store/database.py.
_PRAGMAS: Final = (
    "busy_timeout = 30000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON",
    "secure_delete = ON", "temp_store = MEMORY", "cache_size = -16000",
)  # fmt: skip


def _consult(material: Sequence[Sample], watch: Stopwatch) -> None:
    from consult.domain.comment import NewSubmission, Speaker
    from consult.services.office import open_office
    from consult.services.publish import publish
    from consult.services.receive import receive

    shipped = corpus()
    consultation = shipped.about.consultation
    now = consultation.window.start + timedelta(days=1)
    with TemporaryDirectory(prefix="consult-benchmark-") as folder:
        office = open_office(Path(folder) / "data", create=True)
        publish(
            office, consultation=consultation, plan=shipped.plan, knowledge=shipped.knowledge,
            source=shipped.source, data=shipped.data, actor="benchmark",
        )  # fmt: skip
        with watch.stage("receive"):
            for number, sample in enumerate(material):
                new = NewSubmission(sample.text, speaker=Speaker.INDIVIDUAL, key=f"key {number}")
                receive(office, slug=consultation.slug, new=new, now=now)
        office.store.close()


def _naive(material: Sequence[Sample], watch: Stopwatch) -> None:
    with TemporaryDirectory(prefix="consult-benchmark-") as folder:
        connection = sqlite3.connect(Path(folder) / "bare.sqlite3", isolation_level=None)
        for pragma in _PRAGMAS:
            connection.execute(f"pragma {pragma}").fetchall()
        connection.execute("create table submissions (id integer primary key, text text) strict")
        with watch.stage("receive"):
            for sample in material:
                connection.execute("begin immediate")
                connection.execute("insert into submissions (text) values (?)", [sample.text])
                connection.execute("commit")
        connection.close()


BENCHMARK = Benchmark(
    consult=_consult,
    naive=_naive,
    reach=1_000_000,
    reason="linear; it ends only with the disk",
)
