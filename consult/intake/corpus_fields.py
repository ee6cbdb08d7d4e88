"""Reads TOML files of a corpus key by key: what is missing, wrong or unknown is named."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from consult.domain.errors import InputRefused
from consult.domain.text import is_blank, unstorable


class Fields:
    """One table of a file. Every key is asked for by its type; ``finish`` refuses the others.

    All methods raise ``InputRefused`` with ``corpus.missing-key``, ``corpus.wrong-type`` or
    ``corpus.wrong-value``; their values are ``file``, ``key`` (``chapters[2].title``) and more.
    """

    def __init__(self, file: str, table: Mapping[str, object], place: str = "") -> None:
        self._file = file
        self._table = table
        self._place = place
        self._asked: set[str] = set()

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string; a key without a default must be there and not blank."""
        value = self._get(key, default)
        if not isinstance(value, str):
            self._wrong_type(key, "text")
        if default is None and is_blank(value):
            self.refuse("corpus.missing-key", key)
        if unstorable(value):
            self.refuse("corpus.wrong-value", key, value=ascii(value[:40]))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings, none of them blank; empty when the key is missing."""
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._wrong_type(key, "texts")
        if any(is_blank(item) for item in value):
            self.refuse("corpus.wrong-value", key, value="")
        return tuple(value)

    def whole(self, key: str) -> int:
        """Return a whole number that must be there."""
        value = self.whole_or_none(key)
        return value if value is not None else self.refuse("corpus.missing-key", key)

    def whole_or_none(self, key: str) -> int | None:
        """Return a whole number above zero, or None when the key is missing."""
        self._asked.add(key)
        value = self._table.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            self._wrong_type(key, "number")
        if value is not None and value < 1:
            self.refuse("corpus.wrong-value", key, value=value)
        return value

    def day(self, key: str) -> date:
        """Return a TOML date (without a time) that must be there."""
        value = self._get(key, None)
        if not isinstance(value, date) or isinstance(value, datetime):
            self._wrong_type(key, "date")
        return value

    def day_or_none(self, key: str) -> date | None:
        """Return a TOML date, or None when the key is missing."""
        self._asked.add(key)
        return self.day(key) if key in self._table else None

    def tables(self, key: str) -> tuple[Fields, ...]:
        """Return the tables of ``[[key]]``; empty when there are none."""
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self._wrong_type(key, "tables")
        named = enumerate(value, start=1)
        return tuple(Fields(self._file, item, f"{self._name(key)}[{at}]") for at, item in named)

    def table(self, key: str) -> Fields:
        """Return the table of ``[key]``; an empty one when it is missing."""
        value = self._get(key, {})
        if not isinstance(value, dict):
            self._wrong_type(key, "table")
        return Fields(self._file, value, self._name(key))

    def finish(self) -> None:
        """Refuse keys nobody asked for: ``corpus.unknown-key``."""
        unknown = sorted(set(self._table) - self._asked)
        if unknown:
            self.refuse("corpus.unknown-key", unknown[0], known=sorted(self._asked))

    def refuse(self, code: str, key: str, **values: object) -> NoReturn:
        """Refuse the file because of a key of this table."""
        raise InputRefused(code, field=key, file=self._file, key=self._name(key), **values)

    def _get(self, key: str, default: object) -> object:
        self._asked.add(key)
        value = self._table.get(key, default)
        return value if value is not None else self.refuse("corpus.missing-key", key)

    def _wrong_type(self, key: str, wanted: str) -> NoReturn:
        found = type(self._table.get(key)).__name__
        self.refuse("corpus.wrong-type", key, wanted=wanted, found=found)

    def _name(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key


def read_file(folder: Path, name: str) -> Fields:
    """Read a TOML file of a corpus folder.

    Raises ``InputRefused`` with ``corpus.missing-file``, ``corpus.unreadable`` or
    ``corpus.bad-toml`` (``reason`` is the parser's, with line and column).
    """
    path = folder / name
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise InputRefused("corpus.missing-file", field=name, file=name) from error
    except (OSError, UnicodeDecodeError) as error:
        reason = type(error).__name__
        raise InputRefused("corpus.unreadable", field=name, file=name, reason=reason) from error
    try:
        return Fields(name, tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = str(error)
        raise InputRefused("corpus.bad-toml", field=name, file=name, reason=reason) from error
