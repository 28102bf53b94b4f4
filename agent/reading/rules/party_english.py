"""Parties of English papers that say between whom they are only by the way: letters, undertakings, covenants.

`In connection with your interest in Gantry Corp. (the "Company")`, `my employment with Corvane, Inc. (together, the
"Company")`, `PARTIES: Dana Whitfield (EMPLOYEE)`: a name that is given, in its first sentences, a word by which the
paper calls a party. Else who signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.reading.grammar.names import is_name, name_at
from agent.reading.rules.party_mentions import Mention, is_word_for_party
from agent.reading.rules.roles import Naming, role_of
from agent.reading.structure import ContractView, Sentence, fold

_FIRST = 16
_FORM = (
    r"(?:Inc(?:orporated)?|INC(?:ORPORATED)?|Corp(?:oration)?|CORP(?:ORATION)?|Co(?:mpany)?|CO(?:MPANY)?|LLC|"
    r"L\.L\.C|LLP|"
    r"L\.P|LP|L\.L\.P|Ltd|LTD|Limited|LIMITED|plc|PLC|N\.V|B\.V|GmbH|AG|S\.A|N\.A)\b\.?"
)
_WORD = r"[A-Z0-9][\w&'’!.-]*"
_COMPANY = re.compile(rf"(?P<name>{_WORD}(?:,? (?:(?:&|and|of|the) )?{_WORD}){{0,7}}?,? {_FORM})(?!\w)")
_PERSON = (
    r"(?:Dr\. |Mr\. |Ms\. |Mrs\. )?(?P<person>[A-Z][\w'’-]+\.?(?: [A-Z][\w'’-]*\.?){1,3}(?:, (?:Sr|Jr|II|III)\.?)?)"
)
_SELF = (
    r"Employee|EMPLOYEE|Executive|EXECUTIVE|Director|DIRECTOR|Consultant|CONSULTANT|Associate|ASSOCIATE|Contractor|"
    r"Recipient|Stockholder|Shareholder|you"
)
_PERSON_CALLED = re.compile(
    rf"(?<![\w.]){_PERSON},?\s?(?:an individual[^()]{{0,80}})?\((?:the |hereinafter |hereinafter referred to as )*"
    rf"[\"“'‘]{{0,2}}(?:the )?(?P<term>{_SELF})[\"”'’]{{0,2}}\)"
)
_CALLED = re.compile(
    r"\((?P<before>[^()\"“]{0,160})[\"“]+\s?(?:the )?(?P<term>[^\"“”()]{2,40}?)\s?[,.]?[\"”]+[^()]{0,60}\)"
)
_IN_CAPITALS = re.compile(r"\((?P<before>)(?P<term>[A-Z][A-Z.& -]{2,30})\)")
_PARTY_TERMS = re.compile(
    r"(?:company|corporation|employer|buyer|purchaser|seller|recipient|disclos\w+(?: party)?|receiving party|you|"
    r"provider|receiver|firm|fund|bank|trust|counterparty|participant|(?:potential )?acquir\w+|investor|client|"
    r"licensor|licensee)"
)
_REACH = 260
_LEADS = re.compile(
    r"(?:In|As|With|By|For|To|Between|And|The|Of|On|At|From|This|Agreement|Dear|WHEREAS|Whereas)[ ,]+(?=[A-Z])"
)


def called(view: ContractView) -> Iterator[Mention]:
    """The names that the first sentences give a word for a party, in the order in which they stand."""
    for sentence in [s for s in view.sentences if s.part in ("front", "body", "particular")][:_FIRST]:
        found = sorted([*_companies(sentence), *_persons(sentence)], key=lambda pair: pair[0])
        yield from (mention for _, mention in found)


def _companies(sentence: Sentence) -> Iterator[tuple[int, Mention]]:
    text = sentence.text
    for match in (*_CALLED.finditer(text), *_IN_CAPITALS.finditer(text)):
        term = match["term"]
        before = list(_COMPANY.finditer(text, max(0, match.start() - _REACH), match.start()))
        if not before:
            continue
        last = before[-1]
        lead = _LEADS.match(last["name"])
        start = last.start() + (lead.end() if lead else 0)
        name = text[start : last.end()]
        short = fold(term).split()[0].strip("'’s") in fold(name)
        if ")" in text[last.end() : match.start()] and not short:
            continue
        if not (_PARTY_TERMS.fullmatch(fold(term)) or (short and term[0].isupper())):
            continue
        yield from _mention(sentence, start, name, term)


def _persons(sentence: Sentence) -> Iterator[tuple[int, Mention]]:
    for match in _PERSON_CALLED.finditer(sentence.text):
        yield from _mention(sentence, match.start("person"), match["person"], match["term"])


def _mention(sentence: Sentence, start: int, name: str, term: str) -> Iterator[tuple[int, Mention]]:
    cleaned = name_at(name)
    if cleaned is None or is_word_for_party(cleaned.value):
        return
    quote = sentence.quote(start + cleaned.start, start + cleaned.end)
    naming: Naming | None = role_of(term)
    yield start, Mention(cleaned.value, (quote,), naming, None, 0.8, "parties.called")


# --- who signs -------------------------------------------------------------------------------------------------------

_SIGNED_BY = re.compile(
    rf"(?P<name>{_WORD}(?:,? (?:(?:&|and|of) )?{_WORD}){{0,7}}?,? {_FORM})[\s:]*(?:d/b/a [\w ]{{2,30}})?By\s?:"
)
_SIGNED_SELF = re.compile(
    r"(?<!By: )(?<!BY: )(?<!by: )/[sS]/ ?(?P<name>[A-Z][\w.'’ -]{3,36}?)[\s_]+(?:Signature[\s_]+)?"
    r"(?P<typed>(?i:(?P=name)))(?!\w)(?![\s,_]*(?:Title|Its|Chief|President|Vice|Director|General|Chair|Secretary))"
)
_I_AM = re.compile(rf"\bI, {_PERSON}, (?:have|hereby|agree|acknowledge|accept)")
_LAST = 14


def signing(view: ContractView) -> Iterator[Mention]:
    """The company over `By:`, and the person who signs for themself, near the end of the paper."""
    own = [s for s in view.sentences if s.part in ("front", "body", "particular", "general")]
    blocks = {id(s.block): s for s in own}
    for sentence in list(blocks.values())[-3 * _LAST :]:
        whole = Sentence(sentence.clause, sentence.block, 0, len(sentence.block.text))
        text = whole.text
        for pattern, group in ((_SIGNED_BY, "name"), (_SIGNED_SELF, "typed"), (_I_AM, "person")):
            for match in pattern.finditer(text):
                name = match[group].strip(" ,")
                if is_name(name) and not is_word_for_party(name):
                    at = match.start(group)
                    yield Mention(name, (whole.quote(at, at + len(name)),), None, None, 0.6, "parties.signing")
