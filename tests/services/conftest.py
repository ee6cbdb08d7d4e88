"""An office with a handful of comments, analysed once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.domain.comment import Channel, NewSubmission, Speaker
from consult.services.analyse import analyse
from consult.services.office import Office
from consult.services.receive import receive
from tests.conftest import OPEN, SLUG

SUBMISSIONS = [
    NewSubmission(text="下水道经常堵，污水管网要尽快修，臭水直接排进河里了。"),
    NewSubmission(
        text="尊敬的领导：\n1、污水管网要雨污分流，直排口请全部封堵。\n"
        "2、水质监测结果请每周公布一次，不要一个月。\n3、步道上的路灯太暗，请加装路灯。\n谢谢！",
        channel=Channel.EMAIL, name="陈大河", contact="chen@example.com", publish=True,
    ),
    NewSubmission(text="垂钓区划得太少，老人想钓鱼没有地方去。", speaker=Speaker.INDIVIDUAL),
    NewSubmission(text="垂钓区划得太少，老人想钓鱼没有地方去！", speaker=Speaker.INDIVIDUAL),
    NewSubmission(text="没有意见", speaker=Speaker.AGENCY, name="清河县司法局"),
    NewSubmission(text="公交车半小时才来一班，物业费又涨了。"),
    NewSubmission(text="请多种些树。", chosen=("2.3",)),
]  # fmt: skip


@pytest.fixture
def analysed(published: Office) -> Office:
    for place, new in enumerate(SUBMISSIONS):
        receive(published, slug=SLUG, new=new, now=OPEN + timedelta(hours=place))
    analyse(published, slug=SLUG, actor="test")
    return published
