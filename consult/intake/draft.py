"""Reads a draft plan (docx, txt, html) into a tree; the one entry point is ``read_draft``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Final

from consult.domain.consultation import Plan, Window
from consult.domain.errors import InputRefused
from consult.intake.draft_cells import Shaped, reshape
from consult.intake.draft_contents import Division, divide
from consult.intake.draft_docx import docx_blocks, refuse_ole
from consult.intake.draft_front import find_title, lead_blocks
from consult.intake.draft_furniture import cut_furniture
from consult.intake.draft_headings import heading_of
from consult.intake.draft_html import html_blocks
from consult.intake.draft_lines import Block, Line, title_text
from consult.intake.draft_notice import Notice, cut_notice
from consult.intake.draft_tree import Node, build, grow
from consult.intake.draft_txt import txt_blocks

# 20 MiB, chosen: text needs a hundredth of it, what is larger is mostly a scan.
MAX_BYTES: Final = 20 * 1024 * 1024

_READERS: Final[dict[str, Callable[[bytes], list[Block]]]] = {
    ".docx": docx_blocks,
    ".txt": txt_blocks,
    ".html": html_blocks,
    ".htm": html_blocks,
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # MS-CFB, the container of .doc and of encrypted .docx
# First bytes of what is often sent by mistake under a text's name.
_MAGICS: Final = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"PK\x03\x04", "zip"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file holds: the plan, and what the notice before it states.

    ``title`` and ``office`` are the consultation's; the title is the plan's where no notice gives
    one. ``window`` and ``published`` are None, ``office`` empty where the file is silent. ``notes``
    say in Chinese what was dropped, inferred or left unclear.
    """

    plan: Plan
    window: Window | None = None
    title: str = ""
    office: str = ""
    published: date | None = None
    notes: tuple[str, ...] = ()


def read_draft(data: bytes, name: str) -> Draft:
    """Read a draft from a file's bytes; ``name`` tells its type by the ending.

    Raises ``InputRefused`` and nothing else; its values hold ``name``: ``draft.empty``,
    ``draft.too-large``, ``draft.unknown-type``, ``draft.undecodable``, ``draft.broken-docx``,
    ``draft.encrypted``, ``draft.old-word``, ``draft.no-headings``.
    """
    try:
        return _draft(_blocks(data, name), name)
    except InputRefused as refused:
        values = {**refused.values, "name": name}
        raise InputRefused(refused.code, field="file", **values) from refused


def _blocks(data: bytes, name: str) -> list[Block]:
    if not data.strip():
        raise InputRefused("draft.empty")
    if len(data) > MAX_BYTES:
        raise InputRefused("draft.too-large", limit=MAX_BYTES, what="bytes")
    return _reader(data, name)(data)


def _reader(data: bytes, name: str) -> Callable[[bytes], list[Block]]:
    ending = PurePath(name).suffix.lower()
    if data.startswith(_OLE):
        refuse_ole(data, name)
    found = next((kind for magic, kind in _MAGICS if data.startswith(magic)), "")
    reader = _READERS.get(ending)
    if reader is None or (found and (ending, found) != (".docx", "zip")):
        raise InputRefused("draft.unknown-type", found=found or ending)
    return reader


def _draft(blocks: Sequence[Block], name: str) -> Draft:
    if not blocks:
        raise InputRefused("draft.empty")
    notice, rest = cut_notice(blocks)
    division = divide(rest)
    shaped = reshape(division.body)
    body, furniture = cut_furniture(shaped.blocks, _last_heading(shaped.blocks))
    root = grow(body)
    if not root.nodes:
        raise InputRefused("draft.no-headings")
    plan = _plan(root, division, notice, PurePath(name).stem)
    notes = (*notice.notes, *_notes(plan, division, shaped, furniture))
    return Draft(
        plan, notice.window, notice.title or plan.title, notice.office, notice.published, notes
    )


def _last_heading(blocks: Sequence[Block]) -> int:
    """Return where the last heading stands that no list of a web page could imitate."""
    found = [
        (index, heading.form.counted)
        for index, block in enumerate(blocks)
        if isinstance(block, Line) and (heading := heading_of(block))
    ]
    sure = [index for index, counted in found if not counted]
    return (sure or [index for index, _ in found] or [len(blocks)])[-1]


def _plan(root: Node, division: Division, notice: Notice, stem: str) -> Plan:
    """Name the plan and keep of its front what is text."""
    front = division.cover or root.blocks
    title = find_title(front, notice.plan_title) or title_text(stem)
    covered = lead_blocks(division.cover, title, cover=True)
    root.blocks = [*covered, *lead_blocks(root.blocks, title, cover=False)]
    tree = build(root, division.contents)
    return Plan(title, tree.chapters, tree.lead, "", tree.indicators)


def _notes(plan: Plan, division: Division, shaped: Shaped, furniture: str) -> list[str]:
    notes = []
    if division.contents.lines:
        paged = sum(node.page is not None for node in plan.walk())
        notes.append(f"目录{division.contents.lines}行已去掉，{paged}个标题有页码")
    if furniture:
        notes.append(f"从“{furniture}”起是网页的其他内容，已去掉")
    notes += [f"表格中这一行缺哪一格看不清，按文字保留：{row}" for row in shaped.unclear]
    blank = [str(row.number) for row in plan.indicators if not row.unit]
    if blank:
        notes.append(f"指标{'、'.join(blank)}原表未注明单位")
    empty = [node.number for node in plan.sections if not node.paragraphs]
    if empty:
        notes.append(f"{len(empty)}个标题下没有正文：{'、'.join(empty[:5])}")
    return notes
