"""What is known about each family (雷同件): people, wordings, channels, and how fast it came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from consult.analysis.folding import fold_many
from consult.domain.comment import Channel
from consult.domain.digest import Counts, FamilyFacts
from consult.domain.family import Family, Member
from consult.services.office import Office
from consult.store import families

HOUR: Final = timedelta(minutes=60)


def every_family(office: Office, consultation: int, zone: str) -> tuple[FamilyFacts, ...]:
    """Return the facts of all families that have listed comments, the largest first."""
    found = facts_of(office, families.every(office.store.db, consultation), zone)
    return tuple(sorted(found, key=lambda facts: (-facts.counts.comments, facts.id)))


def facts_of(office: Office, found: Sequence[Family], zone: str) -> tuple[FamilyFacts, ...]:
    """Return the facts of these families in their order; times are in the zone."""
    identifiers = [family.id for family in found]
    members = families.members(office.store.db, identifiers)
    added = families.added(office.store.db, identifiers)
    return tuple(
        facts(family, members[family.id], added[family.id], ZoneInfo(zone)) for family in found
    )


def facts(
    family: Family, members: Sequence[Member], added: Sequence[int], zone: ZoneInfo
) -> FamilyFacts:
    """Return the facts of one family of one and more members."""
    sent = {member.submission: member for member in members}
    times = sorted(member.received.astimezone(zone) for member in sent.values())
    start, most = busiest(times)
    channels = Counter(member.channel for member in sent.values())
    return FamilyFacts(
        id=family.id,
        base=family.base,
        members=family.members,
        counts=Counts(
            people=len({member.person for member in members}),
            submissions=len(sent),
            texts=len(set(fold_many([member.text for member in members]))),
            comments=len(members),
        ),
        channels=tuple(sorted(channels.items(), key=lambda item: (-item[1], _place(item[0])))),
        first=times[0],
        last=times[-1],
        peak=most / len(times),
        peak_from=start,
        added=tuple(added),
    )


def _place(channel: Channel) -> int:
    return list(Channel).index(channel)


def busiest(times: Sequence[datetime]) -> tuple[datetime, int]:
    """Return the start of the hour in which most instants lie, and how many; the first of equals.

    ``times`` are in order, at least one; an hour is any 60 minutes, its last instant included.
    """
    best, begin = (times[0], 1), 0
    for place, moment in enumerate(times):
        while moment - times[begin] > HOUR:
            begin += 1
        if place - begin + 1 > best[1]:
            best = times[begin], place - begin + 1
    return best
