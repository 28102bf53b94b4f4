"""The notice letter: who to whom, which day, because of which words; and when there is nothing to give notice of."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import docx as word
import pytest
from docx.enum.text import WD_COLOR_INDEX

from portfolio.errors import InvalidValue
from portfolio.exports import docx
from portfolio.exports.letter import notice_letter
from portfolio.register.records import Company
from portfolio.register.store import Register
from portfolio.words.values import Wording
from tests.office import Office
from tests.portfolio.builders import US, contract, party
from tests.portfolio.exports.portfolios import AS_OF, ENGLISH, FRENCH, HOSTILE

TERM: dict[str, Any] = {
    "title": "Contrat de nettoyage", "reference": "CVO-12", "signature_date": "2023-11-20", "start_date": "2024-01-01",
    "end_date": "2026-12-31", "renewal__kind": "tacit", "renewal__period": "P1Y", "notice_period": "P3M",
}  # fmt: skip


def _saved(register: Register, **changes: Any) -> None:
    register.set_companies([Company(US.name)])
    register.save(contract("nettoyage.pdf", **{**TERM, **changes}), "rules")


def _text(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in word.Document(io.BytesIO(content)).paragraphs)


def test_a_letter_names_both_sides_the_days_and_the_words(register: Register) -> None:
    _saved(register)
    letter = notice_letter(register, "nettoyage", AS_OF, FRENCH)
    assert (letter.end, letter.last_day, letter.unsure) == (date(2026, 12, 31), date(2026, 9, 30), True)
    assert (letter.sender.name, letter.recipient.name) == ("Clinique du Val d'Orge", "Netisol Propreté")
    text = _text(docx.render(letter, FRENCH))
    for words in (
        "Lettre recommandée avec avis de réception",
        "référence CVO-12, signé le 20/11/2023",
        "Il prendra donc fin le 31/12/2026",
        "le préavis de 3 mois",
        "au plus tard le 30/09/2026",
        "words for notice_period",
        "nettoyage.pdf, page 1",
        "44977774700014",
    ):
        assert words in text, words


def test_it_is_written_in_english_too(register: Register) -> None:
    _saved(register)
    text = _text(docx.render(notice_letter(register, "nettoyage", AS_OF, ENGLISH, article="7.2"), ENGLISH))
    assert "Registered letter" in text
    assert "We rely on article 7.2 of the contract" in text
    assert "by 2026-09-30" in text


def test_after_the_last_day_it_ends_the_period_that_follows(register: Register) -> None:
    _saved(register)
    letter = notice_letter(register, "nettoyage", date(2026, 10, 15), FRENCH)
    assert (letter.end, letter.last_day) == (date(2027, 12, 31), date(2027, 9, 30))
    assert "Le dernier jour utile pour la période en cours étant passé (30/09/2026)" in _text(
        docx.render(letter, FRENCH)
    )


def test_an_amended_contract_is_ended_by_its_terms_in_force(register: Register) -> None:
    _saved(register)
    register.save(
        contract("avenant.pdf", title="Avenant n° 1", amends="CVO-12", start_date="2025-01-01", notice_period="P6M"),
        "rules",
    )
    letter = notice_letter(register, "avenant", AS_OF, FRENCH)
    assert letter.last_day == date(2026, 6, 30)
    assert letter.clause is not None
    assert letter.clause.document == "avenant.pdf"
    assert "modifié par Avenant n° 1" in _text(docx.render(letter, FRENCH))


def test_what_is_not_known_is_highlighted(register: Register) -> None:
    register.save(contract("seul.pdf", **TERM, parties=[party("A"), party("B")]), "rules")
    letter = notice_letter(register, "seul", AS_OF, FRENCH)
    marked = {
        run.text
        for paragraph in word.Document(io.BytesIO(docx.render(letter, FRENCH))).paragraphs
        for run in paragraph.runs
        if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    }
    assert {"[notre société à compléter]", "[destinataire à compléter]", "[adresse à compléter]", "[lieu]"} <= marked
    known = letter.addressed("1 rue A, 75001 Paris", "2 rue B, 69001 Lyon")
    assert "[adresse à compléter]" not in _text(docx.render(known, FRENCH))


@pytest.mark.parametrize(
    ("changes", "as_of", "said"),
    [
        ({"renewal__kind": "none"}, AS_OF, "prend fin de lui-même le 31/12/2026"),
        ({"renewal__kind": "express"}, AS_OF, "décision expresse"),
        ({"status": "terminated", "end_date": "2025-12-31"}, AS_OF, "déjà pris fin"),
        ({"renewal__kind": "none"}, date(2028, 1, 1), "déjà pris fin"),
    ],
)
def test_no_letter_is_drafted_where_none_is_called_for(
    register: Register, changes: dict[str, Any], as_of: date, said: str
) -> None:
    _saved(register, **changes)
    with pytest.raises(InvalidValue, match=said):
        notice_letter(register, "nettoyage", as_of, FRENCH)


@pytest.mark.parametrize("say", [FRENCH, ENGLISH], ids=["fr", "en"])
def test_hostile_texts_are_texts(register: Register, say: Wording) -> None:
    _saved(register, title=" ".join(HOSTILE), parties=[US, party("".join(HOSTILE))])
    text = _text(docx.render(notice_letter(register, "nettoyage", AS_OF, say), say))
    assert "<r><t>injecté</t></r>" in text
    assert not {"\u202e", "\x07", "\x1b"} & set(text)


def test_libreoffice_opens_it(filled: Register, tmp_path: Path, office: Office) -> None:
    path = tmp_path / "lettre.docx"
    path.write_bytes(docx.render(notice_letter(filled, "hostile", AS_OF, FRENCH), FRENCH))
    text = office.convert(path, "txt:Text (encoded):UTF8").read_text(encoding="utf-8-sig")
    assert "Lettre recommandée avec avis de réception" in text
    assert "au plus tard le 30/03/2027" in text
