"""What the frame of every page shows: files with their version, languages, who is signed in."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, g, request, url_for

from consult.web.desk import desk
from consult.web.language import LANGUAGES
from consult.web.staff.sign_in_form import SignOutForm


def install(app: Flask) -> None:
    """Make them known to the templates."""
    folder = Path(app.static_folder or "")
    stamps = {path.name: _stamp(path) for path in sorted(folder.iterdir())}

    @app.template_global()
    def asset(name: str) -> str:
        """Return the address of a file, which changes whenever the file does."""
        return url_for("static", filename=name, v=stamps[name])

    app.add_template_global(switched)
    app.context_processor(_shown)


def switched(**choice: str) -> str:
    """Return the address of this page in another language (``lang``) or view (``view``)."""
    if request.method == "POST":  # its address may not be opened by a link
        return f"{url_for('public.index')}?{urlencode(choice)}"
    return f"?{urlencode({**request.args.to_dict(), **choice})}"


def _shown() -> dict[str, object]:
    member = g.get("member")
    return {
        "consultation_shown": g.get("consultation"),
        "results_shown": g.get("results_shown", False),
        "simulated": desk().simulation,
        "languages": LANGUAGES,
        "member": member,
        "member_role": g.get("role"),
        "sign_out_form": SignOutForm() if member else None,
    }


def _stamp(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
