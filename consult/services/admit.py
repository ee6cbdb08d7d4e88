"""What may come in: the limits of a submission, its window, and the gate every channel passes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from consult.domain.comment import NewSubmission
from consult.domain.consultation import GENERAL, OFFPLAN, Plan, Window
from consult.domain.errors import InputRefused, WindowClosed
from consult.domain.text import is_blank, normalise, single_line


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits of intake: characters of one submission, seconds of grace after closing.

    ``per_address`` and ``per_form`` are submissions in an hour, 0 for no limit.
    """

    max_text: int = 20_000
    max_line: int = 200
    grace: int = 0
    per_address: int = 0
    per_form: int = 0


def check(new: NewSubmission, plan: Plan, *, rules: Rules, strict: bool) -> NewSubmission:
    """Pass a submission through the normalising gate; raises ``InputRefused`` naming the field.

    ``strict`` refuses what cannot be stored, because somebody is there to correct it. A submission
    with files may have no words of its own.
    """
    text = normalise(new.text, strict=strict).strip("\n")
    if is_blank(text) and not new.form and not new.enclosures:
        raise InputRefused("text.blank", field="text")
    if len(text) > rules.max_text:
        raise InputRefused("text.too-long", field="text", length=len(text), limit=rules.max_text)
    lines = {
        name: single_line(given, strict=strict) if (given := getattr(new, name)) else ""
        for name in ("name", "contact")
    }
    for name, value in lines.items():
        if len(value) > rules.max_line:
            raise InputRefused("line.too-long", field=name, length=len(value), limit=rules.max_line)
    _check_sections(new, plan, len(text))
    if (text, lines["name"], lines["contact"]) == (new.text, new.name, new.contact):
        return new
    return replace(new, text=text, name=lines["name"], contact=lines["contact"])


def _check_sections(new: NewSubmission, plan: Plan, length: int) -> None:
    beyond = {OFFPLAN, ""}  # what may be said of a point, not of the whole
    named = [*new.chosen, *(c.section for c in new.choices if c.section not in beyond)]
    for code in named:
        if code != GENERAL and plan.find(code) is None:
            section = single_line(code[:40], strict=False)
            raise InputRefused("submission.section", field="section", section=section)
    spans = [*new.spans, *((choice.start, choice.end) for choice in new.choices)]
    # Choices may lie beyond what was typed, in the text of an attachment.
    if any(not 0 <= start <= end for start, end in spans):
        raise InputRefused("submission.span", field="text")
    if any(end > length for _, end in new.spans):
        raise InputRefused("submission.span", field="text")


def admit(window: Window, *, now: datetime, opened: datetime | None, grace: int) -> None:
    """Apply the window to the public; staff may enter late items, which are flagged.

    Raises ``WindowClosed``; a form opened in time may be sent for ``grace`` seconds more.
    """
    state = window.state(now)
    if state == "open":
        return
    in_time = opened is not None and window.start <= opened < window.end
    if state == "closed" and in_time and now < window.end + timedelta(seconds=grace):
        return
    raise WindowClosed(
        f"window.{state}",
        opens=window.opens.isoformat(),
        closes=window.closes.isoformat(),
    )
