"""The notice that the other side must give: what the contract says of it, never our own where they differ."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.chat.clauses import Line, lines_of, paragraph
from agent.chat.findings import Finding, anything, of_passage
from agent.chat.holdings import Held
from agent.chat.matching import names_it
from agent.chat.proofs import prove
from agent.chat.sides import called
from agent.reading.grammar import durations
from agent.reading.text import fold as fold_keeping
from portfolio.folding import fold
from portfolio.words.phrases import phrase

_NOTICE = re.compile(
    r"\b(?:preavis|avant|avance|prevenir|previen\w*|prevenance|avis\w*|notifi\w*|delai|resili\w*|denonc\w*|mettre fin|"
    r"notice|before|prior|terminat\w*|ahead)\b"
)
_CURES = re.compile(
    r"\b(?:demeure|manquement\w*|impaye\w*|defaut|faute|remed\w*|breach\w*|unpaid|insolven\w*|sinistre|paiement)\b"
)
_BOTH = re.compile(
    r"\b(?:chacun\w*|chaque partie|l un ou l autre|l une ou l autre|"
    r"une des parties|celle des parties|les parties|either|each party|"
    r"both parties)\b"
)


def their_notice(held: Held) -> Finding | None:
    """The sentence on the other side's notice, quoted; else the clause on notice, of either side or of none in
    particular; None where neither is told."""
    told = sorted(_sentences(held), key=lambda item: -item[0])
    if told:
        return _quoted(held, told[0][1])
    for term in held.terms_of("notice_period"):
        quote = next((proof.quote for proof in term.fact.evidence if proof.quote), None)
        if quote is None:
            continue
        ours = called(held, "us")
        general = held.notice.side is None and not any(word in ours for word in fold(quote).split())
        if general or _BOTH.search(fold(quote)):
            said = phrase("chat.quoted", contract=held.title, text=quote)
            return Finding("text", quote, said, citations=anything(held, prove(held, [term])), sure=False)
    return None


def _sentences(held: Held) -> Sequence[tuple[float, Line]]:
    """The sentences that tell of a notice by the other side, later ones first, with how plainly they do."""
    words = called(held, "them")
    names = " ".join(held.others)
    found: list[tuple[float, Line]] = []
    before: tuple[str, ...] = ()
    for line in lines_of(held.passages):
        text = fold(line.text)
        before = (*before[-_BEFORE:], text)
        around = " ".join(before)
        lengths = durations.find(fold_keeping(line.text)) or _SEMESTERS.search(text)
        theirs = any(word in words for word in text.split()) or any(
            names_it(fold(name), names) for name in re.findall(r"\b[A-ZÀ-Þ][\w'’-]{3,}", line.text)
        )
        both = _BOTH.search(text) is not None
        if not lengths or not (theirs or both) or not _NOTICE.search(around) or not _STOPS.search(around):
            continue
        score = 0.6 + 0.4 * theirs - 0.8 * bool(_CURES.search(text)) + 0.2 * bool(_PLAIN.search(text)) + 0.1 * both
        found.append((score, line))
    return [item for item in found if item[0] >= _LEAST]


_SEMESTERS = re.compile(r"\b(?:un|deux|trois|quatre) (?:semestre|trimestre)s?\b")
_PLAIN = re.compile(r"\b(?:preavis|avant|a l avance|prevenir|notice|prior)\b")
_STOPS = re.compile(
    r"\b(?:preavis|notice|resili\w*|recondui\w*|reconduction|arret\w*|mettre fin|"
    r"opposer|opposition|denonc\w*|conge|renew\w*|terminat\w*)\b"
)
_LEAST = 0.5
_BEFORE = 2
"""Sentences before one in which what it speaks of may stand."""


def _quoted(held: Held, line: Line) -> Finding:
    text = paragraph(line)
    said = phrase("chat.quoted", contract=held.title, text=text)
    return Finding(
        "text", text, said, citations=(of_passage(held, line.passage, line.text),), route="passages", sure=False
    )
