"""Amendments find their base, whichever comes first."""

import pytest

from portfolio.errors import InvalidValue
from portfolio.register.store import Register
from tests.portfolio.builders import US, contract, party, sample

BASE = contract("base.pdf", title="Contrat de bionettoyage", reference="CVO-2023-041", signature_date="2023-05-26")
FIRST = contract(
    "av1.pdf", title="Avenant n° 1", reference="CVO-2023-041/AV1", amends="CVO-2023-041", signature_date="2025-01-01"
)
SECOND = contract(
    "av2.pdf",
    title="Avenant n° 2",
    reference="CVO-2023-041/AV2",
    amends="avenant CVO-2023-041/AV1",
    signature_date="2026-01-01",
)


def test_an_amendment_waits_for_its_base_and_is_linked_when_it_comes(register: Register) -> None:
    waiting = register.save(FIRST, "rules")
    assert (waiting.kind, waiting.link, waiting.base) == ("amendment", "waiting", None)
    base = register.save(BASE, "rules")
    link = register.contract("av1").link
    assert (link.state, link.base) == ("linked", base.contract)
    assert "names the reference CVO-2023-041" in link.reasons
    assert register.contract("base").amendments == (waiting.contract,)


def test_the_sample_amendment_is_linked(register: Register) -> None:
    base = register.save(sample("02-bionettoyage"), "rules")
    assert register.save(sample("03-avenant-bionettoyage"), "rules").base == base.contract


def test_an_amendment_of_an_amendment_belongs_to_the_base(register: Register) -> None:
    for draft in (SECOND, FIRST, BASE):
        register.save(draft, "rules")
    base, first, second = (register.contract(ref) for ref in ("base", "av1", "av2"))
    assert (second.link.base, second.link.amends) == (base.id, first.id)
    assert base.amendments == (first.id, second.id)


def test_a_reference_is_read_with_any_signs_and_its_own_may_continue_the_bases(register: Register) -> None:
    base = register.save(contract("b.pdf", reference="2023-EDU-027", title="Restauration scolaire"), "rules")
    assert (
        register.save(contract("a1.pdf", title="Avenant 1", amends="marché n° 2023 EDU 027"), "rules").base
        == base.contract
    )
    continued = contract("a2.pdf", title="Avenant n° 2", reference="2023-EDU-027-A02")
    assert register.save(continued, "rules").base == base.contract


def test_without_reference_title_and_parties_tell(register: Register) -> None:
    base = register.save(contract("b.pdf", title="Contrat de maintenance des ponts roulants"), "rules")
    register.save(contract("other.pdf", title="Contrat de gardiennage"), "rules")
    found = register.save(contract("a.pdf", title="Avenant n° 1 au contrat de maintenance des ponts roulants"), "rules")
    assert found.base == base.contract


def test_two_contracts_that_could_be_meant_leave_it_to_a_person(register: Register) -> None:
    one = register.save(contract("one.pdf", title="Contrat de maintenance"), "rules")
    other = register.save(contract("other.pdf", title="Contrat de maintenance"), "rules")
    register.save(contract("a.pdf", title="Avenant au contrat de maintenance"), "rules")
    link = register.contract("a").link
    assert (link.state, link.base) == ("ambiguous", None)
    assert {c.contract for c in link.candidates} == {one.contract, other.contract}
    assert all(c.reasons and c.title == "Contrat de maintenance" for c in link.candidates)
    register.link("a", "one", "Marie")
    register.save(contract("a.pdf", title="Avenant au contrat de maintenance", payment_days=30), "rules")
    link = register.contract("a").link
    assert (link.state, link.base, link.by) == ("linked", one.contract, "Marie")


def test_another_reference_is_another_contract(register: Register) -> None:
    register.save(contract("other.pdf", title="Contrat de bionettoyage", reference="CVO-2019-007"), "rules")
    assert register.save(FIRST, "rules").link == "waiting"


def test_a_contract_later_than_the_amendment_is_not_its_base(register: Register) -> None:
    register.save(contract("late.pdf", title="Contrat de maintenance", signature_date="2026-01-01"), "rules")
    saved = register.save(contract("a.pdf", title="Avenant n° 1", signature_date="2025-01-01"), "rules")
    assert saved.link == "waiting"


def test_other_parties_do_not_amend_our_contract(register: Register) -> None:
    register.save(contract("b.pdf", title="Contrat de maintenance"), "rules")
    other = [US, party("Tout Autre", "317526580")]
    saved = register.save(contract("a.pdf", title="Avenant n° 1 au contrat de maintenance", parties=other), "rules")
    assert saved.base is None


def test_a_persons_unlinking_lasts_until_taken_back(register: Register) -> None:
    base = register.save(BASE, "rules")
    register.save(FIRST, "rules")
    register.unlink("av1", "Marie")
    register.save(BASE, "llm")
    register.save(FIRST, "llm")
    assert register.contract("av1").link.state == "unlinked"
    register.link_again("av1", "Marie")
    assert register.contract("av1").link.base == base.contract
    assert [h.action for h in register.history("av1") if h.who == "Marie"] == ["unlinked", "undone"]


def test_only_amendments_are_linked_and_never_in_a_circle(register: Register) -> None:
    register.save(BASE, "rules")
    register.save(contract("x.pdf", title="Avenant A"), "rules")
    register.save(contract("y.pdf", title="Avenant B"), "rules")
    with pytest.raises(InvalidValue, match="no amendment"):
        register.link("base", "x", "Marie")
    with pytest.raises(InvalidValue, match="itself"):
        register.link("x", "x", "Marie")
    register.link("x", "base", "Marie")
    register.link("y", "x", "Marie")
    with pytest.raises(InvalidValue, match="circle"):
        register.link("x", "y", "Marie")
    assert register.contract("x").link.base == register.contract("base").id


def test_a_base_that_is_read_otherwise_lets_its_amendment_wait_again(register: Register) -> None:
    register.save(BASE, "rules")
    register.save(FIRST, "rules")
    register.correct("base", "reference", "CVO-2022-999", "Marie")
    register.correct("base", "parties", {"name": "Autre", "role": "supplier", "registration": "317526580"}, "Marie", 1)
    assert register.contract("av1").link.state == "waiting"
