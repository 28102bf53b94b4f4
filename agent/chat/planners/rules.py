"""The built-in planner: a grammar of the domain's questions in French and English, without a language model."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import get_args

from agent.chat import lexicon
from agent.chat.holdings import Held, Holdings
from agent.chat.plan import (
    Act,
    ActionKind,
    AnswerKind,
    Condition,
    Money,
    Operation,
    QueryPlan,
    Reason,
    Subject,
    Topic,
    Window,
)
from agent.chat.planners.conditions import conditions_of
from agent.chat.planners.kinds import asked_noun, kind_of, topic_of
from agent.chat.planners.reading import Read, read
from agent.chat.matching import likeness, names_it
from agent.chat.subjects import Resolution, Subjects, token_places
from agent.chat.windows import MONTHS, Span, window_of
from agent.reading.grammar import money as money_grammar
from agent.reading.text import fold as fold_keeping
from portfolio.folding import fold
from portfolio.schema import Bound, Period, Tax

_ACTS: tuple[ActionKind, ...] = get_args(ActionKind)
_REASONS: tuple[Reason, ...] = ("injection", "not_allowed", "advice", "general")
_LEAD = 1.2
"""A score from which a subject found by its words alone is taken."""
_BARELY = 0.06
"""How far it must be ahead of the next to be taken at all; between the two it is taken and said to be unsure."""
_READINGS = 3
"""Contracts at most that are answered for where a question may mean any of them."""
_AHEAD = 0.15
"""How far it must be ahead of the next."""
_PRONOUN = re.compile(
    r"^(?:et\b|and\b|sinon\b|ok\b|alors\b|so\b|aussi\b|also\b|what about|how about|meme question|puis\b|donc\b)|\b(?:il|elle|ils|elles|lui|leur|ce contrat|"
    r"celui|celle|ceux|ca|cela|it|its|they|them|their|that one|this one|that contract|this contract|the latter|y|en|same|la meme|le meme|"
    r"de plus|d autre|that day|ce jour|cette date|la dessus|those|these)\b"
)
_ELLIPTIC = re.compile(r"^(?:et\b|and\b|what about|how about|ok et|sinon|meme question|idem|puis\b|also\b)")
_PERIODS: tuple[tuple[str, Period], ...] = (
    (r"\b(?:par an|annuel\w*|a l annee|yearly|annual|annually|per year|a year|par annee|chaque annee|each year|par periode|par exercice)\b", "year"),
    (r"\b(?:par trimestre|trimestriel\w*|quarterly|per quarter|a quarter)\b", "quarter"),
    (r"\b(?:par mois|mensuel\w*|mensualite\w*|monthly|per month|a month|chaque mois|each month)\b", "month"),
    (r"\b(?:par jour|journalier\w*|daily|per day|a day|tjm|la journee|day rate)\b", "day"),
    (r"\b(?:de l heure|par heure|horaire|hourly|per hour)\b", "hour"),
    (r"\b(?:l unite|unitaire\w*|par (?:repas|unite|mwh|kwh|tonne|litre)|per (?:unit|meal|mwh|tonne|litre)|unit price|du repas|le repas)\b", "unit"),
)  # fmt: skip
_TAXES: tuple[tuple[str, Tax], ...] = (
    (r"\b(?:ht|hors tax\w*|hors tva|excl\w*|net of tax|before tax|without vat|ex vat)\b", "excl"),
    (r"\b(?:ttc|toutes taxes|taxes comprises|including vat|incl\w*|with vat|avec la tva)\b", "incl"),
)
_BOUNDS: tuple[tuple[str, Bound], ...] = (
    (r"\b(?:max\w*|plafond\w*|plafonne\w*|cap|caps|capped|ceiling|limit\w*|au plus|at most|butoir)\b", "max"),
    (r"\b(?:min|mini|minim\w*|plancher|au moins|at least|floor|garanti\w*|guarantee\w*)\b", "min"),
)


class RulesPlanner:
    """Plans questions on one portfolio."""

    def __init__(self, holdings: Holdings, subjects: Subjects) -> None:
        self._holdings = holdings
        self._subjects = subjects

    def plan(self, text: str, previous: QueryPlan | None = None) -> QueryPlan:
        """The plan of a question; with ``previous``, the plan before it in the conversation, which it may refine."""
        question = read(text, self._subjects)
        refused = self._refused(question)
        if refused:
            return QueryPlan(
                language=question.question.language, operation="refuse", answer="none", reason=refused, question=text
            )
        span = window_of(text, self._holdings.as_of)
        act = self._act(question)
        kind = "action" if act else kind_of(question)
        topic, sure = topic_of(question, "date" if act else kind)
        if act and question.topics.keys() & {"notice_period", "notice_deadline"}:
            topic = "notice_deadline"
        found = self._subjects.resolve(question.question, question.asked)
        if kind == "amount" and len(found.named) < 2:
            found = self._in_parts(question, found)
        plan = self._composed(question, span, act, kind, topic, sure, found)
        return self._followed(question, plan, found, previous) if previous else plan

    def _refused(self, question: Read) -> Reason | None:
        found = question.refusals
        return next((reason for reason in _REASONS if reason in found), None)

    def _act(self, question: Read) -> Act | None:
        found = question.actions
        if not found:
            return None
        first = min(found.items(), key=lambda item: (item[1].start, -item[1].length))
        return Act(kind=_ACTS[_ACTS.index(first[0])], value=None)  # type: ignore[arg-type]

    def _composed(
        self, question: Read, span: Span | None, act: Act | None, kind: AnswerKind, topic: Topic | None, sure: float,
        found: Resolution,
    ) -> QueryPlan:  # fmt: skip
        operation = self._operation(question, kind, found)
        named = self._single(question, found, operation)
        words = self._words(question, found, named)
        about = self._about(question, found, named, span)
        explained = self._explained(question, topic)
        places = " ".join(f"{s.name or ''} {s.city or ''}" for h in named for s in h.terms.values("sites"))
        conditions = conditions_of(question, topic, span, operation, self._courts())
        plural = operation in ("list", "count", "sum", "average", "extreme", "group")
        subject = self._subject(question, found, named, plural, operation, conditions)
        return QueryPlan(
            language=question.question.language,
            operation=operation,
            answer=kind,
            topics=(topic,) if topic else (),
            subject=subject,
            window=span.window if span else None,
            conditions=conditions,
            money=self._money(question),
            words=words,
            about=tuple(w for _, w in about),
            rest=tuple(
                w
                for n, w in about
                if n not in explained and w not in _EMPTY and not w.isdigit() and not names_it(w, places)
            ),
            how=bool(_HOW.search(question.folded)),
            amendment=bool(re.search(r"\b(?:avenant\w*|amendment\w*|acte modificatif)\b", question.folded)),
            side=_side(question),
            negated=bool(
                re.search(r"\b(?:pas|not|sans|without|n est|jamais|never|no longer|plus aucun\w*)\b", question.folded)
            ),
            act=act,
            group_by=_group(question),
            largest=True if "most" in question.operations else False if "least" in question.operations else None,
            confidence=0.4 if named and not found.named and found.margin < _AHEAD else sure if topic else 0.5,
            question=question.question.text,
        )

    def _operation(self, question: Read, kind: AnswerKind, found: Resolution) -> Operation:
        ops = question.operations
        if kind == "action":
            return "action"
        if "group" in ops and kind in ("count", "amount", "list", "text"):
            return "group"
        if kind == "list":
            return "extreme" if self._extreme(question) else "list"
        if kind in ("text", "date") and not found.named and self._elliptic_list(question, found):
            return "list"
        if kind == "count":
            named = found.named or (
                found.best and (found.scored[0].named or found.scored[0].score >= _LEAD or found.types)
            )
            return (
                "count"
                if named or counts_contracts(question) or question.topics.keys() & {"notice_deadline", "role"}
                else "passages"
            )
        if kind == "boolean":
            return "yes_no"
        if "changes" in ops and kind == "text":
            return "changes"
        if "average" in ops:
            return "average"
        if self._extreme(question) and not found.named:
            return "extreme"
        if kind == "amount" and "sum" in ops and (len(found.named) > 1 or not found.best or not _one(found)):
            return "sum"
        if kind == "amount" and len(found.named) > 1:
            return "sum"
        if "summary" in ops and kind == "text" and not question.topics.keys() - {"contracts", "end", "title"}:
            return "summary"
        if "compare" in ops and len(found.named) > 1:
            return "compare"
        if "explain" in ops and question.topics:
            return "explain"
        return "fact" if question.topics else "passages"

    @staticmethod
    def _elliptic_list(question: Read, found: Resolution) -> bool:
        """« préavis à donner d'ici le 31 décembre »: a fact and a time, and no contract."""
        first = question.question.tokens[0].folded if question.question.tokens else ""
        weak = not found.best or not (found.scored[0].named or found.types)
        plural = re.search(
            r"\b(?:preavis|echeances|contrats|fins de contrat|notices?|deadlines|renewals|reconductions|expirations|attestations|obligations|certificates)\b",
            question.folded,
        )
        return bool(
            weak and plural and first not in _INTERROGATIVES and window_of(question.question.text, date.today())
        )

    def _strangers(self, question: Read, held: Held, indices: list[str]) -> tuple[str, ...]:
        """Names in the question that the contract meant does not know."""
        text = " ".join(f"{p.headline} {p.text}" for p in held.passages)
        handles = (
            f"{held.title} {' '.join(n for c in held.all for p in c.parties for n in (p.name, p.counterparty_name))}"
        )
        return tuple(
            t.text
            for n, t in enumerate(question.question.tokens)
            if t.name and t.content and n not in question.asked and t.text not in indices and len(t.folded) > 3
            and not t.folded.isdigit() and not self._subjects.ours(t.folded) and t.folded not in MONTHS and t.folded not in _NATIONS
            and not likeness(t.folded, text) and not names_it(t.folded, handles)
        )  # fmt: skip

    @staticmethod
    def _explained(question: Read, topic: Topic | None) -> frozenset[int]:
        """The tokens that say which fact is asked for, how, and what is to be done."""
        family = _TIMES if topic in _TIMES else _MONEY if topic in _MONEY else (topic,)
        tables = [("operations", None), ("actions", None), ("topics", family)]
        return question.covered(
            match
            for room, names in tables
            for name, entry in lexicon.table(room).items()
            if names is None or name in names
            for match in entry.find(question.folded)
        )

    def _courts(self) -> tuple[str, ...]:
        return tuple(
            str(h.terms.value("jurisdiction")) for h in self._holdings.contracts if h.terms.value("jurisdiction")
        )

    def _in_parts(self, question: Read, found: Resolution) -> Resolution:
        """The contracts that are named one after the other, « le loyer, Pistelait et la cotisation », where they differ."""
        text = question.question.text
        if "sum" not in question.operations and "+" not in text and not _TOGETHER.search(question.folded):
            return found
        named: dict[str, Held] = {}
        for part in re.split(r",|\+|&|\bet\b|\band\b|\bplus\b|\bpuis\b|\bavec\b", text):
            piece = read(part, self._subjects)
            if not piece.question.content:
                continue
            meant = self._subjects.resolve(piece.question, frozenset())
            if meant.best and (meant.scored[0].named or meant.scored[0].score >= _PART) and meant.margin >= _AHEAD:
                named[meant.best.id] = meant.best
        return replace(found, named=tuple(named.values())) if len(named) > 1 else found

    @staticmethod
    def _extreme(question: Read) -> bool:
        return ("most" in question.operations or "least" in question.operations) and bool(
            re.search(
                r"\b(?:contrat\w*|marche\w*|bail|baux|contract\w*|agreement\w*|lease\w*|convention\w*|quel\w*|which|prochain\w*|next|premier)\b",
                question.folded,
            )
        )

    def _single(self, question: Read, found: Resolution, operation: Operation) -> tuple[Held, ...]:
        """The contracts that a question names one by one; empty where it speaks of contracts in general."""
        if found.named:
            return self._narrowed(found)
        if operation in ("list", "extreme", "group", "average") or not found.best:
            return ()
        if operation == "count" and counts_contracts(question):
            return ()
        if found.scored[0].score < _LEAD and not found.types and not found.scored[0].named:
            return ()
        if operation == "sum" and found.types and not found.scored[0].named:
            return ()
        if found.margin >= _BARELY:
            return (found.scored[0].held,)
        level = [s.held for s in found.scored if s.score >= (1 - _BARELY) * found.scored[0].score]
        return tuple(level) if len(level) <= _READINGS and operation in ("fact", "passages", "yes_no") else ()

    @staticmethod
    def _narrowed(found: Resolution) -> tuple[Held, ...]:
        """Of several contracts with one party, the one that the other words mean."""
        if len(found.named) > 1:
            scores = {s.held.id: s.score for s in found.scored}
            best = max(scores.get(h.id, 0.0) for h in found.named)
            shared = [h for h in found.named if any(set(h.others) & set(o.others) for o in found.named if o.id != h.id)]
            if shared and len(shared) == len(found.named):
                return tuple(h for h in found.named if scores.get(h.id, 0.0) >= 0.9 * best)
        return found.named

    def _subject(
        self, question: Read, found: Resolution, named: tuple[Held, ...], plural: bool, operation: Operation,
        conditions: tuple[Condition, ...],
    ) -> Subject:  # fmt: skip
        indices = [str(c.value) for c in conditions if c.topic == "indices"]
        known = bool(found.types and (found.places or found.scored[0].named)) if found.scored else False
        missing = () if known and not found.unknown else tuple(m for m in found.missing if m not in indices)
        if named:
            strangers = () if len(named) > 1 else self._strangers(question, named[0], indices)
            return Subject(
                contracts=tuple(h.stem for h in named), missing=strangers if found.named else (*missing, *strangers)
            )
        if plural:
            return Subject(
                types=found.types,
                places=found.places if not re.search(r"\b(?:tribunal|court|juridiction)\b", question.folded) else (),
                our_role=_our_role(question),
                sector=_sector(question),
                running=_running(question, operation),
                missing=() if operation == "list" and not found.types and conditions else missing,
            )
        return Subject(missing=missing)

    def _about(
        self, question: Read, found: Resolution, named: tuple[Held, ...], span: Span | None
    ) -> list[tuple[int, str]]:
        """The tokens that do not name the subject, a day or ourselves, with their places."""
        handles = " ".join(
            [h.title + " " + " ".join(p.name for p in h.parties) for h in named]
            + [str(c.value("title") or "") + " " + str(c.value("reference") or "") for h in named for c in h.all]
            + [n for h in named for c in h.all for p in c.parties for n in (p.counterparty_name,)]
            + list(self._holdings.our_names)
        )
        noun = asked_noun(question.folded)
        kept = question.covered(lexicon.table("topics")["obligation"].find(question.folded))
        kept |= {n for n, t in enumerate(question.question.tokens) if t.folded == noun}
        dated = set(tokens_of_span(question, span)) if span else set()
        return [
            (n, t.folded)
            for n, t in enumerate(question.question.tokens)
            if t.content and n not in dated and (n in kept or not names_it(t.folded, handles))
            and not (n in found.type_tokens and named)
            and not (n in found.proper and named)
        ]  # fmt: skip

    def _words(self, question: Read, found: Resolution, named: tuple[Held, ...]) -> tuple[str, ...]:
        names = {w for held in named for p in held.parties for w in fold(p.name).split()}
        ours = {w for name in self._holdings.our_names for w in fold(name).split()}
        types = {
            p for name, entry in lexicon.table("types").items() if name in found.types
            for m in [entry.longest(question.folded)] if m for p in token_places(question.question, m.start, m.end)
        }  # fmt: skip
        return tuple(
            dict.fromkeys(
                t.folded
                for n, t in enumerate(question.question.tokens)
                if t.content
                and t.folded not in names
                and t.folded not in ours
                and n not in types
                and t.folded not in _EMPTY
            )
        )

    @staticmethod
    def _money(question: Read) -> Money:
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

    def _followed(self, question: Read, plan: QueryPlan, found: Resolution, previous: QueryPlan) -> QueryPlan:
        """The plan with what the question before it said and this one leaves out."""
        strong = bool(found.named) or (found.best is not None and found.scored[0].named and found.margin >= _AHEAD)
        refers = bool(_PRONOUN.search(question.folded)) or len(question.question.content) <= 3
        updates: dict[str, object] = {}
        if previous.subject.contracts and not strong and (refers or not plan.subject.contracts):
            own = question.topics.keys() - {"contracts"}
            if plan.operation not in ("list", "extreme", "group", "average") or not own:
                subject = previous.subject
                if found.places and not plan.subject.contracts:
                    subject = Subject(types=previous.subject.types, places=found.places)
                updates["subject"] = subject.model_copy(
                    update={"missing": plan.subject.missing if found.types == () else ()}
                )
        if previous.answer == "date" and refers and question.topics.keys() & {"final_end", "next_end"} and not strong:
            topic: Topic = "final_end" if "final_end" in question.topics else "next_end"
            return plan.model_copy(
                update={**updates, "operation": "fact", "answer": "date", "topics": (topic,), "rest": ()}
            )
        elliptic = bool(_ELLIPTIC.search(question.folded)) or len(question.question.content) <= 2
        if elliptic and (not plan.topics or (strong and plan.confidence < 0.6)) and not _own_question(question):
            updates |= {
                "operation": previous.operation, "answer": previous.answer, "topics": previous.topics,
                "conditions": previous.conditions, "words": tuple(dict.fromkeys((*plan.words, *previous.words))),
                "money": _merged(plan.money, previous.money), "window": plan.window or previous.window,
            }  # fmt: skip
            if not previous.subject.contracts and not plan.subject.contracts:
                updates["subject"] = _refined(previous.subject, plan.subject, found)
        elif elliptic and plan.topic == "amounts":
            updates["money"] = _merged(plan.money, previous.money, bound=plan.money.bound)
            updates["answer"] = "amount"
            updates["operation"] = "fact"
        elif (
            elliptic
            and plan.window
            and plan.operation in ("fact", "passages", "list")
            and previous.operation in ("list", "count", "sum")
        ):
            updates |= {"operation": previous.operation, "answer": previous.answer, "topics": previous.topics,
                        "conditions": previous.conditions, "subject": previous.subject}  # fmt: skip
        return plan.model_copy(update=updates)


_HOW = re.compile(
    r"\b(?:comment|par quel moyen|sous quelle forme|de quelle (?:maniere|facon)|que (?:doit|faut|devons|dois)|doit faire|doit on faire|faut il faire|how (?:do|does|can|must|should|is|are|to)|"
    r"what (?:must|do we have|does .{1,40} have) (?:we )?(?:to )?do|by what means|in what form|que se passe|what happens|que dit|que prevoit|what does)\b"
)
_TIMES = frozenset(
    ("end", "final_end", "next_end", "break", "start", "signature", "duration", "notice_deadline", "notice_period", "notice_missed",
     "renewal", "renewal_period", "renewals_max", "renewals_left", "running", "termination", "amendments", "status", "dispute")
)  # fmt: skip
_MONEY = frozenset(
    (
        "amounts",
        "payment_days",
        "late_interest",
        "revision",
        "revision_date",
        "formula",
        "indices",
        "cap_percent",
        "amendments",
    )
)
"""Facts that are spoken of in one another's words."""
_PART = 0.9
_TOGETHER = re.compile(
    r"\b(?:ensemble|reunis|cumules?|total|additionn\w*|together|combined|altogether|somme|coutent .* et)\b"
)


def tokens_of_span(question: Read, span: Span) -> frozenset[int]:
    """The tokens of the words that told a window."""
    wanted = fold(question.question.text[span.start : span.end]).split()
    tokens = [t.folded for t in question.question.tokens]
    for start in range(len(tokens) - len(wanted) + 1):
        if tokens[start : start + len(wanted)] == wanted:
            return frozenset(range(start, start + len(wanted)))
    return frozenset(n for n, token in enumerate(tokens) if token in wanted)


def counts_contracts(question: Read) -> bool:
    """Whether what is counted are contracts."""
    return bool(
        re.search(
            r"\b(?:(?:combien|nombre) (?:de|d) (?:nos )?(?:\w+ )?(?:contrats?|marches|baux|conventions|accords|polices)|combien (?:avons|avez|a|as) (?:\w+ ){1,3}(?:de|d) "
            r"(?:contrats?|marches|baux|conventions|accords|fournisseurs|prestataires)|(?:how many|number of) (?:of (?:our|the) )?(?:\w+ )?(?:contracts?|agreements?|leases?)|dans combien de|in how many)\b",
            question.folded,
        )
    )


def _own_question(question: Read) -> bool:
    return bool(
        re.search(r"\b(?:quand|combien|qui|comment|pourquoi|when|how|who|why|what date|quelle date)\b", question.folded)
    )


def _refined(previous: Subject, new: Subject, found: Resolution) -> Subject:
    return previous.model_copy(
        update={
            "types": new.types or previous.types,
            "places": found.places or previous.places,
            "our_role": new.our_role or previous.our_role,
            "missing": new.missing,
        }
    )


def _merged(new: Money, old: Money, bound: Bound | None = None) -> Money:
    return Money(
        tax=new.tax or old.tax, period=new.period or old.period, bound=bound or new.bound or old.bound,
        threshold=new.threshold or old.threshold, over=old.over if new.over is None else new.over,
    )  # fmt: skip


def _one(found: Resolution) -> bool:
    return found.margin >= _AHEAD and (found.scored[0].named or found.scored[0].score >= _LEAD)


def _first(table: tuple[tuple[str, object], ...], folded: str) -> object:
    return next((value for pattern, value in table if re.search(pattern, folded)), None)


_NATIONS = lexicon.words("empty", "nations")
_INTERROGATIVES = frozenset("quel quelle quand combien qui comment what when how who which".split())
_EMPTY = lexicon.words("empty", "any")


def _side(question: Read) -> str | None:
    folded = question.folded
    ours = re.search(
        r"\b(?:on doit|nous devons|devons nous|doit on|avons nous|(?:we|do we|must we|we must|should we) (?:owe|have to|need to|must|deliver|send|provide)|we owe|must we|"
        r"que devons|what do we|notre obligation|nos obligations|our obligations|on (?:a|aura) a (?:fournir|remettre|envoyer)|a notre charge)\b", folded
    )  # fmt: skip
    theirs = re.search(
        r"\b(?:doi(?:t|vent) nous|nous doi(?:t|vent)|(?:must|have to|has to|should) (?:send|give|provide|deliver) us|owe us|owes us|on (?:doit|va|devrait) (?:la |le |les |l )?recevoir|"
        r"(?:recevoir|recevons|recoit on|attendons)|do we (?:get|receive)|nous (?:remettre|fournir|envoyer|transmettre|filer|donner|adresser)|"
        r"(?:due|expected) from|prestataires? doi\w+|fournisseurs? doi\w+|suppliers? (?:must|owe|have))\b", folded
    )  # fmt: skip
    return "them" if theirs else "us" if ours else None


def _our_role(question: Read) -> str | None:
    match = question.topics.get("role")
    if match is None:
        return None
    words = question.folded[match.start : match.end]
    for pattern, role in (
        (r"fournisseur|prestataire|titulaire|supplier|provider", "supplier"), (r"bailleur|proprietaire|landlord|lessor", "landlord"),
        (r"locataire|preneur|tenant|lessee", "tenant"), (r"client|customer", "client"), (r"assure|insured", "insured"),
        (r"partenaire|partner", "partner"),
    ):  # fmt: skip
        if re.search(pattern, words):
            return role
    return None


def _sector(question: Read) -> str | None:
    if re.search(
        r"\b(?:marches publics|contrats publics|public contracts|secteur public|public sector)\b", question.folded
    ):
        return "public"
    return (
        "private"
        if re.search(r"\b(?:contrats prives|private contracts|secteur prive|private sector)\b", question.folded)
        else None
    )


def _running(question: Read, operation: Operation) -> bool | None:
    if re.search(r"\b(?:en cours ou (?:pas|non)|running or not|active or not)\b", question.folded):
        return None
    match = question.topics.get("running")
    if match is None or operation == "yes_no":
        return None
    words = question.folded[match.start : match.end]
    if re.search(r"periode en cours|current", question.folded):
        return None
    return not re.search(r"echu|fini|termine|expir|ended|over|clos", words)


def _group(question: Read) -> Topic | None:
    match = question.operations.get("group")
    if match is None:
        return None
    words = question.folded[match.start : match.end]
    for pattern, topic in (
        (r"fournisseur|prestataire|cocontractant|supplier|counterparty|vendor", "counterparty"), (r"site|ville|city", "sites"),
        (r"secteur|sector", "sector"), (r"statut|status", "running"), (r"tribunal", "jurisdiction"),
    ):  # fmt: skip
        if re.search(pattern, words):
            return topic  # type: ignore[return-value]
    return "type"


__all__ = ["Condition", "RulesPlanner", "Window"]
