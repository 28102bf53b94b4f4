"""What happens at the end of the initial term: tacit or express renewal, or none; for how long, how many times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from agent.reading.grammar import dates, durations
from agent.reading.grammar.found import Found
from agent.reading.grammar.numbers import BRACKETED, INTEGER, value_of
from agent.reading.reader import Candidate
from agent.reading.rules.finding import Finding, best, candidate, cover_parts, ranked, spoken
from agent.reading.rules.known import Known
from agent.reading.structure import ContractView, Sentence
from portfolio.schema import RenewalKind
from portfolio.values import Duration


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """`renewal.kind`, and for a renewal its `period` and `max_count`."""
    findings = list(_kinds(view, known))
    kind = best(view, findings)
    if kind and kind.value == "none" and kind.rule == _NOT_TACIT:
        kind = best(view, (f for f in findings if f.value == "express")) or kind
    if kind is None:
        return
    yield candidate("renewal.kind", kind)
    if kind.value == "none":
        return
    near = _neighbourhood(view, kind, ranked(view, (f for f in findings if f.value == kind.value)))
    period = best(view, _periods(near, known), same=Duration.equals)
    if period:
        initial = known.best("duration") if period.rule == _SAME_LENGTH else None
        quotes, basis = (initial.quotes[:1], f"as long as the initial term, {initial.value}") if initial else ((), None)
        yield candidate("renewal.period", period, quotes=quotes, basis=basis)
    count = _stated_count(view, near, option=kind.value == "express")
    if count:
        yield candidate("renewal.max_count", count)
    else:
        yield from _computed_count(view, known, period)


# --- kind ------------------------------------------------------------------------------------------------------------

_RENEW = r"\b(?:renouvel|reconduct|recondui|prolong|proroge|prorogation|renew|exten[ds])[a-z]*"
_GOES_ON = r"\b(?:renouvel|recondui|reconduct|prolong|proroge|poursui|continu|repart|renew|extend|roll)[a-z]*"
_SILENCE = (
    r"(?:\bsauf\b|a moins que|a moins d'|(?:a defaut|faute|en l'absence) d(?:e |'un |'une |')(?:toute )?(?:conge|"
    r"denonciation|"
    r"opposition|resiliation|avis contraire|preavis|notification contraire|decision contraire|volonte contraire)|"
    r"si (?:personne|aucune? (?:des parties|decision|partie|d'elles)|nul|ni l'un)|\bunless\b|\bsave where\b)"
)
_AGREED = (
    r"(?:\bavenant|accord (?:expres|ecrit|des|entre|prealable|mutuel|commun|conjoint|formel)|par ecrit|commun accord|"
    r"acceptation (?:ecrite|expresse)|"
    r"par (?:lettre|courrier)|document signe|signed (?:document|by both)|written (?:agreement|consent|notice)|"
    r"agree[a-z]* in writing|mutual)"
)
_KINDS: tuple[tuple[RenewalKind, float, str], ...] = (
    ("none", 0.95, r"(?:reconduction|renouvellement|renewal)(?: possible| prevue?| "
     "tacite)?[\W]{1,60}(?:non\b|exclue?|aucune?|neant|sans objet|"
                   r"none)|reconduction[^.;]{0,20}(?:exclue|interdite)|(?:exclu|"
                   r"ecart)[a-z]* (?:de )?toute (?:tacite )?(?:reconduction|renouvellement)|"
                   r"(?:sans|aucune|aucun|ni|pas (?:de|d'objet)|"
                   r"exclut toute|pas prevu|sans se|without|no right of|jamais) (?:possibilite de |clause de |"
                   r"droit (?:a|au) |"
                   r"any |de |faculte de )*(?:reconduction|renouvel[a-z]*|prolong[a-z]*|reconduire|renewal|"
                   r"extension)\b(?! (?:expresse|tacite|automati|d'elle|de lui|d'office|de plein droit))|"
                   r"ni renouvelable|"
                   r"(?:n'est|ne sera|n'etant|ne sont|ne pourra|ne peut) (?:en aucun cas |etre |ni |pas |"
                   r"non )*(?:reconduit|renouvel|reconductible|prolong)(?![^.;]{0,40} qu(?:e |'))|"
                   r"non (?:renouvelable|reconductible)|ne se (?:recondui|prolong|poursui)[a-z]* pas(?! (?:d'elle|"
                   r"de lui|automat|tacit))|ne (?:se renouvel|donner?a? lieu a)[a-z]* ?(?:pas|"
                   r"aucune? (?:reconduction|renouvellement))|"
                   r"(?:shall|will|may) not (?:be )?(?:renew|extend)|\bno (?:renewal|extension)|non-renewable|"
                   r"not renewable|not subject to renewal|(?:agreement|contract|lease|it|licence|"
                   r"term) does not renew\b|"
                   r"no right to renew|rien ne se (?:recondui|renouvel|prolong)|ne saurait etre (?:recondui|"
                   r"renouvel|prolong)|"
                   r"sans autre (?:reconduction|renouvellement|prolongation)"),
    ("none", 0.76, r"(?:sans|aucune|pas|ni|exclut toute) (?:de |possibilite de )?(?:tacite (?:reconduction|"
                   r"prolongation)|reconduction tacite|renouvellement tacite)|"
                   r"(?:n'est|ne sera|ne pourra|ne peut|n'est) (?:pas |etre |en aucun cas )*(?:tacitement|"
                   r"automatiquement) (?:reconduit|renouvel|prolong)|"
                   r"ne (?:pourra|peut|saurait)[^.;]{0,30}(?:tacite|tacitement)|"
                   r"not (?:be )?(?:automatically (?:renew|extend)|(?:renew|extend)(?:ed)? automatically)|"
                   r"sans se (?:renouveler|reconduire|prolonger)|no automatic (?:renewal|extension)|"
                   r"ne se (?:recondui|renouvel|prolong|poursui)[a-z]* pas (?:d'elle|de lui|automat|tacit)|"
                   r"(?:does|shall|will) not (?:roll over|renew itself)|nothing happens by silence|silence ne vaut"),
    ("tacit", 0.95, r"(?:reconduction|renouvellement|renewal)[\W]{1,60}(?:tacite|automati)|"
                    r"(?:reconduction|renouvellement)s? (?:est|sont|sera|seront) tacites?|ne (?:peut|"
                    r"pourra) (?:pas )?(?:refuser|s'opposer a) "
                    r"(?:la|cette|sa) (?:reconduction|reconduire)|tacite[s]? (?:reconduction|prolongation|"
                    r"prorogation)|(?:reconduction|renouvellement|"
                    r"prolongation) tacite|tacitement|"
                    r"(?:renouvel|recondui|prolong|proroge|poursuiv|poursuit)[a-z]*[^.;]{0,40}(?:automatiquement|"
                    r"de plein droit|d'office|de lui-meme|toute seule?|"
                    r"sans (?:qu'il soit besoin|autre|aucune) (?:d'un )?(?:ecrit|formalite))|"
                    r"renouvellement automatique|"
                    r"(?:reconduction|renouvellement)[^.;]{0,40}(?:reputee?|consideree?)[^.;]{0,15}acceptee?|"
                    r"automatic(?:ally)? (?:be )?(?:renew|extend|continu|roll)|(?:renew|"
                    r"extend)s?(?:ed)? automatically|auto-?renew|automatic (?:annual )?renewal|"
                    r"evergreen|tacit (?:agreement|renewal)|(?:reconduction|renouvellement)s tacites?|"
                    r"silence des parties|"
                    r"\brolls? on\b|reconduit[a-z]* [^.;]{0,80}sans qu'il soit besoin"),
    ("tacit", 0.86, r"(?:shall|will) (?:thereafter |then |be )*(?:renew|extended?|"
                    r"continue)[a-z]*[^.;]{0,60}(?:unless|until (?:either|terminated))|"
                    r"(?:thereafter|continue|renew)[^.;]{0,40}(?:year[- ]to[- ]year|month[- ]to[- ]month|successive)|"
                    r"d'annee en annee|de mois en mois|"
                    r"(?:se|est|sera) (?:ensuite )?(?:renouvele|renouvelle|reconduite?|prolonge|proroge|poursuit|"
                    r"poursuivra)[^.;]{0,90}(?:sauf|a moins|par periodes?|"
                    r"tant qu|aussi longtemps|sans limite)|le bail se (?:poursuivra|continuera)"),
    ("tacit", 0.84, rf"{_GOES_ON}[^;]{{0,150}}{_SILENCE}|{_SILENCE}[^;]{{0,150}}{_GOES_ON}|"
                    r"rolls? over|continue un an de plus"),
    ("express", 0.9, r"(?:reconduction|renouvellement|renewal)[\W]{1,60}(?:expresse?|express)\b|"
                     r"reconduction expresse|(?:recondui|renouvel|prolong|"
                     r"reconduct)[a-z]*[^.;]{0,50}(?:expresse?(?:ment)?|par (?:voie d'|un )?(?:avenant|ecrit|"
                     r"accord|decision)|d'un commun accord|sur decision)|(?:expresse?|ecrite?) de (?:reconduire|"
                     r"renouveler)|(?:decision|accord|demande)[^.;]{0,30}"
                     r"(?:expresse?|ecrite?)[^.;]{0,30}(?:recondui|renouvel|prolong)|(?:may|can) be (?:renewed|"
                     r"extended|lengthened|prolonged)|may (?:lengthen|extend|renew|prolong)|"
                     r"(?:option|right) to (?:renew|extend)|(?:renew|extend|extension)[a-z]*[^.;]{0,60}(?:mutual|"
                     r"written|agree|addendum)|mutually agree[^.;]{0,30}(?:renew|exten)"),
    ("express", 0.86, r"(?:recondui|renouvel|prolong|reconduct)[a-z]*[^.;]{0,130}(?:decision|accord|demande|avenant|"
                      r"ecrit)s? "
                      r"(?:expres|ecrit|signe)|(?:further|additional|new) (?:cycle|period|"
                      r"term)[^.;]{0,60}(?:new letter|"
                      r"signed|written|agree)"),
    ("express", 0.82, rf"{_RENEW}[^.]{{0,110}}{_AGREED}|{_AGREED}[^.;]{{0,60}}{_RENEW}|(?:faculte|option|possibilite|"
                      r"droit|liberte) (?:de |d')(?:le |la |les )?(?:renouveler|reconduire|prolonger|proroger|"
                      r"renouvellement|"
                      r"prolongation|reconduction)|may (?:extend|renew)|option to (?:extend|renew)"),
    ("tacit", 0.7, r"(?:est|sera) (?:renouvelable|reconductible)|peut etre (?:reconduit|renouvele)|(?:renouvelable|"
                   r"reconductible) (?:\w+ )?(?:\(?\d\)? )?fois"),
)  # fmt: skip
_NOT_TACIT = "renewal.not_tacit"
"""Only tacit renewal is ruled out: an express one may still be foreseen."""
_PATTERNS = tuple((kind, weight, re.compile(pattern)) for kind, weight, pattern in _KINDS)
_HINT = re.compile(
    r"renouvel|recondu|prolong|proro|tacite|renew|exten|poursui|annee en annee|mois en mois|evergreen|"
    r"lengthen|year.to.year|month.to.month|repart|continu|roll"
)
_HEAD = re.compile(
    r"\b(?:dure|recondu|renouvel|terme?\b|terms\b|renewal|suite|effet|echeance|temps|vie du|duration|"
    r"calendrier|denonciation|period)"
)
_SUBJECT = re.compile(
    r"\b(?:contrat|bail|marche|convention|accord|police|abonnement|engagement|il|elle|agreement|lease|term|contract|"
    r"it|partners|parties|tranche|"
    r"reconduction|renouvellement|period|periode)\b"
)
_OTHER = re.compile(
    r"\b(?:certificat|attestation|licen|agrement|autorisation|garantie|assurance|precaire|carte|mandat|habilitation|"
    r"credit|insurance|sick|cure period|visa|patent|"
    r"delai|mandat|delay|deadline|stock|letter of credit|warranty|offre|annexe d|salaire)"
)


_TRIAL = re.compile(r"\bessai\b|\bprobation|\btrial\b")


def _kinds(view: ContractView, known: Known) -> Iterator[Finding[RenewalKind]]:
    public, cover = known.value("legal_nature.sector") == "public", cover_parts(view)
    for sentence, text, heading in spoken(view):
        if not _HINT.search(text) or _TRIAL.search(text):
            continue
        not_tacit = False
        for kind, weight, pattern in _PATTERNS:
            match = pattern.search(text)
            if match is None or (not_tacit and kind != "express"):
                continue
            in_head = bool(_HEAD.search(heading))
            if not in_head:
                weight -= 0.1
            if not _SUBJECT.search(text):
                weight -= 0.1
            renewed = text[max(0, match.start() - 60) : match.start() + 25]
            if _OTHER.search(renewed) and not (in_head and "tacite" in match[0]):
                weight -= 0.35
            if sentence.part in cover:
                weight -= 0.25
            if weight < 0.75 and not public and "reconductible" not in match[0]:
                weight -= 0.1
            if weight > 0.5:
                rule = _NOT_TACIT if kind == "none" and weight < 0.8 else f"renewal.{kind}"
                yield Finding(kind, sentence, match.start(), match.end(), weight, rule)
                if rule == _NOT_TACIT:
                    not_tacit = True
                    continue
            break


# --- period and number -----------------------------------------------------------------------------------------------

Near = Sequence[tuple[Sentence, str]]


def _neighbourhood(
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
        elif _HINT.search(text) or _CONTINUES.search(text):
            near.append((sentence, text))
    return own + near


_CONTINUES = re.compile(r"\b(?:dure|periode|fois|once|times|total|quoi qu'il arrive|ultime|limite|term\b)")
_PERIOD_BEFORE = re.compile(
    r"(?:renouvel|recondu|recondui|prolong|proro|poursui|renew|exten|lengthen|tranches?|"
    r"continu|repart|roll|additional|subsequent|further|successive|par annee|"
    r"tacite|expresse|fois)[^.;]{0,110}$"
)
_GOES_ON_AFTER = re.compile(
    r"thereafter|renew|exten[ds]|additional|further|successive|renouvel|recondu|prolong|"
    r"ensuite|de plus|more\b"
)
"""What tells `shall continue for one year` at the end of the term from the term itself."""
_NOTICE_AFTER = re.compile(
    r"^(?:(?!unless|sauf|a moins|save|by |par )[^.;,]){0,30}\b(?:avant|a l'avance|before|"
    r"prior|notice|preavis|auparavant|in advance)"
)
_NOTICE_BEFORE = re.compile(r"\b(?:preavis|notice|prevenir|denonc\w*|moins|least|au plus tard)[^.;,]{0,22}$")
_OF_PERIODS = re.compile(r"(?:periodes?|periods?|tranches?|fois)(?: [a-z]+){0,2} (?:de |d'|of )?$")
_TOTAL_BEFORE = re.compile(
    r"(?:total|cumul|globale|maximale|maximum|aggregate|exce|depass|superieure|"
    r"compris)[^.;]{0,60}$"
)
_YEARLY = re.compile(r"d'annee (?:scolaire )?en annee|d'exercice en exercice|year by year|"
                     r"par annees? (?:entieres?|civiles?|scolaires?)|year[- ]to[- ]year|"
                     r"annuellement|annual(?:ly)? renew|chaque annee|"
                     r"for (?:another|a further|an additional) year|(?:renew|extend)\w* (?:annually|yearly)|"
                     r"par tranches? annuelles?|periodes? annuelles?|reconduction annuelle|renouvellement annuel|"
                     r"(?:tacite|tacitement)[a-z ]{0,14} annuel|chaque annee")  # fmt: skip
_QUARTERLY = re.compile(r"de trimestre en trimestre|trimestre par trimestre|quarter[- ](?:to|by)[- ]quarter")
_MONTHLY = re.compile(r"de mois en mois|month[- ]to[- ]month")
_BY_RHYTHM = (
    (_YEARLY, Duration(years=1)),
    (_QUARTERLY, Duration(months=3)),
    (_MONTHLY, Duration(months=1)),
)
_SAME_LENGTH = "renewal.same_length"
_SAME = re.compile(
    r"(?:meme|identique|egale?|similaire|same|equal|like) (?:duree|periode|length|term|period)|"
    r"pour (?:des|une) periodes? egales?|(?:duree|periodes?) (?:identique|egale|equivalente)s?"
)
_INITIAL_BEFORE = re.compile(
    r"(?:initiale?|conclu|consenti|souscri|thereafter|during the term|cure)"
    r"(?:(?!additional|successive|further|subsequent|nouvelle|renew|renouvel|recondu)[^.;]){0,50}$"
)


def _periods(near: Near, known: Known) -> Iterator[Finding[Duration]]:
    for index, (sentence, text) in enumerate(near):
        weight = 0.93 if index == 0 else 0.84
        for found in durations.find(text):
            before, after = text[max(0, found.start - 120) : found.start], text[found.end : found.end + 40]
            if _NOTICE_AFTER.match(after) or _NOTICE_BEFORE.search(before):
                continue
            if _TOTAL_AFTER.match(after) or (_TOTAL_BEFORE.search(before) and not _OF_PERIODS.search(before)):
                continue
            cue = _PERIOD_BEFORE.search(before)
            if cue is None or (cue[0].startswith("continu") and not _GOES_ON_AFTER.search(text)):
                continue
            if not found.value.hours and not _INITIAL_BEFORE.search(before):
                yield Finding(found.value, sentence, found.start, found.end, weight, "renewal.period")
        if (one := _ONE_BY_ONE.search(text)) and (whole := durations.find(text[: one.start()])):
            unit = Duration(years=1) if whole[-1].value.years else Duration(months=1)
            yield Finding(unit, sentence, whole[-1].start, one.end(), 0.95, "renewal.one_by_one")
        for pattern, length in _BY_RHYTHM:
            if match := pattern.search(text):
                yield Finding(length, sentence, match.start(), match.end(), weight - 0.03, "renewal.rhythm")
        initial = known.value("duration")
        if initial and (match := _SAME.search(text)) and _HINT.search(text):
            yield Finding(initial, sentence, match.start(), match.end(), weight - 0.05, _SAME_LENGTH)


_ONE_BY_ONE = re.compile(
    r"\b(?:pris[es]* |decide[es]* )?(?:une? (?:par|a) une?|annee (?:par|apres) annee|"
    r"one (?:by one|at a time))\b"
)
"""`deux années, prises une par une`: as many periods of one year."""
_MORE = r"(?:additional|successive|further|consecutive|more|other|nouvelles?|autres?|supplementaires?|eventuelles?)"
_ONE_MORE = re.compile(rf"\b{_MORE}\b")
_COUNT = re.compile(
    rf"(?P<times>{INTEGER}){BRACKETED} (?:{_MORE} )?(?:fois|times?\b|reconductions?|renouvellements?|renewals?|"
    rf"occasions?|extensions?|prolongations?)|(?P<once>(?:une|un) seule? (?:fois|renouvellement|prolongation|"
    rf"reconduction)|"
    rf", une seule,|"
    rf"\bonce\b)|au nombre de (?P<number>{INTEGER})|nombre (?:maxim[a-z]+ )?de (?:periodes? de )?(?:reconductions?|"
    rf"renouvellements?|prolongations?)[^.;]{{0,40}}?(?::|\t|fixee? a|limitee? a|est de|est)\s?(?P<told>{INTEGER})\b|"
    rf"(?:limit[a-z]* a|limite de|up to|maximum (?:de|of)|au (?:plus|maximum)|at most|more than|pour|for|by|"
    rf"par) (?P<periods>{INTEGER}){BRACKETED} (?:{_MORE} )*(?:(?:[a-z-]+ ){{0,3}})?"
    r"(?:periodes?|periods?|terms?|reconductions?|renewals?)"
)
_NOT_COUNT = re.compile(
    r"\b(?:at once|une fois (?:l'an|l'annee|[a-z]*e{1,2}s?\b|que\b|ces?\b|sa\b)|une (?:eventuelle |"
    r"reconduction tacite)|"
    r"par an|visite|reunion|par mois|par semaine|a year|per year|livr|tous les)\b"
)


def _stated_count(view: ContractView, near: Near, *, option: bool) -> Finding[int] | None:
    found: list[Finding[int]] = []
    for index, (sentence, text) in enumerate(near):
        if (one := _ONE_BY_ONE.search(text)) and (whole := durations.find(text[: one.start()])):
            pieces = whole[-1].value.years or whole[-1].value.months
            if pieces:
                found.append(Finding(pieces, sentence, whole[-1].start, one.end(), 0.95, "renewal.one_by_one"))
        for match in _COUNT.finditer(text):
            words = match["times"] or match["number"] or match["told"] or match["periods"]
            count = 1 if match["once"] else value_of(words)
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
    r"depass)[a-z]*)"
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


def _computed_count(view: ContractView, known: Known, period: Finding[Duration] | None) -> Iterator[Candidate]:
    """From a total length (`sans excéder quatre ans`) or an ultimate day, where whole periods fit in after the term."""
    initial, end = known.best("duration"), known.best("end_date")
    if period is None or initial is None:
        return
    for sentence, text, heading in spoken(view):
        if not _HEAD.search(heading) and not _HINT.search(text) and "dure" not in text:
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
