import json
from pathlib import Path
from typing import Any

import pytest

from evals.asking import portfolio_of
from evals.questions import Labelled, figures, load, score


def labelled(kind: str, answer: Any, *accept: Any, must_cite: tuple[str, ...] = ()) -> Labelled:
    return Labelled(id="q", question="?", kind=kind, answer=answer, accept=accept, must_cite=must_cite)


def given(
    value: Any, text: str = "", kind: str = "text", cites: tuple[str, ...] = (), action: Any = None
) -> dict[str, Any]:
    citations = [{"contract": stem, "document": "", "page": 1, "quote": ""} for stem in cites]
    return {"answer": text, "kind": kind, "value": value, "citations": citations, "pending_action": action}


SILENT = "Les contrats ne le disent pas."


@pytest.mark.parametrize(
    ("question", "answer", "right"),
    [
        (labelled("count", 3), given(3), True),
        (labelled("count", 1), given(True), False),
        (labelled("date", "2027-01-01"), given("2027-01-01"), True),
        (labelled("date", "2026-12-30", "2026-12-31"), given("2026-12-31"), True),
        (labelled("boolean", False), given(None), False),
        (labelled("list", ["02-base"]), given(["03-amendment"]), True),
        (labelled("list", ["02-base"]), given(["02-base", "05"]), False),
        (labelled("text", "x", "trois mois|90 jours"), given("P3M", "Préavis de 3 mois."), True),
        (labelled("text", "x", "2 mois"), given("P12M", "Préavis de 12 mois."), False),
        (labelled("text", "x", "2027-02-01"), given("", "le 1er février 2027"), True),
        (labelled("none", None), given(None, SILENT, "none"), True),
        (labelled("none", None), given("2027-01-01", SILENT), False),
        (labelled("none", None), given(None, "Fait."), False),
        (
            labelled("action", {"action": "remind", "contract": "02-base", "date": "2027-01-01"}),
            given(None, action={"action": "remind", "contract": "03-amendment", "date": "2027-01-01"}),
            True,
        ),
    ],
)
def test_right_and_wrong(question: Labelled, answer: dict[str, Any], right: bool) -> None:
    assert score(question, answer, {"03-amendment": "02-base"}).right is right


@pytest.mark.parametrize(("tax", "right"), [("excl", True), (None, True), ("incl", False)])
def test_tax_counts_where_the_answer_states_it(tax: str | None, right: bool) -> None:
    question = labelled("amount", {"value": 100, "currency": "EUR", "tax": "excl", "period": "year"})
    answer = given({"value": 100.004, "currency": "EUR", "tax": tax, "period": "year"})
    assert score(question, answer, {}).right is right


def test_an_amendment_is_cited_for_its_base_but_not_the_base_for_the_amendment() -> None:
    base_of = {"03-amendment": "02-base"}
    for wanted, cited, met in (("02-base", "03-amendment", True), ("03-amendment", "02-base", False)):
        scored = score(labelled("count", 1, must_cite=(wanted,)), given(1, cites=(cited,)), base_of)
        assert scored.cited is met


def test_what_says_that_it_is_to_be_verified_does_not_look_sure() -> None:
    wrong = score(labelled("count", 1), given(2, "À vérifier : 2.", "count"), {})
    sure = score(labelled("count", 1), given(2, "2.", "count"), {})
    shares = figures([wrong, sure])
    assert (shares["right"], shares["wrong_but_sure"]) == (0.0, 0.5)


def test_a_file_is_a_list_beside_its_portfolio_or_both_in_one(tmp_path: Path) -> None:
    about = {"portfolio": "p", "as_of": "2026-11-24", "company": "Nous"}
    question = {"id": "p-1", "lang": "fr", "question": "?", "kind": "none", "answer": None}
    (tmp_path / "portfolio.json").write_text(json.dumps(about), encoding="utf-8")
    (tmp_path / "questions.json").write_text(json.dumps([question]), encoding="utf-8")
    (tmp_path / "both.json").write_text(json.dumps({"portfolio": about, "questions": [question]}), encoding="utf-8")
    assert load(tmp_path / "questions.json") == load(tmp_path / "both.json")


def test_the_labelled_contracts_are_looked_for_around_the_file() -> None:
    file = Path(__file__).parents[2] / "evals" / "portfolios" / "agglo" / "questions.json"
    assert portfolio_of(file, load(file)) == file.parent
