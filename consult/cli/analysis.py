"""``consult analyse``, ``digest`` and ``export``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from consult.cli import say
from consult.cli.context import Context, json_option, pass_context, slug_option
from consult.domain.digest import Digest, ThemeLine
from consult.export.balance import partial_lines
from consult.export.columns import listed
from consult.export.phrases import novelty_mark, warnings
from consult.services.carry_out import run_now
from consult.services.cluster import on_cluster
from consult.services.compile import compile_digest
from consult.services.deliver import deliver, document
from consult.services.issue_digest import issue_digest
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
@click.option("--anew", is_flag=True, help="所有意见都重新判读；默认只判读有变化的，结果相同。")
@json_option
@pass_context
def analyse_command(
    context: Context,
    slug: str | None,
    processes: int,
    engine: str,
    scheduler: str,
    anew: bool,
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
            anew=anew,
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
    if report.standing:
        say.line(f"其中 {report.standing} 条沿用以前的判读：文字、规划、词表和程序都没有变。")
    if report.appeared or report.grew or report.merged or report.vanished:
        say.line(
            f"与上一次相比：新出现 {report.appeared} 组，增多 {report.grew} 组，"
            f"并入 {report.merged} 组，消失 {report.vanished} 组。"
        )


def _ask(theme: ThemeLine) -> str:
    numbers = "、".join(str(n) for n in theme.numbers[:6])
    more = "…" if len(theme.numbers) > 6 else ""
    mark = novelty_mark(theme)
    return f"{theme.label}{mark}（{theme.counts.comments} 条：{numbers}{more}）"


filter_option = click.option(
    "--filter", "filters", metavar="KEY=VALUE", multiple=True,
    help="只要部分意见，可以写几次：speaker、channel、kind、section、received、identified；"
    "如 speaker=company、received=2022-10-18..2022-10-24、section=3。",
)  # fmt: skip


@click.command("digest")
@filter_option
@click.option("--issue", is_flag=True, help="显示以后记为“已发出”，下次摘要注明变化。")
@slug_option
@json_option
@pass_context
def digest_command(
    context: Context, filters: tuple[str, ...], issue: bool, slug: str | None, as_json: bool
) -> None:
    """在终端显示分章节摘要，或者部分意见的摘要。"""
    if issue and filters:
        raise click.UsageError("部分意见的摘要不能记为“已发出”：--issue 和 --filter 不能一起用。")
    office = context.office()
    name = context.slug(office, slug)
    if as_json:
        item = document(office, slug=name, name="digest.json", filters=filters, **context.moment())
        click.echo(item.data.decode())
    else:
        moment = context.moment()
        _show(compile_digest(office, slug=name, filters=filters, reasons=False, **moment))
    if issue:
        issued = issue_digest(office, slug=name, actor=ACTOR)
        say.warn(f"已记为第 {issued.number} 次发出的摘要（意见 {issued.comments} 条）。")


def _show(digest: Digest) -> None:
    for warning in warnings(digest.masthead):
        say.line(f"（{warning}）")
    for section in digest.sections:
        if digest.partial and not section.counts.comments:
            continue
        say.line(f"\n{section.label}{section.title}　意见 {section.counts.comments} 条")
        for theme in section.themes[:5]:
            say.line(f"  - {_ask(theme)}")
    sums = digest.accounting
    for line in partial_lines(digest.partial, sums):
        say.line(f"\n{line}")
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
@filter_option
@click.option(
    "--columns", default="", metavar="NAME,NAME",
    help="汇总表的栏目和顺序，如 section,text,name,disposition,answer；practice 是常用的几栏。",
)  # fmt: skip
@slug_option
@json_option
@pass_context
def export_command(
    context: Context,
    out: Path,
    filters: tuple[str, ...],
    columns: str,
    slug: str | None,
    as_json: bool,
) -> None:
    """导出摘要和意见汇总表（docx、html、md、xlsx、csv、json）。"""
    office = context.office()
    name = context.slug(office, slug)
    paths = deliver(
        office, slug=name, out=out, filters=filters, columns=listed(columns), **context.moment()
    )
    if as_json:
        say.as_json([str(path) for path in paths])
    else:
        for path in paths:
            say.line(str(path))


COMMANDS = (analyse_command, digest_command, export_command)
