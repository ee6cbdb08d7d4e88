"""Cues of the two codes that are not sections, for every plan: ``general`` and ``offplan``.

A lexicon adds the words of one consultation; these hold for any. Cues count by how much of a text
they explain: 支持 alone is about the whole plan, 支持 at the head of a long proposal is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from consult.analysis.normalise_batch import Forms
from consult.analysis.phrases import SignFinder
from consult.domain.consultation import GENERAL, OFFPLAN

_WORDS: Final = re.compile(r"[\w|]+")


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern on folded text (no blanks, no punctuation), the code it speaks for, and why.

    A text without any of the ``signs`` cannot match. They are the words themselves where a pattern
    is a list of words; a pattern anchored at the beginning needs none, it fails at once.
    """

    regex: re.Pattern[str]
    code: str
    strength: float
    example: str
    reason: str
    signs: frozenset[str] = frozenset()

    def search(self, folded: str, present: set[str]) -> re.Match[str] | None:
        """Return the first match in a folded text, of which the signs are known."""
        if not self.signs:
            return self.regex.match(folded)
        return None if self.signs.isdisjoint(present) else self.regex.search(folded)


def _cue(code: str, strength: float, regex: str, example: str, reason: str, signs: str = "") -> Cue:
    words = regex.split("|") if _WORDS.fullmatch(regex) else signs.split()
    return Cue(re.compile(regex), code, strength, example, reason, frozenset(words))


_PLAIN: Final = (
    "(?:我|我们|我局|我单位|本人|大家|表示|完全|坚决|非常|十分|一万个|总体|原则上?|衷心|举?双手)*"
)
_PRAISE: Final = (
    "(?:支持|赞成|赞同|同意|拥护|点赞|很好|不错|挺好|可以|加油|期待|辛苦了|谢谢|好的?|顶|赞)"
)
_DOCUMENT: Final = "(?:规划|文件|方案|办法|草案|意见稿|征求意见稿|稿子|文本|全文|正文)"
CUES: Final = (
    _cue(
        GENERAL,
        1.0,
        "(?:无|没有?|没得|莫得|没啥子?|暂无)(?:其他|其它|不同|修改|补充|任何|什么|啥)*(?:的)?(?:意见|异议|建议)",
        "暂无其他修改意见",
        "no objection concerns the whole draft",
        "无 没 莫得",
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
        "整个 整篇 通篇 全篇 通读 全文 这份 这个 该 本",
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
        "征求意见 公示期 公开征求 意见征集 采纳 打不开 下载不了 附件 截止时间 邮箱",
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
)
_SIGNS: Final = SignFinder(sign for cue in CUES for sign in cue.signs)
SPAN: Final = 24  # folded characters that one cue explains; the rest of a longer text outweighs it
_HAN_OR_LETTER: Final = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue found in a text: its code, its share of the text (0 to 1) and its span."""

    code: str
    share: float
    start: int
    end: int
    reason: str


def find_cues(forms: Forms) -> list[CueHit]:
    """Return the strongest cue of each code; a text of signs alone is a gesture to the whole."""
    text, folded = forms.text, forms.folded
    if not _HAN_OR_LETTER.search(folded):
        shown = bool(text.strip())
        return [CueHit(GENERAL, 1.0, 0, len(text), "signs only")] if shown else []
    best: dict[str, CueHit] = {}
    present = _SIGNS.find(folded)
    for cue in CUES:
        match = cue.search(folded, present)
        if match is None:
            continue
        share = cue.strength * min(1.0, SPAN / len(folded))
        if cue.code not in best or share > best[cue.code].share:
            best[cue.code] = CueHit(cue.code, share, *forms.span(*match.span()), cue.reason)
    return sorted(best.values(), key=lambda hit: (-hit.share, hit.code))
