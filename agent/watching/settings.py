"""Which folders and mailboxes are watched: `watch.toml` in the data folder. It holds no password: those are in the
environment or in files of their own."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from portfolio.delivery.settings import loopback
from portfolio.errors import ContrathequeError

FILE = "watch.toml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class WatchedFolder(_Strict):
    """A folder with all below it. ``settle``: seconds for which a file has to be left alone before it is read."""

    name: str = Field(min_length=1, max_length=100)
    path: Path
    confidential: bool = False
    settle: float = Field(default=10, ge=0, le=3600)


class WatchedMailbox(_Strict):
    """A folder of an IMAP account. The password is the value of the environment variable ``password_env``, or the first
    line of the file ``password_file``. ``since_days``: at the first look, only mail that came in so many days."""

    name: str = Field(min_length=1, max_length=100)
    host: str = Field(min_length=1, max_length=255)
    port: int = Field(default=993, ge=1, le=65535)
    tls: Literal["implicit", "starttls", "none"] = "implicit"
    ca: Path | None = None
    """Certificates to trust instead of the system's."""
    user: str = Field(min_length=1, max_length=320)
    password_env: str | None = None
    password_file: Path | None = None
    folder: str = Field(default="INBOX", min_length=1, max_length=500)
    since_days: int | None = Field(default=None, ge=1)
    confidential: bool = False
    timeout: float = Field(default=60, gt=0, le=600)

    def password(self) -> str:
        """Raises ContrathequeError where none can be had; its text never holds one."""
        if self.password_env is not None:
            found = os.environ.get(self.password_env)
            if not found:
                raise ContrathequeError(f"{self.password_env} is not set: it is the password of mailbox {self.name}.")
            return found
        if self.password_file is None:
            raise ContrathequeError(f"Mailbox {self.name} has no password: set password_env or password_file.")
        try:
            return self.password_file.read_text(encoding="utf-8").splitlines()[0]
        except (OSError, UnicodeDecodeError, IndexError) as error:
            raise ContrathequeError(
                f"{self.password_file}, with the password of mailbox {self.name}, cannot be read."
            ) from error


class Watched(_Strict):
    """All that is watched; names are those that the notebook keeps."""

    folder: tuple[WatchedFolder, ...] = ()
    mailbox: tuple[WatchedMailbox, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.folder or self.mailbox)


def load(home: Path) -> Watched:
    """The settings of a data folder; nothing is watched where there is no file. Raises ContrathequeError."""
    path = home / FILE
    try:
        found = Watched.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Watched()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContrathequeError(f"{path} cannot be read: {error}. See docs/connect.md for how it is written.") from None
    except ValidationError as error:
        where = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise ContrathequeError(f"{path} says what cannot be: {where}. See docs/connect.md.") from None
    names = [*(one.name for one in found.folder), *(one.name for one in found.mailbox)]
    if len(set(names)) != len(names):
        raise ContrathequeError(f"{path} gives two places the same name; each needs a name of its own.")
    for box in found.mailbox:
        if box.tls == "none" and not loopback(box.host):
            raise ContrathequeError(f"Mailbox {box.name}: a password is never sent without encryption; set tls.")
    return found
