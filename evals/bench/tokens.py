"""Tokens that reading with a language model takes, over those of the contract's own text; and what asking for each
theme with the full text would take."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agent.documents.read import read as read_file
from agent.dossiers import open_file
from agent.model.client import Access, new_run
from agent.model.settings import ModelSettings
from agent.reading.llm.themes import THEMES
from agent.reading.reader import Dossier
from evals.bench import material
from evals.bench.measure import Figure
from evals.run import dossier, reader
from evals.scripted.gold import GoldModel
from evals.scripted.server import MODEL, Reply, ScriptedServer
from vectorstore.tokens import counter

PAGES = (5, 10, 20, 40)
SAMPLES = Path(__file__).parents[1] / "portfolios"
EMPTY: dict[str, Any] = {"facts": [], "more": False}


def tokens(repeat: int) -> Iterator[Figure]:
    """Tokens sent, instructions and schema counted in, of made contracts by length; and, with the answers from their
    labels, of the sample portfolios."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        count = counter(home / "tokens")

        def weigh(asked: dict[str, Any]) -> int:
            schema = json.dumps(asked["response_format"]["json_schema"]["schema"], separators=(",", ":"))
            return count(schema) + sum(count(message["content"]) for message in asked["messages"])

        def nothing(asked: dict[str, Any]) -> Reply:
            parts = asked["response_format"]["json_schema"]["schema"]["properties"]
            return Reply(json.dumps({part: EMPTY[part] for part in parts}))

        with ScriptedServer(nothing) as server:
            read = reader("llm", Access(ModelSettings(name=MODEL, url=server.url), home, run=new_run()))
            for pages in PAGES:
                text = material.contract(pages, seed=1000 * pages).text
                server.requests.clear()
                read(Dossier((read_file("contrat.txt", text.encode()),)))
                own, sent = count(text), sum(map(weigh, server.requests))
                overhead = min(map(weigh, server.requests)) if len(server.requests) > 1 else sent - own
                against = f"its text ({len(server.requests)} requests; full text a theme: {_full(own, overhead):.2f})"
                yield Figure("tokens sent", f"{pages} pages", float(sent), "tokens", sent / own, against)
        yield from _samples(home, weigh)


def _full(own: int, overhead: int) -> float:
    """What one request a theme with the full text would send, over the text; ``overhead`` of all themes at once."""
    return (len(THEMES) * own + overhead) / own


def _samples(home: Path, weigh: Any) -> Iterator[Figure]:
    count = counter(home / "tokens")
    folder = SAMPLES / "valmagne"
    gold = GoldModel([folder], open_file)
    answered: list[str] = []

    def script(asked: dict[str, Any]) -> Reply:
        reply = gold.reply(asked)
        answered.append(reply.content)
        return reply

    with ScriptedServer(script) as server:
        read = reader("llm", Access(ModelSettings(name=MODEL, url=server.url), home, run=new_run()))
        from evals import loaders

        texts = 0
        for contract in loaders.labelled(folder):
            opened = dossier(contract.files)
            texts += sum(count(document.text) for document in opened.documents)
            read(opened)
        first = {asked["messages"][0]["content"]: asked for asked in server.requests}.values()
        anew = sum(map(weigh, first)) + sum(
            count(asked["messages"][-1]["content"]) for asked in server.requests if asked not in first
        )
        note = "two pages each, instructions and schema counted in"
        for name, tokens, said in (
            ("sent", sum(map(weigh, server.requests)), note),
            ("sent, not the same start as before", anew, "what endpoints keep of instructions counted once"),
            ("received", sum(map(count, answered)), ""),
        ):
            case = f"{folder.name}, samples"
            yield Figure(
                f"tokens {name}", case, float(tokens), "tokens", tokens / texts, f"its text; {said}".rstrip("; ")
            )
