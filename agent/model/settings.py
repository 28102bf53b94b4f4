"""Which endpoint, which model, how patiently and how dearly: from the environment and `config.toml` in the data folder.

The environment goes before the file. The key comes from the environment alone, so that no file of the data folder and
no backup holds it. An endpoint is configured once a model is named: a key that lies about for another tool sends
nothing.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import tomlkit
from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from agent.model.errors import ModelError
from portfolio.errors import ContrathequeError

FILE = "config.toml"
SECTION = "model"


def _of(*names: str) -> AliasChoices:
    return AliasChoices(*names)


class ModelSettings(BaseSettings):
    """One attribute a setting; the variable of the environment is its first alias."""

    model_config = SettingsConfigDict(extra="ignore", populate_by_name=True, frozen=True)

    name: str | None = Field(None, validation_alias=_of("CONTRATHEQUE_MODEL"))
    """The model, or on Azure the deployment; None: no language model."""
    url: str | None = Field(None, validation_alias=_of("CONTRATHEQUE_MODEL_URL", "OPENAI_BASE_URL"))
    """Address of the endpoint, with `/v1`; without it, OpenAI's."""
    api_key: SecretStr | None = Field(None, validation_alias=_of("CONTRATHEQUE_API_KEY", "OPENAI_API_KEY"))
    api_version: str | None = Field(None, validation_alias=_of("CONTRATHEQUE_MODEL_API_VERSION"))
    """Azure's dated interface, where the address is not its `/openai/v1`."""
    embedding: str | None = Field(None, validation_alias=_of("CONTRATHEQUE_EMBEDDING_MODEL"))
    """The endpoint's embedding model, or on Azure its deployment; None: vectors are made on this machine."""
    context: int = Field(32_000, ge=1024, validation_alias=_of("CONTRATHEQUE_MODEL_CONTEXT"))
    """Tokens that the model takes, question and answer together."""
    max_output: int = Field(8_000, ge=128, validation_alias=_of("CONTRATHEQUE_MODEL_MAX_OUTPUT"))
    """Tokens of one answer at most."""
    temperature: float | None = Field(None, ge=0, le=2, validation_alias=_of("CONTRATHEQUE_MODEL_TEMPERATURE"))
    """How freely the model words its answers; None: as the endpoint has it, since some models take no other."""
    parallel: int = Field(8, ge=1, le=256, validation_alias=_of("CONTRATHEQUE_MODEL_PARALLEL"))
    """Requests under way at the same time, of all reading processes together."""
    timeout: float = Field(180.0, gt=0, validation_alias=_of("CONTRATHEQUE_MODEL_TIMEOUT"))
    """Seconds that one answer may take."""
    patience: float = Field(300.0, ge=0, validation_alias=_of("CONTRATHEQUE_MODEL_PATIENCE"))
    """Seconds that one request is tried again for, the server's hints included."""
    price_input: float | None = Field(None, ge=0, validation_alias=_of("CONTRATHEQUE_PRICE_INPUT"))
    """What a million tokens sent cost, in `currency`."""
    price_output: float | None = Field(None, ge=0, validation_alias=_of("CONTRATHEQUE_PRICE_OUTPUT"))
    """What a million tokens received cost."""
    price_embedding: float | None = Field(None, ge=0, validation_alias=_of("CONTRATHEQUE_PRICE_EMBEDDING"))
    """What a million tokens sent to the embedding model cost."""
    currency: str = Field("EUR", validation_alias=_of("CONTRATHEQUE_PRICE_CURRENCY"))
    spending_limit: float | None = Field(None, ge=0, validation_alias=_of("CONTRATHEQUE_SPENDING_LIMIT"))
    """The most that a calendar month may cost, in `currency`; needs the prices."""
    mask: bool = Field(False, validation_alias=_of("CONTRATHEQUE_MASK"))
    """Names, IBANs, e-mail addresses and telephone numbers are masked before a text is sent."""

    @property
    def configured(self) -> bool:
        """A model is named, and there is an address or a key to ask it by."""
        return self.name is not None and (self.url is not None or self.api_key is not None)

    @property
    def host(self) -> str:
        """Where texts are sent: host and port, without user or path."""
        if self.url is None:
            return "api.openai.com"
        parts = urlsplit(self.url)
        return f"{parts.hostname or self.url}{f':{parts.port}' if parts.port else ''}"

    @property
    def priced(self) -> bool:
        return self.price_input is not None and self.price_output is not None

    def cost(self, sent: int, received: int) -> float | None:
        """What so many tokens cost; None where the prices are not known."""
        if self.price_input is None or self.price_output is None:
            return None
        return (sent * self.price_input + received * self.price_output) / 1_000_000

    def require(self) -> None:
        """Raises ModelError where no endpoint is configured."""
        if not self.configured:
            raise ModelError(
                "not_configured",
                "No language model is configured; set CONTRATHEQUE_MODEL and CONTRATHEQUE_MODEL_URL (and "
                "CONTRATHEQUE_API_KEY where the endpoint asks for one), or read with --reader rules.",
            )


ENVIRONMENT = {
    key: str(field.validation_alias.choices[0])
    for key, field in ModelSettings.model_fields.items()
    if isinstance(field.validation_alias, AliasChoices)
}
"""The variable of each setting."""
SECRET = frozenset(("api_key",))


def load(home: Path) -> ModelSettings:
    """The settings that hold for the data folder ``home``. Raises ContrathequeError naming a wrong one."""
    given = in_file(home)
    try:
        from_environment = ModelSettings()
        chosen = {key: getattr(from_environment, key) for key in from_environment.model_fields_set}
        settings = ModelSettings(**(given | chosen))
    except ValidationError as error:
        first = error.errors()[0]
        where = str(first["loc"][0])
        raise ContrathequeError(
            f"The setting {where} ({ENVIRONMENT.get(where, where)}) cannot be used: {first['msg']}. Correct it in the "
            f"environment or in {home / FILE}."
        ) from error
    if settings.spending_limit is not None and not settings.priced:
        raise ContrathequeError(
            "A spending limit needs the prices: set CONTRATHEQUE_PRICE_INPUT and CONTRATHEQUE_PRICE_OUTPUT, what a "
            "million tokens cost."
        )
    return settings


def in_file(home: Path) -> dict[str, Any]:
    """What `config.toml` says of the model. Raises ContrathequeError where it cannot be used."""
    file = home / FILE
    if not file.is_file():
        return {}
    try:
        section = tomllib.loads(file.read_text(encoding="utf-8")).get(SECTION, {})
    except (ValueError, OSError) as error:
        raise ContrathequeError(f"{file} cannot be read: {error}. Correct it, or delete it.") from error
    for key in section:
        check_key(key, str(file))
    return dict(section)


def check_key(key: str, where: str) -> None:
    """Raises ContrathequeError for a setting that there is not, or that is a secret."""
    if key in SECRET:
        raise ContrathequeError(
            f"{where}: {key} is a secret and is not kept in a file; set {ENVIRONMENT[key]} in the environment."
        )
    if key not in ModelSettings.model_fields:
        known = ", ".join(name for name in ModelSettings.model_fields if name not in SECRET)
        raise ContrathequeError(f"{where}: there is no setting « {key} »; the settings are: {known}.")


def write(home: Path, key: str, value: str | None) -> None:
    """Sets ``key`` in `config.toml` (takes it out where ``value`` is None). Raises ContrathequeError for a setting that
    there is not, a secret, or a value that cannot be."""
    file = home / FILE
    check_key(key, "contratheque config")
    section = in_file(home)
    section.pop(key, None)
    if value is not None:
        try:
            given: dict[str, Any] = {key: value}
            checked = ModelSettings(**given)
        except ValidationError as error:
            raise ContrathequeError(f"{key}: {error.errors()[0]['msg']} (given: {value[:60]!r}).") from error
        section[key] = getattr(checked, key)
    home.mkdir(parents=True, exist_ok=True)
    document = tomlkit.parse(file.read_text(encoding="utf-8")) if file.is_file() else tomlkit.document()
    document[SECTION] = section
    unfinished = file.with_suffix(".part")
    unfinished.write_text(tomlkit.dumps(document), encoding="utf-8")
    unfinished.replace(file)
