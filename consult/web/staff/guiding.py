"""The one page that is enough to work here."""

from __future__ import annotations

from flask import g, render_template

from consult.services.browse import every_consultation
from consult.web.desk import desk
from consult.web.forms import TokenForm
from consult.web.staff.blueprint import staff


@staff.get("/help")
def guide() -> str:
    """Show how a chapter is dealt with, the keys, and the switch for them."""
    every = every_consultation(desk().office)
    found = [item for item in every if g.member.role_in(item.slug) is not None]
    return render_template("staff/guide.html", form=TokenForm(formdata=None), consultations=found)
