from __future__ import annotations

from consult.analysis.opposites import Opposites
from consult.analysis.segment import Segmenter
from consult.analysis.themes import Vectors
from consult.analysis.themes_features import Features
from consult.analysis.themes_nearest import NearestTheme, ThemeTexts

THEMES = [
    ThemeTexts(4, "2.1", ("步道路灯太暗，请加装路灯。", "晚上步道没有路灯，建议装路灯。")),
    ThemeTexts(9, "2.1", ("沿河加些座椅，老人走累了歇一歇。",)),
    ThemeTexts(7, "2.3", ("请多种柳树，夏天可以遮阴。", "建议补种柳树，夏天遮阴。")),
]


def nearest(themes: list[ThemeTexts]) -> NearestTheme:
    return NearestTheme(themes, Vectors(Segmenter(), Features()), Opposites())


def test_a_text_goes_to_the_theme_it_is_clearly_nearest_to() -> None:
    found = nearest(THEMES)
    assert found.find("步道上路灯太少，请加装路灯。", "2.1") == 4
    assert found.find("请沿河多加座椅，老人走累了好歇一歇。", "2.1") == 9


def test_a_theme_of_another_section_is_never_near() -> None:
    assert nearest(THEMES).find("步道上路灯太少，请加装路灯。", "2.3") is None
    assert nearest(THEMES).find("步道上路灯太少，请加装路灯。", "9.9") is None


def test_what_is_near_to_nothing_or_to_two_alike_is_left_alone() -> None:
    twice = [*THEMES, ThemeTexts(5, "2.1", THEMES[0].texts)]
    assert nearest(THEMES).find("公交车半小时才来一班。", "2.1") is None
    assert nearest(twice).find("步道上路灯太少，请加装路灯。", "2.1") is None
    assert nearest([]).find("步道上路灯太少，请加装路灯。", "2.1") is None


def test_the_reverse_of_a_theme_is_not_near_to_it() -> None:
    themes = [ThemeTexts(4, "2.2", ("建议放宽夜间垂钓的时间，延长到十点。",))]
    assert nearest(themes).find("建议放宽夜间垂钓的时间，延长到十一点以后。", "2.2") in {4, None}
    assert nearest(themes).find("建议收紧夜间垂钓的时间，缩短到十点。", "2.2") is None


def test_the_order_of_themes_decides_nothing() -> None:
    text = "步道上路灯太少，请加装路灯。"
    assert nearest(THEMES[::-1]).find(text, "2.1") == nearest(THEMES).find(text, "2.1") == 4
