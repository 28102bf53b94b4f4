"""Price revision formulas as they are written, and the indices that they use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agent.reading.rules.finding import Finding
from agent.reading.structure import Sentence

Line = tuple[Sentence, str, str]

_OPERATOR = re.compile(r"[×*÷/]|\bx\b")
_EQUATION = re.compile(
    r"(?:(?<=[:;.,(«\t]\s)|(?<=[«(\t])|^|(?<=\bcoefficient\s)|(?<=\brelation\s)|(?<=\bformule\s)|"
    r"(?<=\bformula\s))(?P<left>[^=:;.,«\t]{1,45}?)\s?=\s?(?=\S)"
)
_CALCULATION = re.compile(r"(?::\s|\bformule\s|\bformula\s)(?=[^.:]{3,160}[×÷])")
_END = re.compile(
    r",? (?:avec|ou|dans laquelle|dans lequel|where|in which|with|sachant|formule)\b(?! d'ete)|;|"
    r",(?= [a-z]? ?(?:etant|designant|est\b))|\.(?=\s|$)|\t|»|\s(?=[a-z]{1,12}\d? (?:etant|designe))"
)
_ZONE = re.compile(r"revis|index|vari|ajust|evolu|actualis|coefficient|suit\b|adjust|escalat")
_GROWING = re.compile(r"(?:[-+×*/÷=(\[]|\bx)\s*$")


def formulas(lines: Sequence[Line]) -> Iterator[Finding[str]]:
    """Equations in clauses that speak of revision; one broken over two blocks is put together again."""
    zones: dict[int, bool] = {}
    for index, (sentence, text, heading) in enumerate(lines):
        if not _OPERATOR.search(text) or sentence.block.kind == "table_row":
            continue
        clause = sentence.clause
        if id(clause) not in zones:
            zones[id(clause)] = bool(_ZONE.search(heading)) or any(_ZONE.search(s.folded) for s in clause.sentences)
        if not zones[id(clause)]:
            continue
        match = _EQUATION.search(text) or _CALCULATION.search(text)
        if match is None:
            continue
        start = match.start("left") if "left" in match.re.groupindex else match.end()
        stop = _END.search(text, match.end())
        end = stop.start() if stop else len(text)
        value = sentence.text[start:end].strip()
        if index + 1 < len(lines) and end == len(text) and _is_open(value):
            value = f"{value} {_whole(lines[index + 1])}"
        if _is_formula(value):
            weight = 0.92 if "=" in value else 0.8
            yield Finding(value, sentence, start, end, weight, "revision.formula")


def _is_open(value: str) -> bool:
    opened = sum(map(value.count, "([")) - sum(map(value.count, ")]"))
    return opened > 0 or bool(_GROWING.search(value))


def _whole(line: Line) -> str:
    stop = _END.search(line[1])
    return line[0].text[: stop.start() if stop else len(line[1])].strip()


def _is_formula(value: str) -> bool:
    """It multiplies or divides, and weighs something: `P = P0 × (0,15 + 0,85 × S/S0)`."""
    return (
        len(value) <= 400
        and bool(_OPERATOR.search(value.lower()))
        and (("=" in value and bool(re.search(r"\d|/", value))) or ("×" in value and "÷" in value))
        and "€" not in value
    )


_NAMES = re.compile(
    r"\bICHT(?:rev)?(?:[ -](?:TS|IME|[A-Z]{1,3}\b))?(?:[ -]IME)?|\bS[Yy][Nn][Tt][Ee][Cc]\b|\b(?:ILC|ILAT|IRL|ICC|FFB|"
    r"SMIC|PEG|ELEC|CPI(?:-U)?|RPI|PPI|HICP|IPCH)\b|"
    r"\bFSD ?[123]\b|\b(?:BT|TP) ?\d{2}(?:[a-m](?!\w))?|\bIPC(?: [A-Z][a-zé]+)?\b|\bIPP \d[\d.]*\d|"
    r"\bCNR [a-zé]+(?: [a-zé]+)?|"
    r"\bConsumer Price Index\b|\bRetail Prices? Index\b|\bProducer Price Index\b|\bEBI[QTM]\b|\bMIG EBIQ\b"
)
_PARENTHESISED = re.compile(r"\bindex|indices?\b[^().;]{3,80}\((?P<name>[A-ZÉ][A-Z0-9É-]{1,9})\)")
_RATIO = re.compile(r"(?P<name>[A-Z][A-Za-zé]{2,}[\w.-]*(?: [A-Za-zé]\w*)?)\s*/\s*(?P=name)")
_DROPPED = re.compile(r"disparai|cess(?:e|ait) d'etre|remplac|supprim|par[ue] pour|ancien|a la place")


def indices(lines: Sequence[Line], formula: str) -> Iterator[Finding[str]]:
    """The indices named in the revision's own clauses; of two names where one contains the other, the longer one."""
    found: list[Finding[str]] = []
    for sentence, text, _ in lines:
        if _DROPPED.search(text):
            continue
        spans = [m.span() for m in _NAMES.finditer(sentence.text)]
        spans += [m.span("name") for m in _PARENTHESISED.finditer(sentence.text) if m["name"]]
        spans += [m.span("name") for m in _RATIO.finditer(sentence.text)]
        found += [Finding(sentence.text[a:b].strip(), sentence, a, b, 0.88, "revision.index") for a, b in spans]
    kept: list[Finding[str]] = []
    for item in found:
        key = _key(item.value)
        rival = next((k for k in kept if _key(k.value) in key or key in _key(k.value)), None)
        if rival is None:
            kept.append(item)
        elif len(key) > len(_key(rival.value)):
            kept[kept.index(rival)] = item
    yield from _without_shorthand(kept)


def _without_shorthand(found: list[Finding[str]]) -> Iterator[Finding[str]]:
    """`ICHT-IME` is how a formula writes the series `ICHTrev-TS IME` that the text names in full."""
    full = [f for f in found if _key(f.value).startswith("ichtrev")]
    for item in found:
        key = _key(item.value)
        tail = key.removeprefix("icht")
        if item not in full and key.startswith("icht") and any(_key(f.value).endswith(tail) for f in full):
            continue
        yield item


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
