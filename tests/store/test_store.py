from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from consult.domain.errors import StoreUnready
from consult.store import attempts, events, search
from consult.store.database import FILE, migrate_store, open_store
from consult.store.migrations import schema

AT = datetime(2024, 1, 1, tzinfo=UTC)


def test_connections_are_durable_and_keep_foreign_keys(tmp_path: Path) -> None:
    store = open_store(tmp_path / FILE, create=True)
    found = {
        name: store.db.execute(f"pragma {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_every_table_is_strict(tmp_path: Path) -> None:
    store = open_store(tmp_path / FILE, create=True)
    tables = store.db.execute(
        "select name from pragma_table_list where schema = 'main' and type = 'table'"
        " and not strict and name not like 'sqlite_%' and name not like '_sqlite%'"
    ).fetchall()
    assert tables == []


def test_a_missing_database_is_said_and_not_created(tmp_path: Path) -> None:
    with pytest.raises(StoreUnready) as error:
        open_store(tmp_path / FILE)
    assert error.value.code == "store.missing"
    assert not (tmp_path / FILE).exists()


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("not a database, but long enough to be read as one" * 20)
    with pytest.raises(StoreUnready) as error:
        open_store(tmp_path / FILE)
    assert error.value.code == "store.damaged"


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    store = open_store(tmp_path / FILE, create=True)
    with store.write() as db:
        db.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at)"
            " values ('consult', 'm999_future', '2099')"
        )
    with pytest.raises(StoreUnready) as error:
        open_store(tmp_path / FILE)
    assert error.value.code == "store.newer"


def test_an_older_database_is_refused_until_it_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / FILE
    schema.apply(Database(path), stop_before="m002_search_words")
    with pytest.raises(StoreUnready) as error:
        open_store(path)
    assert error.value.code == "store.older"
    steps = tuple(step.name for step in schema.pending(Database(memory=True)))
    assert migrate_store(path) == steps[1:]
    assert open_store(path).path == path


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    store = open_store(tmp_path / FILE, create=True)
    with pytest.raises(ZeroDivisionError), store.write() as db:
        events.add(db, at=AT, actor="a", verb="v", subject="s")
        raise ZeroDivisionError
    assert events.head(store.db) == events.START


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path) -> None:
    store = open_store(tmp_path / FILE, create=True)
    pages = store.db.execute("pragma page_count").fetchone()[0]
    store.db.execute(f"pragma max_page_count = {pages + 2}").fetchall()
    with pytest.raises(StoreUnready) as error, store.write() as db:
        for number in range(200):
            events.add(db, at=AT, actor="a" * 500, verb="v", subject=f"s{number}")
    assert error.value.code == "store.full"
    assert events.head(store.db) == events.START


APPEND = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from consult.store import events
from consult.store.database import open_store
store = open_store(Path(sys.argv[1]))
for _ in range(40):
    with store.write() as db:
        events.add(db, at=datetime.now(UTC), actor="a", verb="v", subject="s")
"""


def test_many_processes_append_to_one_chain_without_a_lock_error(tmp_path: Path) -> None:
    path = tmp_path / FILE
    store = open_store(path, create=True)
    writers = [subprocess.Popen([sys.executable, "-c", APPEND, str(path)]) for _ in range(4)]
    assert [writer.wait(timeout=120) for writer in writers] == [0] * 4
    assert len(events.of(store.db, ["s"])) == 160
    assert events.verify(store.db) is None


@pytest.mark.parametrize(
    "damage",
    [
        "update events set why = 'forged' where number = 2",
        "delete from events where number = 2",
        "update events set hash = 'f' || substr(hash, 2) where number = 2",
        "insert into events select number + 9, consultation, at, actor, verb, subject, why, before,"
        " after, previous, 'ff', '' from events where number = 3",
    ],
)
def test_an_event_changed_dropped_or_appended_by_hand_is_found(tmp_path: Path, damage: str) -> None:
    store = open_store(tmp_path / FILE, create=True)
    with store.write() as db:
        for subject in "abc":
            events.add(db, at=AT, actor="a", verb="v", subject=subject)
    assert events.verify(store.db) is None
    sqlite3.connect(tmp_path / FILE, isolation_level=None).execute(damage)
    assert events.verify(store.db) is not None


def test_forgotten_comments_leave_no_bytes_in_the_search_index(tmp_path: Path) -> None:
    store = open_store(tmp_path / FILE, create=True)
    with store.write() as db:
        search.index(db, [(1, "zzsecretzz 意见"), (2, "意见")], version="1")
    with store.write() as db:
        search.forget(db, [1])
    store.db.execute("pragma wal_checkpoint(truncate)").fetchall()
    store.close()
    assert b"secretzz" not in (tmp_path / FILE).read_bytes()


def doubled(path: Path) -> Database:
    """A database as two analyses at once left it: every comment twice, some decided on."""
    db = Database(path)
    schema.apply(db, stop_before="m009_doubles")
    db.execute(
        "insert into consultations (id, slug, title, office, timezone, opens, closes, texts,"
        " rehearsal, version, lexicon, created)"
        " values (1, 's', '', '', '', '', '', '', 0, 1, '', '')"
    )
    db.execute(
        "insert into submissions (id, consultation, number, code_hash, channel, speaker, received,"
        " stored, late, publish, privacy_version, chosen, source, person, state)"
        " values (1, 1, 'N', '', 'web', '', '', '', 0, 0, '', '[]', '', '', 'active')"
    )
    spans = [(1, 0, 4), (2, 4, 8), (3, 8, 12), (4, 0, 4), (5, 4, 8), (6, 8, 12)]
    for number, start, end in spans:
        db.execute(
            'insert into comments (number, submission, consultation, start, "end", text, kind,'
            " section, state, run, stamp) values (?, 1, 1, ?, ?, 'text', 'suggestion', '1',"
            " 'active', 1, 0)",
            [number, start, end],
        )
    db.execute(
        "insert into links (comment, section, origin, confidence, rank, evidence, run)"
        " values (5, '1', 'staff', 1.0, 0, '[]', 0)"
    )
    db.conn.execute("pragma foreign_keys = off")
    db.execute("insert into decision_members (decision, comment) values (9, 6)")
    db.conn.commit()
    return db


def test_comments_stored_twice_are_superseded_and_what_staff_did_stays(tmp_path: Path) -> None:
    db = doubled(tmp_path / FILE)
    schema.apply(db)
    states = dict(db.execute("select number, state from comments").fetchall())
    listed = sorted(number for number, state in states.items() if state == "active")
    assert (listed, len(states)) == ([1, 5, 6], 6)


def test_no_span_of_a_submission_can_be_listed_twice(tmp_path: Path) -> None:
    db = doubled(tmp_path / FILE)
    schema.apply(db)
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("update comments set state = 'active'")


def test_what_limits_counted_before_the_tallies_still_counts(tmp_path: Path) -> None:
    db = Database(tmp_path / FILE)
    schema.apply(db, stop_before="m018_tallies")
    rows = [("a", 1000.0), ("a", 1100.5), ("b", 1100.0), ("a", 1201.0)]
    db.conn.executemany("insert into attempts values (?, ?)", rows)
    db.conn.commit()
    schema.apply(db)
    assert [attempts.count(db, name, at=1300.0, window=600) for name in "abc"] == [3, 1, 0]


@given(
    st.lists(st.integers(0, 4000), min_size=1, max_size=40),
    st.integers(300, 3600),
)
def test_a_window_never_counts_less_than_what_was_done_in_it(times: list[int], window: int) -> None:
    db = Database(memory=True)
    schema.apply(db)
    for at in sorted(times):
        attempts.add(db, "a", at=float(at), window=3600)
    now = max(times)
    exact = sum(now - window <= at for at in times)
    tick = 300  # seconds by which it may count more
    assert exact <= attempts.count(db, "a", at=float(now), window=window)
    assert attempts.count(db, "a", at=float(now), window=window) <= sum(
        now - window - tick < at for at in times
    )
