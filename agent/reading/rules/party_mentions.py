"""A party as one place of a contract names it, and how a description of a party is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agent.documents.pages import Block
from agent.reading.grammar.names import has_legal_form, is_description, is_public, name_at, registrations
from agent.reading.reader import Quote
from agent.reading.rules.roles import Naming, role_of, role_of_label
from agent.reading.structure import Sentence, fold, is_blank


@dataclass(frozen=True)
class Mention:
    """A party as one place names it; ``naming`` is what that place calls it, ``quotes`` its name and its number."""

    name: str
    quotes: tuple[Quote, ...]
    naming: Naming | None
    registration: str | None
    weight: float
    """Between 0 and 1: how surely this names a party."""
    rule: str


DESCRIBES = re.compile(
    r"societe (?:par|a |anonyme|civile|en |d'|de droit|cooperative|d'economie)|au capital|dont le siege|"
    r"ayant son siege|siege social|represente|immatricul|association|collectivite|etablissement public|demeurant|"
    r"domicili|corporation|limited|organi[sz]ed|principal place|registered (?:office|in)|having (?:its|an?)|whose|"
    r"an individual|a company|siren|siret|rcs|nee? (?:le|a) |agissant|ci[- ]apres|d'une part|d'autre part|"
    r"hereinafter|residing|partnership|located at|with (?:its |an? )?(?:offices|address)"
)
"""Words that describe a party: form, capital, seat, register, representative."""


_PLAIN = re.compile(r"the (?:company|part(?:y|ies))")
_LABEL_END = re.compile(r"\s?:(?:\s|$)")
"""A line's label, not a name: `Dénomination sociale : …`."""


def cells_of(block: Block) -> Iterator[tuple[int, str]]:
    """(offset, text) of a row's cells; of any other block, its text."""
    offset = 0
    for cell in block.cells:
        yield offset, cell
        offset += len(cell) + 1


def described(
    text: str,
    start: int,
    sentence: Sentence,
    naming: Naming | None,
    weight: float,
    rule: str,
    more: Iterable[tuple[str, Quote]] = (),
) -> Mention | None:
    """The party described by ``text``, which begins at ``start`` of the sentence; ``more``: numbers found elsewhere."""
    found = name_at(text)
    if found is None or is_blank(found.value) or is_description(found.value) or is_word_for_party(found.value):
        return None
    if _LABEL_END.match(text, found.end) and not (has_legal_form(found.value) or is_public(found.value)):
        return None
    quotes = [sentence.quote(start + found.start, start + found.end)]
    number: str | None = None
    for registration in registrations(fold(text)):
        number = registration.value.digits
        quotes.append(sentence.quote(start + registration.start, start + registration.end))
        break
    else:
        for number, quote in more:  # noqa: B007 - the first one is taken
            quotes.append(quote)
            break
    return Mention(found.value, tuple(quotes), naming, number, weight, rule)


def is_word_for_party(name: str) -> bool:
    """`le Client` is no name, nor `the Coordinator and the Foundation`; `Ville de Pau` is."""
    parts = re.split(r"\s+(?:et|and)\s+|\s*/\s*", name)
    told = [
        role_of(part) is not None or role_of_label(part) is not None or _PLAIN.fullmatch(fold(part)) is not None
        for part in parts
    ]
    return all(told) or (any(told) and " and " in name)
