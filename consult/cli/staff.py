"""``consult staff``: accounts."""

from __future__ import annotations

import sys

import click

from consult.cli import say
from consult.cli.context import Context, json_option, pass_context, slug_option
from consult.domain.errors import InputRefused
from consult.domain.eyes import EyesRule
from consult.domain.member import Grant
from consult.domain.terms import ROLES
from consult.domain.triage import Role
from consult.services import accounts, second_factor
from consult.services.four_eyes import four_eyes, set_four_eyes
from consult.services.grants import GRANTED, grant

ACTOR = "cli"


@click.group("staff")
def staff_group() -> None:
    """工作人员账户。密码从标准输入读取，不出现在命令行里。"""


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("密码", hide_input=True, confirmation_prompt="再输一次"))
    try:
        return sys.stdin.buffer.readline().decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InputRefused("staff.password-encoding", field="password") from error


@staff_group.command("add")
@click.argument("username")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), default=Role.HANDLER.value,
    show_default=True, help="角色。",
)  # fmt: skip
@click.option("--granted", is_flag=True, help="角色不适用于每一项征求意见，只看另设的角色。")
@pass_context
def add_command(context: Context, username: str, role: str, granted: bool) -> None:
    """新增账户。"""
    office = context.office()
    accounts.add_staff(
        office, username=username, password=_password(), role=Role(role), actor=ACTOR,
        everywhere=not granted,
    )  # fmt: skip
    say.line(f"已新增 {username}（{ROLES[Role(role)]}）。")


@staff_group.command("password")
@click.argument("username")
@pass_context
def password_command(context: Context, username: str) -> None:
    """更换密码，并结束该账户的所有会话。"""
    accounts.set_password(context.office(), username=username, password=_password(), actor=ACTOR)
    say.line(f"已更换 {username} 的密码。")


@staff_group.command("disable")
@click.argument("username")
@pass_context
def disable_command(context: Context, username: str) -> None:
    """停用账户，并结束其所有会话。"""
    accounts.disable(context.office(), username=username, actor=ACTOR)
    say.line(f"已停用 {username}。")


@staff_group.command("role")
@click.argument("username")
@click.argument("role", type=click.Choice([*(role.value for role in GRANTED), "none"]))
@click.option(
    "--chapter", "chapters", multiple=True, metavar="CODE",
    help="承办限定到这一章，可给出多个。",
)  # fmt: skip
@slug_option
@pass_context
def role_command(
    context: Context, username: str, role: str, chapters: tuple[str, ...], slug: str | None
) -> None:
    """在一项征求意见中另设角色（none 为去掉）。"""
    office = context.office()
    named = context.slug(office, slug)
    given = None if role == "none" else Grant(Role(role), chapters)
    grant(office, username=username, slug=named, given=given, actor=ACTOR)
    say.line(f"{username} 在 {named}：{ROLES[given.role] if given else '不另设角色'}。")


@staff_group.command("four-eyes")
@click.argument("rule", type=click.Choice(["auto", "on", "off"]), required=False)
@click.option("--why", default="", help="理由；off 时必须写明。")
@slug_option
@pass_context
def four_eyes_command(context: Context, rule: str | None, why: str, slug: str | None) -> None:
    """两人审定：写的人能不能审定自己的答复。auto 按人数，on 不能，off 可以；不写则只看。"""
    office = context.office()
    named = context.slug(office, slug)
    now = four_eyes(office, slug=named)
    if rule is not None:
        chosen = EyesRule.AUTO if rule == "auto" else EyesRule(rule)
        now = set_four_eyes(office, slug=named, rule=chosen, why=why, actor=ACTOR)
    say.line(f"{named}：" + ("要由另一个人审定。" if now.needed else "写的人自己可以审定。"))
    say.line(f"能审定的人：{'、'.join(now.approvers) or '没有'}。")


@staff_group.command("enable")
@click.argument("username")
@pass_context
def enable_command(context: Context, username: str) -> None:
    """重新启用账户。"""
    accounts.enable(context.office(), username=username, actor=ACTOR)
    say.line(f"已重新启用 {username}。")


@staff_group.command("no-factor")
@click.argument("username")
@pass_context
def no_factor_command(context: Context, username: str) -> None:
    """去掉一个账户的两步验证（设备丢失时），并结束其所有会话。"""
    second_factor.drop(context.office(), username=username, actor=ACTOR)
    say.line(f"已去掉 {username} 的两步验证。")


@staff_group.command("list")
@json_option
@pass_context
def list_command(context: Context, as_json: bool) -> None:
    """列出账户。"""
    members = accounts.every_account(context.office())
    if as_json:
        say.as_json(
            [
                {
                    "username": m.username,
                    "role": m.role,
                    "disabled": m.disabled,
                    "everywhere": m.everywhere,
                    "second_factor": m.second_factor,
                    "grants": {
                        slug: {"role": given.role, "chapters": given.chapters}
                        for slug, given in m.grants.items()
                    },
                }
                for m in members
            ]
        )
        return
    for member in members:
        state = "（已停用）" if member.disabled else ""
        say.line(f"{member.username}\t{ROLES[member.role]}{state}")


COMMANDS = (staff_group,)
