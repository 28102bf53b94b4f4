"""Several tables in one place: a folder with a file a table, or a ZIP archive of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from portfolio.errors import ContrathequeError, InvalidValue
from portfolio.exports.columns import Table
from portfolio.exports.gather import Tables
from portfolio.exports.tables import TABLES, Line

Render = Callable[[Table, Sequence[Line]], bytes]


def contents(tables: Tables, render: Render, suffix: str) -> Mapping[str, bytes]:
    """Every table's file by its name (`contracts.csv`)."""
    return {f"{name}{suffix}": render(table, tables.rows[name]) for name, table in TABLES.items()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP archive's bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def named(name: str) -> Table:
    """The table called ``name``; raises InvalidValue with the names there are."""
    try:
        return TABLES[name]
    except KeyError:
        raise InvalidValue(f"There is no table « {name} »; the tables are: {', '.join(TABLES)}.") from None


def write(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all. Raises ContrathequeError where it cannot be written."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise ContrathequeError(f"{path} cannot be written ({error.strerror}); choose another place.") from error
