"""Given a contract and its amendments, as of a day: these terms, set by these documents."""

from datetime import date
from typing import Any

import pytest

from portfolio.amendments import TermsInForce, Version, terms_in_force
from portfolio.schema import Amount, Obligation
from portfolio.values import Duration, Every, FromEvent, OnDate
from tests.portfolio.builders import LIMPIDEA, NETISOL, US, facts, party, sample, site


def version(name: str, **values: Any) -> Version:
    return Version(name, facts(**values))


BASE = version(
    "base",
    title="Contrat de nettoyage",
    parties=[US, NETISOL],
    start_date="2023-07-01",
    end_date="2026-06-30",
    duration="P3Y",
    renewal__kind="tacit",
    renewal__period="P1Y",
    renewal__max_count=2,
    notice_period="P3M",
    payment_days=60,
)


def in_force(*amendments: Version, base: Version = BASE, on: str = "2026-11-24") -> TermsInForce:
    return terms_in_force(base, amendments, date.fromisoformat(on))


def test_a_value_is_superseded_from_the_amendments_start_on() -> None:
    change = version("a1", start_date="2025-11-01", signature_date="2025-10-14", payment_days=45)
    before, after = in_force(change, on="2025-10-31"), in_force(change, on="2025-11-01")
    assert (before.value("payment_days"), before.coming) == (60, ("a1",))
    assert (after.value("payment_days"), after.applied) == (45, ("a1",))
    term = after.term("payment_days")
    assert term is not None
    assert (term.contract, term.since) == ("a1", date(2025, 11, 1))
    (changed,) = after.changes
    assert changed.before is not None
    assert changed.before.fact.value == 60


def test_an_amendment_does_not_rename_or_restart_the_contract() -> None:
    terms = in_force(version("a1", title="Avenant n° 1", reference="X/AV1", start_date="2024-01-01", language="fr"))
    assert terms.value("title") == "Contrat de nettoyage"
    assert terms.value("start_date") == date(2023, 7, 1)
    assert terms.value("reference") is None


def test_amendments_count_by_effect_then_number_and_undated_ones_last() -> None:
    second = version("b", title="Avenant n° 2", signature_date="2024-05-01", payment_days=30)
    first = version("c", title="Avenant n° 1", signature_date="2024-05-01", payment_days=45)
    undated = version("a", title="Avenant n° 3", payment_days=20)
    assert in_force(second, first).value("payment_days") == 30
    terms = in_force(undated, second, first)
    assert terms.applied == ("c", "b", "a")
    assert terms.value("payment_days") == 20


def test_ruling_renewal_out_lifts_period_count_and_notice() -> None:
    terms = in_force(version("a1", start_date="2025-11-01", renewal__kind="none", end_date="2026-12-31"))
    assert terms.value("renewal.kind") == "none"
    assert terms.value("renewal.period") is None
    assert terms.value("renewal.max_count") is None
    assert terms.value("notice_period") is None
    assert terms.value("end_date") == date(2026, 12, 31)


def test_the_same_kind_of_renewal_changes_leaf_by_leaf() -> None:
    terms = in_force(version("a1", start_date="2025-11-01", renewal__kind="tacit", renewal__max_count=3))
    assert terms.value("renewal.max_count") == 3
    assert terms.value("renewal.period") == Duration(years=1)
    assert terms.value("notice_period") == Duration(months=3)


def test_a_longer_duration_moves_the_end_and_shows_its_arithmetic() -> None:
    terms = in_force(version("a1", signature_date="2025-11-01", duration="P4Y"))
    end = terms.term("end_date")
    assert end is not None
    assert (end.fact.value, end.fact.basis) == (date(2027, 6, 30), "start 2023-07-01 + P4Y - 1 day")
    assert terms.value("duration") == Duration(years=4)


def test_a_duration_shorter_than_the_time_gone_by_is_an_extension() -> None:
    terms = in_force(version("a1", signature_date="2026-05-01", duration="P6M"))
    end = terms.term("end_date")
    assert end is not None
    assert (end.fact.value, end.fact.basis) == (date(2026, 12, 31), "end 2026-06-30 + P6M")


def test_a_new_end_leaves_no_outdated_duration() -> None:
    assert in_force(version("a1", start_date="2025-11-01", end_date="2026-12-31")).value("duration") is None


def amount(label: str, value: float, period: str | None = "year", tax: str | None = "excl", **more: Any) -> Amount:
    return Amount.model_validate({"label": label, "value": value, "period": period, "tax": tax} | more)


def amounts(base: list[Amount], new: list[Amount]) -> dict[str, float]:
    start = version("base", start_date="2023-01-01", amounts=base)
    terms = in_force(version("a1", start_date="2024-01-01", amounts=new), base=start)
    return {a.label: a.value for a in terms.values("amounts")}


def test_an_amount_replaces_that_of_its_kind_and_an_increase_replaces_nothing() -> None:
    found = amounts(
        [amount("Forfait annuel", 612480), amount("Mensualité", 51040, "month")],
        [
            amount("Augmentation du forfait annuel", 148920),
            amount("Forfait annuel après avenant", 761400),
            amount("Mensualité après avenant", 63450, "month"),
        ],
    )
    assert found == {
        "Forfait annuel après avenant": 761400,
        "Mensualité après avenant": 63450,
        "Augmentation du forfait annuel": 148920,
    }


def test_with_and_without_tax_are_replaced_each_by_its_own() -> None:
    found = amounts(
        [amount("Prix du repas", 4.38, "unit"), amount("Prix du repas", 4.62, "unit", "incl")],
        [amount("Nouveau prix du repas", 4.97, "unit", "incl"), amount("Nouveau prix du repas HT", 4.71, "unit")],
    )
    assert sorted(found.values()) == [4.71, 4.97]


def test_another_amount_of_the_same_total_kind_is_added() -> None:
    found = amounts([amount("Montant des travaux", 900, "total")], [amount("Dépôt de garantie", 100, "total")])
    assert found == {"Montant des travaux": 900, "Dépôt de garantie": 100}


def test_the_recalled_old_price_is_not_a_price_again() -> None:
    found = amounts(
        [amount("Montant du marché", 200000, "total")],
        [
            amount("Montant initial du marché", 200000, "total"),
            amount("Montant de l'avenant", 12000, "total"),
            amount("Nouveau montant du marché", 212000, "total"),
        ],
    )
    assert found == {"Nouveau montant du marché": 212000, "Montant de l'avenant": 12000}


def test_a_month_that_was_the_twelfth_of_a_replaced_year_is_lifted() -> None:
    found = amounts(
        [amount("Forfait annuel", 12000), amount("Mensualité", 1000, "month")], [amount("Forfait annuel", 18000)]
    )
    assert found == {"Forfait annuel": 18000}


def test_a_party_with_the_same_siren_is_renamed_and_keeps_its_number_and_role() -> None:
    terms = in_force(version("a1", start_date="2025-11-01", parties=[US, LIMPIDEA]))
    assert terms.values("parties") == (US, NETISOL.model_copy(update={"name": "Limpidea Santé"}))


def test_a_party_that_says_its_old_name_is_renamed() -> None:
    new = party("Limpidea Santé (anciennement Netisol Propreté)")
    terms = in_force(version("a1", start_date="2025-11-01", parties=[new]))
    assert len(terms.values("parties")) == 2


def test_sites_are_added_once() -> None:
    base = version("base", start_date="2023-01-01", sites=[site("Juvisy-sur-Orge", "91260", "Hôpital de Juvisy")])
    change = version(
        "a1",
        start_date="2024-01-01",
        sites=[site("Juvisy-sur-Orge", "91260", "Hôpital de Juvisy"), site("Étampes", "91150", "Hôpital de jour")],
    )
    assert [s.city for s in in_force(change, base=base).values("sites")] == ["Juvisy-sur-Orge", "Étampes"]


def test_price_revision_changes_leaf_by_leaf_and_its_indices_as_a_whole() -> None:
    base = version(
        "base",
        price_revision__kind="indexed",
        price_revision__formula="P = P0 × A",
        price_revision__indices=["IPC", "ICHT-I", "Gazole"],
        price_revision__month_day="09-01",
    )
    change = version(
        "a1", start_date="2024-01-01", price_revision__indices=["IPC", "ICHT-I"], price_revision__cap_percent=4
    )
    terms = in_force(change, base=base)
    assert terms.values("price_revision.indices") == ("IPC", "ICHT-I")
    assert terms.value("price_revision.cap_percent") == 4
    assert terms.value("price_revision.month_day") == "09-01"


def test_fixed_prices_lift_the_formula() -> None:
    base = version(
        "base", price_revision__kind="indexed", price_revision__formula="P = P0 × A", price_revision__indices=["A"]
    )
    terms = in_force(version("a1", start_date="2024-01-01", price_revision__kind="fixed"), base=base)
    assert terms.value("price_revision.formula") is None
    assert terms.values("price_revision.indices") == ()


def duty(action: str, due: Any, document: str | None = None, debtor: str = "Netisol Propreté") -> Obligation:
    return Obligation(debtor=debtor, action=action, document=document, due=due, quote=f"{action}.")


QUARTERLY, MONTHLY = Every(every=Duration(months=3)), Every(every=Duration(months=1))


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        (duty("Déposer", QUARTERLY, "dossier d'indicateurs"), duty("Déposer", MONTHLY, "dossier d'indicateurs"), 1),
        (duty("Remettre", QUARTERLY, "état EGalim provisoire"), duty("Déposer", MONTHLY, "état EGalim"), 1),
        (
            duty("Remettre", QUARTERLY, "plan sanitaire"),
            duty("Remettre", OnDate(date=date(2026, 2, 28)), "plan sanitaire"),
            2,
        ),
        (
            duty("Transmettre", FromEvent(event="fin", offset=Duration(months=3, negative=True)), "liste du personnel"),
            duty("Communiquer", OnDate(date=date(2026, 9, 30)), "liste du personnel"),
            1,
        ),
        (duty("Remettre", QUARTERLY, "bilan"), duty("Remettre", MONTHLY, "bilan", US.name), 2),
        (duty("Organiser une réunion qualité", QUARTERLY), duty("Organiser la réunion qualité", MONTHLY), 1),
        (duty("Remettre", QUARTERLY, "bilan social"), duty("Remettre", MONTHLY, "plan de formation"), 2),
    ],
)
def test_an_obligation_replaces_one_of_its_kind_for_the_same_debtor(
    old: Obligation, new: Obligation, left: int
) -> None:
    base = version("base", parties=[US, NETISOL], obligations=[old])
    found = in_force(version("a1", start_date="2024-01-01", obligations=[new]), base=base).values("obligations")
    assert len(found) == left
    assert new in found


def test_a_renamed_debtor_is_the_same_debtor() -> None:
    base = version("base", parties=[US, NETISOL], obligations=[duty("Déposer", QUARTERLY, "dossier")])
    change = version(
        "a1",
        start_date="2025-11-01",
        parties=[US, LIMPIDEA],
        obligations=[duty("Déposer", MONTHLY, "dossier", "Limpidea Santé")],
    )
    assert [o.due for o in in_force(change, base=base).values("obligations")] == [MONTHLY]


def test_the_sample_amendment_changes_the_cleaning_contract() -> None:
    base = Version("base", sample("02-bionettoyage").facts)
    change = Version("a1", sample("03-avenant-bionettoyage").facts)
    before, after = in_force(change, base=base, on="2025-10-31"), in_force(change, base=base)
    assert before.value("end_date") == date(2026, 6, 30)
    assert before.value("notice_period") == Duration(months=3)
    assert after.value("end_date") == date(2026, 12, 31)
    assert after.value("notice_period") is None
    assert {a.value for a in after.values("amounts")} == {761400, 63450, 148920}
    assert [p.name for p in after.values("parties")] == ["Clinique du Val d'Orge", "Limpidea Santé"]
    assert len(after.values("sites")) == 3
    files = [o.due for o in after.values("obligations") if o.document == "dossier d'indicateurs"]
    assert files == [MONTHLY]
