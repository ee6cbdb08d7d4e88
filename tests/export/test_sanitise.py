from __future__ import annotations

import pytest

from consult.export.sanitise import csv_safe, printable


@pytest.mark.parametrize(
    ("received", "shown"),
    [
        ("桥下\x0b太黑\x07\x1b[31m", "桥下太黑[31m"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("半个\ud83d字符\x00\uffff", "半个\ufffd字符\ufffd\ufffd"),
        ("\u202e反着写\u202c", "反着写"),
        ("👨‍👩‍👧‍👦𠮷\t㈱", "👨‍👩‍👧‍👦𠮷\t㈱"),
        ("<w:t>&amp;]]>", "<w:t>&amp;]]>"),
    ],
)
def test_text_is_made_fit_for_documents_without_losing_what_can_be_seen(received, shown):
    assert printable(received) == shown


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86 138", "-3", "@SUM(A1)", "\t=1", "\n=1", " =1", "＝1", "－3", "\u200b=1", "'=1",
     "'quoted'"],
)  # fmt: skip
def test_a_cell_a_spreadsheet_might_run_gets_one_quote_that_can_be_taken_off(text):
    cell = csv_safe(text)

    assert cell == f"'{text}"


@pytest.mark.parametrize("text", ["", "建议", "1+1=2", "a-b", "“=1+1”"])
def test_other_cells_stay_as_they_are(text):
    assert csv_safe(text) == text
