"""Asks a language model what a contract says to columns: one request a contract, over the passages that matter."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agent.columns.proof import proven
from agent.columns.schemas import given, together
from agent.model.client import ModelClient
from agent.model.errors import ModelError
from agent.model.masking import Mask
from agent.model.request import Request
from agent.reading.reader import Dossier
from portfolio.columns.records import Answer, Column
from prompts.loader import load

NAME = "llm"
AT_ONCE = 12
"""Columns asked for in one request."""
_ANSWER = 160
"""Tokens that one column's answer takes at most."""

_KINDS = {
    "fr": {
        "text": "texte", "yes_no": "oui ou non", "date": "date", "amount": "montant", "percent": "pourcentage",
        "duration": "durée", "choice": "une des options",
    },
    "en": {
        "text": "text", "yes_no": "yes or no", "date": "date", "amount": "amount", "percent": "percentage",
        "duration": "duration", "choice": "one of the options",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A contract to ask about: its documents, the text sent, its language, and the names in it to mask."""

    subject: str
    dossier: Dossier
    text: str
    language: str
    names: tuple[str, ...] = ()


@dataclass
class Told:
    """``answers`` by column key, of those that the model answered and proved or left open; ``refused``: why a value was
    not taken, by column key; ``problem``: why there is no answer at all to some."""

    answers: dict[str, Answer] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    problem: ModelError | None = None


def ask(client: ModelClient, asked: Asked, columns: Sequence[Column]) -> Told:
    """What the model answers to ``columns``; never raises for what it or the endpoint does."""
    told = Told()
    for start in range(0, len(columns), AT_ONCE):
        batch = columns[start : start + AT_ONCE]
        request = _request(asked, batch)
        try:
            answer = client.ask(request, request.schema, Mask(asked.names, active=client.settings.mask)).value
        except ModelError as error:
            told.problem = error
            continue
        for number, column in enumerate(batch, 1):
            said = getattr(answer, f"c{number}")
            if said is None:
                told.answers[column.key] = Answer(reader=NAME, rule=request.prompt)
                continue
            found = proven(column, given(column, said), said.quote, asked.dossier, NAME, request.prompt)
            if isinstance(found, Answer):
                told.answers[column.key] = found
            else:
                told.refused[column.key] = found
    return told


def label(language: str) -> str:
    """Name and version of the prompt."""
    return load("columns", language).label


def _request(asked: Asked, columns: Sequence[Column]) -> Request:
    language = asked.language if asked.language in _KINDS else "en"
    prompt = load("columns", language)
    lines = "\n".join(_line(number, column, _KINDS[language]) for number, column in enumerate(columns, 1))
    boundary = f"=== {hashlib.sha256(asked.text.encode()).hexdigest()[:12]} ==="
    return Request(
        subject=asked.subject,
        prompt=prompt.label,
        system=prompt.render(boundary=boundary, columns=lines),
        user=f"{boundary}\n{asked.text}\n{boundary}",
        schema=together(columns),
        max_output=200 + _ANSWER * len(columns),
    )


def _line(number: int, column: Column, kinds: Mapping[str, str]) -> str:
    options = f" : {' | '.join(column.choices)}" if column.choices else ""
    return f"- c{number} ({kinds[column.kind]}{options}) : {column.words}"
