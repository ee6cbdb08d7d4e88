"""How amendments of a draft are worded: a table of forms, quoted and unquoted.

Patterns read aligned text whose outer quotation marks are ``OPEN`` and ``CLOSE`` (see ``quoted``).
Groups: ``old``, ``new``, ``side``. Every repetition is bounded: hostile text cannot make it slow.
Which forms a text can hold at all is read off the patterns (see ``point_screen``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from consult.analysis.amendments_quotes import CLOSE, LONGEST_QUOTE, OPEN
from consult.domain.amendment import AmendmentKind

_IN: Final = rf"[^{OPEN}{CLOSE}\n]"  # inside of quotes
_OUT: Final = rf"[^{OPEN}{CLOSE}。;!?\n]"  # between them, in one sentence
_BARE: Final = rf"[^{OPEN}{CLOSE},。;:!?\n]"  # words without quotation marks, in one clause
_OLD: Final = rf"{OPEN}(?P<old>{_IN}{{1,{LONGEST_QUOTE}}}){CLOSE}"
_NEW: Final = rf"{OPEN}(?P<new>{_IN}{{1,{LONGEST_QUOTE}}}){CLOSE}"
_TO: Final = (
    r"(?:修改|更改|调整|替换|更换|变更|更正|修正|订正|改写|完善|规范|统一|表述|换|改|调|提高|降低|放宽)"
    r"(?:为|成|作|到|至)"
)
_CUT: Final = r"(?:删除|删去|删掉|删减|去掉|拿掉|划掉|划去)"
_PUT: Final = (
    r"(?:增加|补充|添加|增写|加上|加入|插入|增补|补上|注明|标注|写明|加|补)(?!强|快|大|班|贴|助|偿)"
)
_FIGURE: Final = (  # it begins with a digit: a search passes over everything else at once
    r"\d(?<![\d.].)[\d.]{0,11}"
    r"(?:%|个百分点|周?岁|年|个|名|人|家|项|件|所|篇|次|倍|天|日|月|万|亿|元|公里|平方米|人年|以上|以下|左右){0,3}"
)
_SIDE: Final = r"(?:一[词句语段]|二字|等[词字])?(?P<side>之?后面?|后边|之?前面?|前边)"
_A_PIECE: Final = r"(?:(?:如下)?(?:一[句段条项]|内容|表述)话?[:,]?)?"
# What may follow words to be added; "增加“领军人才”数量" wants more of them, not these words.
_AS_WORDS: Final = (
    r"(?=\s*(?:$|[,。;:!?、)\n]|等|字|[一二两三四五六]字|作为|以|的?(?:内容|表述|字样|文字|说法|提法|要求|规定"
    r"|条款|限定|限制|指标|原则|目标|任务|措施|一[条句词段项款])))"
)


# Where the draft is cited beside a request.
_NUMBER: Final = r"[\d一二三四五六七八九十百]{1,4}"
_UNIT: Final = (
    rf"(?:倒数)?第[(]?{_NUMBER}[)]?(?:大|小|自然)?(?:章|节|条|款|项|段|页|行|部分|点|篇|目|句|栏)"
    rf"|(?:首|末|最后一)(?:段|句|行)|[一二三四五六七八九十]{{1,3}}、?[(]{_NUMBER}[)]"
    r"|(?<![\d.])[1-9]\.[1-9](?:\.[1-9])?(?![\d.%])(?=[节条款项中里的:,、\s]|$)"
    r"|p\.?\d{1,3}(?!\d)|附[件表]\d?|指标表"
)
_PLACES: Final = rf"(?:{_UNIT})(?:[、,的中之]{{0,2}}(?:{_UNIT})){{0,5}}"
WHERE: Final = re.compile(_PLACES)


@dataclass(frozen=True, slots=True)
class Form:
    """One wording of an amendment: its kind, whether the words are quoted, why, and an example.

    Where ``beside`` names words, a text without any of them is not read for it.
    """

    kind: AmendmentKind
    pattern: re.Pattern[str]
    quoted: bool
    reason: str
    example: str
    beside: tuple[str, ...] = ()


def _form(
    kind: AmendmentKind, pattern: str, reason: str, example: str, *, quoted: bool, beside: str = ""
) -> Form:
    return Form(kind, re.compile(pattern), quoted, reason, example, tuple(beside.split()))


_REPLACE, _DELETE = AmendmentKind.REPLACE, AmendmentKind.DELETE
_INSERT, _CORRECT = AmendmentKind.INSERT, AmendmentKind.CORRECT

# In this order: what an earlier form has taken, a later one leaves alone.
FORMS: Final[tuple[Form, ...]] = (
    _form(
        _CORRECT,
        rf"{_NEW}{_OUT}{{0,8}}误(?:写|印|打|作|记)?(?:为|成|作)?[:,]?{_OLD}",
        "the right word comes first",
        "“纪录片”误写成“记录片”",
        quoted=True,
    ),
    _form(
        _CORRECT,
        rf"{_OLD}{_OUT}{{0,16}}?(?:应该?为|应该?是|应当为|应当是|应作|疑为|当为|似应为|有误,?应为|正确的?(?:是|为))"
        rf"[:,]?{_NEW}",
        "errata name the wrong and the right words",
        "“记录片”应为“纪录片”",
        quoted=True,
    ),
    _form(
        _INSERT,
        rf"{_OLD}{_OUT}{{0,6}}?{_SIDE}{_OUT}{{0,10}}?{_PUT}{_OUT}{{0,12}}?{_NEW}",
        "words to be put behind or before others",
        "在“子女就学”后增加“学前教育”",
        quoted=True,
    ),
    _form(
        _REPLACE,
        rf"(?:用|以|使用){_NEW}{_OUT}{{0,6}}?(?:代替|替代|取代|替换|换掉){_OUT}{{0,6}}?{_OLD}",
        "the replacement comes first",
        "用“人才”代替“人材”",
        quoted=True,
    ),
    _form(
        _REPLACE,
        rf"{_OLD}{_OUT}{{0,24}}?{_TO}{_OUT}{{0,6}}?[:,]?{_NEW}",
        "the usual wording of offices",
        "将“管理人才”修改为“管理与服务人才”",
        quoted=True,
    ),
    _form(
        _DELETE,
        rf"{_CUT}{_OUT}{{0,16}}?{_OLD}(?P<more>(?:[、,和及与]?{OPEN}{_IN}{{1,{LONGEST_QUOTE}}}{CLOSE}){{0,9}})",
        "words to go; several may follow one verb",
        "删除“力争”“争取”",
        quoted=True,
    ),
    _form(
        _DELETE,
        rf"{_OLD}{_OUT}{{0,14}}?{_CUT}(?!{_OUT}{{0,6}}{OPEN})",
        "the same with the words in front",
        "建议把“力争”二字删掉",
        quoted=True,
    ),
    _form(
        _CORRECT,
        rf"多(?:了|写|打|印|出)(?:了|一个|个)?{_OLD}",
        "a word too many",
        "标题多了“的”字",
        quoted=True,
    ),
    _form(
        _CORRECT,
        rf"(?:漏|少|缺|掉)(?:了|写|掉|打|印)+(?:了|一个|个)?{_NEW}",
        "a word left out",
        "第二行漏了“和”字",
        quoted=True,
    ),
    _form(
        _INSERT,
        rf"{_PUT}{_OUT}{{0,10}}?[:,]?{_NEW}{_AS_WORDS}",
        "words to be added, the place told otherwise or not at all",
        "建议增加“坚持分类施策”的内容",
        quoted=True,
    ),
    _form(
        _REPLACE,
        rf"{_TO}[:,]?{_NEW}",
        "the words to be replaced are not quoted",
        "这句话改为“五年内建成”",
        quoted=True,
    ),
    _form(
        _INSERT,
        rf"{_OLD}{_OUT}{{0,6}}?{_SIDE}{_OUT}{{0,10}}?{_PUT}{_A_PIECE}(?P<new>{_BARE}{{2,60}})",
        "the place quoted, the words not",
        "在“子女就学”后增加学前教育",
        quoted=True,
    ),
    _form(
        _REPLACE,
        rf"[将把]{_OUT}{{0,12}}?{_OLD}{_OUT}{{0,8}}?{_TO}(?P<new>{_BARE}{{1,60}})",
        "the words quoted, the replacement not",
        "将“成立科技银行”改为设立科技支行",
        quoted=True,
    ),
    _form(
        _DELETE,
        rf"{_CUT}(?P<place>{_PLACES})(?=[,。;!?\n]|$|的?(?:内容|表述|文字|规定)|整[段条句])",
        "a whole piece of the draft",
        "删除第二段",
        quoted=False,
    ),
    _form(
        _DELETE,
        rf"{_CUT}(?P<old>{_BARE}{{1,30}}?)(?:[二两三四五]字|一[词句]|字样|等字|[这几]+个字|这句话|的?表述)",
        "words named by how many they are",
        "删去力争二字",
        quoted=False,
    ),
    _form(
        _REPLACE,
        rf"[将把](?P<old>{_BARE}{{2,40}}?){_TO}(?P<new>{_BARE}{{1,60}})",
        "without quotation marks; accepted when the words are of the draft",
        "把40周岁以下改为45周岁以下",
        quoted=False,
    ),
    _form(
        _REPLACE,
        rf"[由从](?P<old>{_BARE}{{1,20}}?){_TO}(?P<new>{_BARE}{{1,20}})",
        "the same for figures",
        "占比由2.5%调整为2%",
        quoted=False,
    ),
    _form(
        _REPLACE,
        rf"(?P<old>{_FIGURE}){_BARE}{{0,16}}?{_TO}(?P<new>{_FIGURE})",
        "two figures around the verb",
        "45岁改为50岁",
        quoted=False,
        beside="改 调整 提高 降低 放宽 调 换",
    ),
    _form(
        _INSERT,
        rf"在(?P<old>{_BARE}{{2,20}}?){_SIDE}(?:适当)?{_PUT}{_A_PIECE}(?P<new>{_BARE}{{2,60}})",
        "the place and the words without quotation marks",
        "在家属随迁后增加老人就医",
        quoted=False,
    ),
    _form(
        _CORRECT,
        r"(?P<old>[\u4e00-\u9fff]{2,10})(?:应为|应是)(?P<new>[\u4e00-\u9fff]{2,10})",
        "errata without quotation marks; accepted when the two are nearly alike",
        "记录片应为纪录片",
        quoted=False,
    ),
)
# Words that make a change a correction of a slip.
SLIP: Final = re.compile(r"错别字|别字|错字|笔误|勘误|印错|写错|打错|录入|校对|文字错误|语病|标点")
