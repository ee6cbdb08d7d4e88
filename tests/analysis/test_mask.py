from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.mask import mask
from consult.analysis.mask_places import checked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请打13800001234联系", "请打〔电话〕联系"),
        ("电话：138-0000-1234。", "电话：〔电话〕。"),
        ("１３８００００１２３４", "〔电话〕"),
        ("+86 138 0000 1234", "〔电话〕"),
        ("固话0830-1234567", "固话〔电话〕"),
        ("电话 1234567", "电话 〔电话〕"),
        ("写信到 A.b@例.com 或 a_b@example.com", "写信到 A.b@例.com 或 〔邮箱〕"),
        ("ａｂ＠ｅｘａｍｐｌｅ．ｃｏｍ", "〔邮箱〕"),
        ("身份证11010519491231002X", "身份证〔证件号码〕"),
        ("身份证 110105 19491231 002x", "身份证 〔证件号码〕"),
        ("卡号6222 0000 1111 2222 333", "卡号〔卡号〕"),
        ("微信号：abc_12345", "微信号：〔账号〕"),
        ("QQ 12345678", "QQ 〔账号〕"),
        ("我住龙涧路18号6栋2单元501室，天天堵", "我住〔住址〕，天天堵"),
        ("家住桂花街12号，路灯不亮", "家住〔住址〕，路灯不亮"),
        ("3栋2单元501室漏水", "〔住址〕漏水"),
        ("编号11010519491331002X已交", "编号〔证件号码〕已交"),
    ],
)
def test_what_identifies_the_author_is_hidden(text: str, shown: str) -> None:
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "R&D人员从9001人增加到17000人，增长88.9%。",
        "2022年9月26日至2022年10月25日",
        "经费4063000000元，占0.92%",
        "建议将40周岁改为45周岁，名额100个",
        "参见三、（二）第10页",
        "建议在2号楼旁边设3个站点",
        "一栋楼有5层，第2组研究",
        "地铁3号线",
        "",
    ],
)
def test_figures_of_a_plan_stay(text: str) -> None:
    assert mask(text) == text


def test_the_author_is_shown_by_the_first_character_of_the_name() -> None:
    assert mask("我是陈大河，住清河边。陈大河敬上", ["陈大河", "chen@example.com"]) == (
        "我是陈*，住清河边。陈*敬上"
    )
    assert mask("江河", ["江"]) == "江河"  # a single character stands in many words


@given(st.text(alphabet="年月日改为，。人才%.", max_size=60))
def test_a_text_without_digits_letters_and_names_is_not_touched(text: str) -> None:
    assert mask(text) == text


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_number_is_hidden_whatever_stands_around_it(before: str, after: str) -> None:
    assert "13800001234" not in mask(f"{before}，13800001234，{after}")


@given(st.integers(10**16, 10**17 - 1))
def test_exactly_one_check_digit_belongs_to_seventeen_digits(number: int) -> None:
    assert [checked(f"{number}{last}") for last in "0123456789x"].count(True) == 1
