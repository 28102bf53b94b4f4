"""Accounts: passwords, lock-out, sign-ins that end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from portfolio.accounts.records import Account, SignInRefused, local_account
from portfolio.accounts.store import LOCK, SIGNED_IN, TRIES, Accounts
from portfolio.errors import InvalidValue, NotFound
from portfolio.register.records import Scope
from portfolio.register.store import Register

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GOOD = "un cheval bleu dans la cour"


@pytest.fixture
def accounts(register: Register) -> Accounts:
    accounts = Accounts(register)
    accounts.add("Claire", "administrator", password=GOOD)
    return accounts


def test_a_portfolio_without_an_administrator_has_no_sign_in(register: Register) -> None:
    accounts = Accounts(register)
    assert not accounts.configured()
    accounts.add("lea", "reader", password=GOOD)
    assert not accounts.configured()
    accounts.add("claire", "administrator", password=GOOD)
    assert accounts.configured()


def test_the_right_password_signs_in_for_half_a_day(accounts: Accounts) -> None:
    token = accounts.sign_in("CLAIRE", GOOD, NOW)
    signed_in = accounts.signed_in(token, NOW + timedelta(hours=1))
    assert signed_in is not None
    assert signed_in.name == "claire"
    assert accounts.signed_in(token, NOW + SIGNED_IN) is None
    assert accounts.signed_in("another token", NOW) is None


def test_signing_out_ends_it(accounts: Accounts) -> None:
    token = accounts.sign_in("claire", GOOD, NOW)
    accounts.sign_out(token)
    assert accounts.signed_in(token, NOW) is None


@pytest.mark.parametrize("name", ["claire", "nobody at all"])
def test_after_some_failed_tries_a_name_is_locked_for_a_while_whether_it_exists_or_not(
    accounts: Accounts, name: str
) -> None:
    for _ in range(TRIES):
        with pytest.raises(SignInRefused) as refused:
            accounts.sign_in(name, "faux", NOW)
        assert refused.value.reason == "wrong"
    with pytest.raises(SignInRefused) as refused:
        accounts.sign_in(name, GOOD, NOW + LOCK - timedelta(seconds=30))
    assert (refused.value.reason, refused.value.minutes) == ("locked", 1)


def test_the_lock_ends(accounts: Accounts) -> None:
    for _ in range(TRIES):
        with pytest.raises(SignInRefused):
            accounts.sign_in("claire", "faux", NOW)
    assert accounts.signed_in(accounts.sign_in("claire", GOOD, NOW + LOCK), NOW + LOCK) is not None


def test_a_right_try_forgets_the_failed_ones(accounts: Accounts) -> None:
    for _ in range(3):
        for _ in range(TRIES - 1):
            with pytest.raises(SignInRefused, match="wrong"):
                accounts.sign_in("claire", "faux", NOW)
        accounts.sign_in("claire", GOOD, NOW)


@pytest.mark.parametrize("password", ["court", "aaaaaaaaaaaaaaaa", "x" * 201, "claire claire"])
def test_weak_passwords_are_refused(accounts: Accounts, password: str) -> None:
    with pytest.raises(InvalidValue):
        accounts.set_password("claire", password)


def test_a_new_password_signs_every_browser_out(accounts: Accounts) -> None:
    token = accounts.sign_in("claire", GOOD, NOW)
    accounts.set_password("claire", "une phrase toute neuve")
    assert accounts.signed_in(token, NOW) is None
    with pytest.raises(SignInRefused):
        accounts.sign_in("claire", GOOD, NOW)


def test_a_closed_account_is_out_at_once(accounts: Accounts) -> None:
    lea = accounts.add("lea", "editor", password=GOOD)
    token = accounts.sign_in("lea", GOOD, NOW)
    accounts.change(replace(lea, active=False))
    assert accounts.signed_in(token, NOW) is None
    with pytest.raises(SignInRefused):
        accounts.sign_in("lea", GOOD, NOW)


def test_the_last_administrator_stays(accounts: Accounts) -> None:
    claire = accounts.get("claire")
    with pytest.raises(InvalidValue, match="last administrator"):
        accounts.change(replace(claire, role="reader"))
    with pytest.raises(InvalidValue, match="last administrator"):
        accounts.remove("claire")
    accounts.add("paul", "administrator", password=GOOD)
    accounts.remove("claire")
    with pytest.raises(NotFound):
        accounts.get("claire")


def test_the_companys_sign_in_service_knows_people_by_their_address(accounts: Accounts) -> None:
    accounts.add("marc", "reader", email="Marc@Example.com", scope=Scope(sites=("Lyon",)))
    marc = accounts.by_email("marc@example.COM")
    assert marc == Account("marc", "marc", "reader", "marc@example.com", Scope(sites=("Lyon",)), has_password=False)
    assert accounts.by_email("other@example.com") is None
    with pytest.raises(InvalidValue, match="e-mail"):
        accounts.add("marc2", "reader", email="marc@example.com")
    with pytest.raises(SignInRefused):
        accounts.sign_in("marc", "", NOW)


def test_names_are_taken_once_and_an_account_needs_a_way_in(accounts: Accounts) -> None:
    with pytest.raises(InvalidValue, match="already"):
        accounts.add("cLaIrE", "reader", password=GOOD)
    with pytest.raises(InvalidValue, match="password"):
        accounts.add("paul", "reader")


def test_roles_hold_what_the_lesser_ones_hold() -> None:
    editor = Account("e", "e", "editor")
    assert editor.may("reader")
    assert editor.may("editor")
    assert not editor.may("administrator")
    assert not replace(editor, active=False).may("reader")
    assert local_account().may("administrator")
