"""Hybrid search: passages by their words and by their meaning, fused by reciprocal rank."""

from __future__ import annotations

from collections.abc import Sequence

RANK_CONSTANT = 60
"""Cormack, Clarke and Büttcher, Reciprocal Rank Fusion, SIGIR 2009."""


def fuse(*rankings: Sequence[str]) -> list[tuple[str, float]]:
    """Ids with their summed reciprocal ranks, best first; what an earlier ranking put first wins a tie."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, id in enumerate(ranking, start=1):
            scores[id] = scores.get(id, 0.0) + 1 / (RANK_CONSTANT + rank)
    return sorted(scores.items(), key=lambda item: -item[1])
