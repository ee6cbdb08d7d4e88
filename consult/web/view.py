"""How large and how plain the pages are: as usual, or 长辈版, as ``?view=`` asked for.

The choice is kept in the one session cookie, like the language. 长辈版 is the standard name of a
view with text of at least 18 pt, targets of at least 60 px and high contrast.
"""

from __future__ import annotations

from typing import Final

from flask import Flask, request, session

from consult.web.language import PROGRAMS

ELDER: Final = "elder"
STANDARD: Final = "standard"


def install(app: Flask) -> None:
    """Keep what was asked for, and tell the templates."""

    @app.before_request
    def remember() -> None:
        asked = "" if request.path.startswith(PROGRAMS) else request.args.get("view", "")
        if asked == ELDER:
            session["view"] = ELDER
        elif asked == STANDARD:
            session.pop("view", None)

    @app.template_global()
    def elder() -> bool:
        """Tell whether this visitor reads 长辈版."""
        return session.get("view") == ELDER
