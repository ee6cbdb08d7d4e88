"""Answers some comments of the demonstration and publishes the results, as staff would."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from consult.domain.decision import Ruling, Target
from consult.domain.triage import Disposition
from consult.services.approve import approve
from consult.services.decide import decide
from consult.services.office import Office, open_office
from consult.services.release import release
from consult.store import themes
from tests.browser.sites import SLUG

AFTER = datetime.fromisoformat("2022-11-20T09:00:00+08:00")
RULINGS = (
    Ruling(Disposition.ADOPTED, section="3.2", change="第二段增加一句。", gist="希望早一点资助"),
    Ruling(Disposition.PARTLY, reason="一部分另有规定。", section="6.2", change="增加一句。"),
    Ruling(Disposition.DECLINED, reason="与上位规划不一致。"),
    Ruling(Disposition.NOTED, reason="制定细则时研究。"),
    Ruling(Disposition.OUT_OF_SCOPE, reason="不属本规划的内容。"),
    Ruling(Disposition.FORWARDED, reason="属别的部门职责。", office="市交通运输局"),
)


def answer_and_publish(data_dir: Path) -> None:
    """Decide on the largest themes with all six dispositions, then publish."""
    office = open_office(data_dir)
    found = sorted(themes.every(office.store.db, 1), key=lambda t: (-len(t.members), t.id))
    for place, theme in enumerate(found[:30]):
        answer(office, Target(theme=theme.id), RULINGS[place % len(RULINGS)])
    publish(office)


def answer(office: Office, target: Target, ruling: Ruling) -> None:
    made = decide(
        office, slug=SLUG, target=target, ruling=ruling, actor="wang", seen="0", submit=True
    )
    approve(office, slug=SLUG, target=target, actor="li", seen=str(made.id))


def publish(office: Office) -> None:
    release(office, slug=SLUG, now=AFTER, actor="zhao")
    office.store.close()
