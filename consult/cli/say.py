"""How commands speak: lines for people, JSON for programs, progress on a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

# The stages of long work as people read them.
STAGES = {
    "split": "拆分意见",
    "map": "归入章节",
    "group": "归并同类",
    "store": "保存结果",
    "send": "发信",
}


def as_json(value: object) -> None:
    """Print one JSON object."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def line(text: str) -> None:
    """Print a line for a person."""
    click.echo(text)


def warn(text: str) -> None:
    """Print a line to standard error."""
    click.echo(text, err=True)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show how far long work is, on a terminal only; elsewhere stay silent."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return

    def show(stage: str, done: int, total: int) -> None:
        share = 100 * done // max(total, 1)
        click.echo(f"\r{STAGES.get(stage, stage)} {share:3d}%", nl=False, err=True)
        if done >= total:
            click.echo(err=True)

    yield show
