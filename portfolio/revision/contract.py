"""The price of a contract of the register on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portfolio.calendar.loading import load
from portfolio.calendar.standing import agreed_terms, standing
from portfolio.errors import InvalidValue
from portfolio.register import finding
from portfolio.register.models import ContractRow
from portfolio.register.records import Filters
from portfolio.register.store import Register
from portfolio.revision import settings
from portfolio.revision.chain import Agreement
from portfolio.revision.price import RevisedPrice, price_on
from portfolio.revision.store import Indices


def contract_price(
    register: Register,
    ref: str,
    on: date,
    amount: Decimal | None = None,
    invoiced: Decimal | None = None,
    as_of: date | None = None,
) -> RevisedPrice:
    """The price of a contract (of an amendment: of its base) on the day ``on``, as known on ``as_of`` (today unless
    told). ``amount`` is the price before revision where the contract has several or none. Raises NotFound."""
    return price_on(agreement(register, ref, as_of or date.today()), Indices(register).book(), on, amount, invoiced)


def agreement(register: Register, ref: str, as_of: date) -> Agreement:
    """A contract of the register as its price is computed. Raises NotFound."""
    with register.database.reading() as session:
        row = session.get_one(ContractRow, finding.contract_id(session, ref))
        id_ = row.base_id or row.id
        loaded = next(one for one in load(session, Filters(ids=(id_,))) if one.id == id_)
        told = settings.setting(session, id_)
    start = last_day = None
    try:
        stands = standing(
            agreed_terms(loaded.base, loaded.amendments, as_of), as_of, loaded.given, ours=loaded.our_role
        )
        start, last_day = stands.calendar.start, stands.calendar.last_day
    except InvalidValue:
        # dates that lead outside the calendar: the price is computed by the terms as they stand
        pass
    return Agreement(loaded.base, loaded.amendments, told, start, last_day)
