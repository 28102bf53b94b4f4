"""A quote is found where it stands, in the document's own words, or refused."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.documents.pages import Document, Draft, Word, assemble
from agent.reading.locate import locate
from agent.reading.reader import Dossier, Quote
from portfolio.evidence import Box, Evidence


def document(*paragraphs: str) -> Document:
    return assemble("contrat.txt", b"", "text/plain", [Draft("paragraph", text) for text in paragraphs])


def find(text: str, *paragraphs: str, start: int | None = None) -> Evidence | None:
    return locate(Quote(text, 0, start), Dossier((document(*paragraphs),)))


@pytest.mark.parametrize(
    ("quote", "text", "words", "alignment"),
    [
        ("le préavis est de trois mois", "Or le préavis est de trois mois.", "le préavis est de trois mois", "exact"),
        ("l'offre « de base »", "Vu l’offre «\u00a0de base\u00a0» du", "l’offre «\u00a0de base\u00a0»", "normalised"),
        ("1 250,00 € HT", "soit 1\u00a0250,00\u202f€ HT par an", "1\u00a0250,00\u202f€ HT", "normalised"),
        ("prestations de nettoyage", "les presta-tions de net-toyage", "presta-tions de net-toyage", "normalised"),
        ("bénéfice du fichier", "au béné\ufb01ce du \ufb01chier", "béné\ufb01ce du \ufb01chier", "normalised"),
        ("main-d'œuvre", "la main-d’oeuvre", "main-d’oeuvre", "normalised"),
        ("société alpha", "la SOCIÉTÉ ALPHA, ci-après", "SOCIÉTÉ ALPHA", "normalised"),
        ("e\u0301te\u0301 2024", "en été 2024 au plus tard", "été 2024", "normalised"),
        (
            "résilié moyennant un préavis de trois mois",
            "peut être résilie moyenmant un préavis de trois mois par",
            "résilie moyenmant un préavis de trois mois",
            "fuzzy",
        ),
    ],
)  # fmt: skip
def test_the_evidence_is_the_documents_own_words(quote: str, text: str, words: str, alignment: str) -> None:
    evidence = find(quote, "Préambule", text)
    assert evidence is not None
    assert (evidence.quote, evidence.alignment) == (words, alignment)
    assert evidence.start == len("Préambule\n") + text.index(words)
    assert evidence.end == evidence.start + len(words)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("500 €", "soit 1 500 € par mois"),
        ("12", "le 1er janvier 2012"),
        ("12 mois", "une durée de 2,12 mois"),
        ("le 3 mai 202", "le 3 mai 2024"),
        ("SA", "sa société"),
        ("lot", "le pilote"),
        ("un préavis de trois mois avant l'échéance", "un préavis de trois ans avant l'échéance"),
        ("un préavis de deux mois avant l'échéance", "un préavis de dix mois avant l'échéance"),
        ("le contrat sera renouvelé à son échéance normale", "le contrat ne sera pas renouvelé à son échéance normale"),
        ("The agreement shall be renewed automatically", "The agreement shall not be renewed automatically"),
        ("payable dans un délai de 30 jours fin de mois", "payable dans un délai de 80 jours fin de mois"),
        ("une pénalité de 1,5 % par semaine de retard", "une pénalité de 15 % par semaine de retard"),
        ("la clause pénale exclue", "un tout autre texte"),
        ("", "un texte"),
    ],
)
def test_a_quote_that_the_document_does_not_say_is_refused(quote: str, text: str) -> None:
    assert find(quote, text) is None


def test_of_several_places_the_one_nearest_to_the_readers_offset_counts() -> None:
    text = "deux mois. Puis deux mois. Enfin deux mois."
    second, third = text.index("Puis") + 5, text.index("Enfin") + 6
    for start, expected in ((second, second), (third - 2, third), (None, 0)):
        evidence = find("deux mois", text, start=start)
        assert evidence is not None and evidence.start == expected


def test_a_quote_may_go_on_over_blocks_and_pages() -> None:
    def line(text: str, page: int) -> Draft:
        box = Box(page=page, x0=0.1, y0=0.9, x1=0.5, y1=0.95)
        return Draft("paragraph", text, page=page, words=(Word(0, 3, box), Word(4, len(text), box)))

    pages = assemble("c.pdf", b"", "application/pdf", [line("Les parties conviennent", 2), line("du prix suivant", 3)])
    evidence = locate(Quote("parties conviennent du prix"), Dossier((pages,)))
    assert evidence is not None
    assert evidence.quote == "parties conviennent\ndu prix"
    assert evidence.page == 2
    assert {box.page for box in evidence.boxes} == {2, 3}


def test_the_other_documents_of_the_dossier_are_searched_when_the_named_one_does_not_say_it() -> None:
    mail, attached = (
        document("Bonjour"),
        assemble("c.pdf", b"other", "application/pdf", [Draft("paragraph", "le 3 mai")]),
    )
    evidence = locate(Quote("le 3 mai", 0), Dossier((mail, attached)))
    assert evidence is not None and evidence.document == attached.sha256
    assert locate(Quote("le 3 mai", 7), Dossier((mail, attached))) is not None


_WORDS = st.lists(
    st.sampled_from(["le", "prestataire", "remet", "chaque", "année", "un", "rapport", "à", "l’acheteur"]), min_size=5
)
_VALUE = st.builds("{} euros au {}/{}/{}".format, *(st.integers(1, n) for n in (99_999, 28, 12, 2100)))


@given(before=_WORDS, value=_VALUE, after=_WORDS, gap=st.sampled_from(["\u00a0", "\u202f", "  "]))
@settings(max_examples=60, deadline=None)
def test_a_planted_value_is_found_where_it_was_hidden(
    before: list[str], value: str, after: list[str], gap: str
) -> None:
    text = " ".join((*before, "xx", value.replace(" ", gap), "yy", *after))
    evidence = find(value, text)
    assert evidence is not None
    assert evidence.start == len(" ".join((*before, "xx"))) + 1
    assert evidence.quote == value.replace(" ", gap)


@given(words=_WORDS, number=st.integers(100, 99_999), other=st.integers(100, 99_999))
@settings(max_examples=60, deadline=None)
def test_a_value_whose_digits_differ_is_refused(words: list[str], number: int, other: int) -> None:
    if number != other:
        text = f"{' '.join(words)} pour un montant de {number} euros hors taxes"
        assert find(f"{' '.join(words)} pour un montant de {other} euros hors taxes", text) is None


def test_a_long_document_is_searched_in_linear_time() -> None:
    paragraphs = [
        f"Article {n} : le prestataire remet le rapport numéro {n} au plus tard le {n % 28 + 1} mars." * 3
        for n in range(6000)
    ]
    dossier = Dossier((document(*paragraphs),))
    begin = time.perf_counter()
    for n in range(0, 6000, 60):
        assert locate(Quote(f"le prestatairc remet le rapport numéro {n} au plus tard"), dossier) is not None
    assert time.perf_counter() - begin < 8
