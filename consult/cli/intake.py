"""``consult import``: many submissions at once."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from consult.cli import say
from consult.cli.context import Context, json_option, pass_context, slug_option
from consult.cli.files import PATH, read
from consult.domain.errors import InputRefused
from consult.domain.ledger import ImportReport, Source, SourceKind
from consult.intake.jsonl import read_jsonl
from consult.intake.mail_boxes import is_mail
from consult.services.browse import published
from consult.services.import_items import import_items
from consult.services.receive import Rules
from consult.services.take_letters import take_letters
from consult.wording import sentence

ACTOR = "cli"
_SUFFIXES = (".jsonl", ".ndjson")


@click.command("import")
@click.argument("files", type=PATH, nargs=-1, required=True)
@slug_option
@json_option
@pass_context
@click.pass_context
def import_command(
    click_context: click.Context,
    context: Context,
    files: tuple[Path, ...],
    slug: str | None,
    as_json: bool,
) -> None:
    """导入来件：JSON Lines，或邮件（.eml、.mbox、Maildir）；重复导入不会重复收件。"""
    office = context.office()
    name = context.slug(office, slug)
    zone = ZoneInfo(published(office, slug=name).consultation.window.timezone)
    reports = []
    for path in files:
        if path.exists() and is_mail(path):
            reports.append(
                take_letters(office, slug=name, path=path, now=context.now(), actor=ACTOR)
            )
            continue
        if path.suffix.lower() not in _SUFFIXES:
            raise InputRefused("import.unknown-type", field="file", path=str(path))
        data = read(path)
        lines = data.splitlines(keepends=True)
        reports.append(
            import_items(
                office,
                slug=name,
                items=read_jsonl(lines, path.name, zone=zone),
                now=context.now(),
                actor=ACTOR,
                source=Source(SourceKind.JSONL, path.name, sha256(data).hexdigest()),
                rules=Rules(max_text=context.settings.max_text),
            )
        )
    _say(reports, as_json=as_json)
    click_context.exit(1 if any(report.refused for report in reports) else 0)


def _say(reports: list[ImportReport], *, as_json: bool) -> None:
    refusals = [item for report in reports for item in report.refusals]
    refused = sum(report.refused for report in reports)
    empty = sum(report.empty for report in reports)
    found = sum(report.found for report in reports)
    taken = sum(report.taken for report in reports)
    repeated = sum(report.repeated for report in reports)
    if as_json:
        rows = [
            {"place": item.place, "field": item.field, "code": item.code,
             "reason": sentence(item.code, item.values)}
            for item in refusals
        ]  # fmt: skip
        say.as_json(
            {
                "imports": [report.number for report in reports],
                "found": found,
                "taken": taken,
                "repeated": repeated,
                "empty": empty,
                "refused": rows,
            }
        )
        return
    say.line(f"共 {found} 件：收下 {taken}，已有 {repeated}，未收 {refused}，空 {empty}。")
    for item in refusals:
        say.warn(f"{item.place} {item.field}：{sentence(item.code, item.values)}")


COMMANDS = (import_command,)
