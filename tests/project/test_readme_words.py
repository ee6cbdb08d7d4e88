"""The examples of the three resources in the README are read by the readers they explain."""

from __future__ import annotations

import re
from pathlib import Path

from consult.domain.consultation import Indicator, Plan, Section
from consult.intake.corpus_exemplars import read_exemplars
from consult.intake.corpus_lexicon import read_lexicon
from consult.intake.corpus_thesaurus import read_thesaurus

README = Path(__file__).resolve().parents[2] / "README.md"
PLAN = Plan(
    "清河整治规划",
    (Section("1", "一", "水质", sections=(Section("1.1", "（一）", "污水收集"),)),),
    indicators=(Indicator(1, "水质优良断面比例", section="1.1"),),
)


def example(file: str) -> str:
    """Return the block of code that follows the heading of a file."""
    _, _, rest = README.read_text(encoding="utf-8").partition(f": `{file}`\n")
    found = re.search(r"```(?:toml|json)\n(.*?)```", rest, re.S)
    assert found, file
    return found.group(1)


def test_the_examples_of_the_resources_are_read_as_they_stand(tmp_path: Path) -> None:
    for file in ("thesaurus.toml", "lexicon.toml", "exemplars.jsonl"):
        (tmp_path / file).write_text(example(file), encoding="utf-8")
    thesaurus = read_thesaurus(tmp_path)
    lexicon = read_lexicon(tmp_path, PLAN)
    exemplars = read_exemplars(tmp_path, PLAN)
    assert [concept.id for concept in thesaurus.concepts] == ["water-quality"]
    assert (list(lexicon.sections), lexicon.opposites[0].a) == (["1.1"], ("提高", "增加"))
    assert [figure.section for figure in lexicon.figures] == ["1.1", "1.1"]
    assert [item.section for item in exemplars] == ["1.1", "general", "offplan"]
