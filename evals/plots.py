"""Plots of a run as SVG, drawn without a library so that the page needs nothing but a browser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from evals.report import by_group
from evals.run import Result
from evals.splits import SPLITS, Split
from evals.trust import JudgedFact, reliability
from evals.trust_tables import by_side

WIDTH, HEIGHT, MARGIN = 420, 260, 44
COLOURS: Mapping[Split, str] = {"development": "#9bb7d4", "held_out": "#1f4e79"}

Points = Sequence[tuple[float, float]]


def plots(results: Sequence[Result]) -> list[str]:
    """Scores by group, reliability, what can be accepted at which precision, time against length."""
    sides = by_side(results)
    drawn = [reliability_plot(sides), acceptance_plot(sides), time_plot(results)]
    return [groups_plot(results), *drawn] if any(result.labels for result in results) else drawn


def groups_plot(results: Iterable[Result]) -> str:
    """F1 a group, development beside held out."""
    rows = list(by_group(results).items())
    step = (WIDTH - 2 * MARGIN) / len(rows)
    marks = []
    for i, (row, scores) in enumerate(rows):
        left = MARGIN + i * step
        for j, side in enumerate(SPLITS):
            share = scores[side].f1 or 0.0
            top = _y(share)
            marks.append(
                f'<rect x="{left + j * step / 3:.1f}" y="{top:.1f}" width="{step / 3:.1f}" '
                f'height="{HEIGHT - MARGIN - top:.1f}" fill="{COLOURS[side]}"><title>{escape(row)}, '
                f"{side.replace('_', ' ')}: {100 * share:.1f}</title></rect>"
            )
        marks.append(f'<text x="{left + step / 3:.1f}" y="{HEIGHT - MARGIN + 14}" class="tick">{escape(row)}</text>')
    return _frame("F1 by group", "", marks, ticks=())


def reliability_plot(sides: Mapping[Split, Sequence[JudgedFact]]) -> str:
    """Confidence against the share that is right; on the diagonal the confidence is true."""
    marks = [_line([(0, 0), (1, 1)], "#bbb", dashed=True)]
    for side, facts in sides.items():
        points = [(found.expected, found.share) for found in reliability(facts)]
        marks += [_line(points, COLOURS[side]), *(_dot(point, COLOURS[side]) for point in points)]
    return _frame("Reliability: share that is right", "confidence", marks)


def acceptance_plot(sides: Mapping[Split, Sequence[JudgedFact]]) -> str:
    """Facts accepted unseen, the surest first, against how many of these are right."""
    marks = [_line([(0, 0.98), (1, 0.98)], "#bbb", dashed=True)]
    for side, facts in sides.items():
        ranked = sorted(facts, key=lambda fact: -fact.fact.confidence)
        right, points = 0, []
        for count, fact in enumerate(ranked, 1):
            right += fact.right
            if count == len(ranked) or ranked[count].fact.confidence < fact.fact.confidence:
                points.append((count / len(ranked), right / count))
        marks.append(_line(points, COLOURS[side]))
    return _frame("Precision of what is accepted unseen", "share of facts accepted", marks)


def time_plot(results: Iterable[Result]) -> str:
    """Reading time against length, each as a share of the greatest."""
    read = [(len(r.reading.text), r.reading.seconds[1], r.contract.split) for r in results if r.reading.text]
    longest = max((length for length, *_ in read), default=1)
    slowest = max((seconds for _, seconds, _ in read), default=0.0) or 1.0
    marks = [_dot((length / longest, seconds / slowest), COLOURS[side]) for length, seconds, side in read]
    return _frame(f"Reading time (top: {1000 * slowest:.0f} ms)", f"length (right: {longest:,} characters)", marks)


def _x(share: float) -> float:
    return MARGIN + share * (WIDTH - 2 * MARGIN)


def _y(share: float) -> float:
    return HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN)


def _line(points: Points, colour: str, *, dashed: bool = False) -> str:
    path = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    dashes = ' stroke-dasharray="4 4"' if dashed else ""
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>'


def _dot(point: tuple[float, float], colour: str) -> str:
    return f'<circle cx="{_x(point[0]):.1f}" cy="{_y(point[1]):.1f}" r="3" fill="{colour}"/>'


def _frame(title: str, below: str, marks: Iterable[str], ticks: Sequence[float] = (0.0, 0.5, 1.0)) -> str:
    axes = [
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(0)}" stroke="#555"/>',
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(0)}" y2="{_y(1)}" stroke="#555"/>',
        *(f'<text x="{_x(0) - 16}" y="{_y(share) + 4}" class="tick">{share:g}</text>' for share in (0.0, 0.5, 1.0)),
        *(f'<text x="{_x(share)}" y="{_y(0) + 14}" class="tick">{share:g}</text>' for share in ticks),
    ]
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">'
        f"<style>.tick {{ font: 10px sans-serif; text-anchor: middle }} .title {{ font: bold 13px sans-serif }}</style>"
        f'<text x="{MARGIN}" y="20" class="title">{escape(title)}</text>'
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 8}" class="tick">{escape(below)}</text>'
        f"{''.join(axes)}{''.join(marks)}</svg>"
    )
