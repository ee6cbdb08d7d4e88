"""``consult publish``: a draft plan becomes a consultation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import click

from consult.cli import corpora, say
from consult.cli.context import Context, json_option, pass_context
from consult.cli.corpora import Corpus
from consult.cli.files import FILE, read
from consult.cli.form_fields import form_texts
from consult.cli.knowledge import knowledge_of, without_option, words_option
from consult.domain.consultation import Consultation, Plan, Window
from consult.domain.errors import InputRefused
from consult.intake.corpus import merge
from consult.intake.draft import Draft, read_draft
from consult.services.publish import publish

ACTOR = "cli"
_DAY = click.DateTime(["%Y-%m-%d"])


@dataclass(frozen=True, slots=True)
class _Given:
    """What the command line says; None leaves it to the file and the corpus."""

    slug: str | None
    title: str | None
    office: str | None
    opens: date | None
    closes: date | None
    answer_by: date | None
    timezone: str | None


@click.command("publish")
@click.argument("file", type=FILE)
@click.option("--slug", metavar="NAME", help="征求意见的名称（英文字母、数字、连字符）。")
@click.option("--title", help="公告标题；文件中写明时可省略。")
@click.option("--office", help="征求意见的单位；文件中写明时可省略。")
@click.option("--opens", type=_DAY, help="开始日期，如 2022-09-26；文件中写明时可省略。")
@click.option("--closes", type=_DAY, help="截止日期（含当日）；文件中写明时可省略。")
@click.option("--answer-by", type=_DAY, help="最晚何时公布结果，如 2022-11-24；写在公告页上。")
@click.option("--timezone", help="时区，默认 Asia/Shanghai。")
@click.option(
    "--field", "asked", multiple=True, metavar="NAME=VALUE",
    help="表单项：speaker、name、contact、publish、amendment、files = off、optional 或 required。",
)  # fmt: skip
@click.option(
    "--speaker", "speakers", multiple=True, metavar="CODE=WORD",
    help="“以什么身份”的选项，按给出的顺序，如 company=企业。",
)  # fmt: skip
@words_option
@without_option
@click.option("--replace", "replacing", is_flag=True, help="作为新版本替换已发布的征求意见稿。")
@click.option("--dry-run", is_flag=True, help="只读取并显示章节，不发布。")
@json_option
@pass_context
def publish_command(
    context: Context,
    file: Path,
    slug: str | None,
    title: str | None,
    office: str | None,
    opens: datetime | None,
    closes: datetime | None,
    answer_by: datetime | None,
    timezone: str | None,
    asked: tuple[str, ...],
    speakers: tuple[str, ...],
    words: Path | None,
    without: tuple[str, ...],
    replacing: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """读取征求意见稿（docx、txt、html）并发布，或用 --dry-run 先看读出的章节。"""
    data = read(file)
    draft = read_draft(data, file.name)
    days = [day.date() if day else None for day in (opens, closes, answer_by)]
    given = _Given(slug, title, office, days[0], days[1], days[2], timezone)
    corpus = corpora.matching(slug=slug or "", title=draft.plan.title)
    plan = merge(draft.plan, corpus.plan) if corpus else draft.plan
    window = _window(draft, given)
    shipped = corpus.knowledge if corpus else None
    knowledge = knowledge_of(plan, shipped=shipped, words=words, without=without)
    if dry_run:
        _report(draft, plan, window, as_json=as_json)
        return
    value = _consultation(draft, corpus, given, window)
    published = publish(
        context.office(create=True),
        consultation=replace(value, texts=form_texts(value.texts, asked, speakers)),
        plan=plan,
        knowledge=knowledge,
        source=file.name,
        data=data,
        actor=ACTOR,
        replacing=replacing,
    )
    if not as_json:
        say.line(f"已发布 {published.consultation.slug}（第 {published.version} 版）。")
    _report(draft, plan, window, as_json=as_json)


def _window(draft: Draft, given: _Given) -> Window | None:
    """Put the window together: the command line beats the file."""
    found = draft.window
    opens = given.opens or (found.opens if found else None)
    closes = given.closes or (found.closes if found else None)
    zone = given.timezone or (found.timezone if found else "Asia/Shanghai")
    return Window(opens, closes, zone) if opens and closes else None


def _consultation(
    draft: Draft, corpus: Corpus | None, given: _Given, window: Window | None
) -> Consultation:
    known = corpus.about.consultation if corpus else None
    slug = given.slug or (known.slug if known else "")
    title = given.title or draft.title or (known.title if known else draft.plan.title)
    office = given.office or draft.office or (known.office if known else "")
    if not slug or not office:
        name = "slug" if not slug else "office"
        raise InputRefused("consultation.field", field=name, name=name)
    if window is None:
        raise InputRefused("window.missing", field="opens")
    texts = _texts(known.texts if known else {}, given.answer_by, window)
    return Consultation(slug=slug, title=title, office=office, window=window, texts=texts)


def _texts(known: Mapping[str, str], answer_by: date | None, window: Window) -> dict[str, str]:
    """Add the promised day; one of the corpus that this window has overtaken is dropped."""
    if answer_by and answer_by <= window.closes:
        raise InputRefused("window.answer", field="answer-by", closes=window.closes)
    promised = answer_by.isoformat() if answer_by else known.get("answer_by", "")
    others = {key: text for key, text in known.items() if key != "answer_by"}
    kept = promised > window.closes.isoformat()
    return {**others, "answer_by": promised} if kept else others


def _report(draft: Draft, plan: Plan, window: Window | None, *, as_json: bool) -> None:
    if as_json:
        say.as_json(_record(draft, plan, window))
        return
    if window:
        say.line(f"起止：{window.opens} 至 {window.closes}（{window.days} 天）")
    say.line(f"{plan.title}")
    for node in plan.walk():
        page = f"　第 {node.page} 页" if node.page else ""
        depth = node.code.count(".")
        count = len(node.paragraphs)
        say.line(f"{'　' * depth}{node.heading}{page}　{count} 段")
    say.line(f"{len(plan.chapters)} 章，{len(plan.sections)} 节，{len(plan.indicators)} 项指标。")
    for note in draft.notes:
        say.line(f"注意：{note}")


def _record(draft: Draft, plan: Plan, window: Window | None) -> dict[str, object]:
    return {
        "title": draft.title,
        "plan_title": plan.title,
        "office": draft.office,
        "published": draft.published,
        "window": {"opens": window.opens, "closes": window.closes, "timezone": window.timezone}
        if window
        else None,
        "chapters": len(plan.chapters),
        "sections": len(plan.sections),
        "indicators": len(plan.indicators),
        "tree": [
            {
                "code": node.code,
                "number": node.number,
                "title": node.title,
                "page": node.page,
                "paragraphs": len(node.paragraphs),
                "characters": sum(map(len, node.paragraphs)),
            }
            for node in plan.walk()
        ],
        "table": [
            {
                "number": item.number,
                "name": item.name,
                "unit": item.unit,
                "base": item.base,
                "target": item.target,
                "growth": item.growth,
                "section": item.section,
            }
            for item in plan.indicators
        ],
        "notes": draft.notes,
    }


COMMANDS = (publish_command,)
