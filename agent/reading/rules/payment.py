"""When invoices are payable, and what late payment costs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.reading.grammar import durations
from agent.reading.grammar.numbers import ORDINAL, value_of
from agent.reading.reader import Candidate, Quote
from agent.reading.rules.finding import Finding, best, candidate, said
from agent.reading.rules.known import Known
from agent.reading.rules.topics import Line, topical
from agent.reading.structure import ContractView, Sentence


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """`payment_days` and `late_interest`, at most one candidate each."""
    lines = list(topical(view))
    days = best(view, _days(view, lines))
    if days:
        yield candidate("payment_days", days)
    yield from _late(view, lines)


# --- payment term ----------------------------------------------------------------------------------------------------

_PAYS = re.compile(
    r"\b(?:paye[a-z]*|paie[a-z]*|payable|paiements?|regle(?:e|es|s|r|ra|ront|nt)?\b|reglements?|virement|prelevement|"
    r"mandate[a-z]*|mandatement|acquitt[a-z]*|"
    r"factur[a-z]*|payments?|pay|paid|due|invoice[ds]?|remit|net|passes on|sommes? dues?|verse[a-z]*|settle[ds]?|"
    r"se libere(?:ra)?)\b"
)
_HEAD = re.compile(
    r"\b(?:paiement|reglement|facturation|payment|invoic|fees|prix|remuneration|financ|billing|"
    r"charges|modalites)"
)
_LABEL = re.compile(
    r"(?:reglement|paiement|conditions? de (?:reglement|paiement)|delai (?:global )?de paiement|"
    r"payment(?: terms?)?|echeance de paiement|modalites? de (?:reglement|paiement))"
)
_FROM_INVOICE = re.compile(
    r"^[^.;]{0,25}?(?:fin de mois|date de (?:la )?facture|date d'emission|a compter|a partir|suivant|de la (?:date|"
    r"reception)|apres|de leur|des factures?|net\b|"
    r"(?:calendar days )?(?:of|after|from|following)|date de reception|de (?:la )?facturation|factures?|from receipt|"
    r"le dix|le 10|maximum|calendaires)"
)
_NET = re.compile(
    r"\bnet (?:of )?(?P<days>\d{1,3})\b(?! ?%)|\bnet[- ](?P<words>thirty|sixty|forty-five|fifteen|"
    r"ninety)\b"
)
_NTH_DAY = re.compile(
    rf"\b(?:au plus tard )?(?:au |le |du )(?P<nth>{ORDINAL}) jour (?:suivant|qui suit|apres|a compter)[^.;]{{0,30}}"
    r"(?:factur|reception|decompte|demande)"
)
"""`au plus tard au trentième jour suivant la réception de la facture`"""
_NET_WORDS = {"thirty": 30, "sixty": 60, "forty-five": 45, "fifteen": 15, "ninety": 90}
_NOT_PAYMENT = re.compile(
    r"\b(?:garantie|retenue|mise en demeure|defaut de paiement|avance forfaitaire|indemnit|contest|dispute|rappel|"
    r"(?:remet|emet|adress|transmet|etabli|envoi|depos|present|send|issu)[a-z]* (?:ses|sa|son|la|les|une?|chaque|"
    r"toute|its|an|the) "
    r"(?:factures?|demande|invoices?)|"
    r"resili|terminat|restitu|deposit|depot|penalit|suspen|retard|"
    r"escompte|refund|rembours|overdue|late\b|past due|default|interest|relance|injonction|notifi|preavis|sinistre|"
    r"declar|cure|audit|moins de|loyer|"
    r"stock option|termination|expir|royalt|sous-traitant|subcontract|livraison|deliver|bonus|severance|expens)"
)


def _days(view: ContractView, lines: list[Line]) -> Iterator[Finding[int]]:
    for field in view.fields:
        if _LABEL.match(field.folded_label):
            for found in durations.find(said(field.sentence)):
                if field.start <= found.start < field.end and found.value.days:
                    yield Finding(found.value.days, field.sentence, found.start, found.end, 0.95, "payment.field")
                    break
    for sentence, text, heading in lines:
        if sentence.block.kind == "table_row" or not _PAYS.search(text):
            continue
        in_head = bool(_HEAD.search(heading))
        if net := _NET.search(text):
            days = int(net["days"]) if net["days"] else _NET_WORDS[net["words"]]
            yield Finding(days, sentence, net.start(), net.end(), 0.88, "payment.net")
        if (nth := _NTH_DAY.search(text)) and (days := value_of(nth["nth"]) or 0) > 5:
            yield Finding(days, sentence, nth.start(), nth.end(), 0.86, "payment.nth_day")
        for found in durations.find(text):
            days = found.value.days
            if not days or found.value.years or found.value.months or days > 180:
                continue
            before, after = text[max(0, found.start - 130) : found.start], text[found.end : found.end + 60]
            pays = list(_PAYS.finditer(before))
            if not pays and not _PAYS.search(after):
                continue
            weight = 0.9 if _FROM_INVOICE.match(after) else 0.78
            if not re.search(
                r"factur|invoice|decompte|reception|receipt|paiement|payable|payment|regle|"
                r"somme",
                before + after,
            ):
                weight -= 0.2
            if not in_head:
                weight -= 0.12
            if _NOT_PAYMENT.search(before[-80:]) or re.search(
                r"\b(?:late\b|retard|terminat|resili|contest|dispute|"
                r"simple rappel|rappel|end of)",
                after,
            ):
                weight -= 0.35
            if sentence.part == "annex":
                weight -= 0.1
            if weight > 0.55:
                yield Finding(days, sentence, found.start, found.end, weight, "payment.days")


# --- late payment ----------------------------------------------------------------------------------------------------

_INTEREST = re.compile(
    r"(?:%|pour cent|points?)(?: l'an)? d'interets?|interets? (?:conventionnels? |contractuels? )?(?:de|a|=) ?\d|"
    r"interets?\b[^.;]{0,60}(?:%|pour cent)|trois fois (?:le |l')|"
    r"interets? (?:de retard|moratoires?|au taux|legal|legaux)|interets?\b[^.;]{0,60}\btaux|"
    r"taux (?:d'interet )?(?:legal|directeur|de l'interet)|triple d[eu]|l'interet legal|"
    r"trois fois (?:et demie )?(?:le taux|l'interet)|penalites? de retard[^.;]{0,60}(?:taux|bce|interet)|"
    r"penalite[^.;]{0,40}taux|refinancement|"
    r"\b(?:late|overdue|past due|unpaid|delinquent)\b[^.;]{0,140}(?:interest\b|charge|\brate\b|%|percent)|"
    r"\binterest\b[^.;]{0,80}(?:per (?:month|annum|year)|\brate\b|%|percent)|"
    r"\b(?:bce|banque centrale europeenne)\b"
)
_LATE = re.compile(
    r"retard|impaye|rejet|a defaut|faute de paiement|echu|echeance|tardi|moratoire|depass|au-dela|"
    r"defaut de paiement|non paye|pas (?:ete )?(?:verse|paye)|"
    r"\blate\b|overdue|past due|unpaid|not paid|"
    r"delinquent|when due|fail|default|penalit"
)
_VALUE_START = re.compile(
    r"\b(?:\d+(?:,\d+)? ?%(?= (?:l'an )?d'interet)|(?:le |la |un |une |des |l'|d'|au |aux )?(?:trois fois|triple|"
    r"double|taux|interets?|penalites?|clause penale|majoration|"
    r"interest|a late|late (?:payment )?(?:fee|charge|interest))\b)"
)
_COPULA = re.compile(
    r"(?:le |un |les |des |l')?(?:taux|interets?|penalites?|indemnites?|majoration)[^,;:.]{0,90}?\s(?:est|sont|sera|"
    r"seront|"
    r"s'eleve(?:nt)?)\s(?:(?:egal|egaux|egales?|fixee?s?|calculee?s?|applique|du|dues?|determinee?s?) )*"
    r"(?:a(?:u|ux)? |de |par application d[eu] |sur la base d[eu] )(?:la |l')?"
)
_TAIL = re.compile(
    r",? (?:a compter d|a partir d|des le (?:premier|lendemain)|de plein droit|sans (?:qu|mise en|autre|formalite|"
    r"mention|"
    r"besoin)|jusqu'a (?:complet|parfait)|until (?:payment|paid)|from the (?:due|date)|calcule(?:e|es|s)? (?:sur|a|"
    r"prorata)|"
    r"(?:et |, )?exigibles?|le tout|apres mise en demeure|after notice)"
)
"""What follows the rate and the sum: from when, how claimed."""
_GOES_ON = re.compile(
    r"^(?:s'y ajoute|et |outre|plus |ainsi que|une? indemnite|l'indemnite|les frais|en sus)|"
    r"quarante euros|40 ?(?:€|euros)|indemnite forfaitaire"
)
_RATE = re.compile(r"taux|rate\b|%|percent|points|triple|double|trois fois")
_NOT_LATE = re.compile(
    r"\b(?:(?:participation|equity|ownership|membership|security) interests?|"
    r"interests? in\b(?! arrear)|loan|note|bond|deposit|escrow|emprunt|pret\b|non productive|"
    r"tax on|income)"
)


def _late(view: ContractView, lines: list[Line]) -> Iterator[Candidate]:
    found: list[Finding[str]] = []
    for index, (sentence, text, heading) in enumerate(lines):
        cue = _INTEREST.search(text)
        if cue is None or _NOT_LATE.search(text):
            continue
        in_head = bool(
            re.search(
                r"retard|paiement|reglement|interet|payment|late|invoic|fees|moratoire|prix|financ|"
                r"remuneration|factur",
                heading,
            )
        )
        if not (_LATE.search(text) or re.search(r"retard|interet|moratoire|late", heading)):
            continue
        start_match = next((m for m in _VALUE_START.finditer(text) if m.start() <= cue.end()), None)
        start = start_match.start() if start_match else cue.start()
        copula = _COPULA.match(text, start)
        if copula and _RATE.search(text[copula.end() :]):
            start = copula.end()
        weight = (0.9 if _RATE.search(text) else 0.82) - (0.0 if in_head else 0.12)
        end = len(sentence.text.rstrip(" .;"))
        rate = _RATE.search(text, start)
        tail = _TAIL.search(text, rate.end()) if rate else None
        if tail and tail.start() - start > 20 and not re.search(r"\d|quarante", text[tail.start() : end]):
            end = tail.start()
        value = sentence.text[start:end]
        if sentence.block.kind == "heading" or len(value.split()) < 4:
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        if following and following[0].block is sentence.block and _GOES_ON.search(following[1]) and len(value) < 200:
            value = _joined(sentence, start, following[0])
        found.append(Finding(value[:400], sentence, start, end, weight, "payment.late"))
    chosen = best(view, found)
    if chosen:
        yield candidate("late_interest", chosen, quotes=_rest(chosen))


def _joined(sentence: Sentence, start: int, following: Sentence) -> str:
    return sentence.block.text[sentence.start + start : following.end].rstrip(" .;")


def _rest(chosen: Finding[str]) -> tuple[Quote, ...]:
    """Where the value goes on into the next sentence: the whole of it as a second quote."""
    sentence = chosen.sentence
    if chosen.value in sentence.text:
        return ()
    at = sentence.block.text.find(chosen.value)
    return (Quote(chosen.value, sentence.clause.document, sentence.block.start + at),) if at >= 0 else ()
