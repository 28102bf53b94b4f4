"""The commands, as a person and as a program use them, over the sample portfolio and a small one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from evals.quotes import valid
from portfolio.exports.json import schema
from portfolio.schema import ContractRecord
from tests.road import COMPANY, SAMPLE, command, contract_text, exported

pytestmark = pytest.mark.xdist_group("sample")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample portfolio, ingested once for this module."""
    home = tmp_path_factory.mktemp("sample") / "home"
    done = command(home, "ingest", str(SAMPLE), "--company", COMPANY, "--vectors", "later")
    assert done.returncode == 0, done.stdout + done.stderr
    return home


def _json(home: Path, *arguments: str) -> Any:
    done = command(home, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_eight_contracts_one_from_a_scan_one_from_a_mail_one_amendment_linked(home: Path) -> None:
    content = json.loads(command(home, "export", "json").stdout)
    contracts = {contract["stem"]: contract for contract in content["contracts"]}
    assert len(contracts) == 8
    amendment = contracts["03-avenant-bionettoyage"]
    assert amendment["link"] == "linked"
    assert amendment["base"] == contracts["02-bionettoyage"]["id"]
    assert [document["role"] for document in amendment["documents"]] == ["cover", "main"]
    scan = contracts["08-transports-sanitaires"]
    assert {value["field"] for value in scan["values"]} >= {"title", "parties", "start_date", "duration"}


def test_plain_records_are_valid_and_complete(home: Path) -> None:
    plain_schema = {**schema(), "$ref": "#/$defs/ContractRecord"}
    for key in ("properties", "required", "additionalProperties", "type", "title", "description"):
        plain_schema.pop(key, None)
    records = exported(home)
    assert [record["document"] for record in records] == sorted(
        path.name for path in SAMPLE.iterdir() if path.suffix not in (".json", ".md")
    )
    for record in records:
        jsonschema.validate(record, plain_schema)
        assert set(record) == set(ContractRecord.model_fields)
        assert record["perspective"] == COMPANY


def test_every_key_is_read_somewhere_in_the_sample_portfolio(home: Path) -> None:
    records = exported(home)
    for key in ContractRecord.model_fields:
        values = [record[key] for record in records]
        assert any(value not in (None, [], {}) for value in values), f"{key} is never read"


def test_every_value_is_proven_by_words_that_stand_in_its_document(home: Path) -> None:
    from agent.documents import kept
    from portfolio.register.store import Register

    with Register.open(home) as register:
        texts = {}
        for sha in register.document_hashes():
            content = register.files.get_derived(sha, kept.KEPT_AS)
            assert content is not None
            document = kept.load(content)
            assert document is not None
            texts[sha] = document
        for contract in register.all_contracts():
            for stored in contract.facts:
                assert stored.fact.evidence, (contract.stem, stored.fact.field)
                for proof in stored.fact.evidence:
                    document = texts[proof.document]
                    assert document.text[proof.start : proof.end] == proof.quote
                    assert 1 <= proof.page <= len(document.pages)
                    if document.media_type == "application/pdf":
                        assert proof.boxes, (contract.stem, stored.fact.field, proof.quote)
        everything = "\n".join(document.text for document in texts.values())
    for record in exported(home):
        assert all(valid(quote, everything) for quote in record["quotes"].values())
        assert all(valid(obligation["quote"], everything) for obligation in record["obligations"])


def test_ingesting_again_registers_nothing(home: Path) -> None:
    before = exported(home)
    again = _json(home, "ingest", str(SAMPLE), "--vectors", "later")
    assert again["counts"].keys() == {"duplicate", "ignored"}
    assert exported(home) == before


def test_show_as_of_tells_the_terms_and_which_document_set_them(home: Path) -> None:
    before = _json(home, "show", "02-bionettoyage", "--as-of", "2025-10-31")
    after = _json(home, "show", "02-bionettoyage", "--as-of", "2025-11-30")
    suppliers = [
        [
            term["value"]["name"]
            for term in shown["terms"]
            if term["field"] == "parties" and term["value"]["role"] == "supplier"
        ]
        for shown in (before, after)
    ]
    assert suppliers == [["Netisol Propreté"], ["Limpidea Santé"]]
    assert after["applied"] == ["03-avenant-bionettoyage"]
    assert any(term["set_by"] == "03-avenant-bionettoyage" for term in after["terms"])
    assert not any(term["set_by"] == "03-avenant-bionettoyage" for term in before["terms"])


def test_show_names_the_words_and_the_page(home: Path) -> None:
    shown = command(home, "show", "05-bail-professionnel").stdout
    assert "«" in shown
    assert "p. 1" in shown


@pytest.mark.parametrize("ref", ["CVO-ACH-2023-041", "02-bionettoyage"])
def test_a_contract_is_named_by_reference_or_stem(home: Path, ref: str) -> None:
    assert _json(home, "show", ref, "--plain")["document"] == "02-bionettoyage.docx"


def test_an_unknown_name_is_an_error_with_what_comes_near(home: Path) -> None:
    done = command(home, "show", "02-bionetoyage")
    assert done.returncode == 1
    assert "02-bionettoyage" in done.stderr
    assert "Traceback" not in done.stderr


def test_list_filters(home: Path) -> None:
    assert len(_json(home, "list")) == 8
    assert [line["stem"] for line in _json(home, "list", "--type", "lease")] == ["05-bail-professionnel"]
    assert _json(home, "list", "--counterparty", "Ambulances Morvillier")[0]["stem"] == "08-transports-sanitaires"


def test_search_finds_by_words_before_there_are_vectors(home: Path) -> None:
    hits = _json(home, "search", "attestation de vigilance URSSAF")
    assert hits
    assert "vigilance" in hits[0]["text"].lower()
    only = _json(home, "search", "préavis", "--contract", "06-hebergement-donnees-sante")
    assert {hit["contract"] for hit in only} <= {"06-hebergement-donnees-sante"}


def test_doctor_tells_what_is_owed(home: Path) -> None:
    report = _json(home, "doctor")
    assert report["contracts"] == 8
    assert report["owed"] + report["embedded"] == report["passages"] > 50
    assert report["problems"] == []


def test_import_takes_records_as_confirmed_values_that_a_reading_does_not_change(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    for name in (
        "02-bionettoyage.docx",
        "02-bionettoyage.json",
        "03-avenant-bionettoyage.eml",
        "03-avenant-bionettoyage.json",
    ):
        shutil.copy(SAMPLE / name, folder / name)
    (folder / "broken.json").write_text('{"document": "missing.pdf", "contract_type": "cleaning"}')
    home = tmp_path / "home"
    done = command(home, "import", str(folder), "--vectors", "later")
    assert done.returncode == 1, "the broken record is told"
    assert "broken.json" in done.stdout
    gold = {path.name: json.loads(path.read_text()) for path in folder.glob("0*.json")}
    for record in exported(home):
        expected = gold[Path(record["document"]).with_suffix(".json").name]
        for key in ContractRecord.model_fields:
            if key not in ("quotes", "obligations"):
                read, gold_record = (ContractRecord.model_validate(plain) for plain in (record, expected))
                assert getattr(read, key) == getattr(gold_record, key), key
        assert len(record["obligations"]) == len(expected["obligations"])
    before = exported(home)
    assert command(home, "ingest", str(folder / "02-bionettoyage.docx"), "--vectors", "later").returncode == 0
    assert exported(home) == before


def test_bad_files_give_one_line_each_and_exit_code_one(tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "bon.txt").write_text(contract_text(1))
    (folder / "tronque.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    (folder / "vide.pdf").write_bytes(b"")
    home = tmp_path / "home"
    done = command(home, "ingest", str(folder), str(tmp_path / "absent"), "--vectors", "later")
    assert done.returncode == 1
    lines = [line for line in done.stdout.splitlines() if "refusé" in line and "—" in line]
    assert len(lines) == 3
    assert exported(home)[0]["document"] == "bon.txt"


def test_wrong_usage_is_exit_code_two(tmp_path: Path) -> None:
    assert command(tmp_path, "ingest").returncode == 2
    assert command(tmp_path, "nonsense").returncode == 2
