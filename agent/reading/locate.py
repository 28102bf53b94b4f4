"""Evidence: where the words that a reader quotes stand in a document, or that they do not stand there.

A quote is looked for in four ways, the strictest first: at the offset that the reader gave, letter by letter anywhere,
after normalising (white space, hyphens inside words, typographic quotes and dashes, ligatures; letter case only when
nothing else fits), and with a few differing characters, for OCR. The last never changes a digit, a numeral, a unit of
time, a month or a negation. A word or a number is never cut: « 500 » is not found in « 1 500 ».
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from agent.documents.pages import Document
from agent.reading.reader import Dossier, Quote
from agent.reading.structure import fold
from portfolio.evidence import Alignment, Evidence

FUZZY_BOUND = 92.0
"""Percent of characters that a fuzzy quote shares with the document."""
_SHORTEST_FUZZY = 20
_SHORTEST_CASELESS = 4
"""Below it letter case counts: « SA » is not found in « sa »."""
_WORD_BOUND = 60.0
"""Percent of characters that a word read differently shares with the document's."""
_MOST_PLACES = 200
"""Places looked at for one quote or word, so that a frequent one stays cheap."""
_BIN = 32

Span = tuple[int, int]


def locate(quote: Quote, dossier: Dossier) -> Evidence | None:
    """The place of ``quote`` in its document, else in another of the dossier; None where no document says it."""
    wanted = quote.text.strip()
    if not wanted:
        return None
    documents = dossier.documents
    order = sorted(range(len(documents)), key=lambda index: index != quote.document)
    for search, alignment in _SEARCHES:
        for index in order:
            start = quote.start if index == quote.document else None
            span = search(_index(documents[index].text), wanted, start)
            if span is not None:
                return evidence(documents[index], *span, alignment)
    return None


def evidence(document: Document, start: int, end: int, alignment: Alignment = "exact") -> Evidence:
    """``document.text[start:end]`` as evidence; its page is that of its first word where words have positions."""
    boxes = document.boxes(start, end)
    return Evidence(
        document=document.sha256,
        quote=document.text[start:end],
        page=boxes[0].page if boxes else document.page_at(start),
        start=start,
        end=end,
        alignment=alignment,
        boxes=boxes,
    )


_SIGNS = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ´`′", "'"),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("–—‑‐−•", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
    }
)
_PIECE = re.compile(r"[A-Za-z0-9]+(?![\u0300-\u036f])|\s+|\S[\u0300-\u036f]*")
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True)
class _Normal:
    """A text without typography; its n-th character stands for ``original[starts[n]:ends[n]]``."""

    text: str
    starts: list[int]
    ends: list[int]

    @cached_property
    def lower(self) -> str:
        return "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)


def _normalise(text: str) -> _Normal:
    """White space is kept only between two digits, hyphens only beside a digit, where they carry meaning."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _PIECE.finditer(text):
        start, end = match.span()
        piece = match.group()
        if piece.isascii() and piece.isalnum():
            parts.append(piece)
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
            continue
        around = text[start - 1 : start].isdigit(), text[end : end + 1].isdigit()
        if piece.isspace():
            piece = " " if all(around) else ""
        else:
            piece = unicodedata.normalize("NFKC", piece).translate(_SIGNS)
            if piece == "-" and not any(around):
                piece = ""
        parts.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
    return _Normal("".join(parts), starts, ends)


@dataclass(frozen=True)
class _Index:
    """A document's text prepared for many searches; each part is built once, when first needed."""

    text: str

    @cached_property
    def normal(self) -> _Normal:
        return _normalise(self.text)

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def words(self) -> dict[str, list[int]]:
        """Where each word of the folded text begins."""
        places: dict[str, list[int]] = defaultdict(list)
        for match in _TOKEN.finditer(self.folded):
            places[match.group()].append(match.start())
        return places


@lru_cache(maxsize=8)
def _index(text: str) -> _Index:
    return _Index(text)


def _at_offset(index: _Index, wanted: str, start: int | None) -> Span | None:
    if start is None or not index.text.startswith(wanted, start):
        return None
    end = start + len(wanted)
    cut = any(index.text[at - 1 : at].isdigit() and index.text[at : at + 1].isdigit() for at in (start, end))
    return None if cut else (start, end)


def _exact(index: _Index, wanted: str, start: int | None) -> Span | None:
    spans = ((at, at + len(wanted)) for at in _occurrences(index.text, wanted))
    return _nearest(index.text, spans, start)


def _normalised(index: _Index, wanted: str, start: int | None) -> Span | None:
    normal, needle = index.normal, _normalise(wanted).text
    if not needle:
        return None
    spans = _original(normal, _occurrences(normal.text, needle), len(needle))
    found = _nearest(index.text, spans, start)
    if found is not None or len(needle) < _SHORTEST_CASELESS:
        return found
    lower = _normalise(wanted).lower
    return _nearest(index.text, _original(normal, _occurrences(normal.lower, lower), len(lower)), start)


def _original(normal: _Normal, places: Iterator[int], length: int) -> Iterator[Span]:
    return ((normal.starts[at], normal.ends[at + length - 1]) for at in places)


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    for _ in range(_MOST_PLACES):
        if at < 0:
            return
        yield at
        at = text.find(wanted, at + 1)


def _nearest(text: str, spans: Iterator[Span], start: int | None) -> Span | None:
    """The span that cuts no word or number: the first, or the one nearest to ``start``."""
    uncut = (span for span in spans if whole(text, *span))
    if start is None:
        return next(uncut, None)
    return min(uncut, key=lambda span: abs(span[0] - start), default=None)


_NUMBER_GOES_ON = re.compile(r"[.,]\d|\s\d{3}(?!\d)")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_SHORT_GROUP = re.compile(r"(?<!\d)\d{1,3}\s$")


def whole(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` begins and ends between words, and outside numbers like 1 500,00."""
    if _joined(text, start) or _joined(text, end):
        return False
    before, after = text[max(0, start - 5) : start], text[end : end + 5]
    if text[start].isdigit() and before:
        if len(before) > 1 and before[-1] in ".," and before[-2].isdigit():
            return False
        if _SHORT_GROUP.search(before) and _THOUSANDS.match(text, start):
            return False
    return not (text[end - 1].isdigit() and _NUMBER_GOES_ON.match(after))


def _joined(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _fuzzy(index: _Index, wanted: str, start: int | None) -> Span | None:
    """The best place where all but a few characters agree; searched only where rare words of the quote lie."""
    if len(wanted) < _SHORTEST_FUZZY:
        return None
    needle = fold(wanted)
    best: tuple[float, Span] | None = None
    for diagonal in _diagonals(index, needle):
        low = max(0, diagonal - _BIN)
        window = index.folded[low : diagonal + 2 * _BIN + len(needle) + len(needle) // 8]
        found = fuzz.partial_ratio_alignment(needle, window, score_cutoff=FUZZY_BOUND - 4)
        if found is None:
            continue
        span = _to_words(index.text, low + found.dest_start, low + found.dest_end)
        score = fuzz.ratio(needle, index.folded[slice(*span)])
        if (
            score >= FUZZY_BOUND
            and (best is None or score > best[0])
            and _same_sense(needle, index.folded[slice(*span)])
        ):
            best = score, span
    return best[1] if best else None


def _diagonals(index: _Index, needle: str) -> list[int]:
    """Offsets where the quote may begin, by the votes of its words, rare ones counting most."""
    votes: Counter[int] = Counter()
    for match in _TOKEN.finditer(needle):
        places = index.words.get(match.group(), ())
        if 0 < len(places) <= _MOST_PLACES:
            for place in places:
                votes[(place - match.start()) // _BIN] += 1000 // len(places)
    return [slot * _BIN for slot, _ in votes.most_common(4)]


def _to_words(text: str, start: int, end: int) -> Span:
    while _joined(text, start):
        start -= 1
    while _joined(text, end):
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_INNER_SPACE = re.compile(r"(?<=\d)\s+(?=\d)")
_GUARDED = frozenset((
    # numerals, units of time, months, negations and exceptions: a letter more or less changes the sense
    "un", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "vingt", "trente", "quarante", "cinquante", "soixante", "cent", "cents", "mille",
    "million", "millions", "milliard", "milliards", "premier", "premiere", "one", "two", "three", "four", "five",
    "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred",
    "thousand", "billion", "first", "second", "third", "jour", "jours", "semaine", "semaines", "mois", "trimestre",
    "trimestres", "semestre", "semestres", "an", "ans", "annee", "annees", "heure", "heures", "day", "days", "week",
    "weeks", "month", "months", "quarter", "quarters", "year", "years", "hour", "hours", "janvier", "fevrier", "mars",
    "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre", "january", "february",
    "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "ne", "n",
    "pas", "non", "sans", "ni", "jamais", "aucun", "aucune", "sauf", "hors", "avant", "apres", "maximum", "minimum",
    "not", "no", "never", "nor", "without", "none", "except", "before", "after",
))  # fmt: skip


def _same_sense(wanted: str, found: str) -> bool:
    """Whether two folded texts differ only by slips of letters: same figures, same guarded words, words alike."""
    if _figures(wanted) != _figures(found):
        return False
    mine, theirs = _TOKEN.findall(wanted), _TOKEN.findall(found)
    for code in Levenshtein.opcodes(mine, theirs):
        if code.tag == "equal":
            continue
        left, right = mine[code.src_start : code.src_end], theirs[code.dest_start : code.dest_end]
        if not _GUARDED.isdisjoint(left) or not _GUARDED.isdisjoint(right):
            return False
        if fuzz.ratio("".join(left), "".join(right)) < _WORD_BOUND:
            return False
    return True


def _figures(text: str) -> list[str]:
    return _FIGURES.findall(_INNER_SPACE.sub("", text))


_Search = Callable[[_Index, str, int | None], Span | None]
_SEARCHES: tuple[tuple[_Search, Alignment], ...] = (
    (_at_offset, "exact"),
    (_exact, "exact"),
    (_normalised, "normalised"),
    (_fuzzy, "fuzzy"),
)
