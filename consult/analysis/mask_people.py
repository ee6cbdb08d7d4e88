"""Names of other people in a text that is to be quoted in public: found by what stands around them.

A dictionary of names would hide places and ordinary words, so a name counts only where a title
follows it or words that introduce a person stand before it. What is missed is for the person who
reads quotations before they are published; what is hidden in vain costs a reader two characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

# The hundred commonest surnames of mainland China (Ministry of Public Security, 2020), without
# those that begin everyday words far more often than names (高 高校, 金 金融, 方 方案, 任 任何,
# 常 常委, 白 白酒, 万 万元, 江 江阳, 田 田间, 石 石油, 钱 钱款, 安 安全, 文 文化, 武 武装).
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖萧潘袁蔡蒋余于杜叶程魏苏吕丁"
    "沈卢姚崔钟谭汪范廖陆贾韦夏付傅邹熊孟秦邱侯尹薛闫雷龙史陶黎贺郝龚邵覃毛顾汤"
)
_TWO: Final = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "慕容")
# What names a person when it stands behind a name.
_TITLES: Final = (
    "副局长|局长|副主任|主任|处长|科长|书记|院长|校长|园长|所长|站长|队长|镇长|乡长|村长|县长|市长|"
    "区长|部长|会长|总经理|经理|董事长|老板|教授|博士|医生|大夫|护士长|律师|法官|先生|女士|同志|师傅|"
    "老师"
)
_BEFORE: Final = r"(?:我叫|我是|本人|姓名[：:]|联系人[：:]|名叫|邻居|同事|领导|举报人[：:]?)"
_AFTER: Final = r"(?=[，,。；;、（(：:\s]|$)"
# Characters that stand in names of places, bodies and ranks, hardly ever in those of people.
_UNLIKELY: Final = frozenset("区县市镇乡村街道校院所局部处科室公司企业级层位任副的是和与在了不要请")
# Everyday words that begin with a surname and stand before a title.
_WORDS: Final = frozenset({
    "许多", "程度", "夏季", "雷同", "史上", "顾问", "黄金", "马上", "陆续", "余下", "余名",
    "于是", "毛病", "杜绝", "谢谢", "朱红", "郭外", "何种", "何时", "何位", "孙子", "胡同",
    "龙头", "周边", "周围", "周到", "陈旧", "张口", "徐徐", "罗列", "曹操", "钟头", "孟子",
    "邵阳", "郑重", "韩国", "秦岭",
})  # fmt: skip
_SURNAME: Final = f"(?:{'|'.join(_TWO)}|[{_SURNAMES}])"
_PATTERNS: Final = (
    # 王建国局长: a surname, one or two characters, a title
    re.compile(f"({_SURNAME}[一-龥]{{1,2}}?)(?={_TITLES})"),
    # 我叫王建国，: words that introduce somebody, the name, and an end of the clause
    re.compile(f"{_BEFORE}({_SURNAME}[一-龥]{{1,2}}){_AFTER}"),
)


def people(text: str) -> tuple[str, ...]:
    """Return the names of people that a text mentions, each once, in the order of the text."""
    return tuple(dict.fromkeys(name for _, name in sorted(_found(text))))


def _found(text: str) -> Iterator[tuple[int, str]]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            name = match.group(1)
            if name not in _WORDS and not _UNLIKELY & set(name[1:]):
                yield match.start(1), name
