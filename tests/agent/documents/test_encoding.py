"""A French sentence in every encoding that it is found in."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.documents.encoding import decode, decode_as

_TEXT = "Le présent marché prend effet à compter du 1er août 2024, où l'échéance est reportée. Ça coûte 1 250 €.\n" * 3
_LATIN = _TEXT.replace("€", "EUR")


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), 
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""), ("utf-16-be", b""), ("utf-32-le", codecs.BOM_UTF32_LE), ("utf-32-be", b""), ("cp1252", b""),
        ("mac_roman", b""), ("iso8859-15", b""),
    ],
)  # fmt: skip
def test_a_french_text_in_any_encoding(encoding: str, mark: bytes):
    assert decode(mark + _TEXT.encode(encoding)) == _TEXT


@pytest.mark.parametrize("encoding", ["latin-1", "cp850"])
def test_a_french_text_without_the_euro_sign(encoding: str):
    assert decode(_LATIN.encode(encoding)) == _LATIN


def test_a_text_that_was_decoded_wrongly_before_is_repaired():
    assert decode(_TEXT.encode().decode("cp1252", errors="ignore").encode()) is not None
    wrong = "Le présent marché a été notifié à l'été".encode().decode("cp1252").encode()
    assert decode(wrong) == "Le présent marché a été notifié à l'été"


def test_a_few_foreign_bytes_do_not_spoil_the_rest():
    mixed = ("é" * 50).encode() + " coûté ".encode("cp1252") + ("à" * 50).encode()
    assert decode(mixed) == "é" * 50 + " coûté " + "à" * 50
    assert decode(_TEXT.encode()[:-2] + b"\xe2\x82") is not None


@pytest.mark.parametrize(
    "content", [bytes(range(256)) * 4, b"\x00\x01\x02\x03" * 50, b"\x7fELF\x02\x01\x01" + bytes(50)]
)
def test_binary_is_no_text(content: bytes):
    assert decode(content) is None


def test_a_wrong_declaration_is_not_believed():
    assert decode_as("marché".encode("cp1252"), "utf-8") == "marché"
    assert decode_as("marché".encode(), "no-such-charset") == "marché"


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_whatever_is_utf8_is_read_as_such(text: str):
    plain = text.replace("Ã", "A").replace("Â", "A").replace("â", "a").replace("\ufeff", "").replace("\ufffd", "")
    assert decode(plain.encode()) == plain
