from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.comment import Choice
from consult.domain.entry import Entry, compose, words_of

WORDS = st.text(alphabet="建议增加路灯。，“”\n 　ab1", max_size=12)
ENTRIES = st.lists(
    st.builds(Entry, WORDS, st.sampled_from(["", "2.1", "general"]), WORDS, WORDS, WORDS),
    max_size=4,
)


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (Entry("多装路灯。"), "多装路灯。"),
        (
            Entry("", "", "十二公里", "十五公里", "沿岸更长"),
            "建议将“十二公里”修改为“十五公里”。\n理由：沿岸更长",
        ),
        (Entry("看不懂。", "", "", "新增一条"), "看不懂。\n建议增加“新增一条”。"),
        (Entry("", "", "不得垂钓"), "建议删去“不得垂钓”。"),
        (Entry("\n  首行缩进\n"), "  首行缩进"),
    ],
)
def test_an_entry_reads_as_people_write(entry: Entry, text: str) -> None:
    assert words_of(entry) == text


def test_entries_stand_apart_and_keep_their_sections() -> None:
    composed = compose([Entry("甲", "2.1"), Entry(), Entry("乙"), Entry("丙", "general")])
    assert composed.text == "甲\n\n乙\n\n丙"
    assert composed.spans == ((0, 1), (3, 4), (6, 7))
    assert composed.choices == (Choice(0, 1, "2.1"), Choice(6, 7, "general"))


@given(ENTRIES)
def test_every_span_is_its_entry_and_nothing_typed_is_missing(entries: list[Entry]) -> None:
    composed = compose(entries)
    kept = [entry for entry in entries if words_of(entry).strip()]
    assert [composed.text[a:b] for a, b in composed.spans] == [words_of(e) for e in kept]
    for entry in kept:
        typed = (entry.text, entry.original, entry.replacement, entry.reason)
        assert all(words.strip("\n") in composed.text for words in typed if words.strip())
