"""A contract's sentences on its early end, shortened: manner and formalities left out, tense and notice made alike.

`Le Preneur pourra y mettre fin …, en prévenant le Bailleur six mois à l'avance par lettre recommandée.` becomes `Le
Preneur peut y mettre fin … avec six mois de préavis`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LENGTH = (
    r"(?P<n>(?:\d{1,3}|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente|quarante-cinq|"
    r"soixante|quatre-vingt-dix)(?: \([^)]{1,12}\))? (?:jours?|mois|semaines?)(?: ouvrés| calendaires| francs)?)"
)
_LETTER = (
    r",? (?:(?:adressée?s?|notifiée?s?|envoyée?s?|expédiée?s?|signifiée?s?|faite?) )?(?:par|en) (?:simple )?"
    r"(?:lettre|courrier|envoi|recommandé|écrit|acte (?:extrajudiciaire|d['’]huissier)|LRAR|exploit d['’]huissier|"
    r"commissaire de justice)(?: simple| recommandée?s?)?(?: électronique)?"
    r"(?:,? avec (?:demande d['’])?(?:avis|accusé) de réception)?"
)
_CHANGES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), new)
    for pattern, new in (
        # what is left out
        (r"\s\([^)]{0,120}\)", ""),
        (rf"{_LETTER}(?: ou{_LETTER[2:]})*", ""),
        (r",? (?:notamment|en particulier|including|in particular|sans préjudice|without prejudice)\b[^.;]*", ""),
        (r",? c['’]est-à-dire [^,;.]*,?", ""),
        (r",? (?:si bon (?:lui )?semble(?: (?:au|à la|à l['’]) ?[\w' -]{3,30})?|à (?:son|leur) choix)", ""),
        (r",? sans qu['’]il soit besoin d[^,;.]*", ""),
        (r",? sans (?:autre |aucune )?(?:formalité|mise en demeure préalable)s?(?: judiciaires?)?(?= |,|;|\.|$)", ""),
        (r",? (?:conformément|dans les conditions|en application|au sens|tel(?:le)?s? que|en vertu) [^,;.]*", ""),
        (r",? (?:prévue?s?|visée?s?|décrite?s?|mentionnée?s?|fixée?s?) (?:à|aux|au|par) (?:l['’]|la |les |le )?"
         r"(?:article|clause|chapitre|paragraphe)s? (?:[LRD]\.? ?)?[\w.-]*\w(?: (?:et|à) [\w.-]*\w)?"
         r"(?: du (?:code|présent|CCAG)[^,;.]{0,30})?", ""),
        (r" et visant la présente clause", ""),
        (r",? (?:sur|à) simple (?:notification|demande)", ""),
        # how it is said
        (r"(?:à|faute|en cas de) défaut de paiement d['’]un seul terme(?: de loyer)?(?: ou de (?:charges|loyer))?"
         r"(?: à son échéance)?", "en cas d'impayé"),
        (r"faute de paiement d['’]un seul terme(?: de loyer)?(?: ou de (?:charges|loyer))?(?: à son échéance)?",
         "en cas d'impayé"),
        (r",? (?:ou|et) d['’](?:in)?exécution d['’]une seule des? (?:clauses|conditions|stipulations|obligations)"
         r"(?: du (?:présent )?(?:bail|contrat))?", " ou d'inexécution"),
        (r"\b(?:aura|a|dispose de|disposera de) la faculté d(?:e |['’])", "peut "),
        (r"\b(?:aura|a) le droit d(?:e |['’])", "peut "),
        (r"\bpourra\b", "peut"), (r"\bpourront\b", "peuvent"),
        (r"\bsera (?=résili|rompu|résolu)", "est "), (r"\bseront (?=résili|rompu|résolu)", "sont "),
        (r"\b(?:restée?s?|demeurée?s?) (?=infructueu|vain)", ""),
        (rf",? (?:(?:à (?:la )?condition|à charge|sous réserve) d(?:e |['’])|en |moyennant |sous )"
         r"(?:l['’]|la |le |les |l['’]en |en )?"
         r"(?:préven(?:ant|ir)|avis(?:ant|er)|notifi(?:ant|er)|inform(?:ant|er)|signifi(?:ant|er)|avert(?:issant|ir))"
         rf"[^,;.]{{0,40}}? (?:au moins |au minimum )?{_LENGTH}(?: au moins| au minimum)?"
         r"(?: à l['’]avance| auparavant| avant| au préalable)?(?= |,|;|\.|$)", r" avec \g<n> de préavis"),
        (r"\bthis Agreement\b", "the Agreement"),
        (r"\s{2,}", " "), (r"\s+(?=[,.])", ""), (r",(?:\s*,)+", ","),
    )
)  # fmt: skip
_LEAD = re.compile(
    r"^\W*(?:(?:\d{1,2}|[IVX]+)(?:\.\d{1,2})*\.?\)?|[a-z]\)|article \d+[^.]{0,40}\.)\s+|"
    r"^[\w' ]{3,30} : (?=lorsque|si |en cas|l[ea]s? |l')",
    re.IGNORECASE,
)
_LONGEST = 420


def condensed(text: str) -> str:
    """One sentence without its number, formalities and final stop; cut at a comma where it is very long."""
    text = _LEAD.sub("", text)
    for pattern, new in _CHANGES:
        text = pattern.sub(new, text)
    text = text.strip(" ,;:.–-")
    if len(text) > _LONGEST:
        cut = text.rfind(",", 0, _LONGEST)
        text = text[: cut if cut > _LONGEST // 2 else _LONGEST].rstrip(" ,;")
    return text[:1].upper() + text[1:]


def joined(texts: Iterable[str]) -> str:
    """The grounds one after the other, each with its stop."""
    return " ".join(f"{text}." for text in texts if text)
