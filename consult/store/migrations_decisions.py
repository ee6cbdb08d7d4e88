"""What the steps on decisions add; ``migrations`` applies it."""

from __future__ import annotations

from typing import Final

DECISIONS: Final = """
create table decisions (
    id integer primary key autoincrement,
    consultation integer not null references consultations(id),
    comment integer, theme integer, stage text not null, disposition text not null,
    reason text not null, answer text not null, office text not null,
    section text not null, change text not null, gist text not null,
    actor text not null, at text not null, current integer not null
) strict;
create unique index decisions_of_comment on decisions (comment)
    where current = 1 and comment is not null;
create unique index decisions_of_theme on decisions (theme) where current = 1 and theme is not null;
create index decisions_by_stage on decisions (consultation, current, stage);
create table decision_members (
    comment integer not null references comments(number) on delete cascade,
    decision integer not null references decisions(id) on delete cascade,
    primary key (comment, decision)
) strict, without rowid;
create index decision_members_of on decision_members (decision)
"""

THEME_DECISIONS: Final = """
alter table themes add column state text not null default 'proposed';
alter table themes add column own_label text not null default '';
alter table themes add column stamp integer not null default 0;
alter table comments add column pinned integer;
alter table comments add column provisional integer not null default 0;
create index comments_by_theme on comments (theme) where theme is not null;
create index comments_by_pin on comments (consultation, pinned) where pinned is not null;
create table theme_decisions (
    event integer primary key references events(number),
    consultation integer not null references consultations(id),
    undone integer not null default 0
) strict;
create index theme_decisions_by_consultation on theme_decisions (consultation, undone);
create table theme_decision_themes (
    theme integer not null, event integer not null references theme_decisions(event),
    primary key (theme, event)
) strict, without rowid;
create table theme_aparts (
    id integer primary key, consultation integer not null references consultations(id),
    event integer not null references theme_decisions(event),
    lefts text not null, rights text not null
) strict;
create table theme_changes (
    run integer not null references runs(id), theme integer not null, kind text not null,
    section text not null, before integer not null, after integer not null, "into" integer not null,
    primary key (run, theme, kind)
) strict, without rowid;
"""
