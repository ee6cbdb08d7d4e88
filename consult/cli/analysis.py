"""``consult analyse``, ``digest`` and ``export``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from consult.cli import say
from consult.cli.context import Context, json_option, pass_context, slug_option
from consult.services.carry_out import run_now
from consult.services.cluster import on_cluster
from consult.services.compile import compile_digest
from consult.services.deliver import deliver, document
from consult.services.theme_view import theme_changes

ACTOR = "cli"


@click.command("analyse")
@slug_option
@click.option(
    "--processes",
    type=click.IntRange(min=0),
    default=0,
    help="用几个进程；0 表示按来件多少自动决定（默认）。",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    help="在本机运行（默认），或在已有的 Dask 集群上运行。",
)
@click.option("--scheduler", default="", help="Dask 调度器地址，如 tcp://10.0.0.5:8786。")
@json_option
@pass_context
def analyse_command(
    context: Context,
    slug: str | None,
    processes: int,
    engine: str,
    scheduler: str,
    as_json: bool,
) -> None:
    """拆分来件、归入章节、归并雷同和同类意见；工作人员的决定保留不变。"""
    if (engine == "dask") != bool(scheduler):
        raise click.UsageError("--engine dask 和 --scheduler tcp://… 要一起使用。")
    office = context.office()
    name = context.slug(office, slug)
    with on_cluster(scheduler, processes) as used, say.progress() as progress:
        report = run_now(
            office,
            slug=name,
            actor=ACTOR,
            threshold=context.settings.threshold,
            progress=progress,
            processes=used,
        )
    if as_json:
        changes = theme_changes(office, slug=name).changes
        say.as_json({**asdict(report), "changes": [asdict(change) for change in changes]})
        return
    say.line(
        f"第 {report.run} 次分析：来件 {report.submissions} 件，意见 {report.comments} 条"
        f"（新增 {report.added}，替换 {report.superseded}），雷同 {report.families} 组，"
        f"同类意见 {report.themes} 组。"
    )
    if report.appeared or report.grew or report.merged or report.vanished:
        say.line(
            f"与上一次相比：新出现 {report.appeared} 组，增多 {report.grew} 组，"
            f"并入 {report.merged} 组，消失 {report.vanished} 组。"
        )


@click.command("digest")
@slug_option
@json_option
@pass_context
def digest_command(context: Context, slug: str | None, as_json: bool) -> None:
    """在终端显示分章节摘要。"""
    office = context.office()
    name = context.slug(office, slug)
    if as_json:
        item = document(office, slug=name, name="digest.json", **context.moment())
        click.echo(item.data.decode())
        return
    digest = compile_digest(office, slug=name, **context.moment())
    for section in digest.sections:
        say.line(f"\n{section.label}{section.title}　意见 {section.counts.comments} 条")
        for theme in section.themes[:5]:
            numbers = "、".join(str(n) for n in theme.numbers[:6])
            more = "…" if len(theme.numbers) > 6 else ""
            say.line(f"  - {theme.label}（{theme.counts.comments} 条：{numbers}{more}）")
    sums = digest.accounting
    say.line(
        f"\n核对：收到 {sums.received} = 列入 {sums.listed} + 撤回 {sums.withdrawn}"
        f" + 删除 {sums.erased}；意见 {sums.comments} = 章节 {sums.mapped} + 总体 {sums.general}"
        f" + 与规划无关 {sums.offplan} + 尚未归类 {sums.unassigned}"
    )


@click.command("export")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out"),
    show_default=True, help="写入的目录。",
)  # fmt: skip
@slug_option
@json_option
@pass_context
def export_command(context: Context, out: Path, slug: str | None, as_json: bool) -> None:
    """导出摘要和意见汇总表（docx、html、md、xlsx、csv、json）。"""
    office = context.office()
    paths = deliver(office, slug=context.slug(office, slug), out=out, **context.moment())
    if as_json:
        say.as_json([str(path) for path in paths])
    else:
        for path in paths:
            say.line(str(path))


COMMANDS = (analyse_command, digest_command, export_command)
