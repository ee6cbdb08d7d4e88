"""The house stands as drawn: packages, sizes, names, imports."""

from __future__ import annotations

import ast
import configparser
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ("consult", "tests", "benchmarks")
MODULE_LINES, FUNCTION_LINES = 300, 50
TOP = {
    "consult", "templates", "corpus", "tests", "setup.cfg", "wsgi.py", "README.md",
    "pyproject.toml", "CHANGELOG.md", "LICENSE", ".ci", "benchmarks", "docs",
}  # fmt: skip
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff", "lib"}
LONG_FUNCTIONS: dict[str, str] = {}  # "path::function": why it cannot be shorter
WRITTEN = {".py", ".cfg", ".toml", ".html", ".txt", ".css", ".js", ".md", ".po", ".jsonl", ""}


def setup_cfg() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def modules() -> list[Path]:
    return sorted(path for name in CODE for path in (ROOT / name).rglob("*.py"))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> list[str]:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is no git checkout")
    found = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if found.returncode:
        pytest.skip(f"git cannot read the checkout: {found.stderr.strip()}")
    return [name for name in found.stdout.split("\0") if name and (ROOT / name).is_file()]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            told = ast.get_docstring(node) is not None
            docstring = (first.end_lineno or 0) - first.lineno + 1 if told else 0
            lines = (node.end_lineno or 0) - node.lineno + 1 - docstring
            yield f"{shown(path)}::{node.name}", lines


def test_every_package_on_disk_is_packaged() -> None:
    on_disk = {
        shown(path.parent).replace("/", ".") for path in (ROOT / "consult").rglob("*.py")
    }  # fmt: skip
    options = setup_cfg()["options"]
    mapped = dict(re.split(r"\s*=\s*", line) for line in options["package_dir"].strip().split("\n"))
    listed = options["packages"].split()
    assert sorted(listed) == sorted(on_disk | (mapped.keys() - {"consult"}))
    assert [
        name for name in on_disk if not (ROOT / name.replace(".", "/") / "__init__.py").exists()
    ] == []


def test_no_module_is_longer_than_300_lines() -> None:
    sizes = {shown(path): path.read_text(encoding="utf-8").count("\n") for path in modules()}
    assert {name: size for name, size in sizes.items() if size > MODULE_LINES} == {}


def test_no_function_is_longer_than_50_lines() -> None:
    sizes = dict(item for path in modules() for item in functions(path))
    long = {name for name, size in sizes.items() if size > FUNCTION_LINES}
    assert {name: sizes[name] for name in long - LONG_FUNCTIONS.keys()} == {}
    assert LONG_FUNCTIONS.keys() - long == set()


def test_no_module_is_a_drawer() -> None:
    assert [shown(path) for path in modules() if {path.stem, path.parent.name} & DRAWERS] == []


def test_the_top_level_is_fixed() -> None:
    found = {name.split("/")[0] for name in tracked()}
    assert {name for name in found if not name.startswith(".")} - TOP == set()
    assert [name for name in sorted(TOP - {"docs"}) if not (ROOT / name).exists()] == []


def test_imports_are_absolute() -> None:
    relative = [
        f"{shown(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_nothing_is_marked_as_unfinished() -> None:
    # Spelt so that this line is no such mark itself.
    marks = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b|\bNotImplemented" r"Error\b")
    found = [
        f"{name}: {match.group()}"
        for name in tracked()
        if Path(name).suffix in WRITTEN
        for match in marks.finditer((ROOT / name).read_text(encoding="utf-8"))
    ]
    assert found == []


def test_imports_point_downwards() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    if not program.exists():
        pytest.skip("import-linter is not installed; .ci/run runs it in any case")
    done = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
