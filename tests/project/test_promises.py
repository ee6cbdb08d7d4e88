"""docs/citizens.md names for each promise the tests that prove it: they exist."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def rows() -> list[list[str]]:
    text = (ROOT / "docs" / "citizens.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@cache
def functions(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_all_twenty_two_promises_stand_there_each_with_a_test() -> None:
    listed = [row for row in rows() if row[0].isdigit()]
    assert [int(row[0]) for row in listed] == list(range(1, 23))
    assert [row[0] for row in listed if not NAMED.search(row[2])] == []


def test_every_test_that_is_named_exists() -> None:
    named = {match for row in rows() for match in NAMED.findall(" ".join(row))}
    assert len(named) > 40
    missing = [
        f"{path}::{name}"
        for path, name in sorted(named)
        if not (ROOT / path).is_file() or name not in functions(path)
    ]
    assert missing == []
