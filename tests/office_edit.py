"""Edits a spreadsheet in a running LibreOffice: `python office_edit.py PIPE FILE RESULT EDITS.json`.

Run by the Python that LibreOffice's own bridge (uno) is installed for. EDITS: [[sheet, cell, value], …]; a text is
typed in as a person types it, so that LibreOffice turns it into a number or a date where it looks like one.
"""

import json
import sys
import time
from pathlib import Path

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]


def _property(name: str, value: object) -> object:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def main(pipe: str, file: str, result: str, edits: str) -> None:
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(300):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        except Exception:
            time.sleep(0.1)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    book = desktop.loadComponentFromURL(Path(file).as_uri(), "_blank", 0, (_property("Hidden", True),))
    for sheet, cell, value in json.loads(Path(edits).read_text(encoding="utf-8")):
        target = book.Sheets.getByName(sheet).getCellRangeByName(cell)
        if isinstance(value, str):
            target.FormulaLocal = value
        elif value is None:
            target.String = ""
        else:
            target.Value = value
    book.storeToURL(Path(result).as_uri(), (_property("FilterName", "Calc MS Excel 2007 XML"),))
    book.close(True)
    desktop.terminate()


main(*sys.argv[1:])
