"""A run as one HTML page: plots and tables, nothing to be loaded from elsewhere."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from rich.console import Console
from rich.table import Table

from evals.plots import COLOURS, plots
from evals.run import Result

WIDTH = 200
"""Columns of the tables."""

_STYLE = """
body { font-family: sans-serif; margin: 2rem; color: #222 }
pre { font-family: monospace; font-size: 12px; overflow-x: auto }
svg { margin: 0 1rem 1rem 0 }
"""


def page(sets: Mapping[str, Sequence[Result]], tables: Mapping[str, Iterable[Table]]) -> str:
    """``sets`` and the ``tables`` to show of each, by the set's name."""
    key = ", ".join(f'<b style="color:{colour}">{side.replace("_", " ")}</b>' for side, colour in COLOURS.items())
    parts = [f"<p>Contracts are counted apart: {key}.</p>"]
    for name, results in sets.items():
        parts.append(f"<h2>{escape(name)}: {len(results)} contracts</h2>")
        parts += plots(results)
        parts.append(_html(tables[name]))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Contrathèque: evaluation</title>'
        f"<style>{_STYLE}</style></head><body><h1>Evaluation</h1>{''.join(parts)}</body></html>\n"
    )


def _html(tables: Iterable[Table]) -> str:
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    for table in tables:
        console.print(table)
    return console.export_html(inline_styles=True, code_format="<pre>{code}</pre>")
