"""What a question says beside its fact: which money, whose side, our role, sector, grouping."""

from __future__ import annotations

import re
from datetime import date

from agent.chat.plan import Dimension, Money, Operation
from agent.chat.planners.grouping import grouped
from agent.chat.planners.reading import Read
from agent.chat.windows import Span
from agent.reading.grammar import money as money_grammar
from agent.reading.text import fold as fold_keeping
from portfolio.folding import fold
from portfolio.schema import Bound, Period, Tax

_PERIODS: tuple[tuple[str, Period], ...] = (
    (
        r"\b(?:par an|annuel\w*|a l annee|"
        r"yearly|annual|annually|per year|"
        r"(?:sur|pour) (?:(?:un|1) an|(?:une|l|1) annee|(?:douze|12) mois)|"
        r"annualis\w*|(?:over|for) (?:a (?:full |whole )?|one )year|over (?:12|twelve) months|"
        r"a year|par annee|chaque annee|"
        r"each year|par periode|par exercice)\b",
        "year",
    ),
    (r"\b(?:par trimestre|trimestriel\w*|quarterly|per quarter|a quarter)\b", "quarter"),
    (r"\b(?:par mois|mensuel\w*|mensualite\w*|monthly|per month|a month|chaque mois|each month)\b", "month"),
    (r"\b(?:par jour|journalier\w*|daily|per day|a day|tjm|la journee|day rate)\b", "day"),
    (r"\b(?:de l heure|par heure|horaire|hourly|per hour)\b", "hour"),
    (
        r"\b(?:l unite|unitaire\w*|par (?:repas|"
        r"unite|mwh|kwh|tonne|litre)|"
        r"per (?:unit|meal|mwh|tonne|litre)|"
        r"unit price|du repas|le repas)\b",
        "unit",
    ),
)
_TAXES: tuple[tuple[str, Tax], ...] = (
    (r"\b(?:ht|hors tax\w*|hors tva|excl\w*|net of tax|before tax|without vat|ex vat)\b", "excl"),
    (r"\b(?:ttc|toutes taxes|taxes comprises|including vat|incl\w*|with vat|avec la tva)\b", "incl"),
)
_BOUNDS: tuple[tuple[str, Bound], ...] = (
    (
        r"\b(?:the most|at the most|jusqu a combien|max\w*|plafond\w*|plafonne\w*|cap|caps|capped|ceiling|"
        r"limit\w*|au plus|at most|butoir)\b",
        "max",
    ),
    (r"\b(?:min|mini|minim\w*|plancher|au moins|at least|floor|(?<!de )garanti\w*|guarantee\w*)\b", "min"),
)


def money_of(question: Read) -> Money:
    folded = question.folded
    sums = money_grammar.find(fold_keeping(question.question.text))
    over = bool(
        re.search(
            r"\b(?:plus de|superieur\w*|depass\w*|au dela|over|more than|above|exceed\w*|at least|au moins)\b",
            folded,
        )
    )
    under = bool(re.search(r"\b(?:moins de|inferieur\w*|en dessous|under|less than|below)\b", folded))
    return Money(
        tax=_first(_TAXES, folded),
        period=_first(_PERIODS, folded),
        bound=_first(_BOUNDS, folded),
        threshold=float(sums[0].value.value) if sums else None,
        over=True if over else False if under else None,
    )


_REMINDED = re.compile(
    r"(?:\b(?:rappel\w*|remind\w*|alert\w*|pense bete|previen\w*|avertis\w*|notif\w*|warn)"
    r"(?: (?:moi|nous|me|us|stp|svp|please|pour|pr|le|la|au|a|du|de|for|on|the|date|jour|un|une|fixe|pose|mets))*|"
    r"^(?:le|on|the|pour le|au)?)$"
)
_ON = re.compile(r"\b(?:le|on|pour le|au)$")
_EVENTFUL = re.compile(
    r"\b(?:fin\w*|termin\w*|expir\w*|echeance\w*|echoi\w*|commenc\w*|debut\w*|preavis|ends?|ending|starts?|due|"
    r"renew\w*|recondui\w*|renouvel\w*)\b"
)
"""What a day at the end of a reminder's words may be the day of, rather than that of the reminder."""


def reminded_on(question: Read, span: Span | None) -> date | None:
    """The one day on which the words of a reminder ask for it: beside the verb, at the very beginning or end; None
    where a day that they name is that of a contract's event, or none is named."""
    if span is None or not span.exact or span.window.start is None:
        return None
    text = question.question.text
    before, after = fold(text[: span.start]).strip(), fold(text[span.end :]).strip()
    told = fold(text[span.start : span.end])
    opening = _OPENS.match(told)
    before = f"{before} {opening[0]}".strip() if opening else before
    last = not after and _ON.search(before) and not _EVENTFUL.search(before)
    return span.window.start if _REMINDED.search(before) or last else None


_OPENS = re.compile(r"(?:le|on|pour le|au)\b")


def _first(table: tuple[tuple[str, object], ...], folded: str) -> object:
    return next((value for pattern, value in table if re.search(pattern, folded)), None)


def side_of(question: Read) -> str | None:
    folded = question.folded
    ours = re.search(
        r"\b(?:on doit|nous devons|devons nous|doit on|"
        r"avons nous|(?:we|do we|must we|we must|"
        r"should we) (?:owe|have to|need to|must|"
        r"deliver|send|provide)|we owe|must we|"
        r"que devons|what do we|notre obligation|"
        r"nos obligations|our obligations|"
        r"on (?:a|aura) a (?:fournir|remettre|"
        r"envoyer)|a notre charge)\b",
        folded,
    )
    theirs = re.search(
        r"\b(?:doi(?:t|vent) nous|nous doi(?:t|vent)|"
        r"(?:must|have to|has to|should) (?:send|give|"
        r"provide|deliver) us|owe us|owes us|on (?:doit|"
        r"va|devrait) (?:la |le |les |l )?recevoir|"
        r"(?:recevoir|recevons|recoit on|"
        r"attendons)|do we (?:get|receive)|"
        r"nous (?:remettre|fournir|envoyer|"
        r"transmettre|filer|donner|adresser)|"
        r"(?:due|expected) from|prestataires? doi\w+|fournisseurs? doi\w+|suppliers? (?:must|owe|have))\b",
        folded,
    )
    return "them" if theirs else "us" if ours else None


def our_role_of(question: Read) -> str | None:
    match = question.topics.get("role")
    if match is None:
        return None
    words = question.folded[match.start : match.end]
    for pattern, role in (
        (r"fournisseur|prestataire|titulaire|vendeu|supplier|provider|seller|factur|rapport|invoic|bill", "supplier"),
        (r"bailleur|proprietaire|landlord|lessor", "landlord"),
        (r"locataire|preneur|tenant|lessee", "tenant"),
        (r"client|customer|buyer|purchaser|acheteu|acquereur", "client"),
        (r"assure|insured", "insured"),
        (r"partenaire|partner", "partner"),
    ):
        if re.search(pattern, words):
            return role
    return None


def sector_of(question: Read) -> str | None:
    if re.search(
        r"\b(?:marches publics|contrats publics|public contracts|secteur public|public sector)\b", question.folded
    ):
        return "public"
    return (
        "private"
        if re.search(r"\b(?:contrats prives|private contracts|secteur prive|private sector)\b", question.folded)
        else None
    )


def running_of(question: Read, operation: Operation) -> bool | None:
    if re.search(r"\b(?:en cours ou (?:pas|non)|running or not|active or not)\b", question.folded):
        return None
    match = question.topics.get("running")
    if match is None or operation == "yes_no":
        return None
    words = question.folded[match.start : match.end]
    if re.search(r"periode en cours|current", question.folded):
        return None
    return not re.search(r"echu|fini|termine|expir|ended|over|clos", words)


def group_of(question: Read) -> Dimension | None:
    found = grouped(question)
    return found.by if found else None
