"""`remind`, `relance` and `worker` at the command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from portfolio.alerts.clock import today
from portfolio.register.records import Company
from portfolio.register.store import Register
from portfolio.schema import Obligation
from portfolio.values import Every
from tests.portfolio.builders import US, contract
from tests.portfolio.delivery.servers import LOOPBACK, MailServer
from ui.cli.main import group


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CONTRATHEQUE_SMTP_HOST", raising=False)
    start = today() - timedelta(days=300)
    due = today() + timedelta(days=2)
    due -= timedelta(days=(due.month, due.day) == (2, 29))
    report = Obligation(
        debtor="Netisol", action="Remettre le bilan", document="bilan annuel",
        due=Every.model_validate({"every": "P1Y", "month_day": f"{due:%m-%d}"}), quote="chaque année",
    )  # fmt: skip
    with Register.open(tmp_path) as register:
        register.set_companies([Company(US.name)])
        register.save(
            contract(
                "menage.pdf", title="Ménage\x1b[31m des bureaux", contract_type="other", start_date=start,
                end_date=today() + timedelta(days=20), renewal__kind="none", obligations=[report],
            ), "rules",
        )  # fmt: skip
    return tmp_path


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    for name, value in {"HOST": LOOPBACK, "PORT": str(server.port), "TLS": "none"}.items():
        monkeypatch.setenv(f"CONTRATHEQUE_SMTP_{name}", value)
    monkeypatch.setenv("CONTRATHEQUE_MAIL_FROM", "contrats@example.org")
    yield server
    server.stop()


def said(home: Path, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(group, ["--home", str(home), "--lang", "fr", *arguments], env={"COLUMNS": "200"})
    assert done.exit_code == code, done.output
    return done.output


def answered(home: Path, *arguments: str) -> Any:
    return json.loads(said(home, *arguments, "--json"))


def test_without_send_it_shows_what_would_be_sent_to_whom(home: Path, mail: MailServer) -> None:
    assert "Alertes sans destinataire : 2" in said(home, "remind")
    said(home, "remind", "people", "set", "Marie Durand", "--email", "marie@example.org", "--general")
    shown = said(home, "remind", "--full")
    assert "Courriel à Marie Durand <marie@example.org> : Échéances du" in shown
    assert "dans 20 jours" in shown and "Rien n'a été envoyé" in shown and "\x1b" not in shown
    assert len(answered(home, "remind", "--as-of", str(today()))["deliveries"]) == 1
    assert (answered(home, "remind", "outbox"), mail.mails) == ([], [])
    sent = answered(home, "remind", "--send")
    assert [one["state"] for one in sent["tries"]] == ["sent"]
    assert answered(home, "remind", "--send")["tries"] == []
    assert [one["state"] for one in answered(home, "remind", "outbox")] == ["sent"]
    assert len(mail.mails) == 1
    assert "Rien à envoyer" in said(home, "remind", "retry")
    said(home, "remind", "--send", "--as-of", "2030-01-01", code=2)


def test_people_and_webhooks_are_kept(home: Path) -> None:
    said(home, "remind", "people", "set", "Paul", code=2)
    said(home, "remind", "people", "set", "Paul", "--email", "paul@example.org")
    set_ = answered(
        home, "remind", "people", "set", "Marie", "--email", "m@example.org", "--deputy", "Paul", "--kind", "end"
    )
    assert (set_["deputy"], set_["kinds"], set_["general"]) == ("Paul", ["end"], False)
    assert answered(home, "remind", "people", "set", "marie", "--general", "--deputy", "")["email"] == "m@example.org"
    charged = answered(home, "remind", "people", "charge", "Marie", "contract", "menage")
    assert [one["scope"] for one in charged["charges"]] == ["contract"]
    assert "liste générale" in said(home, "remind", "people")
    said(home, "remind", "people", "discharge", "Marie", "contract", "menage")
    said(home, "remind", "people", "remove", "Paul")
    assert [one["name"] for one in answered(home, "remind", "people")] == ["Marie"]
    added = said(home, "remind", "webhooks", "add", "https://erp.example.org/secret/jeton")
    assert "whsec_" in added and "jeton" not in added
    assert "whsec_" not in said(home, "remind", "webhooks") + json.dumps(answered(home, "remind", "webhooks"))
    said(home, "remind", "webhooks", "remove", "1")
    assert answered(home, "remind", "webhooks") == []


def test_a_relance_from_draft_to_letter(home: Path, mail: MailServer) -> None:
    assert "Aucune relance" in said(home, "relance")
    (due,) = answered(home, "obligations", "list", "menage", "--days", "10", "--back", "0")["obligations"]
    expired = str(today() - timedelta(days=1))
    said(home, "obligations", "done", due["handle"], "--document", "bilan.pdf", "--valid-until", expired)
    assert answered(home, "remind")["drafts"] == 1
    assert answered(home, "relance", "list") == []  # a look leaves no trace
    said(home, "remind", "--send")
    shown = said(home, "relance", "show", "1")
    assert "à approuver" in shown and "adresse inconnue" in shown
    assert "Votre document « bilan annuel » a expiré le" in shown and "\x1b" not in shown
    said(home, "relance", "contact", "1", "contact@netisol.example")
    (approved,) = answered(home, "relance", "approve", "1", "--note", "Merci d'avance.", "--who", "Marie")
    assert (approved["state"], approved["email"], approved["sent"]) == ("approved", "contact@netisol.example", 0)
    said(home, "remind", "--send")
    said(home, "remind", "--send")
    assert [str(one["to"]) for one in mail.mails] == ["Netisol Propreté <contact@netisol.example>"]
    assert "Merci d'avance." in mail.mails[0].get_content()
    (stopped,) = answered(home, "relance", "stop", "1", "--reason", "vu au téléphone")
    assert (stopped["state"], stopped["sent"], stopped["next_on"]) == ("stopped", 1, None)


def test_the_worker_does_the_day_once_and_stops_when_told(home: Path, mail: MailServer) -> None:
    said(home, "remind", "people", "set", "Marie", "--email", "marie@example.org", "--general")
    command = [sys.executable, "-m", "ui.cli.main", "--home", str(home), "worker", "--at", "00:00", "--every", "1"]
    worker = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": "."})
    for _ in range(300):
        if mail.mails:
            break
        time.sleep(0.1)
    time.sleep(1.5)
    worker.send_signal(signal.SIGTERM)
    _, log = worker.communicate(timeout=30)
    assert worker.returncode == 0, log
    assert len(mail.mails) == 1 and log.count("alerts told") == 1
    assert "marie@example.org" not in log
