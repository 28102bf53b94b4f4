"""Runs a question file: imports its portfolio from the labels into a folder of its own, asks, scores."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from agent.chat.chat import Chat
from agent.importing import import_folder
from evals.questions import Labelled, QuestionSet, Scored, score
from portfolio.register.records import Company
from portfolio.register.store import Register
from vectorstore.passages import Passages

KEPT = ".imported"
"""The file that says that a kept folder holds a whole portfolio."""


def run(questions: QuestionSet, folder: Path, keep: Path | None = None) -> Iterator[Scored]:
    """The scored answers to ``questions`` on the labelled contracts of ``folder``; ``keep``: a folder in which the
    imported portfolio stays for the next run."""
    with _imported(questions, folder, keep) as chat:
        base_of = {c.stem: held.stem for held in chat.holdings.contracts for c in held.amendments}
        for question in questions.questions:
            yield score(question, ask(chat, question), base_of)


def ask(chat: Chat, question: Labelled) -> dict[str, object]:
    """The answer to a question after those before it in its session, with the keys of `contratheque ask --json`."""
    plan = None
    for earlier in question.previous:
        plan = chat.ask(earlier, plan).plan
    return chat.ask(question.question, plan).to_json()


@contextmanager
def _imported(questions: QuestionSet, folder: Path, keep: Path | None) -> Iterator[Chat]:
    with tempfile.TemporaryDirectory(prefix="questions-") as temporary:
        home = (keep / questions.portfolio) if keep else Path(temporary)
        home.mkdir(parents=True, exist_ok=True)
        with Register.open(home) as register, Passages.open(home) as passages:
            if not (home / KEPT).exists():
                if questions.company:
                    register.set_companies([Company(questions.company)])
                for _ in import_folder(register, passages, folder, "labels"):
                    pass
                passages.work()
                (home / KEPT).touch()
            yield Chat(register, passages, questions.as_of)


def portfolio_of(path: Path, questions: QuestionSet) -> Path:
    """The folder with the labelled contracts that a question file is about: its own where they lie beside it, else the
    `labelled` folder's or a neighbour's of that name. Raises FileNotFoundError with the places looked at."""
    own = path.resolve().parent
    places: Sequence[Path] = (
        own,
        own / questions.portfolio,
        own.parent / questions.portfolio,
        *(parent / "labelled" / questions.portfolio for parent in own.parents),
    )
    for place in places:
        if place.is_dir() and place.name == questions.portfolio and any(place.glob("*-*.json")):
            return place
    raise FileNotFoundError(
        f"No labelled contracts of « {questions.portfolio} » for "
        "{path}; put the file beside them, or give --portfolio FOLDER. "
        f"Looked at: {', '.join(map(str, places))}."
    )
