"""What a copy adds to its base text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.folding import cut
from consult.analysis.remainder import remainder, remainders, remainders_of, with_new_clauses
from tests.analysis.test_families import LETTER, OTHERS

STORY = "我家的冰箱去年泡坏了，修理花了六百块。"
ASK = "另外，老街口的井盖松了三个多月，请一并修好。"


@pytest.mark.parametrize("added", [STORY, ASK])
def test_what_is_added_at_the_head_in_the_middle_or_at_the_end_is_found(added: str):
    middle = LETTER.replace("社区说", added + "社区说")

    found = [remainder(LETTER, copy) for copy in (added + LETTER, middle, LETTER + added)]

    assert found == [added] * 3


def test_several_additions_are_several_spans():
    copy = STORY + LETTER + ASK

    assert [copy[a:b] for a, b in remainders(LETTER, copy)] == [STORY, ASK]


@pytest.mark.parametrize(
    "signed",
    [
        "我也是这个意见，请认真考虑。" + LETTER,
        LETTER + "以上情况属实，恳请领导重视，盼早日解决！",
        "尊敬的领导：您好！我是老街的一名居民。" + LETTER + "\n谢谢！\n老街居民 2022年10月3日",
        "（上次提交没看到回复，再发一遍）" + LETTER,
        "对第三章第二节的意见：" + LETTER,
        LETTER.replace("三十户", "二十多户").replace("两辆电瓶车", "一辆摩托车"),
        LETTER[LETTER.index("建议") :] + LETTER[: LETTER.index("建议")],
        LETTER[LETTER.index("建议") :],
    ],
)
def test_signing_greeting_filling_in_and_cutting_add_nothing(signed: str):
    assert remainder(LETTER, signed) == ""


def test_an_excerpt_with_a_story_instead_adds_the_story():
    copy = STORY + LETTER[LETTER.index("建议") :]

    assert remainder(LETTER, copy) == STORY


@given(st.permutations([STORY, ASK, *OTHERS]), st.integers(0, 4))
def test_spans_are_disjoint_ordered_and_inside_of_the_copy(pieces: list[str], at: int):
    copy = "".join([*pieces[:at], LETTER, *pieces[at:]])

    places = [place for span in remainders(LETTER, copy) for place in span]

    assert places == sorted(set(places))
    assert not places or (places[0] >= 0 and places[-1] <= len(copy))


@given(
    st.lists(st.sampled_from(["", STORY, ASK, LETTER, OTHERS[0], "。"]), max_size=4).map("".join)
)
def test_of_many_pairs_those_with_new_clauses_alone_need_to_be_compared(copy: str):
    bases, copies = [LETTER, LETTER, OTHERS[1]], [copy, LETTER + copy, copy]
    cuts = list(map(cut, bases)), list(map(cut, copies))

    new = with_new_clauses(*cuts)
    found = remainders_of([text for at in new for text in (cuts[0][at], copies[at], cuts[1][at])])

    added = dict(zip(new, found, strict=True))
    assert [added.get(at, ()) for at in range(3)] == list(map(remainders, bases, copies))
