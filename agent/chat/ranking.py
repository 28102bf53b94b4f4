"""Which of the values that a contract states a question means: each is scored by how near to it the question's words
stand, by what its kind tells (tax, period, what a number counts), and against there being none."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from agent.chat import lexicon
from agent.chat.holdings import Held
from agent.chat.matching import LIKE, likeness, names_it, without_left_out
from agent.chat.notions import happened, heads, named
from agent.chat.plan import QueryPlan
from agent.chat.planners.counting import Thing, asked_thing
from agent.chat.stated import Kind, Stated, Text, text_of
from agent.chat.unsaid import apart
from portfolio.amendments import Term
from portfolio.folding import fold
from portfolio.schema import Amount
from vectorstore.keywords import STOP_WORDS

_VAGUE = lexicon.words("empty", "any") | lexicon.words("empty", "money") | lexicon.words("empty", "time")
_ASKS_LIMIT = re.compile(
    r"\b(?:jusqu|au plus tard|date limite|dernier delai|dernier jour|d ici|avant quand|until|deadline|latest|by when|"
    r"expire\w*|valable|valid\w*|finit|fin|end\w*)\b"
)
_LIMIT = re.compile(
    r"\b(?:jusqu|au plus tard|avant|pour le|limite|d'ici|until|by|before|no later|expire\w*|valable|valid|fin\w*|"
    r"end\w*|terme|echeance)\b"
)
_DUTY = re.compile(
    r"(\b(?:combien|nombre|how many)\b.*?)"
    r"\b(?:must|shall|should|would|may|need|doivent|devons|devez|peuvent|pouvons)\b.*"
)
"""What a question says of the things that it counts must be done."""
_TIMES = ("fois", "times")
"""Nouns that contracts replace by what is done so often: `trois visites par an`."""
_LITTLE, _NAMING = 0.2, 0.35
"""What a word weighs that says that a value is asked for, or whose contract it is, beside one that says which."""


@dataclass(frozen=True)
class Candidate:
    """A value, the amount's term where the register holds it, its features, its share of belief."""

    stated: Stated
    features: Mapping[str, float]
    met: frozenset[str] = frozenset()
    term: Term | None = None
    belief: float = 0.0


@dataclass(frozen=True)
class Ranking:
    """The candidates, the likeliest first; ``none``: how likely the contract does not say."""

    candidates: tuple[Candidate, ...]
    none: float


@dataclass(frozen=True)
class Asked:
    """The words of a question with what each tells, the thing that it counts, the numbers in it."""

    plan: QueryPlan
    words: tuple[tuple[str, float], ...]
    thing: Thing | None
    numbers: frozenset[str]
    limit: bool


def asked_of(held: Held, plan: QueryPlan, text: Text) -> Asked:
    """What the words of a question tell among those of a contract."""
    folded = fold(plan.question)
    things = named(plan.question, plan.language)
    places = " ".join(f"{s.name or ''} {s.city or ''}" for s in held.terms.values("sites"))
    words = []
    for word in dict.fromkeys((*folded.split(), *plan.about, *plan.words)):
        if word in STOP_WORDS or len(word) < 2 or word.isdigit():
            continue
        weight = text.rarity(word) if text.rarity.holds(word) else 1.0 if word in things else 0.5
        if word in _VAGUE:
            weight *= _LITTLE
        elif word not in plan.about and word not in plan.rest and not names_it(word, places):
            weight *= _NAMING
        words.append((word, weight))
    numbers = frozenset(re.findall(r"\b\d{1,4}\b", folded))
    counted = _DUTY.sub(r"\1", folded)
    thing = asked_thing(counted, tuple(w for w in plan.about if not w.isdigit())) if plan.answer == "count" else None
    if thing is not None and thing.noun in _TIMES:
        thing = None
    return Asked(plan, tuple(words), thing, numbers, _ASKS_LIMIT.search(folded) is not None)


LAYERS = ("own", "beside", "told", "near", "headline", "passage")
_SAME_LINE = 3
"""How many of them are of the value's own line."""


def features(
    stated: Stated, asked: Asked, amended: bool, term: Term | None = None
) -> tuple[dict[str, float], frozenset[str]]:
    """How near to a value the question's words stand, by layer, and what else speaks for it or against it; and the
    words that stand in its own part or row."""
    layers = stated.layers
    if term is not None:
        layers = (f"{layers[0]} {term.fact.value.label}", *layers[1:])
    if isinstance(stated.value, Amount):
        question = asked.plan.question
        layers = (*(without_left_out(layer, question) for layer in layers[:_SAME_LINE]), *layers[_SAME_LINE:])
    total = sum(weight for _, weight in asked.words) or 1.0
    found = dict.fromkeys(LAYERS, 0.0)
    met: set[str] = set()
    for word, weight in asked.words:
        for layer, text in zip(LAYERS, layers, strict=True):
            like = likeness(word, text)
            if like:
                found[layer] += weight * like / total
                met |= {word} if layer in ("own", "beside") and like >= LIKE else set()
                break
    plan = asked.plan
    found["field"] = float(term is not None)
    found["bygone"] = float(stated.bygone)
    found["amended"] = float(amended)
    found["of_amendment"] = float(amended and plan.amendment)
    told = set(re.findall(r"\b\d{1,4}\b", fold(stated.beside)))
    found["numbers"] = len(asked.numbers & told) / len(asked.numbers) if asked.numbers else 0.0
    if isinstance(stated.value, Amount):
        found |= _of_amount(stated.value, plan)
    if plan.answer == "count":
        found |= _of_count(stated, asked.thing)
    if plan.answer == "date":
        found["limit"] = float(asked.limit and _LIMIT.search(fold(stated.own)) is not None)
    return found, frozenset(met)


def _of_amount(amount: Amount, plan: QueryPlan) -> dict[str, float]:
    money = plan.money
    return {
        "tax": _agrees(money.tax, amount.tax) or (0.3 if amount.tax == "excl" and not money.tax else 0.0),
        "period": _agrees(money.period, amount.period) * (1.0 if money.period == amount.period else _CONVERTED),
        "bound": _agrees(money.bound, amount.bound) or (-0.5 if amount.bound and not money.bound else 0.0),
    }


_CONVERTED = 0.4
"""How much another period counts against an amount, which may be told on the one asked for."""


def _agrees(wanted: str | None, has: str | None) -> float:
    return 0.0 if wanted is None or has is None else 1.0 if wanted == has else -1.0


_REACH = 4
"""Words after a number, one of which must be the noun that it counts."""
_QUANTITY = re.compile(r"\b(?:nombre|nb|quantites?|qte|number|quantity) (?:de |d'|d |des |of )?")
_BETWEEN = re.compile(r"de|d|du|des|par|pour|a|au|aux|of|per|in|on|for|from|et|and|ou|or|dont|que|qui")
"""Words after which a noun is no longer the one that the number counts."""
_UNTIED = 0.7
"""What a noun counts for without the words that its phrase ties to it."""
_LABELS = {
    "stagiaires": ("public", "effectif", "participants"),
    "participants": ("public", "effectif"),
    "trainees": ("public", "audience"),
    "salaries": ("effectif",),
}
"""What a form's line calls those whom it counts."""


def _of_count(stated: Stated, thing: Thing | None) -> dict[str, float]:
    if thing is None:
        return {"inexact": float(not stated.exact)}
    after = re.findall(r"[a-z²]+", _QUANTITY.sub("", fold(stated.noun)))[:_REACH]
    own = next((after[:n] for n, word in enumerate(after) if _BETWEEN.fullmatch(word)), after)
    counted = max((likeness(thing.noun, word) * (1 - 0.1 * n) for n, word in enumerate(own)), default=0.0)
    if any(re.match(rf"\W*{label}\b", fold(stated.own)) for label in _LABELS.get(thing.noun, ())):
        counted = max(counted, LIKE)
    tied = all(likeness(word, stated.own) for word in thing.of)
    return {
        "counted": (counted if tied else counted * _UNTIED) if counted >= LIKE * 0.7 else 0.0,
        "inexact": float(not stated.exact),
    }


def none_features(held: Held, text: Text, asked: Asked) -> dict[str, float]:
    """What speaks for a contract's not saying: words, and things asked for, that stand nowhere in it; what came to
    pass."""
    total = sum(weight for _, weight in asked.words) or 1.0
    unheard = {w for w, _ in asked.words if not text.rarity.holds(w)}
    own = [w for w in heads(asked.plan.question) if w not in _VAGUE]
    return {
        "none": 1.0,
        "none_count": float(asked.plan.answer == "count"),
        "none_date": float(asked.plan.answer == "date"),
        "unheard": sum(weight for w, weight in asked.words if w in unheard) / total,
        "head_unheard": sum(_strange(w, text) for w in own) / len(own) if own else 0.0,
        "apart": float(apart(held, asked.plan)),
        "happened": float(happened(asked.plan.question)),
    }


def _strange(word: str, text: Text) -> bool:
    """Whether no line has a word or a synonym of it; one of its family is another thing."""
    return all(likeness(word, told) < LIKE for told in text.rarity.texts)


_KINDS: Mapping[str, tuple[Kind, ...]] = {
    "count": ("count",),
    "amount": ("amount",),
    "date": ("date", "month_day"),
    "text": ("percent", "duration", "time"),
}


def candidates(held: Held, plan: QueryPlan, kinds: Sequence[Kind] | None = None) -> tuple[list[Candidate], Asked, Text]:
    """The values of the kind asked for: amounts that the register holds with their terms, numbers only where they count
    the thing that the question names."""
    text = text_of(held.passages)
    asked = asked_of(held, plan, text)
    wanted = kinds or _KINDS.get(plan.answer, ())
    terms = held.terms_of("amounts") if "amount" in wanted else []
    found: list[Candidate] = []
    seen: set[int] = set()
    for stated in text.values:
        if stated.kind not in wanted:
            continue
        term = next((t for t in terms if _same(t, stated)), None)
        if term is not None:
            seen.add(id(term))
            stated = replace(stated, value=term.fact.value)
        found.append(_candidate(held, stated, asked, term))
    for term in terms:
        unwritten = None if id(term) in seen else _unwritten(term, text)
        if unwritten is not None:
            found.append(_candidate(held, unwritten, asked, term))
    if asked.thing is not None:
        found = [c for c in found if c.features["counted"]]
    return [_outdated(held, c, found) for c in found], asked, text


def _candidate(held: Held, stated: Stated, asked: Asked, term: Term | None) -> Candidate:
    amended = stated.line.passage.contract != held.id
    told, met = features(stated, asked, amended, term)
    return Candidate(stated, told, met, term)


def _outdated(held: Held, candidate: Candidate, found: Sequence[Candidate]) -> Candidate:
    """The candidate, marked where an amendment states another value that all its words fit: amendments speak last."""
    if not held.amendments or not candidate.met or candidate.stated.line.passage.contract != held.id:
        return candidate
    replaced = any(
        other.stated.line.passage.contract != held.id
        and other.stated.value != candidate.stated.value
        and other.met >= candidate.met
        for other in found
    )
    return replace(candidate, features={**candidate.features, "outdated": float(replaced)})


def _same(term: Term, stated: Stated) -> bool:
    amount: Amount = term.fact.value
    other = stated.value
    return (
        isinstance(other, Amount)
        and term.contract == stated.line.passage.contract
        and abs(amount.value - other.value) < 0.005
        and (amount.tax == other.tax or None in (amount.tax, other.tax))
        and (amount.period == other.period or None in (amount.period, other.period))
    )


def _unwritten(term: Term, text: Text) -> Stated | None:
    """An amount of the register whose figures no passage writes, with the line that comes first of its document."""
    line = next((li for li in text.lines if li.passage.contract == term.contract), None)
    if line is None:
        return None
    label = term.fact.value.label
    return Stated("amount", term.fact.value, replace(line, text=label), label, label, "")


WEIGHTS: Mapping[str, float] = {
    "own": 12.0, "beside": 10.6, "told": 1.3, "near": 5.6, "headline": 5.4, "passage": 1.0,
    "field": 2.1, "outdated": -2.2, "bygone": -2.7, "amended": -0.5, "of_amendment": 4.0, "numbers": 2.8,
    "tax": 2.2, "period": 4.0, "bound": 3.7, "counted": 2.4, "inexact": -1.2, "limit": 1.3,
    "none": 4.4, "none_count": -0.2, "none_date": -0.2, "unheard": 4.8, "head_unheard": 0.6, "apart": 1.0,
    "happened": 7.8,
}  # fmt: skip
"""What each feature weighs."""


def score(found: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS) -> float:
    return sum(weights[name] * value for name, value in found.items())


def rank(held: Held, plan: QueryPlan, kinds: Sequence[Kind] | None = None) -> Ranking:
    """The values that the question may mean, with how likely each is; those that are alike count as one."""
    found, asked, text = candidates(held, plan, kinds)
    scores = [score(c.features) for c in found]
    none = score(none_features(held, text, asked))
    highest = max([*scores, none])
    powers = [math.exp(s - highest) for s in scores]
    total = sum(powers) + math.exp(none - highest)
    ordered = sorted(zip(powers, range(len(found)), strict=True), key=lambda item: (-item[0], item[1]))
    believed = tuple(replace(found[n], belief=power / total) for power, n in ordered)
    return Ranking(believed, math.exp(none - highest) / total)
