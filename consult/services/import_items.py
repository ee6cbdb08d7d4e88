"""Import many submissions: each taken, already there, or refused with place and reason.

Every import is entered in the ledger with what became of each of its items. Items are stored in
chunks, a chunk with its ledger lines in one transaction: an import that is broken off, and begun
again, goes on behind the last whole chunk, so nothing is stored twice and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from consult.domain.comment import NewSubmission, Refusal
from consult.domain.consultation import Plan
from consult.domain.errors import (
    AccountingError,
    Conflict,
    ConsultError,
    InputRefused,
    StoreUnready,
)
from consult.domain.ledger import (
    Empty,
    ImportReport,
    ImportState,
    Outcome,
    RefusalState,
    Source,
    SourceKind,
)
from consult.intake.mail_letter import BOUNCE
from consult.services import refused
from consult.services.admit import Rules, check
from consult.services.note_letter import note_returned
from consult.services.office import Office
from consult.services.owner import alive, new_owner
from consult.services.receive import store
from consult.store import consultations, events, imports

CHUNK = 500  # items in one transaction: other writers wait 0.15 s for it
_HEAVY = 8_000_000  # bytes of letters and files that end a chunk sooner: they are held in memory
_SHOWN = 200  # refusals that the report repeats

Item = NewSubmission | Refusal | Empty


def import_items(
    office: Office,
    *,
    slug: str,
    items: Iterable[Item],
    now: datetime,
    actor: str,
    rules: Rules | None = None,
    source: Source | None = None,
    options: Mapping[str, object] | None = None,
    number: int | None = None,
) -> ImportReport:
    """Store all items that can be taken and say what became of each.

    The place of every item (``NewSubmission.source``, ``Refusal.place``) must be unique within the
    source; items without one are numbered. ``number`` is an import that waits already. A bad item
    is never an exception; raises ``NotFound`` for an unknown consultation,
    ``Conflict("import.running")`` while another process imports the same source,
    ``AccountingError("import.unbalanced")`` when the ledger does not hold every item, and what the
    reader raises: the import counts as failed then, and what was taken stays taken.
    """
    source = source or Source(SourceKind.JSONL, "")
    owner = new_owner()
    number = _begin(office, slug, source, actor, owner, options or {}, number)
    run = _Run(office, slug, source, now, actor, rules or Rules(), number, owner)
    try:
        for chunk in _chunks(items):
            run.chunk(chunk)
        return run.end()
    except ConsultError as error:
        run.fail(error)
        raise
    except BaseException:
        run.let_go()
        raise


def _begin(
    office: Office,
    slug: str,
    source: Source,
    actor: str,
    owner: str,
    options: Mapping[str, object],
    number: int | None,
) -> int:
    """Open a new import, or the one of the same source that was broken off."""
    with office.store.write() as db:
        consultation, _ = consultations.find(db, slug)
        before = imports.broken_off(db, consultation, source) if number is None else None
        if before is not None:
            if before.owner and alive(before.owner, before.heartbeat, office.clock()):
                raise Conflict("import.running", name=source.name)
            number = before.record.number
        if number is None:
            number = imports.add(
                db, consultation, source, actor=actor, state=ImportState.RUNNING,
                options=options, now=office.clock(),
            )  # fmt: skip
        imports.take(db, number, owner=owner, state=ImportState.RUNNING, now=office.clock())
        _note(office, consultation, actor, "import-begun", number,
              {"kind": source.kind.value, "digest": source.digest})  # fmt: skip
        return number


class _Run:
    """One pass over the items of an import."""

    def __init__(
        self, office: Office, slug: str, source: Source, now: datetime, actor: str, rules: Rules,
        number: int, owner: str,
    ) -> None:  # fmt: skip
        self._office = office
        self._slug = slug
        self._source = source
        self._now = now
        self._actor = actor
        self._rules = rules
        self._number = number
        self._owner = owner
        db = office.store.db
        self._about = consultations.find(db, slug)
        self._consultation = self._about[0]
        self._plan: Plan = consultations.plan(db, self._consultation)
        self._found = self._empty = 0
        self._shown: list[Refusal] = []

    def chunk(self, items: list[Item]) -> None:
        """Deal with some items in one transaction; those an earlier pass dealt with are left."""
        full = [item for item in items if not isinstance(item, Empty)]
        placed = [(_place(item) or f"#{at}", item) for at, item in enumerate(full, self._found + 1)]
        self._found += len(full)
        self._empty += sum(item.count for item in items if isinstance(item, Empty))
        with self._office.store.write() as db:
            if not imports.beat(db, self._number, owner=self._owner, now=self._office.clock()):
                raise Conflict("import.running", name=self._source.name)
            self._about = consultations.find(db, self._slug)
            known = imports.known_places(db, self._number, [place for place, _ in placed])
            lines = [(place, *self._deal(item)) for place, item in placed if place not in known]
            imports.add_items(db, self._number, lines)

    def _deal(self, item: NewSubmission | Refusal) -> tuple[Outcome, str, int]:
        """Store or refuse an item: outcome, receipt number, id of the refusal."""
        if isinstance(item, Refusal):
            return self._refuse(item)
        try:
            checked = check(item, self._plan, rules=self._rules, strict=False)
            receipt = store(
                self._office, slug=self._slug, new=checked, now=self._now, actor=self._actor,
                found=self._about,
            )  # fmt: skip
        except InputRefused as error:
            return self._refuse(
                refused.refusal_of(item, field=error.field, code=error.code, values=error.values)
            )
        return (Outcome.REPEATED if receipt.repeated else Outcome.TAKEN), receipt.number, 0

    def _refuse(self, refusal: Refusal) -> tuple[Outcome, str, int]:
        if refusal.code == BOUNCE:
            note_returned(self._office, refusal.original, actor=self._actor)
        row = refused.note(self._office, self._consultation, refusal, self._source)
        if row.state is RefusalState.TAKEN:
            return Outcome.REPEATED, row.number, 0
        if len(self._shown) < _SHOWN:
            self._shown.append(refusal)
        return Outcome.REFUSED, "", row.id

    def let_go(self) -> None:
        """Leave the import to whoever begins it again."""
        with self._office.store.write() as db:
            imports.take(
                db, self._number, owner="", state=ImportState.RUNNING, now=self._office.clock()
            )

    def fail(self, error: ConsultError) -> None:
        """Note why the source could not be read to its end; what was taken stays taken.

        A database that is busy or full is no fault of the source: that import goes on later.
        """
        if isinstance(error, Conflict | StoreUnready):
            return
        with self._office.store.write() as db:
            imports.finish(
                db, self._number, ImportState.FAILED, now=self._office.clock(), error=error.code,
                values=error.values,
            )  # fmt: skip

    def end(self) -> ImportReport:
        """Close the import when the ledger holds as many lines as items were read."""
        with self._office.store.write() as db:
            counts = imports.counts(db, self._number)
            if sum(counts.values()) != self._found:
                raise AccountingError(
                    "import.unbalanced", found=self._found, listed=sum(counts.values())
                )
            imports.finish(
                db, self._number, ImportState.DONE, now=self._office.clock(), empty=self._empty
            )
            _note(self._office, self._consultation, self._actor, "import-ended", self._number,
                  {**counts, "empty": self._empty})  # fmt: skip
        sums = {outcome.value: counts.get(outcome.value, 0) for outcome in Outcome}
        return ImportReport(self._number, **sums, empty=self._empty, refusals=tuple(self._shown))


def _note(
    office: Office, consultation: int, actor: str, verb: str, number: int,
    after: Mapping[str, object],
) -> None:  # fmt: skip
    events.add(
        office.store.db, at=office.clock(), actor=actor, verb=verb, subject=f"import:{number}",
        after=after, consultation=consultation,
    )  # fmt: skip


def _place(item: Item) -> str:
    return item.source if isinstance(item, NewSubmission) else item.place


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += _size(item)
        if len(chunk) >= CHUNK or size >= _HEAVY:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _size(item: Item) -> int:
    """Return how many bytes an item holds besides its words: a letter with its files."""
    if isinstance(item, Empty):
        return 0
    enclosed = item.enclosures if isinstance(item, NewSubmission) else ()
    return len(item.original) + sum(len(one.data) for one in enclosed)
