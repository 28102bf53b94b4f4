"""Which item of a list an amendment's item takes the place of: parties, sites, amounts, obligations.

Every function gives the index of the superseded item among ``current``, or None where the new item adds to the list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from portfolio.folding import fold, overlap, words
from portfolio.items import same_party, same_site
from portfolio.names import close, company_key, company_number, take_apart
from portfolio.schema import Amount, Obligation, Party, Site
from portfolio.values import DueRule, Every

_CHANGE = re.compile(
    r"\b(?:augmentation|hausse|majoration|supplement|complement|complementaire|plus value|moins value|diminution"
    r"|reduction|baisse|incidence|ecart|(?:montant|prix) (?:de l |du present )?avenant|increase|decrease|additional"
    r"|supplementary|change order)\b"
)
_OLD = re.compile(
    r"\b(?:ancien(?:ne)?|initiale?|precedente?|d origine|avant avenant|anterieure?|former|previous|original)\b"
)
_NEW = frozenset((
    "nouveau", "nouvelle", "nouvel", "apres", "avenant", "porte", "desormais", "modifie", "modifiee", "new",
    "revised", "amended", "amendment", "total", "totale", "the", "par", "les", "des", "pour",
))  # fmt: skip
_ALIKE = 0.5
_ONE_OF_A_KIND = frozenset({"year", "quarter", "month", "day", "hour", "unit", "order"})


def party(new: Party, current: Sequence[Party]) -> int | None:
    """The same company under its old name: by number, by name, by what it says that it was called, or, where only one
    side's number is known, by a near spelling in the same role."""
    for n, old in enumerate(current):
        if same_party(new, old):
            return n
    former = take_apart(new.name).former
    for n, old in enumerate(current):
        if former and company_key(former) == company_key(old.name):
            return n
        numbers = company_number(new.registration) and company_number(old.registration)
        if not numbers and new.role == old.role and close(company_key(new.name), company_key(old.name)):
            return n
    return None


def site(new: Site, current: Sequence[Site]) -> int | None:
    """The same place, written again."""
    return next((n for n, old in enumerate(current) if same_site(new, old)), None)


def is_change(amount: Amount) -> bool:
    """Whether the amount is by how much a price changes, not a price."""
    return bool(_CHANGE.search(fold(amount.label)))


def is_old(amount: Amount) -> bool:
    """Whether the amount is a price that the amendment recalls in order to replace it."""
    return bool(_OLD.search(fold(amount.label)))


def amounts(new: Sequence[Amount], current: Sequence[Amount]) -> list[int | None]:
    """For each new amount what it replaces, one to one: among amounts of the same kind (period, bound, currency, tax)
    the one with the nearest label; without any likeness only where it is the one of its kind on both sides."""
    pairs: list[tuple[float, int, int]] = []
    for i, amount in enumerate(new):
        if is_change(amount):
            continue
        rivals = [n for n, other in enumerate(new) if _same_kind(amount, other) and not is_change(other)]
        kin = [n for n, old in enumerate(current) if _same_kind(amount, old)]
        for n in kin:
            alike = overlap(_label(amount), _label(current[n]))
            lone = len(kin) == len(rivals) == 1 and (amount.period in _ONE_OF_A_KIND or amount.bound is not None)
            if alike >= _ALIKE or lone:
                pairs.append((alike, i, n))
    found: list[int | None] = [None] * len(new)
    taken: set[int] = set()
    for _, i, n in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if found[i] is None and n not in taken:
            found[i] = n
            taken.add(n)
    return found


def _same_kind(a: Amount, b: Amount) -> bool:
    tax = a.tax == b.tax or a.tax is None or b.tax is None
    return tax and (a.period, a.bound, a.currency) == (b.period, b.bound, b.currency)


def _label(amount: Amount) -> frozenset[str]:
    return words(amount.label) - _NEW


def obligation(new: Obligation, current: Sequence[Obligation], debtor: Sequence[str | None]) -> int | None:
    """The obligation of the same debtor for the same document or action, and of the same nature: a rhythm replaces a
    rhythm, a single delivery a single delivery. A single delivery leaves the yearly one as it is.

    ``debtor`` names the debtors as parties: of ``new`` first, then of each current obligation; None where not known.
    """
    best: tuple[float, int] | None = None
    for n, old in enumerate(current):
        mine, theirs = debtor[0], debtor[n + 1]
        if (mine and theirs and mine != theirs) or _nature(new.due) != _nature(old.due):
            continue
        alike = _about(new, old)
        if alike >= _ALIKE and (best is None or alike > best[0]):
            best = (alike, n)
    return best[1] if best else None


def _nature(due: DueRule | None) -> Literal["rhythm", "once", "unsaid"]:
    if due is None:
        return "unsaid"
    return "rhythm" if isinstance(due, Every) else "once"


def _about(a: Obligation, b: Obligation) -> float:
    if a.document and b.document:
        return overlap(words(a.document), words(b.document))
    if a.document or b.document:
        return 0.0
    one, other = words(a.action), words(b.action)
    return len(one & other) / len(one | other) if one and other else 0.0
