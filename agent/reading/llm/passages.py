"""The place of the few words that a model quotes: among the sentences that hold them, the one that says the value.

Few words may stand in a contract more than once, and leave out the figure they decide about: the sentence around them
is what proves the value. What stands in no sentence as quoted is left to `agent.reading.locate`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from agent.reading.llm.themes import THEMES
from agent.reading.locate import whole
from agent.reading.reader import Quote
from agent.reading.sameness import letters, word_overlap
from agent.reading.structure import ContractView, Sentence, fold
from agent.reading.support import contradiction, due_is_said
from portfolio.errors import InvalidValue
from portfolio.schema import Obligation, Party, spec

_CUES = {field: theme.cues for theme in THEMES for field in theme.fields}


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
        try:
            value = spec(field).validate(raw)
        except InvalidValue:
            return tuple(map(Quote, words))
        if isinstance(value, Obligation):
            return self._duty(value, words)
        found = tuple(self._best(one, lambda text: _cued(field, value, text)) for one in words)
        if contradiction(field, value, "\n".join(quote.text for quote, _ in found)) is not None:
            found = tuple((sentence.quote() if sentence else quote, sentence) for quote, sentence in found)
        quotes = tuple(quote for quote, _ in found)
        if isinstance(value, Party) and value.registration:
            quotes += tuple(self._naming(value.registration, quotes))
        return quotes

    def _duty(self, duty: Obligation, words: Sequence[str]) -> tuple[Quote, ...]:
        """The sentence of the duty, and those that other ``words`` stand in where it does not say when."""
        found: list[Quote] = []
        for one in words:
            if found and (duty.due is None or due_is_said(duty.due, found[0].text)):
                break
            quote, sentence = self._best(one, lambda text: _dutiful(duty, text))
            found.append(sentence.quote() if sentence else quote)
        return tuple(found)

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
    cues = _CUES.get(field)
    return contradiction(field, value, text) is None, len(set(cues.findall(fold(text)))) if cues else 0


def _dutiful(duty: Obligation, text: str) -> tuple[float, ...]:
    told = f"{duty.action} {duty.document or ''}"
    return duty.due is not None and due_is_said(duty.due, text), word_overlap(told, text, of_first=True)
