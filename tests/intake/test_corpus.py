"""A corpus folder: what it holds is read, what it misspells is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from consult.domain.comment import Channel, NewSubmission, Speaker
from consult.domain.consultation import Consultation, Indicator, Plan, Section, Window
from consult.domain.errors import InputRefused
from consult.domain.lexicon import FigureWords, Lexicon, Opposite, SectionWords
from consult.intake.corpus import (
    CorpusConsultation,
    merge,
    read_consultation,
    read_lexicon,
    read_outline,
    read_samples,
)

CONSULTATION = """
slug = "bridge-2023"
title = "公告"
plan_title = "石桥镇绿道规划"
office = "交通办"
opens = 2023-03-01
closes = 2023-03-30
published = 2023-03-01
summary = "修路。"
privacy_version = "1"
[[channels]]
channel = "web"
text = "网上填写"
[[speakers]]
code = "individual"
label = "个人"
"""
OUTLINE = """
title = "石桥镇绿道规划"
label = "摘要"
lead_summary = "为什么修路。"
[[chapters]]
code = "1"
number = "一"
title = "目标"
page = 2
[[chapters.sections]]
code = "1.1"
number = "（一）"
title = "步道"
page = 3
summary = "八公里。"
[[indicators]]
number = 1
name = "步道"
base_year = 2020
base = "8"
target_year = 2025
target = "12"
section = "1.1"
plain = "路有多长。"
unit_note = "未注明"
"""
LEXICON = """
version = "7"
[words]
terms = ["绿道"]
[[sections]]
code = "1.1"
terms = ["步道"]
everyday = ["人行道", "走路的地方"]
[general]
terms = ["总体同意"]
[offplan]
terms = ["公交"]
[[opposites]]
a = ["提高"]
b = ["降低"]
reason = "direction"
[[indicators]]
number = 1
aliases = ["步道长度"]
figures = ["8", "12"]
[[targets]]
code = "1"
phrase = "三年"
aliases = ["3年"]
"""
FILES = {"consultation.toml": CONSULTATION, "outline.toml": OUTLINE, "lexicon.toml": LEXICON}
READERS = {
    "consultation.toml": read_consultation,
    "outline.toml": read_outline,
    "lexicon.toml": read_lexicon,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_consultation_is_read(folder: Path) -> None:
    texts = {"summary": "修路。", "privacy_version": "1", "channel.web": "网上填写"}
    texts["speakers"] = "individual=个人"
    window = Window(date(2023, 3, 1), date(2023, 3, 30))

    assert read_consultation(folder) == CorpusConsultation(
        Consultation("bridge-2023", "公告", "交通办", window, texts),
        plan_title="石桥镇绿道规划",
        published=date(2023, 3, 1),
        speakers=((Speaker.INDIVIDUAL, "个人"),),
        channels=((Channel.WEB, "网上填写"),),
    )


def test_the_outline_is_a_plan_without_official_text(folder: Path) -> None:
    plan = read_outline(folder)

    section = Section("1.1", "（一）", "步道", 3, "八公里。")
    row = Indicator(1, "步道", "", 2020, "8", 2025, "12", "", "1.1", "路有多长。", "未注明")
    chapter = Section("1", "一", "目标", 2, sections=(section,))
    assert plan == Plan("石桥镇绿道规划", (chapter,), (), "为什么修路。", (row,))
    assert not plan.official


def test_the_lexicon_takes_an_indicators_section_from_the_outline(folder: Path) -> None:
    assert read_lexicon(folder) == Lexicon(
        version="7",
        words=("绿道",),
        sections={"1.1": SectionWords(("步道",), ("人行道", "走路的地方"))},
        general=("总体同意",),
        offplan=("公交",),
        opposites=(Opposite(("提高",), ("降低",), "direction"),),
        figures=(
            FigureWords("1.1", ("步道长度",), ("8", "12"), 1),
            FigureWords("1", ("三年", "3年")),
        ),
    )


def test_samples_are_read_from_the_folder(folder: Path) -> None:
    (folder / "comments.jsonl").write_text('{"id": "S1", "text": "修路"}\n', encoding="utf-8")

    assert list(read_samples(folder)) == [
        NewSubmission("修路", Channel.TABLE, key="comments.jsonl#S1", source="comments.jsonl:1")
    ]


def test_missing_samples_are_noticed_at_once(folder: Path) -> None:
    with pytest.raises(InputRefused, match=r"corpus\.missing-file"):
        read_samples(folder)


@pytest.mark.parametrize(
    ("file", "change", "code", "key"),
    [
        ("consultation.toml", ('slug = "bridge-2023"', ""), "corpus.missing-key", "slug"),
        ("consultation.toml", ("bridge-2023", "Bridge 2023"), "corpus.wrong-slug", "slug"),
        ("consultation.toml", ("2023-03-30", "2023-02-01"), "corpus.window-reversed", "closes"),
        ("consultation.toml", ("2023-03-30", '"30.3."'), "corpus.wrong-type", "closes"),
        ("consultation.toml", ("2023-03-30", "2023-03-30T08:00:00"), "corpus.wrong-type", "closes"),
        ("consultation.toml", ('"web"', '"fax"'), "corpus.wrong-choice", "channels[1].channel"),
        (
            "consultation.toml",
            ('"individual"', '"king"'),
            "corpus.wrong-choice",
            "speakers[1].code",
        ),
        ("consultation.toml", ("summary =", "sumary ="), "corpus.unknown-key", "sumary"),
        (
            "consultation.toml",
            ("opens =", 'timezone = "Mars/One"\nopens ='),
            "corpus.wrong-timezone",
            "timezone",
        ),
        ("consultation.toml", ('"公告"', '"公告'), "corpus.bad-toml", None),
        ("consultation.toml", ('"公告"', '" "'), "corpus.missing-key", "title"),
        (
            "outline.toml",
            ('code = "1.1"', 'code = "2.1"'),
            "corpus.wrong-code",
            "chapters[1].sections[1].code",
        ),
        (
            "outline.toml",
            ("page = 3", 'page = "3"'),
            "corpus.wrong-type",
            "chapters[1].sections[1].page",
        ),
        (
            "outline.toml",
            ("page = 3", "page = 0"),
            "corpus.wrong-value",
            "chapters[1].sections[1].page",
        ),
        (
            "outline.toml",
            ('section = "1.1"', 'section = "9"'),
            "corpus.unknown-section",
            "indicators",
        ),
        ("outline.toml", ("[[chapters]]", "[chapters]"), "corpus.wrong-type", "chapters"),
        (
            "lexicon.toml",
            ('code = "1.1"', 'code = "1.9"'),
            "corpus.unknown-section",
            "sections[1].code",
        ),
        (
            "lexicon.toml",
            ("number = 1", "number = 3"),
            "corpus.unknown-indicator",
            "indicators[1].number",
        ),
        ("lexicon.toml", ('["绿道"]', '["绿道", 5]'), "corpus.wrong-type", "words.terms"),
        ("lexicon.toml", ('["绿道"]', '[""]'), "corpus.wrong-value", "words.terms"),
        ("lexicon.toml", ('["降低"]', "[]"), "corpus.missing-key", "opposites[1].b"),
        (
            "lexicon.toml",
            ('aliases = ["3年"]', 'alias = "3年"'),
            "corpus.unknown-key",
            "targets[1].alias",
        ),
    ],
)
def test_a_mistake_is_named_with_file_and_key(
    folder: Path, file: str, change: tuple[str, str], code: str, key: str | None
) -> None:
    (folder / file).write_text(FILES[file].replace(*change, 1), encoding="utf-8")

    with pytest.raises(InputRefused) as refused:
        READERS[file](folder)

    values = refused.value.values
    assert (refused.value.code, values["file"], values.get("key")) == (code, file, key)


def test_files_that_are_missing_or_not_utf_8_are_named(folder: Path) -> None:
    (folder / "outline.toml").write_bytes("title = '规划'".encode("gb18030"))
    (folder / "consultation.toml").unlink()

    with pytest.raises(InputRefused, match=r"corpus\.unreadable"):
        read_outline(folder)
    with pytest.raises(InputRefused, match=r"corpus\.missing-file"):
        read_consultation(folder)


def test_our_words_join_the_official_tree_by_code_and_title(folder: Path) -> None:
    text = Section("1.1", "（一）", "步 道", None, paragraphs=("有路。",))
    other = Section("1.2", "（二）", "桥梁", 4, paragraphs=("有桥。",))
    row = Indicator(1, "步道", "", 2020, "8", 2025, "12", "", "1.1")
    official = Plan(
        "规划", (Section("1", "一", "目标", sections=(text, other)),), ("起。",), "", (row,)
    )

    plan = merge(official, read_outline(folder))

    joined = Section("1.1", "（一）", "步 道", 3, "八公里。", ("有路。",))
    explained = Indicator(1, "步道", "", 2020, "8", 2025, "12", "", "1.1", "路有多长。", "未注明")
    chapter = Section("1", "一", "目标", 2, sections=(joined, other))
    assert plan == Plan("规划", (chapter,), ("起。",), "为什么修路。", (explained,))


def test_a_section_that_moved_keeps_its_summary_one_that_changed_does_not(folder: Path) -> None:
    moved = Section("2", "二", "步道", paragraphs=("有路。",))
    changed = Section("1", "一", "愿景", paragraphs=("有梦。",))

    plan = merge(Plan("规划", (changed, moved)), read_outline(folder))

    assert [node.summary for node in plan.chapters] == ["", "八公里。"]


def test_the_shipped_corpus_is_sound() -> None:
    shipped = Path(__file__).resolve().parents[2] / "corpus" / "luzhou-2022"
    if not (shipped / "comments.jsonl").exists():
        pytest.skip("the corpus is not in this checkout")

    frame, plan, lexicon = read_consultation(shipped), read_outline(shipped), read_lexicon(shipped)
    samples = list(read_samples(shipped))

    assert frame.consultation.window == Window(date(2022, 9, 26), date(2022, 10, 25))
    assert (len(plan.chapters), len(plan.sections), len(plan.indicators)) == (7, 24, 10)
    assert set(lexicon.sections) == {node.code for node in plan.sections}
    assert [item for item in samples if not isinstance(item, NewSubmission)] == []
