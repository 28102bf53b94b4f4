"""Workbooks and presentations: read where `unstructured` and its parts are installed, else refused with the remedy."""

import io
import sys
import zipfile

import pytest

from agent.documents import office
from agent.documents.errors import UnreadableDocument
from agent.documents.read import read


def _workbook() -> bytes:
    made = pytest.importorskip("openpyxl").Workbook()
    sheet = made.active
    sheet["A1"] = "Bordereau des prix unitaires"
    for row in (
        [],
        ["Désignation", "Unité", "Prix"],
        ["Lavage", "m2", 12.5],
        ["Vitres", "u", 4],
        [],
        ["Valable en", None, "2026"],
    ):
        sheet.append(row)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def test_without_the_extra_a_workbook_is_refused_with_the_remedy(monkeypatch: pytest.MonkeyPatch):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    office._partition.cache_clear()
    monkeypatch.setitem(sys.modules, "unstructured.nlp.tokenize", None)
    with pytest.raises(UnreadableDocument) as refusal:
        read("prix.xlsx", packed.getvalue())
    assert refusal.value.reason == "unknown_format"
    assert "PDF" in str(refusal.value)


def test_a_sheet_gives_its_title_and_its_tables_apart():
    for part in ("unstructured", "xlrd", "msoffcrypto", "networkx"):
        pytest.importorskip(part)
    document = read("prix.xlsx", _workbook())
    assert [(block.kind, block.table, block.text) for block in document.blocks] == [
        ("heading", 0, "Bordereau des prix unitaires"), ("table_row", 1, "Désignation\tUnité\tPrix"),
        ("table_row", 1, "Lavage\tm2\t12.5"), ("table_row", 1, "Vitres\tu\t4"), ("table_row", 2, "Valable en\t\t2026"),
    ]  # fmt: skip
    assert document.blocks[2].heads == ("Désignation", "Unité", "Prix")
