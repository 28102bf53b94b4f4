"""Questions as one person may ask them: answers on the contracts in their scope, with where the cited words stand, the
conversations kept, and what an answer proposes done by the person's word."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from agent.chat import chips
from agent.chat.actions import ActionDesk, Change, Done
from agent.chat.answer import Answer
from agent.chat.chat import Chat
from agent.chat.chips import Chip
from agent.chat.findings import Citation
from agent.chat.plan import QueryPlan
from agent.chat.proposing import proposed
from agent.chat.shelf import shelf
from agent.chat.talk import Session, TalkStore, Thumb, Turn
from agent.model.client import Access, ModelClient, new_run
from agent.model.settings import load
from agent.pipeline import Pipeline
from portfolio.accounts.desk import Desk
from portfolio.errors import ContrathequeError
from portfolio.listing.lines import Sort
from portfolio.proposals.book import Proposal, ProposalBook
from portfolio.register.records import Filters
from portfolio.register.store import Register
from portfolio.words.values import Wording
from vectorstore.passages import Passages

LONGEST = 800
"""Characters of a question that are looked at."""
_MOST = 12
"""Citations that are looked up."""
_CHOICES = 6
"""Contracts that are offered where it is unclear which one is meant."""
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
class Choice:
    """A contract that the question may have meant."""

    stem: str
    title: str


@dataclass(frozen=True)
class Reply:
    """A turn as it is shown. ``more``: citations beyond those that were looked up; ``choices``: where it was not clear
    which contract is meant, those that may be; ``proposal``: the number of what it proposes to do, or ``problem``: why
    that could not be proposed."""

    turn: Turn
    plan: QueryPlan
    chips: tuple[Chip, ...]
    cited: tuple[Cited, ...]
    more: int = 0
    choices: tuple[Choice, ...] = ()
    proposal: str | None = None
    problem: str | None = None

    @property
    def text(self) -> str:
        return str(self.turn.answer["answer"])

    @property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        return tuple(self.turn.answer["rows"])

    @property
    def steps(self) -> Sequence[str]:
        return tuple(self.turn.answer.get("steps", ()))


@dataclass(frozen=True)
class Card:
    """A proposal as it stands, with exactly what doing it changes, and the contract's title."""

    proposal: Proposal
    title: str
    changes: tuple[Change, ...]


@cache
def talks(home: Path, url: str | None) -> TalkStore:
    """The conversations of a data folder, opened once in a process."""
    return TalkStore(home, url)


def keep_ready(register: Register, passages: Passages) -> Callable[[], None]:
    """Keeps ready, beside everything else, what questions on the whole portfolio need; gives what stops that."""
    return shelf(register, passages).keep_warm()


class Asking:
    """``say`` words what is kept for the person. A question knows the one before it by its plan."""

    def __init__(
        self, desk: Desk, register: Register, passages: Passages, home: Path, url: str | None, say: Wording
    ) -> None:
        self._desk = desk
        self._register = register
        self._passages = passages
        self._pipeline = Pipeline(register, passages)
        self._home, self._url = home, url
        self._say = say

    # --- asking

    def ask(
        self,
        question: str,
        as_of: date,
        session: str,
        previous: QueryPlan | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Reply:
        """The answer to the next question of a session; it is kept. Raises ContrathequeError, and keeps nothing, where
        it is ``stopped`` once the answer is there."""
        chat = self._chat(as_of, self._client())
        asked = question[:LONGEST]
        answer = chat.ask(asked, previous)
        if stopped():
            raise ContrathequeError.of("question_cancelled")
        return self._kept(answer, asked, as_of, session)

    def again(self, plan: QueryPlan, question: str, as_of: date, session: str) -> Reply:
        """The answer to a question whose plan a person changed; it is kept."""
        return self._kept(self._chat(as_of).answer(plan), question, as_of, session)

    def _kept(self, answer: Answer, question: str, as_of: date, session: str) -> Reply:
        content = answer.to_json() | {"sure": answer.finding.sure, "steps": list(answer.steps)}
        content["reason"] = answer.finding.reason
        if answer.pending_action is not None:
            content["pending_action"] |= proposed(self._actions(as_of), answer, self._desk.account.name)
        who = self._desk.account.name
        id_ = self._talk.add(session, who, as_of, question, content)
        return self._reply(self._talk.turn(id_, who))

    def _reply(self, turn: Turn) -> Reply:
        answer = turn.answer
        plan = QueryPlan.model_validate(answer["plan"])
        citations = [Citation(**one) for one in answer["citations"]]
        found = [self._cited(citation) for citation in citations[:_MOST]]
        cited = tuple(one for one in found if one is not None)
        action = answer.get("pending_action") or {}
        return Reply(
            turn,
            plan,
            chips.chips(plan, self._say),
            cited,
            max(0, len(citations) - _MOST),
            self._choices(cited, turn.as_of) if answer.get("reason") == "unclear" else (),
            action.get("id"),
            action.get("problem"),
        )

    def _choices(self, cited: Sequence[Cited], as_of: date) -> tuple[Choice, ...]:
        """The contracts of what was cited, and beside them those that were read last."""
        found = [self._desk.contract(one.contract) for one in cited]
        ids = [contract.link.base or contract.id for contract in found]
        latest = self._desk.page(Filters(kind="base"), Sort("updated", True), as_of, limit=_CHOICES).lines
        wanted = tuple(dict.fromkeys((*ids, *(one.id for one in latest))))[:_CHOICES]
        summaries = {one.id: one for one in self._desk.contracts(wanted, as_of)}
        return tuple(
            Choice(one.stem, one.title or one.stem) for one in (summaries[id_] for id_ in wanted if id_ in summaries)
        )

    @property
    def preparing(self) -> tuple[int, int] | None:
        """How many contracts are read so far, of how many, where a question has to wait for that."""
        return shelf(self._register, self._passages).progress

    # --- conversations

    @staticmethod
    def new_session() -> str:
        return f"web-{secrets.token_hex(6)}"

    def sessions(self) -> list[Session]:
        """The account's own conversations, the latest first."""
        return self._talk.sessions(self._desk.account.name)

    def conversation(self, session: str) -> tuple[Reply, ...]:
        """The turns of one of the account's own conversations, oldest first."""
        return tuple(self._reply(turn) for turn in reversed(self._talk.search("", self._desk.account.name, session)))

    def judge(self, turn: int, thumb: Thumb, comment: str | None = None) -> None:
        """What the person thinks of one of their answers."""
        self._talk.judge(turn, self._desk.account.name, thumb, comment)

    # --- what was proposed

    def card(self, id_: str, as_of: date) -> Card:
        """A proposal on a contract in scope. Raises NotFound."""
        proposal = ProposalBook(self._register).get(id_)
        contract = self._desk.contract(proposal.contract)
        title = str(contract.value("title") or contract.stem)
        return Card(proposal, title, self._actions(as_of).changes(proposal))

    def waiting(self, as_of: date) -> tuple[Card, ...]:
        """All that waits for a yes and that the account may see."""
        return tuple(self.card(proposal.id, as_of) for proposal in self._actions(as_of).waiting())

    def confirm(self, id_: str, as_of: date) -> Done:
        """Does a proposal, once, in the account's name. Raises NotAllowed, NotFound, InvalidValue."""
        self._desk.require("editor")
        return self._actions(as_of).confirm(id_, self._desk.account.name)

    def refuse(self, id_: str, as_of: date) -> Proposal:
        """It is never done."""
        self._desk.require("editor")
        return self._actions(as_of).refuse(id_, self._desk.account.name)

    # --- inside

    @property
    def _talk(self) -> TalkStore:
        return talks(self._home, self._url)

    def _allowed(self) -> frozenset[str] | None:
        return None if self._desk.account.scope.whole else self._desk.visible()

    def _chat(self, as_of: date, client: ModelClient | None = None) -> Chat:
        return Chat(self._register, self._passages, as_of, self._allowed(), client)

    def _client(self) -> ModelClient | None:
        settings = load(self._home)
        return ModelClient(Access(settings, self._home, self._url, new_run())) if settings.configured else None

    def _actions(self, as_of: date) -> ActionDesk:
        return ActionDesk(self._register, self._home, as_of, self._say.texts.language, self._allowed())

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
