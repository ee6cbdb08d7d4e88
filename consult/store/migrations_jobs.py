"""The long work that goes on in the background."""

from __future__ import annotations

from typing import Final

JOBS: Final = """
create table jobs (
    id integer primary key autoincrement,
    consultation integer not null references consultations(id),
    state text not null, cause text not null, actor text not null, created text not null,
    started text, finished text, heartbeat text, owner text not null default '',
    attempts integer not null default 0, stage text not null default '',
    done integer not null default 0, total integer not null default 0,
    cancelled_by text not null default '', result text not null default '{}',
    error text not null default '', detail text not null default '{}'
) strict;
create unique index jobs_one_running on jobs (state) where state = 'running';
create unique index jobs_one_waiting on jobs (consultation) where state = 'waiting';
create index jobs_by_consultation on jobs (consultation, id);
"""
