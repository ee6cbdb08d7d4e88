"""What letters of answer add: a lane of jobs of their own, and what was sent to whom when."""

from __future__ import annotations

from typing import Final

# ``address`` is masked; the real one is opened for the one moment of sending. ``covers`` lists
# comment and decision of everything that is answered in the letter.
LETTERS: Final = (
    "alter table jobs add column kind text not null default 'analysis'",
    "drop index jobs_one_running",
    "drop index jobs_one_waiting",
    "create unique index jobs_one_running on jobs (kind) where state = 'running'",
    "create unique index jobs_one_waiting on jobs (consultation, kind) where state = 'waiting'",
    """
    create table letters (
        id integer primary key autoincrement,
        consultation integer not null references consultations(id),
        job integer not null, state text not null, address text not null,
        message_id text not null unique, covers text not null, queued text not null,
        at text not null, reply text not null default '', actor text not null default '',
        why text not null default ''
    ) strict
    """,
    "create index letters_by_job on letters (job, state, id)",
    "create index letters_by_consultation on letters (consultation, id)",
    """
    create table letter_submissions (
        letter integer not null references letters(id),
        submission integer not null references submissions(id),
        primary key (letter, submission)
    ) strict, without rowid
    """,
    "create index letter_submissions_of on letter_submissions (submission)",
)
