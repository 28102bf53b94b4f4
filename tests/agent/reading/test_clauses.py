import pytest

from agent.documents.pages import Block
from agent.reading.clauses import clauses, is_heading
from agent.reading.reader import Dossier
from agent.reading.structure import view
from tests.agent.reading.pages_of import laid_out, pages_of


@pytest.mark.parametrize(
    "line",
    [
        "ARTICLE 5 – DURÉE",
        "Article premier – Désignation",
        "Art. 3 Prix",
        "5.2 Reconduction tacite",
        "IV. Obligations du titulaire",
        "B.12 Règlement amiable",
        "CP 2. Dénonciation",
        "Annexe A – Équipements",
        "Schedule 1: Services",
        "CONDITIONS GENERALES DE VENTE",
        "Préambule",
    ],
)
def test_a_heading_is_known_by_its_numbering_its_capitals_or_its_word(line: str) -> None:
    assert is_heading(Block("paragraph", line, 0, 1))


@pytest.mark.parametrize(
    "line",
    [
        "5.2 Le prestataire remet son rapport avant le 31 mars.",
        "12 rue des Lilas, 75011 Paris",
        "3 Months after signature",
        "article L. 145-1 du code de commerce",
        "a) rapport mensuel",
        "ARTICLE 1 OBJET ........................ 3",
        "7.1 Conformément aux textes en vigueur, le prestataire remet à la signature :",
    ],
)
def test_a_sentence_an_address_or_a_line_of_contents_is_no_heading(line: str) -> None:
    assert not is_heading(Block("paragraph", line, 0, 1))


def test_a_run_in_heading_opens_a_clause_and_keeps_its_text() -> None:
    view = laid_out(
        "Services Agreement\n5. Term. This Agreement runs for two years.\n5.1 Renewal. It renews for one year."
    )
    found = {clause.number: clause for clause in view.clauses}
    assert found["5"].heading == "5. Term"
    assert found["5"].sentences[-1].text == "This Agreement runs for two years."
    assert found["5.1"].path == ("5. Term",)


def test_the_heading_path_follows_the_levels() -> None:
    view = laid_out("# Contrat\n## Titre I – Prix\n### Article 4 – Redevance\nElle est de 100 euros.")
    assert view.clauses[-1].path == ("Contrat", "Titre I – Prix")
    assert "redevance" in view.clauses[-1].folded_heading


def test_parts_of_one_file() -> None:
    view = laid_out(
        "# Contrat d'assurance\nSouscripteur : Ville de Pau\n"
        "# PREMIER VOLET : CONDITIONS PARTICULIERES\nCP 1. Dates\nEffet : 1er janvier 2024.\n"
        "# SECOND VOLET : CONDITIONS GENERALES\nCG 3. Durée\nUn an.\n"
        "# Annexe 1 – Biens\nListe."
    )
    parts = {s.text: s.part for s in view.sentences}
    assert parts["Souscripteur : Ville de Pau"] == "front"
    assert parts["Effet : 1er janvier 2024."] == "particular"
    assert parts["Un an."] == "general"
    assert parts["Liste."] == "annex"


def test_an_article_about_general_conditions_is_not_the_general_conditions() -> None:
    view = laid_out("Contrat\n# Article 3 – Conditions générales d'exécution\nLe titulaire exécute.")
    assert view.clauses[-1].part == "body"


def test_an_exhibit_number_on_the_first_page_makes_no_annex() -> None:
    view = laid_out("# Exhibit 10.2\n# Supply Agreement\nThis Agreement is made between A Inc. and B Inc.")
    assert {clause.part for clause in view.clauses} == {"front"}


@pytest.mark.parametrize(
    "line",
    [
        "Fait à Pau, le 3 mai 2024",
        "IN WITNESS WHEREOF, the parties have signed.",
        "15. Signatures",
        "Angers, le 3 mai 2024",
    ],
)
def test_the_place_of_signature(line: str) -> None:
    view = laid_out(f"Contrat\n# Article 1 – Objet\nLe titulaire nettoie.\n{line}\nPour le client")
    assert [clause.blocks[0].text for clause in view.signatures] == [line]
    assert view.signatures[0].blocks[-1].text == "Pour le client"


def test_struck_words_are_left_out_and_running_heads_are_margins() -> None:
    view = laid_out("^ Réf. 123\nContrat\n~ Durée : deux ans.\nDurée : un an.")
    assert "deux ans" not in " ".join(s.text for s in view.sentences)
    assert view.clauses[-1].part == "margin"


def test_a_covering_mail_is_one_part_and_a_mail_alone_is_the_contract() -> None:
    mail = pages_of("Bonjour,\n# Article 1 – Objet\nVous nettoyez nos locaux.", media_type="message/rfc822")
    assert {c.part for c in view(Dossier((mail, pages_of("Contrat de nettoyage")))).clauses} == {"mail", "front"}
    assert {c.part for c in view(Dossier((mail,))).clauses} == {"front", "body"}
    assert {c.part for c in clauses(mail)} == {"mail"}


def test_a_quote_is_where_it_says() -> None:
    view = laid_out("Contrat\n# Article 2 – Durée\nIl dure un an. Il peut être reconduit.")
    sentence = view.sentences[-1]
    quote = sentence.quote(0, 7)
    text = view.dossier.documents[0].text
    assert quote.start is not None and text[quote.start :].startswith(quote.text) and quote.text == "Il peut"


def test_the_table_of_contents_opens_no_clause() -> None:
    view = laid_out(
        "# Supply Agreement\nTABLE OF CONTENTS\nARTICLE 1 DEFINITIONS 2\nARTICLE 2 TERM 5\nEXHIBIT A Prices\n"
        "This Agreement is made as of 3 May between Alpha Inc., a Texas corporation, and Beta Inc., of Ohio.\n"
        "ARTICLE 1 DEFINITIONS\nTerms have a meaning.\nARTICLE 2 TERM\nTwo years."
    )
    assert [clause.part for clause in view.clauses] == ["front", "body", "body"]
