"""What a web site puts after a document: told by whole lines, cut, and reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from consult.intake.draft_lines import Block, Line

# (the whole line, why nothing of the plan can follow it)
_LINES: Final = (
    (r"热点(?:资讯|新闻|推荐)|(?:资讯|新闻|信息)分类|最新(?:资讯|动态)", "other pages"),
    (r"相关(?:链接|阅读|文章|信息|新闻|推荐|附件)[:：]?|延伸阅读[:：]?", "other pages"),
    (r"(?:上|下)一[篇条]\s*(?:[:：].*)?", "the neighbours in the list of the site"),
    (r"[【\[]?\s*打印(?:本页|此页|文章)?[^。，]{0,20}", "buttons"),
    (r"[【\[]?\s*(?:关闭(?:本页|窗口|页面)|返回顶部|字体\s*[:：])[^。，]{0,20}", "buttons"),
    (r"(?:扫一扫|扫码|分享到|微信扫)[^。]{0,30}", "sharing"),
    (r"(?:版权所有|Copyright|©)[^。]{0,80}", "the site's foot"),
    (r"(?:主办|承办|技术支持|运维)(?:单位)?\s*[:：][^。]{0,60}", "the site's foot"),
    (r"(?:网站地图|联系我们|关于我们|网站声明|隐私声明|友情链接)(?:[\s|｜].*)?", "the site's foot"),
    (r".{0,10}(?:ICP备|公网安备|网站标识码|政府网站找错)[^。]{0,60}", "registration marks"),
    (r"(?:附件|文件)下载\s*[:：].*", "the download list of the page"),
    (r"[（(【\[]?责任编辑\s*[:：][^。]{0,30}", "the editor's mark of the page"),
)
FURNITURE: Final = tuple((re.compile(rf"(?:{line})"), reason) for line, reason in _LINES)
_LONGEST = 120  # characters: furniture is short, paragraphs that begin alike are not


def cut_furniture(blocks: Sequence[Block], after: int) -> tuple[tuple[Block, ...], str]:
    """Cut at the first furniture behind ``after`` (a heading); return its line as well."""
    for index in range(after + 1, len(blocks)):
        block = blocks[index]
        if isinstance(block, Line) and is_furniture(block.text):
            return tuple(blocks[:index]), block.text
    return tuple(blocks), ""


def is_furniture(text: str) -> bool:
    """Tell whether a whole line belongs to the web site and not to the document."""
    fits = len(text) <= _LONGEST
    return fits and any(pattern.fullmatch(text) for pattern, _ in FURNITURE)
