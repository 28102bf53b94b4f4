"""Starts told by a name whose day stands elsewhere: `à compter de la Date de Bascule`, `Date de Bascule : 8 janvier`.

The name is a defined term, a form's label or the subject of a sentence that sets it (`la date de début d'exécution est
fixée au 2 septembre 2024`); its meaning is a day, or an event (`"Start Date" means the date of last signature`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from agent.reading.grammar import dates, relative
from agent.reading.reader import Candidate
from agent.reading.rules.finding import Finding, candidate, said, spoken
from agent.reading.structure import ContractView, Sentence

_NAME = r"(?:date d(?:e |'|u |es )[a-z' -]{3,50}?|(?:[a-z-]+ ){1,3}date)"
_SETS = re.compile(
    rf"^\W*(?:article [\d.]+ ?\W* ?)?(?:la |the )?(?P<name>{_NAME})\W{{0,3}}(?: (?:est|sera|is|shall be|will be))?"
    r"(?: (?:fixee?|arretee?|convenue?|set))?(?: (?:au|le|on|at|for))?[ :\t]{1,4}(?:le |the )?"
    r"(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche |[a-z]+day,? )?$"
)
_TOOK_PLACE = re.compile(
    r"^\W*(?:la |le |l')(?P<name>[a-z]{6,20})\b[^.;]{0,50} (?:a eu lieu|est intervenue?|s'est (?:tenue?|faite?)|"
    r"a ete (?:prononcee?|constatee?|realisee?|effectuee?)) le (?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?$"
)
"""`L'ouverture au public a eu lieu le 7 juin`: an event that has no name but its noun."""
_NO_ANCHOR = re.compile(
    r"\b(?:fin|echeance|expir|end|signature|signing|limite|naissance|birth|facture|paiement|payment|devis|offre|"
    r"edition|revision|commande|remise|depot|deliberation|notification|envoi|convocation)"
)
_BEGINS = re.compile(
    r"\b(?:pren(?:d|dra|dre|ant) (?:effet|cours)|vigueur|debute?|commenc[a-z]*|demarr[a-z]*|cour(?:t|ir|ra|ant)|"
    r"execute|conclu[a-z]*|consenti[a-z]*|duree[^.;]{3,60}|(?:ans?|annees?|mois|years?|months?)|decompte[a-z]*|"
    r"starts?|begins?|effect|force|runs?)\b[^.;]{0,40}?"
    r"(?P<cue>a compter d|a partir d|a dater d|\bdes |lendemain d|\ba |\bau |\bon |\bfrom |\bas of |\bupon )"
    r"(?:e |u |es )?(?:la |le |l'|the )?\W?$"
)
_OTHER = re.compile(r"\b(?:prix|tarif|revis|factur|paiement|garanti|renouvel|recondu|resili|preavis|warrant|invoice)")
_TOKENS = 5
"""How many words of a name its user repeats at least: `la date de début d'exécution` of `… des prestations`."""


@dataclass(frozen=True)
class _Anchor:
    name: str
    sentence: Sentence
    at: int
    """Where its meaning starts, an offset into ``sentence``."""

    @property
    def pattern(self) -> re.Pattern[str]:
        words = re.split(r"[ ']", self.name)[:_TOKENS]
        return re.compile(r"\b" + r"[ ']".join(map(re.escape, words)) + r"\b")


def anchored_starts(view: ContractView, american: bool) -> Iterator[Candidate]:
    """`start_date` where a name of this contract's stands for it and for a day; both quotes prove it."""
    for anchor, day, start, end in _days(view, american):
        for use in _uses(view, anchor):
            following = "lendemain" in use.rule
            told = Finding(
                day + timedelta(days=1) if following else day, anchor.sentence, start, end, 0.88, "dates.anchor"
            )
            basis = f"{anchor.name} {day}" + (" + 1 day" if following else "")
            yield candidate("start_date", told, quotes=(use.quote,), basis=basis)
            return


def anchored_events(view: ContractView) -> Iterator[Finding[relative.Relative]]:
    """The events that the defined days of this contract stand for, where it begins on such a day."""
    for definition in view.defined:
        if definition.kind != "meaning" or "date" not in definition.folded_name:
            continue
        anchor = _Anchor(definition.folded_name, definition.sentence, definition.start)
        for told in relative.find(said(definition.sentence)):
            if anchor.at - 2 <= told.start < anchor.at + 12 and next(_uses(view, anchor), None):
                yield Finding(told.value, definition.sentence, told.start, told.end, 0.84, "dates.event")
                break


def _days(view: ContractView, american: bool) -> Iterator[tuple[_Anchor, date, int, int]]:
    for definition in view.defined:
        if definition.kind == "meaning":
            for day in dates.find(said(definition.sentence), american)[:1]:
                if definition.start <= day.start < definition.start + 16:
                    name = definition.folded_name
                    yield _Anchor(name, definition.sentence, definition.start), day.value, day.start, day.end
    for sentence, text, _ in spoken(view):
        for day in dates.find(text, american)[:1]:
            sets = _SETS.match(text[: day.start]) or _TOOK_PLACE.match(text[: day.start])
            if sets and not _NO_ANCHOR.search(sets["name"]):
                yield _Anchor(sets["name"].strip(), sentence, sets.start("name")), day.value, day.start, day.end


def _uses(view: ContractView, anchor: _Anchor) -> Iterator[Finding[str]]:
    """Where the contract begins on the named day."""
    for sentence, text, _ in spoken(view):
        if sentence is anchor.sentence or anchor.name[:4] not in text:
            continue
        for named in anchor.pattern.finditer(text):
            before = text[max(0, named.start() - 130) : named.start()]
            begins = _BEGINS.search(before)
            if begins and not _OTHER.search(before[-70:]):
                yield Finding(anchor.name, sentence, named.start(), named.end(), 0.88, begins["cue"])
