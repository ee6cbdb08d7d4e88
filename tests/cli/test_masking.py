"""``consult masking``: the doubtful places listed, and what staff say of them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

LINE = {"text": "垂钓区的公告贴在龙涧路18号，请王建国局长多贴几处。", "publish": True}


def test_doubtful_places_are_listed_and_confirmed(site: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps(LINE, ensure_ascii=False), encoding="utf-8")
    assert site("import", "in.jsonl").returncode == 0
    assert site("analyse").returncode == 0

    street, name = json.loads(site("masking", "list", "--json").stdout)
    wrong = site("masking", "confirm", "--hide", "1:0-1", "--leave", street["key"])
    done = site("masking", "confirm", "--leave", street["key"], "--rest")

    assert [street["words"], name["words"], name["shown"]] == ["龙涧路18号", "王建国", "王*"]
    assert (wrong.returncode, "1:0-1 不是存疑的地方" in wrong.stderr) == (2, True)
    assert (done.returncode, done.stdout) == (0, "已记下 2 处\n")
    assert site("masking", "list", "--open").stdout == "共 2 处，未核实 0 处\n"
    assert [item["hidden"] for item in json.loads(site("masking", "list", "--json").stdout)] == [
        False,
        True,
    ]
