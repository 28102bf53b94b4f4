"""A yes or a no from a contract's own words: what a sentence allows or forbids, what a form's row ticks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.chat import lexicon
from agent.chat.clauses import Line, paragraph
from agent.chat.context import Context
from agent.chat.findings import Finding, of_passage
from agent.chat.holdings import Held
from agent.chat.matching import coverage
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
_DENIES = re.compile(r"\b(?:refus\w*|interdi\w*|empech\w*|exclu\w*|prohib\w*|forbid\w*|prevent\w*|exclud\w*)\b")


def _ticked(line: Line, words: Sequence[str]) -> bool | None:
    """Whether the box of a form's row is ticked under the head that the question names; None: there are no boxes."""
    boxes = [
        (head, cell) for head, cell in zip(line.heads, line.cells, strict=False) if cell in ("☒", "☐", "☑", "X", "x")
    ]
    if not boxes:
        return None
    best = max(boxes, key=lambda box: coverage(words, box[0]))
    return best[1] != "☐" if coverage(words, best[0]) > 0 or len({cell for _, cell in boxes}) == 1 else None


def clause(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """From the sentence that speaks of the question's words: no where it denies what is asked, yes where it allows
    it."""
    telling = [w for w in (plan.about or plan.words) if not w.isdigit() and w not in _EMPTY]
    spoken = context.clauses.best(held, plan.about or plan.words, plan.question)
    unsaid = context.clauses.unsaid(held, telling)
    if not spoken or not telling or len(unsaid) > 0.5 * len(telling) or spoken[0].own < 0.3:
        return context.silent(held, plan, spoken)
    best = spoken[0]
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
    denied = bool(_NO.search(sentence))
    asks_denial = bool(_DENIES.search(fold(plan.question))) and not re.search(
        r"\bdroit de|can|peu\w+\b", fold(plan.question)
    )
    value = not denied if not asks_denial else denied
    why = phrase("chat.why_clause", text=paragraph(best.line))
    citations = tuple(of_passage(held, s.line.passage, s.line.text) for s in spoken[:3])
    sure = best.own >= 0.8 and (denied or bool(_ALLOWS.search(sentence)))
    return Finding(
        "boolean",
        value,
        phrase("chat.yes" if value else "chat.no", why=why),
        citations=citations,
        route="passages",
        sure=sure,
    )
