"""The answer to a question: its sentence in the question's language, its value, table, citations and plan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from agent.chat.chips import chips
from agent.chat.findings import Citation, Finding, PendingAction, amount_json
from agent.chat.plan import QueryPlan
from portfolio.schema import Amount
from portfolio.words.phrases import Phrase
from portfolio.words.texts import Texts
from portfolio.words.values import Wording


@dataclass(frozen=True)
class Answer:
    """``text`` is what is said; ``sure`` False: it says itself that it is to be verified."""

    text: str
    finding: Finding
    plan: QueryPlan
    filters: tuple[str, ...]
    steps: tuple[str, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.finding.citations

    @property
    def pending_action(self) -> PendingAction | None:
        return self.finding.action

    def to_json(self) -> dict[str, Any]:
        """The keys that other programs rely on."""
        finding, action = self.finding, self.finding.action
        return {
            "answer": self.text,
            "kind": finding.kind,
            "value": _json(finding.value),
            "rows": [dict(row) for row in finding.rows],
            "citations": [
                {"contract": c.contract, "document": c.document, "page": c.page, "quote": c.quote}
                for c in finding.citations
            ],
            "plan": self.plan.model_dump(mode="json", by_alias=True, exclude_defaults=True),
            "route": finding.route,
            "pending_action": {
                "action": action.kind,
                "contract": action.contract,
                "date": action.on.isoformat() if action.on else None,
                "event": action.event,
            }
            if action
            else None,
        }


def _json(value: Any) -> Any:
    match value:
        case Amount():
            return amount_json(value)
        case date():
            return value.isoformat()
        case _:
            return value


class Phrasing:
    """Says findings in French or English."""

    def __init__(self) -> None:
        self._wordings = {language: Wording(Texts(language)) for language in ("fr", "en")}

    def answer(self, plan: QueryPlan, finding: Finding) -> Answer:
        """The answer in the question's language. Its figures are those of the finding: the words come from the
        catalogue and the values from the executor."""
        say = self._wordings[plan.language]
        parts = [self._say(finding.said, say), *(self._say(note, say) for note in finding.notes)]
        if not finding.sure and finding.kind != "none":
            parts.insert(0, say.texts("chat.unsure"))
        steps = tuple(self._say(step, say) for step in finding.steps)
        return Answer(" ".join(parts), finding, plan, tuple(chip.text for chip in chips(plan, say)), steps)

    def _say(self, said: Phrase, say: Wording) -> str:
        values: Mapping[str, Any] = said.values
        match said.key:
            case "chat.value":
                value = values["value"]
                return (
                    say.value(str(values["field"]), value)
                    if not isinstance(value, tuple)
                    else ", ".join(map(str, value))
                )
            case "chat.field":
                return say.field(str(values["field"]))
            case "chat.joined":
                return " ; ".join(self._say(part, say).rstrip(".") for part in values["parts"]) + "."
            case "chat.plain":
                return str(values["text"])
        filled = {k: phrase_of(self._say(v, say)) if isinstance(v, Phrase) else v for k, v in values.items()}
        return re.sub(r"\.{2,}$", ".", Phrase(said.key, filled).say(say))


def phrase_of(text: str) -> str:
    """Words that are already said, as they stand in another sentence: without a full stop at their end."""
    return text.rstrip(".") if text.endswith(".") and not text.endswith("..") else text
