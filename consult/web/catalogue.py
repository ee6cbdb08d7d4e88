"""Finds the messages to translate, for Babel. The English catalogue is brought up to date by::

    pybabel extract -F consult/web/translations/babel.cfg -k mark --omit-header --no-location \
        -o messages.pot .
    pybabel update -i messages.pot -d consult/web/translations --omit-header --no-fuzzy-matching \
        --width 100 --ignore-obsolete
    pybabel compile -d consult/web/translations

The update drops the catalogue's header, which is to be put back by hand.

Vocabularies and error sentences are tables in rooms that know nothing of Babel, so ``chinese``
reads the tables themselves; ``keys`` in ``babel.cfg`` names the codes that pages can show.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from typing import IO

_HAN = re.compile("[\u4e00-\u9fff]")


def chinese(
    file: IO[bytes], keywords: object, tags: Collection[str], options: Mapping[str, str]
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Yield line and text of the Chinese values of every table in a file."""
    prefixes = tuple(options.get("keys", "").split())
    for table in (node for node in ast.walk(ast.parse(file.read())) if isinstance(node, ast.Dict)):
        for key, value in zip(table.keys, table.values, strict=True):
            code = str(key.value) if isinstance(key, ast.Constant) else ""
            text = str(value.value) if isinstance(value, ast.Constant) else ""
            if _HAN.search(text) and code.startswith(prefixes or ""):
                yield value.lineno, None, text, []
