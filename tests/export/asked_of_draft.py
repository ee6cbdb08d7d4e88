"""What three comments of the sample ask of the draft's words and figures."""

from __future__ import annotations

from collections.abc import Sequence

from consult.domain.aim import Aim, Direction
from consult.domain.amendment import Amendment, AmendmentKind, Lookup
from consult.domain.digest import AimLine, AmendmentLine, RegisterRow

AMENDMENTS = (
    Amendment(
        AmendmentKind.REPLACE, "重点路段", "全部路段", 0, 18, lookup=Lookup.FOUND, section="3.3"
    ),
    Amendment(AmendmentKind.DELETE, "逐步", "", 20, 26, where="第2页", lookup=Lookup.MISSING),
    Amendment(AmendmentKind.INSERT, "路灯", "和座椅", 28, 40, before=True),
)
SLIP = Amendment(
    AmendmentKind.CORRECT, "86公里", "68公里", 0, 12, lookup=Lookup.FOUND, section="1.1"
)
LOWER = Aim(Direction.LOWER, "绿道长度", "210公里", "200公里", 0, 12)
CITED = {"3.3": "三、（三）", "1.1": "一、（一）"}  # where the old words of amendments stand
AIMS = (Aim(Direction.RAISE, "绿道长度", "210公里", "260公里", 41, 60),)


def amendment_lines(rows: Sequence[RegisterRow]) -> tuple[AmendmentLine, ...]:
    return tuple(
        AmendmentLine(row.number, item, CITED.get(item.section, ""))
        for row in rows
        for item in row.amendments
    )


def aim_lines(rows: Sequence[RegisterRow]) -> tuple[AimLine, ...]:
    return tuple(AimLine(row.number, aim) for row in rows for aim in row.aims)
