"""What French law says where a contract is silent on its renewal, its notice or its longest life: rules as data."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from portfolio.folding import fold
from portfolio.schema import RenewalKind
from portfolio.values import Duration


class LegalRule(BaseModel):
    """One rule; ``reference`` is its article of law. ``period`` may be `initial`: as long as the initial term."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    reference: str
    type: str | None = None
    sector: str | None = None
    forms: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    if_renewal: RenewalKind | None = None
    if_foreseen: bool = False
    renewal: RenewalKind | None = None
    period: Literal["initial"] | Duration | None = None
    notice: Duration | None = None
    total: Duration | None = None
    ends: Literal["quarter"] | None = None
    breaks: Duration | None = None

    def applies(self, value: Callable[[str], Any]) -> bool:
        """Whether the contract whose facts ``value`` gives by field is of the kind that the rule is for."""
        return (
            self.type in (None, value("contract_type"))
            and self.sector in (None, value("legal_nature.sector"))
            and (not self.forms or value("legal_nature.form") in self.forms)
            and self.if_renewal in (None, value("renewal.kind"))
            and (not self.titles or self._titled(value("title")))
            and (not self.if_foreseen or any(value(f) is not None for f in ("renewal.period", "renewal.max_count")))
        )

    def _titled(self, title: str | None) -> bool:
        folded = f" {fold(title or '')} "
        return any(f" {words} " in folded for words in self.titles)


@cache
def rules() -> tuple[LegalRule, ...]:
    """The rules of `law.toml`, in their order."""
    tree = tomllib.loads(files("portfolio.calendar").joinpath("law.toml").read_text(encoding="utf-8"))
    return tuple(LegalRule.model_validate(entry) for entry in tree["rule"])


def applying(value: Callable[[str], Any]) -> tuple[LegalRule, ...]:
    """The rules for a contract of French law; none for one under another law."""
    country = value("governing_law") or ("FR" if value("language") in (None, "fr") else None)
    return tuple(rule for rule in rules() if rule.applies(value)) if country == "FR" else ()
