"""What contracts must be to be on a list: terms of a fact in the question's words."""

from __future__ import annotations

import re

from agent.chat.matching import likeness
from agent.chat.plan import Condition, Operation, Topic
from agent.chat.planners.reading import Read
from agent.chat.windows import Span
from portfolio.folding import fold

_LAWS = {
    "francais|francaise|french": "FR",
    "anglais|anglaise|english": "GB",
    "allemand|allemande|german": "DE",
    "belge|belgian": "BE",
    "suisse|swiss": "CH",
    "italien|italienne|italian": "IT",
    "espagnol|espagnole|spanish": "ES",
    "neerlandais|dutch": "NL",
    "americain|american": "US",
    "irlandais|irlandaise|irish": "IE",
    "luxembourgeois|luxembourgeoise": "LU",
    "portugais|portuguese": "PT",
    "polonais|polish": "PL",
    "danois|danish": "DK",
    "suedois|swedish": "SE",
    "autrichien|austrian": "AT",
}


def conditions_of(
    question: Read, topic: Topic | None, span: Span | None, operation: Operation, courts: tuple[str, ...] = ()
) -> tuple[Condition, ...]:
    """The conditions that a question sets beyond kind, party, place and time; ``courts`` are those that contracts
    name."""
    folded, topics = question.folded, question.topics
    found: list[Condition] = []
    if "payment_days" in topics and (days := _days(folded)) is not None:
        found.append(_compared("payment_days", days, folded))
    if "jurisdiction" in topics and operation in ("list", "count", "yes_no"):
        court = court_of(question, courts)
        found.append(
            Condition(
                topic="jurisdiction",
                is_="contains" if court else "known",
                value=court,
                negated=court is not None and _denied(folded, topics["jurisdiction"].start),
            )
        )
    if "governing_law" in topics or re.search(r"\b(?:droit \w+|\w+ law)\b", folded):
        for words, code in _LAWS.items():
            if re.search(rf"\b(?:droit|loi|law)\b.*\b(?:{words})\b|\b(?:{words})\b (?:law|contract law)", folded):
                at = re.search(r"\b(?:droit|loi|law)\b", folded)
                denied = at is not None and _denied(folded, at.start())
                found.append(Condition(topic="governing_law", is_="equals", value=code, negated=denied))
    if re.search(r"\b(?:tacite\w*|tacit\w*|automatique\w*|automatic\w*|auto renew\w*|d office|evergreen)\b", folded):
        found.append(Condition(topic="renewal", value="tacit"))
    elif re.search(
        r"\breconduction expresse|expressement|express(?:e|ly)? (?:renew\w*|decision|"
        r"reconduction)|renew\w* (?:only )?(?:by|with) (?:express|decision|agreement)\b",
        folded,
    ):
        found.append(Condition(topic="renewal", value="express"))
    elif (
        re.search(
            r"\b(?:sans (?:reconduction|renouvellement)|pas de (?:reconduction|"
            r"renouvellement)|aucune reconduction|non (?:reconductible|"
            r"renouvelable)\w*|ne se (?:reconduit|renouvelle)\w* pas|not renewable|"
            r"without renewal|no renewal|cannot be renewed|reconduction exclue)\b",
            folded,
        )
        and "final_end" not in topics
    ):
        found.append(Condition(topic="renewal", value="none"))
    if re.search(r"\b(?:index\w+|revis\w+|indice\w*)\b", folded) and operation in ("list", "count", "yes_no"):
        name = _index(question)
        if name:
            found.append(Condition(topic="indices", is_="contains", value=name))
        elif (
            re.search(r"\b(?:indexe\w*|indexed|revisable\w*|revise\w*|index linked)\b", folded)
            and topic != "revision_date"
        ):
            found.append(Condition(topic="revision", value="indexed"))
    if re.search(
        r"\b(?:prix (?:est |sont |reste )?(?:ferme|fixe|bloque)\w*|(?:fixed|firm) price\w*|"
        r"price\w* (?:is |are )?(?:fixed|firm)|tarif\w* (?:ferme|fixe)\w*|ferme et non revisable)\b",
        folded,
    ):
        found.append(Condition(topic="revision", value="fixed"))
    if (
        re.search(r"\b(?:illimite\w*|sans limite|sans fin|unlimited|endless\w*|indefinite\w*)\b", folded)
        and "renewal" in topics
    ):
        found.append(Condition(topic="renewals_max", is_="unknown"))
    if "dispute" in topics:
        for pattern, status in (
            (r"litige|contentieux|dispute|litigation|lawsuit|proces|conteste", "dispute"),
            (r"renegoci\w*|renegotiat\w*|negociation", "renegotiation"),
            (r"resili\w+|terminated", "terminated"),
        ):
            if re.search(pattern, folded[topics["dispute"].start : topics["dispute"].end]):
                found.append(Condition(topic="dispute", value=status))
    if "form" in topics:
        words = folded[topics["form"].start : topics["form"].end]
        for pattern, form in (
            (r"cadre|framework", "framework"),
            (r"bons? de commande|purchase order", "purchase_orders"),
            (r"forfaitaire|fixed", "fixed_price"),
            (r"tranche|phased", "phased"),
            (r"alloti", "lots"),
            (r"concession|delegation|dsp", "concession"),
        ):
            if re.search(pattern, words):
                found.append(Condition(topic="form", value=form))
    if "notice_period" in topics and operation in ("list", "count") and (months := _months(folded)):
        found.append(_compared("notice_period", months, folded))
    if "notice_missed" in topics:
        found.append(Condition(topic="notice_missed", is_="known"))
    if "amendments" in topics and operation in ("list", "count"):
        found.append(
            Condition(
                topic="amendments",
                is_="unknown" if re.search(r"\b(?:pas|sans|aucun|no|without|never)\b", folded) else "known",
            )
        )
    if "final_end" in topics and span is not None:
        found.append(Condition(topic="final_end", is_="known"))
    return tuple(found)


def _compared(topic: Topic, value: float, folded: str) -> Condition:
    if re.search(
        r"\b(?:plus de|superieur\w*|over|more than|longer than|above|depasse\w*|au dela de|exceed\w*)\b", folded
    ):
        return Condition(topic=topic, is_="over", value=value)
    if re.search(r"\b(?:moins de|inferieur\w*|under|less than|shorter than|below)\b", folded):
        return Condition(topic=topic, is_="under", value=value)
    if re.search(r"\b(?:au moins|at least|minimum)\b", folded):
        return Condition(topic=topic, is_="at_least", value=value)
    return Condition(topic=topic, is_="equals", value=value)


def _days(folded: str) -> float | None:
    match = re.search(r"\b(\d{1,3}) (?:jours|days|j)\b", folded) or re.search(r"\b(?:trente|thirty)\b", folded)
    if match is None:
        return None
    return float(match[1]) if match.lastindex else 30.0


_NUMBERS = {
    "un": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "douze": 12,
    "twelve": 12,
}


def _months(folded: str) -> float | None:
    match = re.search(r"\b(\d{1,2}|" + "|".join(_NUMBERS) + r") (?:mois|months?)\b", folded)
    if match is None:
        return None
    return float(match[1]) if match[1].isdigit() else float(_NUMBERS[match[1]])


_ANY_COURT = frozenset(["tribunal", "tribunaux", "court", "courts", "juridiction", "competent", "competente"])


def court_of(question: Read, courts: tuple[str, ...]) -> str | None:
    """The words that say which court: those that some contract's court has, and names that none has."""
    text = " ".join(courts)
    words = [
        t.folded
        for n, t in enumerate(question.question.tokens)
        if t.content
        and t.folded not in _ANY_COURT
        and (likeness(t.folded, text) or (t.name and n not in question.asked))
    ]
    either = len(words) > 1 and re.search(
        rf"\b{words[-2]} (?:or|ou|et|and|ni|nor) (?:\w+ )?{words[-1]}\b", question.folded
    )
    return ("|" if either else " ").join(words) or None


_NEGATION = re.compile(r"\b(?:not|pas|isn t|aren t|n est|ne|jamais|never|ni|autre que|autres que|other than)\b")


def _denied(folded: str, at: int) -> bool:
    """Whether a negation stands within a few words before a character."""
    before = folded[:at].split()[-5:]
    return _NEGATION.search(" ".join(before)) is not None


_INDEX = re.compile(r"\b(?:[A-Z]{2,}[A-Za-z0-9.-]*|[A-Z][a-z]*-?[A-Z]{2,}\w*|BT\s?\d+|TP\s?\d+|[Ss]yntec|CNR)\b")
_NOT_INDEX = frozenset(["ht", "ttc", "eur", "tva", "sci", "sas", "sarl", "sa", "nda", "dsp", "url", "bce", "vat"])


def _index(question: Read) -> str | None:
    found = [m[0] for m in _INDEX.finditer(question.question.text) if fold(m[0]) not in _NOT_INDEX]
    return found[0] if found else None
