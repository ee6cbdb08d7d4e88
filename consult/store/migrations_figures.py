"""Indexes that hold all the overview and the lists of staff count by, so that no row is read.

A row of a comment holds its text, that of a submission what was sent: counting by rows reads
hundreds of megabytes at 100,000 comments, counting by these indexes a few. And a counter, moved by
triggers on comments, so that what was counted once need not be counted again until something has
changed; what happens to submissions is an event, and sends need not wait for a counter.
"""

from __future__ import annotations

from typing import Final

_MOVE: Final = """
    insert into figures (consultation, changes) values ({row}.consultation, 1)
        on conflict (consultation) do update set changes = changes + 1;
"""


def _trigger(name: str, when: str, row: str = "new") -> str:
    return f"create trigger {name} after {when} begin {_MOVE.format(row=row)} end"


FIGURES: Final = (
    "drop index submissions_by_state",
    """
    create index submissions_counted on submissions (
        consultation, state, received, channel, person)
    """,
    "drop index comments_by_section",  # comments_desk begins with the same columns
    """
    create index comments_counted on comments (
        consultation, state, section, submission, family, channel)
    """,
    "drop index comments_by_family",
    """
    create index comments_by_family on comments (family, state, consultation)
        where family is not null
    """,
    "drop index comments_by_theme",
    """
    create index comments_by_theme on comments (
        theme, consultation, state, number, submission, family, pinned, provisional)
        where theme is not null
    """,
    """
    create table figures (
        consultation integer primary key references consultations(id), changes integer not null
    ) strict
    """,
    _trigger("figures_comment_in", "insert on comments when new.state <> 'staged'"),
    _trigger("figures_comment_out", "delete on comments", "old"),
    _trigger(
        "figures_comment",
        "update of state, section, family, submission, channel on comments when"
        " old.state is not new.state or old.section is not new.section or"
        " old.family is not new.family or old.submission is not new.submission or"
        " old.channel is not new.channel",
    ),
)

# Blank: by how many can approve.
FOUR_EYES: Final = (
    "alter table consultations add column four_eyes text not null default ''",
    """
    create index acts_moving on acts (heartbeat, consultation)
        where state in ('running', 'undoing')
    """,
)
