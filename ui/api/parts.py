"""The parts of the product that all requests of one process share, opened once."""

from __future__ import annotations

from functools import cached_property

from agent.intake import Intake
from agent.model.embedding import open_passages
from agent.readers import chosen
from agent.settings import Settings
from portfolio.register.store import Register
from ui.api.door import Door
from ui.api.limits import Limits
from ui.api.metrics import Metrics
from ui.api.oidc import Issuer
from ui.api.settings import ApiSettings
from vectorstore.passages import Passages


class Parts:
    """``local``: only this machine can reach the API. Passages are opened by the first who searches."""

    def __init__(self, settings: Settings, api: ApiSettings, *, local: bool) -> None:
        self.settings = settings
        self.api = api
        self.register = Register.open(settings.home, settings.database_url)
        issuer = Issuer(api.oidc_issuer, api.oidc_audience) if api.oidc_issuer and api.oidc_audience else None
        self.door = Door(self.register, issuer, local=local)
        self.limits = Limits(api.rate, api.failures)
        self.metrics = Metrics()

    @cached_property
    def passages(self) -> Passages:
        return open_passages(self.settings.home, self.settings.database_url, self.settings.chroma_url)

    @cached_property
    def intake(self) -> Intake:
        """Begins to read what an earlier process left."""
        opened = Intake(self.register, self.passages, self.settings.home)
        opened.resume(readers=chosen(self.settings.home, self.settings.database_url))
        return opened

    def close(self) -> None:
        if "passages" in self.__dict__:
            self.passages.close()
        self.register.close()
