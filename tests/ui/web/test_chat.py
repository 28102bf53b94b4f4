"""The page of questions."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.ui.web.conftest import Open, shown


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
