"""The built-in answerer: sentences that speak of a column, and what it reads in them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.columns import builtin
from agent.columns.lexicon import subject
from agent.columns.typed import percents
from agent.columns.written import parse
from agent.dossiers import open_file
from agent.reading.structure import ContractView, view
from evals import columns as evaluation
from portfolio.columns.records import Answer, Column, Kind
from portfolio.errors import InvalidValue
from portfolio.facts import CERTAIN
from portfolio.schema import Amount
from portfolio.values import Duration

CONTRACT = """Contrat de services

Article 1 - Objet

Le Prestataire assure l'entretien des équipements du Client.

Article 2 - Divers

{sentence}

Article 3 - Durée

Le contrat prend effet le 1er mars 2024 pour trois ans.
"""


def laid_out(sentence: str) -> ContractView:
    content = CONTRACT.format(sentence=sentence).encode()
    return view(open_file("contrat.txt", content).bundles[0].dossier(()))


def column(words: str, kind: Kind, *choices: str) -> Column:
    return Column("k", words, kind, choices, "Léa", datetime(2026, 1, 1, tzinfo=UTC))


def read(words: str, kind: Kind, sentence: str, *choices: str) -> Answer:
    return builtin.answer(column(words, kind, *choices), laid_out(sentence))


@pytest.mark.parametrize(
    ("words", "kind", "sentence", "value"),
    [
        ("plafond de responsabilité", "amount", "La responsabilité du Prestataire n'excédera pas 50 000 €.", 50000),
        ("liability cap", "amount", "Neither party's total liability shall be greater than EUR 1,500,000.", 1500000),
        ("plafond de responsabilité", "amount", "The Supplier's liability is limited to USD 20,000 a year.", 20000),
        ("franchise", "amount", "Chaque sinistre supporte une franchise de 1 500 €.", 1500),
        ("indemnité de résiliation", "amount", "Une indemnité de 9 000 € est due en cas de résiliation.", 9000),
        ("taux de pénalité", "percent", "Une pénalité de 0,5 % par jour est appliquée.", 0.5),
        ("pénalité de retard", "percent", "Tout retard entraîne une pénalité de 1/1000e du marché.", 0.1),
        ("délai de garantie", "duration", "La garantie court pendant vingt-quatre mois.", Duration(months=24)),
        ("date de l'audit", "date", "Un audit est mené le 15 juin 2025.", date(2025, 6, 15)),
    ],
)
def test_a_grammar_reads_the_value_beside_the_words(words: str, kind: Kind, sentence: str, value: Any) -> None:
    answer = read(words, kind, sentence)
    found = answer.value.value if isinstance(answer.value, Amount) else answer.value
    assert found == value
    assert answer.evidence[0].quote in sentence


@pytest.mark.parametrize(
    ("words", "sentence", "value"),
    [
        ("clause de non-sollicitation ?", "Chaque partie s'interdit d'embaucher les salariés de l'autre.", True),
        ("clause de non-sollicitation ?", "Clause de non-débauchage : un an après la fin du contrat.", True),
        ("clause de non-sollicitation ?", "Neither party shall solicit or hire employees of the other.", True),
        ("non-solicitation?", "Le Client renonce à recruter le personnel du Prestataire.", True),
        ("clause de non-sollicitation ?", "Le Client embauche son personnel librement.", None),
        ("exclusivité", "Le contrat ne confère aucune exclusivité.", False),
        ("sous-traitance autorisée ?", "La sous-traitance est interdite.", False),
        ("sous-traitance autorisée ?", "Le Prestataire ne peut sous-traiter sans l'accord du Client.", True),
        ("sous-traitance autorisée ?", "Une panne d'un sous-traitant n'exonère pas le Prestataire.", None),
        ("cession interdite ?", "Neither party may assign without consent.", False),
        ("cession interdite ?", "La cession du contrat est interdite.", True),
        ("droit d'audit", "The Client may inspect the premises once a year.", True),
        ("clause de médiation ?", "Les parties saisissent d'abord un médiateur.", True),
        ("clause de réversibilité ?", "Le Client paie à trente jours.", None),
    ],
)
def test_yes_no_and_not_said(words: str, sentence: str, value: bool | None) -> None:
    assert read(words, "yes_no", sentence).value is value


def test_a_choice_is_told_by_its_words_and_not_guessed() -> None:
    options = ("France", "Union européenne")
    place = "Les données sont hébergées en France."
    assert read("pays d'hébergement des données", "choice", place, *options).value == "France"
    elsewhere = read("pays d'hébergement des données", "choice", "Les données sont hébergées à Oslo.", *options)
    assert (elsewhere.value, len(elsewhere.evidence)) == (None, 1)


def test_silence_has_no_evidence_and_a_mention_has_no_value() -> None:
    silent = read("plafond de responsabilité", "amount", "Le Client paie 500 € par mois.")
    assert (silent.value, silent.evidence) == (None, ())
    spoken = read("plafond de responsabilité", "amount", "Sa responsabilité est limitée au prix payé.")
    assert (spoken.value, spoken.evidence[0].quote) == (None, "Sa responsabilité est limitée au prix payé.")


def test_a_company_form_is_no_cap_and_other_sums_are_not_taken() -> None:
    form = "La société à responsabilité limitée Duval, au capital de 8 000 €, est agréée."
    assert read("plafond de responsabilité", "amount", form).value is None
    costs = "Tout retard entraîne une pénalité au taux légal, outre 40 € de frais de recouvrement."
    assert read("pénalité de retard", "amount", costs).value is None


def test_a_column_of_frame_words_alone_asks_of_nothing() -> None:
    assert subject("y a-t-il une clause ?").facets == ()
    assert read("y a-t-il une clause ?", "yes_no", "Le Client paie.").evidence == ()


def test_no_value_is_ever_shown_as_certain() -> None:
    assert max(builtin.SURE, builtin.FAIR, builtin.UNSURE) < CERTAIN


def test_development_contracts_are_answered_as_looked_up_by_hand() -> None:
    scored = list(evaluation.run(without=".pdf"))
    wrong = [one for one in scored if one.score == "wrong"]
    missed = [one for one in scored if one.score == "missed"]
    assert len({one.column.words for one in scored}) >= 6
    assert not wrong
    assert len(missed) <= 2


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("yes_no", "Oui", True), ("yes_no", "no", False), ("date", "31/12/2026", date(2026, 12, 31)),
        ("date", "2026-12-31", date(2026, 12, 31)), ("percent", "5,5 %", 5.5), ("percent", "5.5", 5.5),
        ("duration", "3 mois", Duration(months=3)), ("duration", "P3M", Duration(months=3)), ("text", " ici ", "ici"),
        ("amount", "350 000", Amount(label="x", value=350000)),
        ("amount", "350 000 € HT par an", Amount(label="x", value=350000, tax="excl", period="year")),
    ],
)  # fmt: skip
def test_a_person_writes_values_in_plain_words(kind: Kind, text: str, value: Any) -> None:
    assert parse(column("x", kind), text) == value


@pytest.mark.parametrize("kind", ["yes_no", "date", "amount", "percent", "duration"])
def test_what_fits_no_kind_is_refused_with_examples(kind: Kind) -> None:
    with pytest.raises(InvalidValue, match="write it like"):
        parse(column("x", kind), "peut-être")


@given(st.integers(0, 10_000), st.sampled_from(["{} %", "{}%", "{} pour cent", "{} per cent"]))
def test_a_percentage_is_found_as_it_is_written(tenths: int, form: str) -> None:
    value = tenths / 10
    text = form.format(f"{value:g}".replace(".", ","))
    assert [found.value for found in percents(f"une retenue de {text} du prix")] == [value]
