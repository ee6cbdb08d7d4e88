"""The files of a form: taken in whenever the form is sent on, whatever else is wrong with it."""

from __future__ import annotations

from typing import Protocol

from flask import request
from wtforms import HiddenField

from consult.domain.attachment import Attachment
from consult.domain.errors import ConsultError
from consult.services.limit import limit
from consult.services.uploads import FileRules, drop_file, keep_files, kept_files
from consult.settings import Settings
from consult.web.desk import client, desk
from consult.web.language import say

# For the dialogue in which a file is chosen; what is taken is decided by content (intake.letter).
ACCEPT = ".docx,.pdf,.xlsx,.jpg,.jpeg,.png"
_SPARE = 1_000_000  # bytes for what stands around the files in a request


class WithFiles(Protocol):
    """A form that files lie with: under its token, until it is sent."""

    token: str
    kept: tuple[Attachment, ...]
    refused: list[str]
    attached: HiddenField


def rules(settings: Settings) -> FileRules:
    """Return the limits of files."""
    return FileRules(settings.file_count, settings.file_bytes, settings.upload_bytes)


def allow(settings: Settings) -> None:
    """Let this request be as large as a text with all its files."""
    if request.mimetype == "multipart/form-data":
        request.max_content_length = settings.max_body + 2 * settings.upload_bytes + _SPARE


def take_files(form: WithFiles, *, asked: bool = True) -> None:
    """Keep the files that were sent with the form; each that is refused is an error of its own.

    Where the office does not ask for files (``asked``), none is taken.
    """
    office, settings = desk().office, desk().settings
    sent = [f for f in request.files.getlist("files") if f.filename]
    if sent and asked:
        given = [(file.filename or "", file.read()) for file in sent]
        try:
            limit(office, act="upload", client=client(), per_hour=settings.posts_per_hour)
            refused = keep_files(office, token=form.token, given=given, rules=rules(settings))
            form.refused = [say(item.error) for item in refused]
        except ConsultError as error:  # too many, or nothing can be stored: the words stay
            form.refused = [say(error)]
    show_files(form)
    form.attached.data = ",".join(file.storage for file in form.kept)


def show_files(form: WithFiles) -> None:
    """Let the form show the files that lie with it."""
    form.kept = kept_files(desk().office, token=form.token)


def take_out(form: WithFiles, storage: str) -> None:
    """Remove a file from a form."""
    drop_file(desk().office, token=form.token, storage=storage)
    show_files(form)
    form.attached.data = ",".join(file.storage for file in form.kept)
