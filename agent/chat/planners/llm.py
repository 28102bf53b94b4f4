"""Plans by asking a language model, which sees the question, the plan before it and the portfolio's vocabulary: no text
of any contract. What it says is checked against the register; where it cannot be used the built-in planner's plan is
taken, and the answer says so."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from agent.chat.holdings import Held, Holdings
from agent.chat.plan import QueryPlan, Subject
from agent.chat.planners.rules import RulesPlanner
from agent.chat.planners.schema import SaidPlan
from agent.chat.planners.vocabulary import Vocabulary
from agent.model.client import ModelClient
from agent.model.errors import ModelError
from agent.model.masking import Mask
from agent.model.request import Request
from portfolio.folding import fold
from portfolio.names import company_key
from portfolio.words.phrases import Phrase, phrase
from prompts.loader import load

MAX_OUTPUT = 1_500
LONGEST = 800
"""Characters of a question that are looked at."""
_SURE = 0.8
"""Confidence from which the built-in planner is believed that a question is one that contracts answer."""


class UnusablePlan(ValueError):
    """A model's plan that names what the register or the question does not have."""


@dataclass(frozen=True)
class Planned:
    """A plan, who made it, and why not the model where it was asked in vain."""

    plan: QueryPlan
    by: Literal["model", "rules"]
    note: Phrase | None = None


class ModelPlanner:
    """Plans questions on one portfolio through ``client``; ``rules`` is what it falls back to."""

    def __init__(self, client: ModelClient, holdings: Holdings, vocabulary: Vocabulary, rules: RulesPlanner) -> None:
        # LangChain takes seconds to load; the first question should not wait for it
        threading.Thread(target=import_module, args=("agent.model.endpoint",), daemon=True).start()
        self._client = client
        self._holdings = holdings
        self._vocabulary = vocabulary
        self._rules = rules

    def plan(self, text: str, previous: QueryPlan | None = None) -> Planned:
        """The plan of a question. Never raises for what the model or the endpoint does."""
        own = self._rules.plan(text, previous)
        if own.operation == "refuse" and own.reason in ("injection", "not_allowed"):
            return Planned(own, "rules")
        try:
            said = self._asked(text, own, previous)
            return Planned(self._checked(said, own, text), "model")
        except ModelError as error:
            return Planned(own, "rules", phrase("planning.no_answer", why=str(error)))
        except UnusablePlan:
            return Planned(own, "rules", phrase("planning.unusable"))

    def _asked(self, text: str, own: QueryPlan, previous: QueryPlan | None) -> SaidPlan:
        near = self._vocabulary.near(text, previous.subject.contracts if previous else ())
        known = {held.stem for held in near}
        before = previous if previous and known.issuperset(previous.subject.contracts) else None
        question = " ".join(text[:LONGEST].split())
        boundary = f"=== {hashlib.sha256(f'{question}{self._vocabulary.lines(near)}'.encode()).hexdigest()[:12]} ==="
        prompt = load("plan", own.language)
        parts = (
            self._vocabulary.lines(near),
            SaidPlan.of(before).model_dump_json() if before else "null",
            question,
        )
        request = Request(
            subject=hashlib.sha256(question.encode()).hexdigest(),
            prompt=prompt.label,
            system=prompt.render(boundary=boundary, today=self._holdings.as_of.isoformat()),
            user="\n".join((boundary, *(f"{part}\n{boundary}" for part in parts))),
            schema=SaidPlan,
            max_output=min(MAX_OUTPUT, self._client.settings.max_output),
        )
        names = [name for held in near for name in held.others] + sorted(self._holdings.our_names)
        return self._client.ask(request, SaidPlan, Mask(names, active=self._client.settings.mask)).value

    def _checked(self, said: SaidPlan, own: QueryPlan, text: str) -> QueryPlan:
        """The plan that ``said`` stands for. Raises UnusablePlan."""
        words = set(fold(text).split())
        self._acting(said, own, text)
        if said.operation == "refuse" and said.reason is None:
            raise UnusablePlan("a refusal without reason")
        if said.operation == "refuse" and own.operation != "refuse" and own.confidence >= _SURE:
            raise UnusablePlan("the question is one that contracts answer")
        subject = self._subject(said, own, words)
        plan = said.plan(own, subject)
        about = tuple(word for part in said.about for word in fold(part).split() if word in words)
        same = subject.contracts == own.subject.contracts
        return plan.model_copy(
            update={"about": about if said.about and not same else own.about, "rest": own.rest if same else ()}
        )

    @staticmethod
    def _acting(said: SaidPlan, own: QueryPlan, text: str) -> None:
        """An act must be one, and be asked for: what it writes stands in the question."""
        if (said.operation == "action") != (said.act is not None):
            raise UnusablePlan("an action without act")
        if said.act is None:
            return
        if own.answer not in ("action", "text", "none"):
            raise UnusablePlan("no act was asked for")
        if said.act.value is not None and fold(said.act.value) not in fold(text):
            raise UnusablePlan("the act's value is not the person's")

    def _subject(self, said: SaidPlan, own: QueryPlan, words: set[str]) -> Subject:
        """The subject in the register's own keys: counterparties become their contracts. Raises UnusablePlan."""
        given = said.subject
        held = {h.stem: h for h in self._holdings.contracts}
        amended = {c.stem: h.stem for h in self._holdings.contracts for c in h.amendments}
        stems = [amended.get(key, key) for key in given.contracts]
        if any(stem not in held for stem in stems):
            raise UnusablePlan("a contract that is not there")
        missing = [m for m in given.missing if fold(m) and set(fold(m).split()) <= words]
        for name in given.counterparties:
            found = [h.stem for h in held.values() if _is_party(h, name)]
            stems.extend(found)
            if not found and set(fold(name).split()) & words:
                missing.append(name)
        if given.tag is not None:
            stems.extend(h.stem for h in held.values() if any(fold(t) == fold(given.tag) for t in h.base.tags))
        narrowed = [s for s in dict.fromkeys(stems) if _fits(held[s], said)]
        return Subject(
            contracts=tuple(narrowed or dict.fromkeys(stems)),
            types=tuple(given.types) if not stems else (),
            other_types=tuple(given.other_types) if not stems else (),
            places=tuple(given.places) if not stems else (),
            sector=given.sector,
            forms=tuple(given.forms),
            statuses=tuple(given.statuses),
            our_role=given.our_role,
            running=given.running,
            missing=tuple(dict.fromkeys(missing)),
            excluded=own.subject.excluded,
        )


def _is_party(held: Held, name: str) -> bool:
    wanted = company_key(name)
    return bool(wanted) and any(wanted in company_key(other) for other in held.others)


def _fits(held: Held, said: SaidPlan) -> bool:
    types = said.subject.types
    return not types or held.terms.value("contract_type") in types
