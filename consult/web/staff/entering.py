"""Typing in what came by letter, telephone, visit, chat, or was said in a meeting."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from flask import g, render_template, request
from werkzeug.wrappers import Response

from consult.domain.attachment import Enclosure
from consult.domain.comment import Channel, NewSubmission, Receipt
from consult.domain.errors import ConsultError, InputRefused
from consult.intake.minutes import MOST, Speech, speeches_of
from consult.intake.table_words import moment_of
from consult.services.admit import Rules
from consult.services.enter import enclosed, enter, enter_meeting, entered_today
from consult.web.desk import desk, opened
from consult.web.errors import status_of
from consult.web.staff.blueprint import staff
from consult.web.staff.entry_forms import EntryForm, MeetingForm

Answer = str | Response | tuple[str, int]
_SPARE: Final = 1_000_000  # bytes for what stands around the file in a request


@staff.get("/c/<slug>/entries")
def entries(slug: str) -> str:
    """Show the form for one letter, call, visit or message."""
    found = opened(slug)
    return _page(slug, EntryForm(formdata=None).offer(found, desk().today()))


@staff.post("/c/<slug>/entries")
def enter_one(slug: str) -> Answer:
    """Store one, show its receipt, and have the form ready for the next."""
    found, now = opened(slug), desk().today()
    settings = desk().settings
    request.max_content_length = settings.max_body + settings.file_bytes + _SPARE
    form = EntryForm().offer(found, now)
    if not form.validate():
        return _page(slug, form), form.status
    try:
        new = form.submission(now)
        new = _with_files(new, files_sent(settings.file_bytes))
        receipt = enter(
            desk().office, slug=slug, new=new, now=now, actor=g.member.username,
            rules=Rules(max_text=settings.max_text),
        )  # fmt: skip
    except ConsultError as error:
        form.refuse(error)
        return _page(slug, form), status_of(error)
    fresh = EntryForm(formdata=None).offer(found, now).like(form)
    return _page(slug, fresh, receipt)


@staff.route("/c/<slug>/meeting", methods=["GET", "POST"])
def meeting(slug: str) -> Answer:
    """Take the minutes of a meeting apart, show who said what, then store each."""
    found, now = opened(slug), desk().today()
    form = MeetingForm()
    zone = ZoneInfo(found.consultation.window.timezone)
    form.key.data = _token(form.key.data)
    if not form.is_submitted():
        form.received.data = f"{now.astimezone(zone):%Y-%m-%d}"
        return _meeting(slug, form, [])
    speeches = speeches_of(form.minutes.data or "")[:MOST]
    if not form.validate():
        return _meeting(slug, form, speeches), form.status
    try:
        like = NewSubmission("", Channel.MEETING, received=_moment(form, zone, now),
                             key=form.key.data or "")  # fmt: skip
        if not any(speech.speaker for speech in speeches):
            raise InputRefused("entry.no-speeches", field="minutes")
        if request.form.get("act") != "save":
            return _meeting(slug, form, speeches)
        report = enter_meeting(
            desk().office, slug=slug, title=form.title.data or "", speeches=speeches, like=like,
            now=now, actor=g.member.username, rules=Rules(max_text=desk().settings.max_text),
        )  # fmt: skip
    except ConsultError as error:
        form.refuse(error)
        return _meeting(slug, form, speeches), status_of(error)
    return render_template("staff/meeting_done.html", found=found, report=report)


def files_sent(most: int) -> tuple[Enclosure, ...]:
    """Look at the files that were sent with a form; raises ``InputRefused``."""
    sent = [file for file in request.files.getlist("files") if file.filename]
    return tuple(enclosed(file.filename or "", file.read(), most=most) for file in sent)


def _with_files(new: NewSubmission, files: tuple[Enclosure, ...]) -> NewSubmission:
    return replace(new, enclosures=files) if files else new


def _token(given: str | None) -> str:
    try:
        return str(uuid.UUID(given or ""))
    except ValueError:
        return str(uuid.uuid4())


def _moment(form: MeetingForm, zone: ZoneInfo, now: datetime) -> datetime:
    found = moment_of(form.received.data or "", zone)
    if found is None:
        raise InputRefused("entry.date", field="received")
    return (
        min(found.replace(hour=12), now)
        if found.date() == now.astimezone(zone).date()
        else (found.replace(hour=12))
    )


def _page(slug: str, form: EntryForm, receipt: Receipt | None = None) -> str:
    count = entered_today(desk().office, slug=slug, actor=g.member.username)
    return render_template(
        "staff/entries.html", found=opened(slug), form=form, receipt=receipt, count=count
    )


def _meeting(slug: str, form: MeetingForm, speeches: list[Speech]) -> str:
    return render_template("staff/meeting.html", found=opened(slug), form=form, speeches=speeches)
