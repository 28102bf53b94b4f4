"""How a person sets the revision of a contract's price."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from portfolio.errors import InvalidValue
from portfolio.register import finding
from portfolio.register.models import ContractRow
from portfolio.register.store import Register
from portfolio.revision import formula
from portfolio.revision.index_csv import decimal
from portfolio.revision.rules import RevisionSetting, reading_rule
from portfolio.revision.settings import RevisionSettingRow

_NUMBERS = frozenset(("price", "cap_percent", "floor_percent", "safeguard_percent"))
_TABLES = frozenset(("base_values", "series"))


def save(register: Register, ref: str, new: RevisionSetting, who: str) -> None:
    """Sets how the price of a contract (of an amendment: of its base) is revised. Raises NotFound, InvalidValue."""
    if new.formula is not None:
        formula.parse(new.formula)
    with register.database.writing() as session:
        row = session.get_one(ContractRow, finding.contract_id(session, ref))
        session.merge(
            RevisionSettingRow(
                contract_id=row.base_id or row.id,
                setting=new.model_dump(mode="json", exclude_defaults=True),
                who=who,
                at=datetime.now(UTC),
            )
        )


def changed(before: RevisionSetting, pairs: dict[str, str]) -> RevisionSetting:
    """``before`` with values as people write them: `reading`: `M-3`; `rounding`: `3 up`; `base_values.S`: `109,6`;
    `cap_percent`: `3,5`; nothing takes a value back. Raises InvalidValue, naming the key."""
    values = before.model_dump(mode="json", exclude_defaults=True)
    for key, text in pairs.items():
        head, _, symbol = key.partition(".")
        if head not in RevisionSetting.model_fields or bool(symbol) != (head in _TABLES):
            keys = ", ".join(f"{k}.SYMBOL" if k in _TABLES else k for k in RevisionSetting.model_fields)
            raise InvalidValue(f"There is no setting « {key} »; the settings are: {keys}.")
        target, name = (values.setdefault(head, {}), symbol) if symbol else (values, key)
        if text.strip():
            target[name] = _read(head, text.strip())
        else:
            target.pop(name, None)
    try:
        return RevisionSetting.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InvalidValue(f"{where}: {first['msg']}.") from error


def _read(key: str, text: str) -> Any:
    match key:
        case "reading":
            return reading_rule(text).model_dump(mode="json")
        case "rounding" | "price_rounding":
            places, _, way = text.partition(" ")
            return {"places": places, "way": way.strip() or "nearest"}
        case "base_values":
            return str(decimal(text))
        case _ if key in _NUMBERS:
            return str(decimal(text.removesuffix("%")))
        case _:
            return text
