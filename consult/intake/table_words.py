"""What stands in the cells of a table as values: dates, channels, speakers, leave to quote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final, TypeVar

from consult.domain.comment import Channel, Speaker
from consult.domain.terms import CHANNELS, SPEAKERS
from consult.intake.jsonl import EARLIEST, LATEST

V = TypeVar("V", Channel, Speaker)

# Pattern in what people write → the channel; read top to bottom.
_CHANNELS: Final[tuple[tuple[str, Channel], ...]] = (
    (r"12345|热线|电话|来电|致电", Channel.TELEPHONE),
    (r"微信|公众号|企业微信", Channel.WECHAT),
    (r"邮箱|邮件|电邮|e-?mail", Channel.EMAIL),
    (r"来信|信函|信件|书面|函|传真|邮寄|纸质", Channel.LETTER),
    (r"来访|走访|上门|现场|窗口|接待", Channel.VISIT),
    (r"座谈|会议|论证|听证|研讨|调研", Channel.MEETING),
    (r"网站|网上|网络|门户|平台|在线|网页|官网", Channel.WEB),
)
_SPEAKERS: Final[tuple[tuple[str, Speaker], ...]] = (
    (r"医院|卫生院|医疗|卫生服务", Speaker.MEDICAL),
    (r"高校|大学|学院|院校|科研|研究[院所]|学校|高职", Speaker.ACADEMIA),
    (r"协会|商会|学会|联合会|社会组织|社团|基金会|民办非", Speaker.ASSOCIATION),
    (r"企业|公司|厂|集团|合作社", Speaker.COMPANY),
    (r"机关|政府|部门|局|委|办|事业单位|街道|乡镇|区县|县区|人大|政协", Speaker.AGENCY),
    (r"个人|市民|群众|居民|网民|公民|村民|自然人|职工|学生|专家|教师|代表", Speaker.INDIVIDUAL),
)
# The end of a body's name → who speaks. People's names do not end so: what is short as they are
# (司法局, 王小厂) is left to a person.
_BODIES: Final[tuple[tuple[str, Speaker], ...]] = (
    (r"(?:医院|卫生院|护理院|卫生室|诊所|卫生服务(?:中心|站)|疾控中心|门诊部)", Speaker.MEDICAL),
    (r"(?:大学|学院|学校|中学|小学|职中|技校|幼儿园|研究院|研究所|科学院)", Speaker.ACADEMIA),
    (r"(?:协会|商会|学会|研究会|促进会|联合会|联谊会|基金会|志愿服务队)", Speaker.ASSOCIATION),
    (r"(?:公司|集团|厂|合作社|企业|事务所|银行|酒店|超市)", Speaker.COMPANY),
    (
        r"(?:局|厅|委员会|办公室|人民政府|办事处|管委会|居委会|村委会|法院|检察院|党委|党支部)",
        Speaker.AGENCY,
    ),
)
_SHORTEST_BODY: Final = 4  # characters
_YES: Final = frozenset(
    {"是", "同意", "可以", "可", "愿意", "公开", "yes", "y", "true", "1", "√", "✓"}
)
_DAY: Final = re.compile(
    r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*[日号]?"
    r"(?:[\sT]*(?P<H>\d{1,2})\s*[:时]\s*(?P<M>\d{1,2})\s*(?:[:分]\s*(?P<S>\d{1,2}))?\s*[分秒]?(?:\.\d+)?)?"
)
_PACKED: Final = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)")
# Days since 1899-12-30, as table programs count them (ECMA-376 part 1, 18.17.4.1): 1990 to 2099.
_SERIAL: Final = re.compile(r"(?:3[2-9]|[4-6]\d|7[0-2])\d{3}(?:\.\d+)?")


@lru_cache(maxsize=1024)  # a column says the same few things 100,000 times
def channel_of(words: str) -> Channel | None:
    """Return the channel that is meant, None when the words name none."""
    return _named(words, CHANNELS) or _matched(words, _CHANNELS)


@lru_cache(maxsize=1024)
def speaker_of(words: str) -> Speaker | None:
    """Return the speaker that is meant, None when the words name none."""
    return _named(words, SPEAKERS) or _matched(words, _SPEAKERS)


@lru_cache(maxsize=1024)
def body_of(name: str) -> Speaker | None:
    """Return what kind of body a name is that of, None where it may be a person's."""
    plain = unicodedata.normalize("NFKC", name).strip()
    if len(plain) < _SHORTEST_BODY:
        return None
    kinds = (kind for ending, kind in _BODIES if re.search(f"{ending}$", plain))
    return next(kinds, None)


def agreed(words: str) -> bool:
    """Tell whether leave to quote is given; it is said, never guessed."""
    return unicodedata.normalize("NFKC", words).strip().casefold() in _YES


@lru_cache(maxsize=1024)
def moment_of(words: str, zone: tzinfo) -> datetime | None:
    """Return the instant that is meant, in a zone; None when it is no date of 1990 to 2100."""
    plain = unicodedata.normalize("NFKC", words).strip()
    if _SERIAL.fullmatch(plain):
        start = datetime(1899, 12, 30, tzinfo=zone)
        return start + timedelta(seconds=round(float(plain) * 86_400))
    found = _DAY.fullmatch(plain) or _PACKED.fullmatch(plain)
    if found is None:
        return None
    part = {name: int(value or 0) for name, value in found.groupdict().items()}
    try:
        moment = datetime(part["y"], part["m"], part["d"], part.get("H", 0), part.get("M", 0),
                          part.get("S", 0), tzinfo=zone)  # fmt: skip
        return moment if EARLIEST <= moment.astimezone(UTC).year <= LATEST else None
    except (ValueError, OverflowError):
        return None


def _named(words: str, terms: Mapping[V, str]) -> V | None:
    plain = words.strip().casefold()
    return next((value for value, term in terms.items() if plain in (term, str(value))), None)


def _matched(words: str, rules: Sequence[tuple[str, V]]) -> V | None:
    plain = unicodedata.normalize("NFKC", words).casefold()
    return next((value for pattern, value in rules if re.search(pattern, plain)), None)
