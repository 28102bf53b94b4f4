"""What is owed is embedded once, whatever happens in between."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.vectorstore.conftest import CLEANING, FILLER, WordVectors, document
from vectorstore.embeddings import Vectors
from vectorstore.passages import Passages
from vectorstore.records import About, PassagesError

Reopen = Callable[[WordVectors], Passages]


def many(contract: str, number: int) -> tuple[About, list[tuple[object, list[object]]]]:
    clauses = ((f"Article {n}", f"Clause {contract} numéro {n}." + FILLER) for n in range(number))
    return About(contract), [document(f"{contract}.pdf", *clauses)]  # type: ignore[list-item]


def test_a_text_is_embedded_once_for_all_contracts(store: Passages, model: WordVectors) -> None:
    store.replace(About("c1"), [document("a.pdf", *CLEANING)])
    store.replace(About("c2"), [document("b.pdf", *CLEANING)])
    assert store.owed() == 6
    assert store.work().done == 6
    assert len(model.embedded) == 3
    assert store.owed() == 0


def test_a_contract_read_again_owes_only_what_changed(store: Passages, model: WordVectors) -> None:
    store.replace(About("c1"), [document("a.pdf", *CLEANING)])
    store.work()
    store.replace(About("c1"), [document("a.pdf", *CLEANING[:2], ("Article 3 – Pénalités", "Néant." + FILLER))])
    assert store.owed() == 1
    store.work()
    assert len(model.embedded) == 4
    assert {hit.passage.text for hit in store.search("rien de commun")} >= {"Article 3 – Pénalités\nNéant." + FILLER}


def test_work_stops_when_it_is_told_and_goes_on_later(store: Passages, model: WordVectors) -> None:
    store.replace(*many("c1", 40))
    seen: list[tuple[int, int]] = []
    first = store.work(stop=lambda: True, progress=lambda done, owed: seen.append((done, owed)))
    assert 0 < first.done < 40
    assert seen == [(first.done, first.owed)]
    assert store.work().done == first.owed == 40 - first.done
    assert len(model.embedded) == 40


def test_killed_worker_loses_nothing_and_repeats_nothing(tmp_path: Path, store: Passages, reopen: Reopen) -> None:
    total = 400
    store.replace(*many("c1", total))
    log = tmp_path / "embedded.txt"
    code = (
        "import time; from pathlib import Path; from tests.vectorstore.conftest import WordVectors\n"
        "from vectorstore.passages import Passages\n"
        "class Slow(WordVectors):\n"
        "    def passages(self, texts):\n"
        f"        open({str(log)!r}, 'a').writelines(t.splitlines()[0] + chr(10) for t in texts)\n"
        "        time.sleep(0.02)\n"
        "        return super().passages(texts)\n"
        f"Passages.open(Path({str(tmp_path)!r}), embedder=Slow).work()\n"
    )
    kills = 0
    for lines in (40, 200):
        worker = subprocess.Popen([sys.executable, "-c", code])
        deadline = time.monotonic() + 30
        while (not log.exists() or log.read_text().count("\n") < lines) and time.monotonic() < deadline:
            time.sleep(0.005)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        kills += 1
    assert 0 < store.owed() < total
    embedded_by_killed = log.read_text().splitlines()
    model = WordVectors()
    again = reopen(model)
    assert again.work().owed == 0
    # a batch that was being embedded at a kill is made again, no other
    assert total <= len(embedded_by_killed) + len(model.embedded) <= total + kills * 16
    assert again._index.count() == total
    assert len({hit.passage.id for hit in again.search("clause numéro", k=total) if hit.rank_vector}) == total


def test_two_workers_do_not_embed_the_same(store: Passages, reopen: Reopen) -> None:
    started, go_on = threading.Event(), threading.Event()

    class Waiting(WordVectors):
        def passages(self, texts: Sequence[str]) -> Vectors:
            started.set()
            assert go_on.wait(20)
            return super().passages(texts)

    store.replace(About("c1"), [document("a.pdf", *CLEANING)])
    first = reopen(Waiting())
    thread = threading.Thread(target=first.work)
    thread.start()
    assert started.wait(20)
    second = store.work()
    assert (second.done, second.owed) == (0, 3)
    assert "Another process" in str(second.blocked)
    with pytest.raises(PassagesError, match="Another process"):
        store.rebuild()
    assert store.search("vitrerie")[0].rank_keyword == 1
    go_on.set()
    thread.join()
    assert store.owed() == 0


def test_text_that_changes_while_it_is_embedded_stays_owed(store: Passages, reopen: Reopen) -> None:
    changed = ("Article 1 – Objet du marché", CLEANING[0][1])

    class Meanwhile(WordVectors):
        def passages(self, texts: Sequence[str]) -> Vectors:
            if not self.embedded:
                store.replace(About("c1"), [document("a.pdf", changed)])
                store.remove("c2")
            return super().passages(texts)

    store.replace(About("c1"), [document("a.pdf", *CLEANING)])
    store.replace(About("c2"), [document("b.pdf", ("Article 1", "Tarif." + FILLER))])
    worker = reopen(Meanwhile())
    worker.work()
    assert worker.owed() == 0
    worker.work()
    assert worker._index.count() == 1
    assert [hit.passage.path for hit in worker.search("rien de commun")] == [("Article 1 – Objet du marché",)]


def test_index_of_another_model_is_noticed_and_rebuilt_on_request(store: Passages, reopen: Reopen) -> None:
    store.replace(About("c1"), [document("a.pdf", *CLEANING)])
    store.work()
    other = WordVectors("another-model")
    passages = reopen(other)
    state = passages.state()
    assert (state.stale, state.model, state.index_model) == (True, "another-model", "word-vectors")
    assert "contratheque reindex" in str(state.unavailable)
    assert passages.work().blocked == state.unavailable
    assert other.embedded == []
    assert all(hit.rank_vector is None for hit in passages.search("vitrerie"))

    passages.rebuild()
    assert passages.owed() == 3
    assert passages.work().done == 3
    state = passages.state()
    assert (state.stale, state.index_model, state.unavailable) == (False, "another-model", None)
    assert passages.search("vitrerie")[0].rank_vector == 1
    assert store.state().stale


def test_going_back_to_a_model_embeds_nothing_again(store: Passages, reopen: Reopen, model: WordVectors) -> None:
    store.replace(About("c1"), [document("a.pdf", *CLEANING)])
    store.work()
    other = reopen(WordVectors("another-model"))
    other.rebuild()
    other.work()
    store.rebuild()
    assert store.work().done == 3
    assert len(model.embedded) == 3


def test_lost_index_folder_is_filled_again_from_the_cache(
    tmp_path: Path, store: Passages, reopen: Reopen, model: WordVectors
) -> None:
    store.replace(About("c1"), [document("a.pdf", *CLEANING)])
    store.work()
    store.close()
    shutil.rmtree(tmp_path / "chroma")
    again = reopen(model)
    assert again.work().done == 3
    assert len(model.embedded) == 3
    assert again.search("vitrerie")[0].rank_vector == 1


def test_index_of_other_passages_is_not_searched(tmp_path: Path, store: Passages, reopen: Reopen) -> None:
    store.replace(About("c1"), [document("a.pdf", *CLEANING)])
    store.work()
    store.close()
    for file in tmp_path.glob("passages.db*"):
        file.unlink()
    again = reopen(WordVectors())
    again.replace(About("c1"), [document("a.pdf", *CLEANING)])
    assert "belongs to other passages" in str(again.state().unavailable)
    assert again.work().blocked is not None
