"""Departments (部门) that an office asks for their comments, and whether they have answered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from consult.domain.answer_letter import LetterState

# What an office writes that has nothing to say; it has answered all the same.
_AGREED: Final = re.compile(
    r"\s*(?:经研究[，,]?)?\s*(?:我(?:局|委|办|单位|院|中心|厅|处))?\s*(?:经研究[，,]?)?\s*(?:对此|对.{0,60}?)?\s*"
    r"(?:无|没有|暂无|均无)(?:不同|修改|其他|补充|反馈)?(?:的)?(?:意见|异议|建议)(?:和建议|及建议|与建议|建议)?"
    r"\s*[。.!！]?\s*"
)


class MailKind(StrEnum):
    """What a department is sent by mail."""

    FORM = "form"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class DepartmentMail:
    """A message to a department: its kind, its end, the masked address."""

    kind: MailKind
    state: LetterState
    address: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Department:
    """One department: its number on the list, its form's code, how far it is.

    ``number`` is the receipt of its newest answer, ``agreed`` tells that it has no objection;
    ``mail`` is the newest message to it.
    """

    id: int
    place: int
    name: str
    code: str
    contact: str = ""
    sent: datetime | None = None
    reminded: datetime | None = None
    answered: datetime | None = None
    number: str = ""
    agreed: bool = False
    mail: DepartmentMail | None = None


def has_no_objection(text: str) -> bool:
    """Tell whether an answer says that there is nothing to object to, and nothing else."""
    lines = [line for line in text.splitlines() if line.strip()]
    return bool(lines) and all(_AGREED.fullmatch(line) for line in lines)
