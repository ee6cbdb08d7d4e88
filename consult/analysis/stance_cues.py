"""What speaks for a kind of comment: the tables of cues. Patterns read aligned text.

Each alternative starts with a plain character, so that the search can skip to it: one comment is
read in some tens of microseconds. What must not stand before a word is looked back for behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from consult.domain.comment import Kind


@dataclass(frozen=True, slots=True)
class StanceCue:
    """A pattern that speaks for a kind: its weight and why it stands here.

    Beside an ask, words that are only ``ground`` for it count for less.
    """

    kind: Kind
    pattern: str
    weight: float
    reason: str
    ground: bool = False


# What a supporter asks for: that it stay, or come soon.
STAY: Final = r"继续|坚持|保留|保持|早日|尽快(?:出台|实施|落地|印发)"

# Words that hold a cue and mean something else: they are blanked out before the cues are read.
HARMLESS: Final[tuple[tuple[str, str], ...]] = (
    (r"反对的?(?:声音|意见|票)", "tells of others who are against"),
    (r"无反对|没有?反对", "no objection"),
    (r"支持(?<=[策金费政技融术力点先]支持)", "政策支持, 大力支持: a thing of the plan"),
    (r"支持(?:力度|政策|对象|范围|方式|资金|项目|计划|措施|条件|标准|名额|期)", "the same, a noun"),
    (r"取消(?:资格|后续|其|认定)", "a sanction, not a wish to cut the plan"),
    (r"申请|邀请|聘请|宴请|请(?:客|假|示|愿|的|来的|过|了|不[起到动]|人|他|她|我(?!们))", "deeds"),
    (r"要求(?:太|高|低|过|是|严|的)", "requirements of others"),
    (
        r"同意(?:.{0,12}(?:意见|来信|的信|建议))?:|支持.{0,12}(?:意见|来信|的信|建议):",
        "signs the letter of others, whose words follow",
    ),
)
ANY_HARMLESS: Final = re.compile("|".join(pattern for pattern, _ in HARMLESS))

CUES: Final[tuple[StanceCue, ...]] = (
    StanceCue(
        Kind.OPPOSE,
        r"反对|坚决不|强烈不|誓死|要不得|不(?:太|大|能|是很)?(?:支持|赞成|赞同|拥护|认可|认同|看好)"
        r"|不欢迎|我们?不答应|不(?:太|大|能)?同意(?<!无不同意)(?<!没有不同意)(?<!有不同意)"
        r"|不敢苟同|disagree|i oppose|we oppose|against the",
        3.0,
        "says so, or negates support; 不同意见 is a noun",
    ),
    StanceCue(
        Kind.OPPOSE,
        r"不建议|不主张|没有?(?:什么)?必要|没得必要|大可不必|何必|多此一举|不值当|不值得|不划算|打住"
        r"|不能这么搞|停了吧|算了[吧。!]|叫停|废止|撤回|推倒重|重写",
        2.5,
        "advises against it",
    ),
    StanceCue(
        Kind.OPPOSE,
        r"(?:应予?以?|建议|应当|应该|请|要求|希望|不如|干脆|直接|趁早)(?:整[段条句]|把.{0,12})?"
        r"(?:删[去除掉]|取消|撤销|停止|砍掉|暂缓|缓一缓|去掉)"
        r"(?!.{0,12}(?:限制|门槛|集中|收费|环节|要求|手续|年限|名次|重复|二字|一词|规定))"
        r"(?!.{0,30}改[为成])",
        2.0,
        "wants something of the draft gone; to lift a limit or put another in is a suggestion",
    ),
    StanceCue(
        Kind.OPPOSE,
        r"套话|空话|废话|口号(?!响)|形式主义|走过场|摆设|糊弄|吹牛|作秀|忽悠|黄花菜|好高骛远|白搭"
        r"|换汤不换药|没一句|纸上谈兵|劳民伤财|花架子|画大?饼|一纸空文|纯属|瞎折腾|骗人|哄人|年年空"
        r"|浪费(?:土地|纳税|纸|钱|公)|开后门|明抢|啥子?意思(?=[,。!嘛]|$)|啥子?用(?=[,。!?嘛]|$)"
        r"|没人信|一张废纸|冤枉钱|买牌子|放羊",
        1.5,
        "scorns it as a whole",
        ground=True,
    ),
    StanceCue(
        Kind.OPPOSE,
        r"收紧|过剩|不应再|不宜再|反而应|反而要|够多了|别(?:往|把钱|再建|在|修到|砸)"
        r"|莫(?:往|把钱|再建|在|修到|砸)|不要(?:往|把钱|再建|在|修到|砸)|凭(?:什么|啥)|公平吗"
        r"|一碗水|谁赔|抢.{0,4}饭碗|对.{2,20}有不同(?:看法|意见)",
        1.6,
        "wants less of it, or calls it unfair",
    ),
    StanceCue(
        Kind.SUPPORT,
        r"赞成(?<!不赞成)(?<!不太赞成)(?<!不大赞成)|赞同(?<!不赞同)(?<!不太赞同)|拥护(?<!不拥护)"
        r"|同意(?<!不同意)(?!的?话)|认可(?<=完全认可|非常认可|表示认可|十分认可)"
        r"|支持(?<!不支持)(?<!不太支持)(?=[!。,;~、\s]|$|你|这|该|规|贵|市|本|政府)"
        r"|完全支持|坚决支持|举双手|双手双脚|点个?赞|挺你们|我看行"
        r"|fully support|strongly support|i support|we support|well done",
        1.8,
        "says so: as a whole sentence or of this plan; 支持企业 is a deed of the plan",
    ),
    StanceCue(
        Kind.SUPPORT,
        r"无(?:修改|其他|别的|补充)?(?:意见|异议|建议)|没得意见|没有?不同(?:意见|看法)|无不同意见"
        r"|没有?(?:什么|得)?(?:修改|其他|别的)?(?:意见|异议|看法)",
        3.0,
        "no objection",
    ),
    StanceCue(
        Kind.SUPPORT,
        r"写得(?:很|真|挺|非常|比较)?(?:好|全面|实)|好样的|太好了|大好事|是(?:件|个)?好事|好事情"
        r"|欢迎(?<!不欢迎)|加油|振奋|巴适|安逸|期待(?:尽快|早日)?|早日落地|早该(?:如此|这样)"
        r"|大快人心|好得很|讲得(?:在理|对|好)|说得(?:在理|对|好)|有盼头|看到了?盼头|暖心|心坎"
        r"|值得肯定|很有必要|非常必要|管用|这样最好|就照这|帮了?(?:我们)?大忙|帮我们渡过|👍|搞快点"
        r"|终于(?:有人|等到|提到)",
        1.5,
        "praise",
    ),
    StanceCue(
        Kind.SUPPORT,
        rf"务必保留|希望(?:{STAY})|请(?:{STAY})|建议(?:{STAY})|保持不变|坚持下去|继续(?:干|搞|推)",
        1.6,
        "asks for nothing but that it stay or come soon",
    ),
    StanceCue(
        Kind.SUPPORT,
        r"\A(?:我(?:们|[厂院校局家])?)?(?:个人|完全|坚决|非常|十分|举?双手|热烈|衷心|原则上?|很|总体)?"
        r"(?:支持|赞成|赞同|同意|拥护|点赞)(?!.{0,24}[,。;](?:但|不过|同时|就是|只是))",
        1.5,
        "opens with it",
    ),
    StanceCue(
        Kind.QUESTION,
        r"请问|想问|问一下|问一句|咨询|想了解|想知道|请教",
        2.2,
        "asks for an answer",
    ),
    StanceCue(
        Kind.QUESTION,
        r"请(?:核对|核实|解释|说明|明示|告知|加注|注明)|不明白|看不(?:懂|明白)|搞不清|不(?:太)?清楚",
        0.9,
        "wants the draft explained",
    ),
    StanceCue(
        Kind.SUGGESTION,
        r"建议(?<!不建议)(?<!无建议)|希望|应当|应该|恳请|提议|呼吁|盼望?(?!头)|宜(?<![便适事时相]宜)(?!宾|居)|必须|务必"
        r"|须(?!知)|请(?!问|教|核|解释|说明|告知|保留)|should\b|suggest|please\b|hope\b",
        1.0,
        "asks for something",
    ),
    StanceCue(
        Kind.SUGGESTION,
        r"能不能(?!用|申|报)|能否(?!用|申|报)|可不可以(?!用|申|报)|可否|行不行|好不好|要得不"
        r"|可以不\?|是不是(?:也)?(?:可以|该|应)|为(?:什么|何|啥)不|怎么就?不能|何不|不如|不妨|多好",
        1.3,
        "asks in the shape of a question",
    ),
    StanceCue(
        Kind.SUGGESTION,
        r"嘛(?=$|[,。!~\s])|吧(?=$|[,。!~\s])|撒(?=$|[,。!~\s])|别(?!的|人|处|说|个|看)"
        r"|莫(?!名|非|大|得|过)|不要(?!钱|求)"
        r"|要(?:有|给|让|把|能|多|快|先|用|加|在|真|实|分|按|管|跟|公)(?<!不要.)(?<!需要.)"
        r"|也要|都要|就要|得有|也得|都(?:该|应)|该(?:摘|补|给|管|发|有|算|跟)(?<!应该.)"
        r"|多.{1,8}少|少.{1,8}多|才(?:好|对|行|用得)",
        0.9,
        "an order or an ought in everyday words",
    ),
    StanceCue(
        Kind.SUGGESTION,
        r"改[为成到]|补充|补(?:上|个|一)|增加|增设|加[上进入]|明确|放宽|提高到|降到|降低到|下调|上调"
        r"|统一口径|写明|写清|换成|换个|删[去掉除]|列入|纳入|单列|挪到|延长|缩短|简化|漏(?:了|写)",
        0.8,
        "edits of the draft",
    ),
    StanceCue(
        Kind.EXPERIENCE,
        r"亲身经历|说说我的|讲一?个(?:事|例子)|经过是这样|到现在|至今",
        0.8,
        "told from life",
    ),
)
PATTERNS: Final = (ANY_HARMLESS, *(re.compile(cue.pattern) for cue in CUES))
