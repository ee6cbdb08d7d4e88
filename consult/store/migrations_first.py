"""The tables of the first version; run as the first step of the schema."""

from __future__ import annotations

from typing import Final

FIRST: Final = """
create table consultations (
    id integer primary key, slug text not null unique, title text not null, office text not null,
    timezone text not null, opens text not null, closes text not null,
    texts text not null, rehearsal integer not null, version integer not null,
    lexicon text not null, created text not null
) strict;
create table plans (
    id integer primary key, consultation integer not null references consultations(id),
    version integer not null, source text not null, sha256 text not null,
    official integer not null, tree text not null, created text not null,
    unique (consultation, version)
) strict;
create table submissions (
    id integer primary key autoincrement,
    consultation integer not null references consultations(id),
    number text not null unique, code_hash text not null, key text,
    channel text not null, speaker text not null, received text not null, stored text not null,
    late integer not null, publish integer not null, privacy_version text not null,
    chosen text not null, source text not null, person text not null, state text not null,
    sealed blob, sealed_contact blob,
    unique (consultation, key)
) strict;
create table submission_keys (
    submission integer primary key references submissions(id), wrapped blob not null
) strict;
create table comments (
    number integer primary key autoincrement,
    submission integer not null references submissions(id),
    consultation integer not null references consultations(id),
    start integer not null, "end" integer not null, text text not null,
    kind text not null, section text not null, state text not null,
    family integer, theme integer, run integer not null, stamp integer not null
) strict;
create index comments_by_section on comments (consultation, state, section, number);
create index comments_by_submission on comments (submission);
create table links (
    id integer primary key, comment integer not null references comments(number),
    section text not null, origin text not null, confidence real not null,
    rank integer not null, evidence text not null, run integer not null
) strict;
create index links_by_comment on links (comment, rank);
create table runs (
    id integer primary key autoincrement,
    consultation integer not null references consultations(id),
    started text not null, finished text not null, versions text not null, totals text not null
) strict;
create table families (
    id integer primary key autoincrement,
    consultation integer not null references consultations(id),
    run integer not null references runs(id), base integer not null
) strict;
create table themes (
    id integer primary key autoincrement,
    consultation integer not null references consultations(id),
    run integer not null references runs(id), section text not null, label text not null,
    label_from integer not null, central integer not null, keywords text not null
) strict;
create table refusals (
    id integer primary key, consultation integer not null references consultations(id),
    at text not null, place text not null, field text not null, code text not null,
    detail text not null, unique (consultation, place, code)
) strict;
create table events (
    number integer primary key, consultation integer, at text not null, actor text not null,
    verb text not null, subject text not null, why text not null,
    before text not null, after text not null, previous text not null, hash text not null unique
) strict;
create index events_by_subject on events (subject, number);
create table staff (
    id integer primary key, username text not null unique, password text not null,
    role text not null, disabled integer not null, created text not null
) strict;
create table sessions (
    hash text primary key, staff integer not null references staff(id),
    created text not null, seen text not null
) strict;
create table attempts (bucket text not null, at real not null) strict;
create index attempts_by_bucket on attempts (bucket, at);
create table facts (name text primary key, value text not null) strict;
create virtual table search using fts5(tokens, tokenize = 'unicode61');
"""
