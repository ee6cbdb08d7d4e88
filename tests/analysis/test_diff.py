"""What a copy makes of its base text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.diff import Act, difference

BASE = "我们住在河边。每年涨水都要淹一回，去年冲走了两辆车。建议在老街配两台固定的抽水机。"
WORDS = st.text(alphabet="河水老街建议抽机。，涨淹车两台", max_size=40)


def marked(base: str, copy: str) -> str:
    """Write the difference in one line: kept, {moved}, [+inserted], [-dropped], [old>new]."""
    shown = []
    for piece in difference(base, copy):
        old, new = base[piece.base_start : piece.base_end], copy[piece.start : piece.end]
        shown.append(
            {
                Act.KEPT: new,
                Act.MOVED: f"{{{new}}}",
                Act.INSERTED: f"[+{new}]",
                Act.DROPPED: f"[-{old}]",
                Act.REPLACED: f"[{old}>{new}]",
            }[piece.act]
        )
    return "".join(shown)


def test_equal_texts_are_kept_whole_whatever_their_marks():
    assert marked(BASE, BASE.replace("，", ",")) == BASE.replace("，", ",")


def test_words_put_for_others_are_replaced():
    assert marked(BASE, BASE.replace("两辆车", "一艘船")) == BASE.replace(
        "两辆车。", "[两辆车。>一艘船。]"
    )


def test_sentences_inserted_and_dropped_stand_where_they_belong():
    copy = BASE.replace("建议", "冰箱也泡坏了。建议").replace("我们住在河边。", "")

    assert marked(BASE, copy) == (
        "[-我们住在河边。]每年涨水都要淹一回，去年冲走了两辆车。[+冰箱也泡坏了。]"
        "建议在老街配两台固定的抽水机。"
    )


def test_a_sentence_moved_to_the_front_is_moved():
    ask = "建议在老街配两台固定的抽水机。"

    assert marked(BASE, ask + BASE.replace(ask, "")) == f"{{{ask}}}" + BASE.replace(ask, "")


def test_texts_with_nothing_in_common_replace_each_other():
    assert marked("公园太小。", "绿灯很短") == "[公园太小。>绿灯很短]"


def test_nothing_and_something():
    assert (marked("", ""), marked("", "多种树"), marked("多种树", "")) == (
        "", "[+多种树]", "[-多种树]",
    )  # fmt: skip


@given(WORDS, WORDS)
def test_the_pieces_follow_each_other_through_the_whole_copy(base: str, copy: str):
    pieces = difference(base, copy)

    assert "".join(copy[p.start : p.end] for p in pieces) == copy
    assert [p.start for p in pieces[1:]] == [p.end for p in pieces[:-1]]


@given(WORDS, WORDS)
def test_no_word_of_the_base_is_used_twice(base: str, copy: str):
    spans = sorted((p.base_start, p.base_end) for p in difference(base, copy))

    assert all(before[1] <= after[0] for before, after in pairwise(spans))
