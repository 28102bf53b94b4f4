"""Reading any file: the right reader, or one clear refusal."""

import io
import sys
import types
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.documents.errors import UnreadableDocument
from agent.documents.pages import assemble
from agent.documents.read import read

_SAMPLES = Path("evals/portfolios/clinique")


@pytest.mark.parametrize(
    "name", ["02-bionettoyage.docx", "03-avenant-bionettoyage.eml", "06-hebergement-donnees-sante.html"]
)
def test_the_sample_portfolio_is_read_under_any_name(name: str):
    content = (_SAMPLES / name).read_bytes()
    document, renamed = read(name, content), read("contrat.pdf", content)
    assert document.text == renamed.text
    assert document.media_type == renamed.media_type
    for block in document.blocks:
        assert document.text[block.start : block.end] == block.text
        assert block.text == block.text.strip(" ") and "\n" not in block.text and "  " not in block.text


def test_a_document_without_words_has_no_text():
    with pytest.raises(UnreadableDocument) as refusal:
        read("vide.html", b"<html><body><script>x</script></body></html>")
    assert refusal.value.reason == "no_text"


def test_a_reader_that_fails_means_damage_and_never_a_crash(monkeypatch: pytest.MonkeyPatch):
    broken = types.ModuleType("agent.documents.plain")

    def fail(name: str, content: bytes) -> None:
        raise RecursionError

    broken.read = fail  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "agent.documents.plain", broken)
    with pytest.raises(UnreadableDocument) as refusal:
        read("contrat.txt", b"Un texte.")
    assert refusal.value.reason == "damaged"
    assert "contrat.txt" in str(refusal.value)


def test_an_archive_in_a_mail_gives_its_files():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("bail.txt", "Le bail dure neuf ans.")
        archive.writestr("../dehors.txt", "x")
    document = read("dossier.zip", packed.getvalue())
    assert [(file.name, file.content) for file in document.attachments] == [("bail.txt", b"Le bail dure neuf ans.")]
    assert "outside" in document.warnings[0]


def _docx(xml: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml)
    return packed.getvalue()


_STARTS = (
    b"", b"{\\rtf1", b"<html>", b"From: a@b.example\nDate: x\nMIME-Version: 1.0\nContent-Type: ", b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"# Titre\n|a|b|\n|---|---|\n", b"\xff\xfe", b"+--+\n|",
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(_STARTS),
    st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass"))),
)
def test_arbitrary_bytes_are_read_or_refused(start: bytes, rest: bytes):
    try:
        document = read("x.txt", start + rest)
    except UnreadableDocument as refusal:
        assert "x.txt" in str(refusal)
    else:
        document.text.encode("utf-8")
        assert assemble("x", b"", "x", ()).text == ""


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_copies_of_real_files_are_read_or_refused(data: st.DataObject):
    name = data.draw(
        st.sampled_from(["02-bionettoyage.docx", "03-avenant-bionettoyage.eml", "06-hebergement-donnees-sante.html"])
    )
    content = bytearray((_SAMPLES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        read(name, bytes(content[: data.draw(st.integers(1, len(content)))]))
    except UnreadableDocument as refusal:
        assert name in str(refusal)


_TAGS = st.sampled_from((
    "p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "ins", "del", "sdt", "sdtContent", "br", "numPr", "fldChar", "sym",
    "footnoteReference", "tab",
))  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.recursive(st.text("ab ", max_size=3), lambda inner: st.tuples(_TAGS, st.lists(inner, max_size=3)).map(
    lambda made: f"<w:{made[0]}>{''.join(made[1])}</w:{made[0]}>"), max_leaves=30))  # fmt: skip
def test_word_markup_in_any_order_is_read_or_refused(body: str):
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    try:
        read("x.docx", _docx(f"<w:document {names}><w:body>{body}</w:body></w:document>".encode()))
    except UnreadableDocument as refusal:
        assert refusal.reason in ("no_text", "damaged")
