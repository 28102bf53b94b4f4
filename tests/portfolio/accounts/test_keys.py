"""Keys of programs: a role, a part of the portfolio, an end; and answers to requests that come twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from portfolio.accounts.answers import KEPT, Answers, KeptAnswer
from portfolio.accounts.keys import ApiKeys
from portfolio.accounts.models import ApiKeyRow
from portfolio.errors import InvalidValue, NotFound
from portfolio.register.records import Scope
from portfolio.register.store import Register

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_who_holds_a_key_acts_in_its_role_on_its_part_under_its_name(register: Register) -> None:
    key, whole = ApiKeys(register).create("ERP", "editor", "claire", scope=Scope(sites=("Lyon",)))
    account = ApiKeys(register).account(whole)
    assert account is not None
    assert (account.name, account.role, account.scope.sites) == ("api:ERP", "editor", ("Lyon",))
    assert ApiKeys(register).all() == (key,)


def test_the_secret_is_not_kept(register: Register) -> None:
    _, whole = ApiKeys(register).create("ERP", "reader", "claire")
    with register.database.reading() as session:
        row = session.scalars(sa.select(ApiKeyRow)).one()
        assert whole.rpartition("_")[2] not in repr(vars(row))


def test_a_key_ends_by_itself(register: Register) -> None:
    _, whole = ApiKeys(register).create("ERP", "reader", "claire", expires_at=NOW + timedelta(days=1), now=NOW)
    assert ApiKeys(register).account(whole, NOW) is not None
    assert ApiKeys(register).account(whole, NOW + timedelta(days=1)) is None
    assert not ApiKeys(register).any_valid(NOW + timedelta(days=1))
    with pytest.raises(InvalidValue, match="expired already"):
        ApiKeys(register).create("ERP", "reader", "claire", expires_at=NOW, now=NOW)


def test_a_revoked_key_opens_nothing_any_more(register: Register) -> None:
    key, whole = ApiKeys(register).create("ERP", "reader", "claire")
    ApiKeys(register).revoke(key.id)
    assert ApiKeys(register).account(whole) is None
    with pytest.raises(NotFound):
        ApiKeys(register).revoke("000000000000")


@pytest.mark.parametrize("change", [lambda w: w[:-1] + ("a" if w[-1] != "a" else "b"), lambda w: w + "\n", str.upper])
def test_another_secret_opens_nothing(register: Register, change) -> None:
    _, whole = ApiKeys(register).create("ERP", "reader", "claire")
    assert ApiKeys(register).account(change(whole)) is None


def test_the_same_request_gets_the_same_answer_for_a_day(register: Register) -> None:
    answers = Answers(register)
    assert answers.begin("api:ERP", "k1", b"body", NOW) == "first"
    assert answers.begin("api:ERP", "k1", b"body", NOW) == "working"
    answers.keep("api:ERP", "k1", KeptAnswer(201, "application/json", b"{}"))
    assert answers.begin("api:ERP", "k1", b"body", NOW) == KeptAnswer(201, "application/json", b"{}")
    assert answers.begin("api:ERP", "k1", b"other", NOW) == "other"
    assert answers.begin("api:CRM", "k1", b"body", NOW) == "first"
    assert answers.begin("api:ERP", "k1", b"body", NOW + KEPT + timedelta(seconds=1)) == "first"


def test_what_came_to_nothing_or_died_may_be_tried_again(register: Register) -> None:
    answers = Answers(register)
    answers.begin("api:ERP", "k1", b"body", NOW)
    answers.forget("api:ERP", "k1")
    assert answers.begin("api:ERP", "k1", b"body", NOW) == "first"
    assert answers.begin("api:ERP", "k1", b"body", NOW + timedelta(minutes=11)) == "first"
