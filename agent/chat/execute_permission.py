"""A yes or a no from a contract's own words: what a sentence allows or forbids, what a form's row ticks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.chat import lexicon
from agent.chat.clauses import Line, paragraph
from agent.chat.context import Context
from agent.chat.findings import Finding, of_passage
from agent.chat.holdings import Held
from agent.chat.matching import coverage, likeness
from agent.chat.plan import QueryPlan
from portfolio.folding import fold
from portfolio.words.phrases import phrase

_EMPTY = lexicon.words("empty", "any")
_NO = re.compile(
    r"\b(?:ne (?:peut|peuvent|pourra|pourront|sera|seront|saurait|s|se|donne|fait|comprend|couvre|doit|"
    r"constitue|prevoit|sont|est|beneficie)|n (?:est|a|ont|y a)|non (?:revisable|renouvelable|cessible)|"
    r"interdit\w*|exclu\w*|sans (?:reconduction|indemnite|accord|que)|"
    r"aucun\w*|ni|pas|jamais|sauf|a l exclusion|not|no|never|neither|nor|"
    r"shall not|may not|must not|cannot|without|prohibited|forbidden|"
    r"excluded|except|unless|survive\w*|demeur\w*|subsist\w*)\b"
)
_ALLOWS = re.compile(
    r"\b(?:peut|peuvent|pourra|autorise\w*|permis\w*|libre\w*|may|can|is allowed|permitted|entitled|droit de|dispose)\b"
)
_ALONE = re.compile(r"\b(?P<who>\w{4,}) (?:et (?:elle|lui) )?(?:seule?|alone|only)\b")
_SIDES = re.compile(
    r"\b(?:bailleur|bailleresse|loueur|proprietaire|prestataire|fournisseur|titulaire|transporteur|assureur|"
    r"locataire|preneur|landlord|lessor|supplier|contractor|tenant|importer|insurer)\b"
)
_LACKING = re.compile(r"\b(?:sans|without)\b")
_LACKS = re.compile(
    r"\b(?:sans|without) (?:(?:any|giving|a|aucun\w*|avoir a|devoir) )*\w+"
    r"|\b(?:aucun\w*|no) \w+ (?:n (?:est|sera) due?|is (?:due|payable))(?: (?:si|if)\b.*)?|\bn (?:est|a) (?:pas|plus)\b"
)
"""What a sentence says is not needed: to one who asks whether it goes without, it grants, it does not deny."""
_RESERVED = re.compile(
    r"\b(?:remains? with|reserved (?:to|for)|reserve\w* (?:a|au|aux)|relev\w+ (?:de|du|exclusivement d\w+))"
    r" (?:the |la |le |l )?(?P<who>[a-z]{3,})"
)
"""What is kept for one side alone, so not for the one whom the question names otherwise."""
_DENIES = re.compile(r"\b(?:refus\w*|interdi\w*|empech\w*|exclu\w*|prohib\w*|forbid\w*|prevent\w*|exclud\w*)\b")


_FEW = 2
"""Telling words from which they are enough without those that also name the contract."""
_HEARD = 0.2
"""Share of the words below which a sentence does not speak of the question."""
_MARKED = re.compile(r"[☒☑]\s*(?P<word>[^☐☒☑|\t.;]+)")
_OPTION = re.compile(r"(?P<box>[☐☒☑])\s*(?P<word>[^☐☒☑|\t.;]+)")
_REFUSED = re.compile(r"^\s*(?:non|no|aucun\w*|sans|interdit\w*|refus\w*|exclu\w*|neant|pas)\b")
_GRANTED = re.compile(r"^\s*(?:oui|yes|avec|permis\w*|autoris\w*|accept\w*|prevu\w*)\b")


def _marked(text: str, words: Sequence[str]) -> bool | None:
    """What the ticked words of a line say, where they grant or refuse: « ☒ interdite ☐ permise »; None otherwise."""
    if "☐" not in text:
        return None
    options = [(m["box"] != "☐", coverage(words, m["word"])) for m in _OPTION.finditer(text)]
    best = max((met for _, met in options), default=0.0)
    fitting = {ticked for ticked, met in options if met == best}
    if best > 0 and len(fitting) == 1 and len(options) > 1:
        return fitting.pop()
    for match in _MARKED.finditer(text):
        word = fold(match["word"])
        if _REFUSED.match(word):
            return False
        if _GRANTED.match(word):
            return True
    return None


def _ticked(line: Line, words: Sequence[str]) -> bool | None:
    """Whether the box of a form's row is ticked under the head that the question names; None: there are no boxes."""
    boxes = [
        (head, cell) for head, cell in zip(line.heads, line.cells, strict=False) if cell in ("☒", "☐", "☑", "X", "x")
    ]
    if not boxes:
        return None
    best = max(boxes, key=lambda box: coverage(words, box[0]))
    return best[1] != "☐" if coverage(words, best[0]) > 0 or len({cell for _, cell in boxes}) == 1 else None


def _side(plan: QueryPlan) -> bool:
    """Whether the question asks it of a side by name: who alone may do it is then someone else."""
    return _SIDES.search(fold(plan.question)) is not None


def clause(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """From the sentence that speaks of the question's words: no where it denies what is asked, yes where it allows
    it."""
    places = " ".join(f"{s.name or ''} {s.city or ''}" for s in held.terms.values("sites"))
    telling = [w for w in plan.about if not w.isdigit() and w not in _EMPTY and not likeness(w, places)]
    if len(telling) < _FEW:
        telling = list(dict.fromkeys((*telling, *(w for w in plan.words if not w.isdigit() and w not in _EMPTY))))
    spoken = context.clauses.best(held, telling, plan.question)
    unsaid = context.clauses.unsaid(held, telling)
    if not spoken or not telling or spoken[0].own < _HEARD or not context.speaks(held, plan, telling):
        return context.silent(held, plan, spoken)
    best = spoken[0]
    inline = _marked(best.line.text, telling)
    if inline is not None:
        why = phrase("chat.why_clause", text=best.line.text.replace("\t", " | "))
        quote = of_passage(held, best.line.passage, best.line.text)
        said = phrase("chat.yes" if inline else "chat.no", why=why)
        return Finding("boolean", inline, said, citations=(quote,), route="passages", sure=not unsaid)
    ticked = _ticked(best.line, telling)
    if ticked is not None:
        why = phrase("chat.why_clause", text=best.line.text.replace("\t", " | "))
        quote = of_passage(held, best.line.passage, best.line.text)
        return Finding(
            "boolean",
            ticked,
            phrase("chat.yes" if ticked else "chat.no", why=why),
            citations=(quote,),
            route="passages",
        )
    sentence = fold(best.line.text)
    asked = fold(plan.question)
    lacking = _LACKING.search(asked) is not None
    denied = bool(_NO.search(_LACKS.sub(" ", sentence) if lacking else sentence))
    reserved = _RESERVED.search(sentence)
    denied = denied or (reserved is not None and not likeness(reserved["who"], asked))
    alone = _ALONE.search(sentence)
    denied = denied or (alone is not None and not likeness(alone["who"], fold(plan.question)) and _side(plan))
    asks_denial = bool(_DENIES.search(fold(plan.question))) and not re.search(
        r"\bdroit de|can|peu\w+\b", fold(plan.question)
    )
    value = not denied if not asks_denial else denied
    why = phrase("chat.why_clause", text=paragraph(best.line))
    citations = tuple(of_passage(held, s.line.passage, s.line.text) for s in spoken[:3])
    sure = best.own >= 0.8 and not unsaid and reserved is None and (denied or bool(_ALLOWS.search(sentence)))
    return Finding(
        "boolean",
        value,
        phrase("chat.yes" if value else "chat.no", why=why),
        citations=citations,
        route="passages",
        sure=sure,
    )
