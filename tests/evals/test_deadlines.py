"""How a register's deadlines are compared with expected ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.deadlines import compare, expected
from portfolio.errors import ContrathequeError


def record(**changes: Any) -> dict[str, Any]:
    plain = {
        "amended_by": [], "current_end": "2026-12-31", "status_by_dates": "active", "next_notice_deadline": None,
        "notice_missed": False, "following_notice_deadline": None, "final_end": None, "renewals_used": 0,
        "next_price_revision": None, "obligations_next": [],
    }  # fmt: skip
    return plain | changes


def owed(what: str, day: str, debtor: str = "Limpidea Santé") -> dict[str, str]:
    return {"obligation": what, "debtor": debtor, "due_date": day}


def test_equal_and_accepted_values_agree() -> None:
    gold = {"a": record(final_end="2027-12-31", accept={"final_end": [None]}), "b": record()}
    found = compare({"a": record(final_end=None), "b": record(renewals_used=1)}, gold)
    assert found.counts["final_end"] == (2, 2)
    assert found.counts["renewals_used"] == (1, 2)
    assert [(d.contract, d.key, d.found, d.expected) for d in found.differences] == [("b", "renewals_used", 1, 0)]


def test_a_contract_that_is_not_there_disagrees_in_every_key() -> None:
    found = compare({}, {"a": record(obligations_next=[owed("Remettre le rapport", "2026-12-05")])})
    assert all(agreed == 0 for agreed, _ in found.counts.values())


def test_obligations_agree_by_their_day_and_words_one_to_one() -> None:
    gold = {
        "a": record(
            obligations_next=[
                owed("Remettre l'état mensuel des effectifs présents", "2026-12-05"),
                owed("Déposer le dossier mensuel d'indicateurs", "2026-12-08"),
            ],
            accept={"obligations_next": [owed("Remettre l'état mensuel des effectifs présents", "2026-12-04")]},
        )
    }
    mine = [
        owed("remettre l'état des effectifs présents sur site", "2026-12-04", "Limpidea Santé SAS"),
        owed("déposer le dossier d'indicateurs", "2026-12-09"),
    ]
    found = compare({"a": record(obligations_next=mine)}, gold)
    assert found.counts["obligations_next"] == (1, 2)
    assert found.counts["debtor"] == (1, 1)
    assert [d.expected["due_date"] for d in found.differences] == ["2026-12-08"]
    assert [d.found["due_date"] for d in found.extra] == ["2026-12-09"]


def test_an_obligation_that_may_be_there_is_neither_missed_nor_too_many() -> None:
    gold = {"a": record(accept={"obligations_next": [owed("Convoquer le comité de suivi", "2026-12-31")]})}
    with_it = compare({"a": record(obligations_next=[owed("convoquer le comité de suivi", "2026-12-31")])}, gold)
    without = compare({"a": record()}, gold)
    assert with_it.counts["obligations_next"] == without.counts["obligations_next"] == (0, 0)
    assert not with_it.extra


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "deadlines.json"
    file.write_text(json.dumps({"portfolio": "x"}), encoding="utf-8")
    with pytest.raises(ContrathequeError, match="no file of expected deadlines"):
        expected(file)
