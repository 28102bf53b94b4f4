"""LibreOffice texts, written part by part."""

import io
import zipfile

import pytest

from agent.documents.errors import UnreadableDocument
from agent.documents.read import read

_NAMES = {
    "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style", "form": "form",
    "fo": "xsl-fo-compatible",
}  # fmt: skip
_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in _NAMES.items()
)


def odt(body: str, automatic: str = "", shared: str = "", manifest: str = "<m/>") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr(
            "content.xml",
            f"<office:document-content {_NAMESPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr("styles.xml", f"<office:document-styles {_NAMESPACES}>{shared}</office:document-styles>")
    return packed.getvalue()


def _blocks(content: bytes) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read("contrat.odt", content).blocks]


def test_changes_notes_boxes_and_hidden_text():
    automatic = (
        '<style:style style:name="S"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>effacé</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<office:forms><form:form><form:checkbox form:id="c1" form:current-state="checked"/></form:form></office:forms>'
        "<text:p>Le préavis<text:change/> est de<text:s/>"
        '<text:span text:style-name="S">trois</text:span><text:span text:style-name="H">cachés</text:span>'
        "<text:change-start/>six mois<text:change-end/>.<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Calendaires.</text:p></text:note-body></text:note></text:p>"
        '<text:p><draw:control draw:control="c1"/> tacite'
        "<office:annotation><text:p>note</text:p></office:annotation></text:p>"
        "<text:p>Texte<draw:frame><draw:text-box><text:p>Encadré</text:p></draw:text-box></draw:frame></text:p>"
    )
    assert _blocks(odt(body, automatic)) == [
        ("paragraph", "Le préavis est de six mois."), ("footnote", "Calendaires."), ("paragraph", "☒ tacite"),
        ("paragraph", "Texte"), ("paragraph", "Encadré"),
    ]  # fmt: skip


def test_headings_and_lists_have_their_numbers():
    shared = (
        "<text:outline-style>"
        '<text:outline-level-style text:level="1" style:num-format="1" style:num-prefix="Article "/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="a" '
        'style:num-suffix=")"/><text:list-level-style-bullet text:level="2"/></text:list-style>'
    )
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>"
    inner = f"<text:list>{item.format('puce', '')}</text:list>"
    body = (
        "<text:table-of-content><text:index-body><text:p>Article 1 Objet 2</text:p></text:index-body>"
        "</text:table-of-content>"
        '<text:h text:outline-level="1">Objet</text:h><text:h text:outline-level="2">Lieux</text:h>'
        '<text:h text:outline-level="1">Durée</text:h><text:h text:outline-level="2">Terme</text:h>'
        f'<text:list text:style-name="L">{item.format("un", inner)}{item.format("deux", "")}</text:list>'
    )
    assert _blocks(odt(body, shared=shared)) == [
        ("heading", "Article 1 Objet"), ("heading", "1.1 Lieux"), ("heading", "Article 2 Durée"),
        ("heading", "2.1 Terme"),
        ("list_item", "a) un"), ("list_item", "puce"), ("list_item", "b) deux"),
    ]  # fmt: skip


def test_tables_pages_and_margins():
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    body = (
        "<text:p>Un</text:p><table:table><table:table-header-rows><table:table-row>"
        + cell("Lot") + cell("Objet") + cell("Prix") + "</table:table-row></table:table-header-rows><table:table-row>"
        + cell("1", 'table:number-rows-spanned="2"') + cell("Nettoyage") + cell("10 €") + "</table:table-row>"
        "<table:table-row><table:covered-table-cell/>" + cell("Vitres") + cell("20 €") + "</table:table-row>"
        "</table:table>"
        "<text:p>Deux<text:soft-page-break/> trois</text:p><text:p>Quatre</text:p>"
    )  # fmt: skip
    shared = "<office:master-styles><style:master-page><style:header><text:p>Tête</text:p></style:header>"
    document = read("a.odt", odt(body, shared=shared + "</style:master-page></office:master-styles>"))
    assert [(block.text, block.page) for block in document.blocks] == [
        ("Un", 1), ("Lot\tObjet\tPrix", 1), ("1\tNettoyage\t10 €", 1), ("1\tVitres\t20 €", 1), ("Deux trois", 1),
        ("Quatre", 2),
        ("Tête", 1),
    ]  # fmt: skip
    assert document.blocks[3].heads == ("Lot", "Objet", "Prix")


def test_a_protected_text_is_refused():
    with pytest.raises(UnreadableDocument) as refusal:
        read("a.odt", odt("<text:p>x</text:p>", manifest="<m:encryption-data xmlns:m='m'/>"))
    assert refusal.value.reason == "encrypted"
