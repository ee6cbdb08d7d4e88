"""Every page that says no: what it says happened, what it gives back, what can be done next.

The pictures (``PICTURES=folder pytest tests/browser/test_pages.py``) were looked at on 2026-11-25
and 26, in light and dark and at both 390 and 1280 pixels; what they showed is written down here,
because fonts differ from machine to machine and pictures would not compare. What was mended on the
way: a page that could not store says that the words are still there and where else to send them,
and a sentence that is true on a page only is not sent to programs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.sites import HOSTILE, Sites
from tests.browser.states import STATES

pytestmark = pytest.mark.browser
NewContext = Callable[..., BrowserContext]
PATIENCE = 20_000  # milliseconds
CHANNELS = "不用本站，也可以这样提意见"
MISSING = "—"  # no field with words of the citizen on the page


@dataclass(frozen=True)
class Said:
    """What a page of an error shows: its heading (a number behind it aside), the sentences that
    matter, the words kept.
    """

    heading: str
    sentences: tuple[str, ...]
    kept: str = MISSING
    way: str = ""  # the link or button that leads on


ERRORS = {
    "form with errors": Said(
        "写意见",
        ("还有地方需要修改", "请写下您的意见。", "请先阅读个人信息保护说明，并勾选同意。"),
        kept="", way="下一步：核对",
    ),
    "form without its cookie": Said(
        "写意见",
        ("没有保存本站的 Cookie", "您填写的内容都还在，请再提交一次。"),
        kept=HOSTILE, way="下一步：核对",
    ),
    "text without an end": Said(
        "内容太长",
        ("您写的内容还在这里", "全文还在刚才的表单里：按浏览器的“后退”键就能看到。"),
        kept="长长长", way="回到首页",
    ),
    "too many": Said(
        "写意见",
        ("这一次没有提交成功", "来自同一网络的提交过多，请稍后再试。", "您写的内容都还在下面。"),
        kept="太多了也要写。", way="下一步：核对",
    ),
    "disk full": Said(
        "写意见",
        ("这一次没有提交成功", "系统暂时不能服务，请过一会儿再试。", "您写的内容都还在下面。"),
        kept="磁盘满了也要写。", way="下一步：核对",
    ),
    "server error while sending": Said(
        "系统出错了",
        ("这不是您的问题，错误已经记录。", "您写的内容还在这里", "编号 500"),
        kept="坏了也要写。", way="回到首页",
    ),
    "server error": Said(
        "系统出错了", ("这不是您的问题，错误已经记录。", "编号 500"), way="回到首页"
    ),
    "unknown page": Said("没有找到这个页面", ("请从首页重新进入。",), way="回到首页"),
    "form before the window": Said(
        "还没有开始征求意见", ("2022年9月26日", "本页就会出现填写意见的表单"), way="看规划内容"
    ),
    "form after the window": Said(
        "征求意见已经结束", ("2022年10月25日", "凭回执编号和查询码仍然可以查询"), way="查询回执"
    ),
    "results before publication": Said(
        "结果还没有公布", ("2022年11月24日",), way="回到公告"
    ),
    "draft not found": Said("输入草稿码，接着写", ("还有地方需要修改",)),
    "look-up not found": Said("查询回执", ("还有地方需要修改",)),
    "look-up of a number guessed at": Said(
        "查询回执", ("这个编号输错查询码的次数太多，请一小时后再试。",), way="查询"
    ),
    "look-up left open": Said("查询回执", ("页面放得太久，请重新输入编号和查询码。",), way="查询"),
    "receipt of what is held": Said("已收到您的意见", ("这份意见要先由工作人员核实",)),
    "look-up of what is held": Said("来件", ("已收到，等待工作人员核实",)),
    "page opened the wrong way": Said(
        "不能这样打开这个页面", ("请从首页重新进入",), way="回到首页"
    ),
    "form sent after the window": Said(
        "征求意见已经结束", ("您写的内容还在这里",), kept=HOSTILE, way="查询回执"
    ),
    "no receipt": Said("这台设备上没有回执", (), way="查询回执"),
}  # fmt: skip


@pytest.mark.parametrize("state", [*ERRORS])
def test_each_page_of_an_error_says_what_happened_and_what_to_do(
    state: str, new_context: NewContext, sites: Sites
) -> None:
    expected = ERRORS[state]
    context = new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    STATES[state](page, sites)
    text = page.locator("main").inner_text()
    assert page.locator("h1").inner_text().split()[0] == expected.heading
    assert [words for words in expected.sentences if words not in text] == []
    if expected.kept != MISSING:
        kept = page.locator("#kept-text, #text").first.input_value()
        assert kept.replace("\r\n", "\n").startswith(expected.kept)
    if expected.way:
        assert page.locator("main").get_by_text(expected.way, exact=True).first.is_visible()
    assert CHANNELS in page.locator("footer").inner_text()
