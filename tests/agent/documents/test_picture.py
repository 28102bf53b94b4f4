"""A page as a picture, with the words marked where they stand."""

from __future__ import annotations

import io

from PIL import Image

from agent.documents.picture import has_pictures, page_picture
from agent.documents.read import read
from tests.road import SAMPLE

BAIL = SAMPLE / "05-bail-professionnel.pdf"


def _yellow(picture: Image.Image) -> list[tuple[int, int]]:
    pixels = picture.convert("RGB").load()
    return [
        (x, y)
        for x in range(0, picture.width, 3)
        for y in range(0, picture.height, 3)
        if pixels[x, y][0] > 200 and pixels[x, y][1] > 180 and pixels[x, y][2] < 170
    ]


def test_the_words_of_a_value_are_marked_and_nothing_else() -> None:
    content = BAIL.read_bytes()
    document = read(BAIL.name, content)
    start = document.text.index("Bail professionnel")
    boxes = document.boxes(start, start + len("Bail professionnel"))
    picture = Image.open(io.BytesIO(page_picture(content, document.media_type, 1, boxes)))
    marked = _yellow(picture)
    assert marked
    (box, *_) = boxes
    for x, y in marked:
        assert box.x0 * picture.width - 6 <= x <= box.x1 * picture.width + 6
        assert box.y0 * picture.height - 6 <= y <= box.y1 * picture.height + 6
    plain = Image.open(io.BytesIO(page_picture(content, document.media_type, 1)))
    assert not _yellow(plain)


def test_pictures_are_of_formats_that_have_pages() -> None:
    assert has_pictures("application/pdf")
    assert has_pictures("image/png")
    assert not has_pictures("text/html")


def test_a_scanned_picture_is_shown_too() -> None:
    target = io.BytesIO()
    Image.new("RGB", (3000, 1000), "white").save(target, "PNG")
    picture = Image.open(io.BytesIO(page_picture(target.getvalue(), "image/png", 1)))
    assert picture.size == (1100, 367)
