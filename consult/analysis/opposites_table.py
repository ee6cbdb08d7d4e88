"""The built-in table of words that turn an ask round; a lexicon adds its own.

Each entry is an axis: texts that lean to different sides of it want opposite things.
"""

from __future__ import annotations

import re
from typing import Final

from consult.domain.lexicon import Opposite

DEGREE: Final = "degree"
STANCE: Final = "stance"
OUGHT: Final = "ought"
KEEPING: Final = "keeping"
DISCLOSURE: Final = "disclosure"
BOUND: Final = "bound"
DELEGATION: Final = "delegation"


def _pair(a: str, b: str, reason: str) -> Opposite:
    return Opposite(tuple(a.split()), tuple(b.split()), reason)


# ``a`` wants more (or is for it), ``b`` wants less (or is against it).
BUILT_IN: Final[tuple[tuple[str, Opposite], ...]] = (
    (
        DEGREE,
        _pair(
            "提高 上调 调高 往上调 往上提 增加到 增加至 增至 增到 升到 涨到 加到 加大 提升到 提到 "
            "翻番 再高 加码",
            "降低到 降低至 降低一 降低些 应当降低 降到 降至 降为 下调 调低 往下调 往下压 压低 "
            "减少到 减少至 减到 减为 缩到 压到 压缩到 调减 压减 压一压 砍掉 "
            "降一降 降下来 降一点",
            "the verbs for figures; 增加 and 减少 alone also add a paragraph or cut a form",
        ),
    ),
    (
        DEGREE,
        _pair(
            "多给 多建 多投 多定 多派 多招 多拨",
            "少给 少建 少投 少定 少派 少招 少拨 定低 减点",
            "the same in speech: 多定点, 少投点",
        ),
    ),
    (
        DEGREE,
        _pair(
            "偏低 太低 过低 定低了 偏少 太少 过少 都少了 保守 都不够 嫌低 嫌少 过严 太严 "
            "门槛太高 门槛过高 门槛偏高 门槛太低 门槛过低 门槛偏低 要求太高 要求过高 要求太低",
            "偏高 太高 过高 定高了 偏多 太多 过多 不现实 难做到 已经够多 数量够多 脱离实际 "
            "不切实际 完不成 过重 太重 嫌高 嫌多 过松 太松 "
            "门槛太高 门槛过高 门槛偏高 门槛太低 门槛过低 门槛偏低 要求太高 要求过高 要求太低",
            "a judgement asks for the other direction: 太低 wants more; of a threshold it does not",
        ),
    ),
    (
        DEGREE,
        _pair(
            "放宽 放松 放开 放到 往后推 宽限 缓用 慎用 不作硬性 不硬性 莫硬 别硬 不必强求 不硬要",
            "收紧 从严 管紧 严格限制 卡到 卡在 卡死 打卡 考勤 签到 到岗 坐班 规定每 接受考核 "
            "末位淘汰 动真格 不留情面 摘牌 收回牌子 早点撤 该撤就撤",
            "the verbs for conditions: who may, how often one must be there, who must leave",
        ),
    ),
    (
        DEGREE,
        _pair(
            "免于追究 不予追究 不予追回 不必收回 免予处罚 既往不咎",
            "追回 追缴 扣回 扣减 停发 清退 收回补 收回资 收回奖 收回待 取消资格",
            "what happens to who falls short: a penalty binds tighter, its waiver looser",
        ),
    ),
    (
        DEGREE,
        _pair(
            "扩大 推广 推开 铺开 全面推行 延长 新建 再建 增设 建一个 建个 建几个 建一座",
            "缩小 缩短 停止 停止新建 不再新建 叫停 停下来 暂缓",
            "reach, duration and number",
        ),
    ),
    (
        DEGREE,
        _pair(
            "允许 准许 放行",
            "禁止 严禁 不准 不许 不允许 不再允许",
            "what one may do and may not",
        ),
    ),
    (
        STANCE,
        _pair(
            "支持 赞成 赞同 同意 拥护 予以保留 不反对 举双手 好得很 早该这样 早就该",
            "反对 不支持 不赞成 不赞同 不同意 不建议 不认可 不接受 要不得 那还得了 "
            "删去 删除 删掉 删减 取消这 取消该 取消试点 莫搞特殊 别搞特殊 不要搞特殊 一碗水端平",
            "for or against what the draft says; who wants no privilege is against it",
        ),
    ),
    (
        KEEPING,
        _pair(
            "保留 留着 不取消",
            "取消 废除 免除 免去 莫要 不再要求 不应要求 不要求 不再把",
            "a requirement that stays or goes; 不能一刀切取消 keeps it",
        ),
    ),
    (
        DISCLOSURE,
        _pair(
            "公开 公布 公示 曝光 点名 通报 贴出来 晒出来 亮出来",
            "内部处理 内部共享 内部掌握 不点名 保密 遮遮掩掩 藏到 藏着",
            "what is shown to all or dealt with inside; 不宜公开 is turned, and who "
            "complains that something is not public wants it public",
        ),
    ),
    (
        BOUND,
        _pair(
            "不低于 不少于 至少 起码 最低",
            "不超过 不高于 控制在 封顶 以内",
            "a floor wants more, a ceiling less",
        ),
    ),
    (
        DELEGATION,
        _pair(
            "下放 放权 授权 权给 权交给",
            "上收 收归",
            "who decides",
        ),
    ),
    (
        OUGHT,
        _pair(
            "应当 应该 应 宜 要 可以 继续",
            "不应当 不应该 不应 不宜 不要 不可以 不得 不能 不再",
            "an ought and its negation; read only where two clauses are compared one to one",
        ),
    ),
)
# In front of a word of the table these turn its side: 不应再提高. 能不能 asks and negates nothing.
NEGATION: Final = (
    "(?:不应当?|不应该|不该|不宜|不要|(?<!能)不能|不得|不必|不用|用不着|犯不着|没必要|没得必要"
    "|无需|无须|莫|别|不可|不许|不准|不让|禁止|严禁|避免|防止|反对|取消|放宽|(?<!是)不是|而非"
    ")(?:[把将由让说]|再|继续|一直|老是|总是|一味|盲目|随意|搞|硬要?|急着|一刀切|人家|跑来|天天){0,3}"
)
# These turn every word of the table that follows in their clause.
REFUSAL: Final = "反对|不赞成|不赞同|不同意|不支持|不建议|凭什么|凭啥|何必|何苦|难道非?要"
# Wants no more of the thing at all: 这种补贴不要搞了, 莫再发补贴. Without 再 and with an object it
# may want the thing done better: 不要搞一刀切.
ENOUGH: Final = (
    r"[莫别不](?:(?<=[莫别])|要|能|宜|应该?)"
    r"(?:再(?:搞|弄|办|建|修|发|铺|加|投|批|引进)|(?:搞|弄|办|建|修|发|引进?)了?(?=$|[,。!?;]))"
)
# What goes when it is cancelled binds people: who wants that is for looser terms, not against.
LIFTED: Final = (
    r"(?:取消|免除|免去|去掉|停止)[^,。!?;]{0,12}"
    r"(?:考核|天数|打卡|坐班|到岗|论文|年龄|学历|上限|资格|审批|证明|检查|限额|排名)"
)
NEGATORS: Final = frozenset("不没无非别莫未勿反")
# Holds a negator, negates nothing: bounds, connectives, questions of the shape A不A.
HARMLESS: Final = re.compile(
    r"不[低少高多大小][于过]|不超过|不低|不足|不断|不同(?!意)|不仅|不但|不管|不论|无论|不如|非常|除非"
    r"|不得不|莫名|([\u4e00-\u9fff])不\1|能否|反映|反而|反馈|别人|别的|无人机|区别|级别|特别|分别"
    r"|未来|没收"
)
