"""What a digest tells of its difference to the last one that was issued."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from consult.domain.digest import Digest
from consult.domain.since import GoneLine, Novelty, Since
from consult.export.blocks import Block, Paragraph, Table, TableColumn
from consult.export.phrases import first_numbers, moment, number_list

_MOST: Final = 3  # asks named on the first page
_GONE: Final = (
    TableColumn("章节", 24),
    TableColumn("上次列出的诉求", 52),
    TableColumn("意见编号", 30),
    TableColumn("去向", 50),
)


def since_line(digest: Digest) -> Iterator[tuple[str, str]]:
    """Yield in one line what is new, grown and gone."""
    since = digest.since
    if since is None:
        return
    lines = [theme for section in digest.sections for theme in section.themes]
    new = [theme for theme in lines if theme.novelty is Novelty.NEW]
    grown = sum(theme.novelty is Novelty.GROWN for theme in lines)
    added = f"（意见{first_numbers(since.added)}）" if since.added else ""
    told = [
        f"新增意见{len(since.added)}条{added}",
        f"新提出的诉求{len(new)}项",
        f"增多的诉求{grown}项",
        f"不再单列的诉求{len(since.lines)}项",
    ]
    if since.gone:
        told.insert(
            1, f"撤回、删除或者重新拆分{len(since.gone)}条（意见{first_numbers(since.gone)}）"
        )
    named = "、".join(
        f"“{theme.label}”（意见{first_numbers(theme.backing.numbers)}）" for theme in new[:_MOST]
    )
    yield (
        "与上次摘要相比：",
        f"上次是第{since.number}次，{moment(since.at)}发出。{'，'.join(told)}。"
        + (f"新提出的如{named}。" if named else ""),
    )


def gone_table(since: Since | None) -> Iterator[Block]:
    """Yield the asks of the last digest that are no lines any more."""
    if since is not None and since.lines:
        yield Paragraph("表5　上次摘要列出、这次不再单列的诉求", "Caption")
        yield Table(_GONE, [_row(line) for line in since.lines])


def _row(line: GoneLine) -> tuple[str, ...]:
    label = f"“{line.label}”" if line.label else "（名称已不保存）"
    return (line.place, label, number_list(line.numbers), _fate(line))


def _fate(line: GoneLine) -> str:
    left = len(line.numbers) - len(line.standing)
    parts = []
    if line.into:
        parts.append(f"现归入“{line.into}”等（{len(line.standing)}条）")
    if left:
        parts.append(f"不再列入{left}条（撤回、删除或者重新拆分）")
    return "；".join(parts)
