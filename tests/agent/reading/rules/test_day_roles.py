"""The ranker of days: what it sees, and when its word counts against the rules'."""

import re
from datetime import date

import pytest

from agent.documents.pages import Draft, assemble
from agent.reading.reader import Dossier
from agent.reading.rules.day_mentions import counted_mentions, described, mentions
from agent.reading.rules.day_roles import RANKED, SECONDED, bundled, decided, likeliest, weighed_by
from agent.reading.rules.finding import Finding
from agent.reading.structure import ContractView, view
from tests.agent.reading.rules.contracts import clause, known

_SIGNED = "Paraphé par les deux associés le 4 mars 2024."
_DELIVERED = "Le matériel a été livré le 12 janvier 2024."
_WEIGHTS = {"signature_date": {"before paraph": 4.0, "before livre": -2.0}}
_NEVER = re.compile("(?!)")
_START = {"start_date": {"before bascul": 4.0, "none": -1.0}}


def _view(*lines: str) -> ContractView:
    text = "\n".join(lines)
    drafts = [Draft("paragraph", line) for line in lines]
    return view(Dossier((assemble("contract.txt", text.encode(), "text/plain", drafts),)))


def test_the_day_whose_words_weigh_most_is_the_likeliest() -> None:
    laid_out = _view(_DELIVERED, _SIGNED)
    found = mentions(laid_out, american=False)
    with weighed_by(_WEIGHTS):
        likely = likeliest("signature_date", found, described(laid_out, found))
    assert likely is not None
    assert likely.day == date(2024, 3, 4)
    assert likely.share > 0.9
    assert likely.mention.sentence.text == _SIGNED


@pytest.mark.parametrize("weights", [{}, {"signature_date": {"none": 3.0}}])
def test_no_day_where_none_is_likelier_or_nothing_was_learned(weights: dict[str, dict[str, float]]) -> None:
    laid_out = _view(_DELIVERED, _SIGNED)
    found = mentions(laid_out, american=False)
    with weighed_by(weights):  # type: ignore[arg-type]
        assert likeliest("signature_date", found, described(laid_out, found)) is None


def test_rules_are_seconded_overruled_or_left_alone() -> None:
    laid_out = _view(_DELIVERED, _SIGNED)
    found = mentions(laid_out, american=False)
    with weighed_by(_WEIGHTS):
        likely = likeliest("signature_date", found, described(laid_out, found))
    delivered, signed = (Finding(m.day, m.sentence, m.start, m.end, 0.8, "dates.signature") for m in found)
    same, other = decided(signed, likely, _NEVER), decided(delivered, likely, _NEVER)
    assert same is not None
    assert other is not None
    assert (same.value, same.rule) == (date(2024, 3, 4), "dates.signature" + SECONDED)
    assert (other.value, other.rule) == (date(2024, 3, 4), RANKED)
    assert decided(delivered, None, _NEVER) == delivered
    assert decided(delivered, likely, re.compile("paraphe")) == delivered


def test_days_counted_from_a_signature_are_mentions() -> None:
    laid_out = _view("Le contrat débute le premier jour du mois suivant sa signature.", "Fait à Lyon, le 12 mars 2024.")
    found = mentions(laid_out, american=False)
    signed = Finding(found[0].day, found[0].sentence, found[0].start, found[0].end, 0.9, "dates.signature")
    counted = list(counted_mentions(laid_out, american=False, signed=signed))
    assert [mention.day for mention in counted] == [date(2024, 4, 1)]
    assert counted[0].counted is not None
    assert counted[0].counted.basis == "signature 2024-03-12, first day of the following month"


def test_a_start_that_no_rule_finds_has_its_proof() -> None:
    text = clause("Article 2 - Divers", "La bascule des flux est le 9 septembre 2024 au matin.")
    with weighed_by({}):
        assert known(text).value("start_date") is None
    with weighed_by(_START):  # type: ignore[arg-type]
        found = known(text).best("start_date")
    assert found is not None
    assert (found.value, found.rule) == (date(2024, 9, 9), RANKED)
    assert "9 septembre 2024" in found.quotes[0].text


def test_in_english_the_ranker_adds_no_start() -> None:
    opening = "This Supply Agreement is made by and between Alpha Inc. and Beta LLC for the supply of the parts."
    body = "The parties and their agents meet on June 1, 2019 at the office of the company."
    with weighed_by({"start_date": {"before meet": 9.0}}):
        assert known(f"Supply Agreement\n{opening}\n1. Scope\n{body}").value("start_date") is None


def test_no_day_of_which_the_words_before_say_that_it_is_another() -> None:
    text = clause(
        "Article 2 - Divers", "Le contrat précédent, dont la bascule était le 9 septembre 2020, est remplacé."
    )
    with weighed_by(_START):  # type: ignore[arg-type]
        assert known(text).value("start_date") is None


def test_the_bundled_weights_know_both_roles() -> None:
    assert all(len(bundled()[role]) > 100 for role in ("signature_date", "start_date"))
