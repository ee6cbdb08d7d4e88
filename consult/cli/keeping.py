"""``consult backup``, ``archive``, ``restore``, ``migrate``, ``doctor``: keeping the data well."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click

from consult.cli import say
from consult.cli.context import Context, json_option, pass_context, slug_option
from consult.cli.files import FILE, write
from consult.domain.errors import InputRefused
from consult.domain.terms import FAULTS
from consult.services.archive import archive
from consult.services.backup import backup, restore
from consult.services.doctor import Finding, compare, compare_file, examine, verifier
from consult.services.migrate import migrate
from consult.services.purge import purge
from consult.services.restore_archive import is_archive, restore_archive

ACTOR = "cli"
_MOST = 20  # faults told one by one
_FINDINGS = {
    "integrity": "数据库结构",
    "events": "事件链",
    "keys": "密钥文件权限",
    "originals": "来件原文与记录一致",
    "accounting": "核对",
    "disk": "磁盘剩余空间",
    "backup": "两天内有备份",
    "head": "以前的校验值",
}
_passphrase = click.option(
    "--passphrase-file", type=click.File("r", encoding="utf-8"),
    help="读取口令的文件（- 为标准输入）；备份时用它封存密钥。",
)  # fmt: skip


def _secret(file: TextIO | None) -> str:
    """Return the passphrase in a file, empty without one."""
    try:
        return file.read().strip() if file else ""
    except UnicodeDecodeError as error:
        raise InputRefused("keys.passphrase") from error


@click.command("backup")
@click.argument("target", type=FILE)
@_passphrase
@pass_context
def backup_command(context: Context, target: Path, passphrase_file: TextIO | None) -> None:
    """备份到一个 zip 文件；不带口令时不含密钥，请另行保管 keys 目录。"""
    secret = _secret(passphrase_file)
    done = backup(context.office(), target=target, passphrase=secret, actor=ACTOR)
    say.line(f"已备份到 {done.path}\n事件链首值 {done.head}")
    if not done.keys:
        say.warn(f"备份不含密钥：请另行保管 {context.settings.data_dir / 'keys'}")


@click.command("restore")
@click.argument("source", type=FILE)
@_passphrase
@pass_context
def restore_command(context: Context, source: Path, passphrase_file: TextIO | None) -> None:
    """从备份或档案恢复到数据目录；已有数据库时拒绝，不会覆盖。"""
    secret = _secret(passphrase_file)
    rebuild = restore_archive if is_archive(source) else restore
    done = rebuild(source, data_dir=context.settings.data_dir, passphrase=secret)
    say.line(f"已恢复到 {done.path}\n事件链首值 {done.head}")
    if not (context.settings.data_dir / "keys" / "master.key").exists():
        say.warn(f"请把密钥文件放回 {context.settings.data_dir / 'keys'}，否则无法读取来件。")


@click.command("archive")
@click.argument("target", type=FILE)
@slug_option
@_passphrase
@pass_context
def archive_command(
    context: Context, target: Path, slug: str | None, passphrase_file: TextIO | None
) -> None:
    """把一次征求意见的全部内容归档到一个 zip 文件，附独立的核对程序。"""
    secret = _secret(passphrase_file)
    office = context.office()
    done = archive(office, slug=context.slug(office, slug), target=target, passphrase=secret,
                   actor=ACTOR, **context.moment())  # fmt: skip
    say.line(f"已归档到 {done.path}\nSHA-256 {done.sha256}\n事件链首值 {done.head}")
    if not done.keys:
        say.warn(f"档案不含密钥，来件原文打不开：请另行保管 {context.settings.data_dir / 'keys'}")


@click.command("migrate")
@json_option
@pass_context
def migrate_command(context: Context, as_json: bool) -> None:
    """把旧版数据库升级到当前结构；升级前自动留一份副本。"""
    done = migrate(context.settings.data_dir)
    if as_json:
        say.as_json({"steps": done.steps, "copy": str(done.copy or "")})
    elif done.steps:
        say.line(f"已升级：{'、'.join(done.steps)}\n升级前的副本：{done.copy}")
    else:
        say.line("数据库已是最新结构。")


@click.command("doctor")
@click.option(
    "--head", "heads", multiple=True, metavar="HASH",
    help="以前的导出、备份或回执上的校验值：核对它还在事件链上。",
)  # fmt: skip
@click.option(
    "--against", "files", multiple=True, type=FILE,
    help="以前的导出、备份、归档或回执文件：核对上面的校验值还在事件链上。",
)  # fmt: skip
@click.option(
    "--write-verifier", "verifier_to", type=FILE,
    help="写出独立的核对程序：只需要 Python，不需要本程序。",
)  # fmt: skip
@json_option
@pass_context
@click.pass_context
def doctor_command(
    click_context: click.Context,
    context: Context,
    heads: tuple[str, ...],
    files: tuple[Path, ...],
    verifier_to: Path | None,
    as_json: bool,
) -> None:
    """检查数据库、事件链、密钥、核对、磁盘和备份。"""
    if verifier_to is not None:
        write(verifier_to, verifier().encode())
        say.line(f"已写出 {verifier_to}，用法：python3 {verifier_to} 数据库或备份文件")
        return
    office = context.office()
    compared = [compare(office, head=head) for head in heads]
    compared += [compare_file(office, path=path) for path in files]
    findings = (*examine(office), *compared)
    if as_json:
        say.as_json([_record(finding) for finding in findings])
    else:
        for finding in findings:
            _tell(finding)
    serious = [f for f in findings if not f.ok and f.name not in ("backup", "disk")]
    click_context.exit(2 if serious else 0)


def _record(finding: Finding) -> dict[str, object]:
    known: dict[str, object] = {"name": finding.name, "ok": finding.ok, "detail": finding.detail}
    faults = [{"first": a, "last": b, "kind": kind} for a, b, kind in finding.faults]
    return known | ({"faults": faults} if faults else {})


def _tell(finding: Finding) -> None:
    mark = "正常" if finding.ok else "注意"
    words = finding.detail
    if finding.name == "head":
        words += "（号事件）" if finding.ok else " 不在事件链上：整条链被改写，或者被截短"
    say.line(f"[{mark}] {_FINDINGS[finding.name]} {words}")
    for first, last, kind in finding.faults[:_MOST]:
        place = f"{first}" if first == last else f"{first} 至 {last}"
        say.line(f"　　第 {place} 号事件：{FAULTS[kind]}")
    if len(finding.faults) > _MOST:
        say.line(f"　　另有 {len(finding.faults) - _MOST} 处，用 --json 看全部")


@click.command("purge")
@pass_context
def purge_command(context: Context) -> None:
    """删除保存期已满的联系方式（请每天定时运行）；意见、编号和统计不变。"""
    count = purge(context.office(), days=context.settings.contact_days, actor=ACTOR)
    say.line(f"已删除 {count} 件来件的联系方式。")


COMMANDS = (
    purge_command,
    backup_command,
    archive_command,
    restore_command,
    migrate_command,
    doctor_command,
)
