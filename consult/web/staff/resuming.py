"""What a process left undone when it died is gone on with as soon as somebody opens a page."""

from __future__ import annotations

from flask import current_app, g

from consult.services.resume import resume
from consult.web.desk import desk
from consult.web.staff.blueprint import staff


@staff.before_request
def _resume() -> None:
    """Look for acts that were left behind; finishing them keeps nobody waiting."""
    if g.get("member") is not None:
        resume(desk().office, told=current_app.logger.error)
