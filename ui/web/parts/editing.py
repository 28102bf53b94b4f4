"""A form for one value, made from the field's type: a person corrects what was read, or says what was not."""

from __future__ import annotations

import types
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import streamlit as st
from pydantic import BaseModel

from portfolio.schema import FieldSpec
from portfolio.values import Duration, Every, FromEvent, OnDate
from ui.web.shell import Shell

_VOCABULARIES = {
    "contract_type": "contract_type", "legal_nature.sector": "sector", "legal_nature.form": "form", "status": "status",
    "renewal.kind": "renewal", "price_revision.kind": "revision", "role": "role", "tax": "tax", "period": "period",
    "bound": "bound",
}  # fmt: skip
"""The catalogue's section that words the values of a closed vocabulary, by field or by part of one."""
_LONG = frozenset(("quote", "action", "late_interest", "termination", "price_revision.formula", "jurisdiction"))
_DUES = ((OnDate, "date"), (Every, "every"), (FromEvent, "event"))
_UNITS = ("years", "months", "days", "hours")


def editor(shell: Shell, field: FieldSpec, value: Any) -> Any:
    """Draws the inputs for a value of ``field``, filled with ``value``; gives what they say, None where left empty."""
    return _input(shell, field.name, field.type, value, f"edit-{field.name}")


def of_type(shell: Shell, label: str, kind: Any, value: Any, key: str) -> Any:
    """Draws the inputs for a value of a type, whatever it is called."""
    return _input(shell, label, kind, value, key)


def _input(shell: Shell, name: str, kind: Any, value: Any, key: str) -> Any:
    kind = _inner(kind)
    label = _label(shell, name)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _model(shell, kind, value, key)
    if kind is Duration:
        return _duration(shell, label, value, key)
    if kind is date:
        shown = "DD/MM/YYYY" if shell.texts.language == "fr" else "YYYY-MM-DD"
        return st.date_input(
            label, value, key=key, format=shown, min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)
        )
    if get_origin(kind) is Literal:
        options = list(get_args(kind))
        section = _VOCABULARIES.get(name, "language_name" if name == "language" else "")
        return st.selectbox(
            label,
            options,
            index=options.index(value) if value in options else None,
            format_func=lambda option: shell.texts.name(section, option) or shell.texts("edit.in_all"),
            key=key,
            placeholder=shell.texts("edit.none"),
        )
    if kind is int:
        return st.number_input(label, value=value, step=1, key=key)
    if kind is float:
        return st.number_input(label, value=value, step=None, format="%.2f", key=key)
    draw = st.text_area if name in _LONG else st.text_input
    said = draw(label, value or "", key=key, max_chars=4000)
    return said.strip() or None


def _model(shell: Shell, kind: type[BaseModel], value: BaseModel | None, key: str) -> Any:
    found: dict[str, Any] = {}
    for name, part in kind.model_fields.items():
        before = getattr(value, name, part.default if not part.is_required() else None)
        if name == "due":
            found[name] = _due(shell, before, f"{key}-{name}")
        else:
            annotation = part.annotation if not part.metadata else Annotated[part.annotation, *part.metadata]
            found[name] = _input(shell, name, annotation, before, f"{key}-{name}")
    return found if any(v is not None for n, v in found.items() if n != "currency") else None


def _duration(shell: Shell, label: str, value: Duration | None, key: str) -> str | None:
    """A number and its unit; ISO 8601, which the field validates."""
    unit = next((u for u in _UNITS if value is not None and getattr(value, u)), "months")
    count = getattr(value, unit) if value is not None else None
    number, measure = st.columns([1, 2])
    said = number.number_input(label, value=count, min_value=0, max_value=9999, step=1, key=key)
    chosen = measure.selectbox(
        shell.texts("edit.unit"),
        _UNITS,
        index=_UNITS.index(unit),
        format_func=lambda u: shell.texts(f"edit.{u}"),
        key=f"{key}-unit",
    )
    if said is None:
        return None
    return f"PT{said}H" if chosen == "hours" else f"P{said}{chosen[0].upper()}"


def _due(shell: Shell, value: Any, key: str) -> dict[str, Any] | None:
    kinds = ("none", "date", "every", "event")
    now = next((name for rule, name in _DUES if isinstance(value, rule)), "none")
    chosen = st.selectbox(
        shell.texts("edit.due"),
        kinds,
        index=kinds.index(now),
        format_func=lambda k: shell.texts(f"edit.due_{k}"),
        key=key,
    )
    if chosen == "date":
        day = _input(shell, "date", date, getattr(value, "date", None), f"{key}-date")
        return {"date": day} if day else None
    if chosen == "every":
        every = _duration(shell, shell.texts("edit.every"), getattr(value, "every", None), f"{key}-every")
        day = st.text_input(shell.texts("edit.month_day"), getattr(value, "month_day", None) or "", key=f"{key}-day")
        return {"every": every, "month_day": _month_day(day)} if every else None
    if chosen == "event":
        event = st.text_input(shell.texts("edit.event"), getattr(value, "event", ""), key=f"{key}-event")
        before = getattr(getattr(value, "offset", None), "negative", True)
        offset = _duration(shell, shell.texts("edit.offset"), getattr(value, "offset", None), f"{key}-offset")
        side = st.selectbox(
            shell.texts("edit.side"),
            ("before", "after"),
            index=0 if before else 1,
            format_func=lambda s: shell.texts(f"edit.{s}"),
            key=f"{key}-side",
        )
        return {"event": event.strip(), "offset": f"-{offset}" if side == "before" else offset} if offset else None
    return None


def _month_day(said: str) -> str | None:
    """`15/07` or `07-15` as the field wants it."""
    day, slash, month = said.strip().partition("/")
    return (
        f"{int(month):02d}-{int(day):02d}" if slash and day.isdecimal() and month.isdecimal() else said.strip()
    ) or None


def _inner(kind: Any) -> Any:
    """The type without `Annotated` and without None."""
    while True:
        origin = get_origin(kind)
        if origin is Annotated:
            kind = get_args(kind)[0]
        elif origin in (Union, types.UnionType):
            parts = [part for part in get_args(kind) if part is not type(None)]
            if len(parts) != 1:
                return kind
            kind = parts[0]
        else:
            return kind


def _label(shell: Shell, name: str) -> str:
    """A field's name, or that of a part of one."""
    leaf = name.replace(".", "_")
    said = shell.texts.name("field", leaf)
    return said if said != leaf else shell.texts.name("part", leaf)
