"""The place of the words that a model copied: among the sentences that hold them, the one that speaks of the field.

Few words may stand in a contract more than once, and leave out the figure they decide about: the sentence around them
is what proves the value. A text that is not copied, and a duty, which is never quoted, find the sentence that says most
of them. What stands in no sentence is left to `agent.reading.locate`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from agent.reading.grammar import durations
from agent.reading.llm.themes import cues_of
from agent.reading.locate import whole
from agent.reading.reader import Quote
from agent.reading.sameness import letters, word_overlap
from agent.reading.structure import ContractView, Sentence, fold
from agent.reading.support import contradiction, due_is_said
from portfolio.errors import InvalidValue
from portfolio.schema import Amount, Obligation, Party, spec

_MOST = 0.6
"""Share of a duty's words, and of its document's, that a sentence has which tells it in other ones."""
_NEAR = 2
"""Sentences before and after a duty's own, of its clause, that may say when."""
_SUMS_UP = {"termination": 4, "price_revision.formula": 2, "late_interest": 2}
"""Fields whose text may sum up so many sentences."""
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


class Passages:
    """The sentences of ``view``, looked up by words of theirs."""

    def __init__(self, view: ContractView) -> None:
        self._view = view

    @cached_property
    def _letters(self) -> list[tuple[str, Sentence]]:
        return [(letters(sentence.text), sentence) for sentence in self._view.sentences]

    def quotes(self, field: str, raw: object, words: Sequence[str]) -> tuple[Quote, ...]:
        """``words`` as quotes that prove ``raw`` as well as their sentences can; blank ones quote nothing."""
        words = [one for one in words if one.strip()]
        if field == "obligations":
            return self._duty(raw)
        try:
            value = spec(field).validate(raw)
        except InvalidValue:
            return tuple(map(Quote, words))
        found = tuple(self._best(one, lambda text: _cued(field, value, text)) for one in words)
        if isinstance(value, str) and not any(sentence for _, sentence in found):
            return self._summed_up(field, value) or tuple(quote for quote, _ in found)
        if contradiction(field, value, "\n".join(quote.text for quote, _ in found)) is not None:
            found = tuple((sentence.quote() if sentence else quote, sentence) for quote, sentence in found)
        quotes = tuple(quote for quote, _ in found)
        if isinstance(value, Party) and value.registration:
            quotes += tuple(self._naming(value.registration, quotes))
        return quotes

    def described(self, term: str) -> str:
        """What the contract says before it calls a party by ``term``; ``term`` itself where it does not."""
        bare = re.sub(r"^(?:le |la |les |l'|the )", "", fold(term))
        definition = self._view.definitions.get(bare)
        return definition.expansion if definition and definition.kind == "party" else term

    def _duty(self, raw: object) -> tuple[Quote, ...]:
        """The sentence of the duty, and the nearest one that says when where it does not."""
        try:
            duty = spec("obligations").validate(raw)
        except InvalidValue:
            return ()
        held = [sentence for sentence, _ in self._holding(duty.quote)] or self._telling(duty)
        if not held:
            return (Quote(duty.quote),)
        own = max(held, key=lambda sentence: (_says_when(duty, sentence.text), _told(duty, sentence.text)))
        quotes = [own.quote()]
        if not _says_when(duty, own.text):
            beside = own.clause.sentences
            at = beside.index(own)
            near = sorted(range(max(0, at - _NEAR), min(len(beside), at + _NEAR + 1)), key=lambda n: abs(n - at))
            quotes += [beside[n].quote() for n in near if _says_when(duty, beside[n].text)][:1]
        return tuple(quotes)

    def _telling(self, duty: Obligation) -> list[Sentence]:
        """The sentences that have most of the words of a duty whose own none has as written."""
        return [
            sentence
            for sentence in self._view.sentences
            if _told(duty, sentence.text) >= _MOST
            and (duty.document is None or word_overlap(duty.document, sentence.text, of_first=True) >= _MOST)
        ]

    def _summed_up(self, field: str, text: str) -> tuple[Quote, ...]:
        """The sentences that say most words of ``text``, until half of them and all its figures are said; else none."""
        ranked = sorted(self._view.sentences, key=lambda sentence: -word_overlap(text, sentence.text, of_first=True))
        for many in range(1, _SUMS_UP.get(field, 1) + 1):
            words = "\n".join(sentence.text for sentence in ranked[:many])
            if contradiction(field, text, words) is None and _figures(text) <= _figures(words):
                return tuple(sentence.quote() for sentence in ranked[:many])
        return ()

    def _best(self, words: str, rank: Callable[[str], tuple[float, ...]]) -> tuple[Quote, Sentence | None]:
        """``words`` at their place in the sentence that ranks highest, of equals the first; and that sentence."""
        held = list(self._holding(words))
        if not held:
            return Quote(words), None
        sentence, match = max(held, key=lambda found: rank(found[0].text))
        return sentence.quote(*match.span()), sentence

    def _holding(self, words: str) -> Iterator[tuple[Sentence, re.Match[str]]]:
        pattern = re.compile(r"\s+".join(map(re.escape, fold(words).split())))
        for sentence in self._view.sentences:
            for match in pattern.finditer(sentence.folded):
                if whole(sentence.text, *match.span()):
                    yield sentence, match

    def _naming(self, registration: str, quotes: Sequence[Quote]) -> Iterator[Quote]:
        """The sentence that holds a company's number, where ``quotes`` do not."""
        number = registration[:9].lower()
        if not any(number in letters(quote.text) for quote in quotes):
            yield from [sentence.quote() for text, sentence in self._letters if number in text][:1]


def _cued(field: str, value: object, text: str) -> tuple[float, ...]:
    own, theme = cues_of(field)
    folded = fold(text)
    speaks = word_overlap(value.label, text, of_first=True) if isinstance(value, Amount) else len(own.findall(folded))
    return contradiction(field, value, text) is None, speaks, len(set(theme.findall(folded)))


def _told(duty: Obligation, text: str) -> float:
    """The share of a duty's words that ``text`` has."""
    return word_overlap(f"{duty.action} {duty.document or ''}", text, of_first=True)


def _says_when(duty: Obligation, text: str) -> bool:
    return duty.due is None or due_is_said(duty.due, text)


def _figures(text: str) -> frozenset[str]:
    """Numbers in digits and lengths of time, however they are written."""
    folded = fold(text)
    lengths = {str(found.value) for found in durations.find(folded)}
    return frozenset(lengths | {figure for figure in _FIGURE.findall(folded) if len(figure) > 1})
