"""``lexicon.toml``: the words of a consultation, checked against its outline."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from consult.domain.consultation import LEAD, Plan
from consult.domain.lexicon import FigureWords, Lexicon, Opposite, SectionWords
from consult.intake.corpus_fields import Fields, read_file
from consult.intake.corpus_outline import read_outline

LEXICON: Final = "lexicon.toml"


def read_lexicon(folder: Path, plan: Plan | None = None) -> Lexicon:
    """Read ``lexicon.toml``; plan, or the outline beside it, has the sections and indicators.

    Raises ``InputRefused`` (``corpus.*``): those of ``read_outline``, ``corpus.unknown-section``,
    ``corpus.unknown-indicator`` and ``corpus.duplicate``.
    """
    outline = plan or read_outline(folder)
    codes = frozenset({LEAD, *(node.code for node in outline.walk())})
    homes = {row.number: row.section for row in outline.indicators}
    fields = read_file(folder, LEXICON)
    figures = [_indicator(row, homes, codes) for row in fields.tables("indicators")]
    figures += [_target(row, codes) for row in fields.tables("targets")]
    lexicon = Lexicon(
        version=fields.text("version"),
        words=_terms(fields, "words"),
        sections=_sections(fields, codes),
        general=_terms(fields, "general"),
        offplan=_terms(fields, "offplan"),
        opposites=tuple(map(_opposite, fields.tables("opposites"))),
        figures=tuple(figures),
    )
    fields.finish()
    return lexicon


def _terms(fields: Fields, key: str) -> tuple[str, ...]:
    table = fields.table(key)
    terms = table.texts("terms")
    table.finish()
    return terms


def _sections(fields: Fields, codes: frozenset[str]) -> Mapping[str, SectionWords]:
    words: dict[str, SectionWords] = {}
    for table in fields.tables("sections"):
        code = _code(table, "code", codes)
        if code in words:
            table.refuse("corpus.duplicate", "code", value=code)
        words[code] = SectionWords(table.texts("terms"), table.texts("everyday"))
        table.finish()
    return words


def _code(fields: Fields, key: str, codes: frozenset[str]) -> str:
    code = fields.text(key)
    if code not in codes:
        fields.refuse("corpus.unknown-section", key, value=code)
    return code


def _opposite(fields: Fields) -> Opposite:
    opposite = Opposite(fields.texts("a"), fields.texts("b"), fields.text("reason", ""))
    for key, words in (("a", opposite.a), ("b", opposite.b)):
        if not words:
            fields.refuse("corpus.missing-key", key)
    fields.finish()
    return opposite


def _indicator(fields: Fields, homes: Mapping[int, str], codes: frozenset[str]) -> FigureWords:
    number = fields.whole("number")
    given = fields.text("section", "")
    if given:
        _code(fields, "section", codes)
    elif number not in homes:
        fields.refuse("corpus.unknown-indicator", "number", value=number)
    words = FigureWords(
        section=given or homes[number],
        names=fields.texts("aliases"),
        figures=fields.texts("figures"),
        number=number,
    )
    fields.finish()
    return words


def _target(fields: Fields, codes: frozenset[str]) -> FigureWords:
    code = _code(fields, "code", codes)
    words = FigureWords(section=code, names=(fields.text("phrase"), *fields.texts("aliases")))
    fields.finish()
    return words
