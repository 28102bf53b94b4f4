"""Scans and pictures: recognised page by page, laid out like text, with words in their places."""

from __future__ import annotations

import io
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest
from PIL import Image

from agent.documents import images
from agent.documents import pdf as reader
from agent.documents.errors import UnreadableDocument
from agent.documents.ocr import engine
from agent.documents.ocr.scans import ScannedWord
from agent.documents.ocr.tesseract import Tesseract
from agent.documents.pages import Document
from tests.agent.documents.printing import HEIGHT, WIDTH, Draw, lines, pdf, picture, scan, table, together

SENTENCE = (
    "Le présent contrat prend effet le 1er avril 2024 pour une durée",
    "de trois ans, sans reconduction tacite.",
)
TEXT = " ".join(SENTENCE)


def page() -> Draw:
    return together(
        lines("Contrat d'entretien", top=90, size=18, bold=True),
        lines(*SENTENCE, top=130, size=12),
        table(("Nature", "Prix annuel"), ("Chaudière", "1 250,00 €"), ("Pompes", "480,00 €"), top=200, wide=180),
    )


@lru_cache(maxsize=1)
def scanned() -> Document:
    return reader.read("scan.pdf", scan(picture(pdf(page()))))


def test_a_scanned_page_is_recognised_and_laid_out() -> None:
    assert scanned().pages[0].origin == "ocr"
    assert ("paragraph", TEXT) in [(block.kind, block.text) for block in scanned().blocks]
    assert scanned().blocks[0].kind == "heading"


def test_a_scanned_table_gives_rows_with_heads() -> None:
    row = next(block for block in scanned().blocks if block.text.startswith("Chaudière"))
    assert (row.kind, row.cells, row.heads) == ("table_row", ("Chaudière", "1 250,00 €"), ("Nature", "Prix annuel"))


def test_recognised_words_lie_where_they_are_printed() -> None:
    start = scanned().text.index("1er avril 2024")
    (box,) = scanned().boxes(start, start + len("1er avril 2024"))
    assert box.y0 < 128 / HEIGHT < box.y1
    assert 70 / WIDTH < box.x0 < box.x1 < 0.75


def test_only_the_pages_without_text_are_recognised() -> None:
    import pypdfium2

    buffer = io.BytesIO()
    with (
        pypdfium2.PdfDocument.new() as mixed,
        pypdfium2.PdfDocument(pdf(lines("Page avec son texte."))) as text,
        pypdfium2.PdfDocument(scan(picture(pdf(lines(*SENTENCE, size=12))))) as scans,
    ):
        mixed.import_pages(text)
        mixed.import_pages(scans)
        mixed.save(buffer)
    document = reader.read("mixte.pdf", buffer.getvalue())
    assert [info.origin for info in document.pages] == ["text", "ocr"]
    assert [block.text for block in document.blocks] == ["Page avec son texte.", TEXT]


def test_scanned_pages_beyond_the_limit_are_named_in_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_OCR_PAGES", 0)
    document = reader.read("scan.pdf", scan(picture(pdf(page()))))
    assert document.text == ""
    assert "1 scanned page" in document.warnings[0]


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP"])
def test_pictures_of_every_kind_are_recognised(kind: str) -> None:
    image = picture(pdf(lines("Convention de stage", top=40, size=16))).crop((100, 40, 700, 140))
    document = images.read("photo", encoded(image, kind))
    assert document.text == "Convention de stage"
    assert document.media_type == Image.MIME[kind]


def test_a_tiff_has_a_page_for_each_picture() -> None:
    pages = [
        picture(pdf(lines(text, top=40, size=16))).crop((100, 40, 700, 140))
        for text in ("Page une du bail", "Page deux du bail")
    ]
    document = images.read("bail.tif", encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert [(block.page, block.text) for block in document.blocks] == [
        (1, "Page une du bail"),
        (2, "Page deux du bail"),
    ]


def test_a_photo_is_turned_as_its_camera_says() -> None:
    image = picture(pdf(lines("Convention de stage", top=40, size=16))).crop((100, 40, 700, 140))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees to the right
    document = images.read("photo.jpg", encoded(image.transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif))
    assert document.text == "Convention de stage"


def test_a_huge_picture_is_refused_without_decoding_it() -> None:
    content = encoded(Image.new("1", (30_000, 30_000)), "PNG")
    with pytest.raises(UnreadableDocument) as error:
        images.read("plan.png", content)
    assert error.value.reason == "too_large"


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", b"", b"BM no picture"])
def test_a_damaged_picture_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableDocument) as error:
        images.read("photo.png", content)
    assert error.value.reason == "damaged"


def test_a_picture_that_is_cut_short_is_refused() -> None:
    content = encoded(picture(pdf(page())), "PNG")
    with pytest.raises(UnreadableDocument) as error:
        images.read("photo.png", content[: len(content) // 2])
    assert error.value.reason == "damaged"


def test_the_words_of_tesseract_are_read_with_their_places(tmp_path: Path) -> None:
    command = tmp_path / "tesseract"
    command.write_text(
        "#!/bin/sh\n"
        'if [ "$1" = --list-langs ]; then echo List; echo fra; exit; fi\n'
        '[ "$4" = fra ] || exit 1\n'
        "cat > /dev/null\n"
        "printf 'level\\tleft\\ttop\\twidth\\theight\\tconf\\ttext\\n'\n"
        "printf '4\\t10\\t20\\t300\\t12\\t-1\\t\\n'\n"
        "printf '5\\t10\\t20\\t30\\t12\\t96.5\\tDurée\\n'\n"
        "printf '5\\t50\\t20\\t30\\t12\\t12\\t~#|\\n'\n"
    )
    command.chmod(0o755)
    (word,) = Tesseract(str(command)).words(Image.new("L", (200, 100), 255))
    assert (word.text, word.x0, word.y0, word.x1, word.y1) == ("Durée", 10, 20, 40, 32)


def test_a_page_that_recognition_gives_up_on_is_named_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def words(self, picture: Image.Image) -> list[ScannedWord]:
            raise subprocess.TimeoutExpired("tesseract", 120)

    monkeypatch.setattr(engine, "engine", Broken)
    document = reader.read("scan.pdf", scan(picture(pdf(page()))))
    assert document.warnings[0].startswith("Page 1 of scan.pdf was not read")


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180])
def test_a_scan_that_lies_on_its_side_is_read_upright_with_places_on_the_page_as_it_is(turn: Image.Transpose) -> None:
    upright = picture(pdf(lines(*SENTENCE, top=40, size=12))).crop((100, 40, 1000, 240))
    document = images.read("scan.png", encoded(upright.transpose(turn), "PNG"))
    assert document.text == TEXT
    first, last = document.blocks[0].words[0].box, document.blocks[0].words[-1].box
    assert first.y0 + first.y1 > last.y0 + last.y1  # both turns put the beginning of the text below its end
