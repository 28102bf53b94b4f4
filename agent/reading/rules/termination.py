"""How either side may end a contract early: its own sentences, those that say who, why and with what notice.

Breach, convenience, unpaid sums, loss of a licence, general interest: one sentence for each ground, joined. What
happens afterwards (accounts, returns, penalties) and how the term ends by itself are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.reading.reader import Candidate
from agent.reading.rules.known import Known
from agent.reading.rules.termination_wording import condensed, joined
from agent.reading.structure import Clause, ContractView, Sentence

_HEADING = re.compile(
    r"resili|rupture|decheance|fin (?:anticipee|du (?:contrat|marche|bail)|de (?:la mission|l'accord))|sortie|"
    r"denonciation|clause resolutoire|"
    r"terminat|withdrawal|cancellation|expiry|default\b|faculte de|resolution du|exclusion|cessation"
)
_ENDS = re.compile(
    r"\b(?:resili(?:e|er|ation|ee|es|era)s?|rompre|rompue?s?|"
    r"rupture|met(?:tre|tent|tra|tront)? fin|denonce[res]*|decheance|"
    r"resolution de plein droit|"
    r"resol(?:u|ue|utoire)\b|resolution (?:du|de plein)|prend(?:re)? fin|se retirer|donner conge|arreter l'execution|"
    r"(?:partir|se liberer|se degager|se delier|en sortir|quitter les lieux)\b|fin (?:au|du) (?:contrat|marche|bail)|"
    r"(?:peut|pourra) arreter\b|(?:clore|cesser) les (?:echanges|discussions|relations|pourparlers)|"
    r"sortie anticipee|(?:interrompre|arreter|cesser|abandonner) (?:la |le |l'|les )?(?:mission|contrat|marche|accord|"
    r"convention|prestations?|abonnement|collaboration|partenariat)|(?:mettre|met) un terme|se separer|"
    r"reprendre sa liberte|"
    r"(?:stop|discontinue|leave|exit) (?:the|this) (?:agreement|contract|services?|engagement)|step away|"
    r"terminat(?:e|ed|es|ion)|walk away|withdraw|cancel(?:led|lation)?|end (?:it|this|the (?:agreement|contract))|"
    r"bring this agreement to an end)\b"
)
_MAY = re.compile(
    r"\b(?:peu(?:t|vent)|pouvons|pouvez|pourra|pourront|a la faculte|aura la faculte|aura le droit|a le droit|"
    r"dispose[a-z]* [^.]{0,40}faculte|est en droit|"
    r"se reserve|de plein droit|autorise|justifi|sans (?:indemnite|motif|mise en demeure)|moyennant|sera resilie|"
    r"est resilie|peut etre|"
    r"mise en demeure|preavis|prevenir|en prevenant|met fin|resilie\b|manquement|s'effectue|"
    r"may|can|shall have the right|has the right|is entitled|upon|notice|breach|without cause|for convenience|"
    r"immediately|if\b)\b"
)
_GOES_ON = re.compile(
    r"\b(?:peu(?:t|vent)|pouvons|pouvez) (?:le faire|y mettre|aussi|egalement)|\ble peut\b|sans (?:delai|"
    r"mise en demeure|preavis)\b.{0,60}\ben cas d|"
    r"\ben cas d.{0,120}\bsans (?:delai|mise en demeure|preavis)\b|faculte de sortie|\bmay do so\b"
)
"""A ground that follows another one and does not repeat the word for ending."""
_AFTERWARDS = re.compile(
    r"\b(?:apres (?:la )?(?:resiliation|fin)|a compter de la resiliation|en cas de resiliation,? (?:le|la|l'|les)|"
    r"decompte|restitu|rembours|rend(?:ons|ent|ra|ront|rons)? (?:vos|les|ses|leurs) |detrui|hand back|"
    r"return(?:s|ed)? (?:your|all|the) |"
    r"consequences|survive|upon (?:any )?(?:expiration or )?termination|following termination|effect of termination|"
    r"after termination|"
    r"in the event of termination|surviv|liquidation des comptes|ne donne (?:pas )?(?:lieu|droit)|reste(?:nt)? du|"
    r"nonobstant la)\b"
)
_NOT_EARLY = re.compile(
    r"\b(?:reconduction|reconduit|tacite|(?<!non-)renouvellement|automatically renew|initial term shall|"
    r"avenant)\b"
)
_POLICIES = re.compile(
    r"\bbon de commande\b|\bsous-trait|\bpolice d'assurance\b|\bassureur (?:du|de) (?:prestataire|"
    r"titulaire)|insurance polic"
)
_AT_ONCE = re.compile(
    r"\b(?:tout de suite|a tout moment|immediate|sans delai|de plein droit|sans motif|at any time|forthwith|at once|"
    r"without cause|aux torts|interet general)"
)
_ELSEWHERE = re.compile(
    r"\b(?:procedure|conditions?|modalites?) de resiliation (?:decrite|prevue|fixee)|periode d'essai|"
    r"y renoncer|renonce a|(?:cancel|annul)[a-z]* [a-z ]{0,20}(?:orders?|commandes?)\b|clause de non-concurrence"
)
"""Speaks of the end of something else, or sends to another clause."""
_REFUSED = re.compile(
    r"\bnon a (?:rompre|resilier)|ne (?:peut|pourra|peuvent|pourront) (?:pas |etre )?(?:[a-z]+ )?(?:resili|rompre|"
    r"mettre fin|denonc)|"
    r"ne met(?:tent|tra|tront)? pas fin|aucune (?:resiliation|faculte)|"
    r"may not (?:be )?terminat|shall not (?:be )?terminat|no right to terminat"
)
_MOST = 4
_CLAUSE_SUFFICES = 2
"""Sentences under a heading on termination from which on what other clauses say of it is left out."""
_ENOUGH, _PLAIN_ENOUGH = 2.0, 3.0
"""Least score of a sentence under a heading on termination, and elsewhere."""


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """One candidate: the grounds of the clause on termination; else a sentence elsewhere that grants it."""
    chosen: list[tuple[float, Sentence]] = []
    own: list[tuple[float, Sentence]] = []
    told = False
    for clause in view.clauses:
        if clause.part == "margin" or clause.is_signature:
            continue
        about = _HEADING.search(clause.folded_heading) is not None
        scored = [(_score(sentence), sentence) for sentence in _sentences(clause)]
        found = [(score, sentence) for score, sentence in scored if score >= (_ENOUGH if about else _PLAIN_ENOUGH)]
        told = told or (about and bool(found))
        chosen += found
        own += found if about else []
    if len(own) >= _CLAUSE_SUFFICES:
        chosen = own
    confidence = 0.6 if told else 0.45
    if not chosen:
        return
    best = sorted(
        sorted(chosen, key=lambda item: (-item[0], view.rank(item[1])))[:_MOST], key=lambda item: _place(item[1])
    )
    quotes = tuple(sentence.quote() for _, sentence in best)
    text = joined(condensed(sentence.text) for _, sentence in best)
    yield Candidate("termination", text[:1200], quotes, confidence, "termination.clause")


def _sentences(clause: Clause) -> Iterator[Sentence]:
    return (s for s in clause.sentences if s.block.kind != "heading" and s.text != clause.heading)


def _score(sentence: Sentence) -> float:
    """How much of « who may end it, why, how » a sentence says."""
    folded = sentence.folded
    if len(folded) < 25 or _REFUSED.search(folded):
        return 0.0
    if _ENDS.search(folded) is None:
        return _ENOUGH if _GOES_ON.search(folded) and not _AFTERWARDS.search(folded) else 0.0
    score = 1.0 + (1.5 if _MAY.search(folded) else 0.0)
    score += 0.5 if re.search(r"\b(?:preavis|notice|mise en demeure|jours|mois|days|months)\b", folded) else 0.0
    score += 0.5 if _HEADING.search(sentence.clause.folded_heading) else 0.0
    score += 0.5 if _AT_ONCE.search(folded) else 0.0
    score -= 1.5 if _AFTERWARDS.search(folded[:90]) else 0.0
    score -= 1.5 if _NOT_EARLY.search(folded) else 0.0
    score -= 1.5 if _ELSEWHERE.search(folded) else 0.0
    score -= 1.0 if _POLICIES.search(folded) else 0.0
    return score


def _place(sentence: Sentence) -> tuple[int, int]:
    return sentence.clause.document, sentence.block.start + sentence.start
