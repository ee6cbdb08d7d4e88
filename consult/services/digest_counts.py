"""How the comments of one line of a digest are counted: a family is one text, a person one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from consult.domain.comment import Comment, Sender, Submission
from consult.domain.digest import Counts

_Term = TypeVar("_Term", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class People:
    """Who sent what: submissions and, by their id, the key that stands for the submitter."""

    submissions: Mapping[int, Sender | Submission]
    persons: Mapping[int, str]

    def counts(self, members: Sequence[Comment]) -> Counts:
        """Return the four counts of some comments."""
        return Counts(
            people=len({self.persons[c.submission] for c in members}),
            submissions=len({c.submission for c in members}),
            texts=len({text_of(c) for c in members}),
            comments=len(members),
        )

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
    counted = Counter(values)
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], _place(item[0]))))


def _place(term: StrEnum) -> int:
    return list(type(term)).index(term)
