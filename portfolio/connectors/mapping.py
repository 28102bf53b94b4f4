"""`odoo.toml` of the data folder: where Odoo is, and which column of the published tables fills which of its fields."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from portfolio.delivery.settings import loopback
from portfolio.errors import ContrathequeError
from portfolio.events import EventKind
from portfolio.exports.tables import TABLES

FILE = "odoo.toml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Server(_Strict):
    """``key_env``: the environment variable that holds the API key of the user."""

    url: str
    database: str
    user: str
    key_env: str = "ODOO_API_KEY"
    timeout: float = Field(default=30, gt=0, le=600)

    @model_validator(mode="after")
    def _private(self) -> Self:
        parts = urlsplit(self.url)
        if parts.scheme != "https" and not (parts.scheme == "http" and loopback(parts.hostname or "")):
            raise ValueError("a key is sent over https only")
        return self

    def key(self) -> str:
        """Raises ContrathequeError where it is not set."""
        found = os.environ.get(self.key_env)
        if not found:
            raise ContrathequeError(f"{self.key_env} is not set: it is the API key of {self.user} in Odoo.")
        return found


def _columns(table: str, fields: Mapping[str, str]) -> None:
    known = {column.name for column in TABLES[table].columns}
    for column in fields.values():
        if column not in known:
            raise ValueError(f"{table} has no column {column}; docs/bi.md lists them")


class Partners(_Strict):
    """``fields``: of `res.partner`, by the column of the table of parties that fills each."""

    fields: Mapping[str, str] = {"name": "name", "company_registry": "registration"}

    @model_validator(mode="after")
    def _known(self) -> Self:
        _columns("parties", self.fields)
        return self


class Contracts(_Strict):
    """``fields`` of ``model``, by the column of the table of contracts; ``partner``: its field for the first
    counterparty, None where it has none."""

    model: str = Field(default="account.analytic.account", pattern=r"^[a-z0-9_.]+$")
    partner: str | None = "partner_id"
    fields: Mapping[str, str] = {"name": "title", "code": "reference"}

    @model_validator(mode="after")
    def _known(self) -> Self:
        _columns("contracts", self.fields)
        return self


class Activities(_Strict):
    """Deadlines of ``kinds`` in the ``days`` ahead become activities of their contract; ``user``: the login of whose
    they are, the connector's own where None."""

    kinds: tuple[EventKind, ...] = ("notice", "end", "final_end", "renewal", "revision", "obligation")
    days: int = Field(default=90, ge=0, le=3660)
    user: str | None = None


class OdooMapping(_Strict):
    odoo: Server
    partner: Partners = Partners()
    contract: Contracts = Contracts()
    activity: Activities | None = Activities()


def load(home: Path) -> OdooMapping:
    """The mapping of a data folder. Raises ContrathequeError."""
    path = home / FILE
    try:
        return OdooMapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ContrathequeError(f"There is no {path}; docs/connect.md shows what it says.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContrathequeError(f"{path} cannot be read: {error}.") from None
    except ValidationError as error:
        where = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise ContrathequeError(f"{path} says what cannot be: {where}.") from None
