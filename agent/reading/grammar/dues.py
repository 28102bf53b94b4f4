"""When something falls due: a date, a rhythm, or an offset from an event, French and English.

`avant le 31 mars de chaque année`, `tous les six mois`, `le 10 de chaque mois`, `sous dix jours après la notification`,
`at least 15 days before`. A day without a year comes back every year.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from agent.reading.grammar import dates, durations
from agent.reading.grammar.found import Found
from portfolio.values import DueRule, Duration, Every, FromEvent, OnDate

_YEAR, _MONTH, _WEEK = Duration(years=1), Duration(months=1), Duration(days=7)
_PERIODS = (
    ("an", _YEAR), ("annee", _YEAR), ("year", _YEAR), ("exercice", _YEAR),
    ("semestre", Duration(months=6)), ("half-year", Duration(months=6)), ("trimestre", Duration(months=3)),
    ("quarter", Duration(months=3)), ("mois", Duration(months=1)), ("month", Duration(months=1)),
    ("semaine", Duration(days=7)), ("week", Duration(days=7)),
)  # fmt: skip
_BY_NAME = dict(_PERIODS)
_PERIOD = "(?:" + "|".join(sorted(_BY_NAME, key=len, reverse=True)) + r")\b"
_WEEKDAYS = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday)s?"
)

_DEADLINE = re.compile(
    r"(?:\bavant|\bau plus tard|\bpour|\bd'ici(?: a| au)?|\bjusqu'au|\ble|\bau|\bby|\bon or before|"
    r"\bno(?:t)? later than|"
    r"\bbefore|\bprior to|\bon|\buntil|\ben|[:\t(])\s*(?:le\s|the\s|au\s)?$|^\s*(?:le\s)?$"
)
_NO_DEADLINE = re.compile(
    r"(?:\b(?:a compter|a partir|a dater|en date|signee?|conclue?|notifiee?|depuis|dated|as of|as at|effective|"
    r"arretee?s?|"
    r"from|since|(?:valables?|valides?|validite|vigueur|maintenue?s?|valid|held) (?:jusqu'au|until)|"
    r"datee?)\s(?:du|de|au|le|on)?\s*|\bdu\s)$|\b(?:arretee?s?|clos) (?:au|le)\s$"
)
_TIMES = {"une fois": 1, "deux fois": 2, "trois fois": 3, "quatre fois": 4, "six fois": 6, "once": 1, "twice": 2,
          "three times": 3, "four times": 4, "six times": 6}  # fmt: skip
_TIMES_A = re.compile(
    rf"\b(?P<times>{'|'.join(_TIMES)}|(?P<number>\d{{1,2}}) (?:fois|times))(?: au moins| au minimum| maximum)? "
    rf"(?:par|l'|dans l'|chaque|a|per|each|every|in each|in every) ?(?P<period>{_PERIOD})"
)
_RHYTHMS: tuple[tuple[re.Pattern[str], Duration], ...] = tuple(
    (re.compile(pattern), every)
    for pattern, every in (
        (rf"\b(?:tous les|toutes les|chaque|every|each) {_WEEKDAYS}\b", _WEEK),
        (r"\b(?:de|du|of) (?:chaque|each|every) (?:calendar )?(?:mois|month)\b", _MONTH),
        (
            r"\b(?:du|of the) (?:mois suivant|following month|next month)(?! (?:la |sa |son |l'|the |chaque |each ))",
            _MONTH,
        ),
        (
            r"\b(?:chaque|tous les|every|each) (?:mois de |month of )?(?:janvier|fevrier|mars|avril|mai|juin|"
            r"juillet|aout|"
            r"septembre|octobre|novembre|decembre|january|february|march|april|may|june|july|august|september|october|"
            r"november|december)\b(?! \d{4})",
            _YEAR,
        ),
        (r"\b(?:chaque|a chaque|each|every) (?:fin de mois|month[- ]end)\b", _MONTH),
        (r"\b(?:chaque|a chaque|each|every) (?:fin de trimestre|quarter[- ]end)\b", Duration(months=3)),
        (r"\b(?:de|of) (?:chaque|each|every) (?:civil |calendar |fiscal )?(?:trimestre|quarter)\b", Duration(months=3)),
        (r"\b(?:de|of) (?:chaque|each|every) (?:half-year|semestre)\b", Duration(months=6)),
        (r"\b(?:de|of) (?:chaque|each|every) (?:calendar |fiscal )?(?:annee|exercice|year)\b", _YEAR),
        (
            r"\b(?:a|avant) l'echeance (?:annuelle|principale|anniversaire)|\b(?:a|"
            r"lors de) chaque (?:echeance(?: annuelle| principale| anniversaire)|date anniversaire|"
            r"anniversaire|rentree)|\bon (?:each|every) anniversary\b",
            _YEAR,
        ),
        (r"\bthree-monthly\b", Duration(months=3)),
        (r"\bsix-monthly\b|\bhalf-yearly\b|\bsemestriel", Duration(months=6)),
        (r"\bbimestriel|\btous les deux mois", Duration(months=2)),
        (r"\b(?:chaque|a chaque|each|every) (?:exercice|fiscal year|financial year|saison)\b", _YEAR),
    )
)
_INTERVALS = re.compile(r"\b(?:a|par) (?:des )?intervalles? de\s|\bat intervals of\s|\bpar periodes? de\s|\bevery\s$")
_AFTER_PERIOD = (
    r"(?: (?:qui (?:suit|suivent)|suivant|following|after)(?: la (?:fin|cloture)| le terme| the end)?"
    r"(?: de| d'| du| of)? ?(?:chaque |each |every |la |le |l'|the )?"
    r"(?:civil |calendar )?(?:trimestre|semestre|exercice|annee|quarter|half-year|year))"
)
_DAY_OF_MONTH = re.compile(
    r"\b(?:avant le|au plus tard le|pour le|le|by the|before the|on the) (?:\d{1,2}|premier|dernier|first|last|fifth|"
    r"tenth)"
    r"(?:er|e|st|nd|rd|th)?(?: jour(?: ouvre| ouvrable)?| (?:business |working )?day)? "
    rf"(?:de chaque mois|du mois(?!{_AFTER_PERIOD})|of (?:each|every|the) (?:\w+ )?month(?!{_AFTER_PERIOD}))"
)
_TWO_MONTHS = re.compile(r"\b(?:en|in) (?P<a>[a-z]{3,9})(?:,)? (?:et|puis|and)(?: en| in)? (?P<b>[a-z]{3,9})\b")
_COURSE = re.compile(
    r"\b(?:courant|mois|en|in|month of)(?: du mois)?(?: de| d')? ?(?P<month>[a-z]{3,9})\b[^.;]{0,60}?"
    r"\b(?:le|the) (?P<day>\d{1,2})(?:er|st|nd|rd|th)?(?: au plus tard| at the latest|\b(?!\s[a-z]{3,9} \d))"
)
_COURSE_LAST = re.compile(
    r"\b(?:courant|mois)(?: du mois)?(?: de| d') ?(?P<month>[a-z]{3,9})\b[^.;]{0,60}?au plus tard le (?P<day>\d{1,2})\b"
)
_MONTHS = (
    ("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april"), ("mai", "may"),
    ("juin", "june"), ("juillet", "july"), ("aout", "august"), ("septembre", "september"), ("octobre", "october"),
    ("novembre", "november"), ("decembre", "december"),
)  # fmt: skip
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}

# offsets
_ADVERB = (
    r"(?: (?:au moins|au plus|au minimum|minimum|maximum|au plus tard|francs?|ouvres?|ouvrables?|calendaires?|"
    r"calendar|business|working|or less|or more)){0,3}"
)
_EVENT_END = re.compile(
    r"[,;:.\t)(]|\s(?:par (?:le|la|l'|les|un|courrier|lettre|mail|ecrit|voie)|afin|pour|sauf|sans|sous peine|"
    r"et (?:en|le|la|les|vous|nous|je|il|elle)|"
    r"et (?:(?:lui|leur|y|en) )?[a-z]{3,}(?:t|nd|e|ra|ront|ons|ez) (?:le|la|les|l'|une?|des|son|sa|ses|leurs?|vous)|"
    r"puis|il|elle|qui|que|dont|le (?:prestataire|titulaire|preneur|bailleur|client|fournisseur)|"
    r"the (?:supplier|client|customer|company|provider|contractor|landlord|tenant)|shall|will|in writing|provided|"
    r"unless|"
    r"and (?:shall|will))\b"
)
_ADVERBS = re.compile(_ADVERB)
_BEFORE = re.compile(
    _ADVERB
    + r"(?:,)? (?:avant|precedant|qui precedent?|before|prior to|ahead of|in advance of|preceding|previous to)\s"
)
_BEFOREHAND = re.compile(
    _ADVERB + r" (?:avant(?=\s*(?:[.,;:)]|$))|a l'avance|d'avance|auparavant|beforehand|in advance|prealables?|"
    r"de prevenance|prior)\b"
)
_AFTER = re.compile(
    _ADVERB
    + r"(?:,)? (?:(?:au plus tard |at the latest )?(?:apres|after|following|from|suivant|qui suivent|qui suit|of|"
    r"a compter|a partir|a dater|courant a compter|de|du|des|d')|consecutifs? a)(?P<tail>\s?)"
)
_WITHIN = re.compile(
    r"(?:\bdans|\bsous|\bwithin|\bd'ici|\bno later than|\bnot later than|\bnot more than|\bau plus tard|\bin|\bendeans|"
    r"\bdispose(?:nt|ra|ront)?(?: alors)?(?: d'un delai)?(?: de| d'))"
    r"(?: les| le| la| un| une| a| the| au plus tard| au plus)?"
    r"(?: (?:delais?|period|maximum|periode|courts?|meilleurs?)(?: (?:maximum|maximal|de rigueur|maximum|max|"
    r"imperatif|prevu))?"
    r"(?: of| de| d'))?(?: (?:les|l'|a|at most|au plus))?(?:\s|(?<='))$"
)
_THE_PERIOD = re.compile(
    r"\b(?:dans|sous) (?:le |la |l')?(?P<unit>heure|mois|semaine|quinzaine|huitaine|trimestre|annee|journee)(?! (?:de |"
    r"d')(?:janv|fev|mars|"
    r"avr|mai|juin|juil|aout|sept|oct|nov|dec))(?: (?P<before>qui precede|precedant)| (?P<after>qui (?:la |le |"
    r"les )?suit|suivant|"
    r"de|du|d'))?"
)
_UNIT = {
    "mois": Duration(months=1), "semaine": Duration(days=7), "quinzaine": Duration(days=15),
    "huitaine": Duration(days=8), "trimestre": Duration(months=3), "annee": _YEAR, "journee": Duration(days=1),
    "heure": Duration(hours=1),
}  # fmt: skip
_EVE = re.compile(r"\b(?:la veille|the day before|on the eve)(?: au plus tard)? (?:de |du |d'|des |of )?")
_AT_ONCE = re.compile(
    r"\b(?:des (?=(?:la |le |l'|les |sa |son |leur |reception|notification|signature|candidature|achevement))|"
    r"a (?=(?:la (?:prise d'effet|mise en service|restitution|sortie|entree dans|signature|notification|"
    r"reception|fin|livraison|remise|cessation|demande)|l'(?:issue|achevement|"
    r"expiration|echeance)|"
    r"reception)\b)|au (?=terme\b)|lors de (?=la (?:remise|signature|livraison)|l'(?:achevement|expiration))|"
    r"upon (?=(?:the )?(?:execution|expir|terminat|completion|receipt|signature|request|written|termination))|"
    r"a chaque (?=(?:renouvellement|changement|modification|mise a jour|evolution|depart|arrivee|embauche)\b)|"
    r"le jour (?=(?:de (?:son|sa|la|l'|leur)\b|du (?!mois)))|"
    r"avant (?=(?:toute?|chaque) [a-z]|(?:le |tout )(?:demarrage|debut|"
    r"commencement)|la (?:livraison|mise en|prise de|premiere)\b)|"
    r"(?:promptly|immediately) (?:upon|after|following) )"
)
_EVENT_OF_PERIOD = re.compile(
    r"(?:(?:of|de|du) )?(?:(?:la |the |each |chaque )?(?:fin|end|debut|start|beginning|cloture|close|terme) "
    r"(?:du |de |of |d')(?:la |l'|the |each |every |chaque |any )?(?:such )?|chaque |each |every )"
    r"(?:civil |calendar |fiscal |financial )?"
    rf"(?P<period>{_PERIOD})"
)
_WAIT = re.compile(r"\b(?:pendant|durant|for|during|pour une duree|duree de|period of|moins de|plus de|datee? de|"
                   r"less than|more than)"
                   r"(?: (?:une duree de|une periode de|a period of|au moins|at least|the))?\s$")  # fmt: skip


_EVERY = re.compile(r"\b(?:tous les|toutes les|chaque|every|each)\s$")


@lru_cache(maxsize=4096)
def find(text: str) -> tuple[Found[DueRule], ...]:
    """The due rules written in folded ``text``, in order, without overlaps; of two for the same words the fuller one.

    The event of an offset is in the folded words; `event_at` gives its place.
    """
    found = [*_dated(text), *_offsets(text)]
    taken = [(item.start, item.end) for item in found]
    found += [r for r in _rhythms(text) if not any(start < r.end and r.start < end for start, end in taken)]
    return tuple(sorted(found, key=lambda item: item.start))


_END_OF = re.compile(
    r"\b(?:avant(?: la)?|d'ici(?: la| a la)?|pour(?: la)?|au plus tard(?: a la|a)?|by(?: the)?|before(?: the)?|"
    r"no later than(?: the)?) "
    r"(?:fin|end)(?: (?:de|of|du mois de))?(?: (?:l'annee|the year|annee))? ?(?P<month>[a-z]{3,9})? ?(?P<year>20\d\d)\b"
)


def _ends(text: str) -> Iterator[Found[DueRule]]:
    """`avant la fin de l'année 2026`, `d'ici fin mars 2027`: the last day."""
    for match in _END_OF.finditer(text):
        month = _MONTH_NUMBER.get(match["month"]) if match["month"] else 12
        if month:
            year = int(match["year"])
            last = calendar.monthrange(year, month)[1]
            yield Found(OnDate(date=date(year, month, last)), match.start(), match.end())


def _dated(text: str) -> Iterator[Found[DueRule]]:
    yield from _ends(text)
    days = dates.find(text)
    spans = [(item.start, item.end) for item in dates.ranges(text)] if days else []
    for day in days:
        if any(start <= day.start < end for start, end in spans):
            continue
        before = text[max(0, day.start - 24) : day.start]
        if _DEADLINE.search(before) and not _NO_DEADLINE.search(before):
            yield Found(OnDate(date=day.value), day.start, day.end)
    yearly = [
        item for item in dates.month_days(text) if not _NO_DEADLINE.search(text[max(0, item.start - 24) : item.start])
    ]
    if len(yearly) == 1 or (yearly and len({item.value for item in yearly}) == 1):
        yield Found(Every(every=_YEAR, month_day=yearly[0].value), yearly[0].start, yearly[0].end)
    elif len(yearly) in (2, 4) and 12 % len(yearly) == 0:
        yield Found(Every(every=Duration(months=12 // len(yearly))), yearly[0].start, yearly[-1].end)
    elif yearly:
        yield Found(Every(every=_YEAR, month_day=yearly[0].value), yearly[0].start, yearly[0].end)
    for pattern in (_COURSE, _COURSE_LAST):
        for match in pattern.finditer(text):
            month = _MONTH_NUMBER.get(match["month"])
            day_number = int(match["day"])
            if month and 1 <= day_number <= 31 and not yearly:
                yield Found(Every(every=_YEAR, month_day=f"{month:02d}-{day_number:02d}"), match.start(), match.end())
                return


def _rhythms(text: str) -> Iterator[Found[DueRule]]:
    for match in _TIMES_A.finditer(text):
        count = int(match["number"]) if match["number"] else _TIMES[match["times"]]
        every = _share(_BY_NAME[match["period"]], count)
        if every:
            yield Found(Every(every=every), match.start(), match.end())
    for match in _DAY_OF_MONTH.finditer(text):
        yield Found(Every(every=_MONTH), match.start(), match.end())
    for match in _TWO_MONTHS.finditer(text):
        if match["a"] in _MONTH_NUMBER and match["b"] in _MONTH_NUMBER:
            yield Found(Every(every=Duration(months=6)), match.start(), match.end())
    for pattern, every in _RHYTHMS:
        for match in pattern.finditer(text):
            yield Found(Every(every=every), match.start(), match.end())
    for item in durations.rhythms(text):
        yield Found(Every(every=item.value), item.start, item.end)
    for length in durations.find(text):
        if _INTERVALS.search(text[max(0, length.start - 24) : length.start]):
            yield Found(Every(every=length.value), length.start, length.end)


def _share(period: Duration, count: int) -> Duration | None:
    """A ``count``-th of ``period``: twice a year is every six months; None where it is no whole number of units."""
    if count == 1:
        return period
    months = period.in_months
    if months and count and months % count == 0:
        return Duration(months=months // count)
    return None


def _offsets(text: str) -> Iterator[Found[DueRule]]:
    taken = 0
    for length in _lengths(text):
        if length.start < taken:
            continue
        found = _offset(text, length)
        if found is not None:
            taken = found.end
            yield found
    for match in _THE_PERIOD.finditer(text):
        sign = _UNIT[match["unit"]]
        if match["before"]:
            yield _event(text, sign.reversed(), match.start(), match.end())
        elif match["after"] or match["unit"] in ("quinzaine", "huitaine", "heure"):
            yield _event(text, sign, match.start(), match.end())
    for match in _EVE.finditer(text):
        yield _event(text, Duration(days=1, negative=True), match.start(), match.end())


_HOURS = re.compile(r"\b(?P<number>\d{1,3}) ?h\b(?! ?\d)")
_HOURS_BEFORE = re.compile(r"\b(?:dans(?: les)?|sous|within|moins|delai de|plus tard|maximum de) $")


def _lengths(text: str) -> list[Found[Duration]]:
    """Durations, and hours in short: `sous 48h`, `au moins 48 h à l'avance`."""
    short = [
        Found(Duration(hours=int(match["number"])), match.start(), match.end())
        for match in _HOURS.finditer(text)
        if _HOURS_BEFORE.search(text[max(0, match.start() - 16) : match.start()])
    ]
    return sorted([*durations.find(text), *short], key=lambda item: item.start)


def _offset(text: str, length: Found[Duration]) -> Found[DueRule] | None:
    before = text[max(0, length.start - 60) : length.start]
    within = _WITHIN.search(before)
    start = length.start - (len(before) - within.start() if within else 0)
    if _WAIT.search(before) or (not within and _EVERY.search(before)):
        return None
    if match := _BEFORE.match(text, length.end):
        return _event(text, length.value.reversed(), start, match.end())
    if match := _BEFOREHAND.match(text, length.end):
        return _event(text, length.value.reversed(), start, match.end())
    after = _AFTER.match(text, length.end)
    if after and (within or not after[0].strip().startswith(("de", "du", "d'", "of", "des"))):
        return _period_or_event(text, length.value, start, after.end())
    if within:
        adverb = _ADVERBS.match(text, length.end)
        return _event(text, length.value, start, adverb.end() if adverb else length.end)
    return None


def _period_or_event(text: str, offset: Duration, start: int, end: int) -> Found[DueRule]:
    """`within 30 days of the end of each quarter` is a rhythm, not an offset."""
    period = _EVENT_OF_PERIOD.match(text, end)
    if period and period["period"] in _BY_NAME and not re.search(r"\bcontrat|agreement", period[0]):
        return Found(Every(every=_BY_NAME[period["period"]]), start, period.end())
    return _event(text, offset, start, end)


def _event(text: str, offset: Duration, start: int, end: int) -> Found[DueRule]:
    event = text[end : end + 120]
    stop = _EVENT_END.search(event)
    words = event[: stop.start() if stop else None]
    lead = len(words) - len(words.lstrip(" '"))
    words = words.strip(" '")
    return Found(FromEvent(event=words, offset=offset), start, end + lead + len(words))


@lru_cache(maxsize=1024)
def moments(text: str) -> tuple[Found[DueRule], ...]:
    """Due at the event itself: `dès la notification`, `à la signature`, `upon termination`, `sans délai`."""
    found = [_event(text, Duration(), m.start(), m.end()) for m in _AT_ONCE.finditer(text)]
    return tuple(item for item in found if isinstance(item.value, FromEvent) and item.value.event)
