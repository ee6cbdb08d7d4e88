"""Office templates (单位模板): an office's own Word file with named placeholders, and their names.

A placeholder is a name in double braces, ``{{标题}}``; full-width braces and spaces inside do as
well. Nothing is run: each name stands for one value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

BODY: Final = "正文"
TITLE: Final = "标题"
LETTER: Final = "letter"
PLACEHOLDER: Final = re.compile(r"[{｛]{2}\s*([^{}｛｝]{1,30}?)\s*[}｝]{2}")
# Every name a template may hold, and what stands for it. The body is the document itself.
NAMES: Final[dict[str, str]] = {
    BODY: "文件的正文，单独占一段",
    TITLE: "文件的标题",
    "文号": "添加模板时填写的文号",
    "单位": "征求意见单位",
    "事项": "征求意见事项",
    "规划": "征求意见稿的名称",
    "征求意见时间": "起止日期",
    "日期": "写成文件的日期",
    "截至": "数据截至的时间",
}
# Further ones of a letter of answer.
LETTER_NAMES: Final[dict[str, str]] = {
    "收信人": "姓名或单位",
    "联系方式": "提交人留下的联系方式",
    "回执编号": "来件的回执编号",
}


def names_for(purpose: str) -> tuple[str, ...]:
    """Return the names that a template for a purpose may hold."""
    return (*NAMES, *(LETTER_NAMES if purpose == LETTER else ()))


@dataclass(frozen=True, slots=True)
class OfficeTemplate:
    """A template as listed: for what (``digest``, ``letter``), its file's name, who added it.

    ``reference`` is what stands for 文号, ``placeholders`` the names found in it.
    """

    purpose: str
    name: str
    reference: str
    placeholders: tuple[str, ...]
    sha256: str
    actor: str
    at: datetime
