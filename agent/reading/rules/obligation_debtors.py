"""Whose duty a verb tells: its subject, the agent of a passive, the one who does not receive, whoever acted last."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.reading.reader import Quote
from agent.reading.rules.cast import Cast, Mention
from agent.reading.rules.obligation_verbs import Use
from portfolio.values import DueRule

_PRONOUN = re.compile(
    r"\b(?P<p>il|elle|ils|elles|celui-ci|celle-ci|ce dernier|cette derniere|it|they|he|she)\b[^,;:.]{0,40}$"
)
_RELATIVE = re.compile(r"\b(?:qui|who|which)\b(?: l'| en| lui| le| la| les| y| leur)?\s?$")
_WE = re.compile(
    r"\b(?P<p>nous|we|je|j'|i)(?![a-z])(?: vous| ne| en| les| le| la| lui| shall| will| also| aussi|"
    r" y)*\s?$"
)
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
    intro_due: DueRule | None = None
    intro_quote: Quote | None = None


def debtor_of(
    folded: str, use: Use, mentions: tuple[Mention, ...], scene: Scene, cast: Cast
) -> tuple[str | None, bool]:
    """Whose duty it is, and whether the sentence itself says so."""
    if use.voice == "passive":
        named = agent_of(folded, use, mentions, scene, cast)
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
    subject = _nearest(mentions, use.begin, any_lead=False)
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
        following = next((m for m in mentions if match.start() <= m.start <= match.end() + 12), None)
        if following:
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
