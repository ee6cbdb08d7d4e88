"""The set phrases of letters and mails, as tables. Patterns read aligned text."""

from __future__ import annotations

import re
from typing import Final


def _any(*patterns: str) -> re.Pattern[str]:
    """Join patterns to one that matches as the first of them would."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


# Where the writer's own words end: what follows was written by others or by a machine.
QUOTED: Final = re.compile(
    "|".join(
        (
            # mail programs, above a forwarded or answered mail
            r"^[ \t]*-{2,}[ \t]*(?:(?:原始?|转发的?)邮件|original message|forwarded message)",
            r"^[ \t]*(?:发件人|from)[ \t]*:.*\n[ \t]*"
            r"(?:发送时间|时间|日期|收件人|主题|sent|date|to|subject)[ \t]*:",
            r"^[ \t]*[在于]?[ \t]*\d{4}[-年/.].{0,60}写道[ \t]*:",
            r"^[ \t]*on .{4,80} wrote:",
            # telephones and mail services, below every mail
            r"^[ \t]*[发来]自我的.{0,20}$",
            r"^[ \t]*[发来]自(?:qq|网易|163|126|新浪|foxmail|outlook|华为|小米).{0,20}$",
            r"^[ \t]*(?:sent from my|get outlook for) .{0,30}$",
            r"^-- $",  # RFC 3676: the signature's delimiter
            r"^[ \t]*(?:免责声明|保密声明|本邮件(?:及其附件)?(?:含有|仅|所含|内容))",
        )
    ),
    re.MULTILINE,
)
_WHOM: Final = "领导|老师|局长|主任|同志|专家|编制组|起草组|工作人员|负责人|朋友|大家|先生|女士"
_OFFICE: Final = "局|委|办|政府|厅|部|中心|处|科|组|单位"
_HELLO: Final = "(?:你们?好|您好|好)?"
# A letter's own title, a line to itself.
TITLE: Final = re.compile(
    r"(?:关于|对|就)[^\n。!?;]{4,60}(?:意见|建议|函|反馈|复函|看法)[ \t]*\n\s*(?=\S)"
)
# At the head, one after the other: whom the letter is for, and a good day.
GREETINGS: Final = _any(
    rf"(?:尊敬的|敬爱的|亲爱的|各位|致)[^\n,。!?;:]{{0,24}}?{_HELLO}(?:[:!,]|\n|$)",
    rf"[^\n,。!?;:]{{0,16}}(?:{_WHOM})们?{_HELLO}[:!,。~]",
    rf"(?:{_WHOM})们?(?:你们?好|您好|好)",
    rf"[^\n,。!?;:、]{{1,24}}(?:{_OFFICE}){_HELLO}:[ \t]*(?=\n)",
    rf"[^\n,。!?;:、]{{1,24}}(?:{_OFFICE})(?:你们?好|您好)[:!,。~]?",
    r"(?:你们?好|您好|大家好|[早上中下晚][上午]好|hello|hi)(?=[:!,。~\s])[:!,。~]*",
    r"dear [^\n,:]{1,40}[,:]",
    r"^(?:感谢|谢谢)[^\n。!]{0,24}(?:机会|平台|渠道)[。!]",
    r"(?:[来寄]信人|来电人|反映人|姓名|单位|身份|职业|电话|联系电话|地址)[ \t]*:[^\n]{0,24}\n",
    r"[^\n,。!?;:]{0,12}(?:反馈表|意见表|建议表|登记表)[ \t]*\n",
)
_READ: Final = (
    "(?:批评)?指正|(?:研究)?采纳|改正|包涵|谅解|见谅|原谅|考虑|参考|研究|回复|答复|批示|审阅"
    "|斟酌|理解|海涵"
)
# A last sentence or line that says nothing about the plan.
CLOSINGS: Final = _any(
    r"(?:非常|十分|多|深表|不胜)?(?:谢谢|感谢|感激|多谢|感恩)"
    r"(?!.{0,12}(?:但|不过|希望|建议)).{0,24}",
    r"此致(?:敬礼)?|敬礼|顺[祝颂].{0,12}|此[颂祝].{0,8}|致敬",
    r"[恭预敬]?祝愿?.{1,20}",
    r"(?:以上|上述|上面)(?:就?是)?.{0,24}"
    r"(?:参考|妥否|当否|采纳|研究|考虑|斟酌|回复|反馈|支持|谅解|指正).{0,8}",
    r"(?:以上|上述)(?:就?是)?.{0,10}(?:意见|建议|看法|想法)",
    r"(?:一点浅见|个人意见|不成熟.{0,6})?,?[仅谨]?供.{0,6}参考",
    r"(?:是否)?(?:妥否|当否|可否),?(?:敬?请|望)?.{0,10}",
    rf"(?:[敬恳还]?请|[敬期]?盼望?|希?望)(?:予以|给予|能|贵局|领导们?|各位|多多?)?"
    rf"(?:认真)?(?:{_READ})(?:采纳|考虑)?(?:为盼|为荷)?",
    r".{0,16}[请望][多您]?(?:包涵|谅解|见谅|原谅|海涵|别见怪|莫见怪)",
    r"[专特]此(?:函复|函告|反馈|报告|回复|说明|建议)?.{0,6}|.{0,24}请.{0,6}(?:耐心)?[看读]完",
    r".{0,16}敬上|盼复|[盼望](?:采纳|批准|考虑)|拜托了?",
    r"如[需有](?:进一步|其他|疑问|问题|任何).{0,30}",
    r"(?:完毕?|就这些|就说这么多|说完|暂时就这些|其他没有|其他没意见)[了吧]?",
    r"thank(?:s| you).{0,60}|(?:best|kind) regards.{0,30}|yours .{0,30}|sincerely.{0,30}",
)
# Characters that every closing begins with, and those that the others end with: of ten sentences
# eight are none by these.
CLOSING_HEADS: Final = frozenset(
    "非十多深不谢感此敬顺致恭预祝以上一个,仅谨供是妥当可恳还请期盼希望专特拜如完就说暂其tbkys"
)
CLOSING_ENDS: Final = frozenset("涵解谅怪完上")
_YEAR: Final = r"(?:二[〇○零0]|\d{2})[〇○零一二三四五六七八九\d]{2}[-年./]\s*"
_DAY: Final = r"[十一二三四五六七八九\d]{1,3}"
DATE: Final = re.compile(rf"[\s(]*(?:{_YEAR})?{_DAY}[-月./]\s*{_DAY}[日号]?[\s)]*")
# A last line that names the writer: a label, name after place, a seal, an office, a person.
SIGNED: Final = re.compile(
    r"(?:[-—~]{1,2}|(?:签|署|姓)名|落款|联系(?:人|电话)|电话|手机|邮箱|地址|单位|[来反建提].?[信映议出]人)"
    r"[ \t]*[:—\s]?.{0,30}"
    r"|[^ ]{2,10}[ \t]+[^ ]{2,8}"
    r"|.{0,30}\((?:盖章|公章|签字|签名)\)"
    r"|.{0,24}(?:敬上|谨上|敬启|联名|集体|全体.{0,8})"
    r"|.{0,24}(?:局|委|办|院|所|校|公司|集团|厂|[协商学]会|联合会|合作社|机构|团体|部门?|组织)"
    r"|.{0,24}(?:中心|企业|大学|学院|医院|社区|处|科室?|支行|银行|党委)"
    r"|.{0,20}(?:人|者|教师|老师|医生|护士|市民|群众|居民|村民|员工|职工|家长|网友|学生|同志)"
    r"|.{0,20}(?:先生|女士|某+|师傅|工程师|党员|干部|博士|教授)"
)
