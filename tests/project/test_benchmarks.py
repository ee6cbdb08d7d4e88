"""``python -m benchmarks``: JSON lines of one form, the product and the naive way side by side."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.serving import environment

ROOT = Path(__file__).resolve().parents[2]
KEYS = ["implementation", "stage", "n", "seconds", "rows_per_second", "peak_mib"]


@cache
def measured(name: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", name, "--n", "50"], cwd=ROOT, env=environment(),
        capture_output=True, encoding="utf-8", timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("name", "consult", "naive"),
    [
        ("mapping", ["fit", "place"], ["fit", "place"]),
        ("form", ["form"], ["form"]),
        ("receive", ["post", "service"], ["post", "service"]),
        (
            "analyse",
            ["split", "map", "additions", "families", "themes", "labels", "digest"],
            ["split", "map", "themes", "labels"],
        ),
        ("rerun", ["first", "again"], ["first", "again"]),
        (
            "staff",
            ["queue", "search", "work", "overview", "bulk", "undo"],
            ["queue", "search", "work", "overview", "bulk"],
        ),
    ],
)
def test_each_stage_of_both_implementations_is_a_line(
    name: str, consult: list[str], naive: list[str]
) -> None:
    lines = measured(name)
    assert [list(line) for line in lines] == [KEYS] * len(lines)
    stages = {
        implementation: sorted(
            str(line["stage"]) for line in lines if line["implementation"] == implementation
        )
        for implementation in ("consult", "naive")
    }
    assert stages == {"consult": sorted([*consult, "total"]), "naive": sorted([*naive, "total"])}
    assert {line["n"] for line in lines} == {50}


def test_the_total_is_the_sum_of_the_stages() -> None:
    lines = [line for line in measured("mapping") if line["implementation"] == "consult"]
    *stages, total = lines
    assert total["stage"] == "total"
    assert total["seconds"] == pytest.approx(
        sum(float(str(s["seconds"])) for s in stages), abs=1e-5
    )
