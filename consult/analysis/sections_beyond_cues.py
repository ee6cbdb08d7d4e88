"""The table of cues of the two codes that are not sections, for every plan.

A lexicon adds the words of one consultation; these hold for any.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from consult.domain.consultation import GENERAL, OFFPLAN

_WORDS: Final = re.compile(r"[\w|]+")
Search = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern on folded text (no blanks, no punctuation), the code it speaks for, and why."""

    regex: re.Pattern[str]
    code: str
    strength: float
    example: str
    reason: str

    @property
    def listed(self) -> bool:
        """Whether the pattern is a plain list of words."""
        return _WORDS.fullmatch(self.regex.pattern) is not None

    @property
    def search(self) -> Search:
        """What returns the first match in a folded text."""
        # Nobody else tells an anchored pattern that further places are not worth trying.
        return self.regex.match if self.regex.pattern[0] == "^" else self.regex.search


def _cue(code: str, strength: float, regex: str, example: str, reason: str) -> Cue:
    return Cue(re.compile(regex), code, strength, example, reason)


_PLAIN: Final = (
    "(?:我|我们|我局|我单位|本人|大家|表示|完全|坚决|非常|十分|一万个|总体|原则上?|衷心|举?双手)*"
)
_PRAISE: Final = (
    "(?:支持|赞成|赞同|同意|拥护|点赞|很好|不错|挺好|可以|加油|期待|辛苦了|谢谢|好的?|顶|赞)"
)
_DOCUMENT: Final = "(?:规划|文件|方案|办法|草案|意见稿|征求意见稿|稿子|文本|全文|正文)"
# What follows on several words. Each of these has an alternative of its own in the patterns below:
# a search skips to the next character that an alternative begins with, unless one is a group.
_WELL: Final = "(?:来说|来看)?(?:都)?(?:很好|不错|可以)"
_SOON: Final = "(?:早日|尽快|尽早)?(?:落地|出台|印发|实施)$"
_SHORT: Final = "(?:太|有点|过于)(?:短|紧|仓促|赶)"
_LATER: Final = ".{0,6}(?:天|周|星期|半个?月|月底)"
_BY_POST: Final = "(?:征求|提意见|征集)"
CUES: Final = (
    _cue(
        GENERAL,
        1.0,
        "(?:无|没有?|没得|莫得|没啥子?|暂无)(?:其他|其它|不同|修改|补充|任何|什么|啥)*(?:的)?(?:意见|异议|建议)",
        "暂无其他修改意见",
        "no objection concerns the whole draft",
    ),
    _cue(
        GENERAL,
        1.0,
        f"^{_PLAIN}(?:{_PRAISE}(?:本|该|这个|这份|此)?{_DOCUMENT}?)+[了的吧哈啊呀嘛]*$",
        "完全赞成这个规划",
        "nothing but approval",
    ),
    _cue(
        GENERAL,
        0.7,
        f"(?:整个|整篇|通篇|全篇|通读|全文|这份|这个|该|本){_DOCUMENT}?(?:都是|全是|写得|编得|很|太|总体|看)",
        "通篇都是",
        "speaks of the draft as a text",
    ),
    _cue(
        GENERAL,
        0.7,
        "套话|空话|大话|口号|官话|官腔|看不懂|读不懂|不接地气|走过场|走形式|做样子",
        "全是空话",
        "judges the wording as a whole",
    ),
    _cue(
        GENERAL,
        0.7,
        "错别字|错字|病句|标点|排版|字体|字号|页码|目录|一图读懂|图解|简明版|通俗版",
        "有不少错别字",
        "form of the document",
    ),
    _cue(
        GENERAL,
        0.7,
        "征求意见(?!稿)|公示期|公开征求|意见征集|采纳情况|是否采纳|打不开|下载不了|附件|截止时间|邮箱",
        "附件打不开",
        "the consultation itself",
    ),
    _cue(
        OFFPLAN,
        1.0,
        "^(?:测试|test|[a-z0-9]){1,20}$",
        "测试",
        "nothing to act on; longer runs of Latin letters are foreign languages",
    ),
    _cue(
        OFFPLAN,
        0.8,
        "加微信|加v信|代办|代开|包过|优惠价|招商加盟|咨询电话|刷单",
        "需要的加微信",
        "advertisement",
    ),
    _cue(
        OFFPLAN,
        0.6,
        "小区|物业|公交|停车|路灯|井盖|噪音|扰民|垃圾|广场舞|油烟|臭味|停水|停电|违建|红绿灯",
        "小区停车难",
        "municipal matters that no plan of another subject deals with",
    ),
    _cue(
        GENERAL,
        0.8,
        "(?:支持|赞成|赞同|拥护|同意|点赞)(?:了|的|啊|哈|呀)*$",
        "方向正确，我们镇表示赞成",
        "approval that ends the text has no object of its own",
    ),
    _cue(
        GENERAL,
        0.8,
        f"^{_PLAIN}(?:支持|赞成|赞同|拥护|点赞)+(?:本|该|这个|这份|此)?(?:{_DOCUMENT}|希望|期待|盼|早日|尽快)",
        "拥护规划，早日落地",
        "approval of the document, with a wish for it",
    ),
    _cue(
        GENERAL,
        0.7,
        f"举双手|写得(?:很|真|挺|太)?(?:好|实在|不错)|振奋|总[体的]{_WELL}|整体{_WELL}"
        f"|盼{_SOON}|望{_SOON}|期待{_SOON}|早日{_SOON}|尽[快早]{_SOON}|加油$",
        "看了很振奋",
        "praise and good wishes for the plan as a whole",
    ),
    _cue(
        GENERAL,
        0.7,
        "意见(?:交|提|报|反映)?(?:上去|之后|以后|后|了).{0,12}(?:采纳|采没采|回复|公布|公开|结果|说法|答复|反馈|石沉大海)"
        "|石沉大海|采没采纳|采不采纳|采纳.{0,10}(?:公布|公开|回复|告知|反馈)|一条一条(?:地)?(?:回复|答复)",
        "意见提了以后会不会答复",
        "what becomes of the comments",
    ),
    _cue(
        GENERAL,
        0.6,
        f"征求(?:意见)?的?(?:时间|期限)|时间{_SHORT}|期限{_SHORT}|延[期长]{_LATER}|顺延{_LATER}|宽限{_LATER}"
        f"|推迟{_LATER}|网上{_BY_POST}|邮[件箱]{_BY_POST}|座谈会|听证会|征集",
        "时间太紧，请延长半个月",
        "how long and in what ways one may comment",
    ),
    _cue(
        GENERAL,
        0.7,
        "看不下去|看不完|看得完|读不完|太长了|一页纸|大字版|简化版|通俗点|名词解释|人话|字太小|外行看"
        "|看不清",
        "太长了，哪个看得完",
        "how the document reads",
    ),
    _cue(
        GENERAL,
        0.7,
        "黄花菜|年年都是这|年年规划|纸上谈兵|白搭|废话|等于没说|跟没看|四平八稳|画饼|糊弄|挂在墙上|没一句实",
        "纸上谈兵而已",
        "scorn for the plan as a whole",
    ),
    _cue(
        OFFPLAN,
        0.6,
        "堵车|限行|交警|出租车|不打表|网约车|挂号|养老金|退休金|房贷|宽带|天然气|抄表|电费|水费|打桩"
        "|臭气|流浪狗|菜市场|缺斤少两|假货|不退钱|驾照|身份证|一年级报名|学区|择校|12345|城管|摊贩|环卫工|油价|彩票",
        "出租车不打表",
        "daily matters of a town; a word that the plan itself uses is none",
    ),
    _cue(
        OFFPLAN,
        0.8,
        "代写论文|包发|加微|加v|刷信誉|贷款秒批",
        "代写论文，加V详聊",
        "advertisement",
    ),
)
