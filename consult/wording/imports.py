"""Sentences about the ledger of imports, and what is read into it."""

from __future__ import annotations

from typing import Final

IMPORTS: Final[dict[str, str]] = {
    "import.unknown": "没有第 {number} 次导入。",
    "import.running": "“{name}”正在导入，请等它结束。",
    "import.unbalanced": "核对不平，导入没有结束：读出 {found} 项，台账记了 {listed} 项。"
    "请联系管理员。",
    "import.not-done": "第 {number} 次导入还没有结束，或者已经撤销，现在不能撤销。",
    "import.acted": "这次导入的来件已有人处理过，不能整批撤销：{numbers}。请先撤回对它们的处理。",
    "import.why": "请写明撤销的理由。",
    "refusal.unknown": "没有这一项未收的内容。",
    "refusal.settled": "这一项已由 {actor} 处理过。",
    "refusal.why": "请写明不收的理由。",
}
