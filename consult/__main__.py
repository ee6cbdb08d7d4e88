"""The program ``consult``: puts the command line and the web application together."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from consult.cli.program import run

if TYPE_CHECKING:
    from flask import Flask

    from consult.services.office import Office
    from consult.settings import Settings


def _create_app(settings: Settings, office: Office) -> Flask:
    """Import Flask only for the commands that serve."""
    from consult.web import create_app

    return create_app(settings, office)


def main() -> None:
    """Run the command line and leave with its exit code."""
    run(create_app=_create_app, environ=os.environ, folder=Path.cwd())


if __name__ == "__main__":
    main()
