"""``consult demo``: the whole of it, on the shipped consultation."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from consult.cli import corpora, say
from consult.cli.context import Context, pass_context
from consult.cli.serve import serve
from consult.intake.corpus import read_samples
from consult.services.carry_out import run_now
from consult.services.compile import compile_digest
from consult.services.deliver import deliver
from consult.services.demo import ACTOR, prepare
from consult.services.office import Office

SLUG = "luzhou-2022"
# The evening of the last day: the window is still open, nearly all sample comments are in.
NOW = datetime.fromisoformat("2022-10-25T18:00:00+08:00")


@click.command("demo")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out"),
    show_default=True, help="摘要和汇总表写入的目录。",
)  # fmt: skip
@click.option("--no-serve", is_flag=True, help="只生成文件，不启动网站。")
@click.option("--host", help="监听地址（默认 127.0.0.1）。")
@click.option("--port", type=click.IntRange(0, 65_535), help="端口（默认 8000）。")
@pass_context
def demo_command(
    context: Context, out: Path, no_serve: bool, host: str | None, port: int | None
) -> None:
    """演示：发布泸州的征求意见，收入示例意见，分析、导出并启动网站。"""
    settings = context.settings
    context.settings = replace(
        settings, data_dir=settings.data_dir / "demo", now=settings.now or NOW, slug=SLUG
    )
    office = context.office(create=True)
    corpus = corpora.load(SLUG)
    ready = prepare(
        office,
        consultation=replace(corpus.about.consultation, rehearsal=True),
        plan=corpus.plan,
        knowledge=corpus.knowledge,
        samples=read_samples(corpus.folder),
        source=corpus.source,
        data=corpus.data,
        now=context.now(),
    )
    say.line(
        f"来件 {ready.report.found} 件（新收 {ready.report.taken}，已有 {ready.report.repeated}）"
    )
    _analyse(context, office)
    for path in deliver(office, slug=SLUG, out=out, **context.moment()):
        say.line(f"已写入 {path}")
    say.line(f"数据目录：{context.settings.data_dir}")
    say.line(f"工作人员登录：用户名 {ready.username}　密码 {ready.password}（只显示这一次）")
    if not no_serve:
        serve(context, office, host=host, port=port)


def _analyse(context: Context, office: Office) -> None:
    with say.progress() as progress:
        run_now(
            office, slug=SLUG, actor=ACTOR, threshold=context.settings.threshold, progress=progress
        )
    digest = compile_digest(office, slug=SLUG, reasons=False, **context.moment())
    counts, sums = digest.counts, digest.accounting
    say.line(
        f"人数 {counts.people}　来件 {counts.submissions}　不同文本 {counts.texts}"
        f"　意见 {counts.comments}（章节 {sums.mapped}，总体 {sums.general}，"
        f"与规划无关 {sums.offplan}，尚未归类 {sums.unassigned}）"
    )


COMMANDS = (demo_command,)
