"""From bytes to characters: which encoding a text was written in, and whether the bytes are text at all."""

from __future__ import annotations

import codecs
import re

import charset_normalizer
import ftfy

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_SINGLE_BYTE = ("cp1252", "iso8859-15", "mac_roman", "cp850")
"""What French and English texts are found in, most likely first."""

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_SAMPLE = 200_000
_EXPECTED = frozenset("éèêëàâäçîïôöùûüÿœæÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆñáíóúß«»’‘“”–—…•€°§²³™©®·×½¼\u00a0")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_MISPLACED = re.compile(
    "(?<=[a-zß-öø-ÿ])[À-ÖØ-Þ]|(?<=[A-ZÀ-ÖØ-Þ]{2})[ß-öø-ÿ](?=[A-ZÀ-ÖØ-Þ]|\\b)|(?<=[^\\W\\d_])[…•°²³™©®·×«»“”—§½¼‘](?=[^\\W\\d_])"
)
"""A capital after a small letter, a small one among capitals, a sign within a word."""

_MOJIBAKE = re.compile("[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Ã ")


def decode(content: bytes) -> str | None:
    """The text that ``content`` holds, or None where it is no text.

    Byte order marks go first, then UTF-8, UTF-16 and UTF-32 by their zero bytes, then the single-byte encodings by how
    much they make of the text look like French or English. A text that was decoded wrongly before it came here
    (`Ã©` for é) is repaired.
    """
    text = _decode(content)
    if text is None or _binary(text):
        return None
    text = text.lstrip("\ufeff")
    return ftfy.fix_encoding(text) if _MOJIBAKE.search(text) else text


def decode_as(content: bytes, charset: str | None) -> str:
    """``content`` by the encoding that its container declares, or by its looks where that one is unknown or wrong."""
    if charset:
        try:
            return content.decode(charset)
        except (LookupError, UnicodeError):
            pass
    text = decode(content)
    return text if text is not None else content.decode("cp1252", errors="replace")


def _decode(content: bytes) -> str | None:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, errors="replace")
    wide = _wide(content[:_SAMPLE])
    if wide:
        return content.decode(wide, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if b"\x00" in content[:_SAMPLE]:
        return None
    return _broken_utf8(content) or _single_byte(content)


def _wide(sample: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: western text has its zero bytes in every second, or three of four, places."""
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    zeros = [sample[i::4].count(0) / max(1, len(sample[i::4])) for i in range(4)]
    first, second, third, fourth = (share > 0.7 for share in zeros)
    shapes = {
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
    }
    return shapes.get((first, second, third, fourth))


def _broken_utf8(content: bytes) -> str | None:
    """UTF-8 with a few foreign bytes (pasted from another encoding, or cut within a character)."""
    text = content.decode("utf-8", errors="surrogateescape")
    foreign = sum("\udc80" <= char <= "\udcff" for char in text)
    letters = sum(char > "\x7f" for char in text) - foreign
    if foreign * 4 > letters:
        return None
    return re.sub(
        "[\udc80-\udcff]+",
        lambda found: found[0].encode("utf-8", "surrogateescape").decode("cp1252", errors="replace"),
        text,
    )


def _single_byte(content: bytes) -> str | None:
    best, best_share = "", 0.0
    for name in _SINGLE_BYTE:
        share = _likely(content[:_SAMPLE].decode(name, errors="replace"))
        if share > best_share + 0.001:
            best, best_share = name, share
    if best_share >= 0.4:
        return content.decode(best, errors="replace")
    guess = charset_normalizer.from_bytes(content[:_SAMPLE]).best()
    if guess is not None and not _binary(str(guess)):
        return content.decode(guess.encoding, errors="replace")
    return None


def _likely(text: str) -> float:
    """How well the letters beyond ASCII stand in their places, from -1 to 1."""
    signs = _BEYOND_ASCII.findall(text)
    misplaced = sum(len(found) for found in _MISPLACED.findall(text))
    expected = sum(sign in _EXPECTED for sign in signs)
    return (2 * expected - len(signs) - 2 * misplaced) / max(1, len(signs))


def _binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) + sample.count("\ufffd") > 0.01 * len(sample)
