"""Few words of a model are found in the sentence that says its value."""

from __future__ import annotations

from agent.documents.pages import Draft, assemble
from agent.reading.llm.passages import Passages
from agent.reading.reader import Dossier
from agent.reading.structure import view

TEXT = """Le prix est révisé chaque année. Le contrat prend effet le 1er mars 2026.
Le contrat prend effet le 1er mars 2026 pour trois ans. Le préavis est de deux mois.
Le préavis est de trois mois.
Chaque partie peut résilier le contrat à tout moment avec un préavis de deux mois.
Le loyer est de 900 €. Le dépôt de garantie est de 900 €.
Le Preneur produit l'attestation de son assureur. Il le fait chaque année. Il avertit le Bailleur d'une fuite."""


def passages() -> Passages:
    document = assemble("c.txt", TEXT.encode(), "text/plain", [Draft("paragraph", line) for line in TEXT.splitlines()])
    return Passages(view(Dossier((document,), ())))


def test_of_two_sentences_the_one_that_says_the_value_proves_it() -> None:
    (quote,) = passages().quotes("notice_period", "P3M", ["Le préavis"])
    assert "trois mois" in quote.text


def test_blank_words_quote_nothing() -> None:
    assert passages().quotes("start_date", "2026-03-01", ["", "  "]) == ()
    assert len(passages().quotes("start_date", "2026-03-01", ["", "1er mars 2026"])) == 1


def test_a_summary_is_proven_by_the_sentences_that_say_it_with_its_figures() -> None:
    told = "Chacun peut résilier à tout moment avec un préavis de {} mois"
    (quote,) = passages().quotes("termination", told.format("deux"), [told.format("deux")])
    assert quote.text.startswith("Chaque partie peut résilier")
    invented = passages().quotes("termination", told.format("neuf"), [told.format("neuf")])
    assert [quote.text for quote in invented] == [told.format("neuf")], "left to be found nowhere"


def test_of_two_places_of_a_number_an_amount_stands_at_the_one_that_speaks_of_it() -> None:
    (quote,) = passages().quotes("amounts", {"label": "Dépôt de garantie", "value": 900.0}, ["900"])
    assert quote.start is not None
    assert TEXT[quote.start - 30 : quote.start].endswith("dépôt de garantie est de ")


def duty(action: str, copied: str, **parts: object) -> list[str]:
    return [quote.text for quote in passages().quotes("obligations", {"action": action, "quote": copied, **parts}, [])]


def test_a_duty_has_its_sentence_and_the_one_beside_it_that_says_when() -> None:
    found = duty("Produire l'attestation", "attestation de son assureur", due={"every": "P1Y"})
    assert found == ["Le Preneur produit l'attestation de son assureur.", "Il le fait chaque année."]


def test_a_duty_in_other_words_has_the_sentence_that_says_most_of_it_and_an_invented_one_none() -> None:
    (told,) = duty("Le Bailleur est averti d'une fuite", "averti d'une fuite")
    assert told == "Il avertit le Bailleur d'une fuite."
    assert duty("Remettre un bilan social", "bilan social", document="bilan social") == ["bilan social"]
