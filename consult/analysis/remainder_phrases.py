"""What signers put around a letter without adding anything to it, as a table.

Patterns match a whole aligned clause without its mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_WE: Final = "(?:我们?|我家|全家|本人|大家|咱们?|我代表全家|我全家)"
_VERY: Final = "(?:也|都|完全|非常|十分|很|坚决|强烈|举双手|深表|签名|特此|再次|个人)*"
_SAID: Final = (
    "(?:以上|上述|上面|前面|楼上|这[个些封份条]|该|此|联名|邻居们?|街坊们?|同事们?|大家|他们|我们?[^,]{0,6}|其他[^,]{0,6})?"
    "(?:所?说的?|的)?(?:意见|建议|观点|看法|说法|想法|诉求|要求|内容|信|话|倡议)?"
)
_OFFICE: Final = (
    "(?:各位|上级|有关|相关|主管|市里|政府|贵局|你们|你局)*(?:领导们?|部门|单位|政府|局里|同志们?)?"
)
_HEED: Final = (
    "(?:考虑|采纳|重视|研究|解决|回复|答复|落实|关注|关心|支持|理解|处理|办理|改进|批准"
    "|帮忙|帮助|体谅|斟酌|安排)"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern of a clause that adds nothing, and why it stands here."""

    pattern: str
    reason: str


PHRASES: Final[tuple[Phrase, ...]] = (
    Phrase(
        rf"{_WE}?{_VERY}(?:同意|赞成|赞同|支持|认同|附议|拥护|认可|转发|顶)(?:一下)?{_SAID}(?:的?(?:意见|建议))?了?",
        "signs what the letter says",
    ),
    Phrase(
        rf"{_SAID}{_WE}?{_VERY}(?:同意|赞成|赞同|支持|认同|认可)", "signs it, the other way round"
    ),
    Phrase(
        rf"{_WE}?{_VERY}(?:是|就是)?(?:这个|这样的?|同样的?|一样的?|相同的?|同)(?:意见|想法|看法|感受|情况|认为|想|感)?的?",
        "我也是这个意见",
    ),
    Phrase(r".{0,8}(?:说|讲|写)得?(?:很|太|真)?(?:对|好|在理|有道理|到位)", "praises the letter"),
    Phrase(r".{0,4}(?:说出了|道出了|反映了).{0,8}(?:心声|心里话|想法)", "praises the letter"),
    Phrase(r"(?:深有)?同感|\+1|赞|顶|支持", "signs it in a word"),
    Phrase(
        r"(?:以上|上述|所说|所述|这些)?(?:所?说?的?)?(?:情况|内容|事情)?(?:都|全部|完全|句句)?(?:属实|是真的|真实|是实话)",
        "vouches for it",
    ),
    Phrase(
        rf"(?:再次|恳|敬|烦|特|万|还|也)?(?:请|望|盼|求|希望|盼望|恳请|期盼|期待|拜托|请求|指望)"
        rf"{_OFFICE}(?:能够?|一定|务必|认真|慎重|尽快|早日|好好|多多?|及时|予以|给予|加以|我们)*"
        rf"{_HEED}(?:{_HEED}|一下|我们|此事|这个问题|群众|百姓|老百姓|为盼|为荷)*",
        "asks to be heeded, not for anything",
    ),
    Phrase(
        r"(?:盼望?|希望|望)?(?:早日|尽快|及早|早点)(?:解决|落实|修通|办好|办成|实现|有(?:个)?(?:结果|答复|回音|着落)).{0,4}",
        "asks for it soon, whatever it is",
    ),
    Phrase(r"给.{1,8}一个(?:交代|说法|答复|回音)", "asks for an answer"),
    Phrase(r"(?:拜托|谢谢|感谢|多谢|辛苦|麻烦|打扰)(?:了|您|你们|领导|大家|各位)*", "is polite"),
    Phrase(r"(?:尊敬的|各位|敬爱的).{0,20}|.{0,12}(?:您好|你们?好|大家好)", "greets"),
    Phrase(r"(?:祝|顺祝|此致|敬礼|致敬).{0,16}", "takes leave"),
    Phrase(
        r"(?:我们?|本人|我公司|我司|我单位|我家)(?:们)?(?:家)?(?:是|叫|姓|来自|系|属于)[^,]{1,24}",
        "says who writes",
    ),
    Phrase(r"(?:作为|身为).{2,24}", "says who writes"),
    Phrase(
        r"(?:我们?|本人|我家|一家人?)(?:家)?(?:就|都|也)?(?:住在?|在).{1,14}(?:住|上班|工作|生活)?",
        "says where",
    ),
    Phrase(r"(?:姓名|电话|手机|联系.{0,4}|地址|住址|单位|邮箱|签名|落款|身份证).{0,30}", "signs"),
    Phrase(
        r".{0,6}(?:某|一[名位个])[^,]{0,10}(?:居民|村民|市民|群众|业主|住户|员工|职工|教师|老师|医生|家长|学生)",
        "signs",
    ),
    Phrase(
        r".{0,8}(?:上次|前一?[份封次]|之前|上一[份封]).{0,6}(?:提交|发|交|写|投|漏).{0,14}",
        "is about the letter: sent before, something left out",
    ),
    Phrase(
        r".{0,6}(?:再|重新?|又)(?:次)?(?:发|提交|交|寄|投)(?:一遍|一次|一份|过)?.{0,6}|.{0,4}(?:补充|更正|修改版).{0,4}",
        "is about the letter: sent again",
    ),
    Phrase(
        r".{0,6}(?:群里|邻居|同事|朋友|网上|家委会).{0,6}(?:转来|发来|写|看到|转发|抄|复制).{0,8}",
        "is about the letter: where it comes from",
    ),
    Phrase(
        r"(?:对|关于|针对|就)?(?:规划|文件|征求意见稿|文中)?第?[一二三四五六七八九十\d]{1,3}"
        r"(?:章|节|条|部分|、|\.)?.{0,4}(?:第?[(（]?[一二三四五六七八九十\d]{1,3}[)）]?(?:条|款|点|节)?)"
        r"(?:[“\"].{0,40}|的?(?:意见|建议|反馈|看法))?",
        "cites the section the letter is about",
    ),
    Phrase(r"(?:为什么|因为|理由|原因).{0,6}", "leads over"),
    Phrase(r"(?:对|关于|针对|就).{2,30}的?(?:意见|建议|反馈|看法|修改意见)", "is a heading"),
    Phrase(r"(?:\d|[一二三四五六七八九十〇零年月日号./\s-])+", "is a date or a number"),
)
FORMULA: Final = re.compile("|".join(f"(?:{phrase.pattern})" for phrase in PHRASES))
