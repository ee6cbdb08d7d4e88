"""The comment form: shape only; what a comment means is the service's business."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeSerializer
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from consult.domain.comment import Channel, NewSubmission, Speaker
from consult.domain.consultation import GENERAL, Plan
from consult.domain.errors import InputRefused
from consult.domain.text import is_blank, single_line
from consult.web.filters import code_name, term
from consult.web.forms import TokenForm, storable
from consult.web.language import say
from consult.web.section_choices import section_choices

NAME_LENGTH = 100  # characters
CONTACT_LENGTH = 200
UNSAID = "unsaid"  # the choice that stands for Speaker.UNKNOWN: a radio button needs some value


class CommentForm(TokenForm):
    """What a citizen fills in. ``offer`` must be called before anything else."""

    text = TextAreaField()
    section = SelectField(default="")
    speaker = RadioField(default=UNSAID)
    name = StringField()
    contact = StringField()
    privacy = BooleanField()
    publish = BooleanField()
    website = StringField()  # the trap for machines: people never see it
    key = HiddenField()  # signed: a token of this form, and when it was opened

    def offer(self, plan: Plan, *, limit: int, now: datetime) -> CommentForm:
        """Fill in what can be chosen, the limit of the text, and the key of this form."""
        self.limit = limit
        rest = [("", _("不指定，由工作人员归类")), (GENERAL, code_name(GENERAL))]
        self.section.choices = section_choices(plan, beyond=rest)
        said = [SelectChoice(item.value, term(item)) for item in Speaker if item.value]
        self.speaker.choices = [*said, SelectChoice(UNSAID, _("不说明"))]
        signer = URLSafeSerializer(current_app.secret_key or "", salt="comment form")
        try:
            self.token, opened = signer.loads(self.key.data or "")
        except BadData:
            self.token, opened = secrets.token_urlsafe(24), now.isoformat()
            self.key.data = signer.dumps([self.token, opened])
        self.opened = datetime.fromisoformat(opened)
        return self

    def validate_text(self, field: TextAreaField) -> None:
        """Refuse an empty or too long text, and what no database can hold."""
        _check(field)
        if is_blank(field.data):
            raise ValidationError(_("请写下您的意见。"))
        if len(field.data) > self.limit:
            raise ValidationError(
                _(
                    "意见最多 %(limit)s 个字，现在有 %(length)s 个。请删短，或者分两次提交。",
                    limit=self.limit,
                    length=len(field.data),
                )
            )

    def validate_name(self, field: StringField) -> None:
        """Refuse a name no database can hold, or one that is too long."""
        _line(field, NAME_LENGTH, _("姓名或单位最多 %(limit)s 个字。", limit=NAME_LENGTH))

    def validate_contact(self, field: StringField) -> None:
        """Refuse contact data no database can hold, or too long ones."""
        _line(field, CONTACT_LENGTH, _("联系方式最多 %(limit)s 个字。", limit=CONTACT_LENGTH))

    def validate_privacy(self, field: BooleanField) -> None:
        """Ask for consent to the privacy notice."""
        if not field.data:
            raise ValidationError(_("请先阅读个人信息保护说明，并勾选同意。"))

    def validate_website(self, field: StringField) -> None:
        """Explain the trap, empty it, and keep everything else."""
        if field.data:
            field.data = ""
            raise ValidationError(
                _("有一个不显示的空栏被填上了（可能是浏览器自动填写），已为您清空，请再提交一次。")
            )

    def speaker_name(self) -> str:
        """Return who speaks, in words."""
        return term(self._speaker())

    def submission(self, privacy_version: str) -> NewSubmission:
        """Return the submission, under a key that changes with its content.

        A double click stores once; a form taken up again for another comment stores that one too.
        """
        return NewSubmission(
            text=self.text.data,
            channel=Channel.WEB,
            speaker=self._speaker(),
            name=self.name.data or "",
            contact=self.contact.data or "",
            chosen=(self.section.data,) if self.section.data else (),
            publish=self.publish.data,
            privacy_version=privacy_version,
            key=f"web:{self.token}:{self._content()}",
        )

    def _speaker(self) -> Speaker:
        return Speaker("" if self.speaker.data == UNSAID else self.speaker.data)

    def _content(self) -> str:
        fields = (self.text, self.section, self.speaker, self.name, self.contact, self.publish)
        joined = "\x00".join(str(field.data or "") for field in fields)
        return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()[:32]


def _check(field: StringField) -> None:
    try:
        storable(field)
    except InputRefused as error:
        raise ValidationError(say(error)) from error


def _line(field: StringField, limit: int, message: str) -> None:
    _check(field)
    field.data = single_line(field.data)
    if len(field.data) > limit:
        raise ValidationError(message)
