"""Who is who in a contract: the words that stand for a party, found in a sentence, and who is meant by a pronoun."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from agent.reading.definitions import Definition
from agent.reading.rules import cast_names, cast_voices
from agent.reading.rules.known import Known
from agent.reading.rules.roles import OPPOSITE, role_of
from agent.reading.sameness import name_words, same_name
from agent.reading.structure import ContractView, Sentence, fold
from portfolio.schema import Party, Role

_NOUN = re.compile(
    r"\b(?P<article>(?:de |a |par )?(?:le|la|l'|les|the|chaque|each)|du|des|au|aux|nos|notre|votre|our|your|un|une)\s?"
    r"(?P<noun>maitre d(?:e l)?'o(?:uvrage|euvre)|[a-z][a-z-]{2,}(?:(?: de| d'| des| du)?[ ']?[a-z][a-z-]{2,}){0,2})"
)
_BARE = re.compile(
    r"(?<!the )\b(?P<noun>supplier|customer|client|provider|contractor|vendor|consultant|licensor|licensee|landlord|"
    r"tenant|lessor|"
    r"lessee|insurer|insured|employer|employee|buyer|seller|purchaser|subscriber|recipient|distributor|manufacturer|"
    r"franchisee|"
    r"franchisor)(?= (?:shall|will|must|agrees|undertakes|is|has|may|further|also|hereby)\b)"
)
"""English contracts name parties without an article: `Supplier shall`."""
_ARTICLE = re.compile(r"^(?:le |la |l'|les |the )")
_COLUMN = re.compile(
    r"nom|denomination|raison|designation|societe|partie|party|name|contractant|mention|reponse|"
    r"identi|signataire|qui\b|^(?:par|de|pour|a|by|from|to|who)\b|responsab|debiteur|charge|incombe|owner|destinataire"
)
_NO_NAMES = frozenset(
    ("partie", "parties", "party", "the parties", "nous", "vous", "we", "us", "you", "contrat", "agreement")
)
_GENERIC: frozenset[Role] = frozenset(
    ("client", "supplier", "landlord", "tenant", "insurer", "insured", "employer", "employee")
)
_NOT_A_PARTY = frozenset((
    "entreprise", "societe", "agent", "associe", "administration", "departement", "region", "principal", "foundation",
    "utilisateur", "candidat", "executive", "emetteur", "destinataire", "compagnie", "commune", "ville", "collectivite",
    "beneficiaire", "gestionnaire", "etablissement", "hopital", "exploitant", "mandataire", "clinique", "recepteur",
))  # fmt: skip
"""Words that stand for a party only where the contract says so, or where only one party can bear them."""
CALLED_SO = frozenset(("entreprise", "exploitant", "gestionnaire"))
"""Of these, the words that stand for the one who performs where its name could not be read; they are no name."""
_SHORTEST_NAME = 4
_COMMON = frozenset((
    "service", "services", "grand", "grande", "groupe", "group", "centre", "center", "syndicat", "union", "national",
    "nationale",
    "general", "generale", "international", "compagnie", "entreprise", "entreprises", "transports", "travaux",
    "office",
    "direction", "ministere", "institut", "university", "global", "first", "american", "united",
))  # fmt: skip
"""First words of names that are no name by themselves."""
_CALLED = re.compile(r"\"\s?(?:le |la |l'|les |the )?(?P<term>[a-z][a-z -]{2,30}?)\s?\"")
_SCANNED = 80
"""Sentences looked through for the word by which a contract calls a party that it does not name."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A party named in ``text[start:end]``; ``lead`` is the article or preposition right before the name."""

    name: str
    start: int
    end: int
    lead: str

    @property
    def is_subject(self) -> bool:
        """The name may be the subject of a verb: no preposition binds it."""
        return self.lead in ("", "le", "la", "l'", "les", "the", "chaque", "each", "nous", "vous")


@dataclass
class Cast:
    """The parties and every word that stands for one of them. ``aliases``: folded words to the party's name."""

    parties: tuple[Party, ...]
    aliases: dict[str, str] = field(default_factory=dict)
    _told: dict[str, tuple[Mention, ...]] = field(default_factory=dict, repr=False)
    """The mentions of every text asked for: a sentence is asked several times."""

    unnamed: str | None = None
    """How the contract calls the other side where it names only one."""

    kinds: dict[str, str] = field(default_factory=dict)
    """What kind of house a party is (`office`, `lycée`), for where the contract calls it so."""

    speaker: str | None = None
    """Who says « nous » or « je »: by definition, or as the writer of the letter or mail that is the contract."""

    leader: str | None = None
    """Who leads several parties in one role (`mandataire du groupement`)."""

    addressee: str | None = None
    """Who is « vous » by definition."""

    @classmethod
    def of(cls, view: ContractView, known: Known) -> Cast:
        """The cast of a contract, from the parties read so far, its defined terms, and the words of their roles."""
        parties: list[Party] = []
        for party in known.values("parties"):
            if not any(same_name(party.name, other.name) for other in parties):
                parties.append(party)
        cast = cls(tuple(parties))
        for party in parties:
            cast._name(party, parties)
        for definition in view.defined:
            if definition.kind == "party":
                cast._define(definition)
        for sentence in view.sentences[:_SCANNED]:
            cast._introduce(sentence)
        for short, name in cast_names.initials(parties, "\n".join(d.text for d in view.dossier.documents)):
            cast.aliases.setdefault(short, name)
        cast.kinds = cast_names.kinds(view.sentences[:_SCANNED], parties)
        cast.leader = cast_names.leader(view.sentences[:_SCANNED], parties)
        cast._call_the_unnamed(view)
        cast._listen(view)
        return cast

    def _listen(self, view: ContractView) -> None:
        self.speaker, self.addressee = cast_voices.defined(view.sentences, self._named)
        if self.speaker is None and self.addressee is not None:
            self.speaker = self.other(self.addressee)
        if self.speaker is None:
            self.speaker = cast_voices.letter_writer(view.sentences, self._named, self.other)
        sender = view.dossier.documents[0].properties.get("from", "")
        if self.speaker is None and sender:
            folded = fold(sender)
            self.speaker = next((name for alias, name in self.aliases.items() if alias in folded), None)
            self.speaker = self.speaker or cast_voices.by_address(sender, self.parties)

    def _named(self, folded: str) -> tuple[str, ...]:
        return tuple(mention.name for mention in self.mentions(folded))

    def _introduce(self, sentence: Sentence) -> None:
        """Names that stand beside a party's: the head of its column, `que nous appellerons « l'Ambulancier »`."""
        if sentence.block.kind == "table_row":
            for head, cell in zip(sentence.block.heads, sentence.block.cells, strict=False):
                holder = self.aliases.get(fold(cell).strip()) or self.aliases.get(fold(cell).partition(",")[0].strip())
                for term in cast_names.of_head(head):
                    term = _ARTICLE.sub("", term)
                    if holder and 2 <= len(term) <= 40 and not _COLUMN.search(term):
                        self.aliases.setdefault(term, holder)
            return
        for short, holder in cast_names.acronyms(sentence, self.aliases):
            self.aliases.setdefault(short, holder)
        if '"' not in sentence.folded:
            return
        places = sorted((sentence.folded.find(alias), name) for alias, name in self.aliases.items())
        for called in _CALLED.finditer(sentence.folded):
            before = [name for place, name in places if 0 <= place < called.start()]
            if before and called["term"] not in self.aliases and called["term"] not in _NO_NAMES:
                self.aliases[called["term"]] = before[-1]

    def _call_the_unnamed(self, view: ContractView) -> None:
        """Where only one side is named (a client's specifications), the other is called by its role (« Titulaire »)."""
        if len(self.parties) != 1:
            return
        missing = OPPOSITE[self.parties[0].role]
        for sentence in view.sentences:
            for match in _NOUN.finditer(sentence.folded):
                term = match["noun"].split(" ")[0]
                if _role(term) == missing and term not in _NOT_A_PARTY:
                    self.unnamed = term.capitalize()
                    return

    def _name(self, party: Party, parties: Sequence[Party]) -> None:
        words = name_words(party.name)
        self.aliases[fold(party.name)] = party.name
        self.aliases[" ".join(words)] = party.name
        others = {word for other in parties if other is not party for word in name_words(other.name)}
        first = next((word for word in words if len(word) >= _SHORTEST_NAME), None)
        if first and first not in others and first not in _COMMON and role_of(first) is None:
            self.aliases[first] = party.name

    def _define(self, definition: Definition) -> None:
        term = _ARTICLE.sub("", definition.folded_name)
        if term in _NO_NAMES:
            return
        expansion = fold(definition.expansion)
        places = [(expansion.rfind(alias), name) for alias, name in self.aliases.items() if alias in expansion]
        if places:
            self.aliases.setdefault(term, max(places)[1])
        elif (naming := role_of(term)) is not None and (holder := self.holder(naming.role)) is not None:
            self.aliases.setdefault(term, holder)

    def holder(self, role: Role) -> str | None:
        """The one party in ``role``; a role that no party has falls to the one whose role is « other »."""
        holders = [party.name for party in self.parties if party.role == role]
        return holders[0] if len(holders) == 1 else None

    def opposed(self, role: Role) -> bool:
        """Whether some party has the opposite role: of two landlords' kinds of papers, only in a lease."""
        return any(party.role == OPPOSITE[role] for party in self.parties) or len(self.parties) == 1

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _alternation(tuple(sorted(self.aliases, key=len, reverse=True)))

    def mentions(self, folded: str) -> tuple[Mention, ...]:
        """The parties named in folded text, in order, without overlaps."""
        found = self._told.get(folded)
        if found is None:
            found = self._told[folded] = self._find(folded)
        return found

    def _find(self, folded: str) -> tuple[Mention, ...]:
        found: list[Mention] = []
        if self.aliases:
            found += [
                Mention(self.aliases[m["name"]], m.start("name"), m.end(), (m["lead"] or "").strip())
                for m in self._pattern.finditer(folded)
            ]
        at = 0
        while (match := _NOUN.search(folded, at)) is not None:
            meant = self._noun(match["noun"])
            start = match.start("noun")
            if meant is None:
                at = start + len(match["noun"].partition(" ")[0])
                continue
            name, length = meant
            at = start + length
            if not any(m.start < start + length and start < m.end for m in found):
                found.append(Mention(name, start, start + length, match["article"].strip()))
        for match in _BARE.finditer(folded):
            meant = self._noun(match["noun"])
            if meant is not None and not any(m.start < match.end() and match.start() < m.end for m in found):
                found.append(Mention(meant[0], match.start(), match.end(), ""))
        return tuple(sorted(found, key=lambda mention: mention.start))

    def _noun(self, noun: str) -> tuple[str, int] | None:
        """Whom a noun (its longest beginning that is a word for a role) stands for, and how long it is."""
        words = noun.split(" ")
        for count in range(len(words), 0, -1):
            term = " ".join(words[:count])
            if term in self.kinds:
                return self.kinds[term], len(term)
            naming = _role(term)
            if naming is not None:
                name = self.by_role(naming, term)
                return (name, len(term)) if name else None
        return None

    def by_role(self, role: Role, term: str) -> str | None:
        """The party in ``role``; where none is known, the contract's own word for it (« Titulaire »)."""
        holder = self.holder(role)
        if holder is not None:
            return holder if term not in _NOT_A_PARTY or len(self.parties) <= 2 else None
        if (term in _NOT_A_PARTY and term not in CALLED_SO) or role not in _GENERIC:
            return None
        several = [party.name for party in self.parties if party.role == role]
        if several:
            return self.leader if self.leader in several else several[0]
        return self._left_over(role) or self.unnamed or term.capitalize()

    def _left_over(self, role: Role) -> str | None:
        """Of two parties the one that does not bear the opposite role, where the other one does."""
        facing = [party.name for party in self.parties if party.role == OPPOSITE[role]]
        rest = [party.name for party in self.parties if party.role != OPPOSITE[role]]
        return rest[0] if len(self.parties) == 2 and len(facing) == len(rest) == 1 else None

    def other(self, name: str) -> str | None:
        """The other party of a contract between two."""
        others = [party.name for party in self.parties if not same_name(party.name, name)]
        if len(self.parties) == 2 and len(others) == 1:
            return others[0]
        if len(self.parties) == 1:
            return self.unnamed if not others else others[0]
        role = next((party.role for party in self.parties if party.name == name), None)
        if role is None:
            naming = role_of(name)
            return self.holder(OPPOSITE[naming.role]) if naming is not None and not others[1:] else None
        facing = [party.name for party in self.parties if party.role == OPPOSITE[role] and party.name != name]
        return self.leader if self.leader in facing else facing[0] if facing else None

    @property
    def us(self) -> str | None:
        """Whom « nous » stands for: who speaks, else the one who sells, insures, lets or employs."""
        return self.speaker or self._first_of(("supplier", "insurer", "landlord", "employer"))

    @property
    def you(self) -> str | None:
        """Whom « vous » stands for: the other one."""
        spoken_to = self.addressee or (self.other(self.speaker) if self.speaker else None)
        fallback = self._first_of(("client", "insured", "tenant", "employee"))
        return spoken_to or (fallback if fallback != self.speaker else None)

    def _first_of(self, roles: Iterable[Role]) -> str | None:
        return next((name for role in roles if (name := self.holder(role)) is not None), None)

    @property
    def doer(self) -> str | None:
        """Who owes what nobody is named for: the one who performs the contract."""
        performers: tuple[Role, ...] = ("supplier", "tenant", "insurer", "employer")
        return self._first_of(performers) or self.unnamed


@lru_cache(maxsize=64)
def _alternation(aliases: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(alias) for alias in aliases if alias)
    return re.compile(
        rf"(?P<lead>\b(?:de la |de l'|a la |a l'|par la |par le |par l'|of the |to the |by the |de |a |par |to |by |"
        rf"of |du |au |aux |"
        rf"des |le |la |l'|les |the |chez |avec |with |from ))?(?<![a-z0-9])(?P<name>{names})(?![a-z0-9])"
    )


@lru_cache(maxsize=4096)
def _role(term: str) -> Role | None:
    naming = role_of(term.replace(" de l'ouvrage", " d'ouvrage"))
    if naming is None or term in _NO_NAMES:
        return None
    return naming.role
