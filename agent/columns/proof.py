"""Whether the words that a model quotes stand in the contract and say its value; refused where they do not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from agent.columns.lexicon import blanked, subject
from agent.reading.locate import locate
from agent.reading.reader import Dossier, Quote
from agent.reading.sameness import letters
from agent.reading.support import contradiction
from agent.reading.text import fold
from portfolio.columns.records import Answer, Column, Kind
from portfolio.errors import InvalidValue

PROVEN, JUDGED, APART = 0.9, 0.8, 0.5
"""Confidence of a value that its words say; of a judgement about words that speak of the column; of one about words
that share none of the column's."""
LIKE_FIELD: Mapping[Kind, str] = {
    "date": "end_date",
    "amount": "amounts",
    "percent": "price_revision.cap_percent",
    "duration": "notice_period",
}
"""The field of the record whose check a kind's values go through."""


def proven(column: Column, value: Any, quote: str, dossier: Dossier, reader: str, rule: str) -> Answer | str:
    """The answer with its evidence; or why it is refused, in a few words."""
    try:
        typed = column.validate(value)
    except InvalidValue as error:
        return str(error)
    place = locate(Quote(quote), dossier)
    if place is None:
        return "its words are not in the contract"
    refused = _unsaid(column, typed, place.quote)
    if refused is not None:
        return refused
    facets = subject(column.words).facets
    near = any(facet.cues.search(blanked(fold(place.quote))) for facet in facets)
    judged = column.kind in ("yes_no", "choice")
    sure = (JUDGED if near else APART) if judged else PROVEN
    return Answer(typed, (place,), sure, reader, rule)


def _unsaid(column: Column, value: Any, words: str) -> str | None:
    field = LIKE_FIELD.get(column.kind)
    if field is not None:
        return contradiction(field, value, words)
    if column.kind == "text" and letters(value) not in letters(words):
        return "it is not what its words say"
    if column.kind == "choice" and not set(re.findall(r"\d+", value)) <= set(re.findall(r"\d+", words)):
        return "its words do not hold its figures"
    return None
