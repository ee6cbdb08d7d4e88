from __future__ import annotations

import csv
import io
from dataclasses import replace

from consult.export.register_csv import register_csv


def test_it_opens_in_excel_with_bom_and_windows_line_ends(make_register):
    data = register_csv(make_register(()))

    assert data.startswith(b"\xef\xbb\xbf\xe5\xba\x8f\xe5\x8f\xb7,")
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == 1


def test_formulas_lines_quotes_and_long_texts_come_back_whole(make_register, sample_rows):
    texts = ["=1+1", '他说“好”,"行"\n第二行', "长" * 40_000, "'=1", "<w:t>👍"]
    rows = tuple(replace(sample_rows[0], number=n, text=text) for n, text in enumerate(texts, 1))

    read = list(
        csv.DictReader(
            io.StringIO(register_csv(make_register(rows)).decode("utf-8-sig"), newline="")
        )
    )

    cells = [row["意见内容"] for row in read]
    assert [cell[1:] if cell.startswith("'") else cell for cell in cells] == texts
    assert [cell[0] for cell in cells] == ["'", "他", "长", "'", "<"]


def test_times_are_on_the_clock_of_the_consultation(make_register):
    read = csv.DictReader(io.StringIO(register_csv(make_register()).decode("utf-8-sig")))

    assert next(read)["收到时间"] == "2022-10-26 04:05:00"
