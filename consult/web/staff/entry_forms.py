"""The forms for what staff type in: letters and calls, a meeting, a refused item put right."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import gettext as _
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from consult.domain.comment import Channel, NewSubmission, Speaker
from consult.domain.consultation import GENERAL, Window
from consult.domain.text import is_blank, single_line
from consult.intake.table_words import moment_of
from consult.services.browse import Published
from consult.web.filters import code_name, term
from consult.web.forms import TokenForm, storable
from consult.web.section_choices import section_choices

# The ways in which somebody else has to type what was said, most frequent first.
TYPED: Final = (
    Channel.TELEPHONE, Channel.LETTER, Channel.VISIT, Channel.WECHAT, Channel.MEETING,
    Channel.EMAIL, Channel.TABLE,
)  # fmt: skip
_LINE: Final = 200  # characters of a name or a contact


class EntryForm(TokenForm):
    """What somebody said, who it was, when and how it came. ``offer`` must be called first."""

    channel = SelectField()
    received = StringField()
    section = SelectField()
    text = TextAreaField()
    speaker = SelectField()
    name = StringField()
    contact = StringField()
    publish = BooleanField()
    files = FileField()
    key = HiddenField()

    def offer(self, found: Published, now: datetime) -> EntryForm:
        """Fill in what can be chosen; a key that makes a second press store once."""
        self.window: Window = found.consultation.window
        self.channel.choices = [(channel.value, term(channel)) for channel in TYPED]
        self.speaker.choices = [(speaker.value, term(speaker)) for speaker in Speaker]
        none = [("", _("由系统归类")), (GENERAL, code_name(GENERAL))]
        self.section.choices = section_choices(found.plan, beyond=none)
        if not self.is_submitted():
            self.received.data = self.received.data or f"{self._local(now):%Y-%m-%d}"
            self.channel.data = self.channel.data or Channel.TELEPHONE.value
        try:
            self.key.data = str(uuid.UUID(self.key.data or ""))
        except ValueError:
            self.key.data = str(uuid.uuid4())
        return self

    def fill(self, values: Mapping[str, str]) -> EntryForm:
        """Fill in what could be read of a refused item; its contact stays out of sight."""
        for name in ("channel", "received", "text", "speaker", "name"):
            if values.get(name):
                self._fields[name].data = values[name]
        reason = values.get("reason", "")
        if reason:
            self.text.data = f"{self.text.data or ''}\n{_('理由：')}{reason}".strip()
        if "T" in (self.received.data or ""):
            moment = datetime.fromisoformat(str(self.received.data))
            self.received.data = f"{self._local(moment):%Y-%m-%d}"
        return self

    def like(self, other: EntryForm) -> EntryForm:
        """Keep what the next one probably has in common with the last."""
        for name in ("channel", "received", "section", "speaker"):
            self._fields[name].data = other._fields[name].data
        return self

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.window.timezone))

    def validate_text(self, field: TextAreaField) -> None:
        """Ask for the words unless a file has them."""
        storable(field)
        sent = request.files.get("files")
        if is_blank(field.data or "") and not (sent and sent.filename):
            raise ValidationError(_("请录入意见内容，或附上扫描件。"))

    def validate_name(self, field: StringField) -> None:
        """Put the name into one line."""
        field.data = single_line(field.data or "", strict=False)[:_LINE]

    def validate_contact(self, field: StringField) -> None:
        """Put the contact into one line."""
        field.data = single_line(field.data or "", strict=False)[:_LINE]

    def validate_received(self, field: StringField) -> None:
        """Ask for a day (and a time, if somebody noted one)."""
        field.data = single_line(field.data or "", strict=False)[:40]
        if self.moment() is None:
            raise ValidationError(_("请按 2022-10-01 的样子填写日期。"))

    def moment(self) -> datetime | None:
        """Return when it came: at noon of the day where no time is given, now for today."""
        found = moment_of(self.received.data or "", ZoneInfo(self.window.timezone))
        if found is not None and found.time() == time():
            return found.replace(hour=12)
        return found

    def submission(self, now: datetime) -> NewSubmission:
        """Return what was entered; what came today came now."""
        moment = self.moment()
        if moment is not None and moment.date() == self._local(now).date():
            moment = min(moment, now)
        section = self.section.data or ""
        return NewSubmission(
            text=self.text.data or "",
            channel=Channel(self.channel.data),
            speaker=Speaker(self.speaker.data or ""),
            name=self.name.data or "",
            contact=self.contact.data or "",
            chosen=(section,) if section else (),
            publish=bool(self.publish.data),
            received=moment,
            key=self.key.data or "",
        )


class MeetingForm(TokenForm):
    """The minutes of a meeting: when it was, and who said what."""

    title = StringField()
    received = StringField()
    minutes = TextAreaField()
    key = HiddenField()

    def validate_title(self, field: StringField) -> None:
        """Ask what the meeting was."""
        field.data = single_line(field.data or "", strict=False)[:_LINE]
        if not field.data:
            raise ValidationError(_("请填写会议名称。"))

    def validate_minutes(self, field: TextAreaField) -> None:
        """Ask for the minutes."""
        storable(field)
        if is_blank(field.data or ""):
            raise ValidationError(_("请粘贴会议记录。"))


class SetAsideForm(TokenForm):
    """Why a refused item is nothing to take in."""

    why = StringField()


class OpenRefusedForm(TokenForm):
    """Why the original of a refused item is opened."""

    open_why = StringField()
