"""Lists of duties: what a heading or an opening line says of the items below it, and an item without a verb.

`Le Titulaire remet : – chaque mois, le tableau de bord`; `Mes remises : – le plan, le 30 juin`; `Vous : le fichier…`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.reading.grammar.found import Found
from agent.reading.reader import Candidate
from agent.reading.rules.cast import Cast
from agent.reading.rules.obligation_actions import with_article
from agent.reading.rules.obligation_debtors import Scene, debtor_of
from agent.reading.rules.obligation_documents import document_in, in_own_words, is_proof, trimmed
from agent.reading.rules.obligation_filters import MONEY_DUTY, SURE_DAY, is_bare_sum
from agent.reading.rules.obligation_headings import opening
from agent.reading.rules.obligation_nominal import BULLET
from agent.reading.rules.obligation_parts import Rules, best
from agent.reading.rules.obligation_verb_table import Verb
from agent.reading.rules.obligation_verbs import SERVICE, Use, uses
from agent.reading.structure import Sentence, fold
from portfolio.schema import Obligation
from portfolio.values import DueRule, FromEvent, OnDate

INTRO = re.compile(r"(?:\s?:|\bsuivante?s?\s?:?)\s*$")
HEADS_PAPERS = re.compile(
    r"\b(?:documents?|livrables?|pieces?|justificatifs?|deliverables?|elements?) (?:[a-z' ]{0,30})"
)
_TO_HAND = re.compile(
    r"\b(?:a|to be) (?:remettre|fournir|produire|transmettre|communiquer|deliver(?:ed)?|provided?|"
    r"submitted)\b"
)
_DASHED = re.compile(r"^\s*(?:[-•–—*▪➢✓o]\s|[a-z]\)\s|\d{1,2}[.)°]\s)")
_FINITE = re.compile(
    r"\b(?:est|sont|sera|seront|a|ont|fait|font|peut|peuvent|doit|doivent|is|are|shall|will|may|has|have|il|elle|qui)\b"
)
_DUE_CUT = re.compile(
    r"[,;:(]|\s[–—-]\s|\s(?:le|la|pour|avant|au plus tard|dans|sous|chaque|tous|toutes|by|within|every|each|on|"
    r"no later|not later|before|at|une fois|deux fois|une? [a-z]+ (?:avant|apres)|"
    r"[a-z-]+ (?:jours?|semaines?|mois|days|weeks|months))\s"
)
DUTY_INTRO = re.compile(
    r"\b(?:s'engage(?:nt|ra)?|s'oblige(?:nt)?|doi(?:t|vent)|devr(?:a|ont)|devez|tenue?s? (?:de|d'|a)|charge de|"
    r"a (?:sa|la) charge|veille(?:ra)?|il (?:lui )?appartient|shall|must|will|agrees?|undertakes?|is to|are to|"
    r"required to|responsible for)\b"
    r"[^:]{0,40}:\s*$"
)
"""A line of duty that lists what is to be done in infinitives."""
_LONGEST_THING = 110
_GAP = 26
"""Characters between the thing and its due rule; more of them, or a number, tell of something else."""


def is_item(sentence: Sentence) -> bool:
    return sentence.block.kind == "list_item" or _DASHED.match(sentence.block.text) is not None


def heading_debtor(headings: str, cast: Cast) -> str | None:
    mentions = cast.mentions(headings)
    return mentions[-1].name if mentions else None


def opened(headings: str, last: str, cast: Cast, language: str) -> Scene:
    """The scene that a heading sets: `Papiers de l'Opérateur` says who acts, `Ce que nous vous remettons` what and
    who."""
    heading = fold(last)
    scene = Scene(subject=heading_debtor(headings, cast))
    found = [
        use for use in uses(heading, language) if use.verb.sort == "hand" or (use.verb.sort == "give" and ":" in last)
    ]
    told = opening(heading, cast)
    if found and (told is None or cast.mentions(heading)):
        scene.intro = debtor_of(heading, found[-1], cast.mentions(heading), scene, cast)[0]
    elif match := _TO_HAND.search(heading):
        mentions = [m for m in cast.mentions(heading) if m.start >= match.end()]
        scene.intro = mentions[0].name if mentions else None
    if scene.intro is None and told is not None:
        scene.subject = told.debtor
        scene.intro = told.debtor if told.hands else None
    scene.intro_use = scene.intro is not None
    scene.whole = scene.intro_use and not (told is not None and told.alone) and not INTRO.search(heading)
    return scene


_SAME_DAY = re.compile(
    r"\b(?:a|pour|avant|dans) (?:la|cette|le) meme (?:date|echeance|jour|delai)\b|\ba la meme occasion\b|"
    r"\b(?:by|on|at) the same (?:date|day|time)\b"
)


def same_day(folded: str, scene: Scene) -> Rules:
    """The due rule of the duty before, where words point back to it (`à la même date`)."""
    match = _SAME_DAY.search(folded)
    if match is None or scene.last_due is None or isinstance(scene.last_due, FromEvent):
        return ()
    return (Found(scene.last_due, match.start(), match.end()),)


_OPENS = re.compile(
    r"\W*(?:[a-z\d]{1,2}[.)°] )?(?:(?:de |d'|a |to )|(?:faire |lui |se |s'|en |y ))*(?P<verb>[a-z]{3,})"
)
_INFINITIVE = re.compile(r"[a-z]{2,}(?:er|ir|re|oir)")


def deed_item(folded: str, scene: Scene, language: str) -> list[Use]:
    """The infinitive that opens an item under a line of duty (`L'assureur s'engage à : – missionner l'expert…`)."""
    match = _OPENS.match(folded) if scene.intro_duty else None
    if match is None or SERVICE.match(match["verb"]):
        return []
    if language == "fr" and not _INFINITIVE.fullmatch(match["verb"]):
        return []
    return [Use(DEED_ITEM, "infinitive", match.start("verb"), match.end(), match.start("verb"))]


DEED_ITEM = Verb("", "deed", "", "")


def listed(
    sentence: Sentence, rules: Rules, moments: Rules, scene: Scene, language: str, start: int = 0
) -> Iterator[Candidate]:
    """An item from ``start`` on, whose opening line has the verb and the debtor: a document, or any thing with a due
    rule of its own."""
    text, folded = sentence.text, sentence.folded
    due = best(rules) or best(moments)
    rule = in_own_words(due, text) if due else scene.intro_due
    if scene.intro is None or (rule is None and not is_proof(folded)):
        return
    document = document_in(text, folded, start)
    plain_day = due is not None and isinstance(rule, OnDate) and not SURE_DAY.search(folded[: due.start])
    if (plain_day and not _is_thing_with_day(folded, due)) or (MONEY_DUTY.search(folded) and document is None):
        return
    if is_bare_sum(folded) or (document is not None and _SUM_IN.search(document)):
        return
    guessed = document is None
    if document is None and due is not None and is_item(sentence):
        document = _thing(text, folded, start, due)
    if document is None:
        return
    quote = sentence.quote()
    quotes = (quote, scene.intro_quote) if scene.intro_quote and due is None else (quote,)
    verb = "remettre" if language == "fr" else "provide"
    obligation = Obligation(
        debtor=scene.intro, action=f"{verb} {with_article(text, document, language)}"[:300], document=document,
        due=rule, quote=quote.text[:4000],
    )  # fmt: skip
    confidence = (0.75 if rule else 0.5) - (0.1 if guessed or plain_day else 0)
    yield Candidate("obligations", obligation, quotes, round(confidence, 2), "obligations.list")


_SUM_IN = re.compile(r"\d ?(?:€|euros?\b|EUR\b|£|\$)")


def _is_thing_with_day(folded: str, due: Found[DueRule] | None) -> bool:
    """`le plan d'actions, le 30 juin 2026 ;`: a pause before the day, and nothing but a few words after it."""
    return due is not None and len(folded) - due.end <= 30 and _PAUSE_BEFORE_DAY.search(folded[: due.start]) is not None


_PAUSE_BEFORE_DAY = re.compile(r"(?:[,:(]|\s[–—-])\s?(?:le |pour le |on |by |the )*$")


def _thing(text: str, folded: str, start: int, due: Found[DueRule]) -> str | None:
    """The noun phrase that opens an item, up to its due rule; None where the item is a sentence."""
    opening_bullet = BULLET.match(folded[start:])
    begin = start + (opening_bullet.end() if opening_bullet else 0)
    if due.start <= begin:
        return None
    cut = next((m.start() for m in _DUE_CUT.finditer(folded, begin + 4, due.start)), due.start)
    words = folded[begin:cut]
    if due.start - cut > _GAP or re.search(r"\d", folded[cut : due.start]):
        return None
    if not 4 <= len(words) <= _LONGEST_THING or _FINITE.search(words):
        return None
    return trimmed(text[begin:cut])
