"""Counts of a selection of comments, by queries of their own: no document's loop is involved."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from consult.domain.consultation import GENERAL, OFFPLAN, UNASSIGNED
from consult.domain.digest import Counts
from consult.domain.partial import Partial
from consult.domain.selection import Selection
from consult.store import codec
from consult.store.totals import COUNTS

_FROM = (
    "from submissions s join comments c on c.submission = s.id and c.state = 'active'"
    " where s.consultation = ? and s.state = 'active'"
)


class Chosen:
    """The comments of a consultation that a selection holds."""

    def __init__(
        self, db: Database, consultation: int, selection: Selection, timezone: str
    ) -> None:
        self._db = db
        self._where, self._values = _condition(selection, ZoneInfo(timezone))
        self._values = [consultation, *self._values]

    def whole(self) -> Counts:
        """Count all of them."""
        return Counts(**self._one(COUNTS))

    def by_section(self) -> dict[str, Counts]:
        """Count those under each section that has any."""
        rows = self._rows(f"c.section as section, {COUNTS}", " group by c.section")
        return {str(row.pop("section")): Counts(**row) for row in rows}

    def identified(self) -> int:
        """Count the people behind them whose identity is known."""
        return self._one("count(distinct nullif(s.person, '')) as n")["n"]

    def partial(self, words: tuple[tuple[str, str], ...]) -> Partial:
        """Add them up by where they are counted; ``words`` say what was chosen."""
        counted = {code: own.comments for code, own in self.by_section().items()}
        outside = (GENERAL, OFFPLAN, UNASSIGNED)
        return Partial(
            words=words,
            comments=self._one("count(*) as n")["n"],
            mapped=sum(number for code, number in counted.items() if code not in outside),
            general=counted.get(GENERAL, 0),
            offplan=counted.get(OFFPLAN, 0),
            unassigned=counted.get(UNASSIGNED, 0),
        )

    def _one(self, what: str) -> dict[str, int]:
        return self._rows(what)[0]

    def _rows(self, what: str, group: str = "") -> list[dict[str, int]]:
        sql = f"select {what} {_FROM}{self._where}{group}"
        return list(self._db.query(sql, self._values))


def _condition(selection: Selection, zone: ZoneInfo) -> tuple[str, list[object]]:
    """Return what to add to the query, and its values."""
    parts: list[str] = []
    values: list[object] = []
    for column, wanted in (
        ("s.speaker", selection.speakers),
        ("s.channel", selection.channels),
        ("c.kind", selection.kinds),
    ):
        if wanted:
            parts.append(f"{column} in ({','.join('?' * len(wanted))})")
            values += [item.value for item in wanted]
    if selection.places:
        parts.append(f"({' or '.join([_PLACE] * len(selection.places))})")
        for code in selection.places:
            # "." + 1 is "/": what begins with the code and a dot, without wildcards
            values += [code, f"{code}." if code else "/", f"{code}/" if code else "/"]
    if selection.first is not None:
        parts.append("s.received >= ?")
        values.append(_midnight(datetime.combine(selection.first, time.min, zone)))
    if selection.last is not None:
        parts.append("s.received < ?")
        day = selection.last + timedelta(days=1)
        values.append(_midnight(datetime.combine(day, time.min, zone)))
    if selection.identified is not None:
        parts.append("s.person <> ''" if selection.identified else "s.person = ''")
    return "".join(f" and {part}" for part in parts), values


_PLACE = "(c.section = ? or (c.section >= ? and c.section < ?))"


def _midnight(at: datetime) -> str:
    return codec.to_text(at.astimezone(UTC))
