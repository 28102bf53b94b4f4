"""Where things are and how the agent works, from the environment (`CONTRATHEQUE_…`)."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Each setting is the environment variable `CONTRATHEQUE_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="CONTRATHEQUE_", extra="ignore")

    home: Path = Field(default_factory=lambda: Path.home() / ".contratheque")
    """The data folder: register, files, passages, vectors."""
    database_url: str | None = None
    """SQLAlchemy address of a PostgreSQL database; without it, SQLite in the data folder."""
    chroma_url: str | None = None
    """Address of a Chroma server; without it, an embedded one in the data folder."""
    lang: str = "fr"
    """Language of what is shown: `fr` or `en`."""
