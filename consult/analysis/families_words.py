"""Words that turn a campaign letter's ask round when a copy puts one for the other, as tables.

Read only where the same clause stands in both texts; what opposes whole themes is in
``opposites_table``.
"""

from __future__ import annotations

import re
from typing import Final

from consult.domain.lexicon import Opposite

OPPOSED: Final[tuple[Opposite, ...]] = (
    Opposite(
        ("允许", "准许", "放行", "开放", "解禁"),
        ("禁止", "不许", "不准", "禁行", "封闭", "关闭", "限制"),
        "may and may not",
    ),
    Opposite(
        ("保留", "恢复", "维持", "留住", "继续办"),
        ("取消", "撤销", "撤掉", "拆除", "拆掉", "停办", "废止", "裁撤", "停用", "停运"),
        "what stays and what goes",
    ),
    Opposite(
        ("新建", "增设", "加装", "扩建", "增加", "新增", "设立", "建设"),
        ("停建", "撤并", "缓建", "减少", "压缩", "不建", "拆", "缩减"),
        "what comes and what goes; only clause against clause, where 减少 means the same thing",
    ),
    Opposite(
        ("免费", "免收", "不收费", "减免"),
        ("收费", "收取", "加收", "征收"),
        "free or paid",
    ),
    Opposite(
        ("尽快", "立即", "马上", "尽早", "提前", "抓紧", "加快"),
        ("推迟", "延后", "缓一缓", "暂缓", "慢一点", "不急", "放慢", "延期"),
        "soon or later",
    ),
    Opposite(
        ("至少", "不低于", "不少于", "不得低于", "不得少于", "以上", "最低"),
        ("至多", "不超过", "不高于", "不得超过", "不得高于", "以下", "以内", "最多", "最高"),
        "a floor or a ceiling: the same figure means the reverse",
    ),
    Opposite(
        ("赞成", "支持", "同意", "拥护", "欢迎"),
        ("反对", "抵制", "质疑", "不赞成", "不支持", "不同意"),
        "for or against",
    ),
    Opposite(
        ("鼓励", "提倡", "扶持", "倾斜", "奖励", "优先"),
        ("限制", "约束", "处罚", "控制", "打压", "最后考虑"),
        "pushed or held back",
    ),
    Opposite(("公开", "公布", "公示"), ("保密", "不公开", "内部掌握"), "shown or kept inside"),
    Opposite(("自愿", "自选"), ("强制", "一律", "统一要求"), "free to or obliged to"),
    Opposite(("下放", "放权"), ("上收", "收回", "收归"), "where a power lies"),
)
# Single characters that oppose each other where one replaces the other inside an ask.
CHARACTERS: Final = (
    *("增减", "高低", "多少", "早晚", "长短", "快慢", "宽严", "宽紧", "升降", "扩缩", "加减"),
    *("建拆", "留撤", "留拆", "准禁", "免收", "上下", "前后", "开关", "放收", "内外", "进出"),
    *("先后", "东西", "南北", "男女", "易难"),
)
# In a clause that only the copy has: its writer is against the letter he sends on.
AGAINST: Final = (
    "(?:反对|抵制|不敢苟同|恰恰相反|正好相反|有异议|站不住脚|没有道理"
    "|(?:不|并不|不能|难以|无法)(?:同意|赞成|赞同|支持|认可|认同|接受))"
)
_LETTER: Final = (
    "(?:(?:以上|上述|上面|前面|下面|以下|这[封种个些份]|那[封种个些份]|该|此|联名|他们|邻居|大家|同事|别人|网上|群里)"
    ".{0,10}(?:信|意见|建议|说法|观点|主张|诉求|要求|倡议|提法))"
)
REFUTES: Final = re.compile(
    rf"{AGAINST}.{{0,12}}{_LETTER}|{_LETTER}.{{0,12}}{AGAINST}"
    r"|^我们?(?:坚决|强烈|完全|明确|表示|个人)*(?:反对|不同意|不赞成|不赞同|不支持)"
    r"(?:以上|上述|这样|这么)?(?:做|办|干|改|搞)?$"
)
