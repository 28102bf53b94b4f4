"""A person decides: what they confirm, correct, reject or add stays, and can be taken back."""

import pytest

from portfolio.errors import InvalidValue, NotFound
from portfolio.facts import PERSON
from portfolio.register.records import Contract
from portfolio.register.store import Register
from portfolio.values import Duration
from tests.portfolio.builders import NETISOL, US, contract, party

WHO = "Marie"


def _saved(register: Register, **values: object) -> Contract:
    register.save(contract("a.pdf", **values), "rules")
    return register.contract("a")


def test_a_corrected_value_survives_later_readings(register: Register) -> None:
    _saved(register, payment_days=30)
    register.correct("a", "payment_days", 45, WHO, reason="article 9")
    again = register.save(contract("a.pdf", payment_days=60), "llm")
    assert again.changed == 0
    found = register.contract("a")
    (fact,) = [s.fact for s in found.facts if s.fact.field == "payment_days"]
    assert (fact.value, fact.reader, fact.review) == (45, PERSON, "corrected")
    lines = [(h.action, h.who, h.before, h.after) for h in register.history("a", "payment_days")]
    assert lines == [("read", "rules", None, 30), ("corrected", WHO, 30, 45), ("kept", "llm", 45, 60)]


def test_the_same_disagreement_is_noted_once(register: Register) -> None:
    _saved(register, payment_days=30)
    register.correct("a", "payment_days", 45, WHO)
    for _ in range(3):
        register.save(contract("a.pdf", payment_days=60), "rules")
    assert [h.action for h in register.history("a", "payment_days")].count("kept") == 1


def test_a_confirmed_value_stays_when_a_later_reading_does_not_find_it(register: Register) -> None:
    _saved(register, payment_days=30, reference="R1")
    register.confirm("a", "payment_days", WHO)
    register.save(contract("a.pdf"), "rules")
    found = register.contract("a")
    assert found.value("payment_days") == 30
    assert found.value("reference") is None


def test_a_rejected_value_is_proposed_again_only_when_it_reads_otherwise(register: Register) -> None:
    _saved(register, payment_days=30)
    register.reject("a", "payment_days", WHO)
    assert register.contract("a").value("payment_days") is None
    register.save(contract("a.pdf", payment_days=30), "rules")
    assert register.contract("a").value("payment_days") is None
    register.save(contract("a.pdf", payment_days=60), "rules")
    (fact,) = [s.fact for s in register.contract("a").facts if s.fact.field == "payment_days"]
    assert (fact.value, fact.review) == (60, "to_review")


def test_what_was_read_wrong_does_not_come_back_beside_its_correction(register: Register) -> None:
    _saved(register, parties=[US, NETISOL])
    register.correct("a", "parties", party("Netisol Nettoyage", "449777747"), WHO, position=1)
    register.save(contract("a.pdf", parties=[US, NETISOL]), "rules")
    found = register.contract("a")
    assert [p.name for p in found.parties] == [US.name, "Netisol Nettoyage"]
    assert [s.fact.value for s in found.set_aside] == [NETISOL]


def test_a_read_value_changes_with_the_reading_and_history_tells(register: Register) -> None:
    _saved(register, payment_days=30)
    assert register.save(contract("a.pdf", payment_days=45), "llm").changed == 1
    lines = [(h.action, h.who, h.before, h.after) for h in register.history("a", "payment_days")]
    assert lines == [("read", "rules", None, 30), ("reread", "llm", 30, 45)]
    register.save(contract("a.pdf"), "rules")
    assert register.history("a", "payment_days")[-1].after is None


def test_a_person_adds_a_value_to_a_list_and_a_first_value_where_none_was_read(register: Register) -> None:
    _saved(register)
    register.add("a", "sites", {"city": "Étampes", "postal_code": "91150"}, WHO)
    register.correct("a", "notice_period", "P3M", WHO)
    register.save(contract("a.pdf"), "rules")
    found = register.contract("a")
    assert found.value("notice_period") == Duration(months=3)
    assert [s.city for s in found.sites] == ["Étampes"]


def test_every_decision_can_be_taken_back(register: Register) -> None:
    before = _saved(register, payment_days=30, reference="R1")
    register.confirm("a", "reference", WHO)
    register.correct("a", "payment_days", 45, WHO)
    register.add("a", "sites", {"city": "Étampes"}, WHO)
    register.reject("a", "reference", WHO)
    for line in reversed(register.history("a")):
        if line.undoable:
            register.undo(line.id, WHO)
    after = register.contract("a")
    assert [s.fact for s in after.facts] == [s.fact for s in before.facts]
    assert (after.sites, after.set_aside) == ((), ())
    assert not any(line.undoable for line in register.history("a"))


def test_a_change_under_a_later_one_cannot_be_taken_back_first(register: Register) -> None:
    _saved(register, payment_days=30)
    register.confirm("a", "payment_days", WHO)
    register.correct("a", "payment_days", 45, WHO)
    confirmed = next(h for h in register.history("a") if h.action == "confirmed")
    with pytest.raises(InvalidValue, match="undo the later change first"):
        register.undo(confirmed.id, WHO)


def test_confirming_all_leaves_nothing_to_review(register: Register) -> None:
    _saved(register, payment_days=30)
    count = register.contracts()[0].to_review
    assert register.confirm_all("a", WHO) == count == 3
    (line,) = register.contracts()
    assert (line.to_review, line.reviewed, line.confidence) == (0, 3, None)


@pytest.mark.parametrize(
    ("field", "value"), [("payment_days", "soon"), ("notice_period", "three months"), ("no_field", 1), ("parties", {})]
)
def test_a_value_that_does_not_fit_its_field_is_refused_and_nothing_changes(
    register: Register, field: str, value: object
) -> None:
    before = _saved(register, payment_days=30)
    with pytest.raises(InvalidValue):
        register.correct("a", field, value, WHO)
    assert register.contract("a") == before


def test_there_is_nothing_to_confirm_where_nothing_was_read(register: Register) -> None:
    _saved(register)
    with pytest.raises(NotFound, match="payment_days has no value"):
        register.confirm("a", "payment_days", WHO)


def test_an_imported_record_is_a_persons_word(register: Register) -> None:
    _saved(register, payment_days=30, reference="WRONG")
    register.import_contract(contract("a.pdf", payment_days=45), WHO)
    register.save(contract("a.pdf", payment_days=30), "rules")
    found = register.contract("a")
    assert found.value("payment_days") == 45
    assert found.value("reference") is None
    assert {s.fact.review for s in found.facts} == {"confirmed"}
    assert {h.who for h in register.history("a") if h.action == "imported"} == {WHO}
