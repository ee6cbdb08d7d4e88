"""What the analysis is to know beside a plan: an office's own words, and what is switched off."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from consult.cli import corpora
from consult.domain.consultation import Plan
from consult.domain.errors import InputRefused
from consult.domain.knowledge import Knowledge, Thesaurus
from consult.domain.lexicon import Lexicon
from consult.intake.corpus_exemplars import EXEMPLARS, read_exemplars
from consult.intake.corpus_lexicon import LEXICON, read_lexicon

RESOURCES: Final = ("thesaurus", "lexicon", "exemplars")

words_option = click.option(
    "--words",
    type=click.Path(path_type=Path, file_okay=False),
    help="本次征求意见自己的词表和示例说法所在的文件夹（lexicon.toml、exemplars.jsonl，可只有一个）。",
)
without_option = click.option(
    "--without",
    type=click.Choice(RESOURCES),
    multiple=True,
    help="不用其中一种资源（可重复）。",
)


def knowledge_of(
    plan: Plan, *, shipped: Knowledge | None, words: Path | None, without: tuple[str, ...]
) -> Knowledge:
    """Return what to know of a plan: its own words instead of the shipped ones, where given.

    Raises ``InputRefused`` (``corpus.*``) for what is wrong in the folder, ``corpus.missing-file``
    when it holds neither file.
    """
    known = shipped or Knowledge(thesaurus=corpora.thesaurus())
    if words is not None:
        known = _own(plan, known.thesaurus, words)
    return kept(known, without)


def kept(knowledge: Knowledge, without: tuple[str, ...]) -> Knowledge:
    """Switch resources off, to see what each of them adds."""
    return Knowledge(
        lexicon=Lexicon() if "lexicon" in without else knowledge.lexicon,
        thesaurus=Thesaurus() if "thesaurus" in without else knowledge.thesaurus,
        exemplars=() if "exemplars" in without else knowledge.exemplars,
    )


def _own(plan: Plan, thesaurus: Thesaurus, folder: Path) -> Knowledge:
    given = [name for name in (LEXICON, EXEMPLARS) if (folder / name).is_file()]
    if not given:
        raise InputRefused("corpus.missing-file", file=str(folder / LEXICON))
    return Knowledge(
        lexicon=read_lexicon(folder, plan) if LEXICON in given else Lexicon(),
        thesaurus=thesaurus,
        exemplars=read_exemplars(folder, plan),
    )
