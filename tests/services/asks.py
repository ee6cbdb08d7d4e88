"""Comments on one section that make three asks, and what the tests look at afterwards."""

from __future__ import annotations

from datetime import timedelta

from consult.domain.comment import NewSubmission
from consult.domain.theme import Theme
from consult.services.analyse import analyse
from consult.services.office import Office
from consult.services.receive import receive
from consult.services.theme_decision import seen_of
from consult.store import themes
from tests.conftest import OPEN, SLUG

FISHING = (
    "垂钓区划得太少，老人想钓鱼没有地方去，请多划几处。",
    "希望多划几处垂钓区，老人钓鱼没地方去。",
    "垂钓区太少了，建议再多划几处给老人钓鱼。",
)
NIGHT = (
    "建议允许夜间垂钓，晚上九点以后也能钓鱼。",
    "夜间垂钓应当放开，晚上九点后也让人钓鱼。",
)
LITTER = (
    "钓鱼的人把饵料袋乱扔在岸边，建议设垃圾桶。",
    "岸边到处是钓鱼人丢的饵料袋，请设垃圾桶并罚款。",
)


def send(office: Office, *texts: str) -> None:
    for place, text in enumerate(texts):
        new = NewSubmission(text=text, chosen=("2.2",))
        receive(office, slug=SLUG, new=new, now=OPEN + timedelta(minutes=place))


def run(office: Office) -> dict[int, tuple[int, ...]]:
    analyse(office, slug=SLUG, actor="test")
    return members(office)


def members(office: Office) -> dict[int, tuple[int, ...]]:
    return {theme.id: theme.members for theme in themes.every(office.store.db, 1)}


def theme(office: Office, number: int) -> Theme:
    return themes.one(office.store.db, 1, number)[0]


def seen(office: Office, number: int) -> str:
    return seen_of(*themes.one(office.store.db, 1, number))


def of(office: Office, comment: int) -> int | None:
    """Return the theme a comment stands in."""
    found = [number for number, own in members(office).items() if comment in own]
    return found[0] if found else None
