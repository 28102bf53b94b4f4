"""What is owed under a contract's terms in force: each obligation with a lasting name, its debtor of today, a side."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from portfolio.amendments import Term, TermsInForce
from portfolio.calendar.facts import sure
from portfolio.events import Event
from portfolio.folding import fold, words
from portfolio.names import company_key
from portfolio.obligations.cadence import Anchor
from portfolio.register.records import Side
from portfolio.schema import Obligation, Party
from portfolio.values import Every
from portfolio.words.phrases import Phrase, phrase

_SAME = re.compile(
    r"\b(?:memes? (?:frequence|rythme|periodicite|intervalles?|dates?)|same (?:frequency|intervals?|dates?))\b"
)


@dataclass(frozen=True)
class Legal:
    """An obligation that the law sets: its name, the article, and what its interval is counted from."""

    name: Phrase
    reference: str
    anchor: Anchor


@dataclass(frozen=True)
class Owed:
    """An obligation in force. ``key`` names it within its contract, by what is owed: neither a new due rule nor a
    debtor's new name changes it. ``source`` is the contract or amendment that set it, ``since`` the day from which an
    amendment's counts. ``debtor`` is the party's present name. ``law``: the contract is silent, the law is not."""

    key: str
    obligation: Obligation
    source: str
    since: date | None = None
    debtor: str | None = None
    side: Side | None = None
    unsure: bool = False
    law: Legal | None = None
    beside: str = ""
    """The sentence of the rhythm before it in the contract, which « à la même fréquence » means."""

    @property
    def words(self) -> str:
        """The words that say when: the contract's sentence, with the one that it refers to."""
        own = f"{self.obligation.quote} {self.obligation.action}"
        return f"{own} {self.beside}" if _SAME.search(fold(own)) else own

    @property
    def what(self) -> Phrase:
        if self.law is not None:
            return phrase("obligation.by_law", action=self.law.name, reference=self.law.reference)
        return phrase("obligation.what", action=self.obligation.action)


def by_law(event: Event) -> bool:
    """Whether an event is owed by law only: the contract does not speak of it."""
    return ":obligation:law-" in event.key


def owed(
    terms: TermsInForce, sides: Mapping[str, Side], signatories: Mapping[str, Sequence[Party]] = MappingProxyType({})
) -> tuple[Owed, ...]:
    """The obligations of a contract's terms in force. ``sides``: the side of each debtor by the name as written
    (`Contract.debtors` of the base and of its amendments). ``signatories``: each amendment's parties, by its id."""
    names = _present_names(terms, signatories)
    seen: Counter[str] = Counter()
    before: dict[str, str] = {}
    found: list[Owed] = []
    for term in terms.terms:
        if term.fact.field != "obligations":
            continue
        obligation: Obligation = term.fact.value
        debtor = obligation.debtor
        key = identity(obligation)
        seen[key] += 1
        rhythm = str(obligation.due.every) if isinstance(obligation.due, Every) else ""
        found.append(
            Owed(
                key if seen[key] == 1 else f"{key}-{seen[key]}",
                obligation,
                term.contract,
                _since(term, terms.base),
                names.get(company_key(debtor), debtor) if debtor else None,
                sides.get(debtor) if debtor else None,
                not sure(term.fact),
                beside=before.get(rhythm, ""),
            )
        )
        if rhythm:
            before[rhythm] = obligation.quote
    return tuple(found)


def identity(obligation: Obligation) -> str:
    """Names an obligation by what is owed (its document, else its action) and whether it comes back."""
    return ("r" if isinstance(obligation.due, Every) else "o") + _about(obligation.document or obligation.action)


@lru_cache(maxsize=65536)
def _about(words_said: str) -> str:
    return hashlib.sha256(" ".join(sorted(words(words_said))).encode()).hexdigest()[:11]


def _since(term: Term, base: str) -> date | None:
    return term.since if term.contract != base else None


def _present_names(terms: TermsInForce, signatories: Mapping[str, Sequence[Party]]) -> dict[str, str]:
    """The present name, by the key of each former name, of parties that an amendment renamed, or in whose place it put
    another: the only one of the role so far, who does not sign the amendment, while another one of that role does."""
    names: dict[str, str] = {}
    joined = {c.after.fact.value.name for c in terms.changes if c.field == "parties" and c.after and not c.before}
    for change in terms.changes:
        if change.field != "parties" or change.after is None:
            continue
        new: Party = change.after.fact.value
        old = company_key(change.before.fact.value.name) if change.before else _replaced(terms, new, joined)
        if old is None or (not change.before and not _left(old, signatories.get(change.amendment, ()))):
            continue
        names = {key: new.name if company_key(name) == old else name for key, name in names.items()} | {old: new.name}
    return names


def _replaced(terms: TermsInForce, new: Party, joined: Set[str]) -> str | None:
    """The key of the one party of ``new``'s role that was there before amendments brought others."""
    before = [p.name for p in terms.values("parties") if p.role == new.role and p.name not in joined]
    return company_key(before[0]) if len(before) == 1 else None


def _left(key: str, signatories: Sequence[Party]) -> bool:
    return bool(signatories) and all(company_key(party.name) != key for party in signatories)
