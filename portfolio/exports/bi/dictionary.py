"""The data dictionary of the published tables, written from their definition into docs/bi.md."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.exports.columns import Column
from portfolio.exports.tables import TABLES, VERSION
from portfolio.words.texts import Texts

BEGIN = "<!-- dictionary: written by portfolio.exports.bi.dictionary -->"
END = "<!-- end of the dictionary -->"
_TYPES = {
    "text": "text", "code": "text", "integer": "integer", "number": "number", "date": "date",
    "moment": "timestamp (UTC)",
    "flag": "boolean", "duration": "text (ISO 8601)",
}  # fmt: skip


def render() -> str:
    """The dictionary in Markdown: every table and column with its type, its French head, and what it holds."""
    return "\n".join(_lines()).rstrip() + "\n"


def into(document: str) -> str:
    """``document`` with its part between the marks replaced by the dictionary of today."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{render()}\n{END}{after}"


def _lines() -> Iterator[str]:
    french, english = Texts("fr"), Texts("en")
    yield f"Version {VERSION} of the tables."
    yield ""
    for table in TABLES.values():
        yield f"### `v_{table.name}` ({french(f'export_table.{table.name}')})"
        yield ""
        yield f"{english(f'export_table_about.{table.name}')} *{french(f'export_table_about.{table.name}')}*"
        yield ""
        yield f"Key: {', '.join(f'`{name}`' for name in table.key)}."
        yield ""
        yield "| column | type | in French | holds | contient |"
        yield "| --- | --- | --- | --- | --- |"
        for column in table.columns:
            about = (texts(f"export_column_about.{column.name}") for texts in (english, french))
            cells = (f"`{column.name}`", _type(column), french(f"export_column.{column.name}"), *about)
            yield f"| {' | '.join(cells)} |"
        yield ""


def _type(column: Column) -> str:
    codes = f": {', '.join(f'`{code}`' for code in column.codes)}" if column.codes else ""
    return f"{_TYPES[column.kind]}{codes}{'' if column.required else ', may be empty'}"
