"""The forms of an import: the file, what its columns mean, the reason for undoing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from wtforms import FileField, IntegerField, StringField
from wtforms.validators import NumberRange, Optional

from consult.domain.ledger import SourceKind
from consult.domain.table import Columns, Flaw, Role
from consult.intake.mail_boxes import looks_like_mail
from consult.intake.table_headers import role_of
from consult.intake.table_rows import letters
from consult.services.import_table import Preview, Tried
from consult.services.vault import masked
from consult.web.forms import TokenForm
from consult.web.language import say

_COLUMNS = 40  # of a sheet that are shown
_HEAD = 65_536  # bytes that tell a letter or a mailbox from a table
_CELL = 60  # characters of a cell that are shown


class ImportForm(TokenForm):
    """The file that is sent."""

    file = FileField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a file."""
        right = bool(super().validate(extra_validators))
        sent = request.files.get("file")
        self.name = sent.filename or "" if sent else ""
        self.data_sent = sent.read() if sent else b""
        self.kind = SourceKind.MAIL if looks_like_mail(self.data_sent[:_HEAD]) else SourceKind.TABLE
        if right and not self.name:
            self.file.errors = [*self.file.errors, _("请选择要导入的文件。")]
            return False
        return right


class UndoForm(TokenForm):
    """The reason for undoing an import."""

    why = StringField()


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the preview: its words, cut, and whether it is what is wrong."""

    text: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the preview with what is wrong with it; ``number`` 0 is the whole of a form."""

    number: int
    cells: tuple[ShownCell, ...]
    problem: str
    said: str


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column of the preview: the name its choice is sent under, its header, what it means."""

    name: str
    header: str
    role: Role


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """A sheet of the preview."""

    preview: Preview
    columns: tuple[ShownColumn, ...]
    rows: tuple[ShownRow, ...]


class MappingForm(TokenForm):
    """What the columns mean, one choice for each, and the row of the header."""

    header = IntegerField(validators=[Optional(), NumberRange(min=0, max=1_048_576)])

    def chosen(self) -> Mapping[str, Role]:
        """Return what was chosen, by header or letters."""
        if not self.is_submitted():
            return {}
        roles = {role.value for role in Role}
        found: dict[str, Role] = {}
        for name, value in request.form.items():
            head = request.form.get(f"head-{name[5:]}", "")
            if name.startswith("role-") and head and value in roles:
                found[head] = Role(value)
        return found

    def columns(self) -> Columns:
        """Return how the table is to be read."""
        number = self.header.data if self.is_submitted() and not self.header.errors else None
        return Columns(self.chosen(), number)

    def told(self) -> Mapping[str, Role]:
        """Return what was chosen otherwise than the header says."""
        return {head: role for head, role in self.chosen().items() if role_of(head, {}) != role}

    def sheets(self, previews: Sequence[Preview]) -> list[ShownSheet]:
        """Return the sheets as they are shown."""
        return [self._sheet(place, preview) for place, preview in enumerate(previews)]

    def _sheet(self, place: int, preview: Preview) -> ShownSheet:
        header = preview.layout.header
        width = max([len(header.words), *(len(t.row.cells) for t in preview.rows if t.row)])
        columns = [
            ShownColumn(
                f"{place}-{at}",
                (header.words[at] if at < len(header.words) else "") or letters(at),
                header.roles[at] if at < len(header.roles) else Role.IGNORED,
            )
            for at in range(min(width, _COLUMNS))
        ]
        rows = [_row(tried, columns) for tried in preview.rows]
        return ShownSheet(preview, tuple(columns), tuple(rows))


def _row(tried: Tried, columns: Sequence[ShownColumn]) -> ShownRow:
    field = tried.error.field if tried.error else ""
    cells = []
    for at, column in enumerate(columns):
        cell = tried.row.cells[at] if tried.row and at < len(tried.row.cells) else None
        words = cell.text if cell and cell.flaw is not Flaw.MERGED else ""
        words = masked(words) if column.role is Role.CONTACT else words
        text = words if len(words) <= _CELL else f"{words[:_CELL]}…"
        cells.append(ShownCell(text, bool(field) and column.role.value == field))
    problem = say(tried.error) if tried.error else ""
    said = getattr(tried.item, "text", "") if tried.row is None else ""
    return ShownRow(tried.row.number if tried.row else 0, tuple(cells), problem, said)
