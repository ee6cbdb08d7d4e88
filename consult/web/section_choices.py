"""The sections of a plan as the choices of a select, by chapter."""

from __future__ import annotations

from flask_babel import gettext as _
from wtforms import SelectChoice

from consult.domain.consultation import Plan
from consult.web.filters import section_name


def section_choices(plan: Plan, *, beyond: list[tuple[str, str]]) -> list[SelectChoice]:
    """Return all chapters and sections; ``beyond`` are codes and words of what is no section.

    A closed select shows the option alone, so each one says in which chapter it is.
    """
    none = _("不针对某一节")
    choices = [SelectChoice(code, words, optgroup=none) for code, words in beyond]
    for chapter in plan.chapters:
        named = [(n.code, section_name(n.code, plan)) for n in chapter.walk() if not n.sections]
        if chapter.sections:
            named = [(chapter.code, _("%(heading)s（整章）", heading=chapter.heading)), *named]
        chinese = {"lang": "zh-Hans"}  # the plan is not translated, whatever the page is
        choices += [SelectChoice(*pair, chinese, chapter.heading) for pair in named]
    return choices
