"""Finds ``templates/`` and ``corpus/`` in a checkout, an editable install and a wheel.

In a wheel both folders lie inside the package; in a checkout beside it. ``importlib.resources`` is
of no use here: it does not find mapped packages in an editable install.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    for candidate in (_PACKAGE / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(name)


def templates_folder() -> Path:
    """Return the folder of the page templates."""
    return _folder("templates")


def corpus_folder(slug: str = "") -> Path:
    """Return the folder of a shipped consultation, or of all of them.

    Raises ``FileNotFoundError`` when there is none of that name.
    """
    folder = _folder("corpus") / slug
    if not folder.is_dir():
        raise FileNotFoundError(slug)
    return folder
