"""What migration 006 adds: the tables of entries, files, corrections and saved drafts."""

from __future__ import annotations

from typing import Final

WRITING: Final = (
    """
    alter table submissions add column choices text not null default '[]'
    """,
    """
    alter table submissions add column version integer not null default 1
    """,
    """
    alter table submissions add column held text not null default ''
    """,
    """
    alter table submissions add column sealed_letters blob
    """,
    """
    create table versions (
        submission integer not null references submissions(id), version integer not null,
        sealed blob not null, stored text not null, primary key (submission, version)
    ) strict
    """,
    """
    create table attachments (
        storage text primary key, submission integer not null references submissions(id),
        place integer not null, kind text not null, size integer not null, state text not null,
        sealed_name blob not null, sealed blob not null
    ) strict
    """,
    """
    create index attachments_by_submission on attachments (submission, place)
    """,
    """
    create table uploads (
        storage text primary key, form text not null, kind text not null, size integer not null,
        state text not null, sealed_name blob not null, sealed_text blob not null,
        sealed blob not null, expires real not null
    ) strict
    """,
    """
    create index uploads_by_form on uploads (form)
    """,
    """
    create index uploads_by_end on uploads (expires)
    """,
    """
    create table drafts (
        hash text primary key, form text not null, sealed blob not null, expires real not null
    ) strict
    """,
    """
    create index drafts_by_form on drafts (form)
    """,
    """
    create index drafts_by_end on drafts (expires)
    """,
    """
    create index attempts_by_time on attempts (at)
    """,
)
# What a correction took away: kept beside earlier versions, erased with them.
FORMER: Final = """
    create table former_files (
        storage text primary key, submission integer not null references submissions(id),
        kind text not null, size integer not null, state text not null,
        sealed_name blob not null, sealed blob not null, sealed_text blob not null,
        until text not null
    ) strict
"""
