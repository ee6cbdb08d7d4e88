"""``consult evaluate``: how good the analysis is, on labelled comments."""

from __future__ import annotations

from pathlib import Path

import click

from consult.analysis.evaluation import read_gold, read_opposites
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


@click.command("evaluate")
@click.argument("task", type=click.Choice(TASKS))
@click.argument("gold", type=FILE)
@click.option("--plan", type=FILE, help="征求意见稿的正式文本；默认用随附的摘要。")
@click.option("--bare", is_flag=True, help="只用标题和正文，不用词库等资源。")
@click.option(
    "--without", type=click.Choice(RESOURCES), multiple=True, help="不用其中一种资源（可重复）。"
)
@click.option("--train", type=FILE, help="供学习的标注意见（JSON Lines）。")
@json_option
@pass_context
def evaluate_command(
    context: Context,
    task: str,
    gold: Path,
    plan: Path | None,
    bare: bool,
    without: tuple[str, ...],
    train: Path | None,
    as_json: bool,
) -> None:
    """用标注意见（JSON Lines）衡量归类、归并、拆分和类型判断的质量。"""
    companion = gold.with_suffix(".opposites")
    opposites = companion.read_text(encoding="utf-8").splitlines() if companion.exists() else []
    measures = evaluate(
        task,
        read_gold(read(gold).splitlines()),
        _material(context, plan, train, bare=bare, without=without),
        opposites=read_opposites(opposites),
    )
    if as_json:
        say.as_json(measures)
        return
    for name, value in measures.items():
        if isinstance(value, dict):
            say.line(f"{name}: " + "　".join(f"{k} {v:.3f}" for k, v in value.items()))
        else:
            say.line(f"{name}: {value:.4g}" if isinstance(value, float) else f"{name}: {value}")


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
