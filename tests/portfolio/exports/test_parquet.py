"""Parquet: the declared types, and every value as it is."""

import io

import pyarrow as pa
import pyarrow.parquet as pq

from portfolio.exports import parquet
from portfolio.exports.tables import TABLES
from portfolio.register.store import Register
from portfolio.values import Duration
from tests.portfolio.exports.portfolios import HOSTILE, tables


def test_every_table_reads_back_with_its_types_and_values(filled: Register) -> None:
    found = tables(filled)
    for table in TABLES.values():
        read = pq.read_table(io.BytesIO(parquet.render(table, found.rows[table.name])))
        assert read.schema.equals(parquet.schema(table)), table.name
        for column in table.columns:
            expected = [getattr(row, column.name) for row in found.rows[table.name]]
            written = [str(value) if isinstance(value, Duration) else value for value in expected]
            assert read[column.name].to_pylist() == written, (table.name, column.name)


def test_texts_are_left_as_they_are(filled: Register) -> None:
    read = pq.read_table(io.BytesIO(parquet.render(TABLES["parties"], tables(filled).rows["parties"])))
    assert {text.strip() for text in HOSTILE} <= {name.strip() for name in read["name"].to_pylist()}


def test_a_table_without_rows_keeps_its_columns() -> None:
    read = pq.read_table(io.BytesIO(parquet.render(TABLES["contracts"], [])))
    assert read.num_rows == 0
    assert read.schema.field("start_date").type == pa.date32()
    assert read.schema.field("yearly_amount").type == pa.float64()
