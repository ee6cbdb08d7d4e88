"""The lines of the register by theme: in the order of the plan, then as a digest ranks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consult.analysis.opposites import Opposites
from consult.domain.comment import Comment, Submission
from consult.domain.consultation import Plan
from consult.domain.decision import Decision
from consult.domain.lexicon import Lexicon
from consult.domain.register_theme import RegisterTheme
from consult.domain.theme import Theme
from consult.domain.voice import Voice
from consult.services.digest_counts import People, tally, weight
from consult.services.digest_figures import FigureGrouper
from consult.services.digest_read import told_of
from consult.services.digest_voices import VoiceReader
from consult.services.plan_order import label_and_title, ordered_codes


def register_themes(
    *,
    plan: Plan,
    comments: Sequence[Comment],
    themes: Sequence[Theme],
    submissions: Mapping[int, Submission],
    persons: Mapping[int, str],
    answers: Mapping[int, Decision],
    lexicon: Lexicon,
    processes: int = 1,
) -> tuple[RegisterTheme, ...]:
    """Return a line per theme and section; a comment without a theme has one of its own.

    The same for any number of processes.
    """
    known = {theme.id: theme for theme in themes}
    groups: dict[tuple[str, int, int], list[Comment]] = {}
    for comment in comments:
        theme = comment.theme if comment.theme in known else None
        key = (comment.section, theme or 0, 0 if theme else comment.number)
        groups.setdefault(key, []).append(comment)
    people = People(submissions, persons)
    reader = VoiceReader(Opposites(lexicon.opposites), FigureGrouper(plan, lexicon), people)
    place = {code: at for at, code in enumerate(ordered_codes(plan))}
    read = [reader.prepared(own, known.get(theme)) for (_, theme, _), own in groups.items()]
    told = told_of(reader.teller, [one.group for one in read], processes)
    lines = [
        _line(section, members, reader.voices(one, said), people, plan, answers)
        for ((section, _, _), members), one, said in zip(groups.items(), read, told, strict=True)
    ]
    return tuple(
        sorted(
            lines,
            key=lambda line: (
                place.get(line.section, len(place)),
                line.section,
                weight(line.counts, line.numbers),
            ),
        )
    )


def _line(
    section: str,
    members: Sequence[Comment],
    voices: Sequence[Voice],
    people: People,
    plan: Plan,
    answers: Mapping[int, Decision],
) -> RegisterTheme:
    decided = [answers[c.number] for c in members if c.number in answers]
    senders = [people.submissions[c.submission] for c in members]
    return RegisterTheme(
        section,
        *label_and_title(plan, section),
        label=voices[0].text,
        counts=people.counts(members),
        speakers=tally(sender.speaker for sender in senders),
        channels=tally(sender.channel for sender in senders),
        numbers=tuple(sorted(c.number for c in members)),
        dispositions=tally(decision.ruling.disposition for decision in decided),
        answers=tuple(dict.fromkeys(d.words for d in decided if d.words)),
        voices=tuple(voices) if len(voices[0].numbers) < len(members) else (),
    )
