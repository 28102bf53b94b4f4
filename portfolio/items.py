"""When two values of a list field speak of the same thing."""

from __future__ import annotations

from portfolio.folding import compact, fold
from portfolio.names import company_key, company_number
from portfolio.schema import Amount, Obligation, Party, Site


def same_item(a: object, b: object) -> bool:
    """Whether ``a`` and ``b``, two values of one list field, are two readings of one item.

    Parties by number or name; sites by name and city; amounts by all but their label; obligations by their sentence or
    action.
    """
    if a == b:
        return True
    if isinstance(a, Party) and isinstance(b, Party):
        return same_party(a, b)
    if isinstance(a, Site) and isinstance(b, Site):
        return same_site(a, b)
    if isinstance(a, Amount) and isinstance(b, Amount):
        return a.model_copy(update={"label": b.label}) == b
    if isinstance(a, Obligation) and isinstance(b, Obligation):
        return fold(a.quote) == fold(b.quote) or fold(a.action) == fold(b.action)
    return isinstance(a, str) and isinstance(b, str) and compact(a) == compact(b)


def same_party(a: Party, b: Party) -> bool:
    """One company: by number where both have one, else by name."""
    one, other = company_number(a.registration), company_number(b.registration)
    if one and other:
        return one == other
    return company_key(a.name) == company_key(b.name)


def same_site(a: Site, b: Site) -> bool:
    """One place: same city (or postal code, where a city is missing) and the same name, or no name on one side."""
    if a.city and b.city:
        together = fold(a.city) == fold(b.city)
    else:
        together = a.postal_code is not None and a.postal_code == b.postal_code
    if not a.city and not b.city and not a.postal_code and not b.postal_code:
        together = a.name is not None and b.name is not None
    return together and (not a.name or not b.name or fold(a.name) == fold(b.name))
