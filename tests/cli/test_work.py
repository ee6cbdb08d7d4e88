from __future__ import annotations

import json
import signal
from pathlib import Path

from consult.services.jobs import ask
from consult.services.office import open_office
from tests.cli.conftest import Run

FIRST = ["垂钓区划得太少，请多划几处。", "步道上的路灯太暗，请加装路灯。"]
MORE = ["请多划几处垂钓区，垂钓区太少。", "污水管网堵了，请尽快修。"]


def write(folder: Path, name: str, texts: list[str]) -> str:
    rows = (json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts))
    (folder / name).write_text("\n".join(rows), encoding="utf-8")
    return name


def test_a_run_tells_what_appeared_and_grew_since_the_one_before(site: Run, tmp_path: Path) -> None:
    site("import", write(tmp_path, "a.jsonl", FIRST))
    first = json.loads(site("analyse", "--json").stdout)
    site("import", write(tmp_path, "b.jsonl", MORE))
    second = json.loads(site("analyse", "--json").stdout)
    third = site("analyse")
    assert first["changes"] == []
    assert [(c["kind"], c["before"], c["after"]) for c in second["changes"]] == [
        ("grew", 1, 2), ("appeared", 0, 1),
    ]  # fmt: skip
    assert (second["appeared"], second["grew"]) == (1, 1)
    assert "与上一次相比" not in third.stdout


def test_the_worker_does_what_waits_and_ends(site: Run, tmp_path: Path) -> None:
    site("import", write(tmp_path, "a.jsonl", FIRST))
    office = open_office(tmp_path / "var")
    ask(office, slug="river", actor="li")
    done = site("work", "--once")
    assert (done.returncode, done.stderr) == (0, "")
    totals = list(
        office.store.db.query("select state, json_extract(result, '$.comments') n from jobs")
    )
    assert totals == [{"state": "done", "n": 2}]


def test_a_worker_that_has_ended_leaves_the_signals_as_they_were(site: Run) -> None:
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.getsignal(number) for number in numbers]
    site("work", "--once")
    assert [signal.getsignal(number) for number in numbers] == before


def test_a_worker_without_a_database_says_so(run: Run) -> None:
    done = run("work")
    assert (done.returncode, "没有找到数据库" in done.stderr) == (2, True)
