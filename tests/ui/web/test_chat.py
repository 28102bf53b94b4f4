"""The page of questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from agent.asking import Asking
from agent.model.embedding import open_passages
from portfolio.accounts.desk import Desk
from portfolio.accounts.records import Account, local_account
from portfolio.alerts.clock import today
from portfolio.errors import ContrathequeError
from portfolio.register.store import Register
from portfolio.words.values import Wording
from tests.ui.web.conftest import Open, shown
from ui.texts import Texts
from ui.web import who

TAG = "Ajoute l'étiquette « urgent » au contrat de gardiennage"


def ask(app: AppTest, question: str) -> AppTest:
    app.chat_input(key="chat-input").set_value(question).run()
    assert not app.exception
    return app


def links(app: AppTest) -> list[str]:
    return [str(link.proto) for link in app.get("page_link")]


def test_an_answer_cites_words_that_open_their_page(read_home: Path, open_app: Open) -> None:
    app = ask(open_app(read_home, "chat"), "Quand se termine le bail ?")
    assert "D'après" in shown(app)
    assert any("document=" in link and "start=" in link for link in links(app))


def test_a_follow_up_and_the_questions_of_the_session(read_home: Path, open_app: Open) -> None:
    app = ask(open_app(read_home, "chat"), "Quand se termine le bail ?")
    ask(app, "et quel est son loyer ?")
    assert [app.button(key=f"chat-earlier-{n}").label for n in (0, 1)] == [
        r"et quel est son loyer \?",
        r"Quand se termine le bail \?",
    ]
    app.button(key="chat-new").click().run()
    assert app.button(key="chat-suggested-ending")


def test_a_suggested_question_is_answered(home: Path, open_app: Open) -> None:
    app = open_app(home, "chat")
    app.button(key="chat-suggested-cost").click().run()
    assert not app.exception
    assert "3" in shown(app).split("Combien de contrats avons")[1]


def test_hostile_words_stay_words(home: Path, open_app: Open) -> None:
    app = ask(open_app(home, "chat"), "<script>alert(1)</script> [x](javascript:y) ![i](http://e)")
    words = shown(app)
    assert "<script>" not in words
    assert "![i](" not in words


def test_an_empty_portfolio_teaches(tmp_path: Path, open_app: Open) -> None:
    assert "Le portefeuille est vide." in shown(open_app(tmp_path, "chat"))


def test_a_question_in_the_address_is_asked_once(home: Path, open_app: Open) -> None:
    app = open_app(home, "chat", ask="Combien de contrats avons-nous ?")
    app.run()
    assert "ask" not in app.query_params
    assert [b.label for b in app.button if str(b.key).startswith("chat-earlier-")] == [
        r"Combien de contrats avons\-nous \?"
    ]
    assert len(app.chat_message) == 2


def tags(home: Path) -> tuple[str, ...]:
    with Register.open(home) as register:
        return tuple(register.contract("garde").tags)


def button(app: AppTest, beginning: str) -> Button:
    return next(b for b in app.button if str(b.key).startswith(beginning))


def test_a_card_shows_what_would_change_and_does_it_once(home: Path, open_app: Open) -> None:
    app = ask(open_app(home, "chat"), TAG)
    assert "<td>étiquette</td><td>—</td><td>urgent</td>" in shown(app)
    assert tags(home) == ()
    button(app, "card-yes-").click().run()
    assert tags(home) == ("urgent",)
    assert "Fait : confirmé par" in shown(app)
    assert not [b for b in app.button if str(b.key).startswith("card-")]


def test_what_is_declined_is_never_done(home: Path, open_app: Open) -> None:
    app = ask(open_app(home, "chat"), TAG)
    button(app, "card-no-").click().run()
    assert "rien n’a été fait" in shown(app)
    assert tags(home) == ()


def test_a_proposal_waits_for_another_look(home: Path, open_app: Open) -> None:
    ask(open_app(home, "chat"), TAG)
    app = open_app(home, "chat")
    assert [e.label for e in app.expander] == ["Propositions qui attendent votre accord (1)"]
    button(app, "card-yes-others-").click().run()
    assert tags(home) == ("urgent",)


def test_a_reader_sees_the_card_and_cannot_confirm(home: Path, open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "local_account", lambda: Account("lea", "Léa", "reader"))
    app = ask(open_app(home, "chat"), TAG)
    assert "demandez à un rédacteur" in shown(app)
    assert not [b for b in app.button if str(b.key).startswith("card-")]


def test_what_was_understood_is_taken_out_and_set_anew(home: Path, open_app: Open) -> None:
    app = ask(open_app(home, "chat"), "Combien de contrats de nettoyage avons-nous ?")
    assert app.get("popover")
    choice = next(s for s in app.selectbox if "types.0" in str(s.key))
    choice.set_value("lease")
    next(b for b in app.button if "types.0-form" in str(b.key)).click().run()
    assert not app.exception
    assert next(s for s in app.selectbox if "types.0" in str(s.key)).value == "lease"
    next(b for b in app.button if str(b.key).endswith("types.0-remove")).click().run()
    assert "3" in shown(app).split("Combien de contrats de nettoyage")[1]
    assert not [s for s in app.selectbox if "types.0" in str(s.key)]


def test_a_conversation_is_gone_on_with_and_judged(home: Path, open_app: Open) -> None:
    app = ask(open_app(home, "chat"), "Combien de contrats avons-nous ?")
    app.get("feedback")[0].set_value(1).run()
    next(t for t in app.text_input if str(t.key).startswith("chat-comment-")).set_value("juste")
    next(b for b in app.button if b.label == "Envoyer").click().run()
    again = open_app(home, "chat")
    assert not again.chat_message
    button(again, "chat-session-0").click().run()
    assert len(again.chat_message) == 2
    assert next(t for t in again.text_input if str(t.key).startswith("chat-comment-")).value == "juste"


def test_where_it_is_unclear_which_contract_is_meant_one_is_chosen(home: Path, open_app: Open) -> None:
    app = ask(open_app(home, "chat"), "Quel est le délai de paiement ?")
    assert "Lequel voulez-vous dire ?" in shown(app)
    next(b for b in app.button if b.label == "Nettoyage des bureaux").click().run()
    assert not app.exception
    assert "Lequel voulez-vous dire ?" not in shown(app)
    assert "« Nettoyage des bureaux » : paiement à 45 jours" in shown(app)


def test_of_a_stopped_question_nothing_is_kept(home: Path) -> None:
    with Register.open(home) as register:
        desk = Desk(register, local_account())
        asking = Asking(desk, register, open_passages(home, None, None), home, None, Wording(Texts("fr")))
        session, question = asking.new_session(), "Combien de contrats avons-nous ?"
        with pytest.raises(ContrathequeError, match="cancelled"):
            asking.ask(question, today(), session, stopped=lambda: True)
        assert asking.conversation(session) == ()
        asking.ask(question, today(), session, stopped=lambda: False)
        assert [reply.turn.question for reply in asking.conversation(session)] == [question]


def test_a_question_that_was_stopped_is_said_once(home: Path, open_app: Open) -> None:
    app = open_app(home, "chat")
    app.session_state["chat-stopped"] = "Combien ?"
    assert "Question arrêtée" in shown(app.run())
    assert "Question arrêtée" not in shown(app.run())
