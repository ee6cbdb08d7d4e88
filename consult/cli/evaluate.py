"""``consult evaluate``: how good the analysis is, on labelled comments."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from consult.analysis.evaluation import SEEDS, SIZES, Draw, read_gold, read_opposites
from consult.cli import corpora, say
from consult.cli.context import Context, json_option, pass_context
from consult.cli.corpora import Corpus
from consult.cli.demo import SLUG
from consult.cli.files import FILE, read
from consult.cli.knowledge import RESOURCES, knowledge_of, without_option, words_option
from consult.intake.corpus import merge
from consult.intake.draft import read_draft
from consult.services.evaluate import TASKS, Material, evaluate


def _sizes(_context: click.Context, _option: click.Parameter, value: str) -> tuple[int, ...]:
    """Read numbers with commas between."""
    parts = value.split(",")
    if not all(part.isascii() and part.strip().isdigit() and int(part) for part in parts):
        raise click.BadParameter("写成用逗号隔开的正整数，如 25,50,100。")
    return tuple(int(part) for part in parts)


@click.command("evaluate")
@click.argument("task", type=click.Choice(TASKS))
@click.argument("gold", type=FILE)
@click.option("--plan", type=FILE, help="征求意见稿的正式文本；默认用随附的摘要。")
@click.option("--bare", is_flag=True, help="只用标题和正文，不用词库等资源。")
@words_option
@without_option
@click.option("--train", type=FILE, help="供学习的标注意见（JSON Lines）。")
@click.option(
    "--curve",
    "sizes",
    default=",".join(map(str, SIZES)),
    show_default=True,
    callback=_sizes,
    help="learning：依次用多少条更正来学。",
)
@click.option(
    "--seeds",
    type=click.IntRange(1, 1000),
    default=SEEDS,
    show_default=True,
    help="learning：每个数量随机抽多少次。",
)
@click.option(
    "--wrong",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="learning：其中多大比例改错了（0 到 1）。",
)
@click.option(
    "--sections",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="learning：更正只来自这么多个节；0 为不限。",
)
@json_option
@pass_context
def evaluate_command(
    context: Context,
    /,
    task: str,
    gold: Path,
    plan: Path | None,
    bare: bool,
    words: Path | None,
    without: tuple[str, ...],
    train: Path | None,
    as_json: bool,
    **drawing: Any,
) -> None:
    """用标注意见（JSON Lines）衡量归类、归并、拆分、类型判断和学习的质量。"""
    companion = gold.with_suffix(".opposites")
    opposites = companion.read_text(encoding="utf-8").splitlines() if companion.exists() else []
    measures = evaluate(
        task,
        read_gold(read(gold).splitlines()),
        replace(
            _material(context, plan, train, words=words, without=RESOURCES if bare else without),
            draw=Draw(**drawing),
        ),
        opposites=read_opposites(opposites),
    )
    if as_json:
        say.as_json(measures)
        return
    for name, value in measures.items():
        if isinstance(value, list):
            for point in value:
                say.line("　".join(f"{key} {_short(number)}" for key, number in point.items()))
        elif isinstance(value, dict):
            say.line(f"{name}: " + "　".join(f"{k} {v:.3f}" for k, v in value.items()))
        else:
            say.line(f"{name}: {_short(value)}")


def _short(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _material(
    context: Context,
    plan: Path | None,
    train: Path | None,
    *,
    words: Path | None,
    without: tuple[str, ...],
) -> Material:
    """Bring the official text and the resources together; without any of them it stands alone."""
    learned = read_gold(read(train).splitlines()) if train else ()
    shipped: Corpus | None
    if plan is None:
        shipped = corpora.load(SLUG)
        text = shipped.plan
    else:
        text = read_draft(read(plan), plan.name).plan
        alone = set(without) == set(RESOURCES)
        shipped = None if alone else corpora.matching(slug="", title=text.title)
        text = merge(text, shipped.plan) if shipped else text
    own = shipped.knowledge if shipped else None
    known = knowledge_of(text, shipped=own, words=words, without=without)
    return Material(text, known, learned, context.settings.threshold)


COMMANDS = (evaluate_command,)
