"""Members of staff and their roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlite_utils import Database

from consult.domain.errors import NotFound
from consult.domain.member import Grant, StaffMember
from consult.domain.triage import Role
from consult.store import codec
from consult.store.rows import rows

_COLUMNS = (
    "m.id, m.username, m.password, m.role, m.disabled, m.everywhere,"
    " exists (select 1 from second_factors f where f.staff = m.id and f.confirmed <> '') as second"
)


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A member of staff; ``password`` is the encoded argon2id hash."""

    id: int
    username: str
    password: str
    role: Role
    disabled: bool
    everywhere: bool = True
    second: bool = False
    grants: Mapping[str, Grant] = field(default_factory=dict)

    @property
    def member(self) -> StaffMember:
        """The member as others may see one."""
        return StaffMember(
            self.username, self.role, self.disabled, self.everywhere, self.grants, self.second
        )


def add(db: Database, *, username: str, password: str, role: Role, now: datetime,
        everywhere: bool = True) -> None:  # fmt: skip
    """Insert a member of staff."""
    db.execute(
        "insert into staff (username, password, role, disabled, created, everywhere)"
        " values (?, ?, ?, 0, ?, ?)",
        [username, password, role.value, codec.to_text(now), int(everywhere)],
    )


def find(db: Database, username: str) -> StaffRow | None:
    """Return a member of staff by name, or None."""
    found = rows(db, f"select {_COLUMNS} from staff m where m.username = ?", [username])
    return next((read(db, row) for row in found), None)


def known(db: Database, username: str) -> StaffRow:
    """Return a member of staff by name; raises ``NotFound("staff.unknown")``."""
    row = find(db, username)
    if row is None:
        raise NotFound("staff.unknown", username=username)
    return row


def every(db: Database) -> tuple[StaffRow, ...]:
    """Return all members of staff by name."""
    found = rows(db, f"select {_COLUMNS} from staff m order by m.username")
    return tuple(read(db, row) for row in found)


def administrators(db: Database) -> int:
    """Count who can administer the house and sign in."""
    sql = "select count(*) as n from staff where role = ? and everywhere = 1 and disabled = 0"
    return int(next(iter(rows(db, sql, [Role.ADMINISTRATOR.value])))["n"])


def change(db: Database, username: str, *, password: str | None = None,
           role: Role | None = None, disabled: bool | None = None,
           everywhere: bool | None = None) -> None:  # fmt: skip
    """Change an account and end its sessions; raises ``NotFound("staff.unknown")``."""
    row = known(db, username)
    db.execute(
        "update staff set password = ?, role = ?, disabled = ?, everywhere = ? where id = ?",
        [password or row.password, (role or row.role).value,
         int(row.disabled if disabled is None else disabled),
         int(row.everywhere if everywhere is None else everywhere), row.id],
    )  # fmt: skip
    db.execute("delete from sessions where staff = ?", [row.id])


def grant(db: Database, staff: int, consultation: int, given: Grant | None) -> None:
    """Set the role of somebody in one consultation; None takes it away."""
    db.execute("delete from grants where staff = ? and consultation = ?", [staff, consultation])
    if given is not None:
        db.execute(
            "insert into grants values (?, ?, ?, ?)",
            [staff, consultation, given.role.value, codec.dump(list(given.chapters))],
        )


def read(db: Database, row: Mapping[str, object]) -> StaffRow:
    """Make a value of a row with the columns of ``staff m``."""
    identifier = int(str(row["id"]))
    return StaffRow(
        id=identifier,
        username=str(row["username"]),
        password=str(row["password"]),
        role=Role(str(row["role"])),
        disabled=bool(row["disabled"]),
        everywhere=bool(row["everywhere"]),
        second=bool(row["second"]),
        grants=_grants(db, identifier),
    )


def _grants(db: Database, staff: int) -> dict[str, Grant]:
    found = rows(
        db,
        "select c.slug, g.role, g.chapters from grants g join consultations c"
        " on c.id = g.consultation where g.staff = ? order by c.slug",
        [staff],
    )
    return {
        str(row["slug"]): Grant(Role(row["role"]), tuple(codec.load(row["chapters"])))
        for row in found
    }
