"""Reads a dossier by asking a language model, in as few requests as its length allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, count
from typing import get_args

from agent.model.client import ModelClient
from agent.model.errors import ModelError
from agent.model.masking import Mask
from agent.model.request import Request
from agent.privacy import NEVER, ConfidentialContract
from agent.reading.llm.answers import Answers, value_of
from agent.reading.llm.passages import Passages
from agent.reading.llm.pieces import Call, Piece, pieces, plan, text_of
from agent.reading.llm.schemas import Lines, Reading, answered
from agent.reading.llm.themes import OBLIGATIONS, THEMES, Theme
from agent.reading.locate import locate
from agent.reading.reader import Candidate, Dossier, Problem, Statement
from agent.reading.rules import RulesReader, kind, language, parties, reference, title
from agent.reading.structure import ContractView, view
from portfolio.schema import ContractType, LegalForm, Period, Role, Sector, Status
from prompts.loader import load

NAME = "llm"
MOST = 40
"""Obligations listed in one answer; what is left is asked for from there on."""
ROUNDS = 12
"""Continuations of one list at most."""
HALVINGS = 3
"""How often a request whose answer was cut off is halved: a model that never comes to an end costs 15 requests."""
_OVERHEAD = 2_000
"""Tokens that instructions, schema and a base's terms take at most."""

_TOLD = {
    "most": str(MOST),
    "types": " ".join(get_args(ContractType)),
    "sectors": " ".join(get_args(Sector)),
    "forms": " ".join(get_args(LegalForm)),
    "states": " ".join(get_args(Status)),
    "roles": " ".join(get_args(Role)),
    "periods": " ".join(get_args(Period)),
}
"""What prompts name of the code."""

BaseTerms = Callable[[str], Sequence[str]]
"""What is known of the contract that an amendment says it changes, a line a term; empty where it is not known."""


def _no_terms(amends: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class _Asked:
    """What came of one request: the answers, each with its prompt, and the themes' problem where there is none."""

    answers: tuple[tuple[Reading, str], ...] = ()
    problems: tuple[tuple[Theme, ModelError], ...] = ()


class LlmReader:
    """``base_terms`` gives the terms of the contract that an amendment changes; ``themes`` are what is asked about."""

    name = NAME

    def __init__(
        self, client: ModelClient, base_terms: BaseTerms = _no_terms, themes: Sequence[Theme] = THEMES
    ) -> None:
        self._client = client
        self._themes = tuple(themes)
        self._base_terms = base_terms
        self._opening = RulesReader((language, title, reference, kind, parties))

    def read(self, dossier: Dossier) -> Statement:
        """Never raises for what the model or the endpoint does: that is among the statement's problems."""
        known = {candidate.field: candidate for candidate in reversed(self._opening.read(dossier))}
        laid_out = view(dossier)
        try:
            asking = _Asking(self._client, dossier, laid_out, known, self._base_terms)
        except ConfidentialContract as error:
            return Statement(problems=(Problem(NEVER, str(error)),))
        calls = plan(asking.pieces, asking.room, self._themes)
        if not calls:
            return Statement()
        with ThreadPoolExecutor(min(len(calls), self._client.settings.parallel)) as threads:
            done = list(threads.map(asking.ask, calls))
        answers = Answers([answer for asked in done for answer in asked.answers], asking.passages, asking.language)
        failed = {theme.name: error for asked in done for theme, error in asked.problems}
        covered = _fields([theme for theme in self._themes if theme.name not in failed])
        spoken = [known["language"]] if "language" in known else []
        problems = tuple(dict.fromkeys(Problem(error.reason, str(error)) for error in failed.values()))
        return Statement((*spoken, *answers.candidates()), covered, problems)


class _Asking:
    """The requests of one dossier."""

    def __init__(
        self,
        client: ModelClient,
        dossier: Dossier,
        laid_out: ContractView,
        known: Mapping[str, Candidate],
        base_terms: BaseTerms,
    ) -> None:
        self._client = client
        self._dossier = dossier
        self.language = str(known["language"].value) if "language" in known else "fr"
        self._subject = dossier.documents[0].sha256
        settings = client.settings
        self._max_output = min(settings.max_output, settings.context // 3)
        self.room = max(256, settings.context - self._max_output - _OVERHEAD)
        self.pieces = pieces(laid_out, client.count)
        self.passages = Passages(laid_out)
        whole = text_of(self.pieces)
        names = [c.value.name for c in self._opening_parties(known)] + list(dossier.companies)
        self._mask = Mask(names, active=settings.mask)
        self._mask.hide_text(whole)  # so that every request gives the same words the same sign
        self._boundary = boundary(whole)
        amends = known.get("amends")
        self._base = tuple(base_terms(str(amends.value))) if amends is not None else ()

    def _opening_parties(self, known: Mapping[str, Candidate]) -> Sequence[Candidate]:
        return [known["parties"]] if "parties" in known else []

    def ask(self, call: Call, halvings: int = HALVINGS) -> _Asked:
        """Asks, and asks on where the list of obligations goes on; a cut answer is asked for again in halves."""
        request = self._request(call)
        try:
            answer = self._client.ask(request, Lines, self._mask).value
        except ModelError as error:
            if error.reason == "truncated" and halvings and (halves := _halves(call)):
                return _joined([self.ask(half, halvings - 1) for half in halves])
            return _Asked(problems=tuple((theme, error) for theme in call.themes))
        reading = answered(answer, _fields(call.themes))
        asked = _Asked(((reading, request.prompt),))
        return _joined([asked, self._continued(call, reading)]) if OBLIGATIONS in call.themes else asked

    def _continued(self, call: Call, listed: Reading) -> _Asked:
        """The obligations after those listed, from where the last one stands in the text on."""
        found: list[_Asked] = []
        left = call.pieces
        for _ in range(ROUNDS):
            left = self._after(left, listed) if listed.more else ()
            if not left:
                break
            request = self._request(Call((OBLIGATIONS,), left))
            try:
                answer = self._client.ask(request, Lines, self._mask).value
            except ModelError as error:
                found.append(_Asked(problems=((OBLIGATIONS, error),)))
                break
            listed = answered(answer, OBLIGATIONS.fields)
            found.append(_Asked(((listed, request.prompt),)))
        return _joined(found)

    def _after(self, left: tuple[Piece, ...], listed: Reading) -> tuple[Piece, ...]:
        """The pieces from the one on that holds the last of ``listed`` that can be found; none where no progress."""
        for said in reversed([said for said in listed.facts if said.field == "obligations"]):
            quotes = self.passages.quotes(said.field, value_of(said), ())
            place = locate(quotes[0], self._dossier) if quotes else None
            if place is None:
                continue
            number = next(i for i, d in enumerate(self._dossier.documents) if d.sha256 == place.document)
            at, end = number, place.end
            rest = tuple(
                _from(piece, end) if piece.document == at and piece.start < end else piece
                for piece in left
                if (piece.document, piece.end) > (at, end)
            )
            return rest if len(text_of(rest)) < len(text_of(left)) else ()
        return ()

    def _request(self, call: Call) -> Request:
        language = self.language if self.language in ("fr", "en") else "en"
        frame = load("read", language)
        parts = [load(f"read_{theme.name}", language) for theme in call.themes]
        told = [part.render(**{name: _TOLD[name] for name in part.variables}) for part in parts]
        if self._base:
            base = load("read_base", language)
            parts.append(base)
            told.append(base.render(terms="\n".join(self._base)))
        ours = load("read_ours", language).render(names=", ".join(self._dossier.companies))
        system = frame.render(
            boundary=self._boundary, ours=ours if self._dossier.companies else "", themes="\n".join(told)
        )
        return Request(
            subject=self._subject,
            prompt="+".join(part.label for part in (frame, *parts)),
            system=system,
            user=f"{self._boundary}\n{call.text}\n{self._boundary}",
            schema=Lines,
            max_output=self._max_output,
        )


def boundary(text: str) -> str:
    """A line that ``text`` does not hold. It is the same for almost all texts, so that instructions are the same words
    in every request, which endpoints keep and charge less for."""
    return next(line for line in chain(["####"], (f"=={number}==" for number in count())) if line not in text)


def _fields(themes: Sequence[Theme]) -> frozenset[str]:
    return frozenset(field for theme in themes for field in theme.fields)


def _from(piece: Piece, offset: int) -> Piece:
    """What stands of ``piece`` after ``offset``; the whole of one that leaves struck lines out."""
    if len(piece.text) != piece.end - piece.start:
        return piece
    text = piece.text[offset - piece.start :]
    share = len(text) / max(1, len(piece.text))
    return Piece(piece.document, offset, piece.end, text, round(piece.tokens * share))


def _halves(call: Call) -> tuple[Call, ...]:
    """The request as two smaller ones: by themes, else by pieces; none where it is as small as can be."""
    for whole, part in ((call.themes, 0), (call.pieces, 1)):
        if len(whole) > 1:
            middle = len(whole) // 2
            pair = (whole[:middle], whole[middle:])
            return tuple(Call(half, call.pieces) if part == 0 else Call(call.themes, half) for half in pair)  # type: ignore[arg-type]
    return ()


def _joined(asked: Sequence[_Asked]) -> _Asked:
    return _Asked(
        tuple(answer for one in asked for answer in one.answers),
        tuple(problem for one in asked for problem in one.problems),
    )
