"""``exemplars.jsonl``: what people may say about each section, a weak label a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, NoReturn

from consult.domain.consultation import GENERAL, OFFPLAN, Plan
from consult.domain.errors import InputRefused
from consult.domain.knowledge import Exemplar
from consult.domain.text import is_blank, unstorable

EXEMPLARS: Final = "exemplars.jsonl"
_KEYS: Final = frozenset({"text", "section", "voice"})


def read_exemplars(folder: Path, plan: Plan) -> tuple[Exemplar, ...]:
    """Read ``exemplars.jsonl``; none when the folder has no such file.

    Raises ``InputRefused("corpus.exemplar")`` with file, line and reason: no JSON object, an
    unknown key, a blank text, a section the plan does not have, a text given twice.
    """
    path = folder / EXEMPLARS
    if not path.is_file():
        return ()
    codes = {node.code for node in plan.walk()} | {GENERAL, OFFPLAN}
    found: dict[str, Exemplar] = {}
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        exemplar = _exemplar(line, number)
        if exemplar.section not in codes:
            _refuse(number, f"section {exemplar.section}")
        if exemplar.text in found:
            _refuse(number, "text given twice")
        found[exemplar.text] = exemplar
    return tuple(found.values())


def _exemplar(line: bytes, number: int) -> Exemplar:
    try:
        row = json.loads(line)
    except ValueError as error:
        _refuse(number, str(error))
    if not isinstance(row, dict) or not set(row) <= _KEYS:
        _refuse(number, "keys")
    text, section = row.get("text"), row.get("section")
    if not isinstance(text, str) or is_blank(text) or unstorable(text):
        _refuse(number, "text")
    if not isinstance(section, str):
        _refuse(number, "section")
    return Exemplar(text, section)


def _refuse(number: int, reason: str) -> NoReturn:
    raise InputRefused("corpus.exemplar", field="exemplars", file=EXEMPLARS, line=number,
                       reason=reason)  # fmt: skip
