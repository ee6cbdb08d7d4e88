from __future__ import annotations

import json
from pathlib import Path

from sqlite_utils import Database

from consult.store.migrations import schema
from tests.cli.conftest import Run


def test_an_older_database_is_migrated_with_a_copy_and_keeps_its_data(
    site: Run, tmp_path: Path
) -> None:
    new = tmp_path / "var" / "consult.sqlite3"
    old = tmp_path / "old" / "consult.sqlite3"
    old.parent.mkdir()
    older = Database(old)
    schema.apply(older, stop_before="m002_search_words")
    older.conn.execute("attach ? as newer", [str(new)])
    for table in ("consultations", "plans", "events", "facts"):
        columns = ", ".join(f'"{column.name}"' for column in older[table].columns)
        older.conn.execute(f"insert into {table} select {columns} from newer.{table}")
    older.conn.commit()
    older.close()
    (tmp_path / "var" / "keys").rename(tmp_path / "old" / "keys")

    refused = site("--data-dir", "old", "analyse")
    done = site("--data-dir", "old", "migrate", "--json")

    assert (refused.returncode, "consult migrate" in refused.stderr) == (2, True)
    assert json.loads(done.stdout) == {
        "steps": [step.name for step in schema.pending(Database(memory=True))][1:],
        "copy": "old/consult.before-m002_search_words.sqlite3",
    }
    assert (tmp_path / "old" / "consult.before-m002_search_words.sqlite3").exists()
    findings = json.loads(site("--data-dir", "old", "doctor", "--json").stdout)
    assert [f["name"] for f in findings if not f["ok"]] == ["backup"]
