"""``outline.toml``: the tree with our summaries; and how it joins the official text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from consult.domain.consultation import Indicator, Plan, Section
from consult.intake.corpus_fields import Fields, read_file
from consult.intake.draft_lines import title_key

OUTLINE: Final = "outline.toml"


def read_outline(folder: Path) -> Plan:
    """Read ``outline.toml`` into a plan without official text.

    Raises ``InputRefused`` (``corpus.*``): see ``corpus_fields``, ``corpus.wrong-code`` for a code
    that does not lie under its chapter, ``corpus.duplicate`` for a code or number used twice,
    ``corpus.unknown-section`` for an indicator of no section.
    """
    fields = read_file(folder, OUTLINE)
    title = fields.text("title")
    fields.text("label")  # shown by the pages with every summary; must not be forgotten
    lead_summary = fields.text("lead_summary", "")
    chapters = tuple(_section(chapter, "") for chapter in fields.tables("chapters"))
    if not chapters:
        fields.refuse("corpus.missing-key", "chapters")
    rows = fields.tables("indicators")
    indicators = tuple(map(_indicator, rows))
    fields.finish()
    plan = Plan(title, chapters, (), lead_summary, indicators)
    _check(fields, plan)
    return plan


def _section(fields: Fields, above: str) -> Section:
    code = fields.text("code")
    parent, _, own = code.rpartition(".")
    if parent != above or not (own.isascii() and own.isdigit() and own[0] != "0"):
        fields.refuse("corpus.wrong-code", "code", value=code, parent=above)
    section = Section(
        code=code,
        number=fields.text("number"),
        title=fields.text("title"),
        page=fields.whole_or_none("page"),
        summary=fields.text("summary", ""),
        sections=tuple(_section(below, code) for below in fields.tables("sections")),
    )
    fields.finish()
    return section


def _indicator(fields: Fields) -> Indicator:
    indicator = Indicator(
        number=fields.whole("number"),
        name=fields.text("name"),
        unit=fields.text("unit", ""),
        base_year=fields.whole_or_none("base_year"),
        base=fields.text("base", ""),
        target_year=fields.whole_or_none("target_year"),
        target=fields.text("target", ""),
        growth=fields.text("growth", ""),
        section=fields.text("section", ""),
        plain=fields.text("plain", ""),
        unit_note=fields.text("unit_note", ""),
    )
    fields.finish()
    return indicator


def _check(fields: Fields, plan: Plan) -> None:
    codes = [node.code for node in plan.walk()]
    numbers = [row.number for row in plan.indicators]
    for key, used in (("chapters", codes), ("indicators", numbers)):
        twice = _twice(used)
        if twice is not None:
            fields.refuse("corpus.duplicate", key, value=twice)
    for row in plan.indicators:
        if row.section and row.section not in codes:
            fields.refuse("corpus.unknown-section", "indicators", value=row.section)


def _twice(values: Iterable[object]) -> object | None:
    return next((value for value, times in Counter(values).items() if times > 1), None)


def merge(official: Plan, outline: Plan) -> Plan:
    """Put our summaries, plain words and missing pages into the official tree.

    A node takes them from the outline's node of the same code and title, or else of the same
    title where that is told only once; what has no counterpart stays as it is.
    """
    nodes = list(outline.walk())
    titles = Counter(title_key(node.title) for node in nodes)
    known = {(node.code, title_key(node.title)): node for node in nodes}
    known |= {("", key): node for node in nodes if titles[key := title_key(node.title)] == 1}
    rows = {title_key(row.name): row for row in outline.indicators}
    return replace(
        official,
        chapters=tuple(_merged(chapter, known) for chapter in official.chapters),
        lead_summary=official.lead_summary or outline.lead_summary,
        indicators=tuple(_explained(row, rows) for row in official.indicators),
    )


def _merged(node: Section, known: dict[tuple[str, str], Section]) -> Section:
    key = title_key(node.title)
    ours = known.get((node.code, key)) or known.get(("", key))
    below = tuple(_merged(child, known) for child in node.sections)
    if ours is None:
        return replace(node, sections=below)
    page = node.page if node.page is not None else ours.page
    return replace(node, page=page, summary=node.summary or ours.summary, sections=below)


def _explained(row: Indicator, rows: dict[str, Indicator]) -> Indicator:
    ours = rows.get(title_key(row.name))
    if ours is None:
        return row
    return replace(row, plain=row.plain or ours.plain, unit_note=row.unit_note or ours.unit_note)
