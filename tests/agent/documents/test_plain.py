"""Plain texts and Markdown: what a person sees as one paragraph, heading or row is one block."""

import textwrap

import pytest

from agent.documents.pages import Document
from agent.documents.read import read


def _read(text: str, name: str = "contrat.txt") -> Document:
    return read(name, textwrap.dedent(text).encode())


def _blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in document.blocks]


def test_lines_broken_by_hand_become_paragraphs_again():
    document = _read(
        """\
        ARTICLE 3 - DUREE

        Le présent contrat est conclu pour une durée de trente-
        six mois à compter de sa notification. Il est recon-
        ductible pour un montant de 1 250
        000 euros hors taxes, dans la limite de deux reconduc-
        tions, après un rendez-
        vous annuel au Val-
        d'Oise.

        ARTICLE 4 - PRIX
        Le prix est ferme pendant toute la durée du contrat, sauf
        accord contraire des parties.
        """
    )
    assert _blocks(document) == [
        ("heading", "ARTICLE 3 - DUREE"),
        (
            "paragraph",
            "Le présent contrat est conclu pour une durée de trente-six mois à compter de sa notification. Il est "
            "reconductible pour un montant de 1 250 000 euros hors taxes, dans la limite de deux reconductions, après "
            "un rendez-vous annuel au Val-d'Oise.",
        ),
        ("heading", "ARTICLE 4 - PRIX"),
        ("paragraph", "Le prix est ferme pendant toute la durée du contrat, sauf accord contraire des parties."),
    ]


def test_a_blank_line_within_a_sentence_does_not_end_it():
    document = _read(
        "Le présent marché est passé conformément à l'article\n\nR. 2161-2 du code de la commande publique.\n"
    )
    assert [text for _, text in _blocks(document)] == [
        "Le présent marché est passé conformément à l'article R. 2161-2 du code de la commande publique."
    ]


def test_short_lines_stay_apart():
    document = _read(
        """\
        Société Martin SAS
        12 rue du Port
        69002 Lyon

        représentée par Mme Dupont, directrice générale, dûment habilitée aux
        fins des présentes, ci-après dénommée le Prestataire.
        """
    )
    assert [text for _, text in _blocks(document)] == [
        "Société Martin SAS",
        "12 rue du Port",
        "69002 Lyon",
        "représentée par Mme Dupont, directrice générale, dûment habilitée aux fins des présentes, ci-après dénommée "
        "le Prestataire.",
    ]


def test_lists_and_boxes():
    document = _read(
        """\
        Reconduction :
        [x] tacite
        [ ] expresse
        - attestation d'assurance, remise chaque année avant le 31 janvier au
          plus tard ;
        - rapport annuel.
        a) premier cas
        Fait le [ ] janvier
        """
    )
    assert _blocks(document) == [
        ("paragraph", "Reconduction :"),
        ("list_item", "☒ tacite"),
        ("list_item", "☐ expresse"),
        ("list_item", "- attestation d'assurance, remise chaque année avant le 31 janvier au plus tard ;"),
        ("list_item", "- rapport annuel."),
        ("list_item", "a) premier cas"),
        ("paragraph", "Fait le [ ] janvier"),
    ]


def test_form_feeds_end_pages_and_running_heads_stand_once():
    texts = ["Le marché dure un an.", "Le prix est ferme.", "Le titulaire est assuré.", "Fait à Lyon."]
    pages = [f"Marché 2024-12\n\n{text}\n\nVille de X - page {number}" for number, text in enumerate(texts, 1)]
    document = _read("\f".join(pages))
    assert [(block.page, block.text) for block in document.blocks if block.kind == "paragraph"] == [
        *enumerate(texts, 1)
    ]
    assert [block.text for block in document.blocks if block.kind == "footer"] == [
        "Marché 2024-12",
        "Ville de X - page 1",
    ]
    assert len(document.pages) == 4


def test_printed_page_numbers_end_pages_and_sentences_go_on_over_them():
    document = _read(
        "The Supplier shall deliver the goods within thirty days of\n\n- 1 -\n\nthe order, free of charge.\n\n"
        "The price is fixed.\n\n- 2 -\n\nSigned in Paris.\n\n- 3 -\n"
    )
    assert [(block.page, block.text) for block in document.blocks] == [
        (1, "The Supplier shall deliver the goods within thirty days of the order, free of charge."),
        (2, "The price is fixed."),
        (3, "Signed in Paris."),
    ]


def test_a_filing_with_its_feet():
    document = _read(
        "1. Term. This Agreement lasts for the Initial\n\n28\n\nSource: ZOG, INC., 10-Q, 5/9/2019\n\n\n\n"
        "Term of two years.\n\n29\n\nSource: ZOG, INC., 10-Q, 5/9/2019\n"
    )
    assert [block.text for block in document.blocks if block.kind != "footer"] == [
        "1. Term. This Agreement lasts for the Initial Term of two years."
    ]
    assert [block.text for block in document.blocks if block.kind == "footer"] == ["Source: ZOG, INC., 10-Q, 5/9/2019"]


def test_numbers_in_the_text_are_no_page_numbers():
    document = _read("Le lot comprend :\n\n12\n\nfenêtres à remplacer.\n")
    assert "12" in document.text


def test_dotted_lines_of_contents_are_left_out():
    document = _read("ARTICLE 1 OBJET.............................3\n\nARTICLE 1 OBJET\n\nLe marché porte sur ceci.\n")
    assert [text for _, text in _blocks(document)] == ["ARTICLE 1 OBJET", "Le marché porte sur ceci."]


@pytest.mark.parametrize("name", ["prix.md", "prix.txt"])
def test_markdown_headings_tables_and_emphasis(name: str):
    document = _read(
        """\
        # Contrat **cadre**

        ## 2. Durée

        Le contrat dure **trois ans** ([annexe](./a.md)) ; ~~deux ans~~ P0*(0,15+0,85*I/I0) reste `tel quel`.

        | Libellé | Montant |
        |---|---:|
        | Forfait \\| an | **1 250 €** |

        - [x] tacite
        - [ ] expresse
        """,
        name,
    )
    assert _blocks(document) == [
        ("heading", "Contrat cadre"),
        ("heading", "2. Durée"),
        ("paragraph", "Le contrat dure trois ans (annexe) ; P0*(0,15+0,85*I/I0) reste tel quel."),
        ("table_row", "Libellé\tMontant"),
        ("table_row", "Forfait | an\t1 250 €"),
        ("list_item", "- ☒ tacite"),
        ("list_item", "- ☐ expresse"),
    ]
    assert document.blocks[1].level == 2
    assert document.blocks[4].heads == ("Libellé", "Montant")


def test_a_grid_drawn_with_characters_and_lines_within_cells():
    document = _read(
        """\
        +------------+---------------------+
        | Site       | Adresse             |
        +============+=====================+
        | Usine      | 12 rue du Port      |
        | principale | 69002 Lyon          |
        +------------+---------------------+
        """
    )
    assert _blocks(document) == [
        ("table_row", "Site\tAdresse"),
        ("table_row", "Usine principale\t12 rue du Port 69002 Lyon"),
    ]
    assert document.blocks[1].heads == ("Site", "Adresse")


def test_columns_set_apart_by_tabs_or_spaces():
    tabs = _read("Désignation\tPrix\nForfait\t100 €\n\nSuite du texte.\n")
    spaces = _read(
        "Désignation       Quantité     Prix\n"
        "Lavage            12           40 €\nVitres            4            90 €\n"
    )
    assert [text for kind, text in _blocks(tabs) if kind == "table_row"] == ["Désignation\tPrix", "Forfait\t100 €"]
    assert spaces.blocks[1].text == "Lavage\t12\t40 €"
    assert spaces.blocks[1].heads == ("Désignation", "Quantité", "Prix")


def test_a_page_on_one_line_is_cut_before_its_clauses():
    filler = "The parties shall cooperate in good faith and keep each other informed. " * 14
    document = _read(
        f"{filler}4.1 Term. This Agreement lasts two years. 4.2 Termination. Either party may terminate.\n"
    )
    assert [block.text[:10] for block in document.blocks] == ["The partie", "4.1 Term. ", "4.2 Termin"]


def test_a_csv_file_is_a_table():
    document = read("prix.csv", "Désignation;Prix\nForfait;1 250,00\n".encode("cp1252"))
    assert _blocks(document) == [("table_row", "Désignation\tPrix"), ("table_row", "Forfait\t1 250,00")]
    assert document.blocks[1].heads == ("Désignation", "Prix")
