"""From a dossier to its facts: the readers asked, what they say proven and reconciled, confidence calibrated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from agent.model.client import Access
from agent.reading.confidence import calibrated
from agent.reading.hybrid import weigh
from agent.reading.reader import Dossier, Problem, Statement
from agent.reading.reconcile import Reconciled, reconcile
from agent.reading.rules import RulesReader
from portfolio.errors import ContrathequeError
from portfolio.facts import Fact

Ask = Callable[[Dossier, Access | None], Statement]


@cache
def _rules_reader() -> RulesReader:
    return RulesReader()


def _rules(dossier: Dossier, access: Access | None) -> Statement:
    return Statement(tuple(_rules_reader().read(dossier)))


def _llm(dossier: Dossier, access: Access | None) -> Statement:
    from agent.reading.llm.session import reader  # loads nothing of LangChain yet, but all that asking takes

    return reader(access).read(dossier)


READERS: Mapping[str, Ask] = {"rules": _rules, "llm": _llm}
"""The readers there are, by the name that is stored with their values."""
CHOICES: Mapping[str, tuple[str, ...]] = {"rules": ("rules",), "llm": ("llm",), "hybrid": ("rules", "llm")}
"""What users choose from: the readers that read together."""


@dataclass(frozen=True)
class Found:
    """``reconciled`` has raw confidences where one reader read alone; ``problems`` tell what a reader did not come to
    read, so that it is owed."""

    dossier: Dossier
    reconciled: Reconciled
    problems: tuple[Problem, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts, their confidences probabilities."""
        return calibrated(self.dossier, self.reconciled)


def readers(choice: str) -> tuple[str, ...]:
    """The readers of a choice of `CHOICES`. Raises ContrathequeError naming the choices."""
    try:
        return CHOICES[choice]
    except KeyError:
        raise ContrathequeError(f"There is no reader « {choice} »; choose one of {', '.join(CHOICES)}.") from None


def read(dossier: Dossier, names: Sequence[str], access: Access | None = None) -> Found:
    """What the readers ``names`` (of `READERS`) prove in ``dossier``; those that ask a model need ``access``."""
    said = {name: READERS[name](dossier, access) for name in names}
    problems = tuple(dict.fromkeys(problem for statement in said.values() for problem in statement.problems))
    if set(said) == {"rules", "llm"}:
        found = weigh(dossier, said["rules"].candidates, said["llm"])
    else:
        found = reconcile(dossier, {name: statement.candidates for name, statement in said.items()})
    return Found(dossier, found, problems)
