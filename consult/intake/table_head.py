"""Who fills in a form, when, and how to reach them: said above or below its table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from consult.domain.table import Cell, Flaw, Role
from consult.intake.table_headers import role_of

# 单位（盖章）：…　联系人：…　联系电话：… in one line, with or without cells between.
_LABEL: Final = re.compile(
    r"(?:(?P<unit>(?:填报|填表|反馈|提出|报送|来文|征求意见|意见)?(?:单位|部门)(?:名称)?)"
    r"|(?P<name>联系人|经办人|填表人|填报人|提出人|反馈人|姓\s*名)"
    r"|(?P<contact>(?:联系|办公|手机)?电\s*话(?:号码)?|联系方式|手机(?:号码?)?|邮箱)"
    r"|(?P<received>(?:填表|填报|反馈|报送)?(?:日\s*期|时\s*间)))"
    r"\s*(?:[(（][^()（）]{0,12}[)）])?\s*[:：]"
)
_PAIRED: Final = frozenset({Role.UNIT, Role.NAME, Role.CONTACT, Role.RECEIVED})
_FILLING: Final = re.compile(r"[\s_＿—-]*")
_LONGEST: Final = 100  # characters of a name or a telephone number


@dataclass(frozen=True, slots=True)
class Head:
    """What a form says about who fills it in; empty where it says nothing."""

    unit: str = ""
    name: str = ""
    contact: str = ""
    received: str = ""

    @property
    def said(self) -> bool:
        """Whether it says who speaks."""
        return bool(self.unit or self.name or self.contact)

    def filled(self, other: Head) -> Head:
        """Return this head with what only the other one says."""
        return Head(*(getattr(self, n) or getattr(other, n) for n in Head.__slots__))


def head_of(lines: Iterable[str]) -> Head:
    """Return what lines say: labels with a colon, and the words behind each."""
    found: dict[str, str] = {}
    for line in lines:
        labels = list(_LABEL.finditer(line))
        ends = [*(label.start() for label in labels[1:]), len(line)]
        for label, end in zip(labels, ends, strict=False):
            words = re.split(r"\s{3,}|\t", line[label.end() : end].strip())[0]
            words = words.strip("_＿ \u3000")
            if label.lastgroup and words and len(words) <= _LONGEST:
                found.setdefault(label.lastgroup, words)
    return Head(**found)


def head_of_cells(rows: Iterable[Sequence[Cell]]) -> Head:
    """Return what rows outside of the table's body say, in one cell or in pairs of cells."""
    head = Head()
    for cells in rows:
        own = [cell.text for cell in cells if cell.text and cell.flaw is not Flaw.MERGED]
        pairs: dict[str, str] = {}
        for label, words in pairwise(own):
            role = role_of(label, {})
            if role in _PAIRED and len(words) <= _LONGEST and role_of(words, {}) not in _PAIRED:
                pairs.setdefault(str(role), words)
        head = head.filled(head_of(["  ".join(own)])).filled(Head(**pairs))
    return head
