"""Which contract an amendment changes: a score with its reasons, from references, parties, titles and dates."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from portfolio.folding import compact, fold, overlap, words

_AMENDMENT = re.compile(
    r"\b(?:avenants?|additif|acte modificatif|modification de (?:marche|contrat) en cours|amendment|addendum"
    r"|deed of variation|variation agreement|change order)\b"
)
_RESTATED = re.compile(r"\bamended and restated\b")
_CALLED = r"\b(?:avenant|additif|acte modificatif|amendment|addendum)\b(?: (?:no|n|number|numero))?"
_COUNT = r"[0-9]{1,2}|[ivx]{1,4}|one|two|three|un|deux|trois"
_LEAD = re.compile(rf"{_CALLED}(?: (?:{_COUNT}))?(?: (?:au|a la|a l|aux|du|de la|to|of)\b(?: the)?)?")
_NUMBER = re.compile(rf"{_CALLED} ?(?P<n>{_COUNT})\b")
_SUFFIX = re.compile(r"(?:av|avt|avenant|a|am|amd|mod)0*([1-9][0-9]?)$")
_SPELLED = {"one": 1, "un": 1, "i": 1, "two": 2, "deux": 2, "ii": 2, "three": 3, "trois": 3, "iii": 3, "iv": 4, "v": 5,
            "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}  # fmt: skip
_GENERIC = frozenset((
    "contrat", "contract", "marche", "agreement", "accord", "convention", "avenant", "amendment", "the", "pour",
    "des", "les",
))  # fmt: skip
LINKED = 0.5
"""A score from which a contract is taken for the base."""
MARGIN = 0.15
"""How much better than the next one it must be."""
_SHORTEST_REFERENCE = 4
_LONGEST_WINDOW = 8


def is_amendment(title: str | None, amends: str | None) -> bool:
    """Whether a contract changes another one: it says which, or its title says that it is an amendment."""
    if amends:
        return True
    folded = fold(title or "")
    return bool(_AMENDMENT.search(folded)) and not _RESTATED.search(folded)


def amendment_number(title: str | None, reference: str | None) -> int | None:
    """`Avenant n° 2`, `Amendment No. II` and `…/AV2` are number 2; None where nothing tells."""
    found = _NUMBER.search(fold(title or ""))
    if found:
        return int(found["n"]) if found["n"].isdigit() else _SPELLED.get(found["n"])
    suffix = _SUFFIX.search(compact(reference or ""))
    return int(suffix[1]) if suffix else None


def reference_keys(amends: str | None, reference: str | None) -> frozenset[str]:
    """The references that an amendment may mean, folded: runs of words of ``amends`` with a digit, and what its own
    reference begins with (`2023-EDU-027-A1` begins with `2023-EDU-027`)."""
    keys: set[str] = set()
    tokens = fold(amends or "").split()
    for start in range(len(tokens)):
        for end in range(start + 1, min(len(tokens), start + _LONGEST_WINDOW) + 1):
            keys.add("".join(tokens[start:end]))
    parts = _parts(reference or "")
    keys.update("".join(parts[:end]) for end in range(1, len(parts)))
    return frozenset(k for k in keys if _SHORTEST_REFERENCE <= len(k) <= 100 and any(c.isdigit() for c in k))


def _parts(reference: str) -> list[str]:
    """A reference's runs of letters and of digits."""
    return re.findall(r"[a-z]+|[0-9]+", fold(reference))


@dataclass(frozen=True)
class Profile:
    """What linking looks at. ``parties`` are ids of counterparties; ``dated`` the signature or else the start."""

    id: str
    title: str | None
    reference: str | None
    amends: str | None
    contract_type: str | None
    parties: frozenset[str]
    dated: date | None
    is_amendment: bool
    root: str | None
    """The base at the end of the chain: itself for a base, None for an amendment that is not linked."""


@dataclass(frozen=True)
class Match:
    """How well a contract fits as what an amendment changes; ``score`` between 0 and 1."""

    candidate: Profile
    score: float
    reasons: tuple[str, ...]


def rank(amendment: Profile, candidates: Collection[Profile]) -> tuple[Match, ...]:
    """The candidates that anything speaks for, best first.

    The only contract between the parties gains by it. Of two references that both occur (`C-12/AV1` holds `C-12`) the
    longer one is meant: the earlier amendment rather than the base.
    """
    bases = [c for c in candidates if not c.is_amendment and len(c.parties & amendment.parties) >= 2]
    alone = bases[0].id if len(bases) == 1 else None
    named = _named(amendment, candidates)
    matches = [_match(amendment, c, c.id == alone, named) for c in candidates if c.id != amendment.id]
    return tuple(
        sorted(
            (m for m in matches if m.score > 0),
            key=lambda m: (-m.score, -len(compact(m.candidate.reference or "")), m.candidate.id),
        )
    )


def _named(amendment: Profile, candidates: Collection[Profile]) -> frozenset[str]:
    """The folded references of candidates that the amendment names and that are not the beginning of another one."""
    windows = _windows(amendment.amends)
    keys = {key for c in candidates if _is_reference(key := compact(c.reference or "")) and key in windows}
    return frozenset(k for k in keys if not any(other != k and other.startswith(k) for other in keys))


def _is_reference(key: str) -> bool:
    return len(key) >= _SHORTEST_REFERENCE and any(c.isdigit() for c in key)


def choose(matches: tuple[Match, ...]) -> Match | None:
    """The one match that is good enough and clearly better than those of other contracts, or None."""
    if not matches or matches[0].score < LINKED:
        return None
    best = matches[0]
    root = best.candidate.root or best.candidate.id
    rivals = (m.score for m in matches if (m.candidate.root or m.candidate.id) != root)
    return best if best.score - max(rivals, default=0.0) >= MARGIN else None


@dataclass
class _Tally:
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, points: float, reason: str) -> None:
        self.score += points
        self.reasons.append(reason)


def _match(amendment: Profile, candidate: Profile, alone: bool, named: frozenset[str]) -> Match:
    tally = _Tally()
    _by_reference(amendment, candidate, named, tally)
    by_reference = tally.score > 0
    _by_title(amendment, candidate, tally)
    shared = len(amendment.parties & candidate.parties)
    if shared >= 2:
        tally.add(0.25, "same parties")
        if alone and not by_reference:
            tally.add(0.2, "only contract between these parties")
    elif shared:
        tally.add(0.1, "one party in common")
    elif len(amendment.parties) >= 2 and len(candidate.parties) >= 2:
        tally.add(-0.3, "no party in common")
    if amendment.contract_type and amendment.contract_type == candidate.contract_type:
        tally.add(0.05, "same type of contract")
    if amendment.dated and candidate.dated:
        if candidate.dated > amendment.dated:
            tally.add(-0.5, "later than the amendment")
        else:
            tally.add(0.05, "earlier than the amendment")
    return Match(candidate, round(max(0.0, min(1.0, tally.score)), 3), tuple(tally.reasons))


def _by_reference(amendment: Profile, candidate: Profile, named: frozenset[str], tally: _Tally) -> None:
    key = compact(candidate.reference or "")
    if not key:
        return
    if key in named:
        tally.add(0.7, f"names the reference {candidate.reference}")
    elif _is_reference(key) and key in _windows(amendment.amends):
        tally.add(0.5, f"names a reference that continues {candidate.reference}")
    elif _is_reference(key) and key in _beginnings(_parts(amendment.reference or "")):
        tally.add(0.6, f"its reference continues {candidate.reference}")
    elif _looks_like_reference(amendment.amends):
        tally.add(-0.4, f"names another reference than {candidate.reference}")


def _windows(amends: str | None) -> frozenset[str]:
    tokens = fold(amends or "").split()
    return frozenset(
        "".join(tokens[a:b])
        for a in range(len(tokens))
        for b in range(a + 1, min(len(tokens), a + _LONGEST_WINDOW) + 1)
    )


def _beginnings(parts: list[str]) -> frozenset[str]:
    return frozenset("".join(parts[:end]) for end in range(1, len(parts)))


def _looks_like_reference(amends: str | None) -> bool:
    """A short text with digits that are no year alone and no date."""
    tokens = fold(amends or "").split()
    digits = [t for t in tokens if any(c.isdigit() for c in t)]
    if not digits or len(tokens) > _LONGEST_WINDOW:
        return False
    return any(len(t) > 4 or not t.isdigit() for t in digits) or any(
        a.isdigit() and b.isdigit() for a, b in pairwise(tokens)
    )


def _by_title(amendment: Profile, candidate: Profile, tally: _Tally) -> None:
    subject = words(candidate.title or "") - _GENERIC
    if not subject:
        return
    for text in (amendment.amends, _LEAD.sub(" ", fold(amendment.title or ""))):
        meant = words(text or "") - _GENERIC
        if meant and overlap(meant, subject) >= 0.5:
            tally.add(0.3, f"names the title « {candidate.title} »")
            return
