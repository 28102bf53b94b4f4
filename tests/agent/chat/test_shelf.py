"""What is kept ready for questions: as the register is now, and for nobody more than he may see."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from agent.chat.chat import Chat
from agent.chat.shelf import Ready, Shelf, shelf
from agent.chat.subjects import Subjects
from agent.chat.wordindex import WordIndex
from portfolio.register.store import Register
from vectorstore.passages import Passages
from vectorstore.records import About, Passage

AS_OF = date(2026, 11, 24)
STEM = "02-bionettoyage"


@dataclass(frozen=True)
class Office:
    register: Register
    passages: Passages

    def chat(self, allowed: frozenset[str] | None = None) -> Chat:
        return Chat(self.register, self.passages, AS_OF, allowed)


@pytest.fixture
def office(clinic_home: Path, tmp_path: Path) -> Iterator[Office]:
    home = shutil.copytree(clinic_home, tmp_path / "home")
    with Register.open(home) as register, Passages.open(home) as passages:
        yield Office(register, passages)


def test_what_did_not_change_is_not_read_again(office: Office) -> None:
    before = {held.id: held for held in office.chat().holdings.contracts}
    office.register.label(STEM, "urgent")
    after = {held.id: held for held in office.chat().holdings.contracts}
    other = [id_ for id_, held in after.items() if before.get(id_) is not held]
    assert [after[id_].stem for id_ in other] == [STEM]
    assert after[other[0]].base.tags == ("urgent",)


def test_the_next_question_sees_a_corrected_value(office: Office) -> None:
    question = "quel est le préavis de Nuagéis ?"
    assert "11 mois" not in office.chat().ask(question).text
    office.register.correct("06-hebergement-donnees-sante", "notice_period", "P11M", "lea")
    assert "11 mois" in office.chat().ask(question).text


def test_a_renamed_title_is_found_by_its_new_words_alone(office: Office) -> None:
    office.chat()
    office.register.correct(STEM, "title", "Convention de brossage des ravalements", "lea")
    kept, fresh = office.chat(), Shelf(office.register, office.passages).ready(AS_OF)
    answer = kept.ask("quand finit la convention de brossage des ravalements ?")
    assert answer.citations and {c.contract for c in answer.citations} <= {STEM, "03-avenant-bionettoyage"}
    assert kept.holdings.by_stem([STEM])[0].title == fresh.holdings.by_stem([STEM])[0].title


def test_words_of_contracts_that_may_not_be_seen_are_unknown(office: Office) -> None:
    ready = shelf(office.register, office.passages).ready(AS_OF)
    hidden = ready.holdings.by_stem([STEM])[0]
    rest = frozenset(held.id for held in ready.holdings.contracts if held is not hidden)
    whole, part = (Subjects(r.holdings, _index(office)) for r in (ready, _ready(office, rest)))
    own = {w for w in whole.handles if w not in part.handles}
    assert "limpidea" in own and whole.knows("limpidea") and not part.knows("limpidea")
    assert whole.nearest("limpidae") == "limpidea" and part.nearest("limpidae") != "limpidea"
    assert hidden.id not in part.speaking(("bionettoyage",), 0.9)
    assert hidden.id in whole.speaking(("bionettoyage",), 0.9)


def test_an_index_that_was_renewed_equals_one_made_anew(office: Office) -> None:
    held = {h.id: h for h in office.chat().holdings.contracts}
    first, *others = held
    renewed = WordIndex().renewed(held).renewed({first: held[first]}, gone=others[:2])
    anew = WordIndex().renewed({id_: held[id_] for id_ in held if id_ not in others[:2]})
    assert _content(renewed) == _content(anew)
    assert renewed.owners.keys() == anew.owners.keys()


def test_new_texts_are_found_at_once(office: Office) -> None:
    chat = office.chat()
    id_ = chat.holdings.by_stem([STEM])[0].id
    assert not chat._rules._subjects.knows("zygomorphe")
    copied = office.passages.of(id_)[0]
    office.passages._store.replace(About(id_), [_saying(copied, "La fleur est zygomorphe.")])
    assert office.chat()._rules._subjects.knows("zygomorphe")
    assert [p.text for p in office.passages.of(id_)] == ["La fleur est zygomorphe."]


def _saying(passage: Passage, text: str) -> Passage:
    return replace(passage, text=text, embed_text=text, text_hash="0" * 64)


def _ready(office: Office, allowed: frozenset[str]) -> Ready:
    return shelf(office.register, office.passages).ready(AS_OF, allowed)


def _index(office: Office) -> WordIndex:
    return shelf(office.register, office.passages)._days[AS_OF].index


def _content(index: WordIndex) -> dict[str, dict[str, float]]:
    """Every key's worths by contract."""
    found = {}
    for key, worths in index._worth.items():
        by_id = {held.id: worth for place, worth in worths.items() if (held := index.held[place]) is not None}
        if by_id:
            found[key] = by_id
    return found
