"""What mail programs write around a letter: the lines of it, each with the reason it is known by.

Every pattern covers a whole line (white space at its ends is gone). Sources: letters written for
the tests after what the programs named send; none of them is a sentence people write themselves.
"""

from __future__ import annotations

import re
from typing import Final

_DATE: Final = r"(?:19|20)\d\d\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}"

# The line after which an earlier letter is quoted.
QUOTE_BEGINS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"-{2,}\s*(?:原始邮件|原邮件|原始郵件|Original(?: Message)?)\s*-{2,}",  # QQ, Outlook, 163
        r"-{2,}\s*回复的?原?邮件\s*-{2,}",  # 网易邮箱大师: 「---- 回复的原邮件 ----」
        rf"(?:在|于|At|On)\s*.{{0,20}}{_DATE}.{{0,120}}(?:写道|wrote)\s*[:：]",  # 163, Foxmail
        rf".{{0,120}}(?:于|在)\s*{_DATE}.{{0,60}}(?:写道|寫道)\s*[:：]",  # Gmail in Chinese
        r"On .{6,160} wrote:",  # Gmail, Apple Mail
        r".{0,120}<[^<>\s]+@[^<>\s]+>\s*(?:于|在).{0,60}(?:写道|寫道)\s*[:：]",
    )
)
# The line after which a letter is passed on.
FORWARD_BEGINS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"-{2,}\s*(?:转发邮件信息|转发的邮件|转发邮件|转发的?原?邮件|轉寄郵件|已转发邮件|转发信息)\s*-{2,}",
        r"-{2,}\s*Forwarded (?:message|by .{1,80})\s*-{2,}",  # Gmail
        r"(?:Begin forwarded message|开始转发的邮件|下面是被转发的邮件)\s*[:：]",  # Apple Mail
    )
)
# A line of the block of headers that programs put over a quoted or forwarded letter.
HEADER_LINE: Final = re.compile(
    r"\**(?:发件人|寄件者|发送时间|发送日期|日期|收件人|抄送|密送|主题|主旨|时间|附件"
    r"|From|Sent|Date|To|Cc|Bcc|Subject|Importance|Reply-To|Attachments?)\**\s*[:：].*",
    re.IGNORECASE,
)
HEADER_SENDER: Final = re.compile(r"\**(?:发件人|寄件者|From)\**\s*[:：].*", re.IGNORECASE)
RULE: Final = re.compile(r"[-_=—*]{5,}")

# A subject that says the letter is passed on, and one that says it is an answer.
FORWARDED: Final = re.compile(r"\s*(?:转发|转|轉寄|Fwd?|FW)\s*[:：]", re.IGNORECASE)
ANSWERED: Final = re.compile(
    r"\s*(?:回复|回覆|答复|Re|Fwd?|转发|转|轉寄)\s*[:：]\s*", re.IGNORECASE
)

# The line that RFC 3676 (section 4.3) puts before a signature; some programs lose the space.
SIGNATURE: Final = re.compile(r"--\s?")

# The devices and programs that name themselves under a letter. Named one by one: 发自我的内心 is a
# sentence that people write.
_DEVICE: Final = (
    r"(?:我的\s*)?(?:.{0,6}手机|iPhone|iPad|Mac|Android|安卓|华为|HUAWEI|荣耀|小米|红米|Redmi|OPPO|vivo|魅族|一加"
    r"|三星|Galaxy|QQ|网易|163|126|139|189|新浪|搜狐|微信|Foxmail|Outlook|Windows|Yahoo)"
)
# Lines that a program adds at the end by itself.
FOOTERS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:发|寄|来)自\s*{_DEVICE}.{{0,30}}",
        rf"(?:本邮件)?(?:由|从|通过)\s*{_DEVICE}.{{0,20}}(?:发送|发出|发来)[。.]?",
        rf"Sent (?:from|via)\s*(?:my )?{_DEVICE}.{{0,40}}",
        r"(?:Get|获取)\s*Outlook (?:for|适用于).{0,60}",
        r"【网易自营[^】]{0,40}】.{0,200}",  # advertisement under letters of 163
        r"网易邮箱大师.{0,60}",
        r"从QQ邮箱发来的超大附件.{0,100}",
        r".{0,30}(?:签名由|签名模板由).{0,40}(?:定制|提供|生成).{0,20}",  # 网易邮箱大师
        r"(?:不含病毒|无病毒|Virus-free)[。.]?\s*(?:www\.avast\.com.{0,20})?",
        r"<?https?://(?:mail\.qq\.com|wx\.mail\.qq\.com|dashi\.163\.com|www\.avast\.com)\S*>?",
    )
)
# The beginning of a notice of confidentiality; it and what follows is no letter any more.
DISCLAIMERS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:本邮件|本电子邮件|此邮件|此电子邮件)(?:及其|和|及)?(?:任何)?(?:附件)?.{0,20}(?:含有|包含).{0,40}(?:保密|机密)"
        r".*",
        r"(?:免责声明|保密声明|保密提示|Disclaimer)\s*[:：].*",
        r"This e-?mail (?:and|message|communication|\(including)"
        r".{0,80}(?:confidential|privileged).*",
    )
)
# What stands in a letter whose matter is in its subject.
AS_SUBJECT: Final = re.compile(
    r"(?:如题|同题|见(?:标题|主题)|如标题|as (?:the )?subject|rt)"
    r"[，,。.！!～~\s]*(?:谢谢)?[。.！!]?",
    re.IGNORECASE,
)
# What the plain half of a letter says when everything is in its HTML half.
STUBS: Final = re.compile(
    r".{0,40}(?:不支持\s*HTML|不支持网页|网页方式查看|HTML (?:format|格式)"
    r"|does not support HTML|multi-part message).{0,80}",
    re.IGNORECASE | re.DOTALL,
)
