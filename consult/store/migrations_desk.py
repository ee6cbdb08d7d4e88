"""What the desk of staff needs: columns to filter and sort by, acts that can be undone, tags.

The queue reads one covering index: at 100,000 comments a scan of it takes some 20 ms, where looking
at the rows themselves (with their texts) takes a quarter of a second.
"""

from __future__ import annotations

from typing import Final

_SENDER: Final = """
    update comments set
        channel = (select s.channel from submissions s where s.id = comments.submission),
        speaker = (select s.speaker from submissions s where s.id = comments.submission),
        received = (select s.received from submissions s where s.id = comments.submission),
        held = (select s.held <> '' from submissions s where s.id = comments.submission),
        attached = exists (select 1 from attachments a where a.submission = comments.submission)
"""
_LINK: Final = """
    update comments set
        confidence = coalesce((select l.confidence from links l
                               where l.comment = comments.number and l.rank = 0
                               and l.run = comments.linked), 0),
        origin = coalesce((select l.origin from links l
                           where l.comment = comments.number and l.rank = 0
                               and l.run = comments.linked), '')
"""
_ANSWER: Final = """
    update comments set (stage, disposition) = (
        select coalesce(max(stage), ''), coalesce(max(disposition), '') from (
            select d.stage, d.disposition from decision_members m
            join decisions d on d.id = m.decision and d.current = 1
            where m.comment = comments.number order by d.comment is null, d.id desc limit 1))
    where number in (select comment from decision_members)
"""
DESK: Final = (
    "alter table comments add column confidence real not null default 0",
    *(
        f"alter table comments add column {name} text not null default ''"
        for name in ("origin", "channel", "speaker", "received", "stage", "disposition")
    ),
    *(
        f"alter table comments add column {name} integer not null default 0"
        for name in ("attached", "held", "opened", "cut")
    ),
    _SENDER,
    _LINK,
    _ANSWER,
    """
    create index comments_desk on comments (
        consultation, state, section, number, confidence, origin, stage, disposition, channel,
        speaker, kind, received, family, theme, attached, held, opened)
    """,
    "create index comments_newest on comments (consultation, state, received, number)",
    "create index comments_doubt on comments (consultation, state, confidence, number)",
    """
    create trigger attachments_in after insert on attachments begin
        update comments set attached = 1 where submission = new.submission;
    end
    """,
    """
    create trigger attachments_out after delete on attachments begin
        update comments set attached = exists (
            select 1 from attachments a where a.submission = old.submission)
        where submission = old.submission;
    end
    """,
    "alter table decisions add column family integer",
    "alter table decisions add column exceptions text not null default '[]'",
    "alter table decisions add column phrase integer not null default 0",
    """
    create unique index decisions_of_family on decisions (family)
        where current = 1 and family is not null
    """,
    "create index decisions_by_phrase on decisions (phrase) where phrase > 0",
    """
    create table acts (
        id integer primary key autoincrement,
        consultation integer not null references consultations(id),
        deed text not null, actor text not null, at text not null, state text not null,
        total integer not null, heartbeat text not null, owner text not null default '',
        query text not null default '', undone_by text not null default '',
        details text not null default '{}'
    ) strict
    """,
    "create index acts_by_consultation on acts (consultation, id)",
    """
    create table act_items (
        act integer not null references acts(id) on delete cascade, place integer not null,
        subject text not null, state text not null, before text not null default '{}',
        after text not null default '{}', why text not null default '',
        primary key (act, place)
    ) strict, without rowid
    """,
    "create index act_items_by_state on act_items (act, state)",
    "create index act_items_by_subject on act_items (subject, act)",
    """
    create table comment_tags (
        consultation integer not null references consultations(id), tag text not null,
        comment integer not null references comments(number) on delete cascade,
        primary key (consultation, tag, comment)
    ) strict, without rowid
    """,
    "create index comment_tags_by_comment on comment_tags (comment)",
    """
    create table lineage (
        child integer not null references comments(number),
        parent integer not null references comments(number), primary key (child, parent)
    ) strict, without rowid
    """,
    "create index lineage_by_parent on lineage (parent)",
    """
    create table views (
        id integer primary key autoincrement,
        consultation integer not null references consultations(id),
        owner text not null, name text not null, query text not null, shared integer not null,
        unique (consultation, owner, name)
    ) strict
    """,
    """
    create table phrases (
        id integer primary key autoincrement,
        consultation integer not null references consultations(id),
        title text not null, disposition text not null, text text not null, actor text not null,
        at text not null, retired integer not null default 0
    ) strict
    """,
    """
    create table referrals (
        subject text primary key, consultation integer not null references consultations(id),
        state text not null, note text not null, actor text not null, at text not null
    ) strict, without rowid
    """,
    """
    create table preferences (
        username text not null, name text not null, value text not null,
        primary key (username, name)
    ) strict, without rowid
    """,
)
