"""The group of all commands, their settings, and the one place where errors become exit codes.

Exit codes: 0 done, 1 some rows were refused, 2 wrong use or the work could not be done.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from consult import __version__
from consult.cli import (
    analysis,
    demo,
    draft,
    evaluate,
    fetch,
    intake,
    keeping,
    letters,
    masking,
    serve,
    staff,
    templates,
    work,
)
from consult.cli.context import AppFactory, Context
from consult.domain.errors import ConsultError
from consult.settings import load
from consult.wording import sentence

REFUSED, FAILED = 1, 2
_FAMILIES = (
    demo, serve, draft, intake, analysis, evaluate, staff, keeping, letters, masking, templates,
    work,
)  # fmt: skip


def program(*, create_app: AppFactory, environ: Mapping[str, str], folder: Path) -> click.Group:
    """Build the command group with its collaborators."""

    @click.group(context_settings={"help_option_names": ["-h", "--help"]})
    @click.option(
        "--data-dir",
        type=click.Path(path_type=Path, file_okay=False),
        help="数据目录（默认 ./var）。",
    )
    @click.version_option(__version__, prog_name="consult")
    @click.pass_context
    def consult(context: click.Context, data_dir: Path | None) -> None:
        """征求意见：收件、归类、汇总、答复。"""
        settings = load(environ, folder=folder, overrides={"data_dir": data_dir})
        context.obj = Context(settings=settings, create_app=create_app)

    for module in (
        demo,
        serve,
        draft,
        intake,
        fetch,
        analysis,
        evaluate,
        staff,
        keeping,
        letters,
        masking,
        templates,
        work,
    ):
        for command in module.COMMANDS:
            consult.add_command(command)
    return consult


def run(*, create_app: AppFactory, environ: Mapping[str, str], folder: Path) -> None:
    """Run the program and exit."""
    group = program(create_app=create_app, environ=environ, folder=folder)
    try:
        code = group.main(standalone_mode=False, prog_name="consult")
        sys.exit(code if isinstance(code, int) else 0)
    except ConsultError as error:
        click.echo(f"错误：{sentence(error.code, error.values)}", err=True)
        sys.exit(FAILED)
    except click.ClickException as error:
        error.show()
        sys.exit(FAILED)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("已中断。", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
