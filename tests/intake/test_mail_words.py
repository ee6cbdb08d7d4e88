"""A letter's own words: what programs write around them goes, what people write stays."""

from __future__ import annotations

import pytest

from consult.intake.mail import read
from tests.mails import WORDS, letter, word


def text_of(data: bytes) -> str:
    return str(read(data)["text"])


QUOTED = "我们的回复在这里。"
# What programs put around the words; after each the words alone are left.
AROUND = {
    "qq": "{}\n\n\n---------------\u00a0原始邮件\u00a0---------------\n发件人: a\n{q}",
    "163": '{}\n\nAt 2024-05-09 10:00:00, "office" <a@example.com> wrote:\n>{q}\n',
    "163 in Chinese": '{}\n在 2024-05-09 10:00:00，"办公室" <a@example.com> 写道：\n> {q}\n',
    "gmail": "{}\n\n办公室 <a@example.com> 于2024年5月9日周四 10:00写道：\n\n> {q}\n> \n",
    "gmail in English": "{}\n\nOn Thu, May 9, 2024 at 10:00 AM A\n<a@example.com> wrote:\n> {q}",
    "outlook": "{}\n\n________________________________\n发件人: 办公室 <a@example.com>\n"
    "发送时间: 2024年5月9日 10:00\n收件人: b\n主题: 意见\n\n{q}",
    "foxmail": "{}\n\n发件人： 甲\n发送时间： 2024-05-09 10:00\n收件人： b\n主题： 意见\n{q}",
    "master": "{}\n---- 回复的原邮件 ----\n| 发件人 | a |\n{q}",
    "phone": "{}\n\n发自我的iPhone",
    "phone of qq": "{}\n\n\n发自我的华为手机\n\n--------- 原始邮件 ---------\n{q}",
    "wechat": "{}\n\n来自微信",
    "advertisement": "{}\n\n【网易自营|30天无忧退货】真性价比\n",
    "signature": "{}\n-- \n张三\n某公司",
    "notice": "{}\n\n本邮件及其附件含有某公司的保密信息，仅限收件人阅读。\n禁止转发。",
    "virus": "{}\n\nVirus-free. www.avast.com\n<https://www.avast.com/x>",
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND.keys())
def test_what_programs_write_around_a_letter_is_cut(around: str) -> None:
    body = around.replace("{}", WORDS).replace("{q}", QUOTED)
    assert text_of(letter(body, subject=word("回复：意见"))) == WORDS


KEPT = {
    "between": ("> 请问路灯够吗？\n不够。\n> 步道呢？\n太窄。", "不够。\n太窄。"),
    "only quoted": (f"> {WORDS}\n> 谢谢", f"{WORDS}\n谢谢"),
    "heart": ("发自我的内心，希望步道加宽。", "发自我的内心，希望步道加宽。"),
    "colon": ("日期：五月\n主题：路灯\n路灯不亮。", "日期：五月\n主题：路灯\n路灯不亮。"),
    "dashes": ("一、路灯\n----------\n二、步道", "一、路灯\n----------\n二、步道"),
    "at": ("在 2024-05-09 之前修好路灯。", "在 2024-05-09 之前修好路灯。"),
}


@pytest.mark.parametrize(("body", "said"), KEPT.values(), ids=KEPT.keys())
def test_what_people_write_is_kept(body: str, said: str) -> None:
    assert text_of(letter(body)) == said


def test_a_letter_passed_on_says_what_it_passes_on() -> None:
    for begins in ("-------- 转发邮件信息 --------", "---------- Forwarded message ---------"):
        body = f"请阅。\n\n{begins}\n发件人：甲 <a@b.cn>\n发送日期：x\n主题：意见\n\n{WORDS}"
        assert text_of(letter(body)) == f"请阅。\n\n{WORDS}"
    body = f"--------- 原始邮件 ---------\n发件人: 甲\n发送时间: x\n主题: y\n\n{WORDS}"
    assert text_of(letter(body, subject=word("转发：意见"))) == WORDS


@pytest.mark.parametrize("body", ["", "如题。", "  \n", "如题，谢谢！"])
def test_an_empty_body_lets_the_subject_speak(body: str) -> None:
    assert text_of(letter(body, subject=word("回复: " + WORDS))).split("\n")[0] == WORDS
