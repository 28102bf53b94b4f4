"""The published tables as Parquet: the same columns with their types, texts as they are."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from portfolio.exports.columns import Kind, Table
from portfolio.exports.tables import VERSION, Line
from portfolio.values import Duration

TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "code": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "moment": pa.timestamp("us", tz="UTC"),
    "flag": pa.bool_(),
    "duration": pa.string(),
}


def schema(table: Table) -> pa.Schema:
    columns = [pa.field(c.name, TYPES[c.kind], nullable=not c.required) for c in table.columns]
    return pa.schema(columns, metadata={"contratheque_tables_version": str(VERSION)})


def render(table: Table, rows: Iterable[Line]) -> bytes:
    """A table as a Parquet file's bytes."""
    by_column = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    arrays = [
        pa.array([_plain(value) for value in column], type=TYPES[spec.kind])
        for spec, column in zip(table.columns, by_column, strict=True)
    ]
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema(table)), buffer)
    return buffer.getvalue()


def _plain(value: Any) -> Any:
    match value:
        case Duration():
            return str(value)
        case str():
            return value.encode("utf-8", "replace").decode()
        case _:
            return value
