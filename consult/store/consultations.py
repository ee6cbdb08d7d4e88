"""Consultations, the versions of their plan, and what is known beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache
from hashlib import sha256
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from consult.domain.consultation import Consultation, Plan, Stage, Window
from consult.domain.errors import NotFound
from consult.domain.knowledge import Knowledge
from consult.domain.lexicon import Lexicon
from consult.store import codec

# What describes a consultation, without the large texts of its knowledge.
_SHOWN = (
    "id, slug, title, office, timezone, opens, closes, texts, rehearsal, version, stage, simulated"
)


def add(db: Database, consultation: Consultation, knowledge: Knowledge, *, now: datetime) -> int:
    """Insert a consultation; returns its id."""
    row = _columns(consultation) | {
        "slug": consultation.slug,
        "stage": consultation.stage.value,
        "simulated": codec.to_text(consultation.simulated) if consultation.simulated else "",
        **_known(knowledge),
        "created": codec.to_text(now),
    }
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    cursor = db.execute(f"insert into consultations ({names}) values ({marks})", row)
    return int(cursor.lastrowid or 0)


def change(db: Database, consultation: Consultation, knowledge: Knowledge) -> None:
    """Replace what a consultation says; its slug stays."""
    row = _columns(consultation) | _known(knowledge)
    sets = ", ".join(f"{name} = :{name}" for name in row)
    db.execute(
        f"update consultations set {sets} where slug = :slug",
        row | {"slug": consultation.slug},
    )


def _columns(consultation: Consultation) -> dict[str, object]:
    return {
        "title": consultation.title,
        "office": consultation.office,
        "timezone": consultation.window.timezone,
        "opens": consultation.window.opens.isoformat(),
        "closes": consultation.window.closes.isoformat(),
        "texts": codec.dump(consultation.texts),
        "rehearsal": int(consultation.rehearsal),
        "version": consultation.version,
    }


def add_plan(
    db: Database,
    consultation: int,
    plan: Plan,
    *,
    version: int,
    source: str,
    sha256: str,
    now: datetime,
) -> None:
    """Insert one version of the plan."""
    db.execute(
        "insert into plans (consultation, version, source, sha256, official, tree, created)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        [consultation, version, source, sha256, int(plan.official), codec.dump_plan(plan),
         codec.to_text(now)],
    )  # fmt: skip


def stage_of(db: Database, slug: str) -> tuple[Stage, datetime | None]:
    """Return how far a consultation is and its simulated date; of an unknown one, as if public."""
    for row in db.query("select stage, simulated from consultations where slug = ?", [slug]):
        simulated = codec.to_instant(row["simulated"]) if row["simulated"] else None
        return Stage(row["stage"]), simulated
    return Stage.PUBLISHED, None


def set_stage(db: Database, consultation: int, stage: Stage) -> None:
    """Say how far a consultation is."""
    db.execute("update consultations set stage = ? where id = ?", [stage.value, consultation])


def source(db: Database, consultation: int) -> tuple[str, str]:
    """Return the name and the SHA-256 of the file the newest version of the plan was read from."""
    sql = "select source, sha256 from plans where consultation = ? order by version desc limit 1"
    for row in db.query(sql, [consultation]):
        return str(row["source"]), str(row["sha256"])
    raise NotFound("plan.unknown")


def every(db: Database) -> tuple[Consultation, ...]:
    """Return all consultations, oldest first."""
    rows = db.query(f"select {_SHOWN} from consultations order by id")
    return tuple(_consultation(row) for row in rows)


def find(db: Database, slug: str) -> tuple[int, Consultation]:
    """Return id and value; raises ``NotFound("consultation.unknown")``."""
    found = db.conn.execute(f"select {_SHOWN} from consultations where slug = ?", [slug]).fetchone()
    if found is None:
        raise NotFound("consultation.unknown", slug=slug)
    return int(found[0]), _value(found)


@dataclass(frozen=True, slots=True)
class Opened:
    """A consultation with its id, the newest version of its plan, and when results were shown."""

    id: int
    consultation: Consultation
    plan: Plan
    released: datetime | None


_OPENED = (
    f"select {', '.join(f'c.{name}' for name in _SHOWN.split(', '))}, r.at,"
    " p.id, p.sha256, p.created from consultations c"
    " left join releases r on r.consultation = c.id"
    " left join plans p on p.consultation = c.id"
    " where c.slug = ? order by p.version desc limit 1"
)


def opened(db: Database, slug: str) -> Opened:
    """Return all that every page of a consultation needs, in one statement.

    Raises ``NotFound``: ``consultation.unknown``, ``plan.unknown``.
    """
    found = db.conn.execute(_OPENED, [slug]).fetchone()
    if found is None:
        raise NotFound("consultation.unknown", slug=slug)
    *shown, at, identifier, hashed, created = found
    released = codec.to_instant(at) if at else None
    plan = _known_plan(db, (identifier, hashed, created))
    return Opened(int(shown[0]), _value(tuple(shown)), plan, released)


def plan(db: Database, consultation: int) -> Plan:
    """Return the newest version of the plan."""
    sql = "select id, sha256, created from plans where consultation = ?"
    found = db.conn.execute(f"{sql} order by version desc limit 1", [consultation]).fetchone()
    return _known_plan(db, found or (None, "", ""))


def _known_plan(db: Database, key: tuple[int | None, str, str]) -> Plan:
    """Return a plan by id, hash and time of its row.

    Every page needs it and reading its tree takes milliseconds, so each connection keeps the plans
    it has read; a row of ``plans`` is never changed, so its key never lies.
    """
    known = _plans.setdefault(db, {})
    if key not in known:
        if key[0] is None:
            raise NotFound("plan.unknown")
        if len(known) >= _MOST_PLANS:
            known.clear()
        known[key] = _read_plan(db, key[0])
    return known[key]


_MOST_PLANS = 16  # kept of one connection; an official text takes about a megabyte
_plans: WeakKeyDictionary[Database, dict[tuple[int | None, str, str], Plan]] = WeakKeyDictionary()


def _read_plan(db: Database, identifier: int) -> Plan:
    rows = db.query("select tree from plans where id = ?", [identifier])
    return codec.load_plan(next(iter(rows))["tree"])


def fingerprints(db: Database, consultation: int) -> dict[str, str]:
    """Return version and hashes of the newest plan, and the hashes of what is known beside it."""
    sql = "select version, sha256, tree from plans where consultation = ? order by version desc"
    found: dict[str, str] = {}
    for row in db.query(f"{sql} limit 1", [consultation]):
        found |= {
            "plan": str(row["version"]),
            "plan_file": str(row["sha256"]),
            "plan_text": _hash(row["tree"]),
        }
    sql = "select lexicon, thesaurus, exemplars from consultations where id = ?"
    for row in db.query(sql, [consultation]):
        found |= {f"{name}_text": _hash(text) for name, text in row.items()}
    return found


def _hash(text: object) -> str:
    return sha256(str(text).encode()).hexdigest()


def _known(knowledge: Knowledge) -> dict[str, object]:
    return {
        "lexicon": codec.dump_lexicon(knowledge.lexicon),
        "thesaurus": codec.dump_thesaurus(knowledge.thesaurus),
        "exemplars": codec.dump_exemplars(knowledge.exemplars),
    }


def knowledge(db: Database, consultation: int) -> Knowledge:
    """Return lexicon, thesaurus and exemplars."""
    sql = "select lexicon, thesaurus, exemplars from consultations where id = ?"
    rows = db.query(sql, [consultation])
    for row in rows:
        return Knowledge(
            lexicon=codec.load_lexicon(row["lexicon"]),
            thesaurus=codec.load_thesaurus(row["thesaurus"]),
            exemplars=codec.load_exemplars(row["exemplars"]),
        )
    raise NotFound("consultation.unknown", slug=str(consultation))


def lexicon(db: Database, consultation: int) -> Lexicon:
    """Return the lexicon alone: the exemplars beside it are many."""
    sql = "select lexicon from consultations where id = ?"
    for row in db.query(sql, [consultation]):
        return codec.load_lexicon(row["lexicon"])
    raise NotFound("consultation.unknown", slug=str(consultation))


def _consultation(row: dict[str, object]) -> Consultation:
    return _value(tuple(row[name] for name in _SHOWN.split(", ")))


@lru_cache(maxsize=64)
def _value(row: tuple[object, ...]) -> Consultation:
    """Make the value of a row, in the order of ``_SHOWN``; the same row gives the same value."""
    _, slug, title, office, timezone, opens, closes, texts, rehearsal, version, stage, simulated = (
        row
    )
    said = codec.load(str(texts))
    window = Window(
        opens=date.fromisoformat(str(opens)),
        closes=date.fromisoformat(str(closes)),
        timezone=str(timezone),
        until=time.fromisoformat(said["closes_at"]) if said.get("closes_at") else None,
    )
    value = Consultation(slug=str(slug), title=str(title), office=str(office), window=window)
    return replace(
        value,
        texts=said,
        rehearsal=bool(rehearsal),
        version=int(str(version)),
        stage=Stage(str(stage)),
        simulated=codec.to_instant(str(simulated)) if simulated else None,
    )
