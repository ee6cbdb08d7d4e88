"""The schema, step by step. A step that has landed is never edited: a further one is added."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from sqlite_utils import Database, Migrations

from consult.store.migrations_decisions import DECISIONS, THEME_DECISIONS
from consult.store.migrations_desk import DESK
from consult.store.migrations_documents import ISSUES
from consult.store.migrations_doubles import DOUBLES
from consult.store.migrations_figures import FIGURES, FOUR_EYES
from consult.store.migrations_first import FIRST
from consult.store.migrations_jobs import JOBS
from consult.store.migrations_ledger import LEDGER
from consult.store.migrations_letters import LETTERS
from consult.store.migrations_maskings import MASKINGS
from consult.store.migrations_office import PREPARING, REPLIES, STAFF, TOGETHER
from consult.store.migrations_offices import DEPARTMENT_MAIL, OFFICES
from consult.store.migrations_samples import SAMPLES
from consult.store.migrations_staging import STAGING
from consult.store.migrations_tallies import TALLIES
from consult.store.migrations_templates import TEMPLATES
from consult.store.migrations_writing import FORMER, WRITING

schema: Final = Migrations("consult")


def _run(db: Database, statements: Iterable[str]) -> None:
    for statement in statements:
        db.execute(statement)


@schema()
def m001_first(db: Database) -> None:
    """Everything the first version keeps; ``search.rowid`` is the comment's number."""
    for statement in FIRST.split(";\n"):
        if statement.strip():
            db.execute(statement)


@schema()
def m002_search_words(db: Database) -> None:
    """Note with which dictionary each comment was cut: an edit of it invalidates the words."""
    db.execute("alter table comments add column words text not null default ''")
    db.execute("create index submissions_by_state on submissions (consultation, state)")


@schema()
def m003_knowledge(db: Database) -> None:
    """Keep the thesaurus and the exemplars that a consultation is analysed with."""
    db.execute("alter table consultations add column thesaurus text not null default ''")
    db.execute("alter table consultations add column exemplars text not null default ''")


@schema()
def m004_decisions(db: Database) -> None:
    """Keep what is decided on comments and themes: every version, and the comments it covers."""
    for statement in DECISIONS.split(";\n"):
        if statement.strip():
            db.execute(statement)


@schema()
def m005_theme_decisions(db: Database) -> None:
    """Keep what staff decide about themes, and what changed from run to run."""
    for statement in THEME_DECISIONS.split(";\n"):
        if statement.strip():
            db.execute(statement)


@schema()
def m006_writing(db: Database) -> None:
    """Several entries and files in one submission, corrections, held items, saved drafts."""
    _run(db, WRITING)


@schema()
def m007_releases(db: Database) -> None:
    """Note when the results of a consultation were published."""
    db.execute(
        "create table releases (consultation integer primary key references consultations(id),"
        " at text not null, actor text not null) strict"
    )


@schema()
def m008_additions(db: Database) -> None:
    """Keep what signers added to a letter as comments: the holes they leave, the family."""
    db.execute("alter table comments add column holes text not null default '[]'")
    db.execute("alter table comments add column added_to integer")
    db.execute("create index comments_by_family on comments (family) where family is not null")
    db.execute("create index comments_added on comments (added_to) where added_to is not null")


@schema()
def m009_doubles(db: Database) -> None:
    """Supersede comments stored twice, and let no span be listed twice any more."""
    _run(db, DOUBLES)


@schema()
def m010_jobs(db: Database) -> None:
    """Keep the long work that goes on in the background."""
    for statement in JOBS.split(";\n"):
        if statement.strip():
            db.execute(statement)


@schema()
def m011_opposites(db: Database) -> None:
    """Keep which themes want opposite things; each pair stands in both directions."""
    db.execute(
        "create table theme_opposites (consultation integer not null references consultations(id),"
        " theme integer not null, opposite integer not null,"
        " primary key (consultation, theme, opposite)) strict, without rowid"
    )


@schema()
def m012_asked(db: Database) -> None:
    """Keep what comments ask of the words and figures of the draft."""
    for column in ("amendments", "aims"):
        db.execute(f"alter table comments add column {column} text not null default '[]'")


@schema()
def m013_samples(db: Database) -> None:
    """Keep samples that two people judge blind, and what they said."""
    _run(db, SAMPLES)


@schema()
def m014_ledger(db: Database) -> None:
    """Keep every import with what became of each of its items, and what was refused, sealed."""
    _run(db, LEDGER)


@schema()
def m015_facing(db: Database) -> None:
    """Keep for two themes that want the opposite the comments that show it."""
    for column in ("number", "against"):
        db.execute(f"alter table theme_opposites add column {column} integer not null default 0")


@schema()
def m016_roles(db: Database) -> None:
    """Roles by consultation, second factors, sealed events; who works on which comment."""
    _run(db, (*STAFF, *TOGETHER))


@schema()
def m017_originals(db: Database) -> None:
    """Keep letters as they came, byte for byte, sealed."""
    db.execute(
        "create table originals (submission integer primary key references submissions(id),"
        " size integer not null, sealed blob not null) strict"
    )


@schema()
def m018_tallies(db: Database) -> None:
    """Count what limits count by ticks instead of act by act."""
    _run(db, TALLIES)


@schema()
def m019_letters(db: Database) -> None:
    """Let letters have jobs of their own, and keep what was sent to whom when."""
    _run(db, LETTERS)


@schema()
def m020_templates(db: Database) -> None:
    """Keep an office's own Word templates."""
    _run(db, TEMPLATES)


@schema()
def m021_staging(db: Database) -> None:
    """Let a run write its links beside those that count, and show them at once."""
    _run(db, STAGING)


@schema()
def m022_issues(db: Database) -> None:
    """Keep which digests were issued, and what stood where in them."""
    _run(db, ISSUES)


@schema()
def m023_published(db: Database) -> None:
    """Keep the results as they were published."""
    db.execute("alter table releases add column body text not null default ''")


@schema()
def m024_replies(db: Database) -> None:
    """Keep what other offices wrote about matters handed on to them."""
    _run(db, REPLIES)


@schema()
def m025_departments(db: Database) -> None:
    """Keep the departments that are asked, and the tokens of other systems."""
    _run(db, OFFICES)


@schema()
def m026_persons(db: Database) -> None:
    """Find what else came from a person without looking at everything."""
    db.execute(
        "create index submissions_by_person on submissions (consultation, person)"
        " where person <> ''"
    )


@schema()
def m027_preparing(db: Database) -> None:
    """Keep how far a consultation is, and which section became which from version to version."""
    _run(db, PREPARING)


@schema()
def m028_desk(db: Database) -> None:
    """Let staff filter, sort, tag and decide many comments at once, and undo it."""
    _run(db, DESK)


@schema()
def m029_former_files(db: Database) -> None:
    """Keep the files that a correction took away, as earlier versions of a text are kept."""
    db.execute(FORMER)
    db.execute("create index former_files_by_submission on former_files (submission)")


@schema()
def m030_kept(db: Database) -> None:
    """Find what people have placed without looking at everything: a run does while others wait."""
    db.execute(
        "create index comments_kept on comments (consultation, number)"
        " where pinned is not null or cut = 1 or origin = 'staff' or provisional = 1"
    )


@schema()
def m031_figures(db: Database) -> None:
    """Let the overview and the lists of staff count without reading rows."""
    _run(db, FIGURES)


@schema()
def m032_maskings(db: Database) -> None:
    """Let staff say of doubtful maskings whether they stay."""
    db.execute(MASKINGS)


@schema()
def m033_four_eyes(db: Database) -> None:
    """Keep whether who wrote an answer may approve it; find the acts that are under way."""
    _run(db, FOUR_EYES)


@schema()
def m034_department_mail(db: Database) -> None:
    """Keep what was sent to departments by mail."""
    _run(db, DEPARTMENT_MAIL)


def applied(db: Database) -> tuple[str, ...]:
    """Return the names of the steps this database has."""
    return tuple(step.name for step in schema.applied(db))


def pending(db: Database) -> tuple[str, ...]:
    """Return the names of the steps it still needs."""
    return tuple(step.name for step in schema.pending(db))


def all_steps() -> tuple[str, ...]:
    """Return the names of all steps this program knows."""
    return tuple(step.name for step in schema.pending(Database(memory=True)))  # nothing applied


def unknown(db: Database) -> tuple[str, ...]:
    """Return the names of steps that this program does not know: the data are newer than it."""
    mine = set(all_steps())
    return tuple(name for name in applied(db) if name not in mine)


def upgrade(db: Database) -> None:
    """Apply all pending steps, each in its own transaction."""
    schema.apply(db)


def build(db: Database, steps: Collection[str]) -> None:
    """Apply these steps to an empty database, the first ones of all; others stay pending."""
    schema.apply(db, stop_before=[name for name in pending(db) if name not in steps])
