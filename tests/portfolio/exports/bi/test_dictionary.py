"""docs/bi.md tells of every table and column as they are."""

from pathlib import Path

from portfolio.exports.bi import dictionary
from portfolio.exports.tables import TABLES

DOCUMENT = Path(__file__).parents[4] / "docs" / "bi.md"


def test_the_published_dictionary_is_fresh() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text == dictionary.into(text), "write portfolio.exports.bi.dictionary.into(docs/bi.md) into the file again"


def test_every_column_is_told_with_its_type() -> None:
    text = dictionary.render()
    for table in TABLES.values():
        assert f"### `v_{table.name}`" in text
        for column in table.columns:
            assert f"| `{column.name}` | " in text
