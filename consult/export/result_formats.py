"""The files of the published results: file name → type and writer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from consult.domain.results import Results
from consult.export.results_csv import results_csv
from consult.export.results_docx import results_docx
from consult.export.results_xlsx import results_xlsx

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class ResultFormat:
    """A file made of the results."""

    content_type: str
    write: Callable[[Results], bytes]


RESULT_FILES: Final[dict[str, ResultFormat]] = {
    "results.docx": ResultFormat(f"{_OFFICE}.wordprocessingml.document", results_docx),
    "results.xlsx": ResultFormat(f"{_OFFICE}.spreadsheetml.sheet", results_xlsx),
    "results.csv": ResultFormat("text/csv; charset=utf-8", results_csv),
}
