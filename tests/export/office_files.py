"""Office templates for tests: made with python-docx, taken apart by hand where Word would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from docx import Document
from docx.enum.section import WD_ORIENT


def template(*, body: str = "{{正文}}", red: bool = True) -> bytes:
    """A red-headed paper: the office on top, 文号 and title, the text, the date; split runs."""
    document = Document()
    document.styles["Heading 1"].font.name = "黑体"
    head = document.add_paragraph()
    for piece in ("{", "{单", "位}", "}文件"):  # as Word tears it apart after an edit
        head.add_run(piece).bold = red
    document.add_paragraph("｛｛文号｝｝")
    document.add_paragraph("关于印发{{ 标题 }}的通知")
    document.add_paragraph(body)
    document.add_paragraph("{{单位}}，{{日期}}")
    document.sections[0].header.paragraphs[0].text = "{{事项}}"
    document.sections[0].footer.paragraphs[0].text = "（{{截至}}）"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Change one part of a package, or add it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = [*old.namelist(), *([part] if part not in old.namelist() else [])]
        for name in names:
            content = old.read(name) if name in old.namelist() else b""
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()


def landscape(text: str) -> bytes:
    """A document of ours that lies on its side."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
