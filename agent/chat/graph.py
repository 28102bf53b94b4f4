"""A conversation as a LangGraph graph: plan, execute, propose. Its state (the last plan, in JSON) is kept by session,
in SQLite or PostgreSQL, so that a conversation goes on after a restart. A turn is streamed and can be cancelled; one
that was cancelled leaves no trace.

Importing this module loads LangGraph and takes a second.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Literal, TypedDict

import sqlalchemy as sa
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.config import get_stream_writer
from langgraph.graph import END, START, StateGraph
from pydantic import ValidationError

from agent.chat.actions import ActionDesk
from agent.chat.chat import Chat
from agent.chat.plan import QueryPlan
from agent.chat.proposing import proposed
from agent.chat.talk import TalkStore, session_name
from portfolio.errors import ContrathequeError
from portfolio.words.texts import Texts
from portfolio.words.values import Wording

Stage = Literal["planning", "executing"]
_POLL = 0.05
"""Seconds between two looks at whether a turn was cancelled."""


@dataclass(frozen=True)
class Event:
    """What a turn tells while it runs: a ``stage`` that begins, a piece of the answer's ``text``, or at last the
    ``answer``, with the keys of `contratheque ask --json`, and the number of its ``turn``."""

    stage: Stage | None = None
    text: str = ""
    answer: dict[str, Any] | None = None
    turn: int | None = None


class _State(TypedDict, total=False):
    question: str
    who: str
    plan: str
    note: str | None
    answer: dict[str, Any]


class Conversation:
    """Asks ``chat`` within sessions. ``desk`` keeps what is proposed; ``store`` the turns."""

    def __init__(self, chat: Chat, desk: ActionDesk, store: TalkStore, saver: BaseCheckpointSaver[str]) -> None:
        self._chat = chat
        self._desk = desk
        self._store = store
        graph = StateGraph(_State)
        graph.add_node("planning", self._plan)
        graph.add_node("executing", self._execute)
        graph.add_edge(START, "planning")
        graph.add_edge("planning", "executing")
        graph.add_edge("executing", END)
        self._graph = graph.compile(checkpointer=saver)

    def ask(self, question: str, session: str, who: str) -> dict[str, Any]:
        """The answer to the next question of a session of ``who``, with the keys of `contratheque ask --json`."""
        for event in self.stream(question, session, who):
            if event.answer is not None:
                return event.answer
        raise ContrathequeError.of("question_cancelled")

    def stream(
        self, question: str, session: str, who: str, cancelled: threading.Event | None = None
    ) -> Iterator[Event]:
        """The events of a turn as they come. Once ``cancelled`` is set, nothing more comes and nothing is kept."""
        stop = cancelled or threading.Event()
        events: Queue[Event | Exception | None] = Queue()
        thread = threading.Thread(target=self._run, args=(question, session_name(session), who, events, stop))
        thread.daemon = True
        thread.start()
        while not stop.is_set():
            try:
                event = events.get(timeout=_POLL)
            except Empty:
                continue
            if event is None:
                return
            if isinstance(event, Exception):
                raise event
            yield event

    def _run(
        self, question: str, session: str, who: str, events: Queue[Event | Exception | None], stop: threading.Event
    ) -> None:
        """A turn in a thread of its own; its state is written only at its end, and not where it was cancelled."""
        config: Any = {"configurable": {"thread_id": thread_of(session, who)}}
        try:
            began: _State = {"question": question, "who": who}
            answer: dict[str, Any] | None = None
            for kind, told in self._graph.stream(
                began, config, stream_mode=["custom", "values"], durability="exit", context=None
            ):
                if stop.is_set():
                    return
                if kind == "custom" and isinstance(told, Event):
                    events.put(told)
                elif isinstance(told, dict) and told.get("answer") and told.get("question") == question:
                    answer = told["answer"]
            if answer is None or stop.is_set():
                return
            turn = self._store.add(session, who, self._chat.holdings.as_of, question, answer)
            events.put(Event(answer=answer, turn=turn))
            events.put(None)
        except Exception as error:
            events.put(error)

    def _plan(self, state: _State) -> _State:
        get_stream_writer()(Event(stage="planning"))
        planned = self._chat.plan(state["question"], _plan_of(state.get("plan")))
        plan = planned.plan
        note = planned.note.say(Wording(Texts(plan.language))) if planned.note else None
        return {"plan": plan.model_dump_json(by_alias=True), "note": note, "answer": {}}

    def _execute(self, state: _State) -> _State:
        tell = get_stream_writer()
        tell(Event(stage="executing"))
        plan = QueryPlan.model_validate_json(state["plan"])
        answer = self._chat.answer(plan)
        content = answer.to_json() | {"sure": answer.finding.sure}
        if state.get("note"):
            content["answer"] = f"{content['answer']} ({state['note']})"
        if answer.pending_action is not None:
            content["pending_action"] |= proposed(self._desk, answer, state["who"])
        for piece in re.findall(r"\S+\s*", content["answer"]):
            tell(Event(text=piece))
        return {"answer": content}


def thread_of(session: str, who: str) -> str:
    """The name of a session's state: one person never goes on with another one's conversation."""
    return hashlib.sha256(f"{who}\0{session}".encode()).hexdigest()


def _plan_of(kept: str | None) -> QueryPlan | None:
    try:
        return QueryPlan.model_validate_json(kept) if kept else None
    except ValidationError:
        return None  # of another version of the program


@contextmanager
def checkpoints(home: Path, url: str | None = None) -> Iterator[BaseCheckpointSaver[str]]:
    """Where sessions are kept: `sessions.db` in the data folder, or tables of the PostgreSQL database at ``url``."""
    parsed = sa.make_url(url) if url else None
    with ExitStack() as stack:
        if parsed is not None and parsed.get_backend_name() in ("postgresql", "postgres"):
            from langgraph.checkpoint.postgres import PostgresSaver

            address = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
            postgres = stack.enter_context(PostgresSaver.from_conn_string(address))
            postgres.setup()
            yield postgres
        else:
            from langgraph.checkpoint.sqlite import SqliteSaver

            home.mkdir(parents=True, exist_ok=True)
            yield stack.enter_context(SqliteSaver.from_conn_string(str(home / "sessions.db")))
