"""Tokens that reading with a language model takes, the answers counted in, over those of the contract's own text; and
what asking for each theme with the full text would take.

Answers are those of a model that reads rightly, in the form that it is asked for: of the labelled portfolios, what the
labels hold; of made contracts, what the built-in reader reads.
"""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.documents.read import read as read_file
from agent.dossiers import open_file
from agent.model.client import Access, new_run
from agent.model.settings import ModelSettings
from agent.reading.llm.themes import THEMES
from agent.reading.reader import Dossier
from evals import loaders
from evals.bench import material
from evals.bench.measure import Figure
from evals.run import Read, dossier, reader
from evals.scripted.gold import GoldModel, Known
from evals.scripted.server import MODEL, Reply, ScriptedServer
from portfolio.facts import Fact
from portfolio.schema import record
from vectorstore.tokens import Counter, counter

PAGES = (2, 3, 4, 5, 10, 20, 40)
_FOLDER = Path(__file__).parents[1] / "portfolios"
SAMPLES = ("agglo", "clinique", "garrigue", "habitat", "tessier", "valmagne")


@dataclass(frozen=True)
class Taken:
    """Tokens that reading one contract took; ``instructions`` are those of the first request, schema counted in."""

    text: int
    instructions: int
    sent: int
    received: int
    requests: int

    @property
    def total(self) -> float:
        """Over the text."""
        return (self.sent + self.received) / self.text

    @property
    def by_theme(self) -> float:
        """Over the text, what a request a theme with the full text would take."""
        return (len(THEMES) * self.text + self.instructions + self.received) / self.text


def tokens(repeat: int) -> Iterator[Figure]:
    """Made contracts by length, then the sample portfolios as wholes."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for pages in PAGES:
            opened = Dossier((read_file("contrat.txt", material.contract(pages, seed=1000 * pages).text.encode()),))
            facts = reader("rules")(opened).facts
            (taken,) = _readings(GoldModel.of([_known(opened, facts)]), [opened], home)
            note = f"{_shares(taken.sent, taken.received, taken.text)} in {taken.requests} requests"
            against = f"its text (a request a theme with the full text: {taken.by_theme:.2f})"
            yield Figure("tokens", f"{pages} pages", taken.sent + taken.received, "tokens", taken.total, against, note)
        for name in SAMPLES:
            yield from _portfolio(_FOLDER / name, home)


def _portfolio(folder: Path, home: Path) -> Iterator[Figure]:
    contracts = [dossier(contract.files) for contract in loaders.labelled(folder)]
    taken = list(_readings(GoldModel([folder], open_file), contracts, home))
    text = sum(one.text for one in taken)
    sent, received = sum(one.sent for one in taken), sum(one.received for one in taken)
    by_theme = sum(one.by_theme * one.text for one in taken) / text
    yield Figure(
        "tokens",
        f"{folder.name}, {len(taken)} contracts of {round(text / len(taken))} tokens",
        sent + received,
        "tokens",
        (sent + received) / text,
        f"their text (a request a theme with the full text: {by_theme:.2f})",
        f"{_shares(sent, received, text)}; a contract {statistics.mean(one.total for one in taken):.2f} in the mean",
    )
    again = sum(one.instructions for one in taken) - max(one.instructions for one in taken)
    yield Figure(
        "tokens, the same start of requests once",
        folder.name,
        sent + received - again,
        "tokens",
        (sent + received - again) / text,
        "their text",
        "where the endpoint keeps how requests begin",
    )


def _shares(sent: int, received: int, text: int) -> str:
    return f"sent {sent / text:.2f}, received {received / text:.2f}"


def _known(opened: Dossier, facts: Sequence[Fact]) -> Known:
    """``facts`` as labels of ``opened``."""
    quotes: dict[str, str] = {}
    for fact in facts:
        quotes.setdefault(fact.field, fact.evidence[0].quote if fact.evidence else "")
        quotes.setdefault(fact.field.partition(".")[0], quotes[fact.field])
    return Known(record("contrat.txt", ((fact.field, fact.value) for fact in facts), quotes=quotes), opened)


def _readings(gold: GoldModel, contracts: Sequence[Dossier], home: Path) -> Iterator[Taken]:
    count = counter(home / "tokens")
    answers: list[str] = []

    def script(asked: dict[str, Any]) -> Reply:
        reply = gold.reply(asked)
        answers.append(reply.content)
        return reply

    with ScriptedServer(script) as server:
        read: Read = reader("llm", Access(ModelSettings(name=MODEL, url=server.url), home, run=new_run()))
        for contract in contracts:
            answers.clear()
            server.requests.clear()
            read(contract)
            text = sum(count(document.text) for document in contract.documents)
            sent = [_instructions(asked, count) + count(_message(asked, -1)) for asked in server.requests]
            first = {_message(asked, 0): _instructions(asked, count) for asked in server.requests}
            yield Taken(text, sum(first.values()), sum(sent), sum(map(count, answers)), len(sent))


def _instructions(asked: dict[str, Any], count: Counter) -> int:
    schema = json.dumps(asked["response_format"]["json_schema"]["schema"], separators=(",", ":"))
    return count(schema) + count(_message(asked, 0))


def _message(asked: dict[str, Any], number: int) -> str:
    return str(asked["messages"][number]["content"])
