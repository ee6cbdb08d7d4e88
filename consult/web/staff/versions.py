"""What a run was made with, in words: a table from the names in the record to those of a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext as _

from consult.web.language import mark
from consult.web.staff.blueprint import staff

NAMES: Final[dict[str, str]] = {
    "plan": mark("征求意见稿第几版"),
    "plan_text": mark("征求意见稿文字的校验值"),
    "plan_file": mark("征求意见稿文件的校验值"),
    "thesaurus": mark("通用词库"),
    "thesaurus_text": mark("通用词库的校验值"),
    "lexicon": mark("本次征求意见的词表"),
    "lexicon_text": mark("词表的校验值"),
    "exemplars": mark("示例说法（条）"),
    "exemplars_text": mark("示例说法的校验值"),
    "threshold": mark("把握低于多少请人核对"),
    "consult": mark("程序"),
    "code": mark("分析程序的校验值"),
    "segmenter": mark("分词"),
}


@staff.app_template_filter()
def version_lines(versions: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return names and values in the order of the table; names without words come last."""
    known = [(str(_(words)), versions[name]) for name, words in NAMES.items() if name in versions]
    return known + sorted((name, value) for name, value in versions.items() if name not in NAMES)
