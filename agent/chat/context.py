"""What every part of the executor is given, and the answers that say that there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.chat.clauses import Clauses, Spoken
from agent.chat.findings import Citation, Finding, of_passage
from agent.chat.holdings import Held, Holdings
from agent.chat.notions import happened, heads
from agent.chat.plan import QueryPlan
from agent.chat.subjects import Subjects
from portfolio.words.phrases import phrase
from vectorstore.records import Filters

_LOST = 0.6
"""Share of a question's telling words that a contract which speaks of it may lack."""


@dataclass(frozen=True)
class Context:
    holdings: Holdings
    subjects: Subjects
    clauses: Clauses

    def silent(self, held: Held, plan: QueryPlan, spoken: Sequence[Spoken] = ()) -> Finding:
        """The contract does not say; its nearest clauses are offered."""
        near = spoken or self.clauses.best(held, plan.words, plan.question, 2)
        citations = tuple(of_passage(held, s.line.passage, s.line.text) for s in near[:2])
        return Finding(
            "none",
            None,
            phrase("chat.silent", contract=held.title, stem=held.stem),
            citations=citations,
            route="passages",
            reason="silent",
        )

    def speaks(self, held: Held, plan: QueryPlan, telling: Sequence[str]) -> bool:
        """Whether the contract speaks of what is asked: of a thing that the question names as asked for, else of enough
        of its telling words; and not of what came to pass, which contracts do not tell."""
        if happened(plan.question):
            return False
        own = tuple(w for w in heads(plan.question) if w in telling)
        if own:
            return len(self.clauses.unsaid(held, own)) < len(own)
        return len(self.clauses.unsaid(held, telling)) <= _LOST * len(telling)

    def no_such_contract(self, plan: QueryPlan) -> Finding:
        words = ", ".join(plan.subject.missing)
        return Finding(
            "none", None, phrase("chat.no_such_contract", words=words), route="none", reason="no_such_contract"
        )

    def unnamed(self, plan: QueryPlan) -> Finding:
        """No contract was named or found: the nearest passages of all are offered, and the question is asked back."""
        return Finding(
            "none",
            None,
            phrase("chat.which_contract"),
            citations=self.nearest(plan),
            route="passages",
            sure=False,
            reason="unclear",
        )

    def nearest(self, plan: QueryPlan, count: int = 2) -> tuple[Citation, ...]:
        hits = self.holdings.text.search(plan.question, Filters(), count)
        return tuple(
            of_passage(held, hit.passage, hit.passage.text[:300])
            for hit in hits
            if (held := self.holdings.owner(hit.passage.contract)) is not None
        )
