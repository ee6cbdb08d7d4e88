"""What headers and cells of tables mean, in every spelling; any bytes are rows or a refusal."""

from __future__ import annotations

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.comment import Speaker
from consult.domain.errors import InputRefused
from consult.domain.table import Role
from consult.intake.table_csv import csv_rows, decoded
from consult.intake.table_headers import role_of
from consult.intake.table_words import body_of, moment_of
from tests.conftest import OPEN


@pytest.mark.parametrize(("header", "role"), [
    ("意见内容（必填）", Role.TEXT), ("修改意见和建议", Role.TEXT), ("您的意见或建议", Role.TEXT),
    ("反馈意见", Role.TEXT), ("诉求内容", Role.TEXT), ("内容", Role.TEXT), ("建议", Role.TEXT),
    ("修改建议", Role.TEXT), ("修改为", Role.REPLACEMENT), ("原文内容", Role.ORIGINAL),
    ("修改理由及依据", Role.REASON), ("单位/姓名", Role.NAME), ("提出意见单位", Role.UNIT),
    ("提出单位/个人", Role.NAME), ("单位或个人", Role.NAME), ("反馈单位（个人）", Role.UNIT),
    ("个人或单位名称", Role.NAME), ("意见提出单位或个人", Role.NAME), ("单位名称", Role.UNIT),
    ("单位名称/姓名", Role.NAME), ("姓名/单位", Role.NAME), ("单位及个人姓名", Role.NAME),
    ("意见提出人", Role.NAME), ("联系电话", Role.CONTACT), ("章节条款", Role.SECTION),
    ("对应章节", Role.SECTION), ("意见提交时间", Role.RECEIVED), ("来源渠道", Role.CHANNEL),
    ("处理意见", Role.IGNORED), ("采纳情况", Role.IGNORED), ("工单编号", Role.ID),
    ("序号", Role.IGNORED), ("是否同意公开", Role.PUBLISH), ("备注", Role.IGNORED),
])  # fmt: skip
def test_headers_mean_what_people_mean(header: str, role: Role) -> None:
    assert role_of(header, {}) is role


@pytest.mark.parametrize("words", [
    "2024-05-02", "2024/5/2", "2024.5.2", "2024年5月2日", "20240502", "45414",
    "２０２４-０５-０２", "2024-05-02 00:00:00",
])  # fmt: skip
def test_dates_in_every_spelling(words: str) -> None:
    found = moment_of(words, OPEN.tzinfo or UTC)
    assert found is not None
    assert found.date().isoformat() == "2024-05-02"


@pytest.mark.parametrize("words", ["", "2024-0-01", "2024-13-01", "5月2日", "9999-01-01", "昨天"])
def test_what_is_no_date_is_none(words: str) -> None:
    assert moment_of(words, UTC) is None


@given(st.binary(max_size=400))
def test_any_bytes_become_rows_or_a_refusal(data: bytes) -> None:
    try:
        rows = [row for row in csv_rows(data) if isinstance(row, tuple)]
    except InputRefused:
        return
    assert all(cells for _, cells in rows)


@given(
    st.text(alphabet=st.characters(codec="gb18030", exclude_categories=["Cc", "Cs"]), min_size=1)
)
def test_gb_text_is_decoded_as_written(text: str) -> None:
    plain = f"意见,{text}"
    assert decoded(plain.encode("gb18030")) == plain


@pytest.mark.parametrize(("name", "speaker"), [
    ("清河县护理院", Speaker.MEDICAL), ("清河县第二中学", Speaker.ACADEMIA),
    ("清河县餐饮协会", Speaker.ASSOCIATION), ("清河机械公司", Speaker.COMPANY),
    ("清河县民政局", Speaker.AGENCY), ("红星村村委会", Speaker.AGENCY),
    ("陈大河", None), ("欧阳大河", None), ("王小厂", None), ("", None), ("匿名", None),
])  # fmt: skip
def test_a_body_is_known_by_the_end_of_its_name(name: str, speaker: Speaker | None) -> None:
    assert body_of(name) is speaker
