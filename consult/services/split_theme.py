"""Split a theme: some of its comments ask for something else and become a theme of their own."""

from __future__ import annotations

from collections.abc import Iterable

from consult.analysis.segment import Segmenter
from consult.analysis.themes_portrait import portraits
from consult.analysis.word_lists import WordLists
from consult.domain.comment import Comment
from consult.domain.errors import InputRefused
from consult.domain.theme import Theme, ThemeState
from consult.services.office import Office
from consult.services.theme_decision import checked_label, checked_members, deciding
from consult.store import comments, consultations, themes


def split_theme(
    office: Office,
    *,
    slug: str,
    theme: int,
    numbers: Iterable[int],
    why: str,
    actor: str,
    seen: str,
    label: str = "",
) -> int:
    """Take comments out into a theme of their own; both are adopted and never come together again.

    Returns the id of the new theme, which is called by ``label`` or by its best ask. Raises
    ``NotFound``, ``Conflict``, and ``InputRefused``: none chosen, all chosen, strangers, no reason.
    """
    named = checked_label(label) if label else ""
    with deciding(
        office, slug=slug, verb="theme-split", actor=actor, why=why, needs_why=True
    ) as decision:
        whole = decision.look(theme, seen)
        chosen = checked_members(numbers, whole)
        rest = tuple(number for number in whole.members if number not in set(chosen))
        if not rest:
            raise InputRefused("theme.all-chosen", field="numbers")
        decision.adopt(whole)
        own = decision.found(new_theme(office, decision.consultation, whole.section, chosen))
        if named:
            themes.set_standing(office.store.db, own, ThemeState.ADOPTED, named)
        decision.place(chosen, own)
        decision.keep_apart(chosen, rest)
        decision.values |= {"into": own, **({"label": named} if named else {})}
    return own


def new_theme(office: Office, consultation: int, section: str, numbers: tuple[int, ...]) -> Theme:
    """Return an adopted theme of comments, described as a run would describe it (id 0)."""
    db = office.store.db
    members: tuple[Comment, ...] = comments.by_numbers(db, consultation, numbers)
    segmenter = Segmenter(consultations.knowledge(db, consultation).lexicon.words)
    texts = [comment.text for comment in members]
    words = WordLists.of(segmenter.words_of(texts))
    portrait = portraits([range(len(texts))], texts, words)[0]
    return Theme(
        id=0,
        section=section,
        label=portrait.label,
        label_from=members[portrait.label_from].number,
        members=numbers,
        central=members[portrait.central].number,
        keywords=portrait.keywords,
        state=ThemeState.ADOPTED,
    )
