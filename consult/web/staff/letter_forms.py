"""The forms of the letters' pages: send, print, note what became of one."""

from __future__ import annotations

from typing import Any, Final

from flask_babel import gettext as _
from wtforms import BooleanField, RadioField, SelectField, StringField

from consult.domain.answer_letter import LetterState, SentLetter
from consult.services.note_letter import NOTES
from consult.web.filters import term
from consult.web.forms import TokenForm
from consult.web.language import mark


class SendForm(TokenForm):
    """Why letters are sent, and whether also to those with comments still unanswered."""

    why = StringField()
    partly = BooleanField()


_FORMS: Final[dict[str, str]] = {
    "docx": mark("一个 Word 文件"),
    "zip": mark("每封一个文件（zip）"),
}


class PaperForm(TokenForm):
    """Why letters are printed, and as what."""

    paper_why = StringField()
    form = RadioField(default="docx")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.choices = [(value, str(_(words))) for value, words in _FORMS.items()]


_STATES: Final = tuple(NOTES)


class NoteForm(TokenForm):
    """What became of a letter, and how one knows."""

    state = SelectField(choices=[])
    why = StringField()

    def offer(self, letter: SentLetter) -> None:
        """Offer what can be noted of this letter."""
        self.state.choices = [
            (state.value, term(state)) for state in _STATES if letter.state in NOTES[state]
        ]

    @property
    def chosen(self) -> LetterState:
        """The state that was chosen."""
        return LetterState(self.state.data)
