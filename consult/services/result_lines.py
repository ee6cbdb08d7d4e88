"""The lines of the results: what was asked, in words that may be shown, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from consult.analysis.mask import mask
from consult.analysis.naming import best_ask
from consult.domain.comment import Comment, Submission
from consult.domain.decision import Decision
from consult.domain.digest import Counts
from consult.domain.results import ResultLine
from consult.domain.theme import Theme

_READ = 200  # submissions whose names are looked for in the key words of an ask
_KEYWORDS = 5  # enough to tell what it is about, too few to tell who said it


@dataclass(frozen=True, slots=True)
class Voices:
    """Who sent what: submissions, the keys that stand for their people, what identifies them.

    ``names`` opens name and contact of a submission, to be hidden; ``own`` are the labels that
    staff gave to themes; ``left`` are the places of comments, by number, that stay readable.
    """

    submissions: Mapping[int, Submission]
    persons: Mapping[int, str]
    names: Callable[[int], tuple[str, ...]]
    own: Mapping[int, str]
    left: Mapping[int, frozenset[tuple[int, int]]] = field(default_factory=dict)


def result_lines(
    comments: Sequence[Comment],
    themes: Mapping[int, Theme],
    answers: Mapping[int, Decision],
    voices: Voices,
) -> tuple[ResultLine, ...]:
    """Return the lines of one section, by distinct texts, then people, then first number.

    A theme whose comments got different answers has a line for each.
    """
    groups: dict[tuple[int, int], list[Comment]] = {}
    for comment in comments:
        theme = comment.theme if comment.theme in themes else -comment.number
        decision = answers.get(comment.number)
        groups.setdefault((int(theme or 0), decision.id if decision else 0), []).append(comment)
    lines = [
        (members[0].number, _line(members, themes.get(theme), answers, voices))
        for (theme, _), members in groups.items()
    ]
    lines.sort(key=lambda pair: (-pair[1].counts.texts, -pair[1].counts.people, pair[0]))
    return tuple(line for _, line in lines)


def _line(
    members: Sequence[Comment],
    theme: Theme | None,
    answers: Mapping[int, Decision],
    voices: Voices,
) -> ResultLine:
    decision = answers.get(members[0].number)
    ruling = decision.ruling if decision else None
    gist = mask(ruling.gist) if ruling else ""
    words, voice = (gist, 0) if gist else _words(members, theme, voices)
    behind = {comment.submission for comment in members}
    return ResultLine(
        words=words,
        quoted=voice > 0,
        keywords=() if words else _keywords(members, theme, voices),
        counts=_counts(members, voices),
        ruling=ruling,
        voice=voice,
        sole=behind.pop() if len(behind) == 1 else 0,
    )


def _words(members: Sequence[Comment], theme: Theme | None, voices: Voices) -> tuple[str, int]:
    """Return what staff called the theme, else the ask of somebody who may be quoted, and whose."""
    if theme and voices.own.get(theme.id):
        return mask(voices.own[theme.id]), 0
    open_to_quotes = [c for c in members if voices.submissions[c.submission].publish]
    if not open_to_quotes:
        return "", 0
    texts = [
        mask(
            c.text,
            voices.names(c.submission),
            doubtful=True,
            left=voices.left.get(c.number, frozenset()),
        )
        for c in open_to_quotes
    ]
    place, words = best_ask(texts)
    return words, open_to_quotes[place].submission


def _keywords(members: Sequence[Comment], theme: Theme | None, voices: Voices) -> tuple[str, ...]:
    """Return what it is about, without words that tell who said it."""
    if theme is None:
        return ()
    names = [name for c in members[:_READ] for name in voices.names(c.submission)]
    return tuple(word for word in theme.keywords[:_KEYWORDS] if mask(word, names) == word)


def _counts(members: Sequence[Comment], voices: Voices) -> Counts:
    return Counts(
        people=len({voices.persons[c.submission] for c in members}),
        submissions=len({c.submission for c in members}),
        texts=len({c.family if c.family is not None else -c.number for c in members}),
        comments=len(members),
    )
