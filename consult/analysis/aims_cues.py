"""Which way an ask goes: the table of cues, their negation, and what a target is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from consult.domain.aim import Direction


@dataclass(frozen=True, slots=True)
class AimCue:
    """Words for a direction and why they stand here; ``deed`` words can be negated."""

    direction: Direction
    words: tuple[str, ...]
    reason: str
    deed: bool = True


def _cue(direction: Direction, words: str, reason: str, *, deed: bool = True) -> AimCue:
    return AimCue(direction, tuple(words.split()), reason, deed)


CUES: Final[tuple[AimCue, ...]] = (
    _cue(
        Direction.KEEP,
        "保留 保持不变 维持不变 维持现 维持原 保持现 保持原 不变 不作调整 不做调整",
        "wants it as it is",
        deed=False,
    ),
    _cue(
        Direction.RAISE,
        "提高 上调 调高 往上调 增加到 增加至 增至 增到 加大 提升 提到 翻番 再高 加码 放宽"
        " 调增 拔高 加到 延长",
        "verbs for a higher figure; 放宽 and 延长 raise a limit",
    ),
    _cue(
        Direction.RAISE,
        "偏低 太低 过低 低了 太保守 偏保守 太少 偏少 过少 定得低 要求不高 没有挑战",
        "calls the figure too low",
        deed=False,
    ),
    _cue(
        Direction.LOWER,
        "降低 下调 调低 往下调 降到 降至 降为 压低 压减 压缩 调减 减少 减到 减为 缩短"
        " 缩减 砍掉 少定",
        "verbs for a lower figure",
    ),
    _cue(
        Direction.LOWER,
        "偏高 太高 过高 高了 太多 偏多 过多 定得高 不现实 够不着 不切实际 难以完成 完不成"
        " 难以实现 达不到 好高骛远",
        "calls the figure too high",
        deed=False,
    ),
    _cue(
        Direction.DELETE,
        "删除 删去 删掉 取消 去掉 拿掉 不再设 剔除",
        "wants the target gone",
    ),
    _cue(
        Direction.CLARIFY,
        "明确 说明 解释 注明 写清 写明 讲清 加注 注释 标明 细化 分解 口径 测算 怎么算"
        " 如何算 怎么计算 如何计算 什么意思 啥意思 看不懂 看不明白 没有单位 单位是什么"
        " 依据是什么 怎么来的 不清楚 不明确 含糊 核对 核实",
        "wants to know what the figure means or where it comes from",
        deed=False,
    ),
    _cue(
        Direction.ADD,
        "增加 增设 新增 增列 补充 添加 加上 加进 列入 纳入 补上 增补 应有 设立 加一项 加一个",
        "wants a further target",
    ),
)
CUE_OF: Final = {word: cue for cue in reversed(CUES) for word in cue.words}
ANY_CUE: Final = re.compile("|".join(sorted(CUE_OF, key=lambda word: (-len(word), word))))
# In front of a deed these words turn it: 不宜提高 wants the figure as it is.
NEGATION: Final = re.compile(
    r"(?:不(?:宜|应该?|要|能|可|必|该|用|建议|同意|赞成|支持|主张|得|许)|没有?必要|无需|无须|反对|别|莫|勿|切忌)"
    r"(?:再|随意|盲目|轻易|一味|继续|过度|贸然|大幅度?|往上|这样|把.{0,12}|将.{0,12})*$"
)
NEAR: Final = 18  # characters in front of a deed in which its negation stands
# What is counted, where no name of the plan is used; the words before it say of what.
TARGET: Final = re.compile(
    r"比重|占比|比例|强度|总量|人数|数量|年龄|期限|年限|额度|名额|门槛|上限|下限|指标|目标值?|率(?<=[\u4e00-\u9fff]率)"
    r"|增速|补贴标准|标准|补贴|经费|投入|指数|数值|当量"
)
LONGEST_LEAD: Final = 8  # characters before such a word that may say of what it is
# Where a target is spoken of as such, or its figure is called in question.
INDICATOR: Final = re.compile(
    r"指标|目标|率(?<=[\u4e00-\u9fff]率)|比[例重]|占比|总量|当量|指数|测算|口径|单位|依据|怎么算|如何计?算|人年"
)
# What a target's name does not begin with: verbs of the ask, and words that lead to it.
LEADS: Final = re.compile(
    r"建议|议|希望|认为|觉得|请|应当?|增加|增设|新增|补充|明确|写明|提高|降低|下调|上调|删除|删去|取消|去掉|放宽|保留|保持"
    r"|进一步|其中|规划|文中|提出|提到|关于|对于|把|将|对|由|从|在|到|是|有|这个"
)
# A sentence that tells how it was, and asks for nothing.
TELLS: Final = re.compile(r"\d{4}年|去年|前年|目前|现在|已经|我[厂司院们]")
# Verbs of a change that say nothing of its direction: the figures beside them do.
CHANGES: Final = (
    "改为", "改成", "改到", "调整为", "调整到", "修改为", "定为", "定在", "收紧到", "控制在",
)  # fmt: skip
CHANGE: Final = re.compile("|".join(CHANGES))
# Behind these the figure that is asked for.
TO: Final = re.compile(
    r"(?:改|调|提|降|增|减|放宽|提高|降低|调整|修改|延长|缩短|定)?(?:为|成|到|至|在)\s*$"
)
PATTERNS: Final = (ANY_CUE, CHANGE, TARGET)
