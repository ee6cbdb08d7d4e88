"""How values look on a page: dates with weekday and zone, terms in words, paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_date, format_number
from flask_babel import gettext as _
from markupsafe import Markup

from consult.domain import terms
from consult.domain.act import ActState, Deed
from consult.domain.aim import Direction
from consult.domain.amendment import AmendmentKind, Lookup
from consult.domain.answer_letter import LetterState
from consult.domain.comment import Channel, Kind, Origin, Refusal, Speaker
from consult.domain.consultation import Plan
from consult.domain.consultation import Stage as PlanStage
from consult.domain.decision import Stage
from consult.domain.desk import ReferralState
from consult.domain.entry import words_of
from consult.domain.job import Cause, Job, JobState
from consult.domain.ledger import (
    ImportRecord,
    ImportState,
    LedgerItem,
    Outcome,
    RefusalState,
    SourceKind,
)
from consult.domain.masking import Doubt
from consult.domain.plan_match import MatchKind
from consult.domain.queue import Certainty, Copies, Order, Progress
from consult.domain.sample import SampleState
from consult.domain.table import Role as ColumnRole
from consult.domain.theme import ChangeKind, Membership, ThemeState
from consult.domain.triage import Disposition, Role
from consult.web.language import mark
from consult.wording import sentence

# How people call a zone; another one is shown by its own name.
ZONES: Final[dict[str, str]] = {"Asia/Shanghai": mark("北京时间")}
# By type and not in one table: members of two vocabularies may be equal as text.
_TERMS: Final[dict[type[Enum], Mapping[Any, str]]] = {
    Channel: terms.CHANNELS,
    Speaker: terms.SPEAKERS,
    Kind: terms.KINDS,
    Origin: terms.ORIGINS,
    AmendmentKind: terms.AMENDMENTS,
    Lookup: terms.LOOKUPS,
    Doubt: terms.DOUBTS,
    Direction: terms.DIRECTIONS,
    Disposition: terms.DISPOSITIONS,
    Role: terms.ROLES,
    JobState: terms.JOB_STATES,
    ColumnRole: terms.COLUMN_ROLES,
    SourceKind: terms.SOURCE_KINDS,
    Outcome: terms.OUTCOMES,
    ImportState: terms.IMPORT_STATES,
    RefusalState: terms.REFUSAL_STATES,
    Cause: terms.CAUSES,
    LetterState: terms.LETTER_STATES,
    SampleState: terms.SAMPLE_STATES,
    ThemeState: terms.THEME_STATES,
    Membership: terms.MEMBERSHIPS,
    ChangeKind: terms.CHANGES,
    Stage: terms.STAGES,
    PlanStage: terms.PLAN_STAGES,
    MatchKind: terms.MATCHES,
    Progress: terms.PROGRESS,
    Certainty: terms.CERTAINTIES,
    Copies: terms.COPIES,
    Order: terms.ORDERS,
    Deed: terms.DEEDS,
    ActState: terms.ACT_STATES,
    ReferralState: terms.REFERRAL_STATES,
}


def day(value: date) -> str:
    """Return a date with its weekday."""
    return str(format_date(value, "full", rebase=False))


def zone(name: str) -> str:
    """Return the name of a time zone as people say it."""
    return str(_(ZONES[name])) if name in ZONES else name


def moment(value: datetime, timezone: str = "Asia/Shanghai") -> str:
    """Return an instant to the minute, in the consultation's zone."""
    local = value.astimezone(ZoneInfo(timezone))
    return f"{format_date(local.date(), 'long', rebase=False)} {local:%H:%M}"


def day_only(value: date) -> str:
    """Return a date without its weekday."""
    return str(format_date(value, "long", rebase=False))


def megabytes(size: int) -> str:
    """Return the size of a file as people read it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, size // 1000)} KB"


def excerpt(text: str, most: int = 120) -> str:
    """Return the head of a text where the whole stands nearby."""
    return text if len(text) <= most else f"{text[:most]}…"


def wrapped(text: str, width: int) -> list[str]:
    """Cut a text into lines of so many characters, for a drawing."""
    return [text[at : at + width] for at in range(0, len(text), width)]


def term(value: Enum) -> str:
    """Return the word for a member of a closed vocabulary."""
    return str(_(_TERMS[type(value)][value]))


def job_stage(stage: str) -> str:
    """Return the word for a stage of a job."""
    return str(_(terms.JOB_STAGES[stage])) if stage in terms.JOB_STAGES else stage


def job_error(job: Job) -> str:
    """Say why a job came to nothing."""
    return sentence(job.error, job.values, lambda text: str(_(text)))


def refusal_reason(item: Refusal | LedgerItem) -> str:
    """Say why an item was not taken, and what to do."""
    return sentence(item.code, item.values, lambda text: str(_(text)))


def import_error(record: ImportRecord) -> str:
    """Say why an import stopped."""
    return sentence(record.error, record.values, lambda text: str(_(text)))


def code_name(code: str) -> str:
    """Return the word for ``general``, ``offplan`` and the unassigned code."""
    return str(_(terms.CODES[code]))


def section_name(code: str, plan: Plan) -> str:
    """Return how a code is called: citation and title, or the word for one that is no section."""
    if code in terms.CODES:
        return code_name(code)
    node = plan.find(code)
    if node is None or node in plan.chapters:
        return node.heading if node else code
    label = plan.label(code)
    return f"{label}{node.title}" if label.endswith("）") else f"{label} {node.title}"


def other_channels(texts: Mapping[str, str]) -> list[str]:
    """Return what the office says about the ways to comment other than this site."""
    return [
        text
        for key, text in texts.items()
        if key.startswith("channel.") and key != f"channel.{Channel.WEB}"
    ]


def content(text: str) -> Markup:
    """Mark words of the consultation as Chinese, for use inside a sentence of ours."""
    return Markup('<span lang="zh-Hans">{}</span>').format(text)


def paragraphs(text: str) -> list[str]:
    """Split a text at its line ends; blank lines are left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def percent(value: float) -> str:
    """Return a share of 0 to 1 in whole per cent."""
    return f"{value:.0%}"


def number(value: int) -> str:
    """Return a number with separators."""
    return str(format_number(value))


def sentence_of(code: str, detail: str) -> str:
    """Return the sentence of an error code with its one detail."""
    return sentence(code, {"detail": detail}, lambda text: str(_(text)))


def install(app: Flask) -> None:
    """Make the filters known to the templates."""
    known = (
        day,
        day_only,
        megabytes,
        excerpt,
        wrapped,
        words_of,
        zone,
        moment,
        term,
        code_name,
        job_stage,
        job_error,
        refusal_reason,
        import_error,
        content,
        section_name,
        other_channels,
        paragraphs,
        percent,
        number,
        sentence_of,
    )
    app.jinja_env.filters.update({function.__name__: function for function in known})
