"""The forms with which staff decide about themes; ``seen`` is the stamp of what was shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from flask_babel import gettext as _
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField

from consult.services.move_comment import ALONE
from consult.services.theme_view import ThemeLine
from consult.web.forms import TokenForm

_MOST_OFFERED: Final = 300  # themes in one select: more cannot be read anyway


class ThemeForm(TokenForm):
    """What every act needs: the stamp and the reason."""

    seen = HiddenField()
    why = StringField()

    def resume(self, values: Mapping[str, str]) -> None:
        """Fill in what was typed before the session ran out."""
        for name, value in values.items():
            if name in self._fields and value:
                self._fields[name].process_data(value)


class LabelForm(ThemeForm):
    """A name, and nothing else to fill in."""

    label = StringField()


class TargetForm(ThemeForm):
    """Another theme of the section."""

    target = SelectField(coerce=int, validate_choice=False)

    def offer(self, lines: Sequence[ThemeLine], *, alone: bool = False) -> None:
        """Fill in the themes that can be chosen; ``alone`` adds a theme of one's own."""
        chinese = {"lang": "zh-Hans"}
        own = [(ALONE, str(_("单独成为一组")))] if alone else []
        self.target.choices = [
            *own,
            *((line.theme.id, f"{line.theme.id} {line.theme.label}", chinese)
              for line in lines[:_MOST_OFFERED]),
        ]  # fmt: skip


class MembersForm(LabelForm):
    """Some of the theme's comments; ``belong`` is the button that was pressed."""

    numbers = SelectMultipleField(coerce=int, validate_choice=False)
    belong = HiddenField()
