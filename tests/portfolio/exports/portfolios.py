"""A small portfolio for the tests of exports, with texts as hostile as a contract can be."""

from __future__ import annotations

from datetime import date

from portfolio.alerts.book import AlertBook
from portfolio.columns.book import Columns
from portfolio.columns.records import Answer
from portfolio.evidence import Evidence
from portfolio.exports.gather import Tables, gather
from portfolio.register.records import Company
from portfolio.register.store import Register
from portfolio.words.texts import Texts
from portfolio.words.values import Wording
from tests.portfolio.builders import US, contract, party, sample, sha

AS_OF = date(2026, 3, 2)
FRENCH, ENGLISH = Wording(Texts("fr")), Wording(Texts("en"))
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+33 1 23 45 67 89",
    "-2+3",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    '=HYPERLINK("http://example.invalid","clic")',
    "http://example.invalid/lien",
    "{=1+1}",
    "＝1+1",
    "_x0041_ et _x000D_",
    "fin\u202etxt.exe",
    "contrôle\x07\x1b[31m",
    "<r><t>injecté</t></r>",
    "<b>gras</b> & 'apostrophe'",
)


def fill(register: Register) -> None:
    """Two sample contracts, one of them amended, and a contract with hostile texts; three own columns; their alerts."""
    register.set_companies([Company(US.name)])
    for stem in ("02-bionettoyage", "03-avenant-bionettoyage", "05-bail-professionnel"):
        register.save(sample(stem), "rules")
    parties = [US, *(party(text) for text in HOSTILE)]
    register.save(
        contract(
            "hostile.pdf",
            title=HOSTILE[0],
            reference=HOSTILE[2],
            parties=parties,
            amounts=[{"label": HOSTILE[1], "value": -12.5, "period": "month", "tax": "excl"}],
            obligations=[{"action": HOSTILE[3], "quote": HOSTILE[4] + " dans le texte", "debtor": HOSTILE[5]}],
            start_date="1899-12-31",
            end_date="2027-06-30",
            renewal__kind="tacit",
            renewal__period="P1Y",
            notice_period="P3M",
        ),
        "rules",
    )
    _own_columns(register)
    AlertBook(register).run(AS_OF)


def tables(register: Register, say: Wording = FRENCH) -> Tables:
    return gather(register, AS_OF, say)


def _own_columns(register: Register) -> None:
    """An amount that the base says and its amendment too, a flag, and a text that holds what a spreadsheet runs."""
    columns = Columns(register)
    base, amendment = (register.contract(stem).id for stem in ("02-bionettoyage", "03-avenant-bionettoyage"))
    words = "plafonnée à 350 000 €"
    proof = Evidence(document=sha("x"), quote=words, page=2, start=0, end=len(words))
    cap = columns.add("Plafond de responsabilité", "amount", "Léa")
    for contract_id, value in ((base, 350000), (amendment, 400000)):
        said = {"label": cap.words, "value": value, "currency": "EUR"}
        columns.put(contract_id, cap, Answer(said, (proof,), 0.8, "rules"), "1")
    columns.put(base, columns.add("Exclusivité ?", "yes_no", "Léa"), Answer(), "1")
    columns.put(base, columns.add(HOSTILE[0], "text", "Léa"), Answer(HOSTILE[1], (proof,), 0.8, "llm"), "1")
