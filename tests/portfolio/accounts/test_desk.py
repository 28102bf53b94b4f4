"""What each role may do, and what a person who sees part of the portfolio never sees of the rest."""

from collections.abc import Callable
from datetime import date

import pytest

from portfolio.accounts.desk import Desk
from portfolio.accounts.records import Account, AccountRole
from portfolio.errors import NotAllowed, NotFound
from portfolio.listing.lines import Sort
from portfolio.register.records import WHOLE, Filters, Scope
from portfolio.register.store import Register
from tests.portfolio.builders import NETISOL, US, contract, party, sha, site

DAY = date(2026, 3, 1)
WRITES: dict[str, Callable[[Desk, str], object]] = {
    "confirm": lambda desk, ref: desk.confirm(ref, "title"),
    "confirm_all": lambda desk, ref: desk.confirm_all(ref),
    "correct": lambda desk, ref: desk.correct(ref, "title", "Autre"),
    "reject": lambda desk, ref: desk.reject(ref, "title"),
    "add": lambda desk, ref: desk.add(ref, "payment_days", 30),
    "undo": lambda desk, ref: desk.undo(ref, 1),
    "label": lambda desk, ref: desk.label([ref], "urgent"),
    "unlabel": lambda desk, ref: desk.unlabel([ref], "urgent"),
    "unlink": lambda desk, ref: desk.unlink(ref),
}


def desk(register: Register, role: AccountRole = "editor", scope: Scope = WHOLE) -> Desk:
    return Desk(register, Account("lea", "Léa", role, scope=scope))


@pytest.fixture
def two_sites(register: Register) -> Register:
    """Cleaning in Lyon with an amendment, and security in Brest; a lease without a site."""
    register.save(
        contract("lyon", title="Nettoyage", reference="NET-2024-017", sites=[site("Lyon", "69003", "Tour Part-Dieu")]),
        "rules",
    )
    register.save(contract("avenant", title="Avenant n° 1 au contrat NET-2024-017", amends="NET-2024-017"), "rules")
    register.save(
        contract("brest", title="Gardiennage", parties=[US, party("Vigilis Sécurité")], sites=[site("Brest", "29200")]),
        "rules",
    )
    register.save(contract("bail", title="Bail", parties=[US, party("Foncière Ouest")]), "rules")
    return register


@pytest.mark.parametrize("write", WRITES)
def test_a_reader_changes_nothing(two_sites: Register, write: str) -> None:
    before = two_sites.history("lyon")
    with pytest.raises(NotAllowed):
        WRITES[write](desk(two_sites, "reader"), "lyon")
    assert two_sites.history("lyon") == before


@pytest.mark.parametrize("write", WRITES)
def test_an_editor_changes_nothing_out_of_scope(two_sites: Register, write: str) -> None:
    with pytest.raises(NotFound):
        WRITES[write](desk(two_sites, scope=Scope(sites=("Lyon",))), "brest")


def test_an_editor_decides_in_their_own_name(two_sites: Register) -> None:
    desk(two_sites).confirm("lyon", "title")
    assert two_sites.history("lyon", "title")[-1].who == "lea"


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (Scope(), {"lyon", "avenant", "brest", "bail"}),
        (Scope(sites=("LYON",)), {"lyon", "avenant"}),
        (Scope(sites=("tour part dieu",)), {"lyon", "avenant"}),
        (Scope(sites=("Lyo",)), set()),
        (Scope(tags=("siège",)), {"bail"}),
        (Scope(sites=("Brest",), tags=("siège",)), {"brest", "bail"}),
    ],
)
def test_a_scope_is_by_site_or_tag_and_amendments_go_with_their_base(
    two_sites: Register, scope: Scope, seen: set[str]
) -> None:
    two_sites.label("bail", "siège")
    mine = desk(two_sites, "reader", scope)
    assert {line.stem for line in mine.page(Filters(), Sort(), DAY).lines} == seen
    assert mine.totals().contracts == len(seen)


def test_what_is_out_of_scope_is_not_named_anywhere(two_sites: Register) -> None:
    mine = desk(two_sites, "reader", Scope(sites=("Lyon",)))
    with pytest.raises(NotFound) as refused:
        mine.contract("brest")
    assert "Gardiennage" not in str(refused.value)
    with pytest.raises(NotFound) as refused:
        mine.contract("bres")
    assert "brest" not in str(refused.value)
    with pytest.raises(NotFound):
        mine.file(sha("brest"))
    assert {c.name for c in mine.counterparties()} == {US.name, NETISOL.name}
    assert [s.city for s in mine.sites()] == ["Lyon"]
    assert [line.path for line in mine.ledger()] == ["avenant", "lyon"]
    assert [value.shown for value in mine.facets()["counterparty"]] == [NETISOL.name]
    assert {waiting.title for waiting in mine.queue()} == {"Nettoyage", "Avenant n° 1 au contrat NET-2024-017"}
    assert mine.may_see([two_sites.contract("brest").id]) == frozenset()


def test_only_administrators_reach_the_accounts_and_only_editors_the_register(two_sites: Register) -> None:
    for role in ("reader", "editor"):
        with pytest.raises(NotAllowed):
            _ = desk(two_sites, role).accounts
    with pytest.raises(NotAllowed):
        desk(two_sites, "reader").register_for("editor")
    assert desk(two_sites, "editor").register_for("editor") is two_sites


def test_an_action_is_undone_only_through_its_own_contract(two_sites: Register) -> None:
    mine = desk(two_sites)
    mine.confirm("brest", "title")
    entry = two_sites.history("brest")[-1].id
    with pytest.raises(NotFound):
        mine.undo("lyon", entry)
    mine.undo("brest", entry)


def test_views_are_ones_own_unless_shared(two_sites: Register) -> None:
    lea, paul = desk(two_sites), Desk(two_sites, Account("paul", "Paul", "reader"))
    lea.save_view("Mes baux", "type=lease")
    lea.save_view("Nettoyage", "type=cleaning", shared=True)
    assert [view.name for view in lea.views()] == ["Mes baux", "Nettoyage"]
    assert [view.name for view in paul.views()] == ["Nettoyage"]
    with pytest.raises(NotFound):
        paul.forget_view("Nettoyage")
    with pytest.raises(NotAllowed):
        paul.save_view("À tous", "", shared=True)
    lea.forget_view("Nettoyage")
    assert paul.views() == ()
