"""The API over a small portfolio, asked as programs ask it: by keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from agent.settings import Settings
from portfolio.accounts.keys import ApiKeys
from portfolio.accounts.records import ROLES
from portfolio.alerts.book import AlertBook
from portfolio.alerts.clock import today
from portfolio.register.records import Company, Scope
from portfolio.register.store import Register
from portfolio.schema import Amount, Obligation
from portfolio.values import OnDate
from tests.portfolio.builders import US, contract, party, site
from ui.api.app import create
from ui.api.parts import Parts
from ui.api.settings import ApiSettings


def fill(home: Path, url: str | None = None) -> None:
    """Four contracts and an amendment, an obligation soon due, a notice soon due, and what is told of them."""
    day = today()
    with Register.open(home, url) as register:
        register.set_companies([Company(US.name, US.registration)])
        due = OnDate(date=day + timedelta(days=10))
        owed = Obligation(
            debtor="Netisol Propreté", action="remettre l'attestation", due=due, quote="Le Prestataire remet"
        )
        register.save(
            contract(
                "nettoyage.pdf", title="Nettoyage des bureaux", reference="NET-2024-017", contract_type="cleaning",
                sites=[site("Lyon", "69003")], payment_days=30, start_date=day - timedelta(days=300),
                end_date=day + timedelta(days=60), notice_period="P1M", renewal__kind="tacit", renewal__period="P1Y",
                amounts=[Amount(label="Forfait", value=12000, period="year", tax="excl")], obligations=[owed],
            ),
            "rules",
        )  # fmt: skip
        register.save(contract("avenant.pdf", title="Avenant n° 1", amends="NET-2024-017", payment_days=45), "rules")
        register.save(
            contract(
                "bail.pdf", title="Bail professionnel", contract_type="lease", parties=[US, party("Foncière Ouest")],
                end_date=day + timedelta(days=30),
            ),
            "rules",
        )  # fmt: skip
        register.save(
            contract(
                "garde.pdf", title="Gardiennage", contract_type="security", sites=[site("Brest", "29200")],
                parties=[US, party("Vigilis Sécurité")],
            ),
            "rules",
        )  # fmt: skip
        AlertBook(register).run(day)


@dataclass
class Api:
    """``keys``: a key of each role that sees everything, and `lyon`: an editor's that sees one city."""

    parts: Parts
    client: TestClient
    keys: dict[str, str] = field(default_factory=dict)

    def head(self, key: str | None, **more: str) -> dict[str, str]:
        return more if key is None else {"Authorization": f"Bearer {self.keys[key]}", **more}

    def get(self, path: str, key: str | None = "reader", **more: str):
        return self.client.get(path, headers=self.head(key, **more))

    def post(self, path: str, body: object, key: str | None = "editor", **more: str):
        return self.client.post(path, json=body, headers=self.head(key, **more))


def opened(home: Path, settings: ApiSettings | None = None, *, local: bool = False, url: str | None = None) -> Api:
    parts = Parts(Settings(home=home, database_url=url), settings or ApiSettings(), local=local)
    keys = ApiKeys(parts.register)
    made = {role: keys.create(role, role, "test")[1] for role in ROLES}
    made["lyon"] = keys.create("lyon", "editor", "test", scope=Scope(sites=("Lyon",)))[1]
    client = TestClient(create(parts), base_url="http://127.0.0.1", raise_server_exceptions=False)
    return Api(parts, client, made)


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("api")
    fill(home)
    return home


@pytest.fixture(scope="module")
def api(shared_home: Path) -> Iterator[Api]:
    made = opened(shared_home)
    yield made
    made.parts.close()
