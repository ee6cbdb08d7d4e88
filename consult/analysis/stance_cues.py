"""What speaks for a kind of comment: the table of cues. Patterns read aligned text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from consult.domain.comment import Kind


@dataclass(frozen=True, slots=True)
class StanceCue:
    """A pattern that speaks for a kind: its weight and why it stands here."""

    kind: Kind
    pattern: str
    weight: float
    reason: str


# 我公司, 我院 speak as offices: what they tell is the ground of an ask.
_PERSON: Final = "我(?!们?(?:公司|单位|院|校|局|委|会|区|县|市|国|省|司|行|所|厂))"
_FAMILY: Final = "老公|老婆|爱人|我妈|我爸|室友|娃|孩子"
_PAST: Final = "去年|前年|今年|上个?月|那年|当年|昨天|上回|前几年"
_FOR: Final = "支持|赞成|赞同|拥护|同意"

CUES: Final[tuple[StanceCue, ...]] = (
    StanceCue(Kind.OPPOSE, r"反对|坚决不|强烈不", 3.0, "says so"),
    StanceCue(
        Kind.OPPOSE,
        rf"不(?:太|大|能|是很)?(?:{_FOR}|认可|认同|看好)",
        3.0,
        "negated support",
    ),
    StanceCue(Kind.OPPOSE, r"不建议|不主张|没有?必要|大可不必", 2.5, "advises against"),
    StanceCue(
        Kind.OPPOSE,
        r"(?:应予?以?|建议|应当|应该|请|要求|希望)(?:整[段条句])?"
        r"(?:删[去除掉]|取消|撤销|停止|叫停|暂缓)(?!.{0,12}(?:限制|门槛|集中|收费|环节))",
        2.0,
        "wants something of the draft gone; to lift a limit is a suggestion",
    ),
    StanceCue(
        Kind.OPPOSE,
        r"套话|空话|废话|口号(?!响)|形式主义|走过场|摆设|糊弄|吹牛|作秀|忽悠"
        r"|黄花菜|好高骛远|白搭|换汤不换药|没一句",
        1.5,
        "scorns the plan as a whole",
    ),
    StanceCue(
        Kind.SUPPORT,
        rf"(?<!不)(?<!不太)(?<!不大)(?<!政策)(?<!资金)(?<!经费)(?:{_FOR})",
        1.6,
        "says so; 政策支持 and 资金支持 are nouns",
    ),
    StanceCue(
        Kind.SUPPORT,
        rf"^(?:我?们?)?(?:个人|完全|坚决|非常|十分|举?双手|热烈|衷心|原则)?(?:{_FOR}|点赞)",
        1.5,
        "opens with it",
    ),
    StanceCue(
        Kind.SUPPORT,
        r"无(?:修改)?(?:意见|异议)|没有?(?:什么)?(?:意见|异议)",
        3.0,
        "no objection",
    ),
    StanceCue(
        Kind.SUPPORT,
        r"举双手|点赞|写得(?:很|真|挺)?好|好样的|太好了|大好事|是(?:件|个)?好事|欢迎|加油|振奋"
        r"|巴适|安逸|期待(?:尽快|早日)|早日落地|👍|请保留",
        1.5,
        "praise",
    ),
    StanceCue(
        Kind.QUESTION,
        r"请问|想问|问一下|咨询|想了解|想知道|请教",
        2.5,
        "asks for an answer",
    ),
    StanceCue(
        Kind.QUESTION,
        r"(?:哪里|哪儿|哪些|哪个|哪家|多远|多久|什么时候|啥时候|何时|几时|什么意思|啥意思|是什么"
        r"|是啥|指什么|多少|有没有|会不会|是不是|算不算|能不能用|能用下|来得及吗"
        r"|怎么(?:算|来|选|数|申请|报|办|保护|认定|界定|理解|分|定)"
        r"|如何(?:算|认定|界定|理解|申请|计算|保障))[^。!]{0,20}\?",
        1.8,
        "a question that information answers",
    ),
    StanceCue(Kind.QUESTION, r"[吗呢么]\?|到底是.{0,40}还是", 1.0, "a question"),
    StanceCue(Kind.QUESTION, r"\?\s*\Z", 0.6, "ends with a question"),
    StanceCue(
        Kind.QUESTION,
        r"请(?:核对|核实|解释|说明|明示|告知)",
        0.9,
        "wants the draft explained",
    ),
    StanceCue(
        Kind.SUGGESTION,
        r"建议|希望|应当|应该|恳请|提议|宜(?!宾)|必须|请(?!问|客|假|教|核|解释)",
        1.0,
        "asks for something",
    ),
    StanceCue(
        Kind.SUGGESTION,
        r"能不能(?!用)|能否|可不可以|可否|行不行|好不好|要得不|[嘛吧](?=$|[,。!])|撒(?=$|[。!])",
        1.3,
        "asks for something in the shape of a question or an order",
    ),
    StanceCue(
        Kind.SUGGESTION,
        r"改[为成]|补充|增加|明确|放宽|提高到|下调|上调|统一口径|写明|写清",
        0.8,
        "edits of the draft",
    ),
    StanceCue(
        Kind.EXPERIENCE,
        rf"{_PERSON}.{{0,24}}[年回次趟台遍]|{_PERSON}.{{0,24}}个月",
        0.7,
        "a private person tells with figures",
    ),
    StanceCue(
        Kind.EXPERIENCE,
        rf"(?:{_PERSON}|{_FAMILY}).{{0,40}}(?:{_PAST})|(?:{_PAST}).{{0,40}}(?:我|老公|爱人)",
        1.0,
        "a private person tells what happened",
    ),
    StanceCue(
        Kind.EXPERIENCE,
        r"找不到|报不了|没得|贴了?|自己[掏开贴垫编]|跑了|等了|催了|卡[在了]|填了|熬了|拖了"
        r"|劝退|分到|排队",
        0.4,
        "hardship told",
    ),
    StanceCue(
        Kind.EXPERIENCE,
        r"亲身经历|说说我的|讲一?个(?:事|例子)|到现在|年了",
        0.6,
        "told from life",
    ),
)
