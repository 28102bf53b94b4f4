"""Scores answers to labelled questions, by the form and the rules of the question files (kind, value, citations)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from portfolio.folding import compact, fold

_MONTHS = (
    "janvier january",
    "fevrier february",
    "mars march",
    "avril april",
    "mai may",
    "juin june",
    "juillet july",
    "aout august",
    "septembre september",
    "octobre october",
    "novembre november",
    "decembre december",
)
_SPELT = tuple(
    (number, word)
    for number, words in (
        ("2", "deux two"),
        ("3", "trois three"),
        ("4", "quatre four"),
        ("5", "cinq five"),
        ("6", "six"),
        ("8", "huit eight"),
        ("10", "dix ten"),
        ("12", "douze twelve"),
        ("15", "quinze fifteen"),
        ("30", "trente thirty"),
        ("45", "quarante"),
        ("60", "soixante sixty"),
    )
    for word in words.split()
)
"""Numbers that answers spell or write in figures."""
_LONG = 8
"""Letters from which a fact is found whatever separates its words."""
_REFUSES = re.compile(
    r"ne (?:le |l )?(?:disent|dit|precise\w*|mentionne\w*) pas|aucun contrat|je ne (?:le ferai|suis|peux) pas|"
    r"do not say|does not say|no contract|will not do|do not follow|cannot do|not understand"
)
_HEDGES = re.compile(r"^\s*(?:a verifier|to be verified|plusieurs contrats peuvent|several contracts may)")


class Labelled(BaseModel):
    """One question with its right answer: the keys of a question file."""

    model_config = ConfigDict(extra="ignore")

    id: str
    lang: str = "fr"
    question: str
    previous: tuple[str, ...] = ()
    kind: str
    answer: Any = None
    accept: tuple[Any, ...] = ()
    must_cite: tuple[str, ...] = ()
    why: str = ""


class QuestionSet(BaseModel):
    """Questions asked of one portfolio on one day."""

    portfolio: str
    as_of: date
    company: str | None = None
    questions: tuple[Labelled, ...]


@dataclass(frozen=True)
class Scored:
    """``right``: kind and value; ``cited``: every stem that must be cited is; ``sure``: nothing in the answer says
    that it is to be verified."""

    question: Labelled
    answer: Mapping[str, Any]
    right: bool
    cited: bool
    sure: bool

    @property
    def wrong_but_sure(self) -> bool:
        return not self.right and self.sure and self.answer["kind"] != "none"


def load(path: Path) -> QuestionSet:
    """The questions of a file: a list beside `portfolio.json`, or both in one object (`portfolio`, `questions`)."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(content, list):
        about = json.loads((path.parent / "portfolio.json").read_text(encoding="utf-8"))
        return QuestionSet(**about, questions=content)
    return QuestionSet(**content["portfolio"], questions=content["questions"])


def score(question: Labelled, answer: Mapping[str, Any], base_of: Mapping[str, str]) -> Scored:
    """``answer`` has the keys of `contratheque ask --json`; ``base_of`` gives the base of each amendment, by file
    stem."""
    wanted = [question.answer, *question.accept] if question.kind != "text" else [question.answer]
    right = any(_right(question, w, answer, base_of) for w in wanted)
    cited = {stem for c in answer["citations"] for stem in (c["contract"], base_of.get(c["contract"], c["contract"]))}
    met = all(
        stem in cited or any(base_of.get(c["contract"]) == stem for c in answer["citations"])
        for stem in question.must_cite
    )
    return Scored(question, answer, right, met, not _HEDGES.match(fold(answer["answer"])))


def _right(question: Labelled, wanted: Any, answer: Mapping[str, Any], base_of: Mapping[str, str]) -> bool:
    value = answer["value"]
    match question.kind:
        case "none":
            return value is None and not answer.get("pending_action") and bool(_REFUSES.search(fold(answer["answer"])))
        case "text":
            said = f"{answer['answer']} {value if isinstance(value, str) else ''}"
            facts = question.accept or (str(wanted),)
            return answer["kind"] not in ("none",) and all(
                any(_says(said, w) for w in str(f).split("|")) for f in facts
            )
        case "action":
            action = answer.get("pending_action") or {}
            return _same_contract(action.get("contract"), wanted.get("contract"), base_of) and action.get(
                "date"
            ) == wanted.get("date")
        case "list":
            given = {base_of.get(stem, stem) for stem in value} if isinstance(value, list) else None
            return given == {base_of.get(stem, stem) for stem in wanted}
        case "amount":
            return _same_amount(value, wanted)
        case "boolean":
            return isinstance(value, bool) and value is bool(wanted)
        case "count":
            return not isinstance(value, bool) and isinstance(value, (int, float)) and float(value) == float(wanted)
        case _:
            return value is not None and str(value) == str(wanted)


def _same_contract(one: str | None, other: str | None, base_of: Mapping[str, str]) -> bool:
    return one is not None and other is not None and base_of.get(one, one) == base_of.get(other, other)


def _same_amount(value: Any, wanted: Any) -> bool:
    if not isinstance(value, dict) or abs(float(value["value"]) - float(wanted["value"])) > 0.01:
        return False
    same = bool(value.get("currency") == wanted.get("currency", "EUR"))
    for key in ("tax", "period"):
        if value.get(key) and wanted.get(key) and value[key] != wanted[key]:
            same = False
    return same


def _says(said: str, fact: str) -> bool:
    """Whether ``said`` has the fact: folded; numbers and dates in any usual form."""
    if len(compact(fact)) >= _LONG and compact(fact) in compact(said):
        return True
    words = f" {fold(said)}"
    return any(f" {form}" in words for form in (fold(fact), *_forms(fact)))


def _forms(fact: str) -> Iterable[str]:
    iso = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", fact.strip())
    if iso:
        year, month, day = iso[1], int(iso[2]), int(iso[3])
        yield f"{day:02d} {month:02d} {year}"
        for name in _MONTHS[month - 1].split():
            yield f"{day} {name} {year}"
            yield f"{day}er {name} {year}"
    folded = fold(fact)
    for number, spelt in _SPELT:
        if re.search(rf"\b{spelt}\b", folded):
            yield re.sub(rf"\b{spelt}\b", number, folded)
        if re.search(rf"\b{number}\b", folded):
            yield re.sub(rf"\b{number}\b", spelt, folded)


def figures(scored: Sequence[Scored]) -> dict[str, Any]:
    """Shares of right answers, of right ones that cite rightly, of wrong ones that look sure, of refusals."""
    none = [s for s in scored if s.question.kind == "none"]
    right = [s for s in scored if s.right]
    with_citations = [s for s in right if s.question.must_cite]
    by_kind: dict[str, list[int]] = {}
    for item in scored:
        counts = by_kind.setdefault(item.question.kind, [0, 0])
        counts[0] += item.right
        counts[1] += 1
    return {
        "questions": len(scored),
        "right": _share(len(right), len(scored)),
        "right_that_cite": _share(sum(s.cited for s in with_citations), len(with_citations)),
        "wrong_but_sure": _share(sum(s.wrong_but_sure for s in scored), len(scored)),
        "refused": _share(sum(s.right for s in none), len(none)),
        "answered_refused": _share(
            sum(s.answer["kind"] == "none" for s in scored if s.question.kind != "none"), len(scored) - len(none)
        ),
        "by_kind": {kind: {"right": r, "of": n} for kind, (r, n) in sorted(by_kind.items())},
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
