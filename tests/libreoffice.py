"""LibreOffice as a person uses it: forms are opened, typed into cell by cell, and saved.

A macro of the program's own Basic does it, since its Python is a package that CI does not install.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

PROGRAM: Final = shutil.which("soffice")
# What a file is saved as → the program's name for the format.
_FILTERS: Final = {"docx": "MS Word 2007 XML", "odt": "writer8", "doc": "MS Word 97"}
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIBRARY: Final = (
    '{head}<library:library xmlns:library="http://openoffice.org/2000/library"'
    ' library:name="Standard" library:readonly="false" library:passwordprotected="false">'
    '{elements}</library:library>'
)  # fmt: skip
_MODULE: Final = (
    '{head}<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Form"'
    ' script:language="StarBasic">{text}</script:module>'
)  # fmt: skip
# A profile that says so is not set up anew, which would put the program's own macros into it.
_SET_UP: Final = (
    '{head}<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted"'
    ' oor:op="fuse"><value>true</value></prop></item></oor:items>'
)  # fmt: skip
_LISTED: Final = (
    '{head}<library:libraries xmlns:library="http://openoffice.org/2000/library"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard"'
    ' xlink:href="$(USER)/basic/Standard/{kind}.xlb/" xlink:type="simple" library:link="false"/>'
    '</library:libraries>'
)  # fmt: skip
_OPEN: Final = """
Function Opened(url)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Opened = StarDesktop.loadComponentFromURL(url, "_blank", 0, hidden())
End Function
Sub Saved(document, url, filter)
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName"
  how(0).Value = filter
  document.storeToURL(url, how())
End Sub
Sub Typed(document, table, cell, words)
  Dim lines, place, text, cursor
  text = document.TextTables.getByIndex(table).getCellByName(cell)
  cursor = text.createTextCursor()
  cursor.gotoEnd(False)
  lines = Split(words, "|")
  For place = 0 To UBound(lines)
    If place > 0 Then text.insertControlCharacter(cursor, 0, False)
    text.insertString(cursor, lines(place), False)
  Next
End Sub
Sub Controlled(document, table, cell, words)
  Dim text, cursor, control
  text = document.TextTables.getByIndex(table).getCellByName(cell)
  cursor = text.createTextCursor()
  text.insertString(cursor, words, False)
  cursor.gotoStart(False)
  cursor.gotoEnd(True)
  control = document.createInstance("com.sun.star.text.ContentControl")
  text.insertTextContent(cursor, control, True)
End Sub
Sub Merged(document, table, first, last)
  Dim cursor
  cursor = document.TextTables.getByIndex(table).createCursorByCellName(first)
  cursor.gotoCellByName(last, True)
  cursor.mergeRange()
End Sub
Sub Added(document, table, rows)
  Dim held
  held = document.TextTables.getByIndex(table).Rows
  held.insertByIndex(held.Count, rows)
End Sub
Sub Written(document, label, words)
  Dim search, found
  search = document.createSearchDescriptor()
  search.SearchString = label
  found = document.findFirst(search)
  found.End.String = words
End Sub
"""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is done to a document: a procedure above with its arguments."""

    name: str
    values: tuple[str | int, ...]

    def line(self) -> str:
        """Return it as a line of Basic."""
        said = [v if isinstance(v, int) else '"' + v.replace('"', '""') + '"' for v in self.values]
        return f"  {self.name}(document, {', '.join(map(str, said))})"


def typed(cell: str, words: str, table: int = 0) -> Act:
    """Type into a cell such as ``C3``; ``|`` begins a paragraph."""
    return Act("Typed", (table, cell, words))


def controlled(cell: str, words: str, table: int = 0) -> Act:
    """Type into a content control in a cell."""
    return Act("Controlled", (table, cell, words))


def merged(first: str, last: str, table: int = 0) -> Act:
    """Merge cells."""
    return Act("Merged", (table, first, last))


def added(rows: int, table: int = 0) -> Act:
    """Add rows at the end of a table."""
    return Act("Added", (table, rows))


def written(label: str, words: str) -> Act:
    """Write behind a label in the text."""
    return Act("Written", (label, words))


def filled(data: bytes, acts: Iterable[Act], folder: Path, *kinds: str) -> list[bytes]:
    """Open a docx, do what a person does, and save it as the kinds in turn; returns each.

    Each further kind is opened from the one before it, by the same program.
    """
    source = folder / "form.docx"
    source.write_bytes(data)
    steps = ["Sub Main", f'  document = Opened("{source.as_uri()}")', *(a.line() for a in acts)]
    places = [folder / f"saved{number}.{kind}" for number, kind in enumerate(kinds)]
    for made, kind in zip(places, kinds, strict=True):
        steps += [f'  Saved(document, "{made.as_uri()}", "{_FILTERS[kind]}")',
                  "  document.close(True)", f'  document = Opened("{made.as_uri()}")']  # fmt: skip
    steps += ["  document.close(True)", "  StarDesktop.terminate()", "End Sub"]
    _run(folder / "profile", _OPEN + "\n".join(steps) + "\n")
    return [made.read_bytes() for made in places]


def _run(profile: Path, basic: str) -> None:
    user = profile / "user"
    library = user / "basic" / "Standard"
    library.mkdir(parents=True)
    elements = '<library:element library:name="Form"/>'
    files = {
        user / "registrymodifications.xcu": _SET_UP.format(head=_HEAD),
        user / "basic" / "script.xlc": _LISTED.format(head=_HEAD, kind="script"),
        user / "basic" / "dialog.xlc": _LISTED.format(head=_HEAD, kind="dialog"),
        library / "script.xlb": _LIBRARY.format(head=_HEAD, elements=elements),
        library / "dialog.xlb": _LIBRARY.format(head=_HEAD, elements=""),
        library / "Form.xba": _MODULE.format(head=_HEAD, text=escape(basic)),
    }
    for path, words in files.items():
        path.write_text(words, encoding="utf-8")
    assert PROGRAM is not None
    subprocess.run(
        [PROGRAM, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
         "macro:///Standard.Form.Main"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
