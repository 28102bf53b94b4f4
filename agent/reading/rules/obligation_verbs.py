"""How a sentence uses the verbs of handing over, telling, convening and doing: voice, auxiliary, modal, place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from agent.reading.rules.obligation_verb_table import ENGLISH, FRENCH, Verb

Voice = Literal["active", "passive", "infinitive"]


@dataclass(frozen=True, slots=True)
class Use:
    """A verb as a sentence uses it, in ``text[start:end]`` (the verb alone, without its auxiliary)."""

    verb: Verb
    voice: Voice
    start: int
    end: int
    begin: int
    """Where its auxiliary or modal begins."""
    bare: bool = False
    """A participle without auxiliary: `, déposée avant le 20 janvier`."""


_BE = re.compile(
    r"\b(?:est|sont|sera|seront|soit|soient|etre|is|are|be|been)"
    r"(?: (?:ensuite|egalement|alors|aussi|[a-z]+ement|[a-z]+ly|then|also|toujours|chaque (?:annee|mois)|"
    r"tous les (?:ans|mois)|desormais|"
    r"par (?:an|ecrit)|donc|en outre)){0,2} $|\b(?:est|sont|sera|seront|is|are|be) [a-z]{4,}[^.;:]{0,60} (?:et|and) $"
)
_TO_BE_DONE = re.compile(r"\b(?:est|sont|sera|seront|reste|restent) a (?:nous |vous |me |lui |leur )?$")
"""`les attestations sont à produire`: a passive in the infinitive."""
_BARE = re.compile(
    r"(?:[,(:;] (?:puis |and |et )?(?:(?:leur|leurs|la|le|les|sa|son|ses|une?|its|"
    r"their) [a-z' -]{3,40} )?|^\W*)$"
)
_COMPLEMENT = re.compile(
    r" (?:a|au|aux|par|avant|sous|dans|chaque|le|tous|toutes|pour|en|deux|une fois|des|lors|to|by|within|at|every|on|"
    r"not)\b"
)
_ITEM = re.compile(r"\W*(?:(?:[a-z]|\d{1,2})[.)°]\s+)?(?:et |and |a |de |lui |y |en |to )?")
"""What may stand before the infinitive that opens an item of a list: `- remettre chaque mois…`."""
_PAST = re.compile(r"\b(?:a|ont|avait|ayant|has|have|had|avons|avez)(?: \w+)? $")
_DUTIES = (
    # French
    r"doi(?:t|vent)|devr(?:a|ont|ez|ons)|devez", r"(?:doi(?:t|vent)|devra|devront)\b[^;.]{1,120} (?:et|puis)",
    r"s'(?:engage|oblige)(?:nt|ra|ront)?\b(?:[^;.]{1,140})? a",
    r"(?:est|sont|sera|seront) (?:tenue?s?|chargee?s?|responsables?) (?:de|d')",
    r"(?:aura|a) (?:l'obligation|a charge|la charge|pour mission|pour obligation) (?:de|d')",
    r"(?:se charge(?:ra)?|charge|se doi(?:t|vent)|en mesure) (?:de|d')", r"obligation [a-z' ]{0,50} (?:de|d')",
    r"(?:appartien(?:t|dra)|incombe(?:ra)?|revien(?:t|dra))[a-z' -]{0,60} (?:de|d')",
    r"dispose(?:nt|ra|ront)?\b[^;.]{1,120} pour", r"oblige (?:[a-z' ]{0,40})?a", r"veille(?:ra)? a",
    # English
    r"shall|must|will|agrees? to|undertakes? to|covenants? to|has to|have to",
    r"(?:is|are|be) (?:required|obliged|obligated|responsible|bound) (?:to|for)|(?:is|are) to",
)  # fmt: skip
_BETWEEN = (
    r"(?: (?:also|then|promptly|immediately|in addition|further|egalement|obligatoirement|imperativement|en outre|"
    r"notamment|aussi|at its (?:own |sole )?(?:cost|expense)(?: and expense)?)|,[^,]{1,80},|"
    r" (?:[a-z]+, )?[a-z]+ (?:and|or)| [a-z]+ et)*\s?(?:en |l'|le |la |les |lui |y |leur |s'|se |nous |vous )*"
)
"""What may stand between the words of duty and the verb."""
_MODAL = re.compile(rf"\b(?:{'|'.join(_DUTIES)}){_BETWEEN}$")
_REFLEXIVE = re.compile(r"\bs(?:e |')$")
_DONE_TO_THINGS = frozenset((
    "déclarer", "transmettre", "communiquer", "remettre", "notifier", "signaler", "effectuer", "réaliser", "justifier",
))  # fmt: skip
"""Verbs whose reflexive is a passive (`un sinistre se déclare`), not an event (`se produit`)."""
_NOUN_BEFORE = re.compile(r"(?:\bd'|\b(?:de|du|des|un|une|cette|son|sa|aux?|par|toute?|chaque) )$")
"""No finite verb follows these: `changement d'adresse`, `une visite`."""
_MIDDLE = re.compile(r"parvien|a(?:ura)? lieu|(?:auro|o)nt lieu|se (?:tien|reuni)|reach|go(?:es)? to\b")
"""Forms whose subject is the thing or the meeting, not who sends or calls it."""
_CONDITION = re.compile(
    r"\b(?:si|s'il|s'ils|des que|des qu'|une fois que|lorsque|lorsqu'|quand|tant que|apres que|once|when|"
    r"whenever|if|until|"
    r"unless|as soon as)\b[^,;:]*$"
)
"""What is told as a condition is no duty by itself: `once the bonds are issued`, `si le rapport est remis`."""
_SO_THAT = re.compile(r"\b(?:pour|afin) (?:que|qu')[^,;]*$|\b(?:so that|whether)\b[^,;]*$")
_REACH = 140


def _first_letters(pattern: str) -> set[str]:
    """The letters with which what ``pattern`` matches may begin."""
    letters: set[str] = set()
    for alternative in _split(pattern):
        rest = alternative.removeprefix("\\b")
        while rest.startswith("(?:"):
            close = _close(rest)
            letters |= _first_letters(rest[3:close])
            rest = rest[close + 1 :]
            if not rest.startswith("?"):
                break
            rest = rest[1:]
        else:
            letters |= {rest[0]} if rest[:1].isalpha() else set()
    return letters


def _split(pattern: str) -> list[str]:
    depth, parts = 0, [""]
    for char in pattern:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _close(pattern: str) -> int:
    depth = 0
    for at, char in enumerate(pattern):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth == 0:
            return at
    return len(pattern)


_PLAIN = str.maketrans("éèêàâîïôûùç", "eeeaaiiouuc")


def _by_letter(verbs: tuple[Verb, ...], *, english: bool) -> dict[str, re.Pattern[str]]:
    """Three patterns a verb (finite, participle, infinitive), by first letter: a word is tried against few of them."""
    buckets: dict[str, list[str]] = {}
    for index, verb in enumerate(verbs):
        infinitive = verb.finite if english else verb.infinitive.translate(_PLAIN)
        forms = (("p", verb.participle), ("i", infinitive), ("f", verb.finite + _spoken(infinitive)))
        if english:
            forms = (("p", verb.participle), ("f", verb.finite), ("g", _gerund(verb.infinitive)))
        for kind, pattern in forms:
            for letter in _first_letters(pattern):
                buckets.setdefault(letter, []).append(f"(?P<{kind}{index}>(?:{pattern})(?![a-z]))")
    return {letter: re.compile("|".join(patterns)) for letter, patterns in buckets.items()}


def _spoken(infinitive: str) -> str:
    """The forms of letters and conditions of sale, for a French verb in -er: `annonçons`, `adresserez`, `enverrai`."""
    if not re.fullmatch(r"[a-z]{3,}er", infinitive):
        return ""
    stem = infinitive.removesuffix("er")
    return f"|{stem}e?(?:ons|ez|erons|erez|erai)"


def _gerund(infinitive: str) -> str:
    """`submit` to a pattern for `submitting`, with the words that belong to the verb (`carry out`)."""
    first, _, rest = infinitive.partition(" ")
    stem = first.removesuffix("e")
    return f"{stem}{stem[-1]}?ing{' ' + rest if rest else ''}"


_LETTERS = {"fr": _by_letter(FRENCH, english=False), "en": _by_letter(ENGLISH, english=True)}
_WORD = re.compile(r"[a-z]+")


def uses(folded: str, language: str, text: str = "") -> list[Use]:
    """The verbs of folded text that hand over, tell, convene or do, in order; where there is none, the verb that a
    modal of duty governs. ``text``: the same words not folded, where accents tell `communique` from `communiqué`."""
    english = language == "en"
    verbs, letters = (ENGLISH, _LETTERS["en"]) if english else (FRENCH, _LETTERS["fr"])
    found: list[Use] = []
    for word in _WORD.finditer(folded):
        pattern = letters.get(word[0][0])
        match = pattern.match(folded, word.start()) if pattern is not None else None
        if match is None or match.lastgroup is None or (found and word.start() < found[-1].end):
            continue
        use = _use(verbs[int(match.lastgroup[1:])], match.lastgroup[0], folded, match.start(), match.end(), english)
        if use is not None and use.bare and text[use.end - 1 : use.end] == "e":
            use = Use(use.verb, "active", use.start, use.end, use.start)
        if use is not None:
            found.append(use)
    return found or _deeds(folded, english)


SERVICE = re.compile(
    r"interven|repar|remplac|depann|pay|regl|execut|livr|respect|conserv|maint|garant|commenc|debut|nettoy|"
    r"appliqu|conform|indemnis|supporter|assum|prendre|etre|avoir|faire$|pouvoir|permett|poursuiv|continu|cess|"
    r"quitter|accept|refus|resili|denonc|achev|termin|demarr|mobilis|present|rester|porter|subir|"
    r"be$|have|not$|pay|perform|compl|cease|continu|remain|begin|commence|start|expire|survive|apply|bear|keep|use|"
    r"only|also|then|take|do$|become|respond|correct|repair|replace|reimburse|indemnif|accept|terminat|end$|renew|"
    r"prevail|govern|constitute|include|mean|ship|refund|credit|hold|cooperate|comply|run|never|any|the|in$|at$|by$"
)
"""Verbs of performing, paying and lasting: a modal before them makes no duty of this list."""
_INFINITIVE = re.compile(r"\b(?:faire )?(?P<verb>[a-z]{2,}(?:er|ir|oir|re))\b")
_AFTER_MODAL = re.compile(
    r"\b(?:shall|must|will|agrees to|undertakes to|is required to|covenants to) (?:then |also |promptly |further )?"
    r"(?P<verb>[a-z]{3,})\b"
)
_DUTY_FR = re.compile(
    r"\b(?:doi(?:t|vent)|devra|devront|engage|oblige|tenue?s? d|charge|incombe|"
    r"appartien|revien)"
)


def _deeds(folded: str, english: bool) -> list[Use]:
    if english:
        match = _AFTER_MODAL.search(folded)
        if match is None or SERVICE.match(match["verb"]):
            return []
        verb = Verb(match["verb"], "deed", "", "")
        return [Use(verb, "infinitive", match.start("verb"), match.end(), match.start())]
    if _DUTY_FR.search(folded) is None:
        return []
    for match in _INFINITIVE.finditer(folded):
        shift = max(0, match.start() - _REACH)
        modal = _MODAL.search(folded[shift : match.start()])
        if modal is not None:
            if SERVICE.match(match["verb"]):
                return []
            verb = Verb("", "deed", "", "")
            return [Use(verb, "infinitive", match.start(), match.end(), shift + modal.start())]
    return []


def _use(verb: Verb, kind: str, folded: str, start: int, end: int, english: bool) -> Use | None:
    before = folded[max(0, start - _REACH) : start]
    shift = start - len(before)
    if _SO_THAT.search(before) or _CONDITION.search(before):
        return None
    if kind == "p":
        if auxiliary := _BE.search(before):
            return Use(verb, "passive", start, end, shift + auxiliary.start())
        if (opening := _BARE.search(before)) and _COMPLEMENT.match(folded, end):
            return Use(verb, "passive", start, end, shift + opening.start(), bare=True)
        finite = re.compile(rf"(?:{verb.finite})(?![a-z])").match(folded, start)
        if finite is None:
            return None
        end = finite.end()
    if kind == ("f" if english else "i") and _ITEM.fullmatch(folded, 0, start):
        return Use(verb, "infinitive", start, end, start)
    if kind == "i" and not english and (owed := _TO_BE_DONE.search(before)):
        return Use(verb, "passive", start, end, shift + owed.start())
    modal = _MODAL.search(before) if kind in "ig" or english else None
    if modal and _MIDDLE.match(folded, start):
        return Use(verb, "passive", start, end, shift + modal.start())
    if modal and (kind == "g") == modal[0].rstrip().endswith(" for"):
        return Use(verb, "infinitive", start, end, shift + modal.start())
    if not english and _NOUN_BEFORE.search(before):
        return None
    if kind in "ig" or _PAST.search(before):
        return None
    if _MIDDLE.match(folded, start):
        return Use(verb, "passive", start, end, start)
    if not english and (reflexive := _REFLEXIVE.search(before)):
        if verb.infinitive not in _DONE_TO_THINGS:
            return None
        return Use(verb, "passive", start, end, shift + reflexive.start())
    return Use(verb, "active", start, end, start)
