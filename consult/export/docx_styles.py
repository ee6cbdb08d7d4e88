"""The look of a Chinese official document: fonts with fall-backs, sizes, spacing (GB/T 9704-2012).

Sizes are in points, distances in twentieths of a point as Word wants them. The standard's own
fonts are often not installed, so the font table names what may stand in for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LATIN: Final = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Font:
    """A font of the document, what may replace it, and its family for a machine with none."""

    name: str
    stands_in: str
    family: str = "auto"
    panose: str = "02010609060101010101"


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. ``look`` is the paragraph markup after spacing (indents, position)."""

    id: str
    name: str
    font: str
    size: float
    line: int = 0
    before: int = 0
    after: int = 0
    look: str = ""
    flags: str = ""
    bold: bool = False
    colour: str = ""


# Title: 小标宋; headings of the first and second level: 黑体 and 楷体; body: 仿宋 (GB/T 9704, 7.3);
# the fall-backs are what Windows, WPS, macOS and Linux ship under other names.
FONTS: Final = (
    Font(
        "方正小标宋简体",
        "方正小标宋_GBK,小标宋,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC",
        "roman",
        "02010600030101010101",
    ),
    Font("黑体", "SimHei,Heiti SC,Noto Sans CJK SC,WenQuanYi Zen Hei", "modern"),
    Font("楷体", "KaiTi,楷体_GB2312,KaiTi_GB2312,Kaiti SC,华文楷体,AR PL UKai CN", "modern"),
    Font(
        "仿宋",
        "FangSong,仿宋_GB2312,FangSong_GB2312,华文仿宋,STFangsong,Noto Serif CJK SC",
        "modern",
    ),
    Font(
        "宋体", "SimSun,Songti SC,Noto Serif CJK SC,AR PL UMing CN", "auto", "02010600030101010101"
    ),
)
_CENTRE: Final = '<w:jc w:val="center"/>'
_KEEP: Final = "<w:keepNext/><w:keepLines/>"
_TWO_CHARACTERS: Final = '<w:ind w:firstLineChars="200" w:firstLine="560"/>'

STYLES: Final = (
    Style("Body", "正文仿宋", "仿宋", 14, 520, look=_TWO_CHARACTERS),
    Style("Title", "Title", "方正小标宋简体", 20, 580, 0, 60, _CENTRE, _KEEP),
    Style("Warning", "提示", "黑体", 11, 340, 0, 30, _CENTRE, colour="C00000"),
    Style(
        "Heading1",
        "heading 1",
        "黑体",
        18,
        500,
        240,
        100,
        f'{_CENTRE}<w:outlineLvl w:val="0"/>',
        _KEEP,
    ),
    Style("Heading2", "heading 2", "黑体", 16, 560, 240, 60, '<w:outlineLvl w:val="1"/>', _KEEP),
    Style(
        "Heading3",
        "heading 3",
        "楷体",
        15,
        540,
        160,
        40,
        '<w:outlineLvl w:val="2"/>',
        _KEEP,
        bold=True,
    ),
    Style("Ask", "意见要点", "仿宋", 14, 520, 80, 0, _TWO_CHARACTERS, _KEEP, bold=True),
    Style("Detail", "意见说明", "仿宋", 12, 420, look='<w:ind w:leftChars="200" w:left="560"/>'),
    Style("Point", "要点", "仿宋", 11, 345, 20),
    Style("Byline", "署名", "楷体", 11, 340, 0, 80, _CENTRE),
    Style("Signature", "落款", "仿宋", 14, 520, look='<w:jc w:val="right"/>'),
    Style("Quote", "意见原文", "楷体", 12, 420, look='<w:ind w:leftChars="200" w:left="560"/>'),
    Style(
        "Gist",
        "内容摘要",
        "楷体",
        12,
        420,
        40,
        60,
        '<w:ind w:firstLineChars="200" w:firstLine="480"/>',
        _KEEP,
    ),
    Style("Caption", "表题", "黑体", 12, 440, 200, 80, _CENTRE, _KEEP),
    Style("TableHead", "表头", "黑体", 10.5, 0, 30, 30, _CENTRE),
    Style("TableBand", "表内分组", "黑体", 10.5, 0, 30, 30, flags="<w:keepNext/>"),
    Style("TableText", "表格文字", "宋体", 10.5, 0, 20, 20),
    Style("TableNumber", "表格数字", "宋体", 10.5, 0, 20, 20, _CENTRE),
    Style("TableBar", "表格条形", "宋体", 6, 0, 20, 20, colour="44618C"),
    Style("Figure", "大数字", "黑体", 22, 0, 60, 60, _CENTRE),
    Style("Note", "说明文字", "宋体", 10.5, 340, 40, 40),
    Style(
        "LetterTitle",
        "答复信标题",
        "方正小标宋简体",
        20,
        600,
        0,
        240,
        _CENTRE,
        _KEEP,
    ),
    Style("Addressee", "称呼", "仿宋", 14, 520, 120, 0),
    Style("Closing", "结语", "仿宋", 14, 520, 200, 200, look=_TWO_CHARACTERS),
    Style("Sign", "落款", "仿宋", 14, 520, 0, 0, '<w:jc w:val="right"/>'),
    Style("Header", "header", "宋体", 9, 0, look=_CENTRE, colour="C00000"),
    Style("Footer", "footer", "宋体", 14, 0, look=_CENTRE),
)


def styles_xml() -> str:
    """Return ``word/styles.xml``."""
    return (
        f'<w:styles xmlns:w="{NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'{_font("宋体")}<w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/>'
        "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>"
        f"{_TABLES}{''.join(map(_style, STYLES))}</w:styles>"
    )


def font_table_xml() -> str:
    """Return ``word/fontTable.xml``: the fonts with what may stand in for them."""
    fonts = "".join(
        f'<w:font w:name="{font.name}"><w:altName w:val="{font.stands_in}"/>'
        f'<w:panose1 w:val="{font.panose}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{font.family}"/><w:pitch w:val="variable"/></w:font>'
        for font in FONTS
    )
    return f'<w:fonts xmlns:w="{NAMESPACE}">{fonts}</w:fonts>'


def _style(style: Style) -> str:
    rule = f' w:line="{style.line}" w:lineRule="exact"' if style.line else ""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    size = round(style.size * 2)
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{style.flags}'
        f'<w:spacing w:before="{style.before}" w:after="{style.after}"{rule}/>{style.look}</w:pPr>'
        f"<w:rPr>{_font(style.font)}{'<w:b/><w:bCs/>' if style.bold else ''}{colour}"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _font(name: str) -> str:
    # The hint makes Word take Chinese forms for quotation marks and dashes, which it would
    # otherwise set in the Latin font at half width.
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{_LATIN}" w:eastAsia="{name}" w:hAnsi="{_LATIN}"'
        f' w:cs="{_LATIN}"/>'
    )


def _table_style(name: str, title: str, edges: str, margin: int) -> str:
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>'
        for edge in edges.split()
    )
    return (
        f'<w:style w:type="table" w:styleId="{name}"><w:name w:val="{title}"/><w:tblPr>'
        f"<w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>"
        f'<w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )


_TABLES: Final = _table_style("Grid", "全框表格", "top left bottom right insideH insideV", 70) + (
    _table_style("Lines", "横线表格", "top bottom insideH", 70)
)
