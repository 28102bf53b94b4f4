"""One company written three ways is one counterparty."""

import pytest

from portfolio.errors import InvalidValue, NotFound
from portfolio.register.records import Counterparty
from portfolio.register.store import Register
from portfolio.schema import Party
from tests.portfolio.builders import LIMPIDEA, NETISOL, US, contract, party


def _save(register: Register, *suppliers: Party) -> None:
    for number, supplier in enumerate(suppliers):
        register.save(
            contract(f"{number}.pdf", parties=[US, supplier], signature_date=f"2024-01-{number + 1:02}"), "rules"
        )


def _others(register: Register) -> list[Counterparty]:
    return [c for c in register.counterparties() if c.siren != US.registration]


def test_three_spellings_are_one_company(register: Register) -> None:
    _save(
        register,
        party("Netisol Propreté SAS"),
        party("NETISOL PROPRETE"),
        party("Société Netisol-Propreté", "449777747"),
    )
    (found,) = _others(register)
    assert found.siren == "449777747"
    assert set(found.names) == {"Netisol Propreté SAS", "NETISOL PROPRETE", "Société Netisol-Propreté"}
    assert len(found.contracts) == 3


def test_a_renamed_company_has_its_newest_name_and_keeps_the_old_one(register: Register) -> None:
    _save(register, NETISOL, party("Netisol Propreté"), LIMPIDEA)
    (found,) = _others(register)
    assert (found.name, set(found.names)) == ("Limpidea Santé", {"Netisol Propreté", "Limpidea Santé"})
    assert register.counterparty("netisol proprete").id == register.counterparty("449777747").id == found.id


def test_a_company_that_says_its_former_name_is_that_company(register: Register) -> None:
    _save(register, party("Netisol Propreté"), party("Limpidea Santé (anciennement Netisol Propreté)"))
    (found,) = _others(register)
    assert found.name == "Limpidea Santé"
    assert len(found.contracts) == 2


def test_a_misread_letter_does_not_make_another_company(register: Register) -> None:
    _save(register, party("Imagerie des Belles-Croix", "807784681"), party("Imagerie des Beiles-Croix"))
    assert len(_others(register)) == 1


def test_different_sirens_are_never_one_company(register: Register) -> None:
    _save(register, party("Dupont SARL", "317526580"), party("Dupont SAS", "807784681"), party("Dupont"))
    assert sorted(c.siren or "" for c in _others(register)) == ["", "317526580", "807784681"]


def test_names_that_differ_by_a_number_are_different(register: Register) -> None:
    _save(register, party("SCI Jardin des Plantes 1"), party("SCI Jardin des Plantes 2"))
    assert len(_others(register)) == 2


def test_a_name_that_is_read_otherwise_leaves_no_trace(register: Register) -> None:
    _save(register, party("Netizol Propreté Misread"))
    _save(register, NETISOL)
    assert [c.name for c in _others(register)] == ["Netisol Propreté"]


def test_a_person_merges_and_splits(register: Register) -> None:
    _save(register, party("Ambulances Morvillier", "317526580"), party("Morvillier Transports", "807784681"))
    merged = register.merge_counterparties("Ambulances Morvillier", "Morvillier Transports", "Marie")
    assert len(merged.contracts) == 2
    register.save(contract("0.pdf", parties=[US, party("Ambulances Morvillier", "317526580")]), "llm")
    assert len(_others(register)) == 1
    rest, apart = register.split_counterparty(merged.id, "Morvillier Transports", "Marie")
    assert rest.names == ("Ambulances Morvillier",)
    assert apart.names == ("Morvillier Transports",)
    assert len(_others(register)) == 2


def test_a_split_of_near_spellings_lasts(register: Register) -> None:
    _save(register, party("Immobilière Durand Père"), party("Immobilière Durant Père"))
    (one,) = _others(register)
    register.split_counterparty(one.id, "Immobilière Durant Père", "Marie")
    _save(register, party("Immobilière Durand Père"), party("Immobilière Durant Père"), party("Autre"))
    assert len(_others(register)) == 3


def test_what_cannot_be_merged_or_split_says_why(register: Register) -> None:
    _save(register, NETISOL, party("Autre"))
    with pytest.raises(InvalidValue, match="one company already"):
        register.merge_counterparties("Netisol Propreté", "449777747", "Marie")
    with pytest.raises(InvalidValue, match="name one of several spellings"):
        register.split_counterparty("Netisol Propreté", "Netisol Propreté", "Marie")
    with pytest.raises(NotFound, match="list the counterparties"):
        register.counterparty("Nobody")
