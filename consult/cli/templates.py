"""``consult template``: an office's own Word templates."""

from __future__ import annotations

from pathlib import Path

import click

from consult.cli import say
from consult.cli.context import Context, json_option, pass_context, slug_option
from consult.cli.files import FILE, read
from consult.domain.office_template import LETTER_NAMES, NAMES
from consult.services.office_templates import (
    add_template,
    purposes,
    remove_template,
    templates,
)

ACTOR = "cli"


@click.group("template")
def template_group() -> None:
    """单位自己的 Word 模板：文中写 {{标题}}、{{正文}} 等占位符。"""


@template_group.command("add")
@click.argument("source", type=FILE)
@click.option("--for", "purpose", required=True, help="用于哪种文件，如 digest、letter。")
@click.option("--reference", default="", help="文号，替换模板里的 {{文号}}。")
@slug_option
@pass_context
def add_command(
    context: Context, source: Path, purpose: str, reference: str, slug: str | None
) -> None:
    """检查一个模板并从此使用它，换掉原来的。"""
    office = context.office()
    item = add_template(
        office, slug=context.slug(office, slug), purpose=purpose, name=source.name,
        data=read(source), reference=reference, actor=ACTOR,
    )  # fmt: skip
    say.line(f"已使用 {item.name}，占位符：{'、'.join(item.placeholders)}")


@template_group.command("list")
@slug_option
@json_option
@pass_context
def list_command(context: Context, slug: str | None, as_json: bool) -> None:
    """列出模板，以及可用的占位符。"""
    office = context.office()
    found = templates(office, slug=context.slug(office, slug))
    if as_json:
        say.as_json([
            {"purpose": item.purpose, "name": item.name, "reference": item.reference,
             "placeholders": item.placeholders, "sha256": item.sha256} for item in found
        ])  # fmt: skip
        return
    for item in found:
        say.line(f"{item.purpose}  {item.name}  {'、'.join(item.placeholders)}")
    say.line(f"可用于：{'、'.join(purposes())}")
    for name, words in (NAMES | LETTER_NAMES).items():
        say.line(f"{{{{{name}}}}}  {words}")


@template_group.command("remove")
@click.argument("purpose")
@slug_option
@pass_context
def remove_command(context: Context, purpose: str, slug: str | None) -> None:
    """不再使用模板，恢复程序自带的样式。"""
    office = context.office()
    remove_template(office, slug=context.slug(office, slug), purpose=purpose, actor=ACTOR)
    say.line("已恢复程序自带的样式。")


COMMANDS = (template_group,)
