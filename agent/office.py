"""What an administrator sets of the agent: the language model's endpoint; and a contract erased wherever it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from agent.chat.talk import TalkStore
from agent.model.check import Checked, check
from agent.model.client import Access, new_run
from agent.model.settings import ENVIRONMENT, SECRET, ModelSettings, in_file, load, write
from agent.model.store import ModelStore
from portfolio.accounts.desk import Desk
from portfolio.errors import InvalidValue
from portfolio.register.erasing import Erased, erase
from vectorstore.passages import Passages


@dataclass(frozen=True)
class Setting:
    """A setting of the endpoint as it may be shown: of a secret, ``value`` says only that there is one.
    ``fixed``: the environment says it, it cannot be changed here."""

    name: str
    value: str | None
    variable: str
    secret: bool
    fixed: bool


class AgentOffice:
    """Made for administrators alone: raises NotAllowed for anybody else."""

    def __init__(self, desk: Desk, passages: Passages, home: Path, url: str | None) -> None:
        self._register = desk.register_for("administrator")
        self._desk, self._passages = desk, passages
        self._home, self._url = home, url

    def endpoint(self) -> tuple[Setting, ...]:
        """Raises ContrathequeError for settings that cannot be used."""
        settings, given, kept = load(self._home), ModelSettings().model_fields_set, in_file(self._home)
        return tuple(
            _setting(name, getattr(settings, name), name in given, name in kept or name in given)
            for name in ENVIRONMENT
        )

    def configured(self) -> bool:
        return load(self._home).configured

    def set(self, name: str, value: str | None) -> None:
        """Writes a setting into the data folder; None takes it out. Raises ContrathequeError, for secrets too."""
        write(self._home, name, value)

    def check(self) -> Checked:
        """Asks the endpoint one small question. Raises ModelError where none is configured."""
        settings = load(self._home)
        settings.require()
        return check(Access(settings, self._home, self._url, new_run()))

    def erase(self, ref: str, typed: str) -> Erased:
        """Erases a contract with its amendments: values, history, files, passages, the model's answers about it and the
        conversations that cite it. ``typed`` must be the contract's file stem. Raises NotFound, InvalidValue."""
        contract = self._desk.contract(ref)
        if typed.strip() != contract.stem:
            raise InvalidValue.of("erase_typed", stem=contract.stem)
        erased = erase(self._register, contract.id)
        for id_ in erased.contracts:
            self._passages.remove(id_)
        store = ModelStore(self._home, self._url)
        talk = TalkStore(self._home, self._url)
        try:
            store.forget(erased.files)
            talk.forget(erased.stems)
        finally:
            store.close()
            talk.close()
        return erased


def _setting(name: str, value: object, given: bool, said: bool) -> Setting:
    secret = name in SECRET
    shown = None if value is None else "•••" if secret else str(value)
    return Setting(name, shown if said or secret else None, ENVIRONMENT[name], secret, given)
