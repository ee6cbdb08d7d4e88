"""A small invented consultation (a town's greenways) as Digest and Register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

from consult.domain.comment import Channel, Kind, Origin, Speaker
from consult.domain.digest import (
    Accounting,
    Digest,
    Quote,
    Register,
    RegisterRow,
    SectionDigest,
    SectionTotal,
    ThemeLine,
)
from consult.domain.masthead import Masthead
from consult.domain.register_theme import RegisterTheme
from consult.domain.triage import Disposition
from tests.export.asked_of_draft import (
    AIMS,
    AMENDMENTS,
    LOWER,
    SLIP,
    aim_lines,
    amendment_lines,
)
from tests.export.digest_lines import (
    counts_of,
    days,
    families,
    figures,
    opposed,
    questions,
    sorted_asks,
    voices,
    wording,
)
from tests.export.reading_back import read_docx, read_xlsx

__all__ = ["read_docx", "read_xlsx"]

SEVERAL = "先打通水厂和老码头"  # the ask whose comments do not all want the same
SHANGHAI = ZoneInfo("Asia/Shanghai")
AS_OF = datetime(2022, 10, 26, 9, 5, tzinfo=SHANGHAI)
K = TypeVar("K")

# code, label, title, chapter, summary
SECTIONS = (
    ("1.1", "一、（一）", "现状与问题", "一、建设基础", "已建绿道86公里，断点较多。"),
    ("1.2", "一、（二）", "面临的形势", "一、建设基础", "居民步行和骑行需求上升。"),
    ("2", "二", "总体要求", "二、总体要求", "以连通为先，到2025年绿道达到210公里。"),
    ("3", "三", "重点任务", "三、重点任务", ""),
    ("3.1", "三、（一）", "打通滨水断点", "三、重点任务", "三年内打通滨水断点17处。"),
    ("3.2", "三、（二）", "完善驿站和公共卫生间", "三、重点任务", "每3公里设一处驿站。"),
    ("3.3", "三、（三）", "照明与夜间安全", "三、重点任务", "重点路段安装节能路灯。"),
    ("3.4", "三、（四）", "自行车停放", "三、重点任务", "在地铁口和公园门口增设停车架。"),
    ("4.1", "四、（一）", "资金保障", "四、保障措施", "市级财政每年安排专项资金。"),
    ("4.2", "四、（二）", "考核评估", "四、保障措施", "每年公布建设进度。"),
    ("general", "", "总体意见", "", ""),
    ("offplan", "", "与规划无关", "", ""),
    ("", "", "尚未归类", "", ""),
)
INDIVIDUAL, COMPANY, UNKNOWN = Speaker.INDIVIDUAL, Speaker.COMPANY, Speaker.UNKNOWN
SUGGESTION, SUPPORT, OPPOSE = Kind.SUGGESTION, Kind.SUPPORT, Kind.OPPOSE

LAMPS = "晚上八点以后河东段一盏灯都没有，建议在涵洞和桥下先装路灯。"
TOILETS = "从体育场到湿地公园五公里没有一个公共卫生间，建议加密驿站。"
RACKS = "地铁口的自行车架总是满的，建议至少增加一倍。"
BREAKS = "建议先把水厂和老码头两处断点打通，不然绿道走不下去。"


@dataclass(frozen=True)
class Said:
    """One line of the sample: how often it was sent, by whom and through which channel."""

    section: str
    label: str
    text: str
    copies: int = 1
    kind: Kind = SUGGESTION
    speaker: Speaker = INDIVIDUAL
    channel: Channel = Channel.WEB


SAID = (
    Said("1.1", "断点数量与实际不符", "文稿说断点不多，我沿江走了一遍，光城北就数出九处。"),
    Said("2", "支持连通为先", "连通为先的思路很好，我们全家都赞成。", 2, SUPPORT),
    Said("2", "支持连通为先", "赞成把连通放在第一位。", 1, SUPPORT, UNKNOWN, Channel.LETTER),
    Said("3", "任务分年度", "没有写到年度，建议列出每一年的公里数。", speaker=COMPANY),
    Said("3.1", "先打通水厂和老码头", BREAKS, 6),
    Said("3.1", "先打通水厂和老码头", "水厂那一段绕路二十分钟，希望尽快打通。", 2),
    Said("3.1", "断点处设临时指引", "没打通前请立指引牌。", channel=Channel.TELEPHONE),
    Said("3.2", "加密公共卫生间", TOILETS, 7),
    Said("3.2", "加密公共卫生间", "老人带孙子出门最怕找不到厕所。", 1, Kind.EXPERIENCE),
    Said("3.2", "驿站提供饮水", "驿站要能接热水，最好有插座。", 3, channel=Channel.EMAIL),
    Said("3.2", "驿站不要外包", "反对把驿站整体外包，价格会高。", 1, OPPOSE),
    Said("3.3", "桥下和涵洞先装灯", LAMPS, 12),
    Said("3.3", "桥下和涵洞先装灯", "桥下太黑，女同事下夜班不敢走。", 1, Kind.EXPERIENCE, COMPANY),
    Said("3.3", "灯光不要影响住户", "路灯不要直射住宅窗户，建议加灯罩。", 2, SUGGESTION),
    Said("3.4", "增加地铁口停车架", RACKS, 5),
    Said("3.4", "清理废弃车辆", "长期不骑的旧车请定期清理。", 2, channel=Channel.VISIT),
    Said("3.4", "允许电动车停放吗", "电动自行车能不能停进这些架子？", 1, Kind.QUESTION),
    Said("4.1", "公开资金使用", "花了多少钱，建议公布。", 3, speaker=UNKNOWN),
    Said("general", "希望多开几场座谈会", "希望再开几场座谈会。", 3, channel=Channel.MEETING),
    Said("general", "支持整个规划", "总的来说写得实在，支持。", 2, SUPPORT),
    Said("offplan", "小区停水", "我们小区昨天又停水了，请问找谁？", 1, Kind.OFFTOPIC),
    Said("", "", "同意第几条来着，就是那个跟桥有关的。", 1, Kind.SUGGESTION, UNKNOWN),
)


def masthead(**changes: object) -> Masthead:
    base = Masthead(
        slug="lvdao-2022",
        title="关于公开征求《滨江市绿道网络建设规划（征求意见稿）》意见的公告",
        plan_title="滨江市绿道网络建设规划（征求意见稿）",
        office="滨江市园林绿化局",
        opens="2022-09-26",
        closes="2022-10-25",
        as_of=AS_OF,
        run=3,
        head="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        rehearsal=True,
        official=False,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def _row(number: int, said: Said, copy: int) -> RegisterRow:
    section = next(s for s in SECTIONS if s[0] == said.section)
    return RegisterRow(
        number=number,
        receipt=f"7K3M-{number * 7919 % 10000:04d}",
        section=said.section,
        section_label=section[1],
        section_title=section[2],
        text=said.text if copy == 0 else f"{said.text}（联名{copy}）",
        speaker=said.speaker,
        name="刘＊" if said.speaker is INDIVIDUAL and copy == 0 else "",
        channel=said.channel,
        received=AS_OF - timedelta(hours=5 * number),
        late=number == 1,
        kind=said.kind,
        theme=said.label,
        similar=said.copies,
        origin=Origin.INFERRED if said.section else None,
        confidence=0.83 if said.section else 0.0,
        reason="提到“桥下”“涵洞”" if said.section else "",
        also=("3.1", "general") if number == 4 else (),
        disposition="partly" if number == 2 else "",
        answer="已在文本中补充。" if number == 2 else "",
        amendments={1: (SLIP,), 2: AMENDMENTS}.get(number, ()),
        aims={2: AIMS, 4: (LOWER,)}.get(number, ()),
    )


def rows() -> tuple[RegisterRow, ...]:
    described = [(said, copy) for said in SAID for copy in range(said.copies)]
    return tuple(_row(n, said, copy) for n, (said, copy) in enumerate(described, 1))


def accounting(listed: tuple[RegisterRow, ...]) -> Accounting:
    place = Counter(row.section for row in listed)
    outside = place["general"] + place["offplan"] + place[""]
    return Accounting(
        received=len(listed) + 3,
        listed=len(listed),
        withdrawn=2,
        erased=1,
        comments=len(listed),
        mapped=len(listed) - outside,
        general=place["general"],
        offplan=place["offplan"],
        unassigned=place[""],
        refused=2,
        awaiting=1,
        held=4,
        transcribing=3,
        rejected=2,
        undone=5,
    )


def register(listed: tuple[RegisterRow, ...] | None = None, **changes: object) -> Register:
    listed = rows() if listed is None else listed
    totals = tuple(
        SectionTotal(code, label, title, counts_of(tuple(r for r in listed if r.section == code)))
        for code, label, title, *_ in SECTIONS
    )
    return Register(
        masthead(**changes), counts_of(listed), totals, listed, accounting(listed),
        families(listed), themes=_register_themes(listed),
    )  # fmt: skip


def _register_themes(listed: tuple[RegisterRow, ...]) -> tuple[RegisterTheme, ...]:
    """Return a line for each ask, in the order of the plan."""
    groups: dict[tuple[str, str], list[RegisterRow]] = {}
    for row in listed:
        groups.setdefault((row.section, row.theme or row.text), []).append(row)
    return tuple(
        RegisterTheme(
            code, label, title, name, counts_of(tuple(own)),
            _tally([row.speaker for row in own]), _tally([row.channel for row in own]),
            tuple(row.number for row in own),
            _tally([Disposition(row.disposition) for row in own if row.disposition]),
            tuple(dict.fromkeys(row.answer for row in own if row.answer)),
            voices(tuple(own)) if name == SEVERAL else (),
        )
        for code, label, title, *_ in SECTIONS
        for (section, name), own in groups.items()
        if section == code
    )  # fmt: skip


def _known(listed: tuple[RegisterRow, ...]) -> int:
    return sum(1 for row in listed if row.name)


def _tally(values: list[K]) -> tuple[tuple[K, int], ...]:
    return tuple(Counter(values).most_common())


def _theme(label: str, listed: tuple[RegisterRow, ...]) -> ThemeLine:
    quotes = {row.text.split("（联名")[0]: row for row in reversed(listed)}
    return ThemeLine(
        label=label,
        counts=counts_of(listed),
        speakers=_tally([row.speaker for row in listed]),
        channels=_tally([row.channel for row in listed]),
        quotes=tuple(Quote(row.number, row.text) for row in reversed(quotes.values())),
        numbers=tuple(row.number for row in listed),
        keywords=("路灯", "涵洞") if len(listed) > 2 else (),
        largest_family=max(row.similar for row in listed),
        identified=_known(listed),
        asks=any(row.kind is not SUPPORT for row in listed),
        voices=voices(listed) if label == SEVERAL else (),
    )


def _section(described: tuple[str, ...], listed: tuple[RegisterRow, ...]) -> SectionDigest:
    code, label, title, chapter, summary = described
    mine = tuple(row for row in listed if row.section == code)
    labels = dict.fromkeys(row.theme for row in mine if row.theme)
    themes = tuple(_theme(t, tuple(r for r in mine if r.theme == t)) for t in labels)
    return SectionDigest(
        code=code,
        label=label,
        title=title,
        summary=summary,
        counts=counts_of(mine),
        share=len(mine) / len(listed) if listed else 0.0,
        kinds=_tally([row.kind for row in mine]),
        themes=opposed(sorted_asks(themes)) if code == "3.3" and themes else sorted_asks(themes),
        keywords=("断点", "连通") if len(mine) > 3 else (),
        also=(4,) if code == "3.1" and listed else (),
        chapter=chapter,
        amendments=amendment_lines(mine),
        aims=aim_lines(mine),
        identified=_known(mine),
        wording=wording(mine, slips=False),
        corrections=wording(mine, slips=True),
        figures=figures(mine),
        questions=questions(mine),
    )


def digest(listed: tuple[RegisterRow, ...] | None = None, **changes: object) -> Digest:
    listed = rows() if listed is None else listed
    sections = tuple(_section(described, listed) for described in SECTIONS)
    return Digest(
        masthead(**changes), counts_of(listed), sections, accounting(listed), families(listed),
        identified=_known(listed), days=days(listed),
    )  # fmt: skip


@pytest.fixture
def make_register() -> Callable[..., Register]:
    """Build the sample register; rows and masthead values can be given."""
    return register


@pytest.fixture
def make_digest() -> Callable[..., Digest]:
    """Build the sample digest; rows and masthead values can be given."""
    return digest


@pytest.fixture
def sample_rows() -> tuple[RegisterRow, ...]:
    return rows()
