"""How fast passages are cut, stored, found and embedded: `python -m evals.bench.passages [passages]`.

Contracts are made up from a French vocabulary; vectors are random, so that only the engines are measured, but for the
speed of embedding, which is the bundled model's. Their few words make keyword search slower than real contracts do:
a question matches every passage.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import numpy as np

from vectorstore.chunks import split
from vectorstore.embeddings import EmbeddingsUnavailable, Vectors, bundled
from vectorstore.passages import Passages
from vectorstore.records import About, Filters, Section, Source
from vectorstore.tokens import counter

CLAUSES = 40
_STEMS = "contrat prestat dur résili pénal fact révis indic assur loc maintien nettoy livr garant litig"
_ENDINGS = "e es ation ations er ement ements eur eurs able ables if ifs ité ités"
_LITTLE = "le la les du de des à au aux et ou par pour sans dans sous est sont"
_VOCABULARY = [stem + ending for stem in _STEMS.split() for ending in _ENDINGS.split()] + _LITTLE.split() * 12


class RandomVectors:
    """Stands in for the model: a vector a text, at no cost."""

    name = "random"
    dimension = 384

    def __init__(self) -> None:
        self._random = np.random.default_rng(0)

    def passages(self, texts: Sequence[str]) -> Vectors:
        vectors = self._random.standard_normal((len(texts), self.dimension)).astype(np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def query(self, text: str) -> Vectors:
        vector: Vectors = self.passages([text])[0]
        return vector


def bench(passages: int) -> dict[str, float]:
    """Seconds, milliseconds and rates by name, for about so many passages."""
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder), passages)


def _measure(home: Path, passages: int) -> dict[str, float]:
    made = random.Random(0)  # noqa: S311
    documents = [_contract(made, number) for number in range(max(1, passages // CLAUSES))]
    count = counter(home / "tokens")
    found: dict[str, float] = {}

    start = time.perf_counter()
    cut = [split("c", source, sections, count) for source, sections in documents]
    characters = sum(len(section.text) for _, sections in documents for section in sections)
    found["cut_MB_per_s"] = characters / 1e6 / (time.perf_counter() - start)
    found["passages"] = sum(len(part) for part in cut)

    start = time.perf_counter()
    opened = Passages.open(home, embedder=RandomVectors)
    found["open_ms"] = 1000 * (time.perf_counter() - start)
    start = time.perf_counter()
    for number, document in enumerate(documents):
        opened.replace(About(f"c{number}", "services", "fr", (f"Site {number % 50}",)), [document])
    found["replace_ms_per_contract"] = 1000 * (time.perf_counter() - start) / len(documents)

    questions = [" ".join(made.choices(_VOCABULARY[:200], k=5)) for _ in range(30)]
    found["keyword_ms"] = _median_ms(lambda question: opened.search(question), questions)
    start = time.perf_counter()
    opened.work()
    found["index_per_s"] = found["passages"] / (time.perf_counter() - start)
    opened.search(questions[0])
    found["hybrid_ms"] = _median_ms(lambda question: opened.search(question), questions)
    one_site = Filters(site="site 7")
    found["hybrid_filtered_ms"] = _median_ms(lambda question: opened.search(question, one_site), questions)
    opened.close()

    try:
        model = bundled()
    except EmbeddingsUnavailable:
        return found
    texts = [passage.embed_text for passage in cut[0][:16]]
    model.query(questions[0])
    start = time.perf_counter()
    model.passages(texts)
    found["embed_passages_per_s"] = len(texts) / (time.perf_counter() - start)
    found["embed_query_ms"] = _median_ms(lambda question: model.query(question), questions)
    return found


def _contract(made: random.Random, number: int) -> tuple[Source, list[Section]]:
    sections: list[Section] = []
    start = 0
    for clause in range(CLAUSES):
        heading = f"Article {clause + 1} – {' '.join(made.choices(_VOCABULARY, k=3)).capitalize()}"
        sentences = (" ".join(made.choices(_VOCABULARY, k=18)).capitalize() + "." for _ in range(6))
        for kind, text in (("heading", heading), ("paragraph", " ".join(sentences))):
            sections.append(Section(text, (heading,), 1 + clause // 4, start, kind))
            start += len(text) + 1
    return Source(f"{number:064x}", f"contrat-{number}.pdf"), sections


def _median_ms(ask: Callable[[str], object], questions: Sequence[str]) -> float:
    times = []
    for question in questions:
        start = time.perf_counter()
        ask(question)
        times.append(1000 * (time.perf_counter() - start))
    return median(times)


if __name__ == "__main__":
    for name, value in bench(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000).items():
        print(f"{name:26} {value:12,.1f}")
