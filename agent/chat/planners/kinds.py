"""What kind of answer a question wants, and which fact, from the phrases found in it."""

from __future__ import annotations

import re

from agent.chat import lexicon
from agent.chat.plan import AnswerKind, Topic
from agent.chat.planners.counting import asked_noun, counts_contracts, lists_contracts
from agent.chat.planners.quantifiers import quantifier_of
from agent.chat.planners.reading import Read
from portfolio.folding import fold

_MONEY_WORDS = re.compile(
    r"\b(?:coute\w*|paie\w*|paye\w*|payons|verse\w*|depens\w*|euros?|"
    r"eur|ht|ttc|prix|montant\w*|loyer\w*|redevance\w*|forfait\w*|"
    r"plafond\w*|maximum|minimum|depot|prime|cotisation\w*|"
    r"honoraires|abonnement\w*|how much|cost\w*|fee\w*|pay|price\w*|"
    r"rent|amount\w*|premium|deposit|franchise\w*|indemnite|"
    r"subvention|budget|facture\w*|spend|charge\w*|argent|money)\b"
)
_DURATION_WORDS = re.compile(
    r"\b(?:combien de (?:temps|jours|mois|semaines|ans|annees)|"
    r"how (?:long|many (?:days|months|weeks|years))|combien d ann\w*)\b"
)
_OFTEN = re.compile(r"\b(?:combien de fois|how (?:often|many times))\b")

_BY_KIND: dict[AnswerKind, tuple[Topic, ...]] = {
    "date": (
        "break",
        "notice_deadline",
        "next_end",
        "final_end",
        "revision_date",
        "signature",
        "start",
        "end",
        "obligation",
    ),
    "amount": ("amounts",),
    "list": (
        "notice_missed",
        "notice_deadline",
        "revision_date",
        "final_end",
        "next_end",
        "notice_period",
        "payment_days",
        "obligation",
        "signature",
        "start",
        "renewal",
        "end",
        "amounts",
        "role",
    ),
    "count": (
        "renewals_left",
        "renewals_max",
        "payment_days",
        "cap_percent",
        "sites",
        "obligation",
        "amendments",
        "parties",
        "indices",
        "renewal",
    ),
    "boolean": (
        "break",
        "notice_missed",
        "notice_deadline",
        "running",
        "payment_days",
        "dispute",
        "revision",
        "indices",
        "cap_percent",
        "renewal",
        "notice_period",
        "governing_law",
        "jurisdiction",
        "form",
        "amendments",
        "sites",
        "role",
        "final_end",
        "end",
        "start",
        "signature",
        "counterparty",
        "amounts",
        "obligation",
        "termination",
    ),
    "text": (
        "registration",
        "former_name",
        "formula",
        "late_interest",
        "cap_percent",
        "payment_days",
        "governing_law",
        "jurisdiction",
        "indices",
        "renewal_period",
        "renewals_max",
        "notice_period",
        "reference",
        "revision",
        "type",
        "duration",
        "parties",
        "counterparty",
        "sites",
        "title",
        "termination",
        "dispute",
        "role",
        "renewal",
        "form",
        "obligation",
        "end",
        "start",
    ),
}
"""The facts that answer each kind of question, the more telling ones first."""


def kind_of(read: Read) -> AnswerKind:
    """Count, list, date, amount, boolean or text, by the question's own words."""
    ops, folded = read.operations, read.folded
    interrogative = _interrogative(read)
    if quantifier_of(read) is not None:
        return "boolean"
    if "role" in read.topics and re.match(r"(?:ou|where|dans quel\w*|in which|quel\w*|which)\b", folded):
        return "list"
    if re.search(r"\bhow much notice\b", folded):
        return "text"
    lengths = read.topics.keys() & {"notice_period", "duration", "cap_percent", "renewal_period"}
    if lengths and "amounts" not in read.topics and re.search(r"\bcombien\b(?! (?:de|d|coute|on paie))", folded):
        return "text"
    if re.search(
        r"\b(?:tous les combien|toutes les combien|a quelle frequence|quelle (?:frequence|periodicite)|how often)\b",
        folded,
    ):
        return "text"
    if lists_contracts(read):
        return "list"
    if counts_contracts(read):
        return "count"
    if re.search(r"\bde quand a quand\b|\bfrom when to when\b", folded):
        return "text"
    if _MONEY_FIRST.match(folded):
        return "amount"
    listed = "list" in ops and not ("date" in ops and ops["list"].length < _SHORT_LIST)
    if listed and not re.match(r"(?:combien|how many|nombre|number)\b", folded):
        return "list"
    if _OFTEN.search(folded):
        return "count"
    noun = asked_noun(folded)
    if _DURATION_WORDS.search(folded) and noun in (None, *_TIMES):
        return "text"
    if noun and _MONEY_WORDS.fullmatch(noun):
        return "amount"
    if "count" in ops and re.search(
        r"\b(?:combien (?:de|d)|combien (?:avons|avez|a|as) (?:\w+ ){1,3}(?:de|"
        r"d)|how many|nombre de|number of|combien y a|combien sont|how often)\b",
        folded,
    ):
        return "amount" if re.search(r"combien d (?:argent|euros)", folded) else "count"
    if "sum" in ops and ("amounts" in read.topics or _MONEY_WORDS.search(folded)) and not _yes_no(read):
        return "amount"
    if "date" in ops and not _yes_no(read):
        return "date"
    if re.search(r"\b(?:combien|how much)\b", folded):
        return "amount"
    if _yes_no(read):
        return "boolean"
    if interrogative in ("who", "how"):
        if _asks_amount(read):
            return "amount"
        if re.search(r"\b(?:date|echeance|deadline)\b", folded) and interrogative == "how":
            return "date"
        return "text"
    if read.question.text.rstrip().endswith("?") and _sentence_with_verb(read):
        return "boolean"
    if _asks_amount(read):
        return "amount"
    if (
        any(t in read.topics for t in ("end", "start", "final_end", "notice_deadline"))
        and "notice_period" not in read.topics
    ):
        return "date"
    return "text"


_ANYBODY = re.compile(r"\b(?:n importe qui|qui que ce soit|whoever|anyone who)\b")
_MONEY_FIRST = re.compile(
    r"(?:(?:la|le|l|les|une|the|a) )?(?:penalites?|indemnites?|franchises?|amendes?|penalty|penalties|"
    r"compensation|excess|retenue|frais|couts?|tarifs?|plafond|loyers?|primes?|cotisations?|caution|salaire|"
    r"honoraires|rent|fee|fees|premium)\b"
    r"(?!.*\b(?:peut|est elle|existe|comment|pourquoi|qui|indice|formule|ferme|fixe|est|sont|peuvent|revis\w+|"
    r"augment\w+|index\w+|is|are|date|quel jour|pour quand)\b)"
)
"""A question that begins with a sum of money, whatever « quand » or « si » says after it."""


def _interrogative(read: Read) -> str | None:
    if _ANYBODY.search(read.folded):
        return None
    for name in ("who", "how"):
        if name in read.operations:
            return name
    return None


def _asks_amount(read: Read) -> bool:
    match = read.topics.get("amounts")
    if match is None:
        return False
    rivals = (
        "payment_days",
        "late_interest",
        "formula",
        "cap_percent",
        "indices",
        "revision",
        "revision_date",
        "notice_period",
        "obligation",
        "termination",
        "jurisdiction",
        "notice_deadline",
        "renewals_max",
        "renewals_left",
    )
    longer = [read.topics[r] for r in rivals if r in read.topics and read.topics[r].length >= match.length]
    how = re.search(
        r"\b(?:depend\w*|compose\w*|comment|par quel moyen|how (?!much)|que se passe|what happens|que dit|"
        r"what does)\b",
        read.folded,
    )
    return not longer and not how


_INVERTED = re.compile(r"\w-(?:t-)?(?:il|elle|ils|elles|on|nous|vous|je|ce)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:combien|quand|quels?|quelles?|qui|comment|pourquoi|lesquel\w*|lequel|laquelle|quoi|ou en|ou (?:se|sont|est|"
    r"a|ont|doit)|que|jusqu|qu est)\b|^ou\b"
)


def inverted(read: Read) -> bool:
    """« dure-t-il », « finissent-elles »: a verb before its subject, and no interrogative."""
    found = _INVERTED.search(read.question.text)
    if found is None:
        return False
    before = fold(read.question.text[: found.end()])
    return _ASKS.search(re.sub(r"\best ce qu\w*", "", before)) is None


def _yes_no(read: Read) -> bool:
    match = read.operations.get("yes_no")
    start = read.folded
    if inverted(read):
        return True
    if re.match(
        r"(?:how|what|when|who|which|where|why|combien|quand|quel\w*|qui|comment|pourquoi|lequel|jusqu)\b", start
    ):
        return False
    if read.first() in lexicon.first_words("operations", "yes_no"):
        return True
    if match is None or re.search(r"\b(?:qu est ce|ce qui|what)\b", start):
        return False
    if re.search(r"\b(?:combien|quand|quel\w*|qui|comment|pourquoi|lesquel\w*|quoi|ou en)\b", start):
        return bool(re.match(r"(?:est ce qu\w*|y a t il)\b", start)) and not re.search(
            r"\b(?:combien|quand|quel\w*)\b", start
        )
    return True


_HAS = re.compile(
    r"\b(?:on|il|elle|n|y|ca) a\b"
    r"|\ba (?:le|la|un|une|des|du|ete|droit|pas|deja|bien)\b(?! (?:quel|quelle|combien))"
)
"""« a » as a verb: folded, « à » looks the same."""


def _sentence_with_verb(read: Read) -> bool:
    """« le prix est ferme ? »: a statement with a question mark."""
    return _HAS.search(read.folded) is not None or bool(
        re.search(
            r"\b(?:est|sont|ont|peut|peuvent|doit|doivent|va|court|courent|"
            r"prevoit|impose|interdit|autorise|couvre|comprend|inclut|"
            r"existe|faut|avons|devons|pouvons|peux|reste|s applique|"
            r"se renouvelle|renouvelle|is|are|has|can|does|applies|covers|"
            r"appartien\w+|accepte\w*|refuse\w*|gere\w*|assure|assurent|remplace\w*|restitue\w*|profite\w*|beneficie\w*|"
            r"(?:nous|se|lui) \w{4,}(?:ent|nt|ons)|belong\w*|owns?|includes?|requires?|allows?|"
            r"se reconduit|reconduit|s arrete|oblige|exige|permet|garantit|bien|fournit|payons|paie|paye)\b",
            read.folded,
        )
    )


_TIMES = (
    "temps",
    "jours",
    "jour",
    "mois",
    "semaines",
    "ans",
    "annees",
    "days",
    "months",
    "weeks",
    "years",
    "time",
    "long",
)
_SHORT_LIST = 13
"""Letters of « la liste des »: it may be the document that is asked for."""
_VAGUE = (*_TIMES, "fois", "times", "pourcent", "percent", "pourcentage", "delai")
_COUNTED: tuple[tuple[str, Topic], ...] = (
    (r"reconduction\w*|renouvellement\w*|renewals?|extensions?", "renewal"),
    (
        r"sites?|communes?|etablissements?|batiments?|lieux|villes|"
        r"ecoles|agences|usines|locations?|premises|buildings|places",
        "sites",
    ),
    (r"avenants?|amendments?", "amendments"),
    (r"parties|cotraitants?|signataires|signatories", "parties"),
    (r"indices?|indexes", "indices"),
)


def topic_of(read: Read, kind: AnswerKind) -> tuple[Topic | None, float]:
    """The fact asked for and how surely: the longest phrase among those that answer ``kind``."""
    noun = asked_noun(read.folded)
    if kind == "count" and noun and noun not in _VAGUE:
        named = next((topic for pattern, topic in _COUNTED if re.fullmatch(pattern, noun)), None)
        if named == "renewal":
            left = re.search(r"\b(?:reste\w*|encore|left|more|remaining|restante?s?|possibles?)\b", read.folded)
            return ("renewals_left" if left else "renewals_max"), 0.9
        if named or not re.search(
            r"\b(?:contrats?|marches|baux|contracts?|agreements?|leases?|deals?|engagements?|partenariats?|conventions?|polices?)\b",
            noun,
        ):
            return named, 0.9 if named else 0.6
    candidates = _BY_KIND.get("list" if kind == "count" and noun and noun not in _VAGUE else kind, ())
    if kind in ("date", "boolean") and "break" in read.topics:
        return "break", 0.9
    found = [(read.topics[t].length, -n, t) for n, t in enumerate(candidates) if t in read.topics]
    if kind == "boolean" and "revision" in read.topics and read.topics["revision"].length >= 8:
        return "revision", 0.9
    if len(found) > 1 and kind == "boolean":
        found = [item for item in found if item[2] != "form"]
    if not found:
        return None, 0.0
    found.sort(reverse=True)
    length, _, topic = found[0]
    return topic, min(1.0, 0.4 + length / 20)
