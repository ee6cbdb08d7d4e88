"""Thesaurus and exemplars: what a corpus folder knows beside the plan."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from consult.domain.errors import InputRefused
from consult.domain.knowledge import Concept, Exemplar, Thesaurus
from consult.intake.corpus import read_outline
from consult.intake.corpus_exemplars import read_exemplars
from consult.intake.corpus_thesaurus import read_thesaurus
from consult.resources import corpus_folder

CONCEPT = """
[[concepts]]
id = "angling"
field = "生态环境"
policy = ["垂钓管理"]
everyday = ["钓鱼", "鱼竿"]
"""


def thesaurus(folder: Path, text: str) -> Thesaurus:
    (folder / "thesaurus.toml").write_text(text, encoding="utf-8")
    return read_thesaurus(folder)


def test_a_thesaurus_is_read_concept_by_concept(tmp_path: Path) -> None:
    assert thesaurus(tmp_path, 'version = "1"' + CONCEPT) == Thesaurus(
        "1", (Concept("angling", "生态环境", ("垂钓管理",), ("钓鱼", "鱼竿")),)
    )


def test_a_folder_without_resources_has_none(tmp_path: Path) -> None:
    plan = read_outline(corpus_folder("luzhou-2022"))
    assert (read_thesaurus(tmp_path), read_exemplars(tmp_path, plan)) == (Thesaurus(), ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CONCEPT, "corpus.missing-key"),
        ('version = "1"' + CONCEPT + CONCEPT, "corpus.duplicate"),
        ('version = "1"' + CONCEPT.replace("鱼竿", "钓鱼"), "corpus.duplicate"),
        ('version = "1"' + CONCEPT.replace('"钓鱼", "鱼竿"', ""), "corpus.missing-key"),
        ('version = "1"' + CONCEPT + "colour = 1", "corpus.unknown-key"),
        ("version = ", "corpus.bad-toml"),
    ],
)
def test_a_wrong_thesaurus_is_refused_with_its_reason(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        thesaurus(tmp_path, text)
    assert refusal.value.code == code


def test_a_word_of_three_concepts_is_refused(tmp_path: Path) -> None:
    three = "".join(CONCEPT.replace("angling", name) for name in ("a", "b", "c"))
    with pytest.raises(InputRefused):
        thesaurus(tmp_path, 'version = "1"' + three)


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        json.dumps({"text": "好", "section": "9.9"}),
        json.dumps({"text": " ", "section": "1.1"}),
        json.dumps({"text": "好"}),
        json.dumps({"text": "好", "section": "1.1", "label": 1}),
        json.dumps({"text": "先说", "section": "1.1"}),
    ],
)
def test_a_wrong_exemplar_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    first = json.dumps({"text": "先说", "section": "general", "voice": "farmer"})
    (tmp_path / "exemplars.jsonl").write_text(f"{first}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(InputRefused) as refusal:
        read_exemplars(tmp_path, read_outline(corpus_folder("luzhou-2022")))
    assert (refusal.value.code, refusal.value.values["line"]) == ("corpus.exemplar", 3)


def test_the_shipped_thesaurus_covers_many_fields() -> None:
    shipped = read_thesaurus(corpus_folder())
    words = [word for c in shipped.concepts for word in (*c.policy, *c.everyday)]
    assert len(shipped.concepts) >= 300
    assert len(set(words)) >= 3000
    assert len({concept.field for concept in shipped.concepts}) >= 20


def test_every_section_of_the_shipped_plan_has_forty_exemplars() -> None:
    folder = corpus_folder("luzhou-2022")
    plan = read_outline(folder)
    count = Counter(exemplar.section for exemplar in read_exemplars(folder, plan))
    assert {section.code: count[section.code] >= 40 for section in plan.sections} == dict.fromkeys(
        (section.code for section in plan.sections), True
    )
    assert count["general"] + count["offplan"] >= 150


def test_no_exemplar_is_a_line_of_the_labelled_set(shared: Path) -> None:
    folder = corpus_folder("luzhou-2022")
    lines = (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    labelled = {json.loads(line)["text"] for line in lines}
    exemplars = read_exemplars(folder, read_outline(folder))
    assert [e.text for e in exemplars if e.text in labelled] == []
    assert all(isinstance(exemplar, Exemplar) for exemplar in exemplars)
