"""Price revision formulas as they are written, and the indices that they use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agent.reading.rules.finding import Finding
from agent.reading.rules.topics import Line
from agent.reading.structure import Sentence, fold

_OPERATOR = re.compile(r"[×*÷/]|\bx\b")
_EQUATION = re.compile(
    r"(?:(?<=[:;.,(«\t]\s)|(?<=[«(\t])|^|(?<=\bcoefficient\s)|(?<=\brelation\s)|(?<=\bformule\s)|"
    r"(?<=\bformula\s))(?P<left>[^=:;.,«\t]{1,45}?)\s?=\s?(?=\S)"
)
_CALCULATION = re.compile(r"(?::\s|\bformule\s|\bformula\s)(?=[^:]{3,160}(?:[×÷]|\sx\s[^:]{3,120}/))")
_END = re.compile(
    r",? (?:avec|ou|dans laquelle|dans lequel|where|in which|with|sachant|formule)\b(?! d'ete)|;|"
    r",(?= [a-z]? ?(?:etant|designant|est\b))|\.(?=\s|$)|\t|»|\s(?=[a-z]{1,12}\d? (?:etant|designe))"
)
_ZONE = re.compile(
    r"revis|index|vari|ajust|evolu|actualis|coefficient|suit\b|adjust|escalat|recalcul|reevalu|"
    r"bouge|formule|formula|reset|echelle|indice"
)
_NO_PRICE = re.compile(r"penalit|refaction|v x r|v × r|bonus|retenue|avance")
_SAID_BEFORE = re.compile(
    r"^.*\b(?:formule|relation|coefficient|formula|rapport)s?\s(?:suivante?\s|"
    r"de revision\s)?:?\s*(?=\S+ ?=)"
)
_PRICE = re.compile(
    r"\b(?:prix|tarifs?|loyers?|forfaits?|redevances?|abonnements?|cotisations?|remuneration|contribution|termes?|"
    r"revision|revise[es]*|prices?|fees?|rents?|charges|p ?= ?p ?[0o])\b"
)
_UNITS = re.compile(r"m[²2³]|°|\bkwh\b|\bw/|\bdb\b|\bmm\b|n/mm")
_GROWING = re.compile(r"(?:[-+×*/÷=(\[]|\bx)\s*$")


def formulas(lines: Sequence[Line]) -> Iterator[Finding[str]]:
    """Equations in clauses that speak of revision; one broken over two blocks is put together again."""
    zones: dict[int, bool] = {}
    for index, (sentence, text, heading) in enumerate(lines):
        if not _OPERATOR.search(text) or sentence.block.kind == "table_row":
            continue
        if _NO_PRICE.search(heading) or _NO_PRICE.search(text):
            continue
        clause = sentence.clause
        if id(clause) not in zones:
            zones[id(clause)] = bool(_ZONE.search(heading)) or (
                any(_ZONE.search(s.folded) for s in clause.sentences)
                and any(_PRICE.search(s.folded) for s in clause.sentences)
            )
        if not zones[id(clause)]:
            continue
        match = _EQUATION.search(text) or _CALCULATION.search(text)
        if match is None:
            continue
        start = match.start("left") if "left" in match.re.groupindex else match.end()
        if lead := _SAID_BEFORE.match(text[start : match.end()]):
            start += lead.end()
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


_PRODUCT = re.compile(r"(?:×|\bx\b|\*).*[÷/]|[÷/].*(?:×|\bx\b|\*)")


def _is_formula(value: str) -> bool:
    """It multiplies or divides, and weighs something: `P = P0 × (0,15 + 0,85 × S/S0)`."""
    return (
        len(value) <= 400
        and bool(_OPERATOR.search(value.lower()))
        and (("=" in value and bool(re.search(r"\d|/", value))) or bool(_PRODUCT.search(value.lower())))
        and "€" not in value
        and "**" not in value
        and _UNITS.search(value.lower()) is None
    )


_NAMES = re.compile(
    r"\bICHT(?:rev)?(?:[ -](?:TS|IME|[A-Z]{1,3}\b))?(?:[ -]IME)?|\bS[Yy][Nn][Tt][Ee][Cc]\b|\b(?:ILC|ILAT|IRL|ICC|FFB|"
    r"SMIC|PEG|TTF|ELEC|EEX|TRVE?|TURPE|CPI[H]?(?:-U)?|RPIX?|PPI|HICP|IPCH|IPEA|IPAMPA|SOFR|Brent)\b|"
    r"\bFSD ?[123]\b|\b(?:BT|TP|EV|TR) ?\d{2}(?:[a-m](?!\w))?|\bIPC(?: [A-Z][a-zé]+)?\b|\bIPP \d[\d.]*\d|"
    r"\bCNR [a-zé]+(?: de [a-zé]+| (?!et\b|du\b|au\b|est\b|publié|des?\b|à\b)[a-zé]+)?|"
    r"\b(?:Consumer|Retail|Producer) Prices? Index\b(?! ?\()|\bEBI[QTM]\b|\bMIG EBIQ\b"
)
_AMBIGUOUS = frozenset({"ICC", "IRL", "ELEC", "PEG", "FFB", "EEX", "TTF", "IPC"})
"""Letters that are often something else: they count beside a word of indices."""
_INDEX = re.compile(
    r"indice|varia|revis|evolu|\bindex|insee|loyer|construction|cotation|quotation|\bgas\b|\bgaz\b|marche"
)
_PARENTHESISED = re.compile(r"\bindex|indices?\b[^().;]{3,80}\((?P<name>[A-ZÉ][A-Z0-9É-]{1,9})\)")
_RATIO = re.compile(r"(?P<name>[A-Z][A-Za-zé]{2,}[\w.-]*(?: [A-Za-zé]\w*)?)\s*/\s*(?P=name)")
_SYMBOL = re.compile(
    r"(?<![\w])(?P<name>[A-Z][\w-]{0,11}?)(?:\s?\((?:n|t)\)|_?[nt]\b|n)?\s?[)\]]?\s?[/÷]\s?[(\[]?\s?(?P=name)"
    r"(?:\s?\((?:0|o|n-1)\)|_?[0oi]\b|\b)"
)
"""A term over its own starting value: `GO/GO0`, `S / So`, `ICHT-H(n)/ICHT-H(0)`."""
_GENERIC = re.compile(
    r"\bindices?\s(?:insee |mensuel |trimestriel |national )*(?:d[eu]s? |de la |de l['’])[^,;.(:\t«]{5,70}"
)
_TOLD = re.compile(r"\s(?:publi|par[uû]|établi|calcul|tel que|du mois|de janvier|connu|applicable|INSEE\b.*)")
_DROPPED = re.compile(r"disparai|cess(?:e|ait) d'etre|remplac|supprim|par[ue] pour|ancien|a la place")
_LEAD = re.compile(
    r"^(?:la |le |l'|les |the )?(?:derniere |last )?(?:(?:valeur|cours|cotation|niveau|value|level|"
    r"moyenne)s? (?:de |of |du )?"
    r"(?:la |l'|the )?)?(?:(?:indices?|index)\s(?!des |de |du |d')(?:of )?(?:the )?)?(?:the )?"
)


def indices(lines: Sequence[Line], formula: str) -> Iterator[Finding[str]]:
    """The indices named in the revision's own clauses; of two names where one contains the other, the longer one."""
    symbols = dict.fromkeys(m["name"] for m in _SYMBOL.finditer(formula))
    found: list[Finding[str]] = []
    explained: set[str] = set()
    for sentence, text, _ in lines:
        formula_here = _holds(sentence.text, formula)
        if _DROPPED.search(text) and not formula_here:
            continue
        text_ = sentence.text
        is_index = formula_here or _INDEX.search(text) is not None
        spans = [m.span() for m in _NAMES.finditer(text_) if is_index or m[0] not in _AMBIGUOUS]
        spans += [m.span("name") for m in _PARENTHESISED.finditer(text_) if m["name"]]
        spans += [m.span("name") for m in _RATIO.finditer(text_)]
        found += [_named(sentence, a, b) for a, b in spans]
        for symbol in symbols:
            told = _definition(symbol, sentence)
            if told is None or symbol in explained:
                continue
            explained.add(symbol)
            if len(symbol) == 1 and not _NAMES.search(text_[told[0] : told[1]]):
                found.append(_named(sentence, *told))
    for symbol in symbols:
        known = any(_key(symbol) in _key(f.value) for f in found)
        if len(symbol) > 1 and not known and not _defined_by_name(symbol, lines):
            where = next((s for s, _, _ in lines if symbol in s.text), None)
            if where is not None:
                at = where.text.index(symbol)
                found.append(_named(where, at, at + len(symbol)))
    if not found and not symbols:
        found = [_named(s, m.start(), _cut(m)) for s, _, _ in lines for m in _GENERIC.finditer(s.text)][:1]
    kept: list[Finding[str]] = []
    for item in found:
        key = _key(item.value)
        rival = next((k for k in kept if _key(k.value) in key or key in _key(k.value)), None)
        if rival is None:
            kept.append(item)
        elif len(key) > len(_key(rival.value)):
            kept[kept.index(rival)] = item
    yield from _without_shorthand(kept)


def _holds(text: str, formula: str) -> bool:
    return bool(formula) and formula[:20] in text


def _named(sentence: Sentence, start: int, end: int) -> Finding[str]:
    value = sentence.text[start:end].strip()
    return Finding(value, sentence, start, end, 0.88, "revision.index")


def _cut(match: re.Match[str]) -> int:
    told = _TOLD.search(match[0])
    return match.start() + told.start() if told else match.end()


def _definition(symbol: str, sentence: Sentence) -> tuple[int, int] | None:
    """Where ``sentence`` says what ``symbol`` stands for: `G = indice …`, `S est l'indice …`, a row `GO | Gazole`."""
    cells = sentence.block.cells
    if sentence.block.kind == "table_row" and len(cells) > 1:
        return (len(cells[0]) + 1, len(cells[0]) + 1 + len(cells[1])) if cells[0].strip() == symbol else None
    match = re.search(
        rf"(?<![\w/]){re.escape(symbol)}\s*(?:=|:|,|est\b|désigne|représente|étant|is\b|means|stands for|–|-)\s*"
        rf"(?P<what>[^,;.=()]{{6,90}})(?![^.;]*[×*])",
        sentence.text,
    )
    if match is None or re.match(r"[\d(\[]", match["what"].strip()):
        return None
    lead = _LEAD.match(fold(match["what"]))
    start = match.start("what") + (lead.end() if lead else 0)
    end = match.end("what")
    cut = re.search(
        r"\s(?:for the|publié|published|du mois|au mois|à la date|applicable|connu)", sentence.text[start:end]
    )
    return start, start + cut.start() if cut else end


def _defined_by_name(symbol: str, lines: Sequence[Line]) -> bool:
    """The symbol only abbreviates a series that the text names: `S` for Syntec; an ICHT of a trade has its own."""
    if symbol.upper().startswith("ICHT"):
        return False
    for sentence, _, _ in lines:
        told = _definition(symbol, sentence)
        if told and _NAMES.search(sentence.text[told[0] : told[1]]):
            return True
    return False


def _without_shorthand(found: list[Finding[str]]) -> Iterator[Finding[str]]:
    """`ICHT-IME` is how a formula writes the series `ICHTrev-TS IME` that the text names in full; of `ICHT-E`, which
    names its trade, `ICHTrev-TS` is only the family."""
    keys = [_key(f.value) for f in found]
    full = [key for key in keys if key.startswith("ichtrev")]
    trades = [key for key in keys if key.startswith("icht") and key not in full and len(key) > len("icht")]
    for item, key in zip(found, keys, strict=True):
        tail = key.removeprefix("icht")
        if key in trades and any(name.endswith(tail) for name in full):
            continue
        if key == "ichtrevts" and trades and not any(key.endswith(name.removeprefix("icht")) for name in trades):
            continue
        yield item


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
