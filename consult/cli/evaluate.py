"""``consult evaluate``: how good the analysis is, on labelled comments."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from consult.analysis.evaluation import SEEDS, SIZES, Draw, read_gold, read_opposites
from consult.cli import corpora, say
from consult.cli.context import Context, json_option, pass_context
from consult.cli.demo import SLUG
from consult.cli.files import FILE, read
from consult.domain.knowledge import Knowledge, Thesaurus
from consult.domain.lexicon import Lexicon
from consult.intake.corpus import merge
from consult.intake.draft import read_draft
from consult.services.evaluate import TASKS, Material, evaluate

RESOURCES = ("thesaurus", "lexicon", "exemplars")


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
@click.option(
    "--without", type=click.Choice(RESOURCES), multiple=True, help="不用其中一种资源（可重复）。"
)
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
        replace(_material(context, plan, train, bare=bare, without=without), draw=Draw(**drawing)),
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
    context: Context, plan: Path | None, train: Path | None, *, bare: bool, without: tuple[str, ...]
) -> Material:
    """Bring the official text and the resources of the shipped consultation together."""
    learned = read_gold(read(train).splitlines()) if train else ()
    threshold = context.settings.threshold
    left_out = RESOURCES if bare else without
    if plan is None:
        corpus = corpora.load(SLUG)
        return Material(corpus.plan, _kept(corpus.knowledge, left_out), learned, threshold)
    official = read_draft(read(plan), plan.name).plan
    found = None if bare else corpora.matching(slug="", title=official.title)
    if found is None:
        known = _kept(Knowledge(thesaurus=corpora.thesaurus()), left_out)
        return Material(official, known, learned, threshold)
    known = _kept(found.knowledge, left_out)
    return Material(merge(official, found.plan), known, learned, threshold)


def _kept(knowledge: Knowledge, left_out: tuple[str, ...]) -> Knowledge:
    """Switch resources off, to see what each of them adds."""
    return Knowledge(
        lexicon=Lexicon() if "lexicon" in left_out else knowledge.lexicon,
        thesaurus=Thesaurus() if "thesaurus" in left_out else knowledge.thesaurus,
        exemplars=() if "exemplars" in left_out else knowledge.exemplars,
    )


COMMANDS = (evaluate_command,)
