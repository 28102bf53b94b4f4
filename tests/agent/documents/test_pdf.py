"""PDFs with text: what was printed at a known place is found there, in reading order, in the right kind of block."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from agent.documents import pdf as reader
from agent.documents.errors import UnreadableDocument
from agent.documents.pages import Block, Document
from tests.agent.documents.printing import HEIGHT, WIDTH, lines, pdf, table, together

PARAGRAPH = (
    "Le Prestataire remet chaque trimestre au Client un rapport d'activité qui détaille",
    "les interventions de la période, leur durée et les pièces remplacées, avec la liste",
    "des anomalies relevées.",
)


def read(content: bytes) -> Document:
    return reader.read("contrat.pdf", content)


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in document.blocks]


def block(document: Document, text: str) -> Block:
    return next(one for one in document.blocks if text in one.text)


def test_lines_of_a_paragraph_are_one_block_and_each_word_has_its_place() -> None:
    document = read(pdf(lines(*PARAGRAPH)))
    assert document.text == " ".join(PARAGRAPH)
    word = document.blocks[0].words[0]
    assert document.text[word.start : word.end] == "Le"
    assert word.box.x0 == pytest.approx(70 / WIDTH, abs=0.002)
    assert word.box.y0 < 100 / HEIGHT < word.box.y1
    assert len(document.boxes(0, len(document.text))) == 3


def test_every_word_lies_in_its_block_at_its_offsets() -> None:
    document = read(pdf(together(lines(*PARAGRAPH), table(("Nature", "Prix"), ("Visite", "120,00 €")))))
    for one in document.blocks:
        spelt = [one.text[word.start : word.end] for word in one.words]
        assert spelt == one.text.replace("\t", " ").split()


def test_numbers_and_words_broken_over_lines_are_put_together() -> None:
    document = read(
        pdf(
            lines(
                "Le montant annuel du marché, hors révision, est fixé à la somme globale de 612",
                "480,00 euros hors taxes, payable selon l'échéancier joint, après service en-",
                "tièrement rendu, sous réserve des sommes dues aux cotraitants et aux sous-",
                "traitants.",
            )
        )
    )
    assert "612 480,00 euros" in document.text
    assert "service entièrement rendu" in document.text
    assert "aux sous-traitants." in document.text


def test_a_paragraph_that_goes_on_over_a_page_end_is_one_block_with_words_on_both_pages() -> None:
    first = lines(*PARAGRAPH[:2], top=HEIGHT - 130)
    document = read(pdf(first, lines(*PARAGRAPH[2:], "", "Une autre phrase commence ici.", top=80)))
    assert document.blocks[0].text == " ".join(PARAGRAPH)
    assert document.blocks[0].page == 1
    assert {word.box.page for word in document.blocks[0].words} == {1, 2}


def test_the_raised_ending_of_a_number_stays_with_it() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(70, 700, "made as of December 9")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(70.5 + canvas.stringWidth("made as of December 9", "Helvetica", 10), 704, "th")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(78 + canvas.stringWidth("made as of December 9", "Helvetica", 10), 700, ", 2014")

    assert "December 9th" in read(pdf(page)).text


def test_columns_are_read_one_after_the_other() -> None:
    left = [f"gauche {n} du texte de la colonne de gauche" for n in range(12)]
    right = [f"droite {n} du texte de la colonne de droite" for n in range(12)]
    page = together(
        lines("Conditions générales de vente applicables à toutes les commandes de la société", x=70, top=80, size=12),
        lines(*left, x=70, top=110),
        lines(*right, x=320, top=117),
    )
    text = read(pdf(page)).text
    assert (
        text.index("Conditions générales") < text.index("gauche 0") < text.index("gauche 11") < text.index("droite 0")
    )


def test_headings_are_known_by_their_type_and_numbering_and_have_levels() -> None:
    page = together(
        lines("Contrat de maintenance", size=18, top=80, bold=True),
        lines("Article 1 - Objet", size=12, top=120, bold=True),
        lines(*PARAGRAPH, top=140),
        lines("1.1 Périmètre", size=12, top=200, bold=True),
        lines(*PARAGRAPH, top=220),
    )
    document = read(pdf(page))
    headings = {one.text: one.level for one in document.blocks if one.kind == "heading"}
    assert list(headings) == ["Contrat de maintenance", "Article 1 - Objet", "1.1 Périmètre"]
    assert headings["Contrat de maintenance"] < headings["Article 1 - Objet"] < headings["1.1 Périmètre"]


def test_list_items_stand_alone() -> None:
    document = read(
        pdf(
            lines(
                "Le titulaire remet :",
                "- un rapport annuel ;",
                "- une attestation d'assurance ;",
                "- le plan de prévention.",
            )
        )
    )
    assert [kind for kind, _ in kinds(document)] == ["paragraph", "list_item", "list_item", "list_item"]


def test_a_ruled_table_gives_rows_with_heads() -> None:
    document = read(
        pdf(
            table(
                ("Désignation", "Prix annuel", "Échéance"),
                ("Maintenance\npréventive", "1 200,00 €", "31 mars"),
                ("Astreinte", "300,00 €", "30 juin"),
                high=30,
            )
        )
    )
    rows = [one for one in document.blocks if one.kind == "table_row"]
    assert [row.text for row in rows] == [
        "Désignation\tPrix annuel\tÉchéance",
        "Maintenance préventive\t1 200,00 €\t31 mars",
        "Astreinte\t300,00 €\t30 juin",
    ]
    assert rows[0].heads == ()
    assert rows[1].heads == ("Désignation", "Prix annuel", "Échéance")
    assert {row.table for row in rows} == {1}


def test_a_table_that_goes_on_over_a_page_end_keeps_its_number_and_heads() -> None:
    head = ("Désignation", "Prix annuel", "Échéance")
    first = table(head, ("Visite", "100,00 €", "31 mars"), top=HEIGHT - 160)
    document = read(pdf(first, table(("Astreinte", "300,00 €", "30 juin"), ("Forfait", "50,00 €", "1er mai"), top=60)))
    rows = [one for one in document.blocks if one.kind == "table_row"]
    assert [row.heads for row in rows] == [(), head, head, head]
    assert {row.table for row in rows} == {1}


def test_columns_that_are_aligned_without_ruled_lines_are_a_table() -> None:
    page = together(
        lines("Prestation", "Nettoyage des vitres", "Remise en état", x=70),
        lines("Montant annuel", "4 200,00 €", "900,00 €", x=300),
    )
    document = read(pdf(page))
    assert "Nettoyage des vitres\t4 200,00 €" in [one.text for one in document.blocks]
    assert block(document, "Remise").heads == ("Prestation", "Montant annuel")


def test_running_heads_and_feet_come_last_and_page_numbers_with_them() -> None:
    def page(number: int) -> object:
        return together(
            lines("Marché n° 2024-017 - Cahier des clauses", top=40, size=8),
            lines(f"Texte propre à la page {number}, long assez pour une ligne de la page.", top=120),
            lines(f"Page {number} sur 3", top=HEIGHT - 30, size=8),
        )

    document = read(pdf(page(1), page(2), page(3)))
    assert [kind for kind, _ in kinds(document)] == ["paragraph"] * 3 + ["header", "footer"] * 3
    assert [one.page for one in document.blocks] == [1, 2, 3, 1, 1, 2, 2, 3, 3]


def test_headings_that_differ_by_their_number_only_are_no_running_heads() -> None:
    pages = [together(lines(f"ANNEXE {n}", top=60, size=14, bold=True), lines(*PARAGRAPH, top=120)) for n in (1, 2, 3)]
    document = read(pdf(*pages))
    assert [text for kind, text in kinds(document) if kind == "heading"] == ["ANNEXE 1", "ANNEXE 2", "ANNEXE 3"]


def test_lines_of_a_table_of_contents_are_rows_and_no_headings() -> None:
    document = read(pdf(lines("Article 1 - Objet " + "." * 60 + " 3", "Article 2 - Durée " + "." * 60 + " 4")))
    assert [(one.kind, one.text) for one in document.blocks] == [
        ("table_row", "Article 1 - Objet\t3"),
        ("table_row", "Article 2 - Durée\t4"),
    ]


def test_footnotes_are_told_from_the_text() -> None:
    page = together(
        lines(*PARAGRAPH), lines("1 Au sens de l'article L. 145-1 du code de commerce.", top=HEIGHT - 120, size=7)
    )
    assert kinds(read(pdf(page)))[-1][0] == "footnote"


def boxes_of(canvas: Canvas) -> None:
    """Four ways to draw boxes that are ticked and boxes that are not."""
    canvas.setFont("ZapfDingbats", 10)
    canvas.drawString(70, 700, "❏")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(84, 700, "Reconduction tacite")
    for y, label, strokes in ((670, "Prix ferme", False), (640, "Prix révisable", True)):
        canvas.rect(70, y - 1, 9, 9)
        if strokes:
            canvas.line(70, y - 1, 79, y + 8)
            canvas.line(70, y + 8, 79, y - 1)
        canvas.drawString(84, y, label)
    canvas.rect(70, 609, 9, 9)
    canvas.drawString(72, 611, "X")
    canvas.drawString(84, 610, "Avance demandée")
    canvas.drawString(70, 580, "[x] Avance accordée")
    canvas.drawString(70, 550, "[ ] Avance refusée")


@pytest.mark.parametrize(
    "line",
    [
        "☐ Reconduction tacite",
        "☐ Prix ferme",
        "☒ Prix révisable",
        "☒ Avance demandée",
        "☒ Avance accordée",
        "☐ Avance refusée",
    ],
)
def test_tick_boxes_stand_before_their_labels(line: str) -> None:
    assert line in [text for _, text in kinds(read(pdf(boxes_of)))]


def test_a_row_of_squares_with_figures_is_no_row_of_tick_boxes() -> None:
    def comb(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(70, 700, "SIREN :")
        for index, figure in enumerate("775699238"):
            canvas.rect(110 + index * 12, 697, 12, 12)
            canvas.drawString(113 + index * 12, 700, figure)

    text = read(pdf(comb)).text
    assert "☐" not in text
    assert "☒" not in text


def test_what_was_filled_into_a_form_is_text() -> None:
    def form(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(70, 700, "Durée du marché :")
        canvas.acroForm.textfield(name="duree", x=170, y=690, width=200, height=20, value="48 mois")

    assert "48 mois" in read(pdf(form)).text


def test_struck_out_words_leave_the_sentence_and_are_marked() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(70, 700, "Le prix annuel est de 100 euros 120 euros hors taxes.")
        start = 70 + canvas.stringWidth("Le prix annuel est de ", "Helvetica", 10)
        canvas.line(start, 703, start + canvas.stringWidth("100 euros", "Helvetica", 10), 703)

    document = read(pdf(page))
    assert [(one.text, one.struck) for one in document.blocks] == [
        ("Le prix annuel est de 120 euros hors taxes.", False),
        ("100 euros", True),
    ]


def test_text_that_nobody_sees_is_left_out() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(70, 700, "Texte visible du contrat.")
        canvas.drawString(70, -50, "Hors de la page.")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(70, 650, "Blanc sur blanc.")
        canvas.setFillColorRGB(0, 0, 0.5)
        canvas.rect(60, 590, 200, 30, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(70, 600, "Blanc sur bleu.")

    assert read(pdf(page)).text == "Texte visible du contrat.\nBlanc sur bleu."


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(turn: int) -> None:
    with pypdfium2.PdfDocument(pdf(lines(*PARAGRAPH))) as document:
        document[0].set_rotation(turn)
        buffer = io.BytesIO()
        document.save(buffer)
    turned = read(buffer.getvalue())
    upright = read(pdf(lines(*PARAGRAPH)))
    assert sorted(turned.text.split()) == sorted(upright.text.split())
    assert all(0 <= word.box.x0 < word.box.x1 <= 1 for one in turned.blocks for word in one.words)


def test_a_pdf_that_needs_a_password_says_so() -> None:
    with pytest.raises(UnreadableDocument) as error:
        read(pdf(lines("secret"), encrypt=StandardEncryption("word", canPrint=0)))
    assert error.value.reason == "encrypted"
    assert "contrat.pdf" in str(error.value)


def test_a_pdf_without_password_but_with_restrictions_is_read() -> None:
    assert "lisible" in read(pdf(lines("texte lisible"), encrypt=StandardEncryption("", "owner", canCopy=0))).text


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"not a pdf at all", pdf(lines("x"))[:200]])
def test_what_is_damaged_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableDocument) as error:
        read(content)
    assert error.value.reason == "damaged"


def test_a_pdf_without_pages_is_empty() -> None:
    buffer = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        document.save(buffer)
    with pytest.raises(UnreadableDocument) as error:
        read(buffer.getvalue())
    assert error.value.reason == "empty"


def test_more_pages_than_the_limit_are_refused_with_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_PAGES", 2)
    with pytest.raises(UnreadableDocument) as error:
        read(pdf(*[lines("x")] * 3))
    assert error.value.reason == "too_large"
    assert "3 pages" in str(error.value)
