"""How long questions on a whole portfolio take, without a model and with one: `python -m evals.bench --measure ask`.

It is only measured when asked for: filling the vector index of half a million passages takes longer than all the rest.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from agent.chat.actions import ActionDesk
from agent.chat.chat import Chat
from agent.chat.graph import Conversation, checkpoints
from agent.chat.plan import QueryPlan, Subject
from agent.chat.planners.schema import SaidPlan
from agent.chat.shelf import shelf
from agent.chat.talk import TalkStore
from agent.model.client import Access, ModelClient
from agent.model.settings import ModelSettings
from evals.bench import registers, texts
from evals.bench.measure import Figure
from evals.scripted.server import MODEL, Reply, ScriptedServer
from portfolio.register.store import Register
from vectorstore.passages import Passages

CONTRACTS, EACH = 10_000, 50
"""Contracts, and passages of each."""
BOUND = 1.0
"""Seconds in which 95 of 100 questions have to be answered."""
FIRST = 0.3
"""Seconds beyond the model's own in which the first word has to be there."""
_MODEL = 0.5
"""Seconds that the scripted model takes."""
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
    "quels contrats de maintenance à Toulouse finissent en 2028 ?",
    "which supplier must send an insurance certificate for contract GHVE-2024-00004?",
    "how much do we pay per year for security?",
    "is contract GHVE-2023-00031 still running?",
    "combien de contrats sont expirés ?",
    "le contrat GHVE-2021-00022 parle-t-il de sous-traitance ?",
    "quels contrats n'ont pas de reconduction ?",
    "répartition des contrats par ville",
    "what does contract GHVE-2022-00051 say about confidentiality?",
    "quelle est la prochaine révision de prix du contrat GHVE-2020-00063 ?",
    "comparez les montants annuels de GHVE-2020-00007 et GHVE-2021-00015",
    "when can we terminate contract GHVE-2024-00018 at the earliest?",
    "quel est le numéro de téléphone du chef de chantier du contrat GHVE-2020-00042 ?",
    "which contracts mention penalties?",
)


def ask(contracts: int = CONTRACTS, each: int = EACH) -> Iterator[Figure]:
    """Seconds until the portfolio is there, and for a question of any kind once it is."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        registers.fill(home, contracts)
        made = texts.fill(home, _PORTFOLIOS, contracts * each)
        yield from of(home, contracts, made)


def of(home: Path, contracts: int, passages: int) -> Iterator[Figure]:
    """The same over a register and passages that are there, whose vectors are the bundled model's, copied with a little
    noise. Where other programs run too, the processor's time says
    more than the clock's: both are given."""
    case = f"{contracts} contracts, {passages} passages"
    with Register.open(home) as register, Passages.open(home) as store:
        opened, used = _spent(lambda: Chat(register, store, _AS_OF))
        yield Figure("ask", f"the first question's wait for the contracts, {case}", opened, "s", note=_cpu(used))
        warmed, used = _spent(lambda: shelf(register, store).warm(_AS_OF))
        yield Figure("ask", f"made ready beside the first questions, {case}", warmed, "s", note=_cpu(used))
        taken = [_spent(lambda: Chat(register, store, _AS_OF).ask(question)) for question in QUESTIONS]  # noqa: B023
        clock, cpu = zip(*taken, strict=True)
        median = statistics.median(clock)
        yield Figure("ask", f"a question, median, {case}", median, "s", note=_cpu(statistics.median(cpu)))
        slow = _late(clock)
        yield Figure(
            "ask", f"a question, 95th percentile, {case}", slow, "s", slow / BOUND, "its bound", _cpu(_late(cpu))
        )
        yield from _with_model(home, register, store, case)


def _with_model(home: Path, register: Register, store: Passages, case: str) -> Iterator[Figure]:
    """Until the first word of an answer that a model plans, beyond the time that the model takes."""

    subject = Subject(types=("insurance",))
    plan = QueryPlan(language="fr", operation="count", answer="count", topics=("contracts",), subject=subject)
    reply = Reply(SaidPlan.of(plan).model_dump_json(), delay=_MODEL)
    with ScriptedServer(lambda _: reply) as server, checkpoints(home) as saver, tempfile.TemporaryDirectory() as folder:
        talks = TalkStore(Path(folder), None)
        access = Access(ModelSettings(name=MODEL, url=server.url), Path(folder))
        client = ModelClient(access)

        def first(question: str, session: str) -> tuple[float, float]:
            clock, cpu = time.perf_counter(), time.process_time()
            chat = Chat(register, store, _AS_OF, client=client)
            talk = Conversation(chat, ActionDesk(register, home, _AS_OF, "fr"), talks, saver)
            events = talk.stream(question, session, "bench")
            next(event for event in events if event.text)
            spent = time.perf_counter() - clock, time.process_time() - cpu
            list(events)
            return spent

        first("combien de contrats d'assurance avons-nous ?", "warm")
        taken = [first(question, f"s{n}") for n, question in enumerate(QUESTIONS)]
        asked = len(server.requests) - 1
        own = [clock - _MODEL for clock, _ in taken]
        slow = _late(own)
        note = f"{_cpu(_late([cpu for _, cpu in taken]))}; the model was asked {asked} times"
        yield Figure("ask", f"first word after the model's own, median, {case}", statistics.median(own), "s")
        yield Figure(
            "ask",
            f"first word after the model's own, 95th percentile, {case}",
            slow,
            "s",
            slow / FIRST,
            "its bound",
            note,
        )
        talks.close()


def _late(taken: Sequence[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _spent(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the clock and of the processor."""
    clock, cpu = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - clock, time.process_time() - cpu


def _cpu(seconds: float) -> str:
    return f"processor: {seconds:.2f} s"
