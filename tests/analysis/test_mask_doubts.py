"""What the rules are not sure about is hidden, and named, so that staff can say what it is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.mask import mask
from consult.analysis.mask_doubts import doubts
from consult.domain.masking import Doubt


@pytest.mark.parametrize(
    ("text", "doubt", "words", "shown"),
    [
        ("王建国局长说了算", Doubt.NAME, "王建国", "王*局长说了算"),
        ("请到龙涧路18号办理", Doubt.ADDRESS, "龙涧路18号", "请到〔住址〕办理"),
        ("3栋2单元501室漏水", Doubt.ADDRESS, "3栋2单元501室", "〔住址〕漏水"),
        ("编号11010519491331002X已交", Doubt.NUMBER, "11010519491331002X", "编号〔证件号码〕已交"),
        ("卡6222 0000 1111 2222 333", Doubt.NUMBER, "6222 0000 1111 2222 333", "卡〔卡号〕"),
        ("打２３４５６７８找我", Doubt.NUMBER, "２３４５６７８", "打〔号码〕找我"),
    ],
)
def test_a_doubtful_place_is_hidden_until_staff_leave_it(
    text: str, doubt: Doubt, words: str, shown: str
) -> None:
    (find,) = doubts(text)
    place = (find.start, find.end)

    assert (find.doubt, text[slice(*place)]) == (doubt, words)
    assert mask(text, doubtful=True) == shown
    assert mask(text, doubtful=True, left=[place]) == text


@pytest.mark.parametrize(
    "text",
    [
        "身份证11010519491231002X",  # the check digit is right
        "卡号4111 1111 1111 1111",  # so is this one
        "电话 1234567",  # the word in front says what it is
        "请打13800001234",
        "经费4063000000元，2022年9月26日，文号20220926，增加到8900000人，地铁3号线",
    ],
)
def test_what_is_sure_and_what_is_a_figure_is_not_doubtful(text: str) -> None:
    assert doubts(text) == ()
    assert mask(text, doubtful=True, left=[(0, len(text))]) == mask(text)


def test_the_author_stays_hidden_whatever_is_left() -> None:
    text = "我叫王建国，住得远"

    assert mask(text, ["王建国"], doubtful=True, left=[(2, 5)]) == "我叫王*，住得远"


@given(st.text(alphabet="王建国局长路街号栋室楼0123456789x 万元，我住在", max_size=60))
def test_doubtful_places_are_in_order_and_hiding_touches_nothing_else(text: str) -> None:
    finds = doubts(text)

    assert all(a.end <= b.start for a, b in pairwise(finds))
    every = [(find.start, find.end) for find in finds]
    assert all(text[start:end] in text for start, end in every)
    if not finds:
        assert mask(text, doubtful=True) == mask(text)
