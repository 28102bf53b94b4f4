"""Obligations and alerts at the command line, from the first run to the last word."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from portfolio.register.records import Company
from portfolio.register.store import Register
from portfolio.schema import Obligation
from portfolio.values import Duration, Every
from tests.portfolio.builders import US, contract
from ui.cli.main import group

REPORT = Obligation(
    debtor="Netisol", action="Remettre l'attestation de vigilance", document="attestation de vigilance",
    due=Every(every=Duration(months=6)), quote="à la signature, puis tous les six mois",
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Register.open(tmp_path) as register:
        register.set_companies([Company(US.name)])
        register.import_contract(
            contract(
                "nettoyage.pdf", contract_type="other", signature_date=date(2029, 12, 20), start_date=date(2030, 1, 1),
                duration=Duration(years=1), renewal__kind="none", obligations=[REPORT],
            ), "Durand",
        )  # fmt: skip
    return tmp_path


def said(home: Path, *arguments: str) -> str:
    done = CliRunner().invoke(group, ["--home", str(home), "--lang", "fr", *arguments], env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    return done.output


def answered(home: Path, *arguments: str) -> Any:
    return json.loads(said(home, *arguments, "--json"))


def test_an_alert_from_its_proposal_to_its_end(home: Path) -> None:
    assert "Aucune alerte" in said(home, "alerts")
    report = answered(home, "alerts", "run", "--as-of", "2030-12-10")
    assert {(r["alert"]["kind"], r["alert"]["date"]) for r in report["raised"]} == {
        ("final_end", "2030-12-31"), ("obligation", "2030-12-20"),
    }  # fmt: skip
    assert "0 alertes signalées" in said(home, "alerts", "run", "--as-of", "2030-12-10")
    shown = said(home, "alerts", "list", "--kind", "obligation", "--why")
    assert (
        "20/12/2030" in shown and "Remettre l'attestation de vigilance" in shown and "20/12/2029 + 2 × 6 mois" in shown
    )
    (end,) = [a for a in answered(home, "alerts", "list") if a["kind"] == "final_end"]
    confirmed, *_ = answered(home, "alerts", "confirm", str(end["id"]), "--who", "Durand")
    assert confirmed["state"] == "confirmed"
    answered(home, "alerts", "assign", str(end["id"]), "--to", "Martin", "--who", "Durand")
    snoozed, *_ = answered(home, "alerts", "snooze", str(end["id"]), "--until", "20/12/2030", "--as-of", "10/12/2030")
    assert (snoozed["state"], snoozed["assignee"]) == ("snoozed", "Martin")
    dismissed, *_ = answered(home, "alerts", "dismiss", str(end["id"]), "--reason", "sera prolongé", "--who", "Durand")
    back, *_ = answered(home, "alerts", "undo", str(dismissed["action"]), "--who", "Durand")
    assert back["state"] == "snoozed"
    actions = [line["action"] for line in answered(home, "alerts", "history", str(end["id"]))]
    assert actions == ["confirmed", "assigned", "snoozed", "dismissed", "undone"]


def test_an_obligation_done_with_its_certificate(home: Path) -> None:
    days = ("--as-of", "2030-12-10", "--days", "60", "--back", "0")
    (due,) = answered(home, "obligations", "list", *days)["obligations"]
    assert (due["date"], due["state"], due["side"], due["document"]) == (
        "2030-12-20", "to_do", "them", "attestation de vigilance",
    )  # fmt: skip
    text = said(
        home, "obligations", "done", due["handle"], "--document", "URSSAF.pdf", "--dated", "01/12/2030",
        "--as-of", "2030-12-10", "--who", "Durand",
    )  # fmt: skip
    assert "valable jusqu'au 31/05/2031" in text
    (done,) = answered(home, "obligations", "list", *days)["obligations"]
    assert (done["state"], done["entry"]["valid_until"]) == ("done", "2031-05-31")
    answered(home, "obligations", "undo", str(done["entry"]["id"]))
    waived = answered(home, "obligations", "waive", due["handle"], "contrat suspendu", "--as-of", "2030-12-10")
    assert (waived["action"], waived["reason"]) == ("waived", "contrat suspendu")
    assert [line["action"] for line in answered(home, "obligations", "history", "nettoyage")] == [
        "done", "undone", "waived",
    ]  # fmt: skip


def test_an_obligation_that_a_person_adds(home: Path) -> None:
    said(home, "obligations", "add", "nettoyage", "Remettre le bilan", "--every", "P1Y", "--month-day", "06-30")
    found = answered(home, "obligations", "list", "nettoyage", "--as-of", "2030-06-01")["obligations"]
    assert ("2030-06-30", "Remettre le bilan") in {(o["date"], o["what"]) for o in found}


def test_lead_times_and_legal_rules_are_settings(home: Path) -> None:
    assert "Fin : 180, 90, 30" in said(home, "alerts", "leads")
    assert answered(home, "alerts", "leads", "--kind", "end", "--days", "120,60", "--type", "lease")["end"] == [120, 60]
    assert answered(home, "alerts", "leads")["end"] == [180, 90, 30]
    rules = {rule["id"]: rule["enabled"] for rule in answered(home, "obligations", "rules", "--off", "kbis")}
    assert rules["vigilance"] and not rules["kbis"]


def test_a_mistake_is_said(home: Path) -> None:
    done = CliRunner().invoke(group, ["--home", str(home), "alerts", "confirm", "99"])
    assert done.exit_code != 0 and "no alert 99" in str(done.exception)
