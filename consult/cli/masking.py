"""``consult masking``: the doubtful maskings of what is published."""

from __future__ import annotations

import click

from consult.cli import say
from consult.cli.context import Context, json_option, pass_context, slug_option
from consult.domain.masking import Doubtful
from consult.domain.terms import DOUBTS
from consult.services.confirm_masking import HIDE, LEAVE, confirm_maskings
from consult.services.doubtful import every_doubt

ACTOR = "cli"


@click.group("masking")
def masking_group() -> None:
    """公布时遮盖个人信息：核实系统拿不准的地方。"""


@masking_group.command("list")
@click.option("--open", "only_open", is_flag=True, help="只列还没有核实的。")
@slug_option
@json_option
@pass_context
def list_command(context: Context, only_open: bool, slug: str | None, as_json: bool) -> None:
    """列出存疑的地方；没有核实的一律遮盖。"""
    office = context.office()
    every = every_doubt(office, slug=context.slug(office, slug))
    shown = [item for item in every if item.masking is None or not only_open]
    if as_json:
        say.as_json([_plain(item) for item in shown])
        return
    for item in shown:
        words = f"{item.before}【{item.words}】{item.after}".replace("\n", " ")
        say.line(f"{item.key}　{_state(item)}　{DOUBTS[item.find.doubt]}　…{words}…")
    say.line(f"共 {len(every)} 处，未核实 {sum(item.masking is None for item in every)} 处")


@masking_group.command("confirm")
@click.option("--hide", multiple=True, metavar="编号", help="遮盖，如 17:3-6；可以多次。")
@click.option("--leave", multiple=True, metavar="编号", help="保留原文；可以多次。")
@click.option("--rest", is_flag=True, help="还没有核实的全部遮盖。")
@slug_option
@pass_context
def confirm_command(
    context: Context, hide: tuple[str, ...], leave: tuple[str, ...], rest: bool, slug: str | None
) -> None:
    """核实存疑的地方，记入经过；有一处写错就都不记。"""
    office = context.office()
    changed = confirm_maskings(
        office, slug=context.slug(office, slug), actor=ACTOR, rest=rest,
        said=dict.fromkeys(hide, HIDE) | dict.fromkeys(leave, LEAVE),
    )  # fmt: skip
    say.line(f"已记下 {changed} 处")


def _state(item: Doubtful) -> str:
    if item.masking is None:
        return "未核实"
    return "遮盖" if item.masking.hidden else "保留"


def _plain(item: Doubtful) -> dict[str, object]:
    said = item.masking
    return {
        "key": item.key, "comment": item.comment, "doubt": item.find.doubt.value,
        "before": item.before, "words": item.words, "after": item.after,
        "shown": item.find.shown, "hidden": said.hidden if said else None,
        "actor": said.actor if said else "",
    }  # fmt: skip


COMMANDS = (masking_group,)
