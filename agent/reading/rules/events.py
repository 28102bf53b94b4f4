"""Days that a contract tells by an event: « le premier jour du mois suivant la dernière signature »."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from agent.reading.grammar import dates, relative
from agent.reading.reader import Candidate
from agent.reading.rules.anchors import anchored_events
from agent.reading.rules.finding import OF_THE_TERM, Finding, best, candidate, said, spoken
from agent.reading.structure import MAIL_TYPES, ContractView
from portfolio.values import Duration

_TAKES_EFFECT = re.compile(
    r"\b(?:(?:in|into|takes?|took|have|has) (?:force|effect)|(?:fait|passee?|consentie?|"
    r"accordee?) (?=a (?:dater|compter|partir))|"
    r"se decompte|pren(?:d|dra|ant|nent)|effets?|effect\b|vigueur|debut|commence|demarr|cour(?:t|s|ir|ra)\b|"
    r"conclue?|duree|"
    r"effective|"
    r"force|term\b|starts?|begins?|s'execute|s'applique|applicable|valable|souscrit|naissance|depart|part\b|"
    r"runs?\b|engage|"
    r"vaut\b|dure\b|joue\b|periode initiale|"
    r"ans\b|mois\b|semaines?\b|weeks?\b|jours\b|years?\b|months?\b)"
)
_NOT_EFFECT = re.compile(
    r"\b(?:revis|index|prix|tarif|paiement|factur|penalit|renouvel|reconduc|resili|garantie|remplac|offre|acompte|"
    r"avance|assurance|attestation|certificat|livr|amended|survive|payable|transmet|remet|remis|fourni|informe|"
    r"dispose d|reserve|retard|payment|invoice|warrant|deliver)"
)
_TERM_HEAD = re.compile(
    r"\b(?:dure|terme?\b|effet|vigueur|calendrier|timing|quand\b|when\b|runs\b|effective|commencement|temps|"
    r"entree|debut|"
    r"delai|term\b)"
)
_STARTS = re.compile(r"(?:date|prise|entree|debut|demarrage|point|commencement|start|effective|effet)\b")
_LATER = re.compile(r"\b(?:later|latest|plus tardive|posterieure?|derniere de ces|plus eloignee|last to occur)\b")
_EARLIER = re.compile(r"\b(?:earlier|earliest|plus proche|premiere de ces|plus precoce|anterieure|first to occur)\b")


def told_by_event(view: ContractView, signed: Finding[date] | None, american: bool) -> Candidate | None:
    """`start_date` computed from the day of an event, where the documents tell that day; both quotes prove it."""
    found = [*_told(view), *anchored_events(view)]
    while told_best := best(view, found):
        told = told_best.value
        event = signed if signed and told.event == "signature" else day_of(view, told.event, american)
        if event is not None and not only_made(told_best, event):
            return started(told_best, event, american)
        found = [f for f in found if f.value.event != told.event]
    return None


def started(found: Finding[relative.Relative], event: Finding[date], american: bool) -> Candidate:
    """`start_date`, counted from the day of the event as ``found`` tells it."""
    told = found.value
    basis = f"{told.event} {event.value}"
    basis += f" + {told.offset}" if told.offset != Duration() else ""
    basis += ", first day of the following month" if told.first_of == 1 else ""
    basis += ", first day of the following quarter" if told.first_of == 3 else ""
    basis += f", the next {told.month_day}" if told.month_day else ""
    day, weight = told.resolve(event.value), found.weight
    alternative = _alternative(found, american)
    if alternative:
        choose, other = alternative
        day, weight = choose(day, other), 0.94
        basis = f"{'later' if choose is max else 'earlier'} of {basis} and {other}"
    start = Finding(day, found.sentence, found.start, found.end, weight, found.rule)
    return candidate("start_date", start, quotes=(event.quote,), basis=basis)


_OF_ALL = re.compile(r"\b(?:last|latest|later|derniere|plus tardive|by (?:both|all)|both)\b")
"""The signature of each: not the day that an agreement opens with, which is `made as of` it."""


def only_made(told: Finding[relative.Relative], event: Finding[date]) -> bool:
    """Whether ``told`` counts from the last signature and ``event`` is but the day that an agreement opens with."""
    words = said(told.sentence)[told.start : told.end]
    return event.rule.startswith("dates.preamble") and _OF_ALL.search(words) is not None


def _told(view: ContractView) -> Iterator[Finding[relative.Relative]]:
    for field in view.fields:
        if _STARTS.match(field.folded_label):
            for told in relative.find(said(field.sentence)):
                if field.start - 2 <= told.start < field.start + 12:
                    yield Finding(told.value, field.sentence, told.start, told.end, 0.9, "dates.event_field")
                    break
    for sentence, text, heading in spoken(view):
        if sentence.part == "annex" or not _TAKES_EFFECT.search(text):
            continue
        in_head = bool(_TERM_HEAD.search(heading))
        for told in relative.find(text):
            before = text[max(0, told.start - 100) : told.start]
            takes_effect = _TAKES_EFFECT.search(before)
            if _WHATEVER.search(before) or _UNTIL_THEN.search(text[: told.start]):
                continue
            if _THAT_DAY.match(text, told.start) and dates.find(text[: told.start]):
                continue
            if (
                takes_effect
                and not _NOT_EFFECT.search(before[-60:])
                and not _OTHER_EFFECT.search(before)
                and (in_head or not _WEAK.fullmatch(takes_effect[0]) or OF_THE_TERM.search(text[: told.start]))
            ):
                yield Finding(told.value, sentence, told.start, told.end, 0.86 if in_head else 0.8, "dates.event")
        for told in relative.marked(text):
            yield Finding(told.value, sentence, told.start, told.end, 0.84 if in_head else 0.78, "dates.event")


_OTHER_EFFECT = re.compile(
    r"(?<!\bbe )(?<!\bis )(?<!remain )(?<!come )\bin (?:effect|force)(?: between [^.;]{3,60})? "
    r"(?:on|as of|at) (?:the )?$|"
    r"\bbetween (?:the )?$|\bwithin [^.;,]{0,40}(?:\b(?:of|from|after) )?(?:the )?$"
)
"""The day between which, within so long of which, or on which something holds: `as in effect on the date hereof`."""
_UNTIL_THEN = re.compile(
    r"\b(?:until|expires?|expiring|terminates?|terminat(?:ing|ion)|resign[a-z]*|surviv[a-z]*)\b"
    r"(?:(?!\b(?:begin|commenc|start))[^;]|; or\b)*$"
)
"""However far before: `until the earlier of (a) its termination … or (b) the date two years after the date hereof`."""
_WHATEVER = re.compile(
    r"\b(?:nonobstant|independamment de|quelle que (?:soit|fut)|notwithstanding|regardless of|"
    r"irrespective of)[^.;,]{0,30}$"
)
"""`nonobstant la date de sa signature`: the event does not count."""
_THAT_DAY = re.compile(r"(?:(?:a compter|a partir|depuis|from) )?(?:de )?ce jour")
"""After a day told in the same sentence, that one: `remonte au 23 mars 2026 et vaut trois ans depuis ce jour`."""
_WEAK = re.compile(
    r"ans|mois|semaines?|weeks?|jours|years?|months?|part|engage|runs?|terms?|effect|effective|force|"
    r"starts?|begins?|commence"
)
"""Words that speak of the start only under a heading that does."""


def _alternative(told: Finding[relative.Relative], american: bool) -> tuple[Callable[[date, date], date], date] | None:
    """The other of two days of which the later or the earlier counts: `the later of signature and 1 April 2024`."""
    text = said(told.sentence)
    left = max(0, told.start - 90)
    span = text[left : told.end + 90]
    choose = max if _LATER.search(span) else min if _EARLIER.search(span) else None
    days = dates.find(span, american)
    nearest = min(days, key=lambda day: abs(left + day.start - told.start), default=None)
    return (choose, nearest.value) if choose and nearest and len(days) < 3 else None


def day_of(view: ContractView, event: relative.Event, american: bool) -> Finding[date] | None:
    """The day on which an event took place, where the documents tell it; of a signature, what they say of its day."""
    if event == "notification":
        return best(view, [*_notified(view, american), *_notified_by_mail(view)])
    if event == "order":
        return best(view, _ordered(view, american))
    if event == "handover":
        return best(view, [*_handed_over(view, american), *_happened(view, event, american)])
    return best(view, _happened(view, event, american))


_HAPPENED: Mapping[relative.Event, re.Pattern[str]] = {
    "signature": re.compile(r"\b(?:acceptee?|signee?|accepted|signed)\b"),
    "delivery": re.compile(r"\b(?:livraison|livree?s?|mise? en service|mise? en production|deliver(?:y|ed)|go-?live|"
                           r"installee?s?|installation|(?:pv|proces-verbal) de reception)\b"),
    "acceptance": re.compile(r"\b(?:reception|receptionnee?s?|recette|accepted|acceptance|admission)\b"),
    "handover": re.compile(r"\b(?:remise des cles|cles (?:ont ete )?remises|entree dans les lieux|mise a disposition|"
                           r"prise en charge|entree en jouissance|prise de possession)\b"),
}  # fmt: skip
_ON_DAY = re.compile(r"(?:\b(?:le|du|au|on|of|a la date du)|[:\t])\s?$")


def _happened(view: ContractView, event: relative.Event, american: bool) -> Iterator[Finding[date]]:
    """`La mise en service a eu lieu le 3 juin 2024`, `Date de livraison : 08/04/2024`."""
    for sentence, text, _ in spoken(view):
        for day in dates.find(text, american):
            before = text[max(0, day.start - 80) : day.start]
            named = _HAPPENED[event].search(before)
            if named and _ON_DAY.search(before) and not _STOP.search(before, named.start()):
                yield Finding(day.value, sentence, day.start, day.end, 0.8, "dates.happened")


_STOP = re.compile(r"[.;]|\b(?:avant|jusqu|before|until|au plus tard|anterieur|posterieur|offre|devis|previ)")

_NOTIFIED = re.compile(
    r"\bnotifi(?:ee?s?|cation|ed)\b[^.;]{0,60}?(?:\b(?:le|du|on|:)|[\t:])\s*$|\bnotification\b[^.;]{0,40}$|"
    r"(?:\brecue?s?|\baccuse de reception|accuse reception|\baccusee?|avis de reception|remise? en main propre|"
    r"received)[^.;]{0,60}"
    r"(?:\b(?:le|du|on)|aujourd'hui,)\s$"
)
_OTHER_NOTIFIED = re.compile(
    r"\bavenant|(?:contrat|marche|accord-cadre|convention|arrete|deliberation)\b[^.;]{0,90}notifi|notifi[a-z]* (?:de|"
    r"du|des) (?:la decision|l'arrete)|"
    r"annoncee|prevue|previsionnel|envisagee|\b(?:offres?|plis?|candidatures?|factures?|devis|propositions?|"
    r"avis),? recue?s?"
)


_TELLS_RECEIPT = re.compile(r"notifi|\brecue?s?\b|accuse|avis de reception|main propre|received")


def _notified(view: ContractView, american: bool) -> Iterator[Finding[date]]:
    for sentence, text, heading in spoken(view):
        if not _TELLS_RECEIPT.search(text) and "notifi" not in heading:
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


_ORDER = re.compile(r"ordre de service|order to (?:proceed|commence|start)|notice to proceed")
_SETS_OFF = re.compile(r"demarr|commenc|debut|executi|effet\b|prescri|invit|start|begin|proceed")
_OTHER_ORDER = re.compile(r"\b(?:avant|deliberation|devis|offre|marche (?:n|du)|recu|accuse|jusqu)[^.;]{0,40}$")


def _ordered(view: ContractView, american: bool) -> Iterator[Finding[date]]:
    """The day that an order to begin sets, else its own: `OS n° 1 : les prestations démarrent le 5 janvier 2026`."""
    for sentence, text, heading in spoken(view):
        order = _ORDER.search(text)
        if order is None and not _ORDER.search(heading):
            continue
        for day in dates.find(text, american):
            before = text[max(0, day.start - 110) : day.start]
            if not re.search(r"\b(?:le|du|au|on|:)\s$", before) or _OTHER_ORDER.search(before):
                continue
            sets_off = _SETS_OFF.search(before)
            if sets_off or (order and order.start() < day.start and day.start - order.end() < 60):
                weight = 0.84 if sets_off else 0.78
                yield Finding(day.value, sentence, day.start, day.end, weight, "dates.order")


_DRAWN_UP = re.compile(r"\b(?:fait|etabli|dresse|signe)e?\b[^.;]{0,60}\ble\s$")


def _handed_over(view: ContractView, american: bool) -> Iterator[Finding[date]]:
    for sentence, text, heading in spoken(view):
        if "proces-verbal" in heading or "etat des lieux" in heading:
            for day in dates.find(text, american):
                if text.startswith("l'an") or _DRAWN_UP.search(text[: day.start]):
                    yield Finding(day.value, sentence, day.start, day.end, 0.8, "dates.handover")
