"""Axes of antonyms on which the asks of a public consultation oppose each other.

Written for any plan and any public matter. Each entry is an axis of its own: two texts oppose
where one stands on either side of it. A word that stands on both sides is read and says nothing:
it only holds a word of the axis.
"""

from __future__ import annotations

from typing import Final

from consult.analysis.opposites_table import DEGREE
from consult.domain.lexicon import Opposite

Axis = tuple[str, Opposite]


def _axis(name: str, a: str, b: str, reason: str) -> Axis:
    return name, Opposite(tuple(a.split()), tuple(b.split()), reason)


def _measure(name: str, more: str, less: str, reason: str) -> Axis:
    """Return the axis of two adjectives: what is too much is wanted less, not enough more."""
    return name, Opposite((*_wanted(more, less),), (*_wanted(less, more),), reason)


def _wanted(more: str, less: str) -> list[str]:
    asked = [f"{more}一点", f"{more}一些", f"{more}些", f"再{more}", f"还要{more}", f"不够{more}"]
    blamed = [f"{how}{less}" for how in ("太", "过于", "偏", "过", "这么", "那么", "有点", "嫌")]
    return [*asked, *blamed, f"还是{less}了", f"够{less}了", f"已经够{less}", f"已经很{less}"]


ANTONYMS: Final[tuple[Axis, ...]] = (
    _axis(
        DEGREE,
        "还不够 远远不够 根本不够 不够用 不够分 不够多 多查 勤查 加密检查 那么多年 这么多年 "
        "那么多人 这么多人",
        "减半 砍半 那么多 这么多 那么多年 这么多年 那么多人 这么多人 够高了 够多了 够用了 足够了 "
        "已经够 节约经费 节约开支 节省 多头检查 不要多头 莫多头 别多头 太勤 太频繁 过于频繁 "
        "重复检查 反复检查 合并检查 合到一起查 少查",
        "what is said to be too much or not enough, beside the verbs",
    ),
    _axis(
        "height",
        "高一点 高一些 高些 高点 还要高 制高点",
        "低一点 低一些 低些 低点 还要低 制高点",
        "comparatives: a figure up or down",
    ),
    _axis(
        "number",
        "多一点 多一些 多些 还要多",
        "少一点 少一些 少些 还要少",
        "comparatives: more or fewer",
    ),
    _axis("size", "大一点 大一些 大些 太小 偏小", "小一点 小一些 小些 太大 偏大", "its size"),
    _measure("length", "长", "短", "how long something lasts or is"),
    _measure("pace", "快", "慢", "how fast it goes"),
    _measure("detail", "细", "粗", "how much is asked or written down"),
    _axis(
        "detail",
        "太简单 过于简单 太笼统 过于笼统",
        "太复杂 过于复杂 太繁琐 过于繁琐 太啰嗦",
        "the same in other words",
    ),
    _measure("distance", "近", "远", "where it is"),
    _measure("rigour", "严", "松", "how strict a rule or a test is: 太严 wants it looser"),
    _measure("hour", "早", "晚", "at what hour or date"),
    _axis(
        "timing",
        "提前 提早 尽早 尽快 马上 立即 抓紧 赶紧 趁早 不要拖 不能拖 别拖 莫拖 再拖",
        "推迟 延后 延迟 延期 推后 往后延 往后推 缓一缓 暂缓 缓行 不急 不着急 别急 莫急 莫忙 先莫忙",
        "sooner or later; who says 再拖 complains of delay",
    ),
    _axis(
        "gathering",
        "集中到 集中给 集中在 集中投 集中用 集中布局 集中建 集中力量 集中资源 捆起来",
        "分散 分头 均摊 撒胡椒面 遍地开花 平均分配",
        "put in one place or spread",
    ),
    _axis(
        "charge",
        "免费 不收费 免收 不要钱 不收钱 收费太 收费贵 收费高 乱收费",
        "收费 收取 付费 有偿 要收钱 不能白 收费标准",
        "free or paid; who complains of the charge wants no other one",
    ),
    _axis(
        "duty",
        "自愿 自主选择 自己选 自由选择 自由报名 不强求 不强制",
        "强制 强行 硬性摊派 摊派 必须参加 每个都要",
        "free to or obliged to",
    ),
    _axis(
        "instalments",
        "一次性拨 一次性发 一次性付 一次性给 一次性到 一次性兑 一次付清 一次给足 一次拨 一次到位",
        "分期 分批 分次 分几年 分三年 分五年 分年度 分阶段",
        "at once or in parts",
    ),
    _axis(
        "standing",
        "单列 单设 单独列 单独成 单独写 单独设 独立成 独立设 分开设 分设",
        "合并 并入 并到 归并 合到一起",
        "on its own or as part of another",
    ),
    _axis(
        "channel",
        "线上 网上办 网上申 网上报 全程网办 线上线下 线上和线下",
        "线下 纸质 当面办 人工窗口 线上线下 线上和线下",
        "over the net or in person",
    ),
    _axis("name", "实名 记名 署名", "匿名 不记名 不署名 不具名", "with one's name or without"),
    _axis(
        "equality",
        "拉开差距 拉大差距 差距拉开 差距拉大 拉开档次 拉开距离",
        "平均 一碗水端平 均等 一视同仁 缩小差距 差距太大 差距过大 平均主义 平均水平",
        "pay and grants by merit or alike",
    ),
    _axis(
        "lead",
        "企业牵头 企业来牵头 企业主导 企业来主导 企业唱主角",
        "高校牵头 高校来牵头 高校主导 院所牵头 学校牵头 大学牵头 政府牵头 政府主导",
        "who leads what two sides do together",
    ),
    _axis(
        "reach",
        "扩大 扩面 拓宽 扩到 覆盖到 全覆盖 人人有份 都纳入 全部纳入 压缩时 压缩审批 压缩办 "
        "压缩环节 压缩流程 压缩周期",
        "压缩 缩小 缩减 收窄 限定在 仅限 压缩时 压缩审批 压缩办 压缩环节 压缩流程 压缩周期",
        "for many or for few; steps and days that are cut are another matter",
    ),
    _axis(
        "access",
        "开放 敞开 解禁 放开 全天开 开门 开馆 开门时间 开馆时间 开放时间 关门时间 闭馆时间",
        "封闭 封起来 围起来 关起来 限时开 关门 闭馆 闭园 休馆 开门时间 开馆时间 开放时间 关门时间 "
        "闭馆时间",
        "open or closed",
    ),
    _axis(
        "encouragement",
        "鼓励 提倡 加分 奖励",
        "限制 约束 处罚 罚款 扣分 取消限制 放宽限制 不设限制 限制取消",
        "pushed or held back",
    ),
    _axis(
        "choice",
        "择优 重点支持 好中选优 宁缺毋滥",
        "普惠 人人有份 雨露均沾 全覆盖",
        "for the best or for all",
    ),
    _axis(
        "agent",
        "委托第三方 由第三方 请第三方 一律第三方 第三方来 第三方评 第三方验 外包 交给专业",
        "自行组织 自行验收 自己验收 自主验收 自己办 自己来 自营 自办",
        "done by others or by oneself",
    ),
    _axis(
        "origin",
        "优先给本地 优先本地 本地优先 限本地 限定本市 只限本市 限本市 限本地户籍",
        "引进为主 外地为主 以外地 以外来 从外面引 面向全国 不限本地 不限户籍 不限地域",
        "for those of the place or for all",
    ),
    _axis(
        "mercy",
        "从轻 从宽 轻饶 轻罚 手软 改正的机会 改过的机会 一次机会 容错 要慎重 信用修复 处罚过重 "
        "处罚太重 惩戒过重 不能过重 不宜过重",
        "拉黑 更严厉 一棍子打死 终身不得 一辈子莫想 从重 从严 严惩 严肃处理 重罚 一票否决 零容忍 "
        "终身追责 终身禁",
        "how a fault is dealt with",
    ),
    _axis(
        "rule",
        "自行采购 自己定 自行定 自定 自行确定 因地制宜 自主评审 自主确定 单位自主 一刀切 "
        "不搞一刀切 莫搞一刀切 别搞一刀切 不要搞一刀切 不要一刀切 不能一刀切 不宜一刀切 下放 放权 "
        "授权",
        "统一采购 统一安排 统一评审 统一评 统一组织 统一规定 统一定 统一管 市里统一 收回市 收归 "
        "上收 各搞各",
        "left to those concerned or set for all",
    ),
    _axis(
        "keep",
        "保留 留着 维持现 恢复 拆不得 停不得 砍不得 撤不得 动不得 取消不得 删不得 拆迁 拆分 停车 "
        "停放 停留 停电 停水",
        "撤销 撤掉 撤了 拆除 拆掉 拆了 砍掉 砍了 砍 停办 停了 停掉 停用 停运 干脆停 停 拆 拆迁 "
        "拆分 拿掉 废止 停车 停放 停留 停电 停水",
        "what stays and what goes",
    ),
    _axis(
        "threshold",
        "门槛太高 门槛过高 门槛偏高 门槛高 要求太高 要求过高 降低门槛 放低门槛 门槛降 门槛放低 "
        "门槛低一",
        "门槛太低 门槛过低 门槛偏低 要求太低 提高门槛 抬高门槛 门槛提高 门槛抬高 门槛高一 门槛高些",
        "who may come in: a threshold too high is wanted lower",
    ),
    _axis(
        "change",
        "改成 改回",
        "不要改 不能改 不宜改 别改 莫改 不要动 莫动 维持现状 保持现状 保持不变 照旧 挺好的",
        "left as it is or not",
    ),
    _axis(
        "price",
        "太贵 偏贵 过贵 便宜点 便宜些 便宜一点 降价 降费 降租 降点 降一点 降一降",
        "涨价 涨租 涨费 涨点 涨一点 涨些 上浮",
        "what is paid, up or down",
    ),
    _axis(
        "sale",
        "只租不售 只租不卖 不得出售 不准卖",
        "出售 卖给 先租后买 可以买 允许买 能买",
        "let or sold",
    ),
)
