"""What the server does before it listens."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from portfolio.errors import ContrathequeError
from portfolio.register.store import Register
from ui.web import opened
from ui.web.warming import warm


def test_a_register_that_cannot_be_opened_is_left_for_the_page_to_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Register.open(tmp_path) as register, register.database.writing() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = 'v9999'"))
    monkeypatch.setenv("CONTRATHEQUE_HOME", str(tmp_path))
    warm()
    with pytest.raises(ContrathequeError, match="newer version"):
        opened.register()


def test_the_first_look_finds_the_register_open(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTRATHEQUE_HOME", str(home))
    warm()
    monkeypatch.setattr(Register, "open", lambda *_: pytest.fail("opened again"))
    assert len(opened.register().ids()) == 4
