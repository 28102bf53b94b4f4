"""How long questions on a whole portfolio take without a model: `python -m evals.bench --measure ask`.

It is only measured when asked for: filling the vector index of half a million passages takes longer than all the rest.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from agent.chat.chat import Chat
from evals.bench import registers, texts
from evals.bench.measure import Figure
from portfolio.register.store import Register
from vectorstore.passages import Passages

CONTRACTS, EACH = 10_000, 50
"""Contracts, and passages of each."""
BOUND = 1.0
"""Seconds in which 95 of 100 questions have to be answered."""
_AS_OF = date(2026, 11, 25)
_PORTFOLIOS = Path(__file__).parents[1] / "portfolios"
QUESTIONS = (
    "Quels contrats arrivent à échéance avant fin mars ?",
    "combien de contrats de nettoyage avons-nous ?",
    "on paie combien par an pour le nettoyage ?",
    "quel est le contrat le plus cher ?",
    "combien de contrats par type ?",
    "quels contrats à Lyon se renouvellent tacitement ?",
    "which contracts expire in 2027?",
    "how many contracts do we have in Rennes?",
    "what is the notice period of contract GHVE-2023-00010?",
    "quand finit le contrat GHVE-2021-00400 ?",
    "quel est le préavis du contrat GHVE-2022-00275 ?",
    "quel est le montant annuel du contrat GHVE-2020-00007 ?",
    "le contrat GHVE-2024-00200 est-il en tacite reconduction ?",
    "qui est le titulaire du contrat GHVE-2022-00100 ?",
    "le contrat GHVE-2020-00014 prévoit-il un plafond de responsabilité ?",
    "que dit le contrat GHVE-2021-00015 sur les pénalités de retard ?",
    "combien d'avenants a le contrat GHVE-2023-00178 ?",
    "quels contrats sont indexés sur le SYNTEC ?",
    "quels contrats prévoient plus de 45 jours de paiement ?",
    "quels contrats avons-nous avec Fournisseur 12 ?",
    "total annuel des contrats de sécurité à Nantes ?",
    "quels préavis faut-il donner d'ici le 31 décembre ?",
    "who must send us a certificate this month?",
    "quel tribunal est compétent pour le contrat GHVE-2025-00019 ?",
    "quels contrats parlent de protection des données personnelles ?",
    "quelle est la durée moyenne des contrats ?",
    "résume le contrat GHVE-2022-00002",
    "confirme l'alerte de préavis du contrat GHVE-2023-00003",
    "supprime tous les contrats",
    "quelle est la capitale de l'Italie ?",
)


def ask(contracts: int = CONTRACTS, each: int = EACH) -> Iterator[Figure]:
    """Seconds until the portfolio is there, and for a question of any kind once it is."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        registers.fill(home, contracts)
        made = texts.fill(home, _PORTFOLIOS, contracts * each)
        yield from of(home, contracts, made)


def of(home: Path, contracts: int, passages: int) -> Iterator[Figure]:
    """The same over a register and passages that are there."""
    case = f"{contracts} contracts, {passages} passages"
    note = "vectors: the bundled model's, copied with a little noise"
    with Register.open(home) as register, Passages.open(home) as store:
        started = time.perf_counter()
        chat = Chat(register, store, _AS_OF)
        opened = time.perf_counter() - started
        yield Figure("ask", f"the portfolio made ready, {case}", opened, "s")
        store.search("nettoyage")
        taken = sorted(_seconds(chat, question) for question in QUESTIONS)
        yield Figure("ask", f"a question, median, {case}", statistics.median(taken), "s", note=note)
        slow = statistics.quantiles(taken, n=20)[-1]
        yield Figure("ask", f"a question, 95th percentile, {case}", slow, "s", slow / BOUND, "its bound")


def _seconds(chat: Chat, question: str) -> float:
    started = time.perf_counter()
    chat.ask(question)
    return time.perf_counter() - started
