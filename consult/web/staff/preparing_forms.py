"""The forms with which a consultation is created, worded, opened and extended."""

from __future__ import annotations

from datetime import date, time

from flask_babel import gettext as _
from wtforms import FileField, SelectField, StringField, TextAreaField, ValidationError

from consult.domain.consultation import Consultation, Plan, Window
from consult.domain.errors import InputRefused
from consult.domain.knowledge import Knowledge
from consult.domain.lexicon import SectionWords
from consult.domain.questions import FIELDS
from consult.services.prepare import BEYOND, SectionEdit
from consult.web.forms import TokenForm

# What a new consultation says of personal data until the office has worded its own; Chinese as all
# that an office says.
PRIVACY = (
    "您可以不留姓名和联系方式。留下的姓名和联系方式只用于核实、联系和答复，加密保存，与意见内容分开，"
    "不公开，征求意见结束后按规定期限删除。您可以凭回执编号和查询码查看、更正、撤回意见，"
    "也可以随时要求删除联系方式。"
)
_KEPT = ("window_reason", "summary", "next_steps", "privacy", "answer_by")
_CHANNELS = ("letter", "email", "telephone", "visit")


def day(field: StringField) -> date | None:
    """Return a typed date; raises ``InputRefused("assign.day")`` naming the field."""
    text = (field.data or "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputRefused("assign.day", field=field.name) from error


class NewForm(TokenForm):
    """The draft and what its file does not say."""

    file = FileField()
    slug = StringField()
    title = StringField()
    name = StringField()
    opens = StringField()
    closes = StringField()

    def validate_slug(self, field: StringField) -> None:
        """Ask for a short name."""
        field.data = (field.data or "").strip().lower()
        if not field.data:
            raise ValidationError(_("请填写网址中的名称。"))


class TextsForm(TokenForm):
    """Everything the office words itself, and what the form asks for."""

    title = StringField()
    name = StringField()
    opens = StringField()
    closes = StringField()
    answer_by = StringField()
    window_reason = TextAreaField()
    summary = TextAreaField()
    next_steps = TextAreaField()
    privacy = TextAreaField()
    letter = TextAreaField()
    email = StringField()
    telephone = StringField()
    visit = TextAreaField()
    ask_speaker = SelectField()
    ask_name = SelectField()
    ask_contact = SelectField()
    ask_publish = SelectField()
    ask_amendment = SelectField()
    ask_files = SelectField()

    def offer(self, known: Consultation) -> TextsForm:
        """Fill in what holds unless something was sent."""
        words = {"off": _("不问"), "optional": _("选填"), "required": _("必填")}
        for name, values in FIELDS.items():
            self._fields[f"ask_{name}"].choices = [(v.value, str(words[v.value])) for v in values]
        if self.is_submitted():
            return self
        self.title.data, self.name.data = known.title, known.office
        self.opens.data = known.window.opens.isoformat()
        self.closes.data = known.window.closes.isoformat()
        for name in _KEPT:
            self._fields[name].data = known.texts.get(name, "")
        for name in _CHANNELS:
            self._fields[name].data = known.texts.get(f"channel.{name}", "")
        for name in FIELDS:
            self._fields[f"ask_{name}"].data = known.texts.get(f"field.{name}", "optional")
        return self

    def texts(self) -> dict[str, str]:
        """Return what was filled in, as texts of the consultation."""
        day(self.answer_by)
        found = {name: self._fields[name].data or "" for name in _KEPT}
        found |= {f"channel.{name}": self._fields[name].data or "" for name in _CHANNELS}
        return found | {f"field.{n}": self._fields[f"ask_{n}"].data for n in FIELDS}

    def window(self, known: Consultation) -> Window | None:
        """Return the days, None where one is missing."""
        opens, closes = day(self.opens), day(self.closes)
        return Window(opens, closes, known.window.timezone) if opens and closes else None


class SectionForm(TokenForm):
    """Summary, words and example sentences of a section; ``tried`` are sentences to try."""

    summary = TextAreaField()
    terms = TextAreaField()
    everyday = TextAreaField()
    exemplars = TextAreaField()
    tried = TextAreaField()

    def offer(self, plan: Plan, knowledge: Knowledge, code: str) -> SectionForm:
        """Fill in what holds unless something was sent."""
        if self.is_submitted():
            return self
        node = plan.find(code)
        words = knowledge.lexicon.sections.get(code, SectionWords())
        if code in BEYOND:
            words = SectionWords(getattr(knowledge.lexicon, code))
        mine = [e.text for e in knowledge.exemplars if e.section == code]
        self.summary.data = node.summary if node else ""
        self.terms.data, self.everyday.data = "\n".join(words.terms), "\n".join(words.everyday)
        self.exemplars.data = "\n".join(mine)
        return self

    def edit(self) -> SectionEdit:
        """Return what was filled in."""
        return SectionEdit(
            self.summary.data or "", lines(self.terms), lines(self.everyday), lines(self.exemplars)
        )


class OpenForm(TokenForm):
    """Publish, rehearse on a date, or change the last day with a reason."""

    simulated = StringField()
    closes = StringField()
    until = StringField()
    why = StringField()


def clock(field: StringField) -> time | None:
    """Return a typed time, None for none or 24:00; raises ``InputRefused("window.clock")``."""
    text = (field.data or "").strip().replace("：", ":")
    if text in {"", "24:00"}:
        return None
    try:
        return time.fromisoformat(text.zfill(5)).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise InputRefused("window.clock", field=field.name) from error


def lines(field: TextAreaField) -> tuple[str, ...]:
    """Return the lines of a text, each once, without blanks around."""
    return tuple(dict.fromkeys(x.strip() for x in (field.data or "").splitlines() if x.strip()))
