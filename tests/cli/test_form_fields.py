from __future__ import annotations

import click
import pytest

from consult.cli.form_fields import form_texts
from consult.domain.comment import Speaker
from consult.domain.questions import questions


def test_fields_and_speakers_are_set_in_the_order_given() -> None:
    texts = form_texts(
        {"summary": "修路。", "speakers": "agency=机关"},
        ["contact=off", "name=required"],
        ["company=船运企业", "individual=个人"],
    )
    asked = questions(texts)
    assert texts["summary"] == "修路。"
    assert asked.speakers == ((Speaker.COMPANY, "船运企业"), (Speaker.INDIVIDUAL, "个人"))
    assert (asked.asks("contact"), asked.needs("name"), asked.asks("files")) == (False, True, True)


def test_without_a_word_everything_may_be_left_out() -> None:
    texts = {"summary": "修路。"}
    assert form_texts(texts, [], []) == texts
    asked = questions(texts)
    assert len(asked.speakers) == 6
    assert not any(asked.needs(name) for name in asked.asked)


@pytest.mark.parametrize(
    ("fields", "speakers"),
    [(["files=required"], []), (["name"], []), (["age=off"], []), ([], ["mayor=市长"]),
     ([], ["company="]), ([], ["company"])],
)  # fmt: skip
def test_what_does_not_exist_is_refused(fields: list[str], speakers: list[str]) -> None:
    with pytest.raises(click.BadParameter):
        form_texts({}, fields, speakers)
