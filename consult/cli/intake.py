"""``consult import``: many submissions at once, out of files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

import click

from consult.cli import say
from consult.cli.context import Context, json_option, pass_context, slug_option
from consult.cli.files import PATH, read
from consult.cli.mail_preview import show_letters
from consult.cli.table_preview import show_preview
from consult.domain.errors import InputRefused
from consult.domain.ledger import ImportReport, LedgerItem, Source, SourceKind
from consult.domain.table import Columns, Role
from consult.intake.mail_boxes import is_mail
from consult.services.admit import Rules
from consult.services.import_table import preview_table
from consult.services.ledger import refused_lines
from consult.services.office import Office
from consult.services.preview_letters import preview_mailbox
from consult.services.run_imports import import_file
from consult.services.table_columns import dump_columns
from consult.services.take_letters import take_letters
from consult.wording import sentence

ACTOR = "cli"
_SHOWN = 200  # refused items that are printed
# How a file is called → what reads it. What it is, is told by its content then.
KINDS: Final[dict[str, SourceKind]] = {
    ".jsonl": SourceKind.JSONL,
    ".ndjson": SourceKind.JSONL,
    ".xlsx": SourceKind.TABLE,
    ".csv": SourceKind.TABLE,
    ".tsv": SourceKind.TABLE,
    ".txt": SourceKind.TABLE,
    ".docx": SourceKind.TABLE,
}


@click.command("import")
@click.argument("files", type=PATH, nargs=-1, required=True)
@click.option(
    "--mapping", multiple=True, metavar="COLUMN=FIELD",
    help="表格中某一列是什么，如 意见=text 或 C=text；可给多次。没有说到的列按表头判断。",
)  # fmt: skip
@click.option("--header", type=click.IntRange(0), help="表头在第几行；0 表示没有表头。")
@click.option(
    "--dry-run", is_flag=True, help="只看表格的前 50 行、邮箱的前 20 封会怎样读，不导入。"
)
@slug_option
@json_option
@pass_context
@click.pass_context
def import_command(
    click_context: click.Context,
    context: Context,
    files: tuple[Path, ...],
    mapping: tuple[str, ...],
    header: int | None,
    dry_run: bool,
    slug: str | None,
    as_json: bool,
) -> None:
    """导入来件：表格（xlsx、csv、docx）、邮件（eml、mbox、Maildir）、JSON Lines；重复的不再收。"""
    office = context.office()
    name = context.slug(office, slug)
    columns = Columns(dict(map(_pair, mapping)), header)
    rules = Rules(max_text=context.settings.max_text)
    reports = []
    for path in files:
        if path.exists() and is_mail(path):
            if dry_run:
                seen = preview_mailbox(office, slug=name, path=path)
                show_letters(path.name, seen, as_json=as_json)
                continue
            reports.append(
                take_letters(office, slug=name, path=path, now=context.now(), actor=ACTOR)
            )
            continue
        data = read(path)
        source = Source(_kind(path), path.name, sha256(data).hexdigest())
        if dry_run and source.kind is SourceKind.TABLE:
            found = preview_table(
                office, slug=name, data=data, source=source, columns=columns, rules=rules
            )
            show_preview(path.name, found, as_json=as_json)
        elif not dry_run:
            options = dump_columns(columns) if source.kind is SourceKind.TABLE else {}
            report = import_file(
                office, slug=name, data=data, source=source, now=context.now(), actor=ACTOR,
                rules=rules, options=options,
            )  # fmt: skip
            reports.append(report)
    if not dry_run:
        tell(office, name, reports, as_json=as_json)
        click_context.exit(1 if any(report.refused for report in reports) else 0)


def _kind(path: Path) -> SourceKind:
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        known = [*KINDS, ".eml", ".mbox"]
        raise InputRefused("import.unknown-type", field="file", path=str(path), allowed=known)
    return kind


def _pair(given: str) -> tuple[str, Role]:
    column, _, name = given.rpartition("=")
    roles = {role.value or "ignored": role for role in Role}
    if not column or name.strip() not in roles:
        raise InputRefused("import.mapping", field="mapping", allowed=[*roles])
    return column.strip(), roles[name.strip()]


def tell(office: Office, slug: str, reports: Sequence[ImportReport], *, as_json: bool) -> None:
    """Say what became of the items of some imports."""
    names = ("found", "taken", "repeated", "empty")
    sums = {name: sum(getattr(report, name) for report in reports) for name in names}
    refused = (line for report in reports for line in refused_lines(office, slug, report.number))
    if as_json:
        rows = [
            {"place": item.place, "field": item.field, "code": item.code, "reason": _reason(item)}
            for item in refused
        ]
        say.as_json({"imports": [report.number for report in reports], **sums, "refused": rows})
        return
    count = sum(report.refused for report in reports)
    numbers = "、".join(str(report.number) for report in reports)
    say.line(
        f"第 {numbers} 次导入：共 {sums['found']} 项：收下 {sums['taken']}，"
        f"已有 {sums['repeated']}，未收 {count}，空 {sums['empty']}。"
    )
    for item in _first(refused):
        say.warn(f"{' '.join(filter(None, (item.place, item.field)))}：{_reason(item)}")
    if count > _SHOWN:
        say.warn(f"……还有 {count - _SHOWN} 项，见工作人员页面“导入台账”。")


def _first(items: Iterator[LedgerItem]) -> Iterator[LedgerItem]:
    for _, item in zip(range(_SHOWN), items, strict=False):
        yield item


def _reason(item: LedgerItem) -> str:
    return sentence(item.code, item.values)


COMMANDS = (import_command,)
