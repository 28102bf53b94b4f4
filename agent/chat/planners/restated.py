"""What a question wants though the phrase that named its fact says less: the end after all renewals or an extension,
the other side's notice, whether there is still time, the last day to write."""

from __future__ import annotations

import re

from agent.chat.plan import QueryPlan, Topic
from agent.chat.planners.reading import Read

_RENEWALS = r"(?:reconductions?|renouvellements?|prolongations?|renewals?|extensions?)"
_NUMBER = r"(?:deux|trois|quatre|cinq|\d|two|three|four|five)"
ALL_RENEWALS = re.compile(
    r"\b(?:toutes?|all|chaque|every|maximum|l ensemble des|both)\b(?: (?:les|ses|the|its|nos|of|de))*"
    rf"(?: \w+)? {_RENEWALS}\b"
    rf"|\b(?:avec|comptant|y compris|au bout|with|including|counting|after|use|prend|fait)"
    r"(?: (?:de|des|les|ses|the|its|of))*"
    rf" {_NUMBER} {_RENEWALS}\b|\b(?:des|les|the) {_NUMBER} {_RENEWALS}\b"
)
_LONGER = re.compile(
    r"\b(?:prolongation|extension|reconduction|renouvellement|renewal|(?:mois|ans?|annees?|semaines?|months?|years?|"
    r"weeks?) (?:de plus|supplementaires?|en plus|more|extra)|(?:another|further|extra|additional) (?:\w+ )?"
    r"(?:months?|years?|term|period))\b"
)
_LEADS = re.compile(
    r"\b(?:nous |m |ca |cela |on )?(?:mene|amene|porte|emmene|conduit|pousse|menerait|amenerait|porterait|irait|va) "
    r"(?:\w+ ){0,3}?(?:quand|quelle date|quel jour|ou|jusqu ou|combien)\b"
    r"|\b(?:where|when|what date|how far|which date)\b.{0,80}\b(?:takes?|brings?|leaves?|gets?|carr(?:y|ies)|pushe?s?)"
    r"(?: us| it| things)?\b"
    r"|\b(?:takes?|brings?|leaves?|gets?|carries|pushes)(?: us| it)? (?:to |until |up to )?(?:where|when|what date)\b"
)
_SILENT = re.compile(
    r"\b(?:rien (?:envoye|dit|ecrit|fait|denonce|signifie|notifie|adresse|resilie)|"
    r"(?:pas|jamais) (?:\w+ )?(?:denonce|resilie|envoye|ecrit|notifie|prevenu)|sans rien (?:dire|faire|envoyer|ecrire)|"
    r"(?:haven t|have not|didn t|did not|never) (?:\w+ )?(?:sent|send|said|say|given?|gave|serve\w*|notif\w*|"
    r"cancel\w*|do|done|write|written)|(?:sent|said|did|done|gave) (?:nothing|no notice))\b"
)
_WANTS = r"(?:veut|veulent|voulait|voulaient|souhait\w+|decid\w+|want\w*|wish\w*)"
_LEAVES = (
    r"(?:arret\w*|partir|lach\w*|quitt\w*|resili\w*|denonc\w*|sortir|rompre|cess\w*|stopp\w*|retir\w*|recuper\w*|repren\w*|fin|leave|stop|quit|"
    r"terminat\w*|cancel\w*|end|pull out|walk away|drop|get out)"
)
_THEY = re.compile(
    rf"\b(?:s (?:il|ils)|si (?:elle|elles|lui|eux)|(?:if|should) (?:they|he|she|it))(?: nous| us)? {_WANTS}\b"
    rf".{{0,25}}\b{_LEAVES}\b"
    rf"|\b(?:si|if|should) (?:(?!(?:on|nous|je|we|i|vous|you)\b)\w+ ){{1,4}}?{_WANTS}\b.{{0,25}}\b{_LEAVES}\b"
    r"|\bnous (?:donn\w+ (?:notre )?conge|lach\w*|quitt\w*|mett\w+ dehors|resili\w*)\b"
    r"|\bde (?:son|leur) cote\b|\b(?:on|from) (?:their|his|her) (?:side|part)\b|\bin return\b"
    r"|^(?:et |and |mais |but )?(?:eux|elles|lui|them)\b"
)
_NOTICES: tuple[Topic | None, ...] = ("notice_period", "notice_deadline", "termination", "obligation", "end", None)
_LATE = re.compile(
    r"\b(?:trop tard (?:pour|afin)|too late (?:to|for)|plus (?:dans les temps|le temps|possible) (?:pour|de|d))\b"
)
_IN_TIME = re.compile(
    r"\b(?:dans les temps (?:pour|si)|encore (?:le )?temps (?:de|d|pour)|(?:still|just) (?:in )?time (?:to|for)|"
    r"in time (?:to|for)|time left (?:to|for))\b"
)
_ASKS_WHICH = re.compile(r"\b(?:quand|combien|quel\w*|qui|when|what|which|how|who)\b")
_WRITES = re.compile(
    r"\b(?:denonc\w*|resili\w*|conge|recommande\w*|lettre|courrier|preavis|opposition|dedite|notice|letter|"
    r"non renouvellement|non reconduction)\b"
)
_LIMIT = re.compile(
    r"\b(?:(?:derniere |date )?limite (?:pour|de|du|d)|derniere? (?:limite|delai|carat)|au plus tard(?: le| quand)?$|"
    r"(?:a )?(?:envoyer|poster|adresser|donner|signifier|notifier) (?:au plus tard|avant (?:le|quand))|"
    r"last (?:date|day|moment)|cut off|latest)\b"
)
_STOPPING = re.compile(
    r"\b(?:denonc\w*|resili\w*|conge|opposition|dedite|quitter|partir|(?:ne |n |pas |non )(?:\w+ ){0,3}?"
    r"(?:veut|veux|voulons|prolong\w*|renouvel\w*|recondui\w*)|non renewal|cancel\w*|terminat\w*)\b"
)
_RENEWING = re.compile(
    r"\b(?:(?:decid\w*|demand\w*|sollicit\w*|notifi\w*|request\w*|ask\w* for) (?:\w+ ){0,3}?"
    r"(?:prolongation|reconduction|renouvellement|extension|renewal)|(?:extend|renew|prolong|lengthen)\w*|allonger|renouvele\w*|reconduire|"
    r"(?:annee|an|mois|periode|campagne) (?:de plus|supplementaire)|(?:another|further|extra) (?:year|term|period))\b"
)
_BY_WHEN = re.compile(
    r"\b(?:by when|until when|by what date|avant (?:quand|quelle date|quel jour)|d ici quand|jusqu a quand|"
    r"au plus tard|latest|deadline|date limite|last day|dernier jour|quand)\b"
)
_DENIED = re.compile(
    r"\b(?:ne|n|pas|non|not|no|stop|avoid|prevent|eviter|empecher|refus\w*|dire non|oppos\w*|denonc\w*|resili\w*)\b"
)
_FAMILY: tuple[Topic | None, ...] = ("end", "next_end", "final_end")


def restated(question: Read, plan: QueryPlan, previous: QueryPlan | None) -> QueryPlan:
    """The plan with the fact that is meant; as it is where its words say no more than their phrase."""
    if plan.portfolio or plan.operation not in ("fact", "passages", "yes_no", "explain", "list"):
        return plan
    folded = question.folded
    timely = _timely(folded, plan)
    if timely is not None:
        return timely
    if plan.operation == "list" or plan.quantifier is not None:
        return plan
    leaves = re.search(rf"\b{_LEAVES}\b", folded) is not None
    if plan.answer in ("text", "date") and plan.topic in _NOTICES and (leaves or plan.topic not in ("end", None)):
        if _THEY.search(folded):
            return _as(plan, "notice_period", "text").model_copy(update={"side": "them"})
        if leaves and _HOW_LONG.search(folded):
            return _as(plan, "notice_period", "text")
    end = _end(question, plan, previous)
    if end is not None:
        return _as(plan, end, "date").model_copy(update={"window": None})
    if plan.topic in ("end", "notice_period") and plan.answer == "text" and _PERIOD.match(folded):
        return _as(plan, "notice_period", "text")
    return _written(folded, plan) or plan


def _written(folded: str, plan: QueryPlan) -> QueryPlan | None:
    """The last day to write: for what goes on by a decision alone, or against what goes on by itself."""
    asks = plan.answer != "boolean" and _RENEWING.search(folded) and _BY_WHEN.search(folded)
    if asks and not _DENIED.search(folded) and plan.topic in ("notice_deadline", "renewal", "obligation", None):
        return _as(plan, "renewal", "date")
    told = _LIMIT.search(folded) and _WRITES.search(folded) and _STOPPING.search(folded)
    if plan.answer in ("text", "date") and told and plan.topic not in ("amounts", "break", "payment_days"):
        return _as(plan, "break" if plan.window is not None and "conge" in folded else "notice_deadline", "date")
    return None


_HOW_LONG = re.compile(r"\bquel(?:le)? (?:delai|preavis|duree de preavis)\b|\bhow (?:much notice|far in advance)\b")
_PERIOD = re.compile(
    r"^(?:le |et le |quel |c est quoi le |the |what )?(?:preavis|notice)\b(?!.*\b(?:date|quand|when)\b)"
)


def _timely(folded: str, plan: QueryPlan) -> QueryPlan | None:
    """Whether there is still time: a yes or a no, whatever date is named."""
    late, in_time = _LATE.search(folded), _IN_TIME.search(folded)
    if not (late or in_time) or _ASKS_WHICH.search(folded):
        return None
    topic: Topic = "notice_missed" if late else "notice_deadline"
    return _as(plan, topic, "boolean").model_copy(update={"operation": "yes_no", "conditions": ()})


def _end(question: Read, plan: QueryPlan, previous: QueryPlan | None) -> Topic | None:
    """The end that is asked for: after all renewals, after an extension, or after the renewal that nobody stopped."""
    folded = question.folded
    goes_on = previous is not None and previous.answer == "date" and previous.topic in _FAMILY
    about_end = plan.answer == "date" and plan.topic in (*_FAMILY, "renewal", None)
    if ALL_RENEWALS.search(folded) and not _WRITES.search(folded) and (about_end or (goes_on and not _asks(folded))):
        return "final_end"
    if plan.topic == "next_end" and "final_end" in question.topics:
        return "final_end"
    if _LONGER.search(folded) and _LEADS.search(folded) and plan.topic in (*_FAMILY, "renewal", None):
        return "final_end"
    if about_end and plan.topic == "end" and _SILENT.search(folded):
        return "next_end"
    return None


def _asks(folded: str) -> bool:
    return re.search(r"\b(?:combien|pourquoi|comment|qui|how|why|who)\b", folded) is not None


def _as(plan: QueryPlan, topic: Topic, answer: str) -> QueryPlan:
    return plan.model_copy(
        update={
            "operation": "fact",
            "answer": answer,
            "topics": (topic,),
            "rest": (),
            "confidence": max(plan.confidence, 0.75),
        }
    )
