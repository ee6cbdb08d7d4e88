"""The pages of docs/ that promise something name the tests that prove it: they exist."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
PAGES = {"citizens.md": range(1, 23), "officials.md": range(23, 41)}


def rows(page: str) -> list[list[str]]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@cache
def functions(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("page", PAGES)
def test_all_promises_stand_there_in_order_each_with_a_test(page: str) -> None:
    listed = [row for row in rows(page) if row[0].isdigit()]
    assert [int(row[0]) for row in listed] == list(PAGES[page])
    assert [row[0] for row in listed if not NAMED.search(row[2])] == []


def test_every_hostile_file_and_letter_has_a_test() -> None:
    listed = [row for row in rows("hostile.md") if not row[0].startswith("What is sent")]
    assert len(listed) > 40
    assert [row[0] for row in listed if len(row) != 3 or not NAMED.search(row[2])] == []


@pytest.mark.parametrize("page", [*PAGES, "hostile.md"])
def test_every_test_that_is_named_exists(page: str) -> None:
    named = {match for row in rows(page) for match in NAMED.findall(" ".join(row))}
    assert len(named) > 40
    missing = [
        f"{path}::{name}"
        for path, name in sorted(named)
        if not (ROOT / path).is_file() or name not in functions(path)
    ]
    assert missing == []
