"""Questions as one person may ask them: answers on the contracts in their scope, with where the cited words stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from agent.chat.answer import Answer
from agent.chat.chat import Chat
from agent.chat.findings import Citation
from agent.chat.plan import QueryPlan
from agent.pipeline import Pipeline
from portfolio.accounts.desk import Desk
from portfolio.errors import ContrathequeError
from portfolio.register.store import Register
from vectorstore.passages import Passages

LONGEST = 800
"""Characters of a question that are looked at."""
_MOST = 12
"""Citations that are looked up."""
_WORDS = 60
"""Words of a quote by which it is found."""


@dataclass(frozen=True)
class Cited:
    """A citation: ``contract`` is the id of the contract or amendment; the words are ``[start, end)`` of the text of
    the document ``sha256``, equal where they could not be found in it."""

    citation: Citation
    contract: str
    title: str
    sha256: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Reply:
    """``more``: citations beyond those that were looked up."""

    answer: Answer
    cited: tuple[Cited, ...]
    more: int = 0


class Asking:
    """A question knows the one before it by its plan; nothing else is kept."""

    def __init__(self, desk: Desk, register: Register, passages: Passages) -> None:
        self._desk = desk
        self._register = register
        self._passages = passages
        self._pipeline = Pipeline(register, passages)

    def ask(self, question: str, as_of: date, previous: QueryPlan | None = None) -> Reply:
        allowed = None if self._desk.account.scope.whole else self._desk.visible()
        answer = Chat(self._register, self._passages, as_of, allowed).ask(question[:LONGEST], previous)
        found = [self._cited(citation) for citation in answer.citations[:_MOST]]
        return Reply(answer, tuple(one for one in found if one is not None), max(0, len(answer.citations) - _MOST))

    def _cited(self, citation: Citation) -> Cited | None:
        """Where the words stand; None for a contract that is not there (any more) or not in scope."""
        try:
            contract = self._desk.contract(citation.contract)
        except ContrathequeError:
            return None
        title = str(contract.value("title") or contract.stem)
        document = next((d for d in contract.documents if d.name == citation.document), None)
        read = self._pipeline.document(document.sha256, document.name) if document else None
        if document is None or read is None:
            return Cited(citation, contract.id, title)
        places = [(m.start(), m.end()) for m in words_of(citation.quote).finditer(read.text)]
        place = next((p for p in places if read.page_at(p[0]) == citation.page), next(iter(places), (0, 0)))
        return Cited(citation, contract.id, title, document.sha256, *place)


def words_of(quote: str) -> re.Pattern[str]:
    """Finds the words of a quote whatever white space stands between them; nothing for a quote without words."""
    words = quote.split()[:_WORDS]
    return re.compile(r"\s+".join(map(re.escape, words)) if words else r"(?!)")
