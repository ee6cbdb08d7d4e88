"""Comments of a line are counted together as they would be counted one by one."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from consult.analysis.opposites import Opposites
from consult.domain.comment import Channel, Comment, Sender, Speaker
from consult.domain.consultation import Plan
from consult.domain.digest import Counts
from consult.domain.lexicon import Lexicon
from consult.domain.theme import Theme
from consult.services.digest_counts import People, text_of
from consult.services.digest_figures import FigureGrouper
from consult.services.digest_voices import VoiceReader

AT = datetime(2024, 5, 10, 2, tzinfo=UTC)
SENDERS = st.builds(
    Sender,
    st.sampled_from([Channel.WEB, Channel.LETTER]),
    st.sampled_from([Speaker.INDIVIDUAL, Speaker.COMPANY]),
    st.just(AT),
    st.booleans(),
)
SENT = 6  # submissions
NUMBERS = st.integers(1, 12)


@st.composite
def comments(draw: st.DrawFn) -> list[Comment]:
    numbers = draw(st.lists(NUMBERS, min_size=1, unique=True))
    return [
        Comment(
            number, draw(st.integers(1, SENT)), 0, 2, "意见",
            family=draw(st.sampled_from([None, 1, 2])),
        )
        for number in numbers
    ]  # fmt: skip


@st.composite
def people(draw: st.DrawFn) -> People:
    sent = range(1, SENT + 1)
    persons = {number: draw(st.sampled_from("甲乙丙丁")) for number in sent}
    return People({number: draw(SENDERS) for number in sent}, persons)


@given(comments(), people())
def test_people_are_counted_as_if_every_comment_were_looked_up(
    members: list[Comment], everybody: People
) -> None:
    senders = [everybody.submissions[one.submission] for one in members]
    known = [one for one in members if everybody.submissions[one.submission].identified]

    counts, found = everybody.counts(members), everybody.senders(members)

    assert counts == Counts(
        len({everybody.persons[one.submission] for one in members}),
        len({one.submission for one in members}),
        len({text_of(one) for one in members}),
        len(members),
    )
    assert dict(found.speakers) == Counter(sender.speaker for sender in senders)
    assert dict(found.channels) == Counter(sender.channel for sender in senders)
    assert found.identified == len({everybody.persons[one.submission] for one in known})


@given(comments(), NUMBERS, NUMBERS)
def test_texts_come_by_copies_and_the_one_that_named_the_theme_first(
    members: list[Comment], named: int, central: int
) -> None:
    theme = Theme(1, "1.1", "意见", named, (), central)
    by_text: dict[int, list[Comment]] = {}
    for one in sorted(members, key=lambda one: (one.number != named, one.number)):
        by_text.setdefault(text_of(one), []).append(one)
    wanted = sorted(
        by_text.values(), key=lambda own: (own[0].number != named, -len(own), own[0].number)
    )
    reader = VoiceReader(Opposites(), FigureGrouper(Plan("规划", ()), Lexicon()), People({}, {}))

    read = reader.prepared(members, theme)

    assert list(read.units) == wanted
    assert list(read.shown) == [
        min(own, key=lambda one: (one.number != central, one.number)) for own in wanted
    ]
