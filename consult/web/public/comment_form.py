"""The comment form: shape only; what a comment means is the service's business."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Any

from flask import request
from flask_babel import gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectChoice,
    StringField,
    ValidationError,
)

from consult.domain.attachment import Attachment
from consult.domain.comment import Speaker
from consult.domain.consultation import Consultation, Plan
from consult.domain.entry import Composed, compose
from consult.domain.errors import ConsultError
from consult.domain.questions import Questions, questions
from consult.domain.terms import SPEAKERS
from consult.domain.text import is_blank, single_line
from consult.web.desk import desk
from consult.web.filters import term
from consult.web.forms import TokenForm
from consult.web.language import say
from consult.web.public.entry_form import EntryForm, line
from consult.web.public.form_key import FormKey, new_key, read_key
from consult.web.public.said import (
    CONTACT_LENGTH,
    NAME_LENGTH,
    UNSAID,
    Said,
    count_of,
    picked,
    stored_names,
)

_NOT_SENT_ON = {"csrf_token", "files"}  # a token is made anew, files lie with the form


class CommentForm(TokenForm):
    """What a citizen fills in. ``offer`` must be called before anything else."""

    entries = HiddenField(default="1")
    files = MultipleFileField()
    speaker = RadioField(default=UNSAID)
    name = StringField()
    contact = StringField()
    privacy = BooleanField()
    publish = BooleanField()
    attached = HiddenField()  # the stored names of the files that were checked
    website = StringField()  # the trap for machines: people never see it
    key = HiddenField()  # signed: a token of this form, and when it was opened

    def offer(
        self,
        consultation: Consultation,
        plan: Plan,
        *,
        limit: int,
        now: datetime,
        clock: datetime,
        saved: Mapping[str, str] | None = None,
    ) -> CommentForm:
        """Fill in what can be chosen, the limit of the text, the key, and what was saved before.

        ``now`` is the consultation's time, ``clock`` the real one.
        """
        saved = saved or {}
        self.entries.data = saved.get("entries", self.entries.data)
        self.key.data = saved.get("key", self.key.data)
        # What people do not type, but machines may: nothing of it comes back onto a page as it is.
        self.attached.data = stored_names(self.attached.data or "")
        self.website.data = single_line(self.website.data or "", strict=False)[:NAME_LENGTH]
        self.limit = limit
        self.kept: tuple[Attachment, ...] = ()
        self.refused: list[str] = []  # what is to be said of files that were not taken
        self.asked = questions(consultation.texts)
        self.parts = [
            self._part(number).offer(plan)
            for number in range(1, count_of({"entries": self.entries.data or "1"}) + 1)
        ]
        self.speaker.choices = _speakers(self.asked)
        self._read_key(now, clock)
        self._take(saved)
        return self

    def _part(self, number: int) -> EntryForm:
        prefix = "" if number == 1 else f"e{number}"
        return EntryForm(prefix=prefix)

    def add_part(self, plan: Plan) -> None:
        """Add an empty entry at the end."""
        self.parts.append(self._part(len(self.parts) + 1).offer(plan))
        self.entries.data = str(len(self.parts))

    def forgive(self) -> None:
        """Say nothing of what is wrong: the form is not being sent on."""
        for field in chain(self, *self.parts):
            if field.name not in _NOT_SENT_ON:
                field.errors = []

    def _read_key(self, now: datetime, clock: datetime) -> None:
        secret = desk().office.keys.session_secret
        found = read_key(self.key.data or "", secret=secret)
        if found is None:
            self.key.data = new_key(now, clock, secret=secret)
            found = read_key(self.key.data, secret=secret)
        assert found is not None  # noqa: S101 - our own key, for the type checker
        self.own_key: FormKey = found
        self.token, self.opened = found.token, found.opened

    def _take(self, values: Mapping[str, str]) -> None:
        for field in chain(self, *self.parts):
            if field.name in values and field.name not in _NOT_SENT_ON | {"entries", "key"}:
                filled = values[field.name]
                field.data = bool(filled) if isinstance(field, BooleanField) else filled

    def composed(self) -> Composed:
        """Return the entries as one text."""
        return compose([part.entry() for part in self.parts])

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every entry and the rest; nothing is lost where something is wrong."""
        right = [part.validate() for part in self.parts]
        right.append(super().validate(extra_validators))
        self.files.errors = [*self.refused]
        right.append(not self.refused)
        text = self.parts[0].text
        words = self.composed().text
        files = self.kept or self.attached.data
        if is_blank(words) and not files and not text.errors:
            text.errors = (*text.errors, _("请写下您的意见。"))
            right.append(False)
        if len(words) > self.limit:
            message = _(
                "意见最多 %(limit)s 个字，现在有 %(length)s 个。请删短，或者分两次提交。",
                limit=self.limit,
                length=len(words),
            )
            text.errors = (*text.errors, message)
            right.append(False)
        return all(right)

    @property
    def errors(self) -> dict[str, Any]:
        """All messages, by the name of their field."""
        found = dict(super().errors)
        for part in self.parts:
            found |= {field.name: field.errors for field in part if field.errors}
        return found

    def complaints(self) -> Iterator[tuple[str, str]]:
        """Yield anchor and message of every error, in the order of the form."""
        for field in chain(*self.parts):
            for message in field.errors:
                yield field.id, message
        yield from super().complaints()

    def refuse(self, error: ConsultError) -> None:
        """Put a refusal of the service beside the field it concerns, or beside the first one."""
        named = getattr(error, "field", "")
        own = {field.short_name: field for field in self.parts[0]}
        field = self._fields.get(named) or own.get(named) or self.parts[0].text
        field.errors = (*field.errors, say(error))

    def validate_speaker(self, field: RadioField) -> None:
        """Ask who speaks where the office wants to know."""
        if self.asked.needs("speaker") and field.data == UNSAID:
            raise ValidationError(_("请选择您以什么身份提意见。"))

    def validate_name(self, field: StringField) -> None:
        """Refuse a name no database can hold, or one that is too long."""
        line(field, NAME_LENGTH, _("姓名或单位最多 %(limit)s 个字。", limit=NAME_LENGTH))
        if self.asked.needs("name") and not field.data:
            raise ValidationError(_("请填写姓名或单位。"))

    def validate_contact(self, field: StringField) -> None:
        """Refuse contact data no database can hold, or too long ones."""
        line(field, CONTACT_LENGTH, _("联系方式最多 %(limit)s 个字。", limit=CONTACT_LENGTH))
        if self.asked.needs("contact") and not field.data:
            raise ValidationError(_("请填写联系方式。"))

    def validate_privacy(self, field: BooleanField) -> None:
        """Ask for consent to the privacy notice."""
        if not field.data:
            raise ValidationError(_("请先阅读个人信息保护说明，并勾选同意。"))

    def speaker_name(self) -> str:
        """Return who speaks, in the words of the form."""
        words = {choice.value: str(choice.label) for choice in self.speaker.choices}
        return words.get(self.speaker.data, "")

    def carried(self) -> Iterator[tuple[str, str]]:
        """Yield name and value of everything that the next page sends on."""
        for field in chain(self, *self.parts):
            if field.name in _NOT_SENT_ON:
                continue
            if isinstance(field, BooleanField):
                if field.data:
                    yield field.name, "y"
            else:
                yield field.name, field.data or ""

    def said(self) -> Said:
        """Return everything the form says."""
        return Said(
            entries=tuple(part.entry() for part in self.parts),
            key=self.own_key,
            speaker=Speaker("" if self.speaker.data == UNSAID else self.speaker.data),
            name=self.name.data or "",
            contact=self.contact.data or "",
            publish=self.publish.data,
            attached=self.attached.data or "",
            trap=self.website.data or "",
            picked=picked(request.form.items()),
        )


def _speakers(asked: Questions) -> list[SelectChoice]:
    """Return the choices; a word of the office's own is shown as it is in every language."""
    said = []
    for speaker, word in asked.speakers:
        ours = word == SPEAKERS[speaker]
        said.append(SelectChoice(speaker.value, term(speaker) if ours else word))
    return [*said, SelectChoice(UNSAID, _("不说明"))]
