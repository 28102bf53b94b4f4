import os
import sys
from pathlib import Path

from evals.bench import ask, ingest, material
from evals.bench.measure import median_ms, run


def test_contracts_have_the_length_asked_for_and_differ() -> None:
    for pages in (1, 10, 20):
        length = len(material.contract(pages, seed=1).text)
        assert pages * material.CHARACTERS_PER_PAGE <= length <= (pages + 1) * material.CHARACTERS_PER_PAGE
    assert material.contract(3, seed=1) == material.contract(3, seed=1)
    assert material.contract(3, seed=1).text != material.contract(3, seed=2).text


def test_a_folder_holds_pdfs_and_texts(tmp_path: Path) -> None:
    material.folder(tmp_path, 3, pages=1)
    assert [file.suffix for file in sorted(tmp_path.iterdir())] == [".txt", ".pdf", ".pdf"]
    assert next(tmp_path.glob("*.pdf")).read_bytes().startswith(b"%PDF")


def test_the_first_input_warms_up_and_the_middle_one_counts() -> None:
    times = iter([0.0, 1.0, 10.0, 13.0, 20.0, 22.0])
    seen: list[str] = []
    assert median_ms(seen.append, ["warm", "a", "b", "c"], lambda: next(times)) == 2000
    assert seen == ["warm", "a", "b", "c"]


def test_a_command_is_measured_with_its_children() -> None:
    child = "import time; held = bytearray(60_000_000); held[::4096] = b'x' * len(held[::4096]); time.sleep(0.6)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}]); print('done'); sys.exit(3)"
    done = run([sys.executable, "-c", parent], os.environ)
    assert (done.code, done.output.strip()) == (3, "done")
    assert 60 < done.peak_mb < 300
    assert done.seconds > 0.6


def test_bringing_in_a_folder_is_measured_with_what_became_of_its_files(tmp_path: Path) -> None:
    material.folder(tmp_path, 2, pages=1)
    figures = {figure.unit: figure for figure in ingest.folder(tmp_path)}
    assert figures["s"].note == "2 registered"
    assert figures["MB"].value > 50


def test_questions_are_timed_on_a_portfolio_with_passages() -> None:
    found = list(ask.ask(contracts=10, each=2))
    told = {", ".join(figure.case.split(", ")[:-2]): figure.value for figure in found}
    assert set(told) == {
        "the first question's wait for the contracts",
        "made ready beside the first questions",
        "a question, median",
        "a question, 95th percentile",
        "first word after the model's own, median",
        "first word after the model's own, 95th percentile",
    }
    assert all("20 passages" in figure.case for figure in found)
    assert told["a question, median"] <= told["a question, 95th percentile"]
