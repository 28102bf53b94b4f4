"""What a question asks to have done: proposed with exactly what would change, done once by a person's word."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from docx import Document

from agent.chat.actions import ActionDesk
from agent.chat.chat import Chat
from agent.chat.graph import Conversation, Event, checkpoints
from agent.chat.proposing import proposed
from agent.chat.talk import TalkStore
from agent.model.client import Access, ModelClient
from agent.model.settings import ModelSettings
from evals.scripted.server import MODEL, Reply, ScriptedServer, error
from portfolio.alerts.book import AlertBook
from portfolio.alerts.records import AlertFilters
from portfolio.errors import InvalidValue, NotFound
from portfolio.register.store import Register
from tests.agent.chat.plans import plan_json
from vectorstore.passages import Passages

AS_OF = date(2026, 11, 24)
MAINTENANCE, HOSTING = "01-maintenance-biomedicale", "06-hebergement-donnees-sante"


@dataclass
class Office:
    home: Path
    register: Register
    passages: Passages
    chat: Chat
    desk: ActionDesk

    def ask(self, question: str) -> dict[str, Any]:
        answer = self.chat.ask(question)
        content = answer.to_json()
        assert answer.pending_action is not None
        return content["pending_action"] | proposed(self.desk, answer, "Paul")


@pytest.fixture
def office(clinic_home: Path, tmp_path: Path) -> Iterator[Office]:
    home = copytree(clinic_home, tmp_path / "home")
    with Register.open(home) as register, Passages.open(home) as passages:
        yield Office(home, register, passages, Chat(register, passages, AS_OF), ActionDesk(register, home, AS_OF))


def test_a_tag_is_added_once_by_whom_is_kept(office: Office) -> None:
    action = office.ask("Ajoute l'étiquette « prioritaire » au contrat Orvalie")
    assert action["changes"] == [{"what": "étiquette", "before": None, "after": "prioritaire"}]
    assert office.register.contract(MAINTENANCE).tags == ()
    done = office.desk.confirm(action["id"], "Jeanne")
    assert (done.proposal.state, done.proposal.decided_by, done.proposal.asked_by) == ("done", "Jeanne", "Paul")
    assert office.register.contract(MAINTENANCE).tags == ("prioritaire",)
    with pytest.raises(InvalidValue, match="is done"):
        office.desk.confirm(action["id"], "Jeanne")


def test_two_who_say_yes_at_once_do_it_once(office: Office) -> None:
    action = office.ask("Ajoute une obligation au contrat Orvalie : « remettre le rapport annuel »")
    before = len(office.register.contract(MAINTENANCE).values("obligations"))
    failed: list[Exception] = []

    def confirm(who: str) -> None:
        try:
            office.desk.confirm(action["id"], who)
        except InvalidValue as error:
            failed.append(error)

    threads = [threading.Thread(target=confirm, args=(f"p{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(failed) == 3
    assert len(office.register.contract(MAINTENANCE).values("obligations")) == before + 1


def test_a_status_and_a_correction_are_in_the_history_with_the_question(office: Office) -> None:
    status = office.ask("Mets le contrat Orvalie en litige")
    office.desk.confirm(status["id"], "Jeanne")
    assert office.register.contract(MAINTENANCE).value("status") == "dispute"
    line = office.register.history(MAINTENANCE, "status")[-1]
    assert (line.who, "Mets le contrat Orvalie en litige" in (line.reason or "")) == ("Jeanne", True)
    days = office.ask("Corrige le délai de paiement de Nuagéis : 45 jours")
    assert [(c["before"], c["after"]) for c in days["changes"]] == [("30", "45")]
    office.register.correct(HOSTING, "payment_days", 60, "Luc")
    with pytest.raises(InvalidValue, match="rien n'a été fait"):
        office.desk.confirm(days["id"], "Jeanne")
    assert office.register.contract(HOSTING).value("payment_days") == 60


def test_a_letter_comes_as_a_word_document(office: Office) -> None:
    action = office.ask("Prépare une lettre de dénonciation pour Nuagéis")
    assert not list(office.home.rglob("*.docx"))
    done = office.desk.confirm(action["id"], "Jeanne")
    assert done.file is not None
    text = "\n".join(p.text for p in Document(str(done.file)).paragraphs)
    assert "Nuagéis" in text
    assert "31/12/2027" in text


def test_an_alert_is_confirmed_snoozed_assigned_dismissed(office: Office) -> None:
    book = AlertBook(office.register)
    book.run(date(2027, 9, 10))
    chat = Chat(office.register, office.passages, date(2027, 9, 10))
    desk = ActionDesk(office.register, office.home, date(2027, 9, 10))

    def do(question: str) -> None:
        answer = chat.ask(question)
        action = proposed(desk, answer, "Paul")
        assert action["problem"] is None, (question, action)
        desk.confirm(action["id"], "Jeanne")

    do("confirme l'alerte de préavis de Nuagéis")
    do("assigne l'alerte de préavis de Nuagéis à Mme Durand")
    do("reporte l'alerte de préavis de Nuagéis")
    do("écarte l'alerte de préavis de Nuagéis car le contrat est déjà dénoncé")
    (alert,) = book.alerts(AlertFilters(states=("dismissed",)))
    assert (alert.stem, alert.assignee, alert.reason) == (HOSTING, "Mme Durand", "le contrat est déjà dénoncé")
    assert [e.action for e in book.history(alert.id)] == ["confirmed", "assigned", "snoozed", "dismissed"]
    assert {e.who for e in book.history(alert.id)} == {"Jeanne"}


def test_a_proposal_outlives_a_restart_and_can_be_refused(office: Office) -> None:
    action = office.ask("Ajoute l'étiquette « urgent » au contrat Orvalie")
    with Register.open(office.home) as register:
        desk = ActionDesk(register, office.home, AS_OF)
        assert [p.id for p in desk.waiting()] == [action["id"]]
        desk.refuse(action["id"], "Jeanne")
        with pytest.raises(InvalidValue, match="refused"):
            desk.confirm(action["id"], "Paul")
        assert register.contract(MAINTENANCE).tags == ()


def test_who_may_not_see_a_contract_cannot_act_on_it(office: Office) -> None:
    action = office.ask("Ajoute l'étiquette « urgent » au contrat Orvalie")
    other = ActionDesk(office.register, office.home, AS_OF, allowed=frozenset())
    with pytest.raises(NotFound):
        other.confirm(action["id"], "Eve")
    assert other.waiting() == ()


def test_a_conversation_goes_on_after_a_restart_and_is_judged(office: Office) -> None:
    for question, expected in (
        ("Quand finit le contrat de ménage ?", "2026-12-31"),
        ("et pour Nuagéis ?", "2027-12-31"),
    ):
        store = TalkStore(office.home)
        with checkpoints(office.home) as saver:
            said = Conversation(office.chat, office.desk, store, saver).ask(question, "s", "Paul")
        assert said["value"] == expected
    (found,) = store.search("nuageis", "Paul")
    assert store.search("nuageis", "Eve") == []
    store.judge(found.id, "Paul", "up", "juste")
    (entry,) = store.judged()
    assert (entry["kind"], entry["answer"], entry["previous"]) == (
        "date",
        expected,
        ["Quand finit le contrat de ménage ?"],
    )
    with pytest.raises(NotFound):
        store.judge(found.id, "Eve", "down")


def test_a_cancelled_turn_leaves_no_trace(office: Office) -> None:
    store, stop = TalkStore(office.home), threading.Event()
    with checkpoints(office.home) as saver:
        conversation = Conversation(office.chat, office.desk, store, saver)
        events: list[Event] = []
        for event in conversation.stream("Quand finit le contrat de ménage ?", "s", "Paul", stop):
            events.append(event)
            stop.set()
        assert len(events) == 1
    assert store.search(session="s") == []


def test_where_the_model_fails_the_rules_answer_and_say_so(office: Office, tmp_path: Path) -> None:
    with ScriptedServer(lambda request: error(401, "invalid_api_key")) as server:
        client = ModelClient(Access(ModelSettings(name=MODEL, url=server.url, patience=0.0), tmp_path))
        answer = Chat(office.register, office.passages, AS_OF, client=client).ask("Quand finit le contrat de ménage ?")
        assert answer.finding.value == date(2026, 12, 31)
        assert "règles intégrées" in answer.text
        server.script = lambda request: Reply(plan_json(topics=["end"], answer="date", contracts=["99-nowhere"]))
        client = ModelClient(Access(ModelSettings(name=MODEL, url=server.url, patience=0.0), tmp_path))
        answer = Chat(office.register, office.passages, AS_OF, client=client).ask("Quand finit le contrat de ménage ?")
        assert answer.finding.value == date(2026, 12, 31)
        assert "ne correspondait pas" in answer.text


def test_a_good_plan_is_followed_and_no_text_of_a_contract_is_sent(office: Office, tmp_path: Path) -> None:
    office.register.label(MAINTENANCE, "confidentiel")
    with ScriptedServer(
        lambda request: Reply(plan_json(topics=["end"], answer="date", counterparties=["Nuagéis Santé"]), delay=0.5)
    ) as server:
        client = ModelClient(Access(ModelSettings(name=MODEL, url=server.url), tmp_path))
        answer = Chat(office.register, office.passages, AS_OF, client=client).ask(
            "le truc des serveurs, ça va jusqu'où ?"
        )
        assert answer.finding.value == date(2027, 12, 31)
        sent = str(server.requests)
    assert "Orvalie" not in sent
    assert "espace client" not in sent


@pytest.mark.parametrize(
    ("question", "what"),
    [
        (
            "rappelle-moi le 3 mai 2027 qu'il faut décider si on garde Nuagéis",
            "il faut décider si on garde Nuagéis",
        ),
        ("pose un rappel au 3 mai 2027 pour relire le contrat Nuagéis", "relire le contrat Nuagéis"),
        ("remind me on 3 May 2027 to decide whether we keep Nuagéis", "decide whether we keep Nuagéis"),
        ("remind me to decide whether we keep Nuagéis on 3 May 2027", "decide whether we keep Nuagéis on 3 May 2027"),
    ],
)
def test_a_reminder_is_on_the_day_that_was_asked_for(office: Office, question: str, what: str) -> None:
    action = office.ask(question)
    assert (action["action"], action["contract"], action["date"]) == ("remind", HOSTING, "2027-05-03")
    office.desk.confirm(action["id"], "Jeanne")
    noted = [o for o in office.register.contract(HOSTING).values("obligations") if o.action == what]
    assert [o.due.date for o in noted] == [date(2027, 5, 3)]


def test_a_day_that_is_that_of_an_event_is_not_the_reminders(office: Office) -> None:
    action = office.ask("rappelle-moi le préavis du contrat Nuagéis qui finit le 1er janvier 2028")
    assert action["date"] == "2027-10-02"
