"""The columns of the portfolio's table: what each shows of a contract, and what it is sorted by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from portfolio.listing.lines import SortKey
from portfolio.register.records import ContractSummary
from ui.web.plain import line
from ui.web.shell import Shell

Kind = Literal["text", "date", "number", "share"]


@dataclass(frozen=True)
class Column:
    """``name`` is the column's in addresses and in the catalogue (`column.<name>`); ``saved`` is what a file gets where
    that is not what the cell shows; ``label`` what it is called where the catalogue does not say; ``prepare`` looks up
    what the cells of some lines need, all at once."""

    name: str
    cell: Callable[[Shell, ContractSummary], object]
    sort: SortKey | None = None
    kind: Kind = "text"
    width: int | Literal["small", "medium", "large"] = "medium"
    usual: bool = True
    saved: Callable[[Shell, ContractSummary], object] | None = None
    label: str = ""
    prepare: Callable[[Shell, Sequence[ContractSummary]], None] | None = None

    def head(self, shell: Shell) -> str:
        return self.label or shell.texts(f"column.{self.name}")


def _title(shell: Shell, summary: ContractSummary) -> str:
    return ("↳ " if summary.kind == "amendment" else "") + line(summary.title or summary.stem, 160)


def _amount(shell: Shell, summary: ContractSummary) -> str:
    if summary.yearly_amount is None:
        return ""
    return f"{shell.say.number(round(summary.yearly_amount), decimals=0)} €\u00a0{shell.texts('tax.excl')}"


def _sites(shell: Shell, summary: ContractSummary) -> str:
    return line(", ".join(dict.fromkeys(filter(None, (site.city or site.name for site in summary.sites)))), 160)


def _notice(shell: Shell, summary: ContractSummary) -> str:
    return shell.say.value("notice_period", summary.notice_period)


def _labels(shell: Shell, summary: ContractSummary) -> str:
    return line(", ".join((*summary.tags, *(shell.say.about(name, value) for name, value in summary.categories))), 160)


def _word(section: str, attribute: str) -> Callable[[Shell, ContractSummary], str]:
    return lambda shell, summary: shell.texts.name(section, getattr(summary, attribute) or "")


COLUMNS: tuple[Column, ...] = (
    Column("title", _title, "title", width=275),
    Column("counterparty", lambda shell, s: line(", ".join(s.counterparties), 160), "counterparty", width=165),
    Column("type", _word("contract_type", "contract_type"), "type", width=95),
    Column("start", lambda shell, s: s.start_date, "start", "date", width=95, usual=False),
    Column("end", lambda shell, s: s.end_date, "end", "date", width=95),
    Column("renewal", _word("renewal", "renewal"), width=95),
    Column("notice", _notice, width=75),
    Column("amount", _amount, "amount", "number", width=115, saved=lambda shell, s: s.yearly_amount),
    Column("site", _sites, width=115),
    Column("to_review", lambda shell, s: s.to_review or None, "to_review", "number", width=72),
    Column("reference", lambda shell, s: line(s.reference or "", 120), width=140, usual=False),
    Column("sector", _word("sector", "sector"), width=80, usual=False),
    Column("form", _word("form", "form"), width=130, usual=False),
    Column("status", _word("status", "status"), width=100, usual=False),
    Column("signature", lambda shell, s: s.signature_date, kind="date", width=95, usual=False),
    Column(
        "confidence",
        lambda shell, s: None if s.confidence is None else round(s.confidence, 2),
        "confidence",
        "share",
        width=110,
        usual=False,
    ),
    Column("labels", _labels, width=160, usual=False),
    Column("file", lambda shell, s: line(s.stem, 160), "file", width=180, usual=False),
    Column("updated", lambda shell, s: s.updated_at.date(), "updated", "date", width=95, usual=False),
)
USUAL = tuple(column.name for column in COLUMNS if column.usual)


def chosen(names: Sequence[str], own: Sequence[Column] = ()) -> tuple[Column, ...]:
    """The columns called ``names``, in their own order, the title always among them; the usual ones where none is."""
    there = (*COLUMNS, *own)
    wanted = {"title", *names} if any(column.name in names for column in there) else set(USUAL)
    return tuple(column for column in there if column.name in wanted)
