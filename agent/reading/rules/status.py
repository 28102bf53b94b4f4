"""Status: only what the documents themselves say, in stamps, margins and mails; clauses on termination do not count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.reading.reader import Candidate
from agent.reading.rules.known import Known
from agent.reading.structure import ContractView, Sentence
from portfolio.schema import Status

_SAYS: tuple[tuple[Status, re.Pattern[str]], ...] = (
    ("renegotiation", re.compile(r"en cours de (?:re)?negociation|renegociation (?:en cours|engagee|ouverte)|"
                                 r"(?:under|in) (?:re)?negotiation|being renegotiated|en renegociation")),
    ("dispute", re.compile(r"\ben (?:litige|contentieux)\b|(?:litige|contentieux) (?:en cours|pendant|ouvert)|"
                           r"dossier contentieux|in dispute\b|litigation pending|"
                           r"procedure (?:judiciaire )?en cours|assignation (?:delivree|du)")),
    ("terminated", re.compile(r"\bresiliee? (?:au|le|depuis|a effet|a compter|avec effet|par (?:lrar|courrier|"
                              r"lettre))\b|^\W*resiliee?\W*$|a classer|contrat (?:resilie|rompu|denonce)\b|"
                              r"terminated (?:on|as of|effective|with effect)|^\W*terminated\W*$|denonce (?:le|"
                              r"par (?:lrar|courrier))")),
    ("expired", re.compile(r"^\W*expiree?\W*$|contrat (?:expire|echu|termine)\b|(?:expire|echu) (?:le|depuis le|"
                           r"depuis)\b|^\W*(?:expired|perime|caduc)\W*$|expired (?:on|since)")),
    ("active", re.compile(r"^\W*(?:en vigueur|contrat (?:en vigueur|actif|en cours)|in force|active)\W*$|"
                          r"contrat (?:toujours )?en vigueur\b|currently in force")),
)  # fmt: skip
_OTHER = re.compile(
    r"\b(?:precedent|ancien|anterieur|autre|en cas de|si |peut|pourra|sera|serait|doit|ne pas|may|shall|will|upon|"
    r"if |when|lorsque|previous|prior|former|remplace|avenant|candidat|offre|s'expose|voir|"
    r"en vertu|bail derogatoire|contrat du \d+)\b"
)
_WILL_EXPIRE = re.compile(r"(?:contrat |bail |qui )?expire(?= le| depuis|$)")
_STAMPED = 160
"""A stamp or a note is short."""


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """At most one candidate: the first thing said in a margin, at the head of the first page, or in a mail."""
    for sentence in _places(view):
        folded = sentence.folded
        if len(folded) > 2 * _STAMPED:
            continue
        for status, pattern in _SAYS:
            match = pattern.search(folded)
            if status == "expired" and match is not None and _ends_later(sentence, match.start()):
                continue
            if match is not None and not _OTHER.search(folded[: match.end()].replace("a classer", "")):
                confidence = 0.85 if len(folded) <= _STAMPED else 0.6
                yield Candidate("status", status, (sentence.quote(),), confidence, "status.note")
                return


def _ends_later(sentence: Sentence, start: int) -> bool:
    """`expire le 31 mars` tells the term, `expiré le 31 mars` the status; folding makes them one."""
    match = _WILL_EXPIRE.match(sentence.folded, start)
    return match is not None and sentence.text[match.end() - 1] == "e"


def _places(view: ContractView) -> Iterator[Sentence]:
    """Margins, the first blocks of every document, mails, and handwriting-like lines at its end."""
    for clause in view.clauses:
        if clause.part in ("margin", "mail"):
            yield from clause.sentences
    for index in range(len(view.dossier.documents)):
        of_document = [s for s in view.sentences if s.clause.document == index and s.part not in ("margin", "mail")]
        yield from of_document[:6]
        yield from (s for s in of_document[6:] if len(s.text) <= _STAMPED and s.part in ("front",))
        yield from (s for s in of_document[-8:] if len(s.text) <= _STAMPED)
