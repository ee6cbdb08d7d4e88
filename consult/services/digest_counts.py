"""How the comments of one line of a digest are counted: a family is one text, a person one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple, TypeVar

from consult.domain.comment import Channel, Comment, Sender, Speaker, Submission
from consult.domain.digest import Counts

_Term = TypeVar("_Term", bound=StrEnum)
_WHO = attrgetter("speaker", "channel", "identified")


class Senders(NamedTuple):
    """Who sent some comments, and how; ``identified`` counts the people who are known."""

    speakers: tuple[tuple[Speaker, int], ...]
    channels: tuple[tuple[Channel, int], ...]
    identified: int


@dataclass(frozen=True)
class People:
    """Who sent what: submissions and, by their id, the key that stands for the submitter.

    A digest asks of every comment several times: what is looked up goes by ``map``, without a step
    of the interpreter for each.
    """

    submissions: Mapping[int, Sender | Submission]
    persons: Mapping[int, str]

    def counts(self, members: Sequence[Comment], texts: int = 0) -> Counts:
        """Return the four counts of some comments; ``texts`` where it is known already."""
        sent = {c.submission for c in members}
        again = sent & self._repeated
        return Counts(
            len(sent) - len(again) + len({self.persons[one] for one in again}),
            len(sent),
            texts or len({text_of(c) for c in members}),
            len(members),
        )

    @cached_property
    def _repeated(self) -> frozenset[int]:
        """The submissions of people who have sent several: few, and the only ones to look up."""
        often = Counter(self.persons.values())
        return frozenset(one for one, person in self.persons.items() if often[person] > 1)

    def senders(self, members: Sequence[Comment]) -> Senders:
        """Return who sent some comments: every submission is looked at once."""
        sent = [c.submission for c in members]
        kinds = Counter(map(_WHO, map(self.submissions.__getitem__, sent)))
        speakers: dict[Speaker, int] = {}
        channels: dict[Channel, int] = {}
        for (speaker, channel, _), often in kinds.items():
            speakers[speaker] = speakers.get(speaker, 0) + often
            channels[channel] = channels.get(channel, 0) + often
        known = any(identified for _, _, identified in kinds)
        return Senders(ranked(speakers), ranked(channels), self.identified(members) if known else 0)

    def identified(self, members: Iterable[Comment]) -> int:
        """Count the people among their senders whose identity is known."""
        known = {c.submission for c in members if self.submissions[c.submission].identified}
        return len({self.persons[submission] for submission in known})


def text_of(comment: Comment) -> int:
    """Return what stands for a comment's text: its family, or itself."""
    return comment.family if comment.family is not None else -comment.number


def weight(counts: Counts, numbers: Sequence[int]) -> tuple[int, int, int, tuple[int, ...]]:
    """Return the key that orders lines: texts (a campaign cannot buy rank), people, comments."""
    return (-counts.texts, -counts.people, -counts.comments, tuple(numbers))


def once(comments: Iterable[Comment]) -> list[Comment]:
    """Return comments by number, each once, though it may ask for the same thing twice."""
    found: Mapping[int, Comment] = {comment.number: comment for comment in comments}
    return [found[number] for number in sorted(found)]


def tally(values: Iterable[_Term]) -> tuple[tuple[_Term, int], ...]:
    """Count closed terms, the most frequent first, equal ones in the order of the vocabulary."""
    return ranked(Counter(values))


def ranked(counted: Mapping[_Term, int]) -> tuple[tuple[_Term, int], ...]:
    """Return counted terms in the order of ``tally``."""
    if len(counted) == 1:
        return tuple(counted.items())
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], _place(item[0]))))


def _place(term: StrEnum) -> int:
    return list(type(term)).index(term)
