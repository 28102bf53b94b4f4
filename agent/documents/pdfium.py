"""One page of a PDF as printed words, ruled lines and small drawings, by pdfium's own functions.

Character calls go through ctypes at about a microsecond each, so only the first and last character of a word are asked
for their place, and a text object for its type once.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from agent.documents.layout.printed import Mark, PrintedPage, PrintedWord, Rect, Rule
from agent.documents.words import symbol

MOST_DRAWINGS = 4_000
"""Drawings read a page; plans and maps have more, and no tables."""
MOST_SEGMENTS = 400
"""Segments read a drawing."""
MOST_CHARACTERS = 200_000
"""Characters read a page."""
THIN = 2.5
"""Rectangles thinner than this, in points, are ruled lines."""

_WORD = re.compile(r"[^\s\x00-\x01\x03-\x1f\x7f]+")
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\u2010": "-", "\u2011": "-"})
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SPECIAL = re.compile("[\x02\ufffe\u2010\u2011\u00ad\u200b\u200c\u200d\ufeff" + "".join(_LIGATURES) + "]")
_FORCE_BOLD = 1 << 18
_UNMAPPED = re.compile("[\x00\ufffd\ue000-\uf8ff]")
_SYMBOL_NAME = re.compile(rb"wingdings|webdings", re.IGNORECASE)
_BOLD_NAME = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    symbols: bool
    invisible: bool
    white: bool


@dataclass(frozen=True, slots=True)
class TextLayer:
    """A page's words as the file has them, and what tells whether they can be used."""

    page: PrintedPage
    characters: int
    unmapped: int
    """Characters without a meaning: no Unicode, replacement signs, private use."""
    pictures: float
    """Share of the page covered by pictures."""
    drawings: int


class _Frame:
    """From user space (origin at the bottom left of the media box) to the page as seen."""

    def __init__(self, page: pdfium.FPDF_PAGE) -> None:
        self.width = pdfium.FPDF_GetPageWidthF(page)
        self.height = pdfium.FPDF_GetPageHeightF(page)
        rect = pdfium.FS_RECTF()
        self.turn = pdfium.FPDFPage_GetRotation(page)
        if pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(rect)):
            self.left, self.bottom, self.right, self.top = rect.left, rect.bottom, rect.right, rect.top
        else:
            across, up = (self.height, self.width) if self.turn % 2 else (self.width, self.height)
            self.left, self.bottom, self.right, self.top = 0.0, 0.0, across, up

    def rect(self, left: float, bottom: float, right: float, top: float) -> Rect:
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turn == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left


def text_layer(page: pdfium.FPDF_PAGE, number: int) -> TextLayer:
    """Reads one loaded page; the page stays open, and is the caller's to close."""
    frame = _Frame(page)
    printed = PrintedPage(number, frame.width, frame.height, [])
    drawings = _Drawings(frame)
    drawings.read(page)
    printed.rules, printed.marks = drawings.rules, drawings.marks
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return TextLayer(printed, 0, 0, drawings.pictures / max(1.0, frame.width * frame.height), drawings.count)
    try:
        reader = _Words(text_page, frame, number, drawings.filled)
        printed.words = reader.words()
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    pictures = drawings.pictures / max(1.0, frame.width * frame.height)
    return TextLayer(printed, reader.characters, reader.unmapped, pictures, drawings.count)


class _Words:
    def __init__(self, text_page: pdfium.FPDF_TEXTPAGE, frame: _Frame, number: int, filled: list[Rect]) -> None:
        self.text_page = text_page
        self.frame = frame
        self.number = number
        self.filled = filled
        self.styles: dict[int, _Style] = {}
        self.fonts: dict[int, tuple[bool, bool]] = {}
        self.characters = 0
        self.unmapped = 0
        self._rect = pdfium.FS_RECTF()
        self._rect_ref = ctypes.byref(self._rect)

    def words(self) -> list[PrintedWord]:
        text = self._text()
        self.unmapped = len(_UNMAPPED.findall(text))
        self.characters = self.unmapped
        found: list[PrintedWord] = []
        for match in _WORD.finditer(text):
            start, end = match.span()
            self.characters += end - start
            for piece_start, piece_end, rect in self._pieces(start, end):
                word = self._word(text[piece_start:piece_end], piece_start, rect)
                if word is not None:
                    found.append(word)
        return found

    def _text(self) -> str:
        """One character of text a character of pdfium's, so that indices agree."""
        count = min(pdfium.FPDFText_CountChars(self.text_page), MOST_CHARACTERS)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self.text_page, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        codes = (pdfium.FPDFText_GetUnicode(self.text_page, index) for index in range(count))
        return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)

    def _box(self, index: int) -> Rect | None:
        rect = self._rect
        if not pdfium.FPDFText_GetLooseCharBox(self.text_page, index, self._rect_ref):
            return None
        frame = self.frame
        if frame.turn == 0:
            return rect.left - frame.left, frame.top - rect.top, rect.right - frame.left, frame.top - rect.bottom
        return frame.rect(rect.left, rect.bottom, rect.right, rect.top)

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int, Rect]]:
        """The word's place; in pieces where pdfium ran two lines or two cells together."""
        first = self._box(start)
        last = self._box(end - 1) if end - start > 1 else first
        if first is None or last is None:
            return
        height = first[3] - first[1]
        overlap = min(first[3], last[3]) - max(first[1], last[1])
        wide = last[2] - first[0] > 1.1 * height * (end - start) + height
        upright = last[2] >= first[2] and height > 0
        if upright and overlap > 0.25 * height and not wide:
            yield start, end, (first[0], min(first[1], last[1]), last[2], max(first[3], last[3]))
            return
        piece_start, piece, before = start, first, first
        for index in range(start + 1, end):
            box = self._box(index)
            if box is None:
                continue
            same_line = min(before[3], box[3]) - max(before[1], box[1]) > 0.25 * min(height, box[3] - box[1])
            same_column = min(before[2], box[2]) - max(before[0], box[0]) > 0.25 * (box[2] - box[0])
            near = box[0] - before[2] < 1.2 * height
            if (same_line and near) or same_column:
                piece = _union(piece, box)
            else:
                yield piece_start, index, piece
                piece_start, piece = index, box
            before = box
        yield piece_start, end, piece

    def _word(self, text: str, index: int, rect: Rect) -> PrintedWord | None:
        style = self._style(index)
        x0, y0, x1, y1 = rect
        across, down = (x0 + x1) / 2, (y0 + y1) / 2
        if not (0 <= across <= self.frame.width and 0 <= down <= self.frame.height):
            return None
        if style.white and not style.invisible and not any(_holds(box, across, down) for box in self.filled):
            return None
        if _SPECIAL.search(text):
            text = text.translate(_HYPHENS)
            text = re.sub("\u00ad$", "-", text)
            text = _SPECIAL.sub(lambda match: _LIGATURES.get(match[0], ""), text)
            if not text:
                return None
        if style.symbols:
            text = "".join(symbol(ord(char)).strip() or "•" for char in text)
        height = y1 - y0
        size = style.size if height / 2.5 < style.size < height * 1.6 else height / 1.2
        return PrintedWord(text, self.number, x0, y0, x1, y1, size, style.bold)

    def _style(self, index: int) -> _Style:
        item = pdfium.FPDFText_GetTextObject(self.text_page, index)
        if not item:
            return _PLAIN
        key = ctypes.addressof(item.contents)
        style = self.styles.get(key)
        if style is None:
            style = self.styles[key] = self._style_of(item)
        return style

    def _style_of(self, item: pdfium.FPDF_PAGEOBJECT) -> _Style:
        size = ctypes.c_float()
        matrix = pdfium.FS_MATRIX()
        scale = 1.0
        if pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
            scale = math.hypot(matrix.c, matrix.d)
        pdfium.FPDFTextObj_GetFontSize(item, ctypes.byref(size))
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        colour = _colour(item)
        bold, symbols = self._font(item)
        return _Style(
            abs(size.value) * scale,
            mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE or bold,
            symbols,
            mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP),
            min(colour[:3]) >= 250 or colour[3] == 0,
        )

    def _font(self, item: pdfium.FPDF_PAGEOBJECT) -> tuple[bool, bool]:
        """Whether the font is bold, and whether its letters are signs."""
        font = pdfium.FPDFTextObj_GetFont(item)
        if not font:
            return False, False
        key = ctypes.addressof(font.contents)
        known = self.fonts.get(key)
        if known is None:
            name = ctypes.create_string_buffer(128)
            pdfium.FPDFFont_GetBaseFontName(font, name, 128)
            heavy = pdfium.FPDFFont_GetWeight(font) >= 600 or bool(pdfium.FPDFFont_GetFlags(font) & _FORCE_BOLD)
            bold = heavy or bool(_BOLD_NAME.search(name.value))
            known = self.fonts[key] = bold, bool(_SYMBOL_NAME.search(name.value))
        return known


_PLAIN = _Style(0.0, False, False, False, False)


class _Drawings:
    """Ruled lines, small marks, filled areas and the area of pictures."""

    def __init__(self, frame: _Frame) -> None:
        self.frame = frame
        self.rules: list[Rule] = []
        self.marks: list[Mark] = []
        self.filled: list[Rect] = []
        self.pictures = 0.0
        self.count = 0

    def read(self, page: pdfium.FPDF_PAGE) -> None:
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            self._item(pdfium.FPDFPage_GetObject(page, index), None, 0)

    def _item(self, item: pdfium.FPDF_PAGEOBJECT, outer: pdfium.FS_MATRIX | None, depth: int) -> None:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            return
        self.count += 1
        if self.count > MOST_DRAWINGS:
            return
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < 4:
                matrix = _concatenated(_matrix(item), outer)
                for index in range(pdfium.FPDFFormObj_CountObjects(item)):
                    self._item(pdfium.FPDFFormObj_GetObject(item, index), matrix, depth + 1)
            return
        rect = self._bounds(item, outer)
        if rect is None:
            return
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            seen = _clipped(rect, self.frame.width, self.frame.height)
            self.pictures += (seen[2] - seen[0]) * (seen[3] - seen[1])
            self.filled.append(rect)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(item, rect, outer)

    def _bounds(self, item: pdfium.FPDF_PAGEOBJECT, outer: pdfium.FS_MATRIX | None) -> Rect | None:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return None
        corners = [(left.value, bottom.value), (right.value, top.value)]
        if outer is not None:
            corners = [_moved(outer, *corner) for corner in corners]
        (x0, y0), (x1, y1) = corners
        return self.frame.rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _path(self, item: pdfium.FPDF_PAGEOBJECT, rect: Rect, outer: pdfium.FS_MATRIX | None) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
        if not fill.value and not stroke.value:
            return
        x0, y0, x1, y1 = rect
        width, height = x1 - x0, y1 - y0
        if fill.value:
            colour = _colour(item)
            if min(colour[:3]) < 250 and colour[3] > 0:
                self.filled.append(rect)
            elif not stroke.value:
                return
        if height <= THIN < width or width <= THIN < height:
            self.rules.append(_thin(rect))
            return
        segments = self._segments(item, outer)
        if 4 <= width <= 20 and 4 <= height <= 20:
            straight = [one for one in segments if one[0] == one[2] or one[1] == one[3]]
            square = len(straight) >= 3 and 0.7 < width / height < 1.4 and bool(stroke.value)
            self.marks.append(Mark(rect, square, square and len(segments) > len(straight)))
            return
        if width > 0.95 * self.frame.width and height > 0.9 * self.frame.height:
            return
        for sx0, sy0, sx1, sy1 in segments:
            if sx0 == sx1 or sy0 == sy1:
                self.rules.append(Rule(min(sx0, sx1), min(sy0, sy1), max(sx0, sx1), max(sy0, sy1)))

    def _segments(self, item: pdfium.FPDF_PAGEOBJECT, outer: pdfium.FS_MATRIX | None) -> list[Rect]:
        """The straight segments of a path as seen, those along an axis made exactly so."""
        matrix = _concatenated(_matrix(item), outer)
        found: list[Rect] = []
        first = before = (0.0, 0.0)
        x, y = ctypes.c_float(), ctypes.c_float()
        for index in range(min(pdfium.FPDFPath_CountSegments(item), MOST_SEGMENTS)):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            moved = _moved(matrix, x.value, y.value)
            seen = self.frame.rect(*moved, *moved)[:2]
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                first = seen
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                found.append(_straight(before, seen))
            before = seen
            if pdfium.FPDFPathSegment_GetClose(segment):
                found.append(_straight(before, first))
                before = first
        return [one for one in found if one[:2] != one[2:]]


def _matrix(item: pdfium.FPDF_PAGEOBJECT) -> pdfium.FS_MATRIX:
    matrix = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
    pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    return matrix


def _concatenated(inner: pdfium.FS_MATRIX, outer: pdfium.FS_MATRIX | None) -> pdfium.FS_MATRIX:
    if outer is None:
        return inner
    e, f = _moved(outer, inner.e, inner.f)
    return pdfium.FS_MATRIX(
        inner.a * outer.a + inner.b * outer.c,
        inner.a * outer.b + inner.b * outer.d,
        inner.c * outer.a + inner.d * outer.c,
        inner.c * outer.b + inner.d * outer.d,
        e,
        f,
    )


def _moved(matrix: pdfium.FS_MATRIX, x: float, y: float) -> tuple[float, float]:
    return matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f


def _straight(start: tuple[float, float], end: tuple[float, float]) -> Rect:
    (x0, y0), (x1, y1) = start, end
    if abs(x1 - x0) < 0.5 < abs(y1 - y0):
        return x0, y0, x0, y1
    if abs(y1 - y0) < 0.5 < abs(x1 - x0):
        return x0, y0, x1, y0
    return x0, y0, x1, y1


def _thin(rect: Rect) -> Rule:
    x0, y0, x1, y1 = rect
    if y1 - y0 < x1 - x0:
        return Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    return Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)


def _colour(item: pdfium.FPDF_PAGEOBJECT) -> tuple[int, int, int, int]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return 0, 0, 0, 255
    return red.value, green.value, blue.value, alpha.value


def _clipped(rect: Rect, width: float, height: float) -> Rect:
    x0, y0, x1, y1 = rect
    x0, y0 = min(max(x0, 0.0), width), min(max(y0, 0.0), height)
    return x0, y0, max(x0, min(x1, width)), max(y0, min(y1, height))


def _holds(rect: Rect, x: float, y: float) -> bool:
    return rect[0] <= x <= rect[2] and rect[1] <= y <= rect[3]


def _union(a: Rect, b: Rect) -> Rect:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])
