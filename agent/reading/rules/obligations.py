"""Obligations: what somebody must hand over, tell, convene or do at a date or on a rhythm, beyond service and payment.

A sentence counts where a verb of handing over or doing meets a due rule and a debtor; where the document is the point
(an insurance certificate, a Kbis), it counts without a due rule. Rights, prices, penalties, service levels, and notices
that end the contract are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.reading.grammar import dues
from agent.reading.grammar.found import Found
from agent.reading.reader import Candidate, Quote
from agent.reading.rules import obligation_tables
from agent.reading.rules.cast import Cast, Mention
from agent.reading.rules.known import Known
from agent.reading.rules.obligation_documents import document_in, is_proof, names_document, object_of, without_article
from agent.reading.rules.obligation_tables import preferred
from agent.reading.rules.obligation_verbs import Use, uses
from agent.reading.structure import Clause, ContractView, Sentence, fold
from portfolio.schema import Obligation
from portfolio.values import DueRule, Every, FromEvent, OnDate

_SKIPPED_CLAUSES = re.compile(
    r"penalit|retenues?\b|sanction|\bdefinitions?\b|preambule|expose\b|recitals?|modalites de (?:paiement|reglement)|"
    r"facturation|"
    r"conditions de (?:paiement|reglement)|droit applicable|litige|differend|juridiction|governing law|dispute|"
    r"arbitration|"
    r"liquidated damages|service levels?|niveaux? de service|sommaire|table des matieres|tableau des prix|"
    r"bordereau des prix"
)
_NOT_A_DUTY = re.compile(
    r"\b(?:resili|denonc|reconduit|reconduction|(?:non-)?renouvellement du (?:contrat|bail|present)|ne (?:souhait|"
    r"desir|veut)[a-z]* pas|(?:not to|non-) ?renew|intent(?:ion)? (?:not )?to (?:renew|terminate)|conge\b|preavis|"
    r"mise en demeure|"
    r"penalit|majoration|interets? (?:de retard|moratoires)|terminat(?:e|ion) (?:this|the|of|by|for|upon)|non-renewal|"
    r"renew(?:ed|al)? (?:automatically|term|for)|breach(?:es|ed)?\b.{0,40}\bcure|cure (?:such|the|any|period)|"
    r"terminate\b|notice of (?:termination|default|breach|non-?renewal)|indemnif)"
)
_DESCRIPTION = re.compile(r"\b(?:siren|siret|rcs|capital (?:social )?de|immatriculee?|dont le siege|sise? |domicilie|"
                          r"represente[e]? par|"
                          r"organized (?:and existing )?under|having its (?:registered|principal))\b")  # fmt: skip
_ENDING = re.compile(r"resili|denonc|reconduction|\bduree\b|conge\b|renouvel|terminat|renewal|\bterm\b")
_MONEY_DUTY = re.compile(
    r"\b(?:facturee?s?|payee?s?|payable|regle(?:ra|ment)|verse(?:ra|ment|e)?s?|mandatee?|acquitt|rembours|"
    r"invoices?\b|pays?\b|(?:be|is|are) paid\b|payments?\b|"
    r"reimburse|royalt|fees? (?:shall|will|are)|facture\b|factures\b|loyer (?:est|sera)|acompte)"
)
_RIGHT = re.compile(
    r"\b(?:peu(?:t|vent)|pourra(?:it|ient)?|pourront|a la faculte|aura la faculte|est en droit|se reserve|est libre|"
    r"est autorisee?|"
    r"may|can|could|is entitled|has the right|have the right|reserves|n'est pas tenue?|n'a pas a|ne sera pas|"
    r"shall not|will not|must not|"
    r"is not (?:required|obligated)|ne doi(?:t|vent) pas|ne (?:peut|pourra))\b[^,;]{0,60}$"
)
_PRONOUN = re.compile(
    r"\b(?P<p>il|elle|ils|elles|celui-ci|celle-ci|ce dernier|cette derniere|it|they|he|she)\b[^,;:.]{0,40}$"
)
_RELATIVE = re.compile(r"\b(?:qui|who|which)\b(?: l'| en| lui| le| la| les| y| leur)?\s?$")
_WE = re.compile(r"\b(?P<p>nous|we)\b(?: vous| ne| en| les| le| la| lui| shall| will| also| aussi| y)*\s?$")
_YOU = re.compile(r"\b(?P<p>vous|you)\b(?: nous| ne| en| les| le| la| lui| shall| will| also| aussi| y| must)*\s?$")
_AGENT = re.compile(
    r"\b(?P<ours>par nos soins|by us)|\b(?P<yours>par vos soins|by you)|\b(?P<its>par ses soins|a son initiative|"
    r"a ses frais par|by it\b|"
    r"de son fait|a sa diligence)|\b(?:par|by|a l'initiative d[eu]|a l'initiative de|sur convocation d[eu]|"
    r"sur convocation de|"
    r"a la charge d[eu]|a la diligence d[eu]|aux frais d[eu]|incombe|at the (?:expense|cost) of)\b"
)
_THIRD = re.compile(
    r"\b(?:le|la|l'|the) (?P<who>facilitateur|coordonnateur|coordinateur sps|maitre d'oeuvre|controleur technique|"
    r"expert|notaire|"
    r"courtier|garant|mandataire|sous-traitant|escrow agent|broker|trustee|auditor)\s(?:shall |will )?$"
)
_TO_YOU, _TO_US = re.compile(r"\b(?:vous|you|votre)\b"), re.compile(r"\b(?:nous|us)\b")
_INTRO = re.compile(r"(?:\s?:|\bsuivante?s?\s?:?)\s*$")
_WEAK_OBJECT = re.compile(
    r"inventaire|enquete|audit|bilan|verification|controle|essai|\btest|exercice|reunion|comite|revue|campagne|"
    r"recherche|diagnostic|"
    r"etat des (?:lieux|locaux)|formation|personnel|mesure|plan|inspection|requalification|etancheite|"
    r"visite (?:technique|de securite|"
    r"contradictoire|annuelle)|"
    r"analyse|compteurs|echantillon|sauvegarde|survey|assessment|review|training|calibration|inventory|"
    r"reconciliation|ledger|web page|"
    r"physical|stock|evaluation|point|rapport|procedure"
)
_LONGEST = 900


@dataclass
class _Scene:
    """What the sentences before told: who acted last, and what a list's opening line asks of whom."""

    subject: str | None = None
    whole: bool = False
    """The opening line is the clause's heading: every paragraph is an item."""
    intro: str | None = None
    intro_use: bool = False
    intro_due: DueRule | None = None
    intro_quote: Quote | None = None


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """The obligations of a contract, in reading order."""
    cast = Cast.of(view, known)
    language = known.value("language") or "fr"
    for clause in view.clauses:
        if clause.part == "margin" or clause.is_signature:
            continue
        if _SKIPPED_CLAUSES.search(fold(clause.heading)):
            continue
        yield from _clause(clause, cast, language)


def _clause(clause: Clause, cast: Cast, language: str) -> Iterator[Candidate]:
    scene = _opened(clause, cast, language)
    block = None
    tabled = False
    for sentence in clause.sentences:
        kind = sentence.block.kind
        if kind == "heading" or (sentence.text == clause.heading):
            continue
        if kind == "table_row":
            if not tabled:
                tabled = True
                yield from obligation_tables.read(clause, cast, scene.intro or _heading_debtor(clause, cast))
            continue
        if sentence.block is not block:
            if not scene.whole and kind != "list_item" and block is not None and not _INTRO.search(block.text):
                scene.intro, scene.intro_use, scene.intro_due = None, False, None
            block = sentence.block
        yield from _sentence(sentence, scene, cast, language)


def _opened(clause: Clause, cast: Cast, language: str) -> _Scene:
    """The scene that a heading sets: `Papiers de l'Opérateur` says who acts, `Ce que nous vous remettons` what and "
    "who."""
    heading = fold(clause.heading)
    scene = _Scene(subject=_heading_debtor(clause, cast))
    found = [use for use in uses(heading, language) if use.verb.sort == "hand"]
    if found:
        scene.intro = _debtor(heading, found[-1], cast.mentions(heading), scene, cast)[0]
        scene.intro_use = scene.whole = scene.intro is not None
    elif match := _TO_HAND.search(heading):
        mentions = [m for m in cast.mentions(heading) if m.start >= match.end()]
        scene.intro = mentions[0].name if mentions else None
        scene.intro_use = scene.whole = scene.intro is not None
    return scene


_TO_HAND = re.compile(
    r"\b(?:a|to be) (?:remettre|fournir|produire|transmettre|communiquer|deliver(?:ed)?|provided?|"
    r"submitted)\b"
)


def _heading_debtor(clause: Clause, cast: Cast) -> str | None:
    mentions = cast.mentions(clause.folded_heading)
    return mentions[-1].name if mentions else None


def _sentence(sentence: Sentence, scene: _Scene, cast: Cast, language: str) -> Iterator[Candidate]:
    folded = sentence.folded
    found = uses(folded, language) if len(folded) <= 4 * _LONGEST else []
    mentions = cast.mentions(folded)
    listed = scene.intro_use and (scene.whole or sentence.block.kind == "list_item")
    if not _NOT_A_DUTY.search(folded):
        rules = dues.find(folded)
        moments = dues.moments(folded) if found else ()
        yielded = False
        for use, due in _pairs(folded, found, rules, moments):
            candidate = _candidate(sentence, use, due, mentions, scene, cast, language)
            if candidate is not None:
                yielded = True
                yield candidate
        if listed and not yielded:
            yield from _listed(sentence, rules, moments, scene)
    _remember(sentence, scene, found, mentions, cast)


def _pairs(
    folded: str, found: list[Use], rules: tuple[Found[DueRule], ...], moments: tuple[Found[DueRule], ...]
) -> Iterator[tuple[Use, Found[DueRule] | None]]:
    """The verbs that count with their due rules: one a sentence, more where its parts each have both."""
    parts = _parts(folded, found)
    if len(parts) > 1 and sum(1 for p in parts if _within(rules, p)) < 2:
        parts = [(0, len(folded))]
    for start, end in parts:
        inside = [use for use in found if start <= use.start < end]
        if not inside:
            continue
        due = _best(_within(rules, (start, end))) or _best(_within(moments, (start, end)))
        use = min(inside, key=lambda u: (_SORTS.index(u.verb.sort), u.start))
        yield use, due


_SORTS = ("hand", "meet", "tell", "do")
_JOINT = re.compile(
    r"[,;:] (?:(?:et|mais|puis|and|but|while|tandis que) )?(?=(?:il|elle|le|la|l'|les|nous|vous|the|it|they|we|you) )"
)


def _parts(folded: str, found: list[Use]) -> list[tuple[int, int]]:
    """The sentence cut at its joints between two of the verbs."""
    if len(found) < 2:
        return [(0, len(folded))]
    cuts = [0]
    for joint in _JOINT.finditer(folded, found[0].end):
        if joint.end() <= found[-1].start and any(use.start < joint.start() and use.start >= cuts[-1] for use in found):
            cuts.append(joint.end())
    return list(zip(cuts, [*cuts[1:], len(folded)], strict=True))


def _within(rules: tuple[Found[DueRule], ...], part: tuple[int, int]) -> tuple[Found[DueRule], ...]:
    return tuple(rule for rule in rules if part[0] <= rule.start < part[1])


def _best(rules: tuple[Found[DueRule], ...]) -> Found[DueRule] | None:
    value = preferred([rule.value for rule in rules])
    return next((rule for rule in rules if rule.value is value), None)


def _candidate(
    sentence: Sentence, use: Use, due: Found[DueRule] | None, mentions: tuple[Mention, ...], scene: _Scene, cast: Cast,
    language: str,
) -> Candidate | None:  # fmt: skip
    text, folded = sentence.text, sentence.folded
    before = folded[: use.begin]
    proof = is_proof(folded)
    if due is None and not (proof and use.verb.sort == "hand"):
        return None
    if use.voice != "passive" and _RIGHT.search(folded[: use.start]) and "ne peut" not in before:
        return None
    if _MONEY_DUTY.search(folded) and not proof and not names_document(folded[use.start :]):
        return None
    if _DESCRIPTION.search(folded) or (due and _is_past(folded, use, due)):
        return None
    if use.verb.sort == "tell" and _ENDING.search(sentence.clause.folded_heading):
        return None
    rule = _with_event(due, text, mentions, use) if due else None
    if use.verb.sort == "do" and not _weak_counts(rule, folded, language):
        return None
    if language == "en" and use.voice == "active" and not _has_subject(before, mentions, use):
        return None
    debtor, sure = _debtor(folded, use, mentions, scene, cast)
    if debtor is None:
        return None
    document = _document(text, folded, use, due)
    if use.verb.sort in ("hand",) and document is None and due is None:
        return None
    confidence = 0.8 if sure else 0.6
    if due is None:
        confidence -= 0.25
    elif isinstance(rule, FromEvent) and not rule.event:
        confidence -= 0.1
    if use.verb.sort == "do":
        confidence -= 0.15
    quote = sentence.quote()
    obligation = Obligation(
        debtor=debtor, action=_action(text, folded, use, document), document=document, due=rule, quote=quote.text[:4000]
    )
    return Candidate("obligations", obligation, (quote,), round(confidence, 2), f"obligations.{use.verb.sort}")


_PLAIN_DAY = re.compile(r"(?:^|[^a-z])(?:le|on|en)\s$")
_SURE_DAY = re.compile(r"(?:avant|plus tard|pour|d'ici au?|by|before|later than)(?: le| the)?\s$")


def _is_past(folded: str, use: Use, due: Found[DueRule]) -> bool:
    """`publié le 19 mars 2021` tells what was, not what is due; a plain day counts only after a verb of duty."""
    if not isinstance(due.value, OnDate):
        return False
    before = folded[: due.start]
    if _SURE_DAY.search(before) or not _PLAIN_DAY.search(before):
        return False
    return use.bare or (due.start < use.start and due.start > 6)


def _weak_counts(rule: DueRule | None, folded: str, language: str) -> bool:
    """A deed counts with a day, an offset from an event, or a rhythm of a month or longer, and an object that is no
    service."""
    if rule is None or not _WEAK_OBJECT.search(folded):
        return False
    if isinstance(rule, Every):
        return (rule.every.in_months or 0) >= 1
    return True


def _has_subject(before: str, mentions: tuple[Mention, ...], use: Use) -> bool:
    """English nouns look like verbs (`reports`, `files`): a party or pronoun must stand right before."""
    near = any(use.begin - 60 <= m.end <= use.begin and m.is_subject for m in mentions)
    return near or bool(re.search(r"\b(?:it|they|we|you|which|who|and|party)\s(?:\w+ly )?$", before))


def _with_event(due: Found[DueRule], text: str, mentions: tuple[Mention, ...] = (), use: Use | None = None) -> DueRule:
    """The rule with its event in the contract's own words rather than folded ones; cut where the main clause begins."""
    rule = due.value
    if not isinstance(rule, FromEvent) or not rule.event:
        return rule
    start, end = due.end - len(rule.event), due.end
    if use is not None and start < use.begin < end:
        subject = next((m.start for m in mentions if start < m.start < use.begin and m.is_subject), use.begin)
        end = subject
    words = _TRAILING_ARTICLE.sub("", text[start:end].strip(" '’,")).strip()
    return rule.model_copy(update={"event": without_article(words) or rule.event})


_TRAILING_ARTICLE = re.compile(r"\s(?:the|le|la|l['’]|les|il|elle|it|they)$")


def _debtor(folded: str, use: Use, mentions: tuple[Mention, ...], scene: _Scene, cast: Cast) -> tuple[str | None, bool]:
    """Whose duty it is, and whether the sentence itself says so."""
    if use.voice == "passive":
        named = _agent(folded, use, mentions, scene, cast)
        if named:
            return named, True
        recipient = _recipient(folded, use, mentions, cast)
        if recipient and (other := cast.other(recipient)):
            return other, True
        if use.verb.sort in ("tell", "do"):
            return scene.intro or scene.subject, False
        return scene.intro or scene.subject or cast.doer, False
    before = folded[: use.begin]
    verb = folded[use.start : use.end]
    if _WE.search(before) and not verb.endswith("ez"):
        first = re.search(r"\b(nous|vous)\b(?: (?:nous|vous))?\s(?:\w+\s)?$", before)
        if not (first and first[1] == "vous" and not verb.endswith("ons")):
            return cast.us, True
    if _YOU.search(before):
        return cast.you, True
    if verb.endswith("ons") and "nous" in before:
        return cast.us, True
    if _RELATIVE.search(before) and (nearest := _nearest(mentions, use.begin, any_lead=True)):
        return nearest.name, True
    if re.search(r"\b(?:que|qu')\s?$", before):
        after = next((m for m in mentions if use.end <= m.start <= use.end + 6), None)
        if after:
            return after.name, True
    if third := _THIRD.search(before):
        return third["who"].capitalize(), True
    subject = _nearest(mentions, use.begin, any_lead=False)
    pronoun = _PRONOUN.search(before)
    if subject and (not pronoun or pronoun.start() < subject.start):
        return subject.name, True
    if pronoun or subject is None:
        if subject is not None:
            return subject.name, True
        if pronoun and scene.subject:
            recipient = _recipient(folded, use, mentions, cast)
            if recipient and recipient == scene.subject and (other := cast.other(recipient)):
                return other, True
            return scene.subject, True
        agent = _agent(folded, use, mentions, scene, cast)
        if agent:
            return agent, True
        recipient = _recipient(folded, use, mentions, cast)
        if recipient and (other := cast.other(recipient)):
            return other, False
    return scene.intro or scene.subject or (cast.doer if use.voice == "infinitive" else None), False


def _nearest(mentions: tuple[Mention, ...], before: int, *, any_lead: bool) -> Mention | None:
    fitting = [m for m in mentions if m.end <= before and (any_lead or m.is_subject)]
    return fitting[-1] if fitting else None


def _agent(folded: str, use: Use, mentions: tuple[Mention, ...], scene: _Scene, cast: Cast) -> str | None:
    """Who does it in a passive sentence: `par le Titulaire`, `by the Coordinator`, `à l'initiative du Bailleur`."""
    for match in _AGENT.finditer(folded):
        if match["ours"]:
            return cast.us
        if match["yours"]:
            return cast.you
        if match["its"]:
            nearest = _nearest(mentions, use.begin, any_lead=True)
            return nearest.name if nearest else scene.subject
        following = next((m for m in mentions if match.start() <= m.start <= match.end() + 12), None)
        if following:
            return following.name
    before = folded[: use.begin]
    relative = re.search(r"\b(?:que|qu')\s?(?:(?:le|la|l'|les|the) ?)?[a-z' ]{0,30}$", before)
    if relative and (m := _nearest(mentions, use.begin, any_lead=False)) and m.start >= relative.start():
        return m.name
    return None


def _first_subject(mentions: tuple[Mention, ...]) -> str | None:
    return next((m.name for m in mentions if m.is_subject), None)


def _recipient(folded: str, use: Use, mentions: tuple[Mention, ...], cast: Cast) -> str | None:
    """Who receives it: `au Client`, `to the Landlord`, `vous est notifiée`."""
    near = folded[max(0, use.begin - 25) : use.end + 40]
    if _TO_YOU.search(near):
        return cast.you
    if _TO_US.search(near):
        return cast.us
    after = [m for m in mentions if m.start >= use.end and m.lead in ("au", "aux", "a la", "a l'", "a", "to the", "to")]
    return after[0].name if after else None


def _document(text: str, folded: str, use: Use, due: Found[DueRule] | None) -> str | None:
    """What is handed over: after the verb, in a passive sentence before it."""
    if use.verb.sort == "meet":
        return None
    if use.voice == "passive":
        return document_in(text, folded, 0, use.begin) or document_in(text, folded, use.end)
    return document_in(text, folded, use.end) or document_in(text, folded, 0, use.begin)


def _action(text: str, folded: str, use: Use, document: str | None) -> str:
    if document is None and use.voice == "passive":
        thing = without_article(object_of(text, folded, 0, use.begin))
    elif document is None or use.voice != "passive":
        thing = object_of(text, folded, use.end, len(text)).strip() or document or ""
    else:
        thing = document
    return f"{use.verb.infinitive} {thing}".strip()[:300]


def _listed(
    sentence: Sentence, rules: tuple[Found[DueRule], ...], moments: tuple[Found[DueRule], ...], scene: _Scene
) -> Iterator[Candidate]:
    """An item of a list whose opening line has the verb and the debtor: `Le Titulaire remet : - chaque mois, le…`."""
    due = _best(rules) or _best(moments)
    rule = _with_event(due, sentence.text) if due else scene.intro_due
    document = document_in(sentence.text, sentence.folded)
    if document is None or scene.intro is None or (rule is None and not is_proof(sentence.folded)):
        return
    quote = sentence.quote()
    quotes = (quote, scene.intro_quote) if scene.intro_quote and due is None else (quote,)
    action = f"{'provide' if sentence.folded.startswith(('a ', 'the ')) else 'remettre'} {document}"
    obligation = Obligation(debtor=scene.intro, action=action, document=document, due=rule, quote=quote.text[:4000])
    yield Candidate("obligations", obligation, quotes, 0.75 if rule else 0.5, "obligations.list")


def _remember(sentence: Sentence, scene: _Scene, found: list[Use], mentions: tuple[Mention, ...], cast: Cast) -> None:
    subject = _first_subject(mentions)
    if subject is None and found and found[0].verb and found[0].voice == "passive":
        subject = _agent(sentence.folded, found[0], mentions, scene, cast)
    if subject is None and re.search(r"\bnous\b", sentence.folded):
        subject = cast.us
    if subject is not None:
        scene.subject = subject
    if _INTRO.search(sentence.folded):
        use = found[-1] if found else None
        scene.intro_use = use is not None and use.verb.sort == "hand"
        debtor = _debtor(sentence.folded, use, mentions, scene, cast)[0] if use else subject
        scene.intro = debtor or scene.subject
        scene.intro_due = preferred([rule.value for rule in dues.find(sentence.folded)])
        scene.intro_quote = sentence.quote()
