"""The published results as csv: a row per ask, opens in Excel and WPS without garbled text."""

from __future__ import annotations

import csv
import io

from consult.domain.results import Results
from consult.export.balance import check_results
from consult.export.phrases import head_title
from consult.export.result_columns import COLUMNS, rows
from consult.export.sanitise import csv_safe


def results_csv(results: Results) -> bytes:
    """Return csv in UTF-8 with BOM, CRLF line ends; raises ``AccountingError``."""
    check_results(results)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*(c.title for c in COLUMNS), head_title(results.masthead)])
    for section, line in rows(results):
        values = (column.value(section, line) for column in COLUMNS)
        writer.writerow([*(csv_safe(v) if isinstance(v, str) else v for v in values), ""])
    return out.getvalue().encode("utf-8-sig")
