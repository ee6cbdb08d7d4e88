"""A group is named by its members' own words, without what tells their place in a letter."""

from __future__ import annotations

import pytest

from consult.analysis.naming import best_ask


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("首先，建议把到岗天数写进协议，杜绝挂名。", "建议把到岗天数写进协议，杜绝挂名"),
        ("一是中心的设备应当向小企业开放。", "中心的设备应当向小企业开放"),
        ("（2）建议市里统一出一份范本合同。", "建议市里统一出一份范本合同"),
        ("3.建议每年公布一次入园企业名单。", "建议每年公布一次入园企业名单"),
        ("五、（三）建议增加岗位分红的内容。", "五、（三）建议增加岗位分红的内容"),
        ("第一章建议补充净流出的情况。", "第一章建议补充净流出的情况"),
        ("2.5%的目标建议提高到3%。", "2.5%的目标建议提高到3%"),
    ],
)
def test_a_place_in_a_list_is_no_part_of_a_name(text: str, name: str) -> None:
    assert best_ask([text]) == (0, name)
