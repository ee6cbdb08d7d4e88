"""The one page that is enough to work here."""

from __future__ import annotations

from flask import render_template

from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff


@staff.get("/help")
def guide() -> str:
    """Show how a chapter is dealt with, the keys, and the switch for them."""
    return render_template("staff/guide.html", form=TokenForm(formdata=None))
