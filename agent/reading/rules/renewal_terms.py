"""For how long a contract is renewed, and how many times at most: told, or computed from a total length or last day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from agent.reading.grammar import dates, durations
from agent.reading.grammar.found import Found
from agent.reading.grammar.numbers import BRACKETED, INTEGER, value_of
from agent.reading.reader import Candidate
from agent.reading.rules.finding import Finding, best, candidate, spoken
from agent.reading.rules.known import Known
from agent.reading.structure import ContractView, Sentence
from portfolio.schema import RenewalKind
from portfolio.values import Duration

RENEWS = re.compile(
    r"renouvel|recondu|prolong|proro|tacite|renew|exten|poursui|annee en annee|mois en mois|evergreen|"
    r"lengthen|year.to.year|month.to.month|repart|continu|roll"
)
"""Words that tell of a renewal."""
TERM_HEAD = re.compile(
    r"\b(?:dure|recondu|renouvel|terme?\b|terms\b|renewal|suite|effet|echeance|temps|vie du|duration|"
    r"calendrier|denonciation|period)"
)
"""Headings under which a contract tells what follows its term."""

Near = Sequence[tuple[Sentence, str]]


def neighbourhood(
    view: ContractView, kind: Finding[RenewalKind], same: Sequence[Finding[RenewalKind]]
) -> list[tuple[Sentence, str]]:
    """The renewal's own sentence, then the others of its clause and of clauses that say the same, as surely ranked."""
    wanted = {id(f.sentence.clause): f.sentence for f in (kind, *same)}
    rank = view.rank(kind.sentence)
    own, near = [], []
    for sentence, text, _ in spoken(view):
        if id(sentence.clause) not in wanted or view.rank(sentence) > rank:
            continue
        if sentence.block is kind.sentence.block and sentence.start == kind.sentence.start:
            own.append((sentence, text))
        elif RENEWS.search(text) or _CONTINUES.search(text):
            near.append((sentence, text))
    return own + near


_CONTINUES = re.compile(r"\b(?:dure|periode|fois|once|times|total|quoi qu'il arrive|ultime|limite|term\b)")
_PERIOD_BEFORE = re.compile(
    r"(?:renouvel|recondu|recondui|prolong|proro|poursui|renew|exten|lengthen|tranches?|"
    r"continu(?!ous|al)|repart|roll|additional|subsequent|further|successive|par annee|"
    r"tacite|expresse|fois)[^.;]{0,110}$"
)
_GOES_ON_AFTER = re.compile(
    r"thereafter|renew|exten[ds]|additional|further|successive|renouvel|recondu|prolong|"
    r"ensuite|de plus|more\b"
)
"""What tells `shall continue for one year` at the end of the term from the term itself."""
_FURTHER = re.compile(r"^ (?:de plus|supplementaires?|further|more)\b")
_NOTICE_AFTER = re.compile(
    r"^(?:(?!unless|sauf|a moins|save|by |par )[^.;,]){0,30}\b(?:avant|a l'avance|before|"
    r"prior|notice|preavis|auparavant|in advance)"
)
_NOTICE_BEFORE = re.compile(r"\b(?:preavis|avis|notice|prevenir|denonc\w*|moins|least|au plus tard)[^.;,]{0,22}$")
_OF_PERIODS = re.compile(r"(?:periodes?|periods?|tranches?|fois)(?: [a-z]+){0,2} (?:de |d'|of )?$")
_TOTAL_BEFORE = re.compile(
    r"(?:total|cumul|globale|maximale|maximum|aggregate|exce|depass|superieure|"
    r"compris)[^.;]{0,60}$"
)
_YEARLY = re.compile(r"d'an(?:nee)?s? (?:[a-z]+ )?en an(?:nee)?\b|d'exercice en exercice|year by year|"
                     r"par annees?\b|"
                     r"a chaque (?:date d')?(?:echeance|anniversaire)(?: principale| annuelle)?|pour l'annee entiere|"
                     r"year[- ]to[- ]year|"
                     r"annuellement|annual(?:ly)? renew|chaque annee|"
                     r"for (?:another|a further|an additional) year|(?:renew|extend)\w* (?:annually|yearly)|"
                     r"par tranches? annuelles?|periodes? annuelles?|reconduction annuelle|renouvellement annuel|"
                     r"(?:tacite|tacitement)[a-z ,]{0,14} annuel|chaque annee|annee apres annee|"
                     r"(?:chaque|toute) (?:saison|exercice|campagne) suivante?|par periodes? annuelles?")  # fmt: skip
_QUARTERLY = re.compile(r"de trimestre en trimestre|trimestre par trimestre|quarter[- ](?:to|by)[- ]quarter")
_HALF_YEARLY = re.compile(r"de semestre en semestre|par semestres?\b")
_MONTHLY = re.compile(r"de mois en mois|month[- ]to[- ]month")
_BY_RHYTHM = (
    (_YEARLY, Duration(years=1)),
    (_QUARTERLY, Duration(months=3)),
    (_HALF_YEARLY, Duration(months=6)),
    (_MONTHLY, Duration(months=1)),
)
SAME_LENGTH = "renewal.same_length"
_SAME = re.compile(
    r"(?:meme|identique|egale?|similaire|same|equal|like) (?:duree|periode|length|term|period)|"
    r"pour (?:des|une) periodes? egales?|(?:duree|periodes?) (?:identique|egale|equivalente)s?"
)
_INITIAL_BEFORE = re.compile(
    r"(?:initiale?|conclu|consenti|souscri|thereafter|during the term|cure)"
    r"(?:(?!additional|successive|further|subsequent|nouvelle|renew|renouvel|recondu)[^.;]){0,50}$"
)


def periods(near: Near, known: Known) -> Iterator[Finding[Duration]]:
    for index, (sentence, text) in enumerate(near):
        weight = 0.93 if index == 0 else 0.84
        for found in durations.find(text):
            before, after = text[max(0, found.start - 120) : found.start], text[found.end : found.end + 40]
            if _NOTICE_AFTER.match(after) or _NOTICE_BEFORE.search(before):
                continue
            if _TOTAL_AFTER.match(after) or (_TOTAL_BEFORE.search(before) and not _OF_PERIODS.search(before)):
                continue
            cue = _PERIOD_BEFORE.search(before) or (RENEWS.search(text) and _FURTHER.match(after))
            if cue is None or (
                isinstance(cue, re.Match) and cue[0].startswith("continu") and not _GOES_ON_AFTER.search(text)
            ):
                continue
            if _FIRST_TERM.search(text[: found.start]) or _OTHER_LENGTH.search(before) or _AFTERWARDS.match(after):
                continue
            if not found.value.hours and not _INITIAL_BEFORE.search(before):
                yield Finding(found.value, sentence, found.start, found.end, weight, "renewal.period")
        if (one := _ONE_BY_ONE.search(text)) and (whole := durations.find(text[: one.start()])):
            unit = Duration(years=1) if whole[-1].value.years else Duration(months=1)
            yield Finding(unit, sentence, whole[-1].start, one.end(), 0.95, "renewal.one_by_one")
        if (each := _EACH_OF.search(text)) and (
            step := durations.unit_of((each["unit"] or each["units"]).replace("exercice", "annee"))
        ):
            yield Finding(step, sentence, each.start(), each.end(), 0.95, "renewal.each_of")
        for pattern, length in _BY_RHYTHM:
            if match := pattern.search(text):
                yield Finding(length, sentence, match.start(), match.end(), weight - 0.03, "renewal.rhythm")
        initial = known.value("duration")
        if initial and (match := _SAME.search(text)) and RENEWS.search(text):
            yield Finding(initial, sentence, match.start(), match.end(), weight - 0.05, SAME_LENGTH)


_FIRST_TERM = re.compile(
    r"\b(?:commenc|begin|start|effective)[^.;]{0,170}?\band\b[^.;]{0,60}?\b(?:extends?|continues?)\b"
    r"(?![^.;]*\b(?:renew|success|additional|further))[^.;]{0,60}$"
)
"""`shall commence on the Effective Date and continue for` the first term."""
_OTHER_LENGTH = re.compile(r"\bwithin[^.;,]{0,22}$|\bcure period\b|\b(?:contract|fiscal|calendar) year\W{0,3}means\b")
_AFTERWARDS = re.compile(r"^[^.;,]{0,12}\b(?:following|after) (?:the |its |such )?(?:expir|terminat)")
_REPEATS = re.compile(
    rf"(?:reconductible|renouvelable|recondui|renouvel|prolong|"
    rf"proro)[a-z]*(?:,? [a-z]+){{0,4}}?,? {INTEGER}{BRACKETED} fois"
    r"(?! (?:par|pour|de|d'|un|une|l'))|(?:durees? (?:totale|maximale|globale)|reconductions? comprises?)"
)
"""A renewal that is counted or capped without saying for how long."""


def as_long_again(near: Near, known: Known) -> Iterator[Finding[Duration]]:
    """As long as the initial term, where the renewal is told by its number or by a total length alone.

    A contract that is renewed without another word is renewed for its own length (Code civil, art. 1215, leaves it
    open; public contracts and trade use mean the initial period).
    """
    initial = known.value("duration")
    for sentence, text in near if initial else ():
        if (match := _REPEATS.search(text)) and RENEWS.search(text):
            yield Finding(initial, sentence, match.start(), match.end(), 0.74, SAME_LENGTH)


_ONE_BY_ONE = re.compile(
    r"\b(?:pris[es]* |decide[es]* )?(?:une? (?:par|a) une?|annee (?:par|apres) annee|"
    r"one (?:by one|at a time))\b"
)
"""`deux années, prises une par une`: as many periods of one year."""
_MORE = r"(?:additional|successive|further|consecutive|more|other|nouvelles?|autres?|supplementaires?|eventuelles?)"
_ONE_MORE = re.compile(rf"\b{_MORE}\b")
_EACH_OF = re.compile(
    rf"\bchacune? des (?P<count>{INTEGER}){BRACKETED} (?P<unit>annees?|ans?|mois|semestres?|trimestres?|exercices?)\b"
    rf"|\b(?P<units>annees|semestres|trimestres) successi[a-z]+, (?P<most>{INTEGER}) au (?:maximum|plus)\b"
)
"""`pour chacune des deux années suivantes`: two periods of one year."""
_ONCE_MORE = re.compile(
    r"\b(?:possibilite|faculte|reconductible|renouvelable|option|pou(?:rra|vant)|peut)\b[^.;]{0,70}?"
    r"\b(?:d'une?|pour une?|une?) (?P<what>(?:annee|an|periode|duree|reconduction)\b[^.;,]{0,30}?) supplementaire"
)
"""One further period may follow, hence one at most."""
_COUNT = re.compile(
    rf"(?<![\d.])(?P<times>{INTEGER}){BRACKETED} (?:{_MORE} )?(?:fois|reprises|times?\b|reconductions?|"
    rf"renouvellements?|"
    rf"renewals?|prorogations?|"
    rf"occasions?|extensions?|prolongations?)|(?P<once>(?:une|un) seule? (?:fois|renouvellement|prolongation|"
    rf"reconduction)|"
    rf", une seule,|"
    rf"\bonce\b)|au nombre de (?P<number>{INTEGER})|"
    rf"nombre (?:maxim[a-z]+ )?d(?:e|es) (?:periodes? de )?(?:reconductions?|"
    rf"renouvellements?|prolongations?)[^.;]{{0,40}}?(?::|\t|fixee? a|limitee? a|est de|est)\s?(?P<told>{INTEGER})\b|"
    rf"(?:limit[a-z]* a|limite de|up to|maximum (?:de|of)|au (?:plus|maximum)|at most|more than|pour|for|by|"
    rf"par) (?P<periods>{INTEGER}){BRACKETED} (?:{_MORE} )*(?:(?:[a-z-]+ ){{0,3}})?"
    r"(?:periodes?|periods?|terms?|tranches?|reconductions?|renewals?)|(?P<twice>\btwice\b)"
)
_NOT_COUNT = re.compile(
    r"\b(?:at once|une fois (?:l'an|l'annee|[a-z]*e{1,2}s?\b|que\b|ces?\b|sa\b)|une (?:eventuelle |"
    r"reconduction tacite)|"
    r"par an|visite|reunion|par mois|par semaine|a year|per year|livr|tous les)\b"
)


def stated_count(view: ContractView, near: Near, *, option: bool) -> Finding[int] | None:
    found: list[Finding[int]] = []
    for index, (sentence, text) in enumerate(near):
        if (one := _ONE_BY_ONE.search(text)) and (whole := durations.find(text[: one.start()])):
            pieces = whole[-1].value.years or whole[-1].value.months
            if pieces:
                found.append(Finding(pieces, sentence, whole[-1].start, one.end(), 0.95, "renewal.one_by_one"))
        if (each := _EACH_OF.search(text)) and (number := value_of(each["count"] or each["most"])):
            found.append(Finding(number, sentence, each.start(), each.end(), 0.93, "renewal.each_of"))
        elif more := _ONCE_MORE.search(text):
            found.append(Finding(1, sentence, more.start("what") - 4, more.end(), 0.8, "renewal.once_more"))
        for match in _COUNT.finditer(text):
            words = match["times"] or match["number"] or match["told"] or match["periods"] or ""
            count = 1 if match["once"] else 2 if match["twice"] else value_of(words)
            offered = option and _ONE_MORE.search(match[0])
            lasting = match["periods"] and match[0].startswith(("pour ", "for ", "par ", "by "))
            if lasting and count == 1 and not offered:
                continue
            if count is None or count > 30 or _NOT_COUNT.search(text[match.start() : match.end() + 25]):
                continue
            found.append(
                Finding(count, sentence, match.start(), match.end(), 0.92 - 0.05 * (index > 0), "renewal.count")
            )
    return best(view, found)


_TOTAL = re.compile(
    r"(?:dure[e]? (?:totale|cumulee|globale|maximale|maximum)(?! (?:de |des )?(?:la )?reconduction)|total (?:term|"
    r"duration|period)|maximum (?:term|duration)|reconductions? comprises?|toutes? reconductions?|"
    r"renouvellements? compris|"
    r"(?:ne (?:pourra|peut|puisse|saurait|pouvant)|sans(?: pouvoir)?|sans qu[^.;]{0,40})[^.;]{0,20} (?:exced|"
    r"depass|durer plus|aller au-dela)[a-z]*)"
    r"(?:(?!reconductions? de)[^.;]){0,110}$"
)
_TOTAL_AFTER = re.compile(
    r"^[ ,(]{1,2}(?:au total|en tout|in total|in aggregate|(?:toutes )?(?:reconductions?|renouvellements?|"
    r"prolongations?) "
    r"(?:compris|inclus|confondu)|maximum|au maximum|periode initiale (?:comprise|incluse))"
)
_OF_RENEWALS = re.compile(
    r"(?:maximale|totale|maximum|cumulee) de (?:la |des |ces )?(?:reconduction|renouvellement|"
    r"prolongation)s?[^.;]{0,30}$"
)
"""A total that leaves the initial term out: `une durée maximale de reconduction de trois ans`."""
_ULTIMATE = re.compile(
    r"(?:ultime|quoi qu'il arrive|en tout etat de cause|au-dela du|no later than|in no event|au plus tard|beyond|"
    r"derniere (?:periode |reconduction |echeance )?(?:possible )?(?:s'achev|pren|expir|se termin)|"
    r"sans (?:pouvoir )?(?:exceder|depasser) le|terme (?:final|extreme|definitif))[^.;]{0,60}$"
)
_ULTIMATE_YEAR = re.compile(
    r"(?:au-dela de|beyond|plus loin que) (?:l'annee |l'exercice |"
    r"la fin de )?(?P<year>20\d\d)\b"
)


def computed_count(view: ContractView, known: Known, period: Finding[Duration] | None) -> Iterator[Candidate]:
    """From a total length (`sans excéder quatre ans`) or an ultimate day, where whole periods fit in after the term."""
    initial, end = known.best("duration"), known.best("end_date")
    if period is None or initial is None:
        return
    for sentence, text, heading in spoken(view):
        if not TERM_HEAD.search(heading) and not RENEWS.search(text) and "dure" not in text:
            continue
        for total in durations.find(text):
            before = text[max(0, total.start - 150) : total.start]
            if _OF_RENEWALS.search(before):
                count = _fits(total.value, Duration(), period.value)
            elif _TOTAL.search(before) or _TOTAL_AFTER.match(text[total.end : total.end + 60]):
                count = _fits(total.value, initial.value, period.value)
            else:
                continue
            if count:
                finding = Finding(count, sentence, total.start, total.end, 0.84, "renewal.count_from_total")
                basis = f"({total.value} - {initial.value}) / {period.value}"
                yield candidate("renewal.max_count", finding, quotes=(period.quote,), basis=basis)
                return
        for last in _last_possible_days(text):
            count = _steps(end.value, last.value, period.value) if end else None
            if end and count:
                finding = Finding(count, sentence, last.start, last.end, 0.82, "renewal.count_from_last_day")
                basis = f"{end.value} to {last.value} in periods of {period.value}"
                yield candidate("renewal.max_count", finding, quotes=(period.quote,), basis=basis)
                return


def _last_possible_days(text: str) -> Iterator[Found[date]]:
    for day in dates.find(text):
        if _ULTIMATE.search(text[max(0, day.start - 90) : day.start]) or _ULTIMATE_AFTER.match(text[day.end :]):
            yield day
    for match in _ULTIMATE_YEAR.finditer(text):
        yield Found(date(int(match["year"]), 12, 31), match.start(), match.end())


_ULTIMATE_AFTER = re.compile(r",? (?:au plus tard|terme ultime|date ultime|at the latest)\b")


def _fits(total: Duration, initial: Duration, period: Duration) -> int | None:
    whole, first, step = total.in_months, initial.in_months, period.in_months
    if whole is None or first is None or not step or whole <= first or (whole - first) % step:
        return None
    return (whole - first) // step


def _steps(end: date, last: date, period: Duration) -> int | None:
    """How many periods lead from the end of the initial term to ``last``; None when none of up to 30 does."""
    begin = Duration(days=1).after(end)
    for count in range(1, 31):
        begin = period.after(begin)
        reached = Duration(days=1).before(begin)
        if reached >= last:
            return count if reached == last else None
    return None
