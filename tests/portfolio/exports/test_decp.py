"""Open data of public contracts: complete ones are valid, of the others it is told what is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from portfolio.errors import ContrathequeError
from portfolio.exports.decp import complement, publish, schema
from portfolio.exports.gather import gather
from portfolio.register.store import Register
from portfolio.schema import Party
from tests.portfolio.builders import contract
from tests.portfolio.exports.portfolios import FRENCH

DAY = date(2026, 3, 2)
BESIDE = """
["*"]
marcheInnovant = false
ccag = "Fournitures courantes et services"
attributionAvance = false
typeGroupementOperateurs = "Pas de groupement"
sousTraitanceDeclaree = false
formePrix = "Mixte"
considerationsSociales = { considerationSociale = ["Pas de considération sociale"] }
considerationsEnvironnementales = { considerationEnvironnementale = ["Clause environnementale"] }
[marche]
codeCPV = "90910000"
offresRecues = 3
procedure = "Appel d'offres ouvert"
dateNotification = 2026-01-05
"""


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    path = tmp_path / "decp.toml"
    path.write_text(BESIDE, encoding="utf-8")
    return path


def _save(register: Register) -> None:
    buyer = Party(name="Ville de Breval", role="client", registration="21750001600013")
    register.save(
        contract(
            "marche.pdf", title="Nettoyage des locaux", reference="2026-NET-01", legal_nature__sector="public",
            legal_nature__form="purchase_orders", duration="P1Y", renewal__kind="tacit", renewal__period="P1Y",
            renewal__max_count=3, price_revision__kind="indexed",
            parties=[buyer, Party(name="Netisol", role="supplier", registration="55204599900869")],
            sites=[{"city": "Breval", "postal_code": "78980"}],
            amounts=[{"label": "Maximum", "value": 575000, "currency": "EUR", "tax": "excl", "bound": "max"}],
        ), "rules",
    )  # fmt: skip
    register.save(contract("prive.pdf", title="Privé", legal_nature__sector="private"), "rules")


def test_a_complete_contract_is_valid_and_says_what_the_contract_says(register: Register, beside: Path) -> None:
    _save(register)
    found = publish(gather(register, DAY, FRENCH, days=0), complement(beside))
    assert found.unfinished == () and found.count == 1 and found.document is not None
    Draft202012Validator(schema()).validate(found.document)
    [record] = found.document["marches"]["marche"]
    assert record["acheteur"] == {"id": "21750001600013"}
    assert record["titulaires"] == [{"titulaire": {"typeIdentifiant": "SIRET", "id": "55204599900869"}}]
    assert record["dureeMois"] == 48  # one year, renewed three times
    assert record["montant"] == 575000 and record["typesPrix"] == {"typePrix": ["Définitif révisable"]}
    assert record["modalitesExecution"] == {"modaliteExecution": ["Bons de commande"]}
    assert record["dateNotification"] == "2026-01-05" and record["datePublicationDonnees"] == "2026-03-02"


def test_what_is_missing_or_wrong_is_told_and_not_published(register: Register) -> None:
    _save(register)
    found = publish(gather(register, DAY, FRENCH, days=0), {"marche": {"codeCPV": "nettoyage", "inconnu": 1}})
    assert found.document is None
    [one] = found.unfinished
    assert {"procedure", "offresRecues", "dateNotification"} <= set(one.missing)
    assert any("codeCPV" in said for said in one.wrong) and any("inconnu" in said for said in one.wrong)


def test_a_concession_is_one(register: Register) -> None:
    parties = [
        Party(name="Agglo", role="client", registration="20004060200013"),
        Party(name="Aqua", role="supplier", registration="55204599900869"),
    ]
    register.save(
        contract(
            "dsp.pdf", title="Centre aquatique", reference="DSP1", legal_nature__sector="public",
            legal_nature__form="concession", duration="P5Y", renewal__kind="none", signature_date="2025-11-02",
            start_date="2026-01-01", parties=parties,
        ), "rules",
    )  # fmt: skip
    [one] = publish(gather(register, DAY, FRENCH, days=0), {}).unfinished
    assert one.kind == "contrat-concession"
    assert set(one.missing) == {
        "nature", "procedure", "valeurGlobale", "montantSubventionPublique", "considerationsSociales",
        "considerationsEnvironnementales",
    }  # fmt: skip


def test_a_complement_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("codeCPV = '90910000'\n")
    with pytest.raises(ContrathequeError, match="headed by a contract"):
        complement(tmp_path / "a.toml")
