"""Parties: who signs, in which role, under which registration number; not those who are only mentioned."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from agent.reading.grammar.names import (
    has_legal_form,
    is_description,
    is_public,
    key,
    name_at,
    public_number,
    registrations,
)
from agent.reading.reader import Candidate, Quote
from agent.reading.rules.known import Known
from agent.reading.rules.party_cues import cued
from agent.reading.rules.party_english import called, signing
from agent.reading.rules.party_forms import in_forms
from agent.reading.rules.party_mentions import Mention, cells_of, is_word_for_party
from agent.reading.rules.party_papers import both_in_field, headed_by_label, in_fields, in_heads, in_letterheads
from agent.reading.rules.party_prose import PARTIES_HEADING, correspondents, in_prose, on_behalf, on_cover, signatories
from agent.reading.rules.roles import BY_TYPE, OPPOSITE, TRANSLATE
from agent.reading.structure import Clause, ContractView, fold
from portfolio.schema import Party, Role

_MOST = 8
_LINE = 110
"""A line that may be a party's name, in characters."""
_OFFERED = re.compile(r"lettre de mission|\bdevis\b|proposition|\boffre\b|engagement letter|quotation|proposal")
"""Papers that the supplier writes: it is named first."""
_SPOKEN = ("front", "particular", "body")
_ENGAGES = re.compile(r"engagement|identification|contractant|candidat")


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """One candidate a party, in the order in which the contract names them."""
    found = _merged(_mentions(view))
    if len(found) >= 2 and any(mention.naming is None for mention in found):
        cues = tuple(_by_cues(view))
        found = [_named_by(mention, cues) for mention in found]
    letter: tuple[Callable[[ContractView], Iterator[Mention]], ...]
    if known.value("language") == "en":
        letter = (called, signing, partial(in_letterheads, english=True))
    else:
        letter = (in_letterheads,)
    for fallback in (*letter, in_heads, _by_cues, correspondents, signatories):
        if len(found) < 2:
            found = sorted(_merged([*found, *fallback(view)]), key=_place)
    found = [_renamed(mention, view) for mention in found]
    found = _with_ours([m for m in _merged(found) if not is_description(m.name)], view, known)[:_MOST]
    found = [_with_number(m, [other.name for other in found if other is not m], view) for m in found]
    for mention, role in zip(found, _roles(found, known), strict=True):
        party = Party(name=mention.name, role=role, registration=mention.registration)
        yield Candidate("parties", party, mention.quotes, round(mention.weight, 2), mention.rule)


def _mentions(view: ContractView) -> Iterator[Mention]:
    """Every place where the contract names a party, surest kinds first; the same party may come several times."""
    zone = _zone(view)
    yield from in_forms(view, zone)
    yield from in_fields(view)
    yield from headed_by_label(zone)
    yield from both_in_field(view)
    yield from on_cover(zone)
    for clause in zone:
        yield from in_prose(clause)
    for clause in view.clauses[:25]:
        if clause.part in ("front", "particular", "body") and "engagement" in clause.folded_heading:
            yield from on_behalf(clause)


def _by_cues(view: ContractView) -> Iterator[Mention]:
    """The parties by what stands around them: where contracts introduce them, then where they sign."""
    zone = _zone(view)
    places = [c for c in view.clauses if c in zone or (c.part in _SPOKEN and _ENGAGES.search(c.folded_heading))]
    found = list(cued(places))
    yield from found
    if len(_merged(found)) < 2:
        yield from cued(view.signatures)


def _zone(view: ContractView) -> tuple[Clause, ...]:
    """The clauses that introduce the parties, of every document but mails; annexes and general conditions do not."""
    zone: list[Clause] = []
    for index in range(len(view.dossier.documents)):
        clauses = [
            c for c in view.clauses if c.document == index and c.part not in ("mail", "margin", "annex", "general")
        ]
        front = [c for c in clauses if c.part == "front" and not c.is_signature]
        zone.extend(front)
        zone.extend(
            c for c in clauses[:25] if c not in front and PARTIES_HEADING.search(fold(c.heading)) and not c.is_signature
        )
        if sum(len(c.blocks) for c in front) <= 2 and not any(c in zone for c in clauses[len(front) : len(front) + 1]):
            zone.extend(c for c in clauses[len(front) : len(front) + 2] if c not in zone and not c.is_signature)
    return tuple(zone)


def _renamed(mention: Mention, view: ContractView) -> Mention:
    """Where only what a party is was read (`Société anonyme, SIREN…`), its name stands on the line above."""
    first = mention.quotes[0]
    if not is_description(mention.name) or first.start is None:
        return mention
    blocks = [b for c in view.clauses if c.document == first.document and c.part != "margin" for b in c.blocks]
    above = [b for b in blocks if b.start + len(b.text) <= first.start][-2:]
    for block in reversed(above):
        cells = list(cells_of(block)) or [(0, block.text)]
        start, text = cells[-1]
        found = name_at(text) if len(text) <= _LINE else None
        if found and not is_description(found.value) and not is_word_for_party(found.value):
            at = block.start + start + found.start
            quote = Quote(text[found.start : found.end], first.document, at)
            return replace(mention, name=found.value, quotes=(quote, *mention.quotes[1:]))
    return mention


def _merged(found: Iterable[Mention]) -> list[Mention]:
    """One mention a party: the first one's name, the surest naming, the first number."""
    merged: list[Mention] = []
    for mention in found:
        for place, other in enumerate(merged):
            if same(mention, other):
                merged[place] = _join(other, mention)
                break
        else:
            merged.append(mention)
    return merged


def _named_by(mention: Mention, cues: Sequence[Mention]) -> Mention:
    """The mention with what another place calls the same party, where its own place calls it nothing."""
    naming = next((cue.naming for cue in cues if cue.naming and same(mention, cue)), None)
    return mention if mention.naming or naming is None else replace(mention, naming=naming)


def _place(mention: Mention) -> tuple[int, int]:
    quote = mention.quotes[0]
    return quote.document, quote.start or 0


def same(a: Mention, b: Mention) -> bool:
    """Two mentions of one party: the same name, one name inside the other, or the same SIREN."""
    if a.registration and b.registration:
        return a.registration[:9] == b.registration[:9]
    first, second = key(a.name), key(b.name)
    shorter = min(first, second, key=len)
    return first == second or (
        len(shorter.split()) >= 2 and (f" {first} " in f" {second} " or f" {second} " in f" {first} ")
    )


def _join(first: Mention, second: Mention) -> Mention:
    naming = first.naming
    if naming is None or (second.naming is not None and second.naming.firm and not naming.firm):
        naming = second.naming
    quotes, registration = first.quotes, first.registration
    if registration is None and second.registration is not None:
        quotes, registration = (*quotes, *second.quotes[1:]), second.registration
    return replace(
        first, naming=naming, registration=registration, quotes=quotes, weight=max(first.weight, second.weight)
    )


def _with_number(mention: Mention, others: Sequence[str], view: ContractView) -> Mention:
    """The number that stands beside the party's name elsewhere: in a letterhead, a margin, the place of signature."""
    bare = key(mention.name)
    if mention.registration is not None or len(bare) < 4:
        return mention
    for clause in view.clauses:
        if clause.part not in ("front", "margin") and not clause.is_signature:
            continue
        for sentence in clause.sentences:
            at = sentence.folded.find(bare.split()[0])
            if at < 0 or bare not in key(sentence.text):
                continue
            until = min(
                (p for p in map(sentence.folded.find, map(fold, others)) if p > at), default=len(sentence.folded)
            )
            numbers = {r.value.digits: r for r in registrations(sentence.folded) if at < r.start < until}
            if len(numbers) == 1:
                digits, found = next(iter(numbers.items()))
                quotes = (*mention.quotes, sentence.quote(found.start, found.end))
                return replace(mention, registration=digits, quotes=quotes)
    return mention


def _with_ours(found: list[Mention], view: ContractView, known: Known) -> list[Mention]:
    """Adds our own company where the contract names it but not as a party in a way that was recognised."""
    if len(found) >= 2 or not known.company:
        return found
    for name in known.company:
        bare = key(name)
        if any(bare in key(m.name) or key(m.name) in bare for m in found):
            return found
        for sentence in view.sentences[:200]:
            at = sentence.folded.find(fold(name))
            if at >= 0 and sentence.part not in ("mail",):
                quote = sentence.quote(at, at + len(name))
                return [*found, Mention(quote.text, (quote,), None, None, 0.5, "parties.our_company")]
    return found


def _roles(found: list[Mention], known: Known) -> list[Role]:
    """Each party's role: by what the contract calls it, by the type of contract, by who the others are."""
    kind = known.value("contract_type") or "other"
    translate: dict[Role, Role] = dict(TRANSLATE.get(kind, {}))
    if kind not in ("confidentiality", "partnership"):
        translate = {
            "receiving": translate.get("client", "client"),
            "disclosing": translate.get("supplier", "supplier"),
            **translate,
        }
    said: list[Role | None] = []
    for mention in found:
        role = mention.naming.role if mention.naming else None
        said.append(translate.get(role, role) if role else None)
    if BY_TYPE.get(kind) == ("partner", "partner"):
        one_way = {role for role in said if role in ("disclosing", "receiving")}
        if len(one_way) < 2:
            return ["partner"] * len(found)
    if kind == "employment" and (sides := _employment(found)):
        return sides
    firm = [role for mention, role in zip(found, said, strict=True) if role and mention.naming and mention.naming.firm]
    for place, mention in enumerate(found):
        if firm and (mention.naming is None or not mention.naming.firm):
            said[place] = OPPOSITE[firm[0]]
    if not any(said):
        said = _guessed(found, kind, known)
    known_role: Role = next((role for role in said if role), "other")
    return [role or OPPOSITE[known_role] for role in said]


def _employment(found: list[Mention]) -> list[Role] | None:
    """Who has a number, a legal form or a public name employs; the other is a person. None where that tells nothing."""
    bodies = [m.registration is not None or has_legal_form(m.name) or is_public(m.name) for m in found]
    if len(set(bodies)) < 2:
        return None
    return ["employer" if body else "employee" for body in bodies]


def _guessed(found: list[Mention], kind: str, known: Known) -> list[Role | None]:
    """Without any word for the roles: a public body buys, else we do, as in most portfolios, else the first named."""
    first, second = BY_TYPE.get(kind, ("client", "supplier"))
    public = [public_number(m.registration or "") or (is_public(m.name) and not has_legal_form(m.name)) for m in found]
    if any(public) and not all(public) and first == "client":
        return ["client" if is_ours else "supplier" for is_ours in public]
    ours = [any(key(name) == key(m.name) for name in known.company) for m in found]
    if sum(ours) == 1 and kind != "lease":
        return [first if is_ours else second for is_ours in ours]
    if _OFFERED.search(fold(known.value("title") or "")) and first == "client":
        first, second = second, first
    return [first if place == 0 else second for place in range(len(found))]
