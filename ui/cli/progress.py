"""The progress bar of long work: counts and remaining time."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ui.cli.app import errors


def progress_bar(out: Console) -> Progress:
    """A bar on the terminal that the report goes to; on stderr where the report goes to a file or another program."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=out if out.is_terminal else errors(),
        transient=True,
    )
