"""Contracts in and out of the register, on SQLite and PostgreSQL."""

from datetime import date
from pathlib import Path

import pytest

from portfolio.errors import NotFound
from portfolio.register.records import Company, ContractDraft, Filters
from portfolio.register.store import Register
from portfolio.values import Duration
from tests.portfolio.builders import LIMPIDEA, NETISOL, US, contract, document, facts, party, sample, sha, site


def test_a_contract_comes_out_as_it_went_in(register: Register) -> None:
    draft = sample("02-bionettoyage")
    saved = register.save(draft, "rules")
    assert (saved.kind, saved.created, saved.changed) == ("base", True, len(draft.facts))
    found = register.contract(saved.contract)
    assert [s.fact for s in found.facts] == list(draft.facts)
    assert found.given == ("02-bionettoyage.docx",)
    assert found.value("notice_period") == Duration(months=3)


def test_a_contract_is_found_by_id_its_beginning_reference_stem_and_file_name(register: Register) -> None:
    saved = register.save(contract("dossier/02-nettoyage.pdf", reference="CVO-ACH-2023-041"), "rules")
    refs = (
        saved.contract,
        saved.contract[:6],
        "cvo ach 2023 041",
        "CVO-ACH-2023-041",
        "02-nettoyage",
        "02-nettoyage.pdf",
    )
    assert {register.contract(ref).id for ref in refs} == {saved.contract}


def test_an_unknown_or_ambiguous_name_names_those_near(register: Register) -> None:
    register.save(contract("a/nettoyage.pdf"), "rules")
    register.save(contract("b/nettoyage.pdf"), "rules")
    with pytest.raises(NotFound, match=r"several contracts: nettoyage \("):
        register.contract("nettoyage")
    with pytest.raises(NotFound, match="Near it: nettoyage"):
        register.contract("nettoyag")
    with pytest.raises(NotFound, match="List the contracts"):
        register.contract("zzzz")


def test_an_empty_register_says_what_to_do(register: Register) -> None:
    assert register.contracts() == []
    with pytest.raises(NotFound, match="ingest"):
        register.contract("anything")


def test_reading_the_same_again_changes_nothing(register: Register) -> None:
    register.save(sample("02-bionettoyage"), "rules")
    before = register.history("02-bionettoyage")
    saved = register.save(sample("02-bionettoyage"), "rules")
    assert (saved.created, saved.changed) == (False, 0)
    assert register.history("02-bionettoyage") == before
    assert register.count() == 1


def test_a_mail_and_its_attachment_are_one_contract_named_after_the_file_given(register: Register) -> None:
    mail = document("avenant.eml", role="cover", media_type="message/rfc822")
    pdf = document("avenant.eml › piece.pdf", parent=mail.sha256)
    saved = register.save(ContractDraft((mail, pdf), facts(title="Contrat")), "rules")
    found = register.contract("avenant")
    assert found.id == saved.contract == pdf.sha256[:16]
    assert found.given == ("avenant.eml",)
    assert [(d.name, d.role) for d in found.documents] == [("avenant.eml", "cover"), ("piece.pdf", "main")]
    assert {line.path: line.outcome for line in register.ledger()} == {
        "avenant.eml": "registered",
        "avenant.eml › piece.pdf": "attached",
    }


def test_every_file_given_is_accounted_for(register: Register) -> None:
    register.refuse("x/broken.pdf", sha("broken"), "truncated", "x/broken.pdf ends too soon.")
    register.ignore("x/photo.png", "not_a_contract", "No text.")
    saved = register.save(contract("x/good.pdf"), "rules")
    assert register.seen(sha("x/good.pdf"), "y/copy.pdf") == (saved.contract,)
    assert {line.path: line.outcome for line in register.ledger()} == {
        "x/broken.pdf": "refused",
        "x/photo.png": "ignored",
        "x/good.pdf": "registered",
        "y/copy.pdf": "duplicate",
    }
    (refused,) = register.ledger("refused")
    assert (refused.reason, refused.message) == ("truncated", "x/broken.pdf ends too soon.")
    known = register.document(sha("x/good.pdf"))
    assert known is not None
    assert known.names == ("good.pdf", "copy.pdf")


def test_a_refused_file_that_becomes_readable_is_refused_no_longer(register: Register) -> None:
    register.refuse("x/good.pdf", None, "vanished", "It went away.")
    register.refuse("x/same-bytes.pdf", sha("x/good.pdf"), "no_reader", "Nothing could read it.")
    register.save(contract("x/good.pdf"), "rules")
    assert {line.path: (line.outcome, line.message) for line in register.ledger()} == {
        "x/good.pdf": ("registered", None),
        "x/same-bytes.pdf": ("duplicate", None),
    }


def test_the_same_path_given_again_is_no_duplicate(register: Register) -> None:
    register.save(contract("x/good.pdf"), "rules")
    register.seen(sha("x/good.pdf"), "x/good.pdf")
    assert [line.outcome for line in register.ledger()] == ["registered"]
    assert register.seen(sha("unknown"), "z.pdf") == ()


def test_lists_show_the_terms_in_force(register: Register) -> None:
    register.set_companies([Company("Clinique du Val d'Orge")])
    register.save(sample("02-bionettoyage"), "rules")
    register.save(sample("03-avenant-bionettoyage"), "rules")
    base, _ = register.contracts(as_of=date(2026, 11, 24))
    assert (base.end_date, base.notice_period, base.renewal, base.yearly_amount) == (
        date(2026, 12, 31),
        None,
        "none",
        761400,
    )
    assert base.counterparties == ("Limpidea Santé",)
    assert [s.city for s in base.sites] == ["Juvisy-sur-Orge", "Brétigny-sur-Orge", "Étampes"]
    assert base.amendments == (register.contract("03-avenant-bionettoyage").id,)
    earlier, _ = register.contracts(as_of=date(2025, 10, 31))
    assert (earlier.end_date, earlier.yearly_amount) == (date(2026, 6, 30), 612480)
    assert len(earlier.sites) == 2


def test_lists_come_in_pages(register: Register) -> None:
    for name in "cabd":
        register.save(contract(f"{name}.pdf"), "rules")
    assert [c.stem for c in register.contracts(limit=2)] == ["a", "b"]
    assert [c.stem for c in register.contracts(limit=2, offset=3)] == ["d"]


def _portfolio(register: Register) -> None:
    register.save(
        contract(
            "menage.pdf", title="Nettoyage", contract_type="cleaning", sites=[site("Étampes", "91150", "Hôpital")]
        ),
        "rules",
    )
    register.save(
        contract(
            "corse.pdf",
            title="Maintenance",
            contract_type="maintenance",
            legal_nature__sector="public",
            parties=[US, party("Ascenseurs Santini", "317526580")],
            sites=[site("Bastia", "20200")],
        ),
        "rules",
    )
    register.save(contract("bail.pdf", title="Bail", contract_type="lease", status="terminated"), "rules")
    register.save(
        contract("avenant.pdf", title="Avenant n° 1", amends="Nettoyage", sites=[site("Juvisy", "91260")]), "rules"
    )


FILTERED = [
    (Filters(), ["avenant", "bail", "corse", "menage"]),
    (Filters(text="nettoyage ETAMPES"), ["menage"]),
    (Filters(contract_type=("lease", "cleaning")), ["bail", "menage"]),
    (Filters(sector="public"), ["corse"]),
    (Filters(status=("terminated",)), ["bail"]),
    (Filters(kind="amendment"), ["avenant"]),
    (Filters(counterparty="santini"), ["corse"]),
    (Filters(counterparty="317 526 580"), ["corse"]),
    (Filters(city="etampes"), ["menage"]),
    (Filters(city="Juvisy"), ["avenant", "menage"]),
    (Filters(department="2B"), ["corse"]),
    (Filters(department="essonne"), ["avenant", "menage"]),
    (Filters(region="corse"), ["corse"]),
    (Filters(site="hopital étampes"), ["menage"]),
    (Filters(tag="urgent"), ["bail"]),
    (Filters(category=("Responsable", "Durand")), ["corse"]),
    (Filters(text="100%"), []),
]


def test_filters(register: Register) -> None:
    _portfolio(register)
    register.label("bail", "urgent")
    register.label("corse", "Durand", "Responsable")
    for filters, stems in FILTERED:
        assert [c.stem for c in register.contracts(filters)] == stems, filters
        assert register.count(filters) == len(stems), filters


def test_tags_and_categories_are_made_on_the_fly(register: Register) -> None:
    register.save(contract("bail.pdf"), "rules")
    register.label("bail", "urgent")
    register.label("bail", "Durand", "Responsable")
    assert register.labels() == (("", "urgent", 1), ("Responsable", "Durand", 1))
    assert [c.stem for c in register.contracts(Filters(text="durand"))] == ["bail"]
    register.unlabel("bail", "urgent")
    assert register.contract("bail").tags == ()
    assert register.contract("bail").categories == (("Responsable", "Durand"),)


def test_sites_have_department_and_region_and_their_contracts(register: Register) -> None:
    _portfolio(register)
    found = {s.city: s for s in register.sites()}
    bastia = found["Bastia"]
    assert bastia.department is not None
    assert (bastia.department.name, bastia.department.region) == ("Haute-Corse", "Corse")
    assert bastia.contracts == (register.contract("corse").id,)


def test_our_side_is_what_we_say_we_are(register: Register) -> None:
    register.set_companies([Company("NETISOL PROPRETE SAS")])
    register.save(contract("menage.pdf", obligations=[{"debtor": "Netisol", "action": "a", "quote": "q"}]), "rules")
    found = register.contract("menage")
    assert found.perspective is not None
    assert (found.perspective.name, found.perspective.guessed) == ("NETISOL PROPRETE SAS", False)
    assert {p.name: p.side for p in found.parties} == {US.name: "them", NETISOL.name: "us"}
    assert found.debtors == {"Netisol": "us"}
    register.set_companies([Company(US.name, "775699238")])
    assert register.contract("menage").debtors == {"Netisol": "them"}
    assert register.companies() == (Company(US.name, "775699238"),)


def test_without_a_word_we_are_who_is_party_to_the_most_contracts(register: Register) -> None:
    register.save(contract("a.pdf", parties=[US, NETISOL]), "rules")
    assert register.contract("a").perspective is None
    register.save(contract("b.pdf", parties=[US, party("Autre", "317526580")]), "rules")
    mine = register.contract("a").perspective
    assert mine is not None
    assert (mine.name, mine.guessed) == (US.name, True)
    register.save(contract("c.pdf", parties=[LIMPIDEA, party("Tiers")]), "rules")
    assert register.contract("a").perspective is None


def test_a_register_is_there_after_it_was_closed(tmp_path: Path) -> None:
    with Register.open(tmp_path / "new" / "home") as first:
        first.save(contract("a.pdf"), "rules")
        first.files.put(b"bytes")
    with Register.open(tmp_path / "new" / "home") as second:
        assert second.count() == 1
        assert second.files.exists(second.files.put(b"bytes"))
