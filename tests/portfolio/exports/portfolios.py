"""A small portfolio for the tests of exports, with texts as hostile as a contract can be."""

from __future__ import annotations

from datetime import date

from portfolio.exports.gather import Tables, gather
from portfolio.register.records import Company
from portfolio.register.store import Register
from portfolio.words.texts import Texts
from portfolio.words.values import Wording
from tests.portfolio.builders import US, contract, party, sample

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
    """Two sample contracts, one of them amended, and a contract with hostile texts."""
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


def tables(register: Register, say: Wording = FRENCH) -> Tables:
    return gather(register, AS_OF, say)
