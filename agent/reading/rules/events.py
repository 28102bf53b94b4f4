"""Days that a contract tells by an event: « le premier jour du mois suivant la dernière signature »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from agent.reading.grammar import dates
from agent.reading.reader import Candidate
from agent.reading.rules.finding import Finding, best, candidate, spoken
from agent.reading.structure import MAIL_TYPES, ContractView
from portfolio.values import Duration

_TAKES_EFFECT = re.compile(
    r"\b(?:prend|prendra|effets?|vigueur|debut|commence|demarre|court|courir|conclue?|duree|effective|force|term\b|"
    r"starts?|begins?|s'execute|applicable|valable|souscrit)"
)
_NOT_EFFECT = re.compile(
    r"\b(?:revis|index|prix|tarif|paiement|factur|penalit|renouvel|reconduc|resili|garantie|remplac|offre|acompte|"
    r"avance|"
    r"assurance|attestation|certificat|livr|amended|survive|payable)"
)
_TERM_HEAD = re.compile(
    r"\b(?:dure|terme?\b|effet|vigueur|calendrier|effective|commencement|temps|entree|debut|"
    r"delai|term\b)"
)


def told_by_event(view: ContractView, signed: Finding[date] | None, american: bool) -> Candidate | None:
    """`start_date` computed from the day of an event, where the documents tell that day; both quotes prove it."""
    found: list[Finding[dates.Relative]] = []
    for sentence, text, heading in spoken(view):
        if sentence.part == "annex" or not _TAKES_EFFECT.search(text):
            continue
        for told in dates.relative(text):
            before = text[max(0, told.start - 100) : told.start]
            if _TAKES_EFFECT.search(before) and not _NOT_EFFECT.search(before[-60:]):
                weight = 0.86 if _TERM_HEAD.search(heading) else 0.8
                found.append(Finding(told.value, sentence, told.start, told.end, weight, "dates.event"))
    while told_best := best(view, found):
        relative = told_best.value
        event = signed if relative.event == "signature" else _day_of(view, relative.event, american)
        if event is not None:
            basis = f"{relative.event} {event.value}"
            basis += f" + {relative.offset}" if relative.offset != Duration() else ""
            basis += ", first day of the following month" if relative.first_of_month else ""
            day = relative.resolve(event.value)
            start = Finding(day, told_best.sentence, told_best.start, told_best.end, told_best.weight, told_best.rule)
            return candidate("start_date", start, quotes=(event.quote,), basis=basis)
        found = [f for f in found if f.value.event != relative.event]
    return None


def _day_of(view: ContractView, event: dates.Event, american: bool) -> Finding[date] | None:
    if event == "notification":
        return best(view, [*_notified(view, american), *_notified_by_mail(view)])
    if event == "order":
        return best(view, _ordered(view, american))
    return best(view, _handed_over(view, american)) if event == "handover" else None


_NOTIFIED = re.compile(
    r"\bnotifi(?:ee?s?|cation|ed)\b[^.;]{0,60}?(?:\b(?:le|du|on|:)|[\t:])\s*$|\bnotification\b[^.;]{0,40}$|"
    r"(?:recu|accuse de reception|accuse reception)[^.;]{0,60}\b(?:le|du)\s$"
)
_OTHER_NOTIFIED = re.compile(
    r"\bavenant|(?:contrat|marche|accord-cadre|convention|arrete|deliberation)\b[^.;]{0,90}notifi|notifi[a-z]* (?:de|"
    r"du|des) (?:la decision|l'arrete)|"
    r"annoncee|prevue|previsionnel|envisagee"
)


def _notified(view: ContractView, american: bool) -> Iterator[Finding[date]]:
    for sentence, text, heading in spoken(view):
        if "notifi" not in text and "notifi" not in heading:
            continue
        for day in dates.find(text, american):
            before = text[max(0, day.start - 110) : day.start]
            told = _NOTIFIED.search(before)
            if told and not (_OTHER_NOTIFIED.search(before) and sentence.part != "particular"):
                yield Finding(day.value, sentence, day.start, day.end, 0.8, "dates.notification")


_IS_NOTICE = re.compile(r"(?:vaut|valant|tient lieu de|fait office de) notification|vous notifi|notifions")


def _notified_by_mail(view: ContractView) -> Iterator[Finding[date]]:
    for sentence, text, _ in spoken(view):
        document = view.dossier.documents[sentence.clause.document]
        sent = document.properties.get("date") if document.media_type in MAIL_TYPES else None
        match = _IS_NOTICE.search(text)
        if sent and match:
            try:
                day = datetime.fromisoformat(sent).date()
            except ValueError:
                continue
            yield Finding(day, sentence, match.start(), match.end(), 0.9, "dates.notified_by_mail")


def _ordered(view: ContractView, american: bool) -> Iterator[Finding[date]]:
    for sentence, text, _ in spoken(view):
        if "ordre de service" in text:
            for day in dates.find(text, american):
                if re.search(r"ordre de service[^.;]{0,50}\b(?:le|du)\s$", text[max(0, day.start - 90) : day.start]):
                    yield Finding(day.value, sentence, day.start, day.end, 0.8, "dates.order")


_DRAWN_UP = re.compile(r"\b(?:fait|etabli|dresse|signe)e?\b[^.;]{0,60}\ble\s$")


def _handed_over(view: ContractView, american: bool) -> Iterator[Finding[date]]:
    for sentence, text, heading in spoken(view):
        if "proces-verbal" in heading or "etat des lieux" in heading:
            for day in dates.find(text, american):
                if text.startswith("l'an") or _DRAWN_UP.search(text[: day.start]):
                    yield Finding(day.value, sentence, day.start, day.end, 0.8, "dates.handover")
