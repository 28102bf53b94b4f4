"""Parties by what stands around a name: what introduces it, what describes it, what it is called further on.

For contracts that introduce their parties in an order or with words that the surer rules do not know. A name is a
party where enough of these agree: legal form, public body, description right after it, registration number, word for
its role before or after it, place between parties.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.reading.grammar.names import has_legal_form, is_public, name_at, registrations
from agent.reading.reader import Quote
from agent.reading.rules.party_mentions import Mention, is_word_for_party
from agent.reading.rules.roles import Naming, is_third, role_of, role_of_label
from agent.reading.structure import Clause, fold, is_blank

_LEAST = 2.0
_LONGEST = 500
_START = re.compile(
    r"(?P<line>(?:^|[\n\t])[\s•*–—-]*(?:\(?(?:\d{1,2}|[a-d])[).°]\s*)?)|(?P<colon>:\s+)|"
    r"(?P<word>(?<!\w)(?:entre|soussignée?s?|et|and|between|by|avec|with|à|est|sont|is|pour|compte de|de|conclu|"
    r"d['’](?:une|autre) part)(?!\w)[\s,:]*)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\bentre\b|\bbetween\b|soussigne|\bparties\b|contractants?|comparu|partenaires|signataires|d'une part"
)
_PLACE_OF_PARTIES = re.compile(
    r"soussigne|parties|contractant|partenaires|signataire|identification|coordonnees|comparu"
)
_TITLE = re.compile(
    r"\b(?:societe|association|compagnie|cabinet|mutuelle|entreprise|cooperative|fondation|syndicat|monsieur|madame|"
    r"mme|m\.|maitre|docteur)\s*(?:[a-z]+ ){0,3}$"
)
_DESCRIBED = re.compile(
    r"[\s,(–-]*(?:s\.?a\.?s\b|s\.?a\.?r\.?l\b|s\.?a\b|societe\b|association\b|fondation|etablissement public|"
    r"collectivite|une? \w+ (?:\w+ )?(?:societe|association)|represent|dont le siege|ayant son|siege|au "
    r"capital|siren|"
    r"siret|rcs|immatricul|inscrit|demeurant|nee?\b|domicili|son epou|\d{1,4},? (?:bis |ter )?[a-z]|sise?\b|ci[- ]|"
    r"designe|denomme|\"|an? [a-z ]{0,30}(?:company|corporation|partnership)|incorporated|of \d|of [a-z]+, |whose|"
    r"having|registered|d'une part|d'autre part|\d{3} \d{3} \d{3}|reconnue|dite?\b|que "
    r"represente|[a-z][a-z-]+, (?:rcs|siren)|enregistre)"
)
_NO_PARTY_BEFORE = re.compile(
    r"(?:represente[es]{0,2} par[^.;\n]{0,60}|societe mere,?|filiale(?: a [\d% ]+)? "
    r"de|groupe|courtier|intermediaire|notaires?|"
    r"assureur du|r\.?c\.?s\.?(?: de)?|registre[^.;]{0,40}|aupres de|pour le compte de l'assureur|huissier|president|"
    r"gerante?|direct(?:eur|rice)[a-z ]*|greffe[a-z ]*|tribunal[a-z ]*|associe unique|actionnaire|detenue? par|"
    r"caution|garantie? par|a l'attention de|au profit de|precedent titulaire|parent company|subsidiary of)\W*"
    r"(?:son |sa |ses |la |le |l'|de |du )?(?:societe )?$"
)
_NO_PARTY_AFTER = re.compile(
    r"[^.;\n]{0,160}?(?:n'est pas partie|ne la rend pas partie|is not a "
    r"party|intermediaire)"
)
_SAID_BEFORE = re.compile(r"(?P<words>[a-z][a-z'() -]{2,48}?)\s*(?::|\b(?:est|sont|is|are)\b|\s[–-])\s*$")
_FOR_ROLE = re.compile(r"\bpour\s+(?P<words>(?:le|la|l')\s?[a-z' -]{3,40}?)\s*[:,–-]\s*$")
_GIVES = re.compile(r"\b(?:confie|commande|mandate|charge|achete|donn\w+ (?:a bail|mandat|en location))[^.;]{0,40}$")
_GIVES_NEXT = re.compile(r",? ?(?:qui |hereby )?(?:confie|commande|charge|mandate|achete|engages|appoints)")
_ACTS_FOR = re.compile(r"(?:pour le compte d[eu]|au nom de|agissant pour)\W*$")
_BETWEEN = re.compile(r"\b(?:entre|between)\s")
_BINDS = re.compile(r"soussigne|engage")
_JOINED = re.compile(r"(?:\bentre|\bbetween|\bet|\band)\W*$")
_SIGNS_FOR = re.compile(r"\b(?:pour|for)\W*$")
_ORGANISED = re.compile(
    r"(?:cabinet|etude|groupe|ets|etablissements|association|fondation|cooperative|mutuelle|clinique|garage|agence|"
    r"entreprise|societe|compagnie|syndicat|federation|transports|imprimerie|pharmacie)\b"
)
_CALLED = re.compile(
    r"(?:ci[- ](?:apres|dessous|dessus)|plus (?:loin|bas|avant)|par la "
    r"suite|denomm\w+|design\w+|appel\w+|hereinafter|"
    r"\bdite?)\b[^.;\n\"]{0,45}?(?:\"\s?|\b(?:le|la|les|the)\s|l')(?P<said>[a-z][a-z' -]{2,30}?)(?=[\s,;.)\"]|$)|"
    r"\"\s?(?P<quoted>(?:le |la |les |l'|the )?[^\"\n]{2,40}?)\s?\"|"
    r"(?:agi\w+[^.;\n]{0,20} comme|en qualite d[e']|en tant que|\bas)\s?(?:the |le )?(?P<acts>[a-z][a-z' -]{3,30}?)"
    r"(?=[\s,;.)]|$)|"
    r"[,(]\s*(?P<apposed>(?:le |la |l')?[a-z][a-z' -]{3,30}?)\s*(?:(?:a|de|in|of) [a-z' -]{2,25})?(?=[,).;\n]|$)"
)
_NOT_THE_START = re.compile(
    r"\W*(?:exposent|considerant|whereas|preambule|article (?:[2-9]|1\d)|il a ete|ont "
    r"convenu)"
)


@dataclass(frozen=True)
class _Stream:
    """A clause's blocks as one text, so that what follows on the next line is seen. ``starts``: of the blocks."""

    clause: Clause
    text: str
    folded: str
    starts: tuple[int, ...]

    def quote(self, start: int, end: int) -> Quote:
        place = bisect_right(self.starts, start) - 1
        block = self.clause.blocks[place]
        at = start - self.starts[place]
        return Quote(self.text[start:end], self.clause.document, block.start + at)


@dataclass(frozen=True)
class _Head:
    """A name that may begin a party's description."""

    start: int
    end: int
    line: int
    weak: bool


def cued(clauses: Sequence[Clause]) -> Iterator[Mention]:
    """The parties of ``clauses`` (in reading order), each with the role that the words around it give."""
    opened = False
    for clause in clauses:
        stream = _stream(clause)
        opened = opened or _PLACE_OF_PARTIES.search(fold(clause.heading)) is not None
        heads = list(_heads(stream))
        for place, head in enumerate(heads):
            if _NOT_THE_START.match(stream.folded, head.line):
                break
            opened = opened or _OPENS.search(stream.folded[max(0, head.line - 200) : head.start]) is not None
            until = heads[place + 1].start if place + 1 < len(heads) else len(stream.text)
            mention = _weighed(stream, head, min(until, head.end + _LONGEST), opened)
            if mention is not None:
                yield mention


def _stream(clause: Clause) -> _Stream:
    starts, at = [], 0
    for block in clause.blocks:
        starts.append(at)
        at += len(block.text) + 1
    text = "\n".join(block.text for block in clause.blocks)
    return _Stream(clause, text, fold(text), tuple(starts))


def _heads(stream: _Stream) -> Iterator[_Head]:
    reached = 0
    for match in _START.finditer(stream.text[:6000]):
        start = match.end()
        if start < reached:
            continue
        line = max(stream.text.rfind("\n", 0, start), stream.text.rfind("\t", 0, start)) + 1
        stop = re.compile(r"[\n\t]|$").search(stream.text, start)
        end = stop.start() if stop else len(stream.text)
        name = name_at(stream.text[start : min(end, start + 240)])
        if (
            name is None
            or is_blank(name.value)
            or is_word_for_party(name.value)
            or len(name.value) < 3
            or _BETWEEN.search(name.value)
        ):
            continue
        first, last = start + name.start, start + name.end
        lead = stream.folded[start:first]
        person = _TITLE.search(lead) is not None
        known = has_legal_form(stream.folded[first : last + 14]) or is_public(name.value) or person
        known = known or _ORGANISED.match(fold(name.value)) is not None
        inline = match["word"] and "\n" not in match[0]
        if known or not (inline or stream.folded[last : last + 3].lstrip().startswith(":")):
            reached = last
            yield _Head(first, last, line, weak=not known)


def _weighed(stream: _Stream, head: _Head, until: int, opened: bool) -> Mention | None:
    """The party at ``head``, described up to ``until``, where enough speaks for it."""
    name = stream.text[head.start : head.end]
    before = stream.folded[max(head.line, head.start - 90) : head.start]
    span = stream.folded[head.end : until]
    lead = _TITLE.sub("", re.sub(r"(?:la |le |les |l'|une? |the )$", "", before)).rstrip()
    lead = re.sub(r"\s(?:la|le|les|l'|une?)$", "", lead)
    if _NO_PARTY_BEFORE.search(lead) or _NO_PARTY_BEFORE.search(before) or _NO_PARTY_AFTER.match(span):
        return None
    naming, labelled = _introduced(stream, head, lead)
    if labelled and naming is None:
        return None
    called, defined = _called(span[:350])
    if called is None and _GIVES_NEXT.match(span):
        called = Naming("client", firm=False)
    number = next(iter(registrations(stream.folded[head.end : until])), None)
    described = _DESCRIBED.match(span) is not None
    score = (
        (0.0 if head.weak else 1.0)
        + 1.0 * described
        + 1.0 * (number is not None)
        + 1.0 * (called is not None or defined)
        + 1.5 * (naming is not None)
        + 0.5 * opened
        + 0.5 * (_JOINED.search(lead) is not None)
        + 1.0 * (stream.clause.is_signature and _SIGNS_FOR.search(lead) is not None)
    )
    if score < _LEAST + 0.5 * head.weak or (head.weak and not (described or number)):
        return None
    quotes = [stream.quote(head.start, head.end)]
    if number is not None:
        quotes.append(stream.quote(head.end + number.start, head.end + number.end))
    digits = number.value.digits if number else None
    weight = min(0.85, 0.35 + 0.12 * score)
    return Mention(name, tuple(quotes), naming or called, digits, weight, "parties.cues")


def _introduced(stream: _Stream, head: _Head, lead: str) -> tuple[Naming | None, bool]:
    """What the words before a name call it, and whether they call it somebody who is no party."""
    match = _SAID_BEFORE.search(lead) or _FOR_ROLE.search(lead)
    if match:
        words = match["words"].strip()
        naming = role_of_label(words) or role_of(words)
        return naming, naming is None and is_third(words)
    if _ACTS_FOR.search(lead) and _BINDS.search(stream.folded):
        buyer = is_public(stream.text[head.start : head.end])
        return Naming("client" if buyer else "supplier", firm=False), False
    if _GIVES.search(lead):
        return Naming("supplier", firm=False), False
    if stream.folded[head.line : head.start].strip(" •*–-()1234567890.lae'") in ("", "societ", "ssociation"):
        above = stream.folded[: head.line].rstrip("\n\t").rpartition("\n")[2]
        if 0 < len(above) <= 60:
            return role_of_label(above), is_third(above) and role_of_label(above) is None
    return role_of_label(stream.clause.heading), False


def _called(span: str) -> tuple[Naming | None, bool]:
    """What the description says the party is called further on, and whether it says so in quotes."""
    best: Naming | None = None
    defined = False
    for match in _CALLED.finditer(span):
        words = next(match[group] for group in ("said", "quoted", "acts", "apposed") if match[group])
        defined = defined or match["quoted"] is not None
        naming = role_of(words) or (role_of(words.split()[0]) if match["said"] or match["acts"] else None)
        if naming and (best is None or (naming.firm and not best.firm)):
            best = naming
    return best, defined
