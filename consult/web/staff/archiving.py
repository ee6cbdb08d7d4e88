"""The archive of a consultation as a download; without keys, which leave by the command alone."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import g, render_template, send_file
from werkzeug.wrappers import Response

from consult.services.archive import archive as write_archive
from consult.web.desk import as_of, desk, opened
from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff

_ZIP = "application/zip"


@staff.get("/c/<slug>/archive")
def archive(slug: str) -> str:
    """Say what an archive holds."""
    return _page(slug, TokenForm(formdata=None))


@staff.post("/c/<slug>/archive")
def archive_file(slug: str) -> Response | tuple[str, int]:
    """Write the archive and hand it out; nothing of it stays on the server."""
    form = TokenForm()
    if not form.validate():
        return _page(slug, form), form.status
    window = opened(slug).consultation.window
    with tempfile.TemporaryDirectory(dir=desk().office.store.path.parent) as folder:
        done = write_archive(
            desk().office, slug=slug, target=Path(folder) / "archive.zip", as_of=as_of(window),
            rehearsal=desk().simulated, actor=g.member.username,
        )  # fmt: skip
        file = done.path.open("rb")  # stays readable when its folder is gone
    return send_file(file, mimetype=_ZIP, as_attachment=True, download_name=f"{slug}-archive.zip")


def _page(slug: str, form: TokenForm) -> str:
    return render_template("staff/archive.html", found=opened(slug), form=form)
