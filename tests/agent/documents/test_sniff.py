"""The format is told by the content; a wrong name changes nothing."""

import io
import zipfile

import pytest

from agent.documents import sniff
from agent.documents.errors import UnreadableDocument
from agent.documents.sniff import media_type


def _zip(*names: str, mimetype: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


_MAIL = b"Received: from x\r\nFrom: a@x.example\r\nSubject: =?utf-8?q?=C3=A9?=\r\nDate: Mon, 1 Jan 2024\r\n\r\nok"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n...", sniff.PDF),
        (b"junk before\n%PDF-1.4\n\x00\x01\x02\x03", sniff.PDF),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"II*\x00....", "image/tiff"),
        (b"{\\rtf1 x}", sniff.RTF),
        (b"<!DOCTYPE html><p>x", sniff.HTML),
        ("\ufeff<html><p>x".encode("utf-16"), sniff.HTML),
        (b"<p>un morceau de page</p>", sniff.HTML),
        (_MAIL, sniff.EML),
        (b"From: the supplier\nand nobody else, the contract says.\n", sniff.TEXT),
        (b"Subject: contract\nDate: to be agreed\n\n", sniff.EML),
        ("Marché public\n".encode("cp1252"), sniff.TEXT),
        (b"# Contrat\n\n## Dur\xc3\xa9e\n", sniff.MARKDOWN),
        (_zip("[Content_Types].xml", "word/document.xml"), sniff.DOCX),
        (_zip("content.xml", mimetype="application/vnd.oasis.opendocument.text"), sniff.ODT),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), sniff.XLSX),
        (_zip("bail.pdf"), sniff.ZIP),
    ],
)
def test_the_content_decides(content: bytes, expected: str):
    assert media_type(content, "wrong.xyz") == expected


def test_the_name_decides_between_kinds_of_plain_text():
    assert media_type(b"a;b\n1;2\n", "prix.csv") == sniff.CSV
    assert media_type(b"a;b\n1;2\n", "prix.txt") == sniff.TEXT
    assert media_type(b"Un texte.\n", "contrat.md") == sniff.MARKDOWN
    assert media_type(b"%PDF-1.7", "contrat.md") == sniff.PDF


@pytest.mark.parametrize(
    ("content", "reason", "word"),
    [
        (b"", "empty", "empty"),
        (b" \r\n\x00", "empty", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "damaged", "damaged"),
        (_zip("[Content_Types].xml", "visio/document.xml"), "unknown_format", "Visio"),
        (
            _zip("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "unknown_format",
            "LibreOffice",
        ),
        (_zip("x", mimetype="application/epub+zip"), "unknown_format", "EPUB"),
        (b"7z\xbc\xaf\x27\x1c....", "unknown_format", "ZIP"),
        (b"Rar!\x1a\x07\x00", "unknown_format", "ZIP"),
        (b"\x78\x9f\x3e\x22\x00\x00", "unknown_format", "winmail.dat"),
        (b"MZ\x90\x00" + bytes(99), "unknown_format", "program"),
        (b'{"title": "x"}', "unknown_format", "JSON"),
        (b"<?xml version='1.0'?><invoice/>", "unknown_format", "XML"),
        (bytes(range(256)), "unknown_format", "PDF"),
        (_zip("word/document.xml")[:40], "damaged", "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "bytes",
)
def test_what_is_not_read_is_refused_with_the_reason_and_a_remedy(content: bytes, reason: str, word: str):
    with pytest.raises(UnreadableDocument) as refusal:
        media_type(content, "fichier.bin")
    assert refusal.value.reason == reason
    assert word in str(refusal.value)
    assert "fichier.bin" in str(refusal.value)
    assert ";" in str(refusal.value)
