"""A workbook comes back: what a person changed, what the register changed meanwhile, and what names nothing."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portfolio.errors import InvalidValue
from portfolio.exports import excel
from portfolio.exports.comeback import Comeback, apply, preview
from portfolio.exports.tables import TABLES
from portfolio.register.records import Scope
from portfolio.register.store import Register
from portfolio.schema import Amount
from portfolio.values import Duration, Every
from portfolio.words.values import Wording
from tests.office import Office
from tests.portfolio.exports.portfolios import AS_OF, ENGLISH, FRENCH, fill, tables

Book = openpyxl.Workbook


def _export(register: Register, say: Wording = FRENCH) -> bytes:
    return excel.render(tables(register, say), say)


def _at(book: Book, table: str, key: str, column: str, say: Wording = FRENCH, where: str = "contract") -> Any:
    """The cell of ``column`` in the first line of a table whose column ``where`` says ``key``."""
    sheet = book[say.texts(f"export_table.{table}")]
    heads = {cell.value: cell.column for cell in sheet[1]}
    by = heads[say.texts(f"export_column.{where}")]
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, by).value == key:
            return sheet.cell(row, heads[say.texts(f"export_column.{column}")])
    raise AssertionError(f"no line {key}")


def _edited(content: bytes, edit: Callable[[Book], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _set(**cells: Any) -> Callable[[Book], None]:
    """Edits of the line of `02-bionettoyage` among the contracts."""

    def edit(book: Book) -> None:
        for column, value in cells.items():
            _at(book, "contracts", "02-bionettoyage", column).value = value

    return edit


def _changes(comeback: Comeback) -> list[tuple[str, str, Any, Any]]:
    return [(change.kind, change.field, change.before, change.after) for change in comeback.changes]


@pytest.mark.parametrize("say", [FRENCH, ENGLISH], ids=["fr", "en"])
def test_a_workbook_that_nobody_touched_changes_nothing(filled: Register, say: Wording) -> None:
    assert preview(filled, _edited(_export(filled, say), lambda book: None)) == Comeback((), ())


def test_corrections_become_a_persons_values(register: Register) -> None:
    fill(register)
    content = _edited(
        _export(register), _set(notice_period="2 mois", payment_days=75, reference=None, contract_type="Maintenance")
    )
    found = preview(register, content)
    assert found.problems == ()
    assert {field: (kind, after) for kind, field, _, after in _changes(found)} == {
        "notice_period": ("added", Duration(months=2)),
        "payment_days": ("corrected", 75),
        "reference": ("rejected", None),
        "contract_type": ("corrected", "maintenance"),
    }
    assert register.contract("02-bionettoyage").value("payment_days") != 75
    assert apply(register, found, "Marie").problems == ()
    after, terms = register.contract("02-bionettoyage"), register.terms("02-bionettoyage", AS_OF)
    assert (after.value("payment_days"), after.value("reference")) == (75, None)
    assert terms.value("notice_period") == Duration(months=2), "lifted by the amendment, so written there"
    assert {entry.who for entry in register.history(after.id, "payment_days")} >= {"Marie"}


def test_a_value_is_corrected_where_it_was_set(filled: Register) -> None:

    def edit(book: Book) -> None:
        _at(book, "amounts", "Forfait annuel après avenant", "amount", where="label").value = 765000

    found = preview(filled, _edited(_export(filled), edit))
    (change,) = found.changes
    assert change.contract == "02-bionettoyage"
    assert change.target == filled.contract("03-avenant-bionettoyage").id
    apply(filled, found, "Marie")
    assert 765000 in [amount.value for amount in filled.contract("03-avenant-bionettoyage").values("amounts")]
    assert filled.terms("02-bionettoyage", AS_OF).values("amounts") != ()


def test_lines_are_added_and_rejected(filled: Register) -> None:

    def edit(book: Book) -> None:
        sheet = book["Montants"]
        heads = {cell.value: cell.column for cell in sheet[1]}
        row = sheet.max_row + 1
        for head, value in (
            ("Contrat", "05-bail-professionnel"),
            ("Libellé", "Charges"),
            ("Montant", "1 250,50"),
            ("Devise", "EUR"),
            ("Par", "trimestre"),
            ("Taxe", "HT"),
        ):
            sheet.cell(row, heads[head]).value = value
        for column in ("label", "amount", "currency", "tax", "period", "bound"):
            _at(book, "amounts", "hostile", column).value = None

    found = preview(filled, _edited(_export(filled), edit))
    assert found.problems == ()
    assert [(c.kind, c.contract) for c in found.changes] == [
        ("rejected", "hostile"),
        ("added", "05-bail-professionnel"),
    ]
    apply(filled, found, "Marie")
    added = Amount(label="Charges", value=1250.5, tax="excl", period="quarter")
    assert added in filled.contract("05-bail-professionnel").values("amounts")
    assert filled.contract("hostile").values("amounts") == ()


def test_a_due_rule_changes_with_its_cells(filled: Register) -> None:

    def edit(book: Book) -> None:
        _at(book, "obligations", "hostile", "due_every").value = "6 mois"

    found = preview(filled, _edited(_export(filled), edit))
    (change,) = found.changes
    assert change.after.due == Every(every=Duration(months=6))
    assert change.after.model_copy(update={"due": None}) == change.before
    assert apply(filled, found, "Marie").problems == ()


def test_taking_a_workbook_over_twice_changes_nothing_more(register: Register) -> None:
    fill(register)

    def edit(book: Book) -> None:
        _set(payment_days=75)(book)
        _at(book, "amounts", "hostile", "amount").value = 99
        sheet = book["Sites"]
        heads = {cell.value: cell.column for cell in sheet[1]}
        row = sheet.max_row + 1
        sheet.cell(row, heads["Contrat"]).value = "hostile"
        sheet.cell(row, heads["Commune"]).value = "Lyon"

    content = _edited(_export(register), edit)
    assert len(apply(register, preview(register, content), "Marie").changes) == 3
    assert preview(register, content) == Comeback((), ())


def test_where_the_register_moved_on_nothing_is_written(filled: Register) -> None:

    def edit(book: Book) -> None:
        _set(payment_days=75, title="Nettoyage")(book)
        _at(book, "amounts", "hostile", "amount").value = 99

    content = _edited(_export(filled), edit)
    filled.correct("02-bionettoyage", "payment_days", 50, "Paul")
    filled.reject("hostile", "amounts", "Paul")
    found = preview(filled, content)
    assert [change.field for change in found.changes] == ["title"]
    assert [(p.kind, p.contract, p.column, p.written, p.now) for p in found.problems] == [
        ("conflict", "02-bionettoyage", "payment_days", 75, 50),
        ("conflict", "hostile", None, "99", None),
    ]


def test_what_moved_on_without_being_touched_is_no_conflict(filled: Register) -> None:
    content = _edited(_export(filled), _set(title="Nettoyage"))
    filled.correct("02-bionettoyage", "payment_days", 50, "Paul")
    found = preview(filled, content)
    assert ([c.field for c in found.changes], found.problems) == (["title"], ())


def test_a_change_between_looking_and_writing_is_not_overwritten(filled: Register) -> None:
    found = preview(filled, _edited(_export(filled), _set(payment_days=75)))
    filled.correct("02-bionettoyage", "payment_days", 50, "Paul")
    result = apply(filled, found, "Marie")
    assert (result.changes, [p.kind for p in result.problems]) == ((), ["conflict"])
    assert filled.contract("02-bionettoyage").value("payment_days") == 50


def test_missing_and_moved_lines_and_columns_change_nothing(filled: Register) -> None:

    def edit(book: Book) -> None:
        book["Montants"].delete_rows(2, 3)
        book["Contrats"].move_range("A2:AS3", rows=20)
        book["Parties"].delete_cols(2)
        del book["Sources"]

    assert preview(filled, _edited(_export(filled), edit)) == Comeback((), ())


def test_lines_that_name_nothing_are_reported(filled: Register) -> None:

    def edit(book: Book) -> None:
        sheet = book["Montants"]
        heads = {cell.value: cell.column for cell in sheet[1]}
        last = sheet.max_row
        for n, (contract_, value) in enumerate((("nirgends", None), ("hostile", "0000000000000000")), 1):
            sheet.cell(last + n, heads["Contrat"]).value = contract_
            sheet.cell(last + n, heads["Valeur (id)"]).value = value
            sheet.cell(last + n, heads["Montant"]).value = 5
        for cell in sheet[2]:
            sheet.cell(last + 3, cell.column).value = cell.value
        sheet.cell(2, heads["Montant"]).value = 1
        sheet.cell(last + 3, heads["Montant"]).value = 7

    found = preview(filled, _edited(_export(filled), edit))
    assert len(found.changes) == 1
    assert [(p.kind, p.reason.key) for p in found.problems] == [
        ("unknown", "export_back.no_contract"),
        ("unknown", "export_back.unknown_line"),
        ("unknown", "export_back.twice"),
    ]


@pytest.mark.parametrize(
    ("column", "written", "said"),
    [
        ("start_date", "bientôt", "n'est pas une date"),
        ("payment_days", 30.5, "nombre entier"),
        ("payment_days", "trente", "n'est pas un nombre"),
        ("duration", "un certain temps", "n'est pas une durée"),
        ("renewal", "peut-être", "tacite, expresse, exclue"),
        ("governing_law", "France", "governing_law"),
    ],
)
def test_what_is_no_value_of_its_column_is_said(filled: Register, column: str, written: Any, said: str) -> None:
    found = preview(filled, _edited(_export(filled), _set(**{column: written})))
    (problem,) = found.problems
    assert (found.changes, problem.kind, problem.column) == ((), "invalid", column)
    assert said in problem.reason.say(FRENCH)


def test_a_line_emptied_by_mistake_takes_no_contract_away(filled: Register) -> None:
    columns = [column.name for column in TABLES["contracts"].columns if column.of]
    found = preview(filled, _edited(_export(filled), _set(**dict.fromkeys(columns))))
    assert (found.changes, [p.reason.key for p in found.problems]) == ((), ["export_back.emptied"])


def test_what_a_person_may_not_see_cannot_be_changed(filled: Register) -> None:
    content = _edited(_export(filled), _set(payment_days=75))
    filled.label("05-bail-professionnel", "siège")
    found = preview(filled, content, Scope(tags=("siège",)))
    assert (found.changes, [p.reason.key for p in found.problems]) == ((), ["export_back.no_contract"])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"a;b\r\n1;2\r\n"])
def test_a_file_that_is_no_workbook_says_so(filled: Register, content: bytes) -> None:
    with pytest.raises(InvalidValue, match="no Excel workbook"):
        preview(filled, content)


def test_a_workbook_made_elsewhere_says_so(filled: Register) -> None:
    buffer = io.BytesIO()
    Book().save(buffer)
    with pytest.raises(InvalidValue, match="hidden sheet"):
        preview(filled, buffer.getvalue())


def test_a_workbook_edited_in_libreoffice_comes_back(filled: Register, tmp_path: Path, office: Office) -> None:
    content = _export(filled)
    (tmp_path / "portfolio.xlsx").write_bytes(content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = {
        name: _at(book, "contracts", "02-bionettoyage", name).coordinate
        for name in ("payment_days", "end_date", "title", "reference")
    }
    amount = _at(book, "amounts", "hostile", "amount").coordinate
    edits: list[tuple[str, str, Any]] = [
        ("Contrats", cells["payment_days"], 75),
        ("Contrats", cells["end_date"], "2027-06-30"),
        ("Contrats", cells["title"], "Nettoyage des sites"),
        ("Contrats", cells["reference"], None),
        ("Montants", amount, 99.5),
    ]
    result = preview(filled, office.edit(tmp_path / "portfolio.xlsx", edits).read_bytes())
    assert result.problems == ()
    assert {field: str(getattr(after, "value", after)) for _, field, _, after in _changes(result)} == {
        "payment_days": "75",
        "end_date": "2027-06-30",
        "title": "Nettoyage des sites",
        "reference": "None",
        "amounts": "99.5",
    }
    assert apply(filled, result, "Marie").problems == ()
