from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.errors import InputRefused
from consult.domain.text import is_blank, normalise, single_line, unstorable

ANY = st.text(alphabet=st.characters(exclude_categories=[]), max_size=80)


@pytest.mark.parametrize(
    ("received", "stored"),
    [
        ("一\r\n二\r三\n四", "一\n二\n三\n四"),
        ("a\u2028b\u2029c\x85d", "a\nb\nc\nd"),
        ("制\x07表符\t留", "制表符\t留"),
        ("第一页\x0c第二页\x0b下一行", "第一页\n第二页\n下一行"),
        ("前\x7f后\x9f", "前后"),
        ("\ufeff保留零宽", "\ufeff保留零宽"),
    ],
)
def test_line_ends_become_one_kind_and_invisible_controls_go(received: str, stored: str) -> None:
    assert normalise(received) == stored


@pytest.mark.parametrize("bad", ["一\x00二", "\ud800", "尾\udfff"])
def test_what_cannot_be_stored_is_refused_where_a_person_can_correct_it(bad: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        normalise(bad)
    assert (refusal.value.code, refusal.value.field) == ("text.unstorable", "text")


def test_what_cannot_be_stored_is_replaced_visibly_where_it_comes_by_file() -> None:
    assert normalise("一\x00二\ud800", strict=False) == "一\ufffd二\ufffd"


@pytest.mark.parametrize(
    "blank",
    [
        "",
        " \n\t",
        "\u3000\u3000",
        "\u200b\u200d\ufeff",
        "\u00ad\u3164",
        "\u202a\u202e\u2066\u2069\u061c",
        "\ufe0f\u2800",
        "\U000e0041\u115f",
    ],
)
def test_a_text_without_anything_to_see_is_blank(blank: str) -> None:
    assert is_blank(blank)


@given(st.text(st.characters(categories=["Cc", "Cf", "Zs", "Zl", "Zp"])))
def test_what_unicode_calls_a_format_a_control_or_a_blank_shows_nothing(text: str) -> None:
    assert is_blank(text)


@given(st.characters(exclude_categories=["C", "Z", "M", "L", "So"], include_characters="意😀é🇨"))
def test_whatever_can_be_seen_is_not_blank(char: str) -> None:
    assert not is_blank(f"\u202a{char}\u202c")


@given(ANY)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text, strict=False)
    assert normalise(once) == once
    assert not unstorable(once)


@given(ANY)
def test_a_single_line_holds_no_line_end(text: str) -> None:
    line = single_line(text, strict=False)
    assert "\n" not in line
    assert line == line.strip()
