"""Days counted from an event: `premier jour du mois suivant la dernière signature`, `quinze jours après la livraison`.

The pattern is a word of time (or a delay, or the first day of the next month), words that only lead on to the event
(articles, `date`, `dernière`, `les deux parties`), and the event as a noun or as a clause (`dès qu'il est signé`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from agent.reading.grammar import dates, durations
from agent.reading.grammar.found import Found, leftmost_longest
from agent.reading.grammar.months import WEEKDAYS
from agent.reading.grammar.numbers import ORDINAL, value_of
from portfolio.values import Duration

Event = Literal["signature", "notification", "delivery", "acceptance", "order", "handover"]


_NONE = Duration()


@dataclass(frozen=True, slots=True)
class Relative:
    """A day counted from an event: ``offset`` after it; then the first day of the next period of ``first_of`` months,
    or the ``day`` of it, or the next ``month_day`` (`MM-DD`), or the next ``weekday`` (0 is Monday), where told."""

    event: Event
    offset: Duration = _NONE
    first_of: int = 0
    month_day: str | None = None
    day: int = 1
    weekday: int | None = None

    def resolve(self, day: date) -> date:
        """The day, when the event took place on ``day``."""
        moved = self.offset.after(day)
        if self.month_day:
            month, number = map(int, self.month_day.split("-"))
            return date(
                moved.year + ((month, number) <= (moved.month, moved.day)), month, min(number, 28 + (month != 2) * 3)
            )
        if self.weekday is not None:
            return moved + timedelta(days=(self.weekday - moved.weekday() - 1) % 7 + 1)
        if not self.first_of:
            return moved
        months = ((moved.year * 12 + moved.month - 1) // self.first_of + 1) * self.first_of
        return date(months // 12, months % 12 + 1, self.day)


_THIS = r"(?:present(?:e|es|s)?(?: contrat| convention| accord| bail| marche)?|this (?:agreement|contract|lease|deed))"
_EVENTS: tuple[tuple[Event, str], ...] = (
    ("signature", r"(?:(?:counter-?|contre)?signatures?|signing|(?<!l')executions? (?:hereof|of (?:this|the)|"
                  r"by (?:both|the|all))|"
                  r"(?<=its )execution|conclusion\b(?! d'une? (?:nouv|autre))|acceptation (?:de|du|des)\b|"
                  r"acceptance (?:of|by)\b|"
                  r"(?:(?:est|sera|aura ete|ont|auront|aura|l'aura|l'a|a|has|have|been|is|to|parties?|party) )"
                  r"(?:contre|counter-?)?sign(?:e|ed|ee)s?\b|(?:been|is|are) (?:duly )?executed|signed below|"
                  r"set forth below|signatures below|"
                  r"part(?:y|ies) (?:to )?sign(?:s|ed)?|parties? signent|(?:you|vous|nous|we) (?:contre|"
                  r"counter-?)?sign(?:ez|ons)?\b|"
                  r"(?<=aussitot )(?:que )?sign(?:ee?|ature)|entered into|(?<=lendemain des )presentes|"
                  r"votre (?:accord|retour|acceptation|bon pour accord)|your (?:agreement|acceptance))"),
    ("notification", r"(?:notification|(?:est|sera|aura ete) notifiee?|"
                     r"(?:receve[zr]|recevrez|recevra|recoit|avez recu|aura recue?|aurez recue?|recu) "
                     r"(?:la presente|cette|ce|le present|le bon)|"
                     r"reception (?:du present|de la presente|de cette|de ce|du bon|du bulletin|par (?:le|la|l'|"
                     r"vos soins|vous)|"
                     r"de la commande)|"
                     r"receipt of (?:this|the) (?:letter|order|notice|agreement))"),
    ("order", r"ordres? de (?:service|demarr|commenc)[a-z]*"),
    ("handover", r"(?:remise des cles|entree (?:en jouissance|dans les lieux)|proces-verbal|prise en charge|"
                 r"etat des lieux|mise a disposition|prise de possession|handover|possession)"),
    ("acceptance", r"(?:recette|reception(?! (?:de (?:la|sa|l'|cette|leur)|par|du (?:present|courrier))\b)|acceptance|"
                   r"admission)"),
    ("delivery", r"(?:livraison|mise en (?:service|production|ordre de marche|route)|delivery|go-?live|installation)"),
)  # fmt: skip
_EVENT = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _EVENTS)
_LEADS = (
    r"(?:(?:l[ae]s?|sa|son|leurs?|the|its|both|du|des?|of|by|par|au|a|on|which|such) |[ld]'|qu'(?:il|elle|l'|"
    r"il l')?s? ?|"
    r"(?:laquelle|lequel|celui|celle|ci|ou|que|lorsque|when|once|il|elle|vous|nous|d'entre|eux|elles|your|our|each|all|"
    r"(?:fixee?|prescrite?|indiquee?|mentionnee?|portee?|inscrite?|precisee?|figurant|fixe|set|stated|"
    r"given)(?: [a-z]{2,12})?|par|"
    r"dans|sur|in|titulaire|prestataire|entreprise|fournisseur|sa|it|has|"
    r"derniere?s?|seconde?|deux|two|last|later|"
    r"latest|earlier|earliest|plus|tardive|proche|suivantes?|following|dates|:|"
    r"date|jour|day|moment|reception|accuse|"
    rf"effective|totale|complete|mutuelle|parties?|des|parties ait|l'auront|{_THIS}) )"
)
_CUE = (
    r"(?:a compter d[eu] |a partir d[eu] |a dater d[eu] |des |aussitot |au jour d[eu] |a |au |l[ea] |du |de |on |upon |"
    r"as of |as from |from |lorsque |when |once |at |after |apres |depuis |since |suivant |qui suit |following |"
    r"that follows |ou |"
    r"[:\t] ?)"
)
_DELAY = rf"(?P<delay>{durations.PATTERN})(?: calendaires| francs| ouvres)? (?:apres|suivant|after|following) "
_RELATIVE = re.compile(
    rf"(?<![a-z])(?:(?P<first>(?:premier|1\s?er|first|(?P<on>\d{{1,2}}|quinze|15th))(?: jour| day)?(?: ouvre|"
    rf" calendaire| ouvrable)? "
    rf"(?:du|of the|de the) (?:(?P<nth>{ORDINAL}|\d\s?e(?:me)?) )?"
    r"(?:next |following )?(?:calendar )?(?:mois|month|(?P<quarter>trimestre|quarter)))"
    r"(?: civil| calendaire| entier)?(?: qui)? ?(?:suivant|suivra|suit|following|that follows|immediately following|"
    r"after)? ?)?"
    rf"(?:(?:le |the )?(?P<weekday>{'|'.join(WEEKDAYS)}) (?:suivant|qui suit|following|after) )?"
    r"(?P<next>(?:le |au )?lendemain (?:de |du jour (?:de |ou )?)?|day (?:after|following) )?"
    rf"(?:{_DELAY})?(?P<cue>{_CUE})?{_LEADS}{{0,9}}(?:{_EVENT})(?![a-z])"
)
_TODAY = re.compile(
    r"\b(?:ce jour\b|(?:date|day)(?: and year)? (?:first |last )?(?:set forth|noted|indicated|shown|referenced|"
    r"written)? ?"
    r"(?:first )?(?:above|below)|(?:date|day) above (?:first )?written|(?:date|jour) (?:indiquee?|mentionnee?|portee?) "
    r"(?:ci-dessus|en tete)|(?:date|jour) (?:de signature )?des presentes|(?:the )?date (?:hereof|of this (?:agreement|"
    r"contract|"
    r"lease|deed))|(?:date|day)(?: and year)? (?:first )?(?:written |set out |stated |mentioned )?above)"
)
_MARKS = re.compile(
    rf"(?<![a-z])(?:{_EVENT})[^.;]{{0,60}}?\b(?:fixe|constitue|marque|vaut|determine|fait courir)[^.;]{{0,40}}?"
    r"(?:depart|debut|d'effet|commence|delai|duree)"
)
_NEXT = re.compile(
    rf"^,? (?:suivant|qui suit|qui suivra|following|next following|prochain|next)\b ?(?:{_LEADS}{{0,6}}(?:{_EVENT}))?"
)
_HAS_EVENT = re.compile(
    "sign|conclusion|execution|notifi|ordres? de|cles|jouissance|verbal|en charge|livraison|service|recette|recept|"
    "production|delivery|lieux|possession|handover|accept|admission|live|install|marche|route|disposition|presentes|"
    "votre|your|entered|ce jour|hereof|above|below|date of this|prochain|next|rece|recu|accep|execut|ci-dessus|en tete"
)


def find(text: str) -> tuple[Found[Relative], ...]:
    """The days that folded ``text`` tells by an event; only where a word of time introduces it."""
    return leftmost_longest(_find(text)) if _HAS_EVENT.search(text) else ()


def _find(text: str) -> Iterator[Found[Relative]]:
    for match in _RELATIVE.finditer(text):
        if match["first"] or match["next"] or match["delay"] or match["cue"] or match["weekday"]:
            delay = durations.find(match["delay"])[0].value if match["delay"] else Duration()
            offset = Duration(days=1) if match["next"] else delay
            first_of = 0 if not match["first"] else 3 if match["quarter"] else 1
            number = _day(match["on"]) if match["on"] else 1
            nth = _nth(match["nth"]) if match["nth"] else 1
            if not (0 < number < 29 and 0 < nth < 13):
                continue
            offset = Duration(months=(nth - 1) * first_of) if nth > 1 and first_of else offset
            weekday = WEEKDAYS[match["weekday"]] if match["weekday"] else None
            told = Relative(_event(match), offset, first_of, day=number, weekday=weekday)
            yield Found(told, match.start(), match.end())
    for match in _TODAY.finditer(text):
        yield Found(Relative("signature"), match.start(), match.end())
    for day in dates.month_days(text):
        if following := _NEXT.match(text[day.end : day.end + 120]):
            told = Relative(_event(following), month_day=day.value)
            yield Found(told, day.start, day.end + following.end())


def _day(words: str) -> int:
    return 15 if words == "quinze" else int(words.removesuffix("th"))


def _nth(words: str) -> int:
    digits = re.match(r"\d+", words)
    return int(digits[0]) if digits else value_of(words) or 0


def marked(text: str) -> Iterator[Found[Relative]]:
    """Events that are themselves the start: `la notification en fixe le point de départ`."""
    for match in _MARKS.finditer(text):
        yield Found(Relative(_event(match)), match.start(), match.end())


def _event(match: re.Match[str]) -> Event:
    return next((name for name, _ in _EVENTS if match[name] is not None), "signature")
