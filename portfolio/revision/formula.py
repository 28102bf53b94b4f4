"""Formulas of price revision: what a contract's words say, as a tree that can be computed and written again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from portfolio.folding import fold
from portfolio.revision import grammar, layout, symbols
from portfolio.revision.grammar import FormulaError
from portfolio.revision.moments import BASE, CURRENT, Moment
from portfolio.revision.symbols import Basis
from portfolio.words.phrases import phrase

_ONE = Fraction(1)


@dataclass(frozen=True)
class Constant:
    value: Decimal


@dataclass(frozen=True)
class Ratio:
    """An index now over its reference. ``index`` is the formula's symbol for it."""

    index: str
    current: Moment
    reference: Moment


@dataclass(frozen=True)
class Price:
    """The price that is revised."""


@dataclass(frozen=True)
class Times:
    factors: tuple[Expression, ...]


@dataclass(frozen=True)
class Plus:
    terms: tuple[Expression, ...]


Expression = Constant | Ratio | Price | Times | Plus


@dataclass(frozen=True)
class Formula:
    """``target`` is what is computed, as written (`P`, `K`, `loyer nouveau`; empty where the formula does not name it).

    ``basis``: the price that is revised; None where the formula gives a coefficient alone, or does not say which.
    ``written``: the words that it was read from.
    """

    target: str
    expression: Expression
    basis: Basis | None
    written: str

    @property
    def ratios(self) -> tuple[Ratio, ...]:
        """Its indices, in order, each once."""
        return tuple(dict.fromkeys(node for node in _walk(self.expression) if isinstance(node, Ratio)))

    @property
    def gives_price(self) -> bool:
        """Whether the revised price stands in it, not a coefficient alone."""
        return any(isinstance(node, Price) for node in _walk(self.expression))

    @property
    def coefficient_sum(self) -> Decimal:
        """The coefficient while no index has moved: 1 in a formula whose parts add up."""
        total = self.coefficient(lambda ratio: _ONE)
        return Decimal(total.numerator) / Decimal(total.denominator)

    def coefficient(self, value: Callable[[Ratio], Fraction]) -> Fraction:
        """What the price is multiplied by, exactly; ``value`` gives each index's ratio."""
        return _compute(self.expression, value)

    def __str__(self) -> str:
        """The formula in one fixed way, which reads back as the same: `P = P0 × (0,15 + 0,85 × S/S0)`."""
        price = {"last": "prix en vigueur", "base": "P0", None: "prix"}[self.basis]
        text = _write(self.expression, price, top=True)
        return f"{self.target} = {text}" if self.target else text


def parse(text: str, indices: tuple[str, ...] = ()) -> Formula:
    """The formula in a contract's words; ``indices`` are the contract's names of its indices, for clauses that say the
    formula in words ("révisé en proportion de la variation de l'indice ILC").

    Reads French and English signs and numbers, fractions drawn on several lines, and definitions behind the formula
    (`P = P0 × K, avec K = …`). Raises FormulaError, which says what is wrong and at which character.
    """
    if len(text) > grammar.LONGEST:
        raise FormulaError(phrase("revision_formula.too_long", limit=grammar.LONGEST))
    if _in_words(text):
        return _proportional(text, indices)
    equations = _equations(layout.on_one_line(text.translate(_QUOTES)))
    if not equations:
        return _proportional(text, indices)
    first = equations[0]
    known = {e.target.casefold(): e.tree for e in equations[1:] if e.target}
    tree = _substituted(first.tree, known, frozenset())
    meaning = _Meaning(first.target, indices)
    expression = meaning.of(tree)
    formula = Formula(first.target, expression, meaning.basis, text.strip())
    if not formula.ratios:
        raise FormulaError(phrase("revision_formula.no_index"))
    return formula


def proportional(indices: tuple[str, ...]) -> Formula:
    """The price follows its one index. Raises FormulaError where there are several, or none."""
    return _proportional("", indices)


_WORDS = re.compile(r"\b(?:proportion\w*|variations?|evolutions?|fluctuations?|vary|varies|changes? in)\b")


def _in_words(text: str) -> bool:
    return "=" not in text and _WORDS.search(fold(text)) is not None


def _proportional(text: str, indices: tuple[str, ...]) -> Formula:
    if len(indices) != 1:
        raise FormulaError(phrase("revision_formula.weights" if indices else "revision_formula.no_index"))
    expression = Times((Price(), Ratio(indices[0], CURRENT, BASE)))
    return Formula("", expression, "base", text.strip())


@dataclass(frozen=True)
class _Equation:
    target: str
    tree: grammar.Node


_AND = re.compile(r"(?:[\s,;]|^)(?:où|avec|dans laquelle|dans lequel|where|with|in which)\b\s*:?|[;\n]")


_TAX = re.compile(r"\s+(?:HT|H\.T\.?|TTC)\s*$")
_QUOTES = str.maketrans("«»“”", "    ")


def _outside(text: str, place: int) -> bool:
    """Whether a place lies outside all brackets."""
    before = text[:place]
    return sum(before.count(c) for c in "([{") <= sum(before.count(c) for c in ")]}")


def _equations(text: str) -> list[_Equation]:
    """The equations of a text, the formula first; what stands behind it and is no equation is its legend."""
    found: list[_Equation] = []
    start = 0
    parts = [(m.start(), m.end()) for m in _AND.finditer(text) if _outside(text, m.start())]
    parts.append((len(text), len(text)))
    for end, following in parts:
        part, at = text[start:end], start
        start = following
        if not part.strip(" ,.:"):
            continue
        left, equals, right = part.partition("=")
        if not equals:
            left, right = "", part
        try:
            tree = grammar.parse(_TAX.sub("", right.rstrip(" .,:")), at + len(left) + len(equals))
        except FormulaError:
            if found:
                continue
            raise
        if not found or (equals and not isinstance(tree, grammar.Name)):
            found.append(_Equation(" ".join(left.rpartition(":")[2].split()), tree))
    return found


def _substituted(node: grammar.Node, known: dict[str, grammar.Node], inside: frozenset[str]) -> grammar.Node:
    """``node`` with the symbols that have an equation of their own replaced by it."""
    match node:
        case grammar.Name():
            key = node.text.casefold()
            if key in known and key not in inside:
                return _substituted(known[key], known, inside | {key})
            return node
        case grammar.Product():
            return grammar.Product(
                tuple(_substituted(f, known, inside) for f in node.factors),
                tuple(_substituted(d, known, inside) for d in node.divisors),
            )
        case grammar.Sum():
            return grammar.Sum(tuple(_substituted(t, known, inside) for t in node.terms))
        case _:
            return node


class _Meaning:
    """Turns symbols into indices and prices."""

    def __init__(self, target: str, indices: tuple[str, ...]) -> None:
        self._target = target
        self._indices = indices
        self.basis: Basis | None = None

    def of(self, node: grammar.Node) -> Expression:
        expression = self._of(node, top=True)
        prices = sum(isinstance(part, Price) for part in _walk(expression))
        if prices and _compute(expression, lambda ratio: _ONE, price=Fraction(0)) != 0:
            raise FormulaError(phrase("revision_formula.not_proportional"))
        return expression

    def _of(self, node: grammar.Node, top: bool = False) -> Expression:
        match node:
            case grammar.Number():
                return Constant(node.value)
            case grammar.Name():
                return self._price(node, top)
            case grammar.Sum():
                return Plus(tuple(self._of(term) for term in node.terms))
            case grammar.Product():
                return self._product(node, top)

    def _product(self, node: grammar.Product, top: bool) -> Expression:
        factors, divisors = _flat(node)
        made: list[Expression | grammar.Name] = []
        for factor in factors:
            difference = _difference(factor, divisors)
            if difference is not None:
                divisors.remove(difference)
                made.append(self._over(factor, difference))
            else:
                made.append(factor if isinstance(factor, grammar.Name) else self._of(factor))
        for divisor in divisors:
            if isinstance(divisor, grammar.Name):
                self._pair(made, divisor)
            else:
                made.append(self._inverse(divisor))
        alone = [part for part in made if isinstance(part, grammar.Name)]
        done = [self._price(part, top) if isinstance(part, grammar.Name) else part for part in made]
        if len(alone) > 1:
            raise _no_reference(alone[1])
        return done[0] if len(done) == 1 else Times(tuple(_merged(done)))

    def _over(self, above: grammar.Node, below: grammar.Name) -> Expression:
        """`(S - S0) / S0`, each term over the divisor."""
        match above:
            case grammar.Name() if above.text == below.text:
                return Constant(Decimal(1))
            case grammar.Sum():
                return Plus(tuple(self._over(term, below) for term in above.terms))
            case grammar.Product():
                return self._product(grammar.Product(above.factors, (below,)), top=False)
            case _:
                return self._product(grammar.Product((above,), (below,)), top=False)

    def _pair(self, made: list[Expression | grammar.Name], below: grammar.Name) -> None:
        """Puts the ratio of an index in the place of the symbol above the line."""
        above = [(n, part) for n, part in enumerate(made) if isinstance(part, grammar.Name)]
        nearest = sorted(above, key=lambda one: (one[1].at > below.at, abs(one[1].at - below.at)))
        for place, name in nearest:
            if name.text == below.text:
                made[place] = Constant(Decimal(1))
                return
            found = symbols.pair(name.text, below.text)
            if found is not None:
                made[place] = Ratio(found.index, found.current, found.reference)
                return
        key = "revision_formula.no_counterpart" if nearest else "revision_formula.nothing_above"
        other = nearest[0][1].text if nearest else ""
        raise FormulaError(phrase(key, symbol=below.text, other=other, position=below.at), below.at)

    def _inverse(self, node: grammar.Node) -> Constant:
        value = self._of(node)
        if any(isinstance(part, Ratio | Price) for part in _walk(value)):
            raise FormulaError(phrase("revision_formula.divided_by_sum"))
        number = _compute(value, lambda ratio: _ONE)
        if number == 0:
            raise FormulaError(phrase("revision_formula.divided_by_zero"))
        return Constant(Decimal(number.denominator) / Decimal(number.numerator))

    def _price(self, name: grammar.Name, top: bool) -> Price:
        """A symbol that stands alone is the price, at the formula's head or where its name says so."""
        basis = symbols.price(name.text)
        target = symbols.readings(self._target)[0] if self._target else None
        own = target is not None and any(way.same_index(target) for way in symbols.readings(name.text))
        if not (top or own or (basis and not self._target)):
            raise _no_reference(name)
        self.basis = self.basis or basis
        return Price()


def _no_reference(name: grammar.Name) -> FormulaError:
    return FormulaError(phrase("revision_formula.no_reference", symbol=name.text, position=name.at), name.at)


def _difference(factor: grammar.Node, divisors: list[grammar.Node]) -> grammar.Name | None:
    """The divisor under a difference of symbols: S0 in `(S - S0) / S0`."""
    if not isinstance(factor, grammar.Sum):
        return None
    names = [part for part in divisors if isinstance(part, grammar.Name)]
    terms = [
        term.factors[-1] if isinstance(term, grammar.Product) and not term.divisors else term for term in factor.terms
    ]
    return names[0] if names and all(isinstance(term, grammar.Name) for term in terms) else None


def _flat(node: grammar.Product) -> tuple[list[grammar.Node], list[grammar.Node]]:
    factors: list[grammar.Node] = []
    divisors: list[grammar.Node] = []
    for part in node.factors:
        if isinstance(part, grammar.Product):
            above, below = _flat(part)
            factors += above
            divisors += below
        else:
            factors.append(part)
    for part in node.divisors:
        if isinstance(part, grammar.Product):
            above, below = _flat(part)
            factors += below
            divisors += above
        else:
            divisors.append(part)
    return factors, divisors


def _merged(parts: list[Expression]) -> Iterator[Expression]:
    """Factors with the constants multiplied into one, at the front."""
    number = Decimal(1)
    rest: list[Expression] = []
    for part in parts:
        if isinstance(part, Constant):
            number *= part.value
        else:
            rest.append(part)
    if number != 1:
        yield Constant(number)
    yield from rest


def _walk(node: Expression) -> Iterator[Expression]:
    yield node
    children = node.factors if isinstance(node, Times) else node.terms if isinstance(node, Plus) else ()
    for child in children:
        yield from _walk(child)


def _compute(node: Expression, value: Callable[[Ratio], Fraction], price: Fraction = _ONE) -> Fraction:
    match node:
        case Constant():
            return Fraction(node.value)
        case Price():
            return price
        case Ratio():
            return value(node)
        case Times():
            product = Fraction(1)
            for factor in node.factors:
                product *= _compute(factor, value, price)
            return product
        case Plus():
            return sum((_compute(term, value, price) for term in node.terms), Fraction(0))


def number(value: Decimal) -> str:
    """A coefficient as French contracts write it, without needless zeros."""
    return f"{value.normalize():f}".replace(".", ",")


def _write(node: Expression, price: str, top: bool = False) -> str:
    match node:
        case Constant():
            return number(node.value)
        case Price():
            return price
        case Ratio():
            slash = " / " if node.current != CURRENT or node.reference != BASE else "/"
            return f"{_reading(node.index, node.current)}{slash}{_reading(node.index, node.reference)}"
        case Times():
            return " × ".join(_write(factor, price) for factor in node.factors)
        case Plus():
            text = " + ".join(_write(term, price) for term in node.terms).replace("+ -", "- ")
            return text if top else f"({text})"


def _reading(index: str, moment: Moment) -> str:
    return f"{index}{str(moment) if moment.at == 'base' else ' ' * bool(str(moment)) + str(moment)}"
