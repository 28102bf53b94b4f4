"""Whose duty a verb tells: its subject, the agent of a passive, the one who does not receive, whoever acted last."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.reading.reader import Quote
from agent.reading.rules.cast import Cast, Mention
from agent.reading.rules.obligation_owners import owner
from agent.reading.rules.obligation_verbs import Use
from portfolio.values import DueRule

_PRONOUN = re.compile(
    r"\b(?P<p>il|elle|ils|elles|celui-ci|celle-ci|ce dernier|cette derniere|it|they|he|she)\b[^,;:.]{0,40}$"
)
_RELATIVE = re.compile(r"\b(?:qui|who|which)\b(?: l'| en| lui| le| la| les| y| leur)?\s?$")
_WE = re.compile(
    r"\b(?P<p>nous|we|je|j'|i)(?![a-z])(?: vous| ne| en| les| le| la| lui| shall| will| must| also| aussi|"
    r" y)*\s?$"
)
_YOU = re.compile(
    r"\b(?P<p>vous|you)\b(?: nous| me| m'| ne| en| les| le| la| lui| shall| will| also| aussi| y| must)*\s?$"
)
_AGENT = re.compile(
    r"\b(?P<ours>par nos soins|by us)|\b(?P<yours>par vos soins|by you)|\b(?P<its>par ses soins|a son initiative|"
    r"a ses frais par|by it\b|de son fait|a sa diligence)|"
    r"\b(?:par(?! (?:ecrit|courrier|lettre|mail|courriel|voie|email|telecopie|mois|an))|by|a l'initiative|"
    r"sur (?:convocation|invitation)|a la (?:charge|diligence)|aux frais|par les soins|incombe(?:nt)?|"
    r"at the (?:expense|cost|initiative|invitation) of|at(?= the ))\b"
)
_OF = r"(?:du |de la |de l'|des |de |d'|of the )"
_TO_AGENT = re.compile(
    rf"\s?(?:(?:{_OF}|a |au |a la |a l'|aux )?(?:le |la |l'|les |the |son |sa )?(?:[a-z-]+ ){{0,2}}{_OF}|"
    r"(?:au |aux |a |a la |a l'|d'|de )?(?:le |la |l'|les |the )?)"
)
"""What may stand between the word for the agent and its name: an article, a person of the party's."""
_OWN = re.compile(r"(?:'s|s'|') (?:invitation|initiative|expense|cost)\b")
_DECLARED = re.compile(r"\b(?:sinistre|circonstance|risque|vol|aggravation|dommage)")
_PERSON_OF = re.compile(
    r"(?:^|[,;:.] )(?:l'|le |la |les |un |une |the |chaque )(?:[a-z'-]+ ){1,4}?"
    r"(?:du |de la |de l'|des |d'|de |of the )$"
)
"""A party's own person as the subject: `l'ingénieur prévention de l'assureur visite`."""
_IMPOSED = re.compile(r"\b(?:appartien(?:t|dra)|incombe(?:ra)?|revien(?:t|dra)|obligation|charge)\b(?P<rest>[^,;.]*)$")
_ON_WHOM = frozenset(("au", "aux", "a la", "a l'", "a", "du", "de la", "de l'", "to the", "on the"))
_THIRD = re.compile(
    r"\b(?:le|la|l'|the) (?P<who>facilitateur|coordonnateur|coordinateur sps|maitre d'oeuvre|controleur technique|"
    r"expert|notaire|"
    r"courtier|garant|mandataire|sous-traitant|escrow agent|broker|trustee|auditor)\s(?:shall |will )?$"
)
_TO_YOU, _TO_US = re.compile(r"\b(?:vous|you|votre)\b"), re.compile(r"\b(?:nous|us)\b")


@dataclass
class Scene:
    """What the sentences before told: who acted last, and what a list's opening line asks of whom."""

    subject: str | None = None
    told: bool = False
    """The opening line was an obligation itself: items without a due rule are its parts."""
    whole: bool = False
    """The opening line is the clause's heading: every paragraph is an item."""
    intro: str | None = None
    intro_use: bool = False
    intro_duty: bool = False
    """The opening line lists in infinitives what somebody must do."""
    last_due: DueRule | None = None
    """When the duty before falls due, for `à la même date`."""
    last_quote: Quote | None = None
    intro_due: DueRule | None = None
    intro_quote: Quote | None = None


_RECEIVES = re.compile(r"re[cç]oi|recev|receiv|(?:est|sont|sera|seront) destinataires?")


def debtor_of(
    folded: str, use: Use, mentions: tuple[Mention, ...], scene: Scene, cast: Cast
) -> tuple[str | None, bool]:
    """Whose duty it is, and whether the sentence itself says so: of who receives, the other one's."""
    if _RECEIVES.match(folded, use.start):
        receiver, sure = _doer_of(folded, use, mentions, Scene(), cast)
        return (cast.other(receiver) if receiver else None), sure
    return _doer_of(folded, use, mentions, scene, cast)


def _doer_of(folded: str, use: Use, mentions: tuple[Mention, ...], scene: Scene, cast: Cast) -> tuple[str | None, bool]:
    """Who does what the verb tells, and whether the sentence itself says so."""
    if use.voice == "passive":
        named = agent_of(folded, use, mentions, scene, cast)
        if named:
            return named, True
        recipient = _recipient(folded, use, mentions, cast)
        if recipient and (other := cast.other(recipient)):
            return other, True
        if _DECLARED.search(folded) and use.verb.infinitive == "déclarer" and (insured := cast.holder("insured")):
            return insured, False
        if use.begin == use.start and not use.bare and (nearest := _nearest(mentions, use.begin, any_lead=False)):
            return nearest.name, True
        by_trade = None if use.verb.infinitive in _GIVEN_BACK else owner(folded, cast)
        return scene.intro or by_trade or scene.subject or cast.doer, False
    before = folded[: use.begin]
    verb = folded[use.start : use.end]
    we = _WE.search(before)
    if we and we["p"] in ("je", "j'", "i", "we"):
        return cast.us, True
    if we and not verb.endswith("ez"):
        first = re.search(r"\b(nous|vous)\b(?: (?:nous|vous))?\s(?:\w+\s)?$", before)
        if not (first and first[1] == "vous" and not verb.endswith("ons")):
            return cast.us, True
    if verb.endswith("ons") and ("nous" in before or _YOU.search(before)):
        return cast.us, True
    if _YOU.search(before):
        return cast.you, True
    if _RELATIVE.search(before) and (nearest := _nearest(mentions, use.begin, any_lead=True)):
        return nearest.name, True
    if re.search(r"\b(?:que|qu')\s?$", before):
        after = next((m for m in mentions if use.end <= m.start <= use.end + 6), None)
        if after:
            return after.name, True
    if use.voice == "infinitive" and (imposed := _imposed_on(folded, use, mentions)):
        return imposed, True
    subject = _subject(folded, mentions, use.begin)
    if (latter := _LATTER.search(before)) and (meant := _nearest(mentions, latter.start(), any_lead=True)):
        return meant.name, True
    person = _nearest(mentions, use.begin, any_lead=True)
    if subject is None and person is not None and _PERSON_OF.search(folded, 0, person.start):
        return person.name, True
    third = _THIRD.search(before)
    if third and not (subject and subject.end > third.start()):
        return third["who"].capitalize(), True
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
        agent = agent_of(folded, use, mentions, scene, cast)
        if agent:
            return agent, True
        recipient = _recipient(folded, use, mentions, cast)
        if recipient and (other := cast.other(recipient)):
            return other, False
    return scene.intro or scene.subject or (cast.doer if use.voice == "infinitive" else None), False


_GIVEN_BACK = frozenset(("rendre", "restituer", "retourner", "renvoyer", "détruire", "libérer", "return", "remove"))
"""What goes back where it came from is owed by the other one."""
_LATTER = re.compile(r"\b(?:celui-ci|celle-ci|ce dernier|cette derniere|the latter)\b[^,;:.]{0,40}$")
_ITS_OBJECT = re.compile(
    r"\b(?:previen|inform|avis|averti|alert|consult|convoqu|invit|autoris|assist|aid|accompagn|indemnis|rembours|saisi|"
    r"contact|associ|tell|notif|advis|giv|send|provid|supply|allow|reimburs|pay|help|ask)[a-z]* (?:le |la |l'|"
    r"les |the )?$"
)


def _subject(folded: str, mentions: tuple[Mention, ...], before: int) -> Mention | None:
    """The nearest mention that may be the subject: not the person whom a verb before informs or invites."""
    fitting = [m for m in mentions if m.end <= before and m.is_subject]
    subjects = [m for m in fitting if not _ITS_OBJECT.search(folded, max(0, m.start - 30), m.start)]
    found = subjects or fitting
    return found[-1] if found else None


def _imposed_on(folded: str, use: Use, mentions: tuple[Mention, ...]) -> str | None:
    """On whom an impersonal duty lies: `il appartient au Client de`, `c'est au Client qu'il revient de`."""
    match = _IMPOSED.search(folded, 0, use.start)
    if match is None:
        return None
    named = [m for m in mentions if match.start() - 30 <= m.start < use.start and m.lead in _ON_WHOM]
    return named[-1].name if named else None


def _nearest(mentions: tuple[Mention, ...], before: int, *, any_lead: bool) -> Mention | None:
    fitting = [m for m in mentions if m.end <= before and (any_lead or m.is_subject)]
    return fitting[-1] if fitting else None


def agent_of(folded: str, use: Use, mentions: tuple[Mention, ...], scene: Scene, cast: Cast) -> str | None:
    """Who does it in a passive sentence: `par le Titulaire`, `by the Coordinator`, `à l'initiative du Bailleur`."""
    for match in _AGENT.finditer(folded):
        if match["ours"]:
            return cast.us
        if match["yours"]:
            return cast.you
        if match["its"]:
            nearest = _nearest(mentions, use.begin, any_lead=True)
            return nearest.name if nearest else scene.subject
        following = next((m for m in mentions if m.start >= match.end()), None)
        if match[0] == "at" and following and not _OWN.match(folded, following.end):
            continue
        if following and _TO_AGENT.fullmatch(folded, match.end(), following.start):
            return following.name
    before = folded[: use.begin]
    relative = re.search(r"\b(?:que|qu')\s?(?:(?:le|la|l'|les|the) ?)?[a-z' ]{0,30}$", before)
    if relative and (m := _nearest(mentions, use.begin, any_lead=False)) and m.start >= relative.start():
        return m.name
    return None


def first_subject(mentions: tuple[Mention, ...]) -> str | None:
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
