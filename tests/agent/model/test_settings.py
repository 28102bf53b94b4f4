"""Settings of the language model: the environment before the file, secrets in no file, a key alone sends nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.model.settings import ENVIRONMENT, load, write
from agent.readers import chosen
from portfolio.errors import ContrathequeError


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*ENVIRONMENT.values(), "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_a_key_that_lies_about_for_another_tool_sends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-x")
    assert not load(tmp_path).configured
    assert chosen(tmp_path, None).names == ("rules",)
    monkeypatch.setenv("CONTRATHEQUE_MODEL", "gpt-x")
    assert load(tmp_path).configured
    assert load(tmp_path).host == "api.openai.com"
    readers = chosen(tmp_path, None)
    assert (readers.choice, readers.names) == ("hybrid", ("rules", "llm"))


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "name", "from-file")
    write(tmp_path, "url", "http://user:pass@127.0.0.1:8000/v1")
    write(tmp_path, "parallel", "3")
    monkeypatch.setenv("CONTRATHEQUE_MODEL", "from-environment")
    settings = load(tmp_path)
    assert (settings.name, settings.parallel, settings.host) == ("from-environment", 3, "127.0.0.1:8000")
    write(tmp_path, "parallel", None)
    assert load(tmp_path).parallel == 8


def test_what_others_wrote_in_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("# ours\n[mail]\nfrom = 'x'\n", encoding="utf-8")
    write(tmp_path, "name", "m")
    assert "# ours" in (tmp_path / "config.toml").read_text(encoding="utf-8")
    assert load(tmp_path).name == "m"


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [("api_key", "sk-x", "is a secret"), ("colour", "red", "no setting"), ("context", "12", "greater than")],
)
def test_what_cannot_be_set_is_told(tmp_path: Path, key: str, value: str, said: str) -> None:
    with pytest.raises(ContrathequeError, match=said):
        write(tmp_path, key, value)
    assert not (tmp_path / "config.toml").exists()


def test_a_key_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[model]\napi_key = 'sk-x'\n", encoding="utf-8")
    with pytest.raises(ContrathequeError, match="CONTRATHEQUE_API_KEY"):
        load(tmp_path)


def test_a_spending_limit_needs_prices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTRATHEQUE_SPENDING_LIMIT", "10")
    with pytest.raises(ContrathequeError, match="CONTRATHEQUE_PRICE_INPUT"):
        load(tmp_path)


def test_a_model_that_is_asked_for_and_not_configured_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContrathequeError, match="CONTRATHEQUE_MODEL"):
        chosen(tmp_path, None, "hybrid")
