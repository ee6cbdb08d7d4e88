"""The forms of asks, questions and stories, as patterns over aligned text.

As in ``stance_cues``, alternatives start with a plain character.
"""

from __future__ import annotations

import re
from typing import Final

from consult.analysis.stance_cues import STAY

# Asks with a matter of their own: neither that the draft stay or come soon, nor for figures.
ASK: Final = re.compile(rf"建议(?!{STAY})|应当|应该|恳请|必须|请(?!问|教|{STAY}|解释|说明|核|告知)")
# An ask that follows on what was told or asked before it.
AFTER: Final = re.compile(
    "|".join(
        rf"{word}(?!问|教|公[布开]|解释|说明|核|告知|.{{0,8}}公[布开])"
        for word in ("建议", "希望", "应当", "应该", "请", "恳请")
    )
    + r"|必须|能不能(?!用|申|报|算)|能否|可不可以|可以不\?|行不行"
)
# Politeness that something else follows on.
BUT: Final = re.compile(
    r"(?:支持|赞成|赞同|同意|欢迎|好事|很好|不错|好[,。]).{0,40}[,。;](?:但|不过|可是|只是|就是|然而|同时)"
)

# A question that wants information: an interrogative in a sentence that ends with a mark.
INTERROGATIVE: Final = re.compile(
    r"哪(?:里|儿|些|个|家|年|天|一|两|几)|多(?:少|远|久|大)|什么|啥|谁|何时"
    r"|几(?:时|年|个|号|月|家|点|人)|怎[么样]|咋(?!个?不)|如何|为[何啥]|究竟|到底|有没有|会不会|是不是"
    r"|算不算|要不要|能不能(?:用|申|报|算)|是否|还是|吗\?|么\?|没\?|不\?|对不对|来得及"
    r"|how\b|what\b|when\b|where\b|which\b|who\b|why\b|is\b|are\b|does\b|do\b|can\b|will\b"
)
# The same words asked for effect: the writer knows the answer, or asks for a deed.
RHETORICAL: Final = re.compile(
    r"怎么?就?(?:不能|没|不|交代)|咋个?就?(?:不能|没|不|交代)|为(?:什么|何|啥)不|何不"
    r"|能不能(?!用|申|报|算)|可不可以|可否|能否|是不是(?:也|可以|太|该|应|好|有点)"
    r"|谁(?:还|敢|愿|会|肯|受|信|来管)|哪[个里儿]?(?:还|敢|会|有(?!几)|至于|能|来得)|凭|难道"
    r"|不是.{0,14}[吗么]|这不?(?:是|叫).{0,8}(?:吗|什么|么)|那不?(?:是|叫).{0,8}(?:吗|什么|么)|公平吗"
    r"|有(?:什么|啥子?)(?:用|意思|意义)|几个(?:人)?(?:看|信|懂)|找谁|行不行|好不好|可以[不吗]"
    r"|要得不|何苦|何必|怎么(?:行|成|得了|可能|敢|办得)|多好"
)
# Who tells of himself or of those near to him; offices (我局, 我公司) state grounds instead.
PERSON: Final = re.compile(
    r"我(?!们?(?:公司|单位|院|校|局|委|会|区|县|市|国|省|司|行|所|厂|镇|街道))|本人|咱|老公|老婆"
    r"|爱人|妻|丈夫|父亲|母亲|爸|妈|婆婆|室友|同事|娃|孩子|儿子|女儿"
    r"|i(?<!\wi)(?= )|my(?<!\wmy)(?= )|we(?<!\wwe)(?= )"
)
# When it happened, and how often.
HAPPENED: Final = re.compile(
    r"去年|前年|今年|上个?月|那[年时会]|当[年初时]|昨天|上[回次周]|前几[年天]|凌晨|后来|最后|结果|年了"
    r"|last\b|ago\b|months?\b|years?\b|waited\b|went\b|came\b"
)
COUNTED: Final = re.compile(r"[\d一二两三四五六七八九十]多?[年趟次回遍家个]")
# What came of it.
TOLD: Final = re.compile(
    r"了(?=[^。!?]|$)|过(?=[^。!?]|$)|没(?:有)?(?:人|回|消息|见)|找不到|报不了|没得|退回|还在|拿到|发现"
    r"|说(?:是|没|要|不|都)|跑|等|催|卡|熬|拖|劝退|排队|掏|贴|垫"
    r"|was\b|were\b|had\b|did\b|went\b|waited\b"
)

PATTERNS: Final = (ASK, AFTER, BUT, INTERROGATIVE, RHETORICAL, PERSON, HAPPENED, COUNTED, TOLD)
