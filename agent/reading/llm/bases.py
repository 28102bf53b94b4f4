"""The terms of the contract that an amendment changes, as the register has them, for the amendment's reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from agent.model.client import Access
from agent.privacy import ConfidentialContract, is_confidential
from portfolio.errors import NotFound
from portfolio.linking import reference_keys
from portfolio.register.records import Contract
from portfolio.register.store import Register
from portfolio.schema import FIELDS

_TOLD = (
    "title", "reference", "start_date", "end_date", "duration", "renewal.kind", "renewal.period", "notice_period",
    "amounts", "price_revision.formula",
)  # fmt: skip
"""What an amendment most often changes or refers to."""
_LONGEST = 300
"""Characters of one term."""


def terms_of(access: Access) -> Callable[[str], Sequence[str]]:
    """A function that gives a base contract's terms for what an amendment says it changes; nothing where the register
    does not know that contract. It raises ConfidentialContract where a person marked that contract so."""

    def terms(amends: str) -> Sequence[str]:
        if access.url is None and not (access.home / "register.db").exists():
            return ()
        with Register.open(access.home, access.url) as register:
            base = _base(register, amends)
        if base is None:
            return ()
        if is_confidential(base):
            raise ConfidentialContract(f"It amends {base.stem}, which is confidential: nothing was sent to a model.")
        told = (stored.fact for stored in base.facts if stored.fact.field in _TOLD)
        return [f"{fact.field}: {FIELDS[fact.field].to_json(fact.value)}"[:_LONGEST] for fact in told]

    return terms


def _base(register: Register, amends: str) -> Contract | None:
    """The contract that ``amends`` means, by the references in it, the longest first."""
    for key in sorted(reference_keys(amends, None), key=len, reverse=True):
        try:
            return register.contract(key)
        except NotFound:
            continue
    return None
