"""The portfolio for other programs: records of the labelled format, and everything with its evidence."""

import json

from jsonschema import Draft202012Validator

from portfolio.exports.json import full, plain, render_schema, schema, schema_text
from portfolio.register.records import Company, ContractDraft
from portfolio.register.store import Register
from portfolio.schema import ContractRecord
from tests.portfolio.builders import SAMPLE, US, contract, document, facts, sample


def test_a_plain_record_is_the_label_it_came_from(register: Register) -> None:
    register.set_companies([Company(US.name)])
    for stem in ("03-avenant-bionettoyage", "02-bionettoyage"):
        register.save(sample(stem), "rules")
    records = plain(register)
    assert [r["document"] for r in records] == ["02-bionettoyage.docx", "03-avenant-bionettoyage.eml"]
    for record in records:
        label = json.loads((SAMPLE / f"{record['document'].rpartition('.')[0]}.json").read_text(encoding="utf-8"))
        expected = ContractRecord.model_validate(label).model_dump(mode="json")
        assert record | {"quotes": None} == expected | {"quotes": None}


def test_all_keys_are_there_where_the_contract_says_nothing(register: Register) -> None:
    register.save(contract("empty.pdf", parties=[]), "rules")
    (record,) = plain(register)
    assert list(record) == list(ContractRecord.model_fields)
    assert record["legal_nature"] == {"sector": None, "form": None}
    assert (record["renewal"], record["amounts"], record["perspective"], record["quotes"]) == (None, [], None, {})


def test_every_key_with_a_value_has_its_quote(register: Register) -> None:
    register.set_companies([Company(US.name)])
    register.save(contract("a.pdf", payment_days=30, renewal__kind="tacit", renewal__period="P1Y"), "rules")
    (record,) = plain(register)
    assert record["quotes"] == {
        "perspective": "words for parties",
        "parties": "words for parties",
        "payment_days": "words for payment_days",
        "renewal": "words for renewal.kind",
    }


def test_a_contract_of_several_files_names_them_all_and_a_mail_itself(register: Register) -> None:
    several = ContractDraft((document("ae.pdf"), document("ccap.pdf", role="annex")), facts(title="Marché"))
    mail = document("m.eml", role="cover")
    attached = ContractDraft((mail, document("m.eml › x.pdf", parent=mail.sha256)), facts(title="Contrat"))
    register.save(several, "rules")
    register.save(attached, "rules")
    assert [r["document"] for r in plain(register)] == [["ae.pdf", "ccap.pdf"], "m.eml"]


def test_rejected_values_are_not_exported(register: Register) -> None:
    register.save(contract("a.pdf", payment_days=30), "rules")
    register.reject("a", "payment_days", "Marie")
    assert plain(register)[0]["payment_days"] is None
    assert "payment_days" not in {v["field"] for v in full(register)["contracts"][0]["values"]}


def test_the_full_form_follows_its_schema_and_shows_where_words_stand(register: Register) -> None:
    register.save(
        contract("a.pdf", payment_days=30, obligations=[{"debtor": "Netisol", "action": "a", "quote": "q"}]), "rules"
    )
    register.label("a", "Durand", "Responsable")
    exported = full(register)
    Draft202012Validator(schema()).validate(json.loads(json.dumps(exported)))
    (value,) = [v for v in exported["contracts"][0]["values"] if v["field"] == "payment_days"]
    assert value["evidence"][0] | {"sha256": ""} == {
        "quote": "words for payment_days",
        "document": "a.pdf",
        "sha256": "",
        "page": 1,
        "start": 0,
        "end": 22,
        "alignment": "exact",
        "boxes": [],
    }
    assert (value["confidence"], value["reader"], value["review"]) == (0.8, "rules", "to_review")


def test_plain_records_follow_the_published_schema(register: Register) -> None:
    register.save(sample("02-bionettoyage"), "rules")
    published = schema()
    validator = Draft202012Validator({"$ref": "#/$defs/ContractRecord", "$defs": published["$defs"]})
    for record in plain(register):
        validator.validate(record)


def test_the_published_schema_is_fresh() -> None:
    assert schema_text() == render_schema(), "write portfolio.exports.json.render_schema() into the schema file again"
