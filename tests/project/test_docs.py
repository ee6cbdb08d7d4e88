"""What the README promises: both commands, every command of the program, every setting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from consult import __version__
from consult.cli.program import program
from consult.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HELD = {"--help", "--version"}  # click's own


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its full name, groups included."""

    def never(*_: object) -> None:
        raise AssertionError("no site is made for its help")

    waiting: list[tuple[str, click.Command]] = [
        ("consult", program(create_app=never, environ={}, folder=ROOT))  # type: ignore[arg-type]
    ]
    while waiting:
        name, command = waiting.pop()
        yield name, command
        if isinstance(command, click.Group):
            waiting += [(f"{name} {below}", sub) for below, sub in command.commands.items()]


def test_every_command_is_in_the_readme(readme: str) -> None:
    leaves = [name for name, command in commands() if not isinstance(command, click.Group)]
    assert len(leaves) > 10
    assert sorted(name for name in leaves if name not in readme) == []


def test_every_command_and_option_has_chinese_help() -> None:
    bare = [name for name, command in commands() if not CHINESE.search(command.help or "")]
    bare += [
        f"{name} {option.opts[0]}"
        for name, command in commands()
        for option in command.params
        if isinstance(option, click.Option)
        and not HELD & set(option.opts)
        and not CHINESE.search(option.help or "")
    ]
    assert bare == []


def test_every_setting_is_in_the_readme(readme: str) -> None:
    names = [f"{PREFIX}{item.name.upper()}" for item in fields(Settings)]
    words = set(re.findall(r"\w+", readme))
    assert [name for name in [*names, f"{PREFIX}CONFIG"] if name not in words] == []


def test_the_readme_names_no_setting_that_does_not_exist(readme: str) -> None:
    known = {f"{PREFIX}{item.name.upper()}" for item in fields(Settings)} | {f"{PREFIX}CONFIG"}
    named = set(re.findall(rf"\b{PREFIX}[A-Z][A-Z_]*[A-Z]\b", readme))
    unknown = {name for name in named if not {name, name.removesuffix("_FILE")} & known}
    assert unknown - {
        f"{PREFIX}X", f"{PREFIX}X_FILE",
    } == set()  # fmt: skip


@pytest.mark.parametrize("name", ["run", "test"])
def test_each_of_the_two_commands_is_one_line(readme: str, name: str) -> None:
    blocks = re.findall(rf"^<!-- {name} command -->\n+```\w+\n(.*?)^```$", readme, re.M | re.S)
    assert len(blocks) == 1
    assert [line[:7] for line in blocks[0].splitlines() if line] == ["python3"]


def test_the_readme_has_a_chinese_section(readme: str) -> None:
    assert len(re.findall(r"^#+ .*[\u4e00-\u9fff]", readme, re.M)) > 0


def test_pictures_and_files_the_readme_points_to_exist(readme: str) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", readme)
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in local if not (ROOT / target).exists()] == []


def test_the_changelog_tells_of_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[?([^\]\s]+)", text, re.M)
    assert headings[0] in {"Unreleased", __version__}
