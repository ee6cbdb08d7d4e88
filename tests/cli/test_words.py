"""An office brings its own words for a plan nobody shipped, and switches resources off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

LEXICON = """
version = "2024.1"
[words]
terms = ["雨污分流"]
[general]
terms = ["没得意见"]
[offplan]
terms = ["公交"]
[[sections]]
code = "1.1"
terms = ["污水管网"]
everyday = ["阴沟"]
[[sections]]
code = "2.2"
terms = ["垂钓区"]
everyday = ["甩两竿"]
"""
EXEMPLARS = [{"text": f"{n}号地方想甩两竿", "section": "2.2", "voice": "citizen"} for n in range(3)]
GOLD = {
    "id": "1", "text": "屋头阴沟臭得很", "sections": ["1.1"], "point": "p", "kind": "experience",
    "cue": "colloquial",
}  # fmt: skip


@pytest.fixture
def words(tmp_path: Path) -> Path:
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "lexicon.toml").write_text(LEXICON, encoding="utf-8")
    lines = "\n".join(json.dumps(item, ensure_ascii=False) for item in EXEMPLARS)
    (folder / "exemplars.jsonl").write_text(lines, encoding="utf-8")
    return folder


def publish(run: Run, plan_file: Path, *options: str) -> tuple[int, str]:
    done = run("publish", str(plan_file), "--slug", "river", "--office", "清河县水务局", *options)
    return done.returncode, done.stderr


def exported(run: Run, tmp_path: Path) -> dict[str, str]:
    assert run("analyse").returncode == 0
    assert run("export", "--out", "out").returncode == 0
    register = json.loads((tmp_path / "out" / "register.json").read_text(encoding="utf-8"))
    return dict(register["masthead"]["versions"])


def test_own_words_are_published_and_recorded_with_the_run(
    run: Run, plan_file: Path, words: Path, tmp_path: Path
) -> None:
    assert publish(run, plan_file, "--words", str(words)) == (0, "")
    found = exported(run, tmp_path)
    assert (found["lexicon"], found["exemplars"]) == ("2024.1", "3")


def test_a_resource_can_be_switched_off(
    run: Run, plan_file: Path, words: Path, tmp_path: Path
) -> None:
    options = ("--words", str(words), "--without", "exemplars", "--without", "thesaurus")
    assert publish(run, plan_file, *options) == (0, "")
    found = exported(run, tmp_path)
    assert (found["lexicon"], found["exemplars"], found["thesaurus"]) == ("2024.1", "0", "none")


def test_words_of_sections_the_plan_does_not_have_are_refused(
    run: Run, plan_file: Path, words: Path
) -> None:
    (words / "lexicon.toml").write_text(LEXICON.replace('"2.2"', '"9.9"'), encoding="utf-8")
    code, said = publish(run, plan_file, "--words", str(words))
    assert code == 2
    assert said == "错误：lexicon.toml 中 sections[2].code 写的章节“9.9”在提纲里没有，请更正。\n"


def test_a_folder_without_words_is_refused(run: Run, plan_file: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, said = publish(run, plan_file, "--words", "empty")
    assert (code, said) == (2, "错误：资料文件夹里缺少 empty/lexicon.toml，请补上。\n")


def test_own_words_can_be_measured(run: Run, plan_file: Path, words: Path, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(json.dumps(GOLD), encoding="utf-8")
    command = ("evaluate", "mapping", "gold.jsonl", "--plan", str(plan_file), "--json")
    found = [
        json.loads(run(*command, *options).stdout)["primary_accuracy"]
        for options in (("--words", str(words)), ("--bare",))
    ]
    assert found == [1.0, 0.0]
