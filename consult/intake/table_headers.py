"""What the columns of a table mean, told by the headers people write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from consult.domain.table import Cell, Columns, Flaw, Role, Row

LOOKED_AT: Final = 30  # rows among which the header is; above it stand titles and instructions
_LONGEST: Final = 24  # characters of a header; what is longer is an instruction or a comment

# Pattern over a folded header → what the column means. Read top to bottom, the first one decides.
RULES: Final[tuple[tuple[str, Role, str], ...]] = (
    (r"(采纳|处理|办理|答复|回复|研究|审核|领导|拟办|承办).*", Role.IGNORED,
     "what an office did about it is no comment; 处理意见 ends like one"),
    (r"(序号|编号|no|备注|附件|页码|页数|数量|条数|人数)", Role.IGNORED,
     "a running number begins anew in each file; remarks are the office's own"),
    (r"(工单|受理|登记|来件|流水|信件|留言|单据|案件|事件|来电|来信)(单)?(编?号|编码|id)|工单|id",
     Role.ID, "a number that an office gives once: of a call, a work order"),
    (r".*(时间|日期|年月日)|date|time", Role.RECEIVED, "意见提交时间 is a time"),
    (r".*(电话|手机|手机号|手机号码|联系方式|邮箱|邮件|电邮|微信号|qq号?|通讯地址|联系地址|地址)"
     r"|phone|tel|mobile|e?mail|contact", Role.CONTACT, "how to reach somebody"),
    (r"(同意|是否|可否|能否|愿意)+.*(公开|公布|引用|署名)|公开意愿", Role.PUBLISH,
     "leave to quote; before the rule for 意见"),
    (r"(意见)?(来源)?(渠道|途径|方式|来源渠道|提交方式|反馈方式|来件方式)|(来源|反馈|提交|征集|收集)"
     r"(渠道|途径|方式)|channel", Role.CHANNEL, "the way it came in"),
    (r".*(身份|主体类型|主体类别|单位类型|单位性质|人员类别|人员类型|对象类别|提出主体)|speaker",
     Role.SPEAKER, "what kind of person or body speaks"),
    (r"(.*(提出|反馈|来信|来文|意见)的?)?((单位|部门|企业|机构)(名称)?(/|或者?|、|和|及|与)?"
     r"(个人|姓名|个人(姓名|名称))|(姓名|个人)(姓名|名称)?(/|或者?|、|和|及|与)?(单位|部门|企业|机构)(名称)?)",
     Role.NAME, "one column for firms and people: 提出单位/个人, 单位或个人"),
    (r".*(单位|部门|企业|公司|机构|科室|处室|学校|医院)(名称|全称|盖章)?|unit|organi[sz]ation",
     Role.UNIT, "提出意见的单位 is a body"),
    (r".*(姓名|联系人|提出人|反馈人|留言人|来信人|来电人|来访人|发言人|诉求人|反映人|填表人|填报人"
     r"|投诉人|署名|网名|昵称|名称|意见人|建议人)|name|(意见|建议)?来源|提出者",
     Role.NAME, "意见提出人 is a person"),
    (r"(建议|拟|意见)?(修改|调整|改)(为|成|后)(的)?(内容|表述|条文|文字)?|修改(后)?(内容|表述|文字)"
     r"|建议(内容)?表述|replacement", Role.REPLACEMENT, "the words wanted instead"),
    (r"(征求意见稿|规划|文件|文稿|草案|方案)?(原文|原条文|原条款|原稿|原表述|条文)(内容|表述|文字)?"
     r"|(征求意见稿|规划|草案)(内容|表述|条文|文本)|original", Role.ORIGINAL,
     "the words of the draft; before the rule for sections, which knows 条文 with a number"),
    (r".*(理由|依据|原因|说明|缘由)|reason", Role.REASON, "why"),
    (r".*(章节|条款|条目|章|节|条|款|段落|部分)(号|序号|编号|名称|标题|位置)?"
     r"|.*(位置|出处|对应内容)|section", Role.SECTION, "where in the draft"),
    (r".*(意见|建议|诉求|问题)((和|与|及|或|、|/)?(意见|建议))?(的?(具体)?内容|详情|描述|正文|表述|摘要)?"
     r"|(反映|来信|来电|来访|留言|信件|通话|发言|反馈|提交|诉求|具体|主要|征集|工单|事项)?内容"
     r"|comment|comments|text|content|suggestion|suggestions|opinion", Role.TEXT,
     "what is said; last, since nearly every header of such a table holds 意见"),
)  # fmt: skip
_RULES: Final = tuple((re.compile(pattern), role) for pattern, role, _ in RULES)
# What stands in brackets behind a header tells how to fill it in: （必填）, (盖章).
_NOTE: Final = re.compile(r"[(\[【{].*?[)\]】}]")
_KEPT: Final = re.compile(r"[^\w/、]+")


_SAID: Final = frozenset({Role.TEXT, Role.REASON, Role.ORIGINAL, Role.REPLACEMENT})


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: its row (0 for none), the words of each column, what each means."""

    row: int
    words: tuple[str, ...]
    roles: tuple[Role, ...]

    @property
    def usable(self) -> bool:
        """Whether some column holds what is said."""
        return Role.TEXT in self.roles or Role.REPLACEMENT in self.roles


def folded(header: str) -> str:
    """Fold a header to what two spellings of it have in common."""
    plain = unicodedata.normalize("NFKC", header).casefold()
    return _KEPT.sub("", _NOTE.sub("", plain)).strip("/、_")


def role_of(header: str, known: Mapping[str, Role]) -> Role | None:
    """Return what a header means, None when it says nothing; ``known`` (folded) goes first."""
    name = folded(header)
    if name in known:
        return known[name]
    if not name or len(name) > _LONGEST:
        return None
    return next((role for pattern, role in _RULES if pattern.fullmatch(name)), None)


def find_header(rows: Sequence[Row], columns: Columns) -> Header:
    """Find the header among the first rows; without one, the row that comes nearest, not usable.

    The row in which most columns mean something, one of them what is said; the first of equals.
    """
    known = {folded(name): role for name, role in columns.roles.items()}
    letters = {_letters(name): role for name, role in columns.roles.items() if _letters(name) >= 0}
    if columns.header == 0:
        width = max((len(row.cells) for row in rows), default=0)
        return Header(0, ("",) * width, tuple(letters.get(i, Role.IGNORED) for i in range(width)))
    looked = [row for row in rows[:LOOKED_AT] if columns.header in (None, row.number)]
    best, most = Header(0, (), ()), (False, -1)
    for row in looked:
        found = _header(row, known, letters)
        rank = (found.usable, len(set(found.roles) - {Role.IGNORED}))
        if rank > most:
            best, most = found, rank
    return best


def _header(row: Row, known: Mapping[str, Role], letters: Mapping[int, Role]) -> Header:
    roles: list[Role] = []
    for place, cell in enumerate(row.cells):
        given = letters.get(place)
        role = given if given is not None else role_of(cell.text, known)
        if cell.flaw is Flaw.MERGED and given is None and _left(row.cells, place) == cell.text:
            # The rest of a header that is merged across columns: what is said there is said too.
            role = roles[-1] if roles and roles[-1] in _SAID else None
        roles.append(role or Role.IGNORED)
    return Header(row.number, tuple(cell.text for cell in row.cells), tuple(roles))


def _left(cells: Sequence[Cell], place: int) -> str:
    return cells[place - 1].text if place else ""


def _letters(name: str) -> int:
    """Return the place of a column called by its letters (``A``, ``AB``), else -1."""
    if not re.fullmatch("[A-Z]{1,2}", name):
        return -1
    place = 0
    for letter in name:
        place = place * 26 + ord(letter) - 64
    return place - 1
