"""What a look at a comment tells: which patterns of its readers can be found in it at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.analysis import aims_cues, amendments_forms, stance_cues, stance_forms
from consult.analysis.amendments_quotes import CLOSE, OPEN
from consult.analysis.needed_words import needed_words
from consult.analysis.normalise import align
from consult.analysis.point_screen import SCREEN, look_at, look_at_all
from consult.analysis.screen import Screen

PATTERNS = (
    *stance_cues.PATTERNS,
    *stance_forms.PATTERNS,
    *aims_cues.PATTERNS,
    *(form.pattern for form in amendments_forms.FORMS),
)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("支持", [{"支持"}]),
        ("(?:将|把).{2,9}改[为成]", [{"将", "把"}, {"改为", "改成"}]),
        ("应当?为|有误", [{"应为", "应当为", "有误"}]),
        ("反对的?(?:声音|票)", [{"反对声音", "反对票", "反对的声音", "反对的票"}]),
        (r"(?:删\d|改)成", [{"删", "改"}, {"成"}]),
        ("(?:再三){2,3}请?", [{"再三"}]),
        ("请(?!问)(?<!邀请)", [{"请"}]),
        ("(?=人才)房", [{"房"}]),
        ("[3-5]%", [{"3%", "4%", "5%"}]),
        ("房|", []),
        ("人*", []),
        (r"\d|[^房]|.", []),
        ("(?i)abc", []),
        ("(?i:a)b", [{"b"}]),
        (r"(房)\1租", [{"房"}, {"租"}]),
    ],
)
def test_words_that_a_pattern_needs_are_read_off_it(pattern: str, needed: list[set[str]]) -> None:
    assert list(needed_words(re.compile(pattern))) == needed


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_no_look_hides_what_a_pattern_would_find(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    text = data.draw(st.from_regex(pattern))
    before, after = data.draw(st.lists(st.text(max_size=9), min_size=2, max_size=2))
    shown = text.replace(OPEN, "“").replace(CLOSE, "”")

    for seen in SCREEN.look([shown]) + SCREEN.look([before, shown, after])[1:2]:
        assert seen & SCREEN.need(pattern) == SCREEN.need(pattern)


def test_nearly_every_pattern_is_ruled_out_where_its_words_are_missing() -> None:
    (seen,) = SCREEN.look(["今天下雨"])

    assert [p.pattern for p in PATTERNS if seen & SCREEN.need(p) == SCREEN.need(p)] == []


def test_what_is_put_in_after_the_look_is_not_looked_for() -> None:
    pattern = re.compile("多了\x01|\x02字")
    screen = Screen([pattern], unseen="\x01\x02")

    assert screen.need(pattern) == 1
    assert screen.look(["多了“的”字", "的", ""]) == [1, 0, 0]
    with pytest.raises(KeyError):
        screen.need(re.compile("字"))


@given(st.lists(st.text(max_size=30), max_size=5))
def test_texts_looked_at_together_are_aligned_as_each_is_alone(texts: list[str]) -> None:
    looks = look_at_all(texts)

    assert [(look.text, look.aligned) for look in looks] == [(t, align(t)) for t in texts]
    assert [look_at(text).aligned for text in texts] == [look.aligned for look in looks]


def test_a_screen_of_more_sets_than_it_has_bits_for_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 64 sets"):
        Screen([re.compile(chr(0x4E00 + n)) for n in range(65)])
