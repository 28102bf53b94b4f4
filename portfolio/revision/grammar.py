"""The syntax of formulas as contracts write them: numbers, names, products without a sign, three kinds of brackets."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedEOF, UnexpectedToken
from lark.exceptions import VisitError

from portfolio.errors import InvalidValue
from portfolio.words.phrases import Phrase, phrase
from portfolio.words.texts import Texts
from portfolio.words.values import Wording

LONGEST = 2000
"""Characters of a formula; a longer text is none."""
_DEEPEST = 40

_MARK = r"\((?:[nNmM]\s*[\-−–]\s*\d{1,2}|[nNmtri0-9oO]|base)\)"
"""What stands in brackets behind a symbol and belongs to it: `P(0)`, `I(n-1)`."""
_NAME = (
    r"[^\W\d_](?:"
    r"_\{\w+\}"
    r"""|(?!(?<=[0-9oO])[xX]\s*[\[({])[\w°'’′²³"]"""  # not the sign in `P0x(0,15 + …)`
    r"|\.(?=\s?\w)|[\-−–‑](?=[^\W_])"
    rf"|\s*{_MARK}"
    r"|\s+[nN]\s*[\-−–]\s*\d"
    # a further word of the name: no sign, no coefficient
    r"|\s+(?![xX](?:\s|[\[(]))(?!\d*,\d)(?!0?\.\d)(?!\d+\s*%)(?=[\w°])"
    r")*"
)
_TIMES = r"[×*·⋅∙•✕✖]|[xX](?=\s*[\[({]|\s+[^\s\/÷+\-=)\]}×*]|\d*[.,]\d)|(?<=\d)[xX.](?=[^\W\d_])|\.(?=\s*[\[(]|\s+\w)"
_GRAMMAR = rf"""
?sum: product (SIGN product)*
product: SIGN? factor (_TIMES factor | DIV factor | factor)*
?factor: NUMBER -> number | NAME -> name | "(" sum ")" | "[" sum "]" | "{{" sum "}}"

NUMBER: /(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:\s*%)?/
SIGN: /[+\-−–]/
DIV: /[\/÷:∕⁄]/
_TIMES: /{_TIMES}/
NAME.-1: /{_NAME}/
%ignore /\s+/
"""


class FormulaError(InvalidValue):
    """A formula that cannot be read: ``why`` says it in words; ``position`` is the character, from 1, if it is one."""

    def __init__(self, why: Phrase, position: int | None = None) -> None:
        super().__init__(why.say(Wording(Texts("en"))))
        self.why = why
        self.position = position


@dataclass(frozen=True)
class Number:
    value: Decimal


@dataclass(frozen=True)
class Name:
    """A name as written and its first character, from 1."""

    text: str
    at: int


@dataclass(frozen=True)
class Product:
    """Factors and divisors."""

    factors: tuple[Node, ...]
    divisors: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Sum:
    terms: tuple[Node, ...]


Node = Number | Name | Product | Sum


def parse(text: str, offset: int = 0) -> Node:
    """The tree of an expression. Raises FormulaError, naming the character (counted from 1, plus ``offset``)."""
    if not text.strip():
        raise FormulaError(phrase("revision_formula.empty"))
    depth = 0
    for char in text:
        depth += (char in "([{") - (char in ")]}")
        if depth > _DEEPEST or len(text) > LONGEST:
            raise FormulaError(phrase("revision_formula.too_long", limit=LONGEST))
    try:
        tree: Node = _Build(offset).transform(_parser().parse(text))
    except UnexpectedCharacters as error:
        raise _at(error.pos_in_stream, text, offset) from error
    except (UnexpectedToken, UnexpectedEOF) as error:
        token = getattr(error, "token", None)
        if token is None or token.type == "$END":
            raise FormulaError(phrase("revision_formula.unfinished"), len(text) + offset) from error
        raise _at(token.start_pos, text, offset) from error
    except VisitError as error:
        raise FormulaError(phrase("revision_formula.empty")) from error
    return tree


def _at(position: int | None, text: str, offset: int) -> FormulaError:
    place = position or 0
    return FormulaError(
        phrase("revision_formula.unexpected", position=place + offset + 1, char=text[place : place + 1]),
        place + offset + 1,
    )


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, start="sum", parser="lalr", lexer="basic", maybe_placeholders=False)


class _Build(Transformer[Token, Node]):
    """Lark's tree as ours."""

    def __init__(self, offset: int) -> None:
        super().__init__()
        self._offset = offset

    def number(self, children: list[Token]) -> Node:
        text = children[0].replace(",", ".")
        if text.endswith("%"):
            return Number(Decimal(text[:-1].strip()) / 100)
        return Number(Decimal(text))

    def name(self, children: list[Token]) -> Node:
        token = children[0]
        return Name(" ".join(token.split()), (token.start_pos or 0) + self._offset + 1)

    def product(self, children: list[Token | Node]) -> Node:
        factors: list[Node] = []
        divisors: list[Node] = []
        target = factors
        for child in children:
            if isinstance(child, Token):
                if child.type == "DIV":
                    target = divisors
                elif child != "+":
                    factors.append(Number(Decimal(-1)))
                continue
            if isinstance(child, Product):
                target.extend(child.factors)
                (divisors if target is factors else factors).extend(child.divisors)
            else:
                target.append(child)
            target = factors
        return factors[0] if len(factors) == 1 and not divisors else Product(tuple(factors), tuple(divisors))

    def sum(self, children: list[Token | Node]) -> Node:
        terms: list[Node] = []
        minus = False
        for child in children:
            if isinstance(child, Token):
                minus = child != "+"
            elif minus:
                terms.append(_negated(child))
            else:
                terms.append(child)
        return Sum(tuple(terms))


def _negated(node: Node) -> Node:
    if isinstance(node, Product):
        return Product((Number(Decimal(-1)), *node.factors), node.divisors)
    return Product((Number(Decimal(-1)), node))
