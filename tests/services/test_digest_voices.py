"""A line of a digest cites only who makes its ask; the others of its theme speak for themselves."""

from __future__ import annotations

from dataclasses import replace

from consult.analysis.opposites import Opposites
from consult.analysis.telling import MOST_VOICES
from consult.domain.aim import Aim, Direction
from consult.domain.comment import Comment, Kind
from consult.domain.consultation import Indicator, Plan
from consult.domain.digest import Counts
from consult.domain.lexicon import Lexicon
from consult.domain.theme import Theme, ThemeState
from consult.domain.voice import Voice, unvoiced
from consult.services.digest_counts import People
from consult.services.digest_figures import FigureGrouper
from consult.services.digest_voices import VoiceReader
from tests.services.test_digest_asked import people

PLAN = Plan("规划", (), indicators=(Indicator(1, "绿道长度", "公里"),))
ONE = Counts(1, 1, 1, 1)
LABEL = "绿道长度建议提高到300公里"


def comment(number: int, text: str, **values: object) -> Comment:
    return Comment(number, number, 0, len(text), text, theme=1, **values)  # type: ignore[arg-type]


def raised(text: str) -> tuple[Aim, ...]:
    return (Aim(Direction.RAISE, "绿道长度", "", "", 0, len(text)),)


def read(members: list[Comment], theme: Theme | None) -> tuple[Voice, ...]:
    everybody: People = people(40)
    reader = VoiceReader(Opposites(), FigureGrouper(PLAN, Lexicon()), everybody)
    return reader.read(members, theme)


MORE = "绿道长度太保守，还可以再长一些。"
ASKED = comment(1, f"{LABEL}。", aims=raised(LABEL))
ALSO = comment(2, MORE, aims=raised(MORE))
OTHER = comment(3, "绿道两边请多种些树，夏天太晒了。")
PROPOSED = Theme(1, "1.1", LABEL, 1, (1, 2, 3), 1)


def test_the_ask_is_cited_by_who_makes_it_and_the_others_are_listed_beside() -> None:
    voices = read([OTHER, ALSO, ASKED], PROPOSED)

    assert voices == (
        Voice(LABEL, Counts(2, 2, 2, 2), (1, 2)),
        Voice("绿道两边请多种些树，夏天太晒了", ONE, (3,)),
    )


def test_a_letter_that_many_sent_names_a_theme_that_the_machine_called_by_one() -> None:
    letter = "希望绿道沿线每隔三公里建一个驿站。"
    copies = [comment(number, letter, family=9) for number in range(4, 13)]

    voices = read([ASKED, *copies], replace(PROPOSED, label=LABEL))

    assert voices[0] == Voice(letter.rstrip("。"), Counts(9, 9, 1, 9), tuple(range(4, 13)))
    assert voices[1].numbers == (1,)


def test_what_staff_put_into_a_theme_they_adopted_makes_its_ask() -> None:
    adopted = replace(PROPOSED, label="增加绿道", state=ThemeState.ADOPTED)
    pinned = [replace(OTHER, pinned=1), replace(ASKED, pinned=1), ALSO]

    voices = read(pinned, adopted)

    assert [(voice.text, voice.numbers) for voice in voices] == [
        ("增加绿道", (1, 3)),
        (MORE.rstrip("。"), (2,)),
    ]


def test_a_question_is_told_by_what_it_asks_to_know() -> None:
    asked = comment(5, "绿道要穿过我们小区。什么时候开工，施工要多久？", kind=Kind.QUESTION)

    assert read([asked], None)[0].text == "什么时候开工，施工要多久？"


def test_beyond_what_a_reader_takes_in_comments_are_listed_by_number() -> None:
    matters = [
        "树木",
        "路灯",
        "座椅",
        "桥梁",
        "凉亭",
        "厕所",
        "驿站",
        "站牌",
        "岗亭",
        "车棚",
        "围墙",
        "水井",
        "坡道",
        "沟渠",
    ]
    members = [comment(n, f"{what * 6}：{n}处损坏。") for n, what in enumerate(matters, 1)]

    voices = read(members, Theme(1, "1.1", "修整", 0, (), 0))

    assert len(voices) == MOST_VOICES
    told = [number for voice in voices for number in voice.numbers]
    assert len(told) == len(set(told))
    assert sorted([*told, *unvoiced(range(1, len(matters) + 1), voices)]) == [
        *range(1, len(matters) + 1)
    ]
