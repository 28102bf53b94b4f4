"""What a contract's price will be on a day: every revision until then, each with its arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from portfolio.amendments import Term, TermsInForce, terms_in_force
from portfolio.revision import amounts
from portfolio.revision.chain import Agreement, CannotError, Chain, Revision, decided, money, revision_days
from portfolio.revision.grammar import FormulaError
from portfolio.revision.indices import Book
from portfolio.revision.readings import Missing
from portfolio.schema import Amount
from portfolio.words.phrases import Phrase, phrase


@dataclass(frozen=True)
class RevisedPrice:
    """``amount``: the price before revision, None where none is known; ``price``: the price on the day, None where a
    value is ``missing`` or nothing can be computed (``refused`` says why). ``estimate``: the price with the last values
    known in the place of the missing ones, and its ``revisions``. ``difference``: what was invoiced above the price.
    ``safeguard``: the price rose so far that a party may end the contract. ``unsure``: it rests on facts that nobody
    decided on."""

    contract: str
    on: date
    amount: Amount | None
    price: Decimal | None = None
    revisions: tuple[Revision, ...] = ()
    steps: tuple[Phrase, ...] = ()
    missing: tuple[Missing, ...] = ()
    refused: Phrase | None = None
    estimate: Decimal | None = None
    invoiced: Decimal | None = None
    difference: Decimal | None = None
    safeguard: Phrase | None = None
    unsure: bool = False


def price_on(
    agreement: Agreement, book: Book, on: date, amount: Decimal | None = None, invoiced: Decimal | None = None
) -> RevisedPrice:
    """The price of a contract on the day ``on``. ``amount`` is the price before revision where the contract has several
    or none, ``invoiced`` what was asked for it."""
    terms = terms_in_force(agreement.base, agreement.amendments, on)
    candidates = amounts.price_terms(terms)
    term = candidates[0] if candidates else None
    told = amount if amount is not None else agreement.setting.price
    before = _before(term, told)
    result = RevisedPrice(terms.base, on, before, invoiced=invoiced)
    if before is None:
        return replace(result, refused=phrase("revision_price.no_amount"))
    if agreement.last_day is not None and on > agreement.last_day:
        return replace(result, refused=phrase("revision_price.over", day=agreement.last_day))
    first = told if told is not None else amounts.exact(before)
    since = agreement.setting.price_since
    source = phrase("revision_price.told", price=money(first, before.currency))
    if told is None and term is not None:
        amended = term.contract != terms.base
        since = since or (term.since if amended else None)
        key = "revision_price.amended" if amended and term.since else "revision_price.first"
        source = phrase(key, price=money(first, before.currency), label=before.label, day=term.since)
        result = replace(result, unsure=not decided(term.fact))
    others = phrase("revision_price.others", count=len(candidates) - 1)
    result = replace(result, steps=(source, others) if told is None and len(candidates) > 1 else (source,))
    kind = terms.value("price_revision.kind")
    if agreement.setting.formula is None and kind != "indexed" and not (kind is None and _has_formula(terms)):
        return _not_indexed(result, kind, first)
    return _chained(result, agreement, book, first, since)


def _before(term: Term | None, told: Decimal | None) -> Amount | None:
    found: Amount | None = term.fact.value if term else None
    if told is None:
        return found
    return (found or Amount(label="prix", value=0)).model_copy(update={"value": float(told)})


def _has_formula(terms: TermsInForce) -> bool:
    return bool(terms.value("price_revision.formula") or terms.values("price_revision.indices"))


def _not_indexed(result: RevisedPrice, kind: str | None, first: Decimal) -> RevisedPrice:
    """A fixed price stays; any other that follows no index cannot be computed."""
    said = phrase(f"revision_price.{kind or 'not_said'}")
    if kind == "fixed":
        return _compared(replace(result, price=first, steps=(*result.steps, said)))
    return replace(result, refused=said)


def _chained(
    result: RevisedPrice, agreement: Agreement, book: Book, first: Decimal, since: date | None
) -> RevisedPrice:
    currency = result.amount.currency if result.amount else "EUR"
    try:
        days = [day for day in revision_days(agreement, result.on) if since is None or day.on > since]
        chain = Chain(agreement, book, first, currency, days, since)
        chain.run()
        result = replace(
            result,
            steps=(*result.steps, *chain.steps),
            missing=tuple({(one.index, one.period): one for one in chain.missing}.values()),
            unsure=result.unsure or chain.unsure,
        )
        if not days:
            result = replace(result, steps=(*result.steps, phrase("revision_price.none_yet", day=result.on)))
        if not chain.missing:
            found = replace(result, price=chain.price, revisions=tuple(chain.revisions))
            return _compared(replace(found, safeguard=_safeguard(chain)))
        guess = Chain(agreement, book, first, currency, days, since, estimating=True)
        guess.run()
    except (FormulaError, CannotError) as error:
        return replace(result, refused=error.why)
    if guess.missing:
        return result
    return replace(result, estimate=guess.price, revisions=tuple(guess.revisions))


def _compared(result: RevisedPrice) -> RevisedPrice:
    if result.invoiced is None or result.price is None:
        return result
    return replace(result, difference=result.invoiced - result.price)


def _safeguard(chain: Chain) -> Phrase | None:
    """The last revision raised the price above the clause's limit."""
    limit = chain.agreement.setting.safeguard_percent
    last = chain.revisions[-1] if chain.revisions else None
    if limit is None or last is None or last.before <= 0:
        return None
    rise = Fraction(last.after) / Fraction(last.before) - 1
    if rise * 100 <= Fraction(limit):
        return None
    shown = Decimal(round(rise * 10000)).scaleb(-2)
    return phrase("revision_price.safeguard", rise=shown, limit=limit.normalize(), day=last.on)
