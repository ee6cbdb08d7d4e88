"""What staff can do with a theme: for each act its words, its form and the service it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from consult.services.adopt_theme import adopt_theme
from consult.services.confirm_members import confirm_members
from consult.services.keep_apart import keep_apart
from consult.services.merge_themes import merge_themes
from consult.services.office import Office
from consult.services.split_theme import split_theme
from consult.services.theme_view import ThemeView
from consult.web.language import mark
from consult.web.staff.theme_forms import LabelForm, MembersForm, TargetForm, ThemeForm


@dataclass(frozen=True, slots=True)
class ThemeAct:
    """``title`` heads the page, ``button`` sends it, ``hint`` says what follows from it."""

    title: str
    button: str
    hint: str
    form: Callable[..., ThemeForm]
    perform: Callable[..., object]


def _adopt(office: Office, form: Any, view: ThemeView, **common: Any) -> None:
    label = (form.label.data or "").strip()
    label = "" if label == view.theme.label else label
    adopt_theme(office, theme=view.theme.id, label=label, why=form.why.data or "", **common)


def _merge(office: Office, form: Any, view: ThemeView, **common: Any) -> None:
    merge_themes(office, theme=view.theme.id, into=_target(form), why=form.why.data or "", **common)


def _apart(office: Office, form: Any, view: ThemeView, **common: Any) -> None:
    keep_apart(office, theme=view.theme.id, other=_target(form), why=form.why.data or "", **common)


def _split(office: Office, form: Any, view: ThemeView, **common: Any) -> None:
    split_theme(
        office,
        theme=view.theme.id,
        numbers=form.numbers.data or (),
        label=(form.label.data or "").strip(),
        why=form.why.data or "",
        **common,
    )


def _confirm(office: Office, form: Any, view: ThemeView, **common: Any) -> None:
    confirm_members(
        office,
        theme=view.theme.id,
        numbers=form.numbers.data or (),
        belong=form.belong.data != "no",
        why=form.why.data or "",
        **common,
    )


def _target(form: TargetForm) -> int:
    return -1 if form.target.data is None else int(form.target.data)


ACTS: Final[dict[str, ThemeAct]] = {
    "adopt": ThemeAct(
        mark("采用或改名"),
        mark("采用"),
        mark("采用以后，这一组的编号、名称和现有意见不再随分析改变；新来的意见只作为待确认列出。"),
        LabelForm,
        _adopt,
    ),
    "merge": ThemeAct(
        mark("并入另一组"),
        mark("并入"),
        mark("这一组的全部意见归到所选的组，所选的组随之成为已采用。"),
        TargetForm,
        _merge,
    ),
    "split": ThemeAct(
        mark("拆成两组"),
        mark("拆开"),
        mark("选出的意见成为新的一组，其余留下。两组都成为已采用，以后的分析不会再合并。"),
        MembersForm,
        _split,
    ),
    "apart": ThemeAct(
        mark("不再合并"),
        mark("定为不再合并"),
        mark("以后的分析不会把这两组现有的意见放在一起。两组都不因此成为已采用。"),
        TargetForm,
        _apart,
    ),
    "confirm": ThemeAct(
        mark("确认新归入的意见"),
        mark("属于这一组"),
        mark("不属于这一组的意见会离开，以后的分析不会再归进来。"),
        MembersForm,
        _confirm,
    ),
}
