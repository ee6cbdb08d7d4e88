"""The sections of a plan as the choices of a select, by chapter."""

from __future__ import annotations

from flask_babel import gettext as _
from wtforms import SelectChoice

from consult.domain.consultation import Plan


def section_choices(plan: Plan, *, beyond: list[tuple[str, str]]) -> list[SelectChoice]:
    """Return all chapters and sections; ``beyond`` are codes and words of what is no section."""
    none = _("不针对某一节")
    choices = [SelectChoice(code, words, optgroup=none) for code, words in beyond]
    for chapter in plan.chapters:
        if chapter.sections:
            choices.append(SelectChoice(chapter.code, _("整章"), optgroup=chapter.heading))
        leaves = [node for node in chapter.walk() if not node.sections]
        chinese = {"lang": "zh-Hans"}  # the plan is not translated, whatever the page is
        choices += [SelectChoice(n.code, n.heading, chinese, chapter.heading) for n in leaves]
    return choices
