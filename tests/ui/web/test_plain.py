"""Words from documents stay words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.web.plain import line, markup, md, plain


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Société Générale", "Société Générale"),
        ("a\u202eb", "a[U+202E]b"),
        ("a\x00b\x1bc", "abc"),
        ("a\u200bb", "ab"),
        ("12\u202f000\u00a0€", "12\u202f000\u00a0€"),
    ],
)
def test_what_cannot_be_seen_is_shown_or_left_out(words: str, shown: str) -> None:
    assert plain(words) == shown


def test_a_flood_is_cut() -> None:
    assert plain("x" * 100_000, 10) == "xxxxxxxxx…"
    assert len(line("x " * 100_000, 50)) <= 50


def test_markdown_says_itself() -> None:
    assert md("[a](b) **d**") == r"\[a\]\(b\) \*\*d\*\*"


@pytest.mark.parametrize("words", ["https://b.example", "www.b.example", "a@b.example", ":material/delete:", ":red[x]"])
def test_bare_addresses_and_short_codes_make_no_link_and_no_icon(words: str) -> None:
    assert words not in md(words).replace("\\", "")
    assert md(words).replace("\\", "").replace("\u2060", "") == words


@given(st.text(max_size=300))
def test_no_text_becomes_markup(text: str) -> None:
    assert "<" not in markup(text)
    assert "\n" not in line(text)
