"""Sums in tables: which columns and rows hold key amounts, and what their heads say of them.

A table without recognised heads has them in its first row where that row has no number; three sums in a row of which
the third is the sum of the others are without tax, the tax, and with tax.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from agent.reading.grammar import money
from agent.reading.grammar.found import Found
from agent.reading.grammar.money import Money
from agent.reading.grammar.numbers import DIGITS, digits
from agent.reading.rules.finding import said
from agent.reading.rules.topics import Line
from agent.reading.structure import Sentence, fold
from portfolio.schema import Tax


@dataclass(frozen=True, slots=True)
class Entry:
    """A sum of a table. ``start`` and ``end`` are offsets into ``row``; ``label`` and ``head`` are as written."""

    row: Sentence
    heading: str
    label: str
    head: str
    found: Found[Money]
    tax: Tax | None
    is_unit: bool
    """A column of prices a unit, beside none of totals."""
    rows: int
    """How many rows of the table hold sums."""


_OLD = re.compile(r"\b(?:avant|ancien(?:ne)?s?|actuel(?:le)?s?|precedent(?:e|es|s)?|anterieur|previous|before|"
                  r"current|old|"
                  r"remplace|d'origine)\b")  # fmt: skip
_NO_SUM = re.compile(r"franchise|penalit|malus|credit\b|deductible|ecart|difference|(?:montant (?:de (?:la )?)?|"
                     r"taux )?"
                     r"(?<!hors )(?<!avec )\b(?:t\.?v\.?a|vat)\b(?!.{0,3}compris)(?! inclu)|\btaxes?$|"
                     r"capita")  # fmt: skip
_UNIT = re.compile(r"unitaire|\bunit\b|\bp\.?u\.?\b|prix par|/|par (?:vehicule|poste|mois et)")
_TOTAL = re.compile(r"\btotal|montant|ensemble|forfait|annuel|mensuel|sous-total|amount")
_PRICED = re.compile(r"\b(?:h\.?t|ttc|prix|tarif|montant|loyer|forfait|rate|price|amount|fee)\b|€")
_NUMBERED = re.compile(r"(?:lot|tranche|phase|bloc)s?(?: n\s?°)?|n\s?° (?:de |du )?lot")
_WORD = re.compile(r"[^\W\d_]{2}|€")
_BARE = re.compile(rf"\s*(?P<number>{DIGITS})\s*(?:h\.?t\.?|t\.?t\.?c\.?)?\s*")
_RATES = (1.2, 1.1, 1.055, 1.085, 1.021)


def entries(lines: Iterable[Line]) -> Iterator[Entry]:
    """The sums in the tables among ``lines``, without columns of tax, of old values and of deductibles."""
    title = ""
    for is_row, group in groupby(lines, key=lambda line: line[0].block.kind == "table_row"):
        run = list(group)
        if not is_row:
            title = run[-1][1][-120:]
            continue
        for _, same in groupby(run, key=lambda line: (id(line[0].clause), len(line[0].block.cells))):
            yield from _table(list(same), title)


def _table(rows: list[Line], title: str) -> Iterator[Entry]:
    first = rows[0][0].block
    heads = next((line[0].block.heads for line in rows if line[0].block.heads), ())
    is_head = len(first.cells) > 2 or _PRICED.search(fold(first.cells[-1]))
    if not heads and len(rows) > 1 and is_head and all(map(_WORD.search, first.cells)):
        heads = first.cells if not money.find(rows[0][1]) else ()
    folded = [fold(head) for head in heads]
    has_totals = any(_TOTAL.search(head) for head in folded[1:])
    read = [(line, list(_sums(line[0], folded, title))) for line in rows]
    count = sum(1 for _, sums in read if sums)
    for (row, _, heading), sums in read:
        label = next((cell.strip() for cell in row.block.cells if re.search(r"[^\W\d_]{2}|[A-Z]\d", cell)), "")
        if folded and _NUMBERED.fullmatch(folded[0]) and row.block.cells[0].strip() not in ("", label):
            label = f"{heads[0].strip()} {row.block.cells[0].strip()} {label}"
        by_sum = _by_arithmetic([found.value for _, found in sums])
        for index, (column, found) in enumerate(sums):
            head = folded[column] if column < len(folded) else ""
            tax = by_sum.get(index, found.value.tax)
            if by_sum and index not in by_sum:
                continue
            if _NO_SUM.search(head) or (column and _OLD.search(head)):
                continue
            unit = bool(_UNIT.search(head)) and not _TOTAL.search(head)
            if unit and has_totals:
                continue
            yield Entry(row, heading, label, heads[column].strip() if head else "", found, tax, unit, count)


def _sums(row: Sentence, heads: list[str], title: str) -> Iterator[tuple[int, Found[Money]]]:
    """(column, sum); a bare number counts where its column's head, or the words above, name the currency."""
    text, offset = said(row), 0
    found = money.find(text)
    for column, cell in enumerate(row.block.cells):
        end = offset + len(cell)
        inside = [item for item in found if offset <= item.start < end]
        yield from ((column, item) for item in inside)
        head = heads[column] if column < len(heads) else ""
        currency = money.currency_in(head) or (
            money.currency_in(title) if re.search(r"montant|prix|\bht\b|ttc|amount|price", head) else None
        )
        match = _BARE.fullmatch(text[offset:end]) if column and currency and not inside else None
        value = digits(match["number"]) if match else None
        if match and value is not None and currency:
            start = offset + match.start("number")
            sum_ = Money(value, currency, money.tax_of(text[offset:end]))
            yield column, Found(sum_, start, start + len(match["number"]))
        offset = end + 1


def _by_arithmetic(sums: list[Money]) -> dict[int, Tax]:
    """Tax by position, where the sums of a row add up: (100, 20, 120), or (100, 120)."""
    values = [float(item.value) for item in sums]
    if any(item.tax for item in sums):
        return {}
    if len(values) == 3 and abs(values[0] + values[1] - values[2]) < 0.02 and values[1] < 0.3 * values[0]:
        return {0: "excl", 2: "incl"}
    if len(values) == 2 and values[0] and any(abs(values[1] / values[0] - rate) < 0.0002 for rate in _RATES):
        return {0: "excl", 1: "incl"}
    return {}
