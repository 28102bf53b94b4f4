"""Formulas as contracts write them, and what they say."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.revision.formula import (
    Constant,
    Expression,
    Formula,
    FormulaError,
    Plus,
    Price,
    Ratio,
    Times,
    parse,
    proportional,
)
from portfolio.revision.moments import BASE, CURRENT, PREVIOUS, Moment

PORTFOLIOS = Path(__file__).parents[3] / "evals" / "portfolios"
ONE = "P = P0 × (0,15 + 0,85 × S/S0)"
TWO = "P = P0 × (0,15 + 0,65 × ICHT-IME/ICHT-IME0 + 0,2 × FSD2/FSD20)"


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("P = P0 × (0,15 + 0,85 × S/S0)", ONE),
        ("P = P0 (0.15 + 0.85 S / S0)", ONE),
        ("P = P0 x [0,150 + 0,850 x (S/So)]", ONE),
        ("P = P°*(0.15+0.85*S/S°)", ONE),
        ("P=Pox(0,15+0,85xS/So)", ONE),
        ("P = P₀ × (0,15 + 0,85 × Sₙ/S₀)", ONE),
        ("P = P_0 (0,15 + 0,85 S_{n}/S_{0})", ONE),
        ("P = Pₒ · {15 % + 85% · (S1 ÷ S0)}", ONE),
        ("P = P(0) × [0,15 + 0,85 × S(n)/S(0)]", ONE),
        ("P = Po (0,15 + 0,85 . S (n) / S (0))", ONE),
        ("P = P-0 × (0,15 + 0,85 × Sm / Sm0)", ONE),
        ("P = P0 × (0,15 + 0,85 × S' / S base)", ONE),
        ("P = P0 × K, avec K = 0,15 + 0,85 × S/S0 où S est l'indice du mois", ONE),
        ("P = P0 × K\nK = 0,15 + 0,85 × S/S0", ONE),
        ("P' = P0 × (0,15 + 0,85 × S/S0)", ONE.replace("P =", "P' =")),
        ("« Formule : P = P0 × [0,15 + 0,85 × (S/S0)] HT »", ONE),
        ("P = Po (0,15 + 0,85 * Sr / So).", ONE),
        ("P = P0 × (0,15 + 0,85 × S dernier publié / S d'origine)", ONE),
        ("P' = P x (0,2 + 0,8 x S'/S)", "P' = prix × (0,2 + 0,8 × S/S0)"),
        ("A = P × (I2 / I1)", "A = prix × I/I0"),
        ("R = Ro x (ILAT du trimestre n / ILAT du trimestre o)", "R = P0 × ILAT/ILAT0"),
        ("R = R0 × indice du mois de révision / indice du mois de signature", "R = P0 × indice/indice0"),
        (
            "Loyer n = loyer n-1 × ILC T2 n / ILC T2 n-1",
            "Loyer n = prix en vigueur × ILC T2 de l'année n / ILC T2 de l'année n-1",
        ),
        ("Cn = 15 % + 85 % (In/Io)", "Cn = 0,15 + 0,85 × I/I0"),
        ("L = L0 × ILCn / ILCo", "L = P0 × ILC/ILC0"),
        ("K = 0,10 (IPP 20.41 / IPP 20.41 0) + 0,9", "K = 0,1 × IPP 20.41/IPP 20.410 + 0,9"),
        ("K = 0,40 + 0,60 × IPC Alim/IPC Alim1", "K = 0,4 + 0,6 × IPC Alim/IPC Alim0"),
        ("P = P0 [0,1 + 0,9 (0,70 A/A0 + 0,30 TP01/TP010)]", "P = P0 × (0,1 + 0,9 × (0,7 × A/A0 + 0,3 × TP01/TP010))"),
        ("P = P0 × (1 + 0,85 × (S - S0) / S0)", "P = P0 × (1 + 0,85 × (S/S0 - 1))"),
        ("P = 0,15 P0 + 0,85 P0 × S/S0", "P = 0,15 × P0 + 0,85 × P0 × S/S0"),
        ("R = 0,15 + 0,85 ING (m-3) / ING (0)", "R = 0,15 + 0,85 × ING (m-3) / ING0"),
        ("Rn = Rn-1 × ILAT n / ILAT n-1", "Rn = prix en vigueur × ILAT / ILAT N-1"),
        ("prime × RI d'échéance / RI précédent", "prix × RI / RI N-1"),
        ("loyer initial x (nouvel ILAT / ILAT de référence)", "P0 × ILAT/ILAT0"),
        (
            "loyer en cours × ILC du 3e trimestre précédent / ILC du 3e trimestre de l'année antérieure",
            "prix en vigueur × ILC T3 précédent / ILC T3 de l'année antérieure",
        ),
        (
            "new fee = basic fee × index of the preceding January / index of January 2024",
            "new fee = P0 × index janvier précédent / index janvier 2024",
        ),
        (
            "loyer précédent × ILAT du deuxième trimestre de l'année précédente ÷ ILAT du 2e trimestre de l'année n-2",
            "prix en vigueur × ILAT T2 de l'année n-1 / ILAT T2 de l'année n-2",
        ),
    ],
)  # fmt: skip
def test_one_meaning_however_written(written: str, means: str) -> None:
    assert str(parse(written)) == means


@pytest.mark.parametrize(
    "drawn",
    [
        "            ICHT-IME         FSD2\n"
        "P = P0 × (0,15 + 0,65 × ---------- + 0,20 × -----)\n"
        "            ICHT-IME0        FSD20",
        "ICHT-IME  FSD2\nP = P0 × (0,15 + 0,65 × — + 0,20 × —)\nICHT-IME0  FSD20",
        "              ICHT-IME         FSD2\n"
        "P = P0 × (0,15 + 0,65 ×          + 0,20 ×      )\n"
        "              ICHT-IME0        FSD20",
        "P = P0 [0,15 + 0,65 × ICHT-IME + 0,20 × FSD2]\n               ICHT-IME0        FSD20",
        "P = P0 [0,15 + 0,65 ICHT-IME + 0,20 FSD2]\nICHT-IME0 FSD20",
    ],
)
def test_fractions_on_several_lines(drawn: str) -> None:
    assert str(parse(drawn)) == TWO


@pytest.mark.parametrize(
    ("written", "position", "said"),
    [
        ("P = P0 × (0,15 + ) 0,85", 18, "“)”, character 18"),
        ("P = P0 × (0,15 + 0,85 × S/S0", 28, "its end or a bracket is missing"),
        ("P = P0 × (0,15 + 0,85 × S)", 25, "“S”, character 25, is not set against any base value"),
        ("P = P0 × (0,15 + 0,85 × S/T0)", 27, "“T0”, character 27, stands under “S”"),
        ("P = P0 (0,15 + 0,85 S/S0) arrondi au millième", 27, "“arrondi au millième”, character 27"),
        ("P = 2 + P0 × S/S0", None, "not a common factor"),
        ("P = P0 × 1,02", None, "no index"),
        ("", None, "no index"),
        ("P = P0 × max(1 ; S/S0)", 16, "“;”, character 16"),
        ("P = P0 × (S/S0) / 0", None, "divides by zero"),
        ("(" * 100 + "S/S0" + ")" * 100, None, "too deeply nested"),
        ("S/S0 " * 1000, None, "too long"),
    ],
)
def test_refusals_say_what_and_where(written: str, position: int | None, said: str) -> None:
    with pytest.raises(FormulaError) as error:
        parse(written)
    assert said in str(error.value)
    assert error.value.position == position


def test_a_clause_in_words_is_the_ratio_of_its_one_index() -> None:
    formula = parse("révisé en proportion de la variation de l'indice ILC", ("ILC",))
    assert formula.ratios == (Ratio("ILC", CURRENT, BASE),)
    with pytest.raises(FormulaError, match="weight"):
        parse("révisé selon l'évolution des indices", ("ILC", "ICC"))
    with pytest.raises(FormulaError, match="no index"):
        proportional(())


def test_coefficients_that_do_not_add_up_show() -> None:
    assert parse("P = P0 × (0,15 + 0,85 × S/S0)").coefficient_sum == 1
    assert parse("P = P0 × (0,15 + 0,80 × S/S0)").coefficient_sum == Decimal("0.95")


def test_computed_exactly() -> None:
    formula = parse("K = 0,12 + 0,70 (A/A0) + 0,18 (B/B0)")
    values = {"A": Fraction("1.1"), "B": Fraction("0.9")}
    assert formula.coefficient(lambda ratio: values[ratio.index]) == Fraction("1.052")


def test_formulas_of_the_sample_portfolios_are_read_or_truly_refused() -> None:
    refused = {}
    for file in sorted(PORTFOLIOS.glob("*/*.json")):
        record = json.loads(file.read_text(encoding="utf-8"))
        revision = (record.get("price_revision") or {}) if isinstance(record, dict) else {}
        if revision.get("formula"):
            try:
                parse(revision["formula"], tuple(revision["indices"]))
            except FormulaError as error:
                refused[revision["formula"]] = str(error)
    # a price of quotations added up has no index that could be set against a base value
    assert [why for why in refused.values() if "is not set against any base value" not in why] == []


_names = st.sampled_from(
    ["S", "ICHT-IME", "FSD2", "BT40", "IPC Alim", "IPP 20.41", "TP01", "Gazole", "ILAT", "EV4", "I"]
)
_moments = st.sampled_from([(CURRENT, BASE), (CURRENT, PREVIOUS), (Moment("months", -3), BASE)])
_quarters = st.integers(1, 4).map(
    lambda n: (Moment("calendar", -1, quarter=n), Moment("calendar", -2, quarter=n))
) | st.integers(1, 12).map(lambda n: (Moment("latest", month=n), Moment("calendar", month=n, year=2024)))
_ratios = st.builds(lambda name, pair: Ratio(name, *pair), _names, _moments | _quarters)
_coefficients = st.decimals("0.001", "0.999", places=3)
_weighted = st.builds(lambda c, r: Times((Constant(c), r)), _coefficients, _ratios)
_plain = st.lists(_weighted, min_size=1, max_size=4).map(tuple)
_inner = st.builds(lambda c, terms: Times((Constant(c), Plus(terms))), _coefficients, st.tuples(_weighted, _weighted))
_sums = st.builds(lambda c, terms: Plus((Constant(c), *terms)), _coefficients, _plain | st.tuples(_inner, _weighted))


@given(sum_=_sums, basis=st.sampled_from(["base", "last", None]), target=st.sampled_from(["P", "K", "loyer nouveau"]))
def test_what_is_written_reads_back_as_the_same(sum_: Expression, basis: str | None, target: str) -> None:
    expression = Times((Price(), sum_)) if basis else sum_
    formula = Formula(target, expression, basis, "")  # type: ignore[arg-type]
    again = parse(str(formula))
    assert (again.target, again.expression, again.basis) == (formula.target, formula.expression, formula.basis)
    assert str(again) == str(formula)


@given(
    sum_=_sums,
    times=st.sampled_from([" × ", " x ", "*", " · ", " "]),
    brackets=st.sampled_from(["()", "[]", "{}"]),
    decimal=st.sampled_from(",."),
)
def test_signs_do_not_change_the_meaning(sum_: Expression, times: str, brackets: str, decimal: str) -> None:
    formula = Formula("P", Times((Price(), sum_)), "base", "")
    text = str(formula)
    for number in {str(part.value.normalize()) for part in _constants(sum_)}:
        text = text.replace(number.replace(".", ","), number.replace(".", decimal))
    text = text.replace("(m-3)", "<m>").replace("(", brackets[0]).replace(")", brackets[1]).replace("<m>", "(m-3)")
    text = text.replace(" × ", times)
    assert parse(text).expression == formula.expression


def _constants(node: Expression) -> list[Constant]:
    match node:
        case Constant():
            return [node]
        case Times():
            return [one for part in node.factors for one in _constants(part)]
        case Plus():
            return [one for part in node.terms for one in _constants(part)]
        case _:
            return []


@given(st.text(alphabet="P0S=×x+-/()[]0123456789,. %n'°ILAT\n", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        formula = parse(text, ("ILC",))
    except FormulaError:
        return
    assert formula.ratios
