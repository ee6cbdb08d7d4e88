"""What the steps on staff add: roles by consultation, second factors, who works on what."""

from __future__ import annotations

from typing import Final

# Who may do what, and how people sign in. ``everywhere``: the role holds in every consultation; a
# grant goes before it. A session that is ``pending`` waits for the second factor.
STAFF: Final = (
    "alter table staff add column everywhere integer not null default 1",
    "alter table sessions add column pending integer not null default 0",
    "alter table sessions add column agent text not null default ''",
    """
    create table grants (
        staff integer not null references staff(id),
        consultation integer not null references consultations(id),
        role text not null, chapters text not null, primary key (staff, consultation)
    ) strict, without rowid
    """,
    """
    create table second_factors (
        staff integer primary key references staff(id), secret blob not null,
        confirmed text not null default '', step integer not null default 0
    ) strict
    """,
    """
    create table recovery_codes (
        staff integer not null references staff(id), hash text not null,
        used text not null default '', primary key (staff, hash)
    ) strict, without rowid
    """,
    # HMAC of the hash under a key that is not in the database: shows what was written by hand.
    "alter table events add column seal text not null default ''",
)

# Who works on which comment until when, by user name: an archive holds no accounts. ``chapter`` is
# a chapter's code, ``general``, ``offplan`` or '' (not assigned to a section); days are ISO dates,
# '' for none.
TOGETHER: Final = (
    """
    create table assignments (
        comment integer primary key references comments(number) on delete cascade,
        handler text not null, due text not null default '', actor text not null, at text not null
    ) strict
    """,
    "create index assignments_by_handler on assignments (handler)",
    """
    create table chapter_desks (
        consultation integer not null references consultations(id), chapter text not null,
        handler text not null default '', due text not null default '',
        primary key (consultation, chapter)
    ) strict, without rowid
    """,
    """
    create table presences (
        comment integer not null references comments(number) on delete cascade,
        username text not null, at text not null, primary key (comment, username)
    ) strict, without rowid
    """,
    """
    create table notes (
        id integer primary key autoincrement,
        comment integer not null references comments(number) on delete cascade,
        actor text not null, at text not null, text text not null
    ) strict
    """,
    "create index notes_by_comment on notes (comment)",
)

# What other offices wrote about matters handed on to them; ``subject`` as in events.
REPLIES: Final = (
    """
    create table replies (
        consultation integer not null references consultations(id), subject text not null,
        office text not null, disposition text not null, reason text not null,
        answer text not null, actor text not null, at text not null,
        primary key (consultation, subject)
    ) strict, without rowid
    """,
    "create index events_by_consultation on events (consultation, number)",
)

# A consultation is prepared, rehearsed on a simulated date, published. ``plan_matches`` keeps which
# section of one version of the plan became which of the next; '' for none (new, or gone).
PREPARING: Final = (
    "alter table consultations add column stage text not null default 'published'",
    "alter table consultations add column simulated text not null default ''",
    """
    create table pending_plans (
        consultation integer primary key references consultations(id), tree text not null,
        source text not null, sha256 text not null, actor text not null, at text not null
    ) strict
    """,
    """
    create table plan_matches (
        consultation integer not null references consultations(id), version integer not null,
        before text not null, after text not null, kind text not null,
        primary key (consultation, version, before, after)
    ) strict, without rowid
    """,
)
