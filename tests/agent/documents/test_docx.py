"""Word documents, written part by part, so that what Word does can be planted."""

import io
import zipfile

import docx as python_docx
import pytest

from agent.documents.errors import UnreadableDocument
from agent.documents.pages import Document
from agent.documents.read import read

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(body: str, **parts: str) -> bytes:
    """A package with ``body`` as its document; ``parts`` by the kind of their relation (`styles`, `header`)."""
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_TYPES}/{kind.rstrip("0123456789")}" Target="{kind}.xml"/>'
        for number, kind in enumerate(parts)
    )
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        main = f'<Relationship Id="m" Type="{_TYPES}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f"{head}{main}</Relationships>")
        archive.writestr("word/document.xml", f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", f"{head}{relations}</Relationships>")
        for kind, content in parts.items():
            tag = {"header": "hdr", "footer": "ftr"}.get(kind.rstrip("0123456789"), kind)
            archive.writestr(f"word/{kind}.xml", f"<w:{tag} {_NAMESPACES}>{content}</w:{tag}>")
    return packed.getvalue()


def p(*runs: str, style: str = "", properties: str = "") -> str:
    pstyle = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{pstyle}{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def lines(document: Document, *kinds: str) -> list[str]:
    return [block.text for block in document.blocks if not kinds or block.kind in kinds]


def test_a_document_of_python_docx_gives_its_paragraphs_tables_and_margins_in_order():
    made = python_docx.Document()
    made.add_heading("Contrat de maintenance", 0)
    made.add_paragraph("Entre les soussignés")
    table = made.add_table(2, 3)
    for row, texts in zip(table.rows, [("Site", "Adresse", "Loyer"), ("A", "12 rue X", "1 250 €")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    made.add_paragraph("Fait à Lyon")
    made.sections[0].header.paragraphs[0].text = "Société X, confidentiel"
    saved = io.BytesIO()
    made.save(saved)

    document = read("contrat.docx", saved.getvalue())

    assert lines(document) == [
        "Contrat de maintenance", "Entre les soussignés", "Site\tAdresse\tLoyer", "A\t12 rue X\t1 250 €", "Fait à Lyon",
        "Société X, confidentiel",
    ]  # fmt: skip
    assert document.blocks[3].heads == ("Site", "Adresse", "Loyer")
    assert document.blocks[0].level == 1
    assert document.blocks[-1].kind == "header"


def test_changes_are_taken_as_accepted_and_moved_text_stands_once():
    body = p(
        r("Le préavis est de "),
        "<w:del><w:r><w:delText>trois</w:delText></w:r></w:del>",
        f"<w:ins>{r('six')}</w:ins>",
        r(" mois."),
        "<w:moveFrom><w:r><w:t>Moved.</w:t></w:r></w:moveFrom>",
    ) + p(f"<w:moveTo>{r('Moved.')}</w:moveTo>")
    assert lines(read("a.docx", word(body))) == ["Le préavis est de six mois.", "Moved."]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    body = p(r("Le contrat dure "), properties="<w:rPr><w:del/></w:rPr>") + p(r("trois ans."))
    assert lines(read("a.docx", word(body))) == ["Le contrat dure trois ans."]


def test_a_deleted_table_row_is_gone():
    row = "<w:tr>{}<w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    body = (
        "<w:tbl>"
        + row.format("", p(r("Forfait")), p(r("100 €")))
        + row.format("<w:trPr><w:del/></w:trPr>", p(r("Option")), p(r("50 €")))
        + "</w:tbl>"
    )
    assert lines(read("a.docx", word(body))) == ["Forfait\t100 €"]


def test_struck_words_go_and_a_struck_paragraph_is_marked():
    body = p(r("Durée : "), r("deux ", "<w:strike/>"), r("trois ans")) + p(r("Clause retirée", "<w:strike/>"))
    document = read("a.docx", word(body))
    assert [(block.text, block.struck) for block in document.blocks] == [
        ("Durée : trois ans", False),
        ("Clause retirée", True),
    ]


def test_hidden_text_instructions_and_comments_are_left_out_and_field_results_shown():
    body = p(
        r("Le "),
        r("caché ", "<w:vanish/>"),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        r("1er mars 2025"),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
        f'<w:hyperlink r:id="x">{r(" sur le site")}</w:hyperlink>',
    )
    document = read("a.docx", word(body, comments=f'<w:comment w:id="0">{p(r("à revoir"))}</w:comment>'))
    assert document.text == "Le 1er mars 2025 sur le site"


def test_boxes_of_every_kind_are_drawn():
    control = (
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr><w:sdtContent>'
        + r("X")
        + "</w:sdtContent></w:sdt>"
    )
    form = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="{}"/></w:r>'
    body = (
        p(control.format(1), r(" tacite "), control.format(0), r(" expresse"))
        + p(form.format('<w:default w:val="1"/>'), r(" ferme "), form.format('<w:checked w:val="0"/>'), r(" révisable"))
        + p(symbol.format("F0FE"), r(" oui "), symbol.format("F0A8"), r(" non"))
    )
    assert lines(read("a.docx", word(body))) == ["☒ tacite ☐ expresse", "☒ ferme ☐ révisable", "☒ oui ☐ non"]


_NUMBERING = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Titre1"/>
    <w:lvlText w:val="Article %1 -"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/>
  <w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""
_STYLES = """
<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Annexe"><w:name w:val="Titre 2"/></w:style>
<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>
"""


def _in_list(num: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def test_automatic_numbers_are_printed_as_word_prints_them():
    body = (
        p(r("Article 1 - Objet 2"), style="TM1")
        + p(r("Objet"), style="Titre1")
        + p(r("Le prestataire entretient."), properties=_in_list(1, 1))
        + p(r("Il remet un rapport."), properties=_in_list(1, 1))
        + p(r("mensuel ;"), properties=_in_list(1, 2))
        + p(r("annuel."), properties=_in_list(1, 2))
        + p(r("Durée"), style="Titre1")
        + p(r("Trois ans."), properties=_in_list(1, 1))
        + p(r("Reprise."), properties=_in_list(3, 1))
        + p(r("puce"), properties=_in_list(2, 0))
        + p(r("Annexe financière"), style="Annexe")
    )
    document = read("a.docx", word(body, styles=_STYLES, numbering=_NUMBERING))
    assert [(block.kind, block.level, block.text) for block in document.blocks] == [
        ("heading", 1, "Article 1 - Objet"),
        ("list_item", 0, "1.1 Le prestataire entretient."),
        ("list_item", 0, "1.2 Il remet un rapport."),
        ("list_item", 0, "a) mensuel ;"),
        ("list_item", 0, "b) annuel."),
        ("heading", 1, "Article 2 - Durée"),
        ("list_item", 0, "2.1 Trois ans."),
        ("list_item", 0, "2.7 Reprise."),
        ("list_item", 0, "puce"),
        ("heading", 2, "Annexe financière"),
    ]


def test_merged_cells_nested_tables_and_frames():
    def cell(content: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"

    nested = f"<w:tbl><w:tr>{cell(p(r('n1')))}{cell(p(r('n2')))}</w:tr></w:tbl>"
    merged = (
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell(p(r("Lot"))) + cell(p(r("Objet"))) + cell(p(r("Prix")))
        + "</w:tr><w:tr>"
        + cell(p(r("1")), '<w:vMerge w:val="restart"/>') + cell(p(r("Nettoyage")) + nested) + cell(p(r("10 €")))
        + "</w:tr><w:tr>"
        + cell(p(), "<w:vMerge/>") + cell(p(r("Vitrerie"))) + cell(p(r("20 €")))
        + "</w:tr><w:tr>"
        + cell(p(r("Total")), '<w:gridSpan w:val="2"/>') + cell(p(r("30 €")))
        + "</w:tr></w:tbl>"
    )  # fmt: skip
    frame = f"<w:tbl><w:tr>{cell(p(r('Dans un cadre'), style='Titre1'))}</w:tr></w:tbl>"
    document = read("a.docx", word(merged + frame, styles=_STYLES, numbering=_NUMBERING))
    assert lines(document) == [
        "Lot\tObjet\tPrix", "1\tNettoyage n1 n2\t10 €", "1\tVitrerie\t20 €", "Total\t\t30 €",
        "Article 1 - Dans un cadre",
    ]  # fmt: skip
    assert document.blocks[3].heads == ("Lot", "Objet", "Prix")
    assert document.blocks[4].kind == "heading"


def test_notes_follow_their_paragraph_and_text_boxes_stand_once():
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>"
        + p(r("Encadré"))
        + "</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><v:textbox><w:txbxContent>"
        + p(r("Encadré"))
        + "</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = p(r("Le prix"), '<w:r><w:footnoteReference w:id="2"/></w:r>', r(" est ferme."), box) + p(r("Suite."))
    notes = f'<w:footnote w:id="0" w:type="separator">{p()}</w:footnote>'
    notes += f'<w:footnote w:id="2">{p(r("Hors taxes."))}</w:footnote>'
    document = read("a.docx", word(body, footnotes=notes))
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("paragraph", "Le prix est ferme."), ("footnote", "Hors taxes."), ("paragraph", "Encadré"),
        ("paragraph", "Suite."),
    ]  # fmt: skip


def test_pages_are_those_of_the_last_printing_or_of_page_breaks():
    printed = p(r("Un")) + p("<w:r><w:lastRenderedPageBreak/></w:r>", r("Deux")) + p(r("Deux encore"))
    broken = p(r("Un")) + p('<w:r><w:br w:type="page"/></w:r>') + p(r("Deux"))
    assert [block.page for block in read("a.docx", word(printed)).blocks] == [1, 2, 2]
    assert [block.page for block in read("a.docx", word(broken)).blocks] == [1, 2]
    assert len(read("a.docx", word(broken)).pages) == 2


def test_margins_of_several_sections_are_told_once():
    parts = {"header1": p(r("Contrat 12")), "header2": p(r("Contrat 12")), "footer1": p(r("Page 1"))}
    document = read("a.docx", word(p(r("Texte")), **parts))
    assert [(block.kind, block.text) for block in document.blocks[1:]] == [
        ("header", "Contrat 12"),
        ("footer", "Page 1"),
    ]


def test_a_formula_is_read_on_one_line():
    fraction = "<m:f><m:num><m:r><m:t>ICHT</m:t></m:r></m:num><m:den>{}</m:den></m:f>".format(
        "<m:sSub><m:e><m:r><m:t>ICHT</m:t></m:r></m:e><m:sub><m:r><m:t>0</m:t></m:r></m:sub></m:sSub>"
    )
    body = p(f"<m:oMath><m:r><m:t>P = P0 × (0,15 + 0,85 × </m:t></m:r>{fraction}<m:r><m:t>)</m:t></m:r></m:oMath>")
    assert read("a.docx", word(body)).text == "P = P0 × (0,15 + 0,85 × ICHT/ICHT0)"


def test_lines_set_by_hand_are_blocks_and_characters_are_plain():
    body = p(
        r("Clinique\u00a0X"),
        "<w:r><w:br/></w:r>",
        r("12 rue du Port"),
        "<w:r><w:tab/></w:r>",
        r("Lyon, télé\u00adphone 01"),
        "<w:r><w:noBreakHyphen/></w:r>",
        r("02"),
    )
    assert lines(read("a.docx", word(body))) == ["Clinique X", "12 rue du Port Lyon, téléphone 01-02"]


def test_scanned_pages_in_word_come_as_attachments():
    packed = io.BytesIO(word(p(r("Scan"))))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("word/media/image1.png", b"\x89PNG" + bytes(40_000))
    document = read("scan.docx", packed.getvalue())
    assert [attachment.name for attachment in document.attachments] == ["image1.png"]


@pytest.mark.parametrize("cut", [200, 700])
def test_a_cut_document_is_damaged(cut: int):
    with pytest.raises(UnreadableDocument) as refusal:
        read("coupé.docx", word(p(r("Texte")))[:cut])
    assert refusal.value.reason == "damaged"
    assert "coupé.docx" in str(refusal.value)


def test_broken_xml_and_a_missing_part_are_damage():
    for name in ("word/document.xml", "word/other.xml"):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr(name, "<w:document><w:body>")
        with pytest.raises(UnreadableDocument) as refusal:
            read("a.docx", packed.getvalue())
        assert refusal.value.reason == "damaged"


def test_a_document_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("agent.documents.package.MAX_PART_BYTES", 10_000)
    with pytest.raises(UnreadableDocument) as refusal:
        read("bombe.docx", word(p(r("a" * 20_000))))
    assert refusal.value.reason == "too_large"


def test_entities_are_not_expanded():
    packed = io.BytesIO()
    bomb = '<!DOCTYPE d [<!ENTITY a "secret">]>'
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f"{bomb}<w:document {_NAMESPACES}><w:body>{p(r('vu &a;'))}</w:body></w:document>"
        )
    assert "secret" not in read("a.docx", packed.getvalue()).text
