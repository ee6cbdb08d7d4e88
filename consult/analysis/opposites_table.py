"""The built-in table of words that turn an ask round; a lexicon adds its own."""

from __future__ import annotations

import re
from typing import Final

from consult.domain.lexicon import Opposite

DEGREE: Final = "degree"
STANCE: Final = "stance"
OUGHT: Final = "ought"

# ``a`` wants more (or is for it), ``b`` wants less (or is against it).
BUILT_IN: Final[tuple[tuple[str, Opposite], ...]] = (
    (
        DEGREE,
        Opposite(
            (
                "提高",
                "上调",
                "调高",
                "往上调",
                "增加到",
                "增加至",
                "增至",
                "加大",
                "提升到",
                "提到",
                "翻番",
                "再高",
                "加码",
                "多给",
                "多建",
            ),
            (
                "降低到",
                "降低至",
                "降低一",
                "降低些",
                "应当降低",
                "降到",
                "降至",
                "降为",
                "下调",
                "调低",
                "往下调",
                "往下压",
                "压低",
                "减少到",
                "减少至",
                "减到",
                "调减",
                "压减",
                "砍掉",
                "定低",
                "少定",
                "少建",
            ),
            "the verbs for figures; 增加 and 减少 alone also add a paragraph or cut a form",
        ),
    ),
    (
        DEGREE,
        Opposite(
            ("偏低", "太低", "过低", "定低了", "偏少", "太少", "过少", "保守"),
            ("偏高", "太高", "过高", "定高了", "偏多", "太多", "过多", "不现实", "难做到"),
            "a judgement of a figure asks for the other direction: 太低 wants more",
        ),
    ),
    (
        DEGREE,
        Opposite(
            (
                "放宽",
                "放松",
                "放开",
                "放到",
                "往后推",
                "宽限",
                "不作硬性",
                "不硬性",
                "莫硬",
                "别硬",
            ),
            (
                "收紧",
                "从严",
                "管紧",
                "严格限制",
                "卡到",
                "卡在",
                "卡死",
                "打卡",
                "到岗",
                "坐班",
                "规定每",
                "接受考核",
            ),
            "the verbs for conditions: who may, and how often one must be there",
        ),
    ),
    (
        DEGREE,
        Opposite(
            ("扩大", "推广", "全面推行", "延长"),
            ("缩小", "缩短", "停止", "叫停", "停下来", "暂缓"),
            "reach and duration",
        ),
    ),
    (
        STANCE,
        Opposite(
            ("支持", "赞成", "赞同", "同意", "拥护", "予以保留", "不反对"),
            (
                "反对",
                "不支持",
                "不赞成",
                "不赞同",
                "不同意",
                "不建议",
                "不认可",
                "删去",
                "删除",
                "删掉",
                "取消这",
                "取消该",
                "取消试点",
            ),
            "for or against what the draft says",
        ),
    ),
    (
        OUGHT,
        Opposite(
            ("应当", "应该", "应", "宜", "要", "可以", "继续"),
            ("不应当", "不应该", "不应", "不宜", "不要", "不可以", "不得", "不能", "不再"),
            "an ought and its negation; read only where two clauses are compared one to one",
        ),
    ),
)
# In front of a word of the table these turn its side: 不应再提高.
NEGATION: Final = (
    "(?:不应当?|不应该|不宜|不要|不能|不得|不必|不用|无需|无须|莫|别|不可)"
    "(?:再|继续|一味|盲目|随意)?"
)
NEGATORS: Final = frozenset("不没无非别莫未勿反")
# Holds a negator, negates nothing: bounds, connectives, questions of the shape A不A.
HARMLESS: Final = re.compile(
    r"不[低少高多大小][于过]|不超过|不低|不足|不断|不同(?!意)|不仅|不但|不管|不论|无论|不如|非常|除非"
    r"|不得不|莫名|([\u4e00-\u9fff])不\1|能否|反映|反而|反馈|别人|别的|无人机|区别|级别|特别|分别"
    r"|未来|没收"
)
