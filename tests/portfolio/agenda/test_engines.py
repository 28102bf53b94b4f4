"""Facts read lightly are the facts, and the agenda is kept, on both engines."""

from __future__ import annotations

from datetime import date

from portfolio.agenda.keeping import renew, upcoming
from portfolio.calendar.lean import LEAN_FIELDS
from portfolio.calendar.loading import load
from portfolio.calendar.told import tell
from portfolio.deadlines import deadlines
from portfolio.register.records import Filters
from portfolio.register.store import Register
from tests.portfolio.builders import sample

DAY = date(2026, 3, 2)


def test_lean_facts_are_the_whole_ones_without_their_proof(register: Register) -> None:
    for stem in ("02-bionettoyage", "03-avenant-bionettoyage", "06-hebergement-donnees-sante"):
        register.save(sample(stem), "rules")
    with register.database.reading() as session:
        lean, whole = load(session, Filters(), lean=True), load(session, Filters())
    assert [one.id for one in lean] == [one.id for one in whole]
    for light, full in zip(lean, whole, strict=True):
        for mine, theirs in zip((light.base, *light.amendments), (full.base, *full.amendments), strict=True):
            expected = [f for f in theirs.facts if f.field in LEAN_FIELDS]
            assert [(f.field, f.value, f.confidence, f.review) for f in mine.facts] == [
                (f.field, f.value, f.confidence, f.review) for f in expected
            ]


def test_the_agenda_is_kept_and_renewed(register: Register) -> None:
    register.save(sample("05-bail-professionnel"), "rules")
    first = upcoming(register, DAY, 300, today=DAY)
    assert [e.key for e in first.events] == [e.key for e in deadlines(register, DAY, 300).events]
    assert renew(register, DAY, 300) == 0
    tell(register, "05-bail-professionnel", "end", date(2026, 3, 31), "Durand")
    assert [e.on for e in upcoming(register, DAY, 300, today=DAY).events if e.kind == "final_end"] == [
        date(2026, 3, 31)
    ]
