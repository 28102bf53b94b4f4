"""How many of a thing a contract's own words count: the number that stands with its noun, a table's column of
quantities, or the rows of the table that lists such things. A number that stands with another noun is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from agent.chat.clauses import Line, lines_of
from agent.chat.holdings import Held
from agent.chat.matching import coverage, likeness
from agent.chat.planners.counting import Thing
from agent.reading.grammar import numbers
from agent.reading.text import fold
from vectorstore.keywords import STOP_WORDS

_NUMBER = re.compile(
    rf"(?<![\w.,/°-])(?P<number>\d{{1,3}}(?:[ \u202f\u00a0]\d{{3}})+|\d+|{numbers.WORDS})"
    r"(?![\w.,/%€])\)?(?=\s+[a-z])(?P<after>[^\n\t.;:!?]*)"
)
_BEFORE = re.compile(
    r"(?:article|art|annexe|clause|lot|n|no|numero|plus|moins|au dela|excede\w*|depass\w*|par|chaque|tranche|than|over|"
    r"above|beyond|exceed\w*|per|every|each|schedule|section|phase|jour|groupe|tous les|toutes les)"
    r"(?: (?:de|d|des|les))?$"
)
"""What makes of a number a threshold, a step or a name: `au-delà de 50 utilisateurs`, `article 5`."""
_BETWEEN = re.compile("de|d|du|des|par|pour|a|au|aux|of|per|in|on|for|from|et|and|ou|or|dont|que|qui")
"""Words after which a noun is no longer the one that the number counts."""
_REACH = 4
"""Words between a number and its noun at most, the noun counted in; of English and French adjectives before it."""
_BESIDE = 5
"""Words after the noun in which what qualifies it stands: `points de livraison`, `postes téléphoniques`."""
_QUANTITY = re.compile(
    r"\b(?:nombre|nb|nbre|quantites?|qte|qtes|qty|quantity|quantities|number|effectif|unites|units)\b"
)
_TOTAL = re.compile(r"^\W*(?:sous )?(?:total\w*|ensemble|au total|en tout|all|overall|somme)\b")
_WHOLE = re.compile(r"\d{1,3}(?:[ \u202f\u00a0]\d{3})+|\d{1,6}")
_ADDS = re.compile(
    r"\b(?:s ajoute\w*|ajout\w*|supplementaires?|en plus|additional|added|further|extra|entrent|integr\w*)\b"
)
_ASKS_TOTAL = re.compile(r"\b(?:en tout|au total|total\w*|altogether|overall|in all|combined)\b")
_LABELS = {
    "stagiaires": ("public", "effectif", "participants"),
    "participants": ("public", "effectif"),
    "trainees": ("public", "audience"),
    "salaries": ("effectif",),
}
"""What a form's line calls those whom it counts."""


@dataclass(frozen=True)
class Count:
    """A number with the lines that give it; ``sure``: it stands with the noun itself, no other number does."""

    value: int
    lines: tuple[Line, ...]
    sure: bool = True


def count_of(held: Held, thing: Thing, question: str) -> Count | None:
    """How many of ``thing`` there are by the last document that tells; None: no number stands with it."""
    asked = fold(question)
    later = 0
    lines = lines_of(held.passages)
    for contract in reversed(held.all):
        own = [line for line in lines if line.passage.contract == contract.id]
        found = _column(own, thing, asked) or _stated(own, thing, asked) or _rows(own, thing)
        if found is None:
            continue
        if contract.id != held.all[0].id and any(_ADDS.search(fold(line.text)) for line in found.lines):
            later += found.value
            continue
        return Count(found.value + later, found.lines, found.sure and not later)
    return None


def _names(thing: Thing, text: str) -> bool:
    """Whether a text has the noun, and all that its phrase ties to it."""
    return likeness(thing.noun, text) > 0.75 and all(likeness(word, text) for word in thing.of)


def _tables(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    for (_, heads), rows in groupby(lines, key=lambda line: (line.passage.id, line.heads)):
        if heads:
            yield tuple(rows)


def _heading(line: Line) -> str:
    return line.passage.path[-1] if line.passage.path else line.passage.headline


def _whole(cell: str) -> int | None:
    return int(re.sub(r"\s", "", cell)) if _WHOLE.fullmatch(cell) else None


def _column(lines: Sequence[Line], thing: Thing, asked: str) -> Count | None:
    """Of a table with a column of quantities: its total's, else the sum of the rows that are of such things."""
    for rows in _tables(lines):
        heads = rows[0].heads
        named = [n for n, head in enumerate(heads) if n and _names(thing, head)]
        counting = [n for n, head in enumerate(heads) if n and _QUANTITY.search(fold(head))]
        about = _names(thing, _heading(rows[0])) or _names(thing, heads[0])
        body = [row for row in rows if not _TOTAL.match(fold(row.text))]
        total = [row for row in rows if _TOTAL.match(fold(row.text))]
        columns = named if named else counting if len(counting) == 1 else []
        if len(columns) != 1:
            continue
        at = columns[0]
        if not named and not about:
            total, body = [], [row for row in body if _names(thing, row.cells[0])]
        placed = [] if _ASKS_TOTAL.search(asked) else [row for row in body if coverage(thing.near, row.cells[0])]
        for chosen in (placed if len(placed) == 1 else [], total[-1:], body):
            values = [_whole(row.cells[at]) if len(row.cells) > at else None for row in chosen]
            if values and all(v is not None for v in values):
                return Count(sum(v for v in values if v is not None), tuple(chosen), sure=len(placed) != 1)
    return None


def _stated(lines: Sequence[Line], thing: Thing, asked: str) -> Count | None:
    """The number that a sentence, a cell or a form's line puts before the noun, or after its label."""
    found: list[tuple[float, int, Line]] = []
    words = [w for w in thing.near if w not in STOP_WORDS]
    for line in lines:
        near = coverage(words, f"{line.text} {line.passage.headline}")
        found += [(near, value, line) for value in _in_line(line, thing)]
    if not found:
        return None
    best = max(score for score, _, _ in found)
    top = [(value, line) for score, value, line in found if score == best]
    values = list(dict.fromkeys(value for value, _ in top))
    if len(values) > 1 and _ASKS_TOTAL.search(asked):
        largest = max(values)
        parts = sum(values) - largest
        total = largest if parts == largest or any(_TOTAL.search(fold(line.text)) for _, line in top) else sum(values)
        return Count(total, tuple(line for _, line in top[:4]), sure=False)
    return Count(values[0], (top[0][1],), sure=len(values) == 1)


def _in_line(line: Line, thing: Thing) -> Iterator[int]:
    text = fold(line.text)
    for match in _NUMBER.finditer(text):
        value = _value(match["number"])
        before = re.sub(r"\W+", " ", text[max(0, match.start() - 24) : match.start()]).strip()
        if value is None or _BEFORE.search(before):
            continue
        if match["number"] in ("un", "une", "one") or not _counts(re.findall(r"[a-z]+", match["after"]), thing):
            continue
        yield value
    label = re.match(r"\W*(?P<label>[^\t:]{3,60})[\t:]\s*(?P<number>\d{1,6})(?![\d.,/%€])(?P<unit>[^\t\n]{0,30})", text)
    if label and "date" not in label["label"]:
        of_label = _names(thing, label["label"])
        known = any(re.search(rf"\b{word}\b", label["label"]) for word in _LABELS.get(thing.noun, ()))
        bare = not re.search(r"[a-z€%]", label["unit"])
        if (of_label and bare) or (known and not _counts(re.findall(r"[a-z]+", label["unit"]), thing)):
            yield int(label["number"])


def _value(written: str) -> int | None:
    return int(re.sub(r"\D", "", written)) if written[0].isdigit() else numbers.words(written)


def _counts(after: Sequence[str], thing: Thing) -> bool:
    """Whether the words after a number are of the thing: its noun before any preposition, and beside it what its
    phrase ties to it."""
    for n, word in enumerate(after[:_REACH]):
        if _BETWEEN.fullmatch(word):
            return False
        if likeness(thing.noun, word) > 0.75:
            beside = " ".join(after[: n + 1 + _BESIDE])
            return all(likeness(w, beside) for w in thing.of)
    return False


def _rows(lines: Sequence[Line], thing: Thing) -> Count | None:
    """The rows of the table that lists such things: under their name as heading or first head; else those of one table
    whose first cell has one of the phrase's words."""
    for rows in _tables(lines):
        body = tuple(row for row in rows if not _TOTAL.match(fold(row.text)))
        if _names(thing, rows[0].heads[0]) or _names(thing, _heading(rows[0])):
            return Count(len(body), body)
    for rows in _tables(lines):
        like = tuple(row for row in rows if thing.of and any(likeness(w, row.cells[0]) > 0.75 for w in thing.of))
        if len(like) > 1 and any(likeness(thing.noun, row.cells[0]) > 0.75 for row in like):
            return Count(len(like), like, sure=False)
    return None
