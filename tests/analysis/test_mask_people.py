from __future__ import annotations

import pytest

from consult.analysis.mask import mask
from consult.analysis.mask_people import people


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("王建国局长答应过修路", "王*局长答应过修路"),
        ("找过李丽老师和欧阳明医生，都说没有名额", "找过李*老师和欧*医生，都说没有名额"),
        ("我叫张三丰，住在江阳区", "我叫张*，住在江阳区"),
        ("联系人：陈大河（女）", "联系人：陈*（女）"),
        ("陈大河经理让我来的，陈大河说可以", "陈*经理让我来的，陈*说可以"),
    ],
)
def test_names_of_other_people_are_hidden_in_a_quotation(text: str, shown: str) -> None:
    assert mask(text, people(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "建议提高青年教师和医生的待遇",
        "龙马潭区主任医师太少",
        "许多老师没有住房",
        "请高校教授、企业博士一起申报",
        "我是一名护士，本人建议放宽年龄",
        "江阳区人才办主任应当公开电话",
        "何时能够落实？",
        "各县局长、书记要带头",
    ],
)
def test_ordinary_words_before_a_title_are_no_names(text: str) -> None:
    assert people(text) == ()
