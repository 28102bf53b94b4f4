"""Real servers on loopback, a clock that tests set, and a register with one contract that has much to tell."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from portfolio.delivery.settings import DeliverySettings
from portfolio.register.records import Company
from portfolio.register.store import Register
from portfolio.schema import Obligation, Site
from portfolio.values import Duration, Every
from tests.portfolio.builders import US, contract
from tests.portfolio.delivery.servers import LOOPBACK, HookServer, MailServer

TITLE = "Nettoyage <script>alert(1)</script> & http://evil.example/vol\r\nBcc: tous@example.org"
VIGILANCE = Obligation(
    debtor="Netisol", action="Remettre l'attestation de vigilance", document="attestation de vigilance",
    due=Every(every=Duration(months=6)), quote="à la signature, puis tous les six mois",
)  # fmt: skip


class Clock:
    """Stands where it is put."""

    def __init__(self) -> None:
        self.now = datetime(2030, 1, 1, tzinfo=UTC)

    def set(self, day: date, hour: int = 6) -> None:
        self.now = datetime.combine(day, time(hour), UTC)

    def later(self, by: timedelta) -> None:
        self.now += by

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mail() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def settings(mail: MailServer) -> DeliverySettings:
    return settings_for(mail.port)


def settings_for(port: int) -> DeliverySettings:
    return DeliverySettings(
        smtp_host=LOOPBACK, smtp_port=port, smtp_tls="none", mail_from="contrats@example.org", smtp_timeout=5
    )


@pytest.fixture
def hook() -> Iterator[HookServer]:
    with HookServer().running() as server:
        yield server


@pytest.fixture
def nettoyage(empty_sqlite: Path, tmp_path: Path) -> Iterator[Register]:
    """A register in SQLite with one contract."""
    shutil.copy(empty_sqlite, tmp_path)
    with Register.open(tmp_path) as register:
        yield filled(register)


def filled(register: Register) -> Register:
    """With one contract: it ends on 31 December 2030; a certificate is due from the supplier every 20 June and 20
    December."""
    register.set_companies([Company(US.name)])
    register.save(
        contract(
            "nettoyage.pdf", title=TITLE, contract_type="other", signature_date=date(2029, 12, 20),
            start_date=date(2030, 1, 1), duration=Duration(years=1), renewal__kind="none", obligations=[VIGILANCE],
            sites=[Site(name="Clinique Nord", city="Évry", postal_code="91000")],
        ), "rules",
    )  # fmt: skip
    return register
