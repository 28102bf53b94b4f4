"""Obligations: what somebody must hand over, tell, convene or do at a date or on a rhythm, beyond service and payment.

A sentence counts where a verb of handing over or doing meets a due rule and a debtor; where the document is the point
(an insurance certificate, a Kbis), it counts without a due rule. Rights, prices, penalties, service levels, and notices
that end the contract are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from agent.reading.grammar import dues
from agent.reading.grammar.found import Found
from agent.reading.reader import Candidate
from agent.reading.rules import obligation_nominal, obligation_tables
from agent.reading.rules.cast import CALLED_SO, Cast, Mention
from agent.reading.rules.known import Known
from agent.reading.rules.obligation_actions import action, with_article
from agent.reading.rules.obligation_debtors import Scene, agent_of, debtor_of, first_subject
from agent.reading.rules.obligation_documents import (
    document_in,
    in_own_words,
    is_proof,
    names_document,
)
from agent.reading.rules.obligation_filters import (
    DESCRIPTION,
    ENDING,
    MONEY_DUTY,
    RIGHT,
    SKIPPED_CLAUSES,
    SURE_DAY,
    at_once,
    deed_counts,
    gives,
    hands_proof,
    has_subject,
    is_bare_sum,
    is_no_duty,
    is_past,
    is_reply,
    is_standing_supply,
    weak_counts,
)
from agent.reading.rules.obligation_nominal import BULLET
from agent.reading.rules.obligation_tables import preferred
from agent.reading.rules.obligation_verb_table import Verb
from agent.reading.rules.obligation_verbs import Use, uses
from agent.reading.structure import Clause, ContractView, Sentence, fold, sentence_spans
from portfolio.schema import Obligation
from portfolio.values import DueRule, FromEvent, OnDate

_INTRO = re.compile(r"(?:\s?:|\bsuivante?s?\s?:?)\s*$")
_HEADS_PAPERS = re.compile(
    r"\b(?:documents?|livrables?|pieces?|justificatifs?|deliverables?|elements?) (?:[a-z' ]{0,30})"
)
_WHOLE = Use(Verb("", "hand", "", ""), "passive", 0, 0, 1 << 20)
"""Stands for a verb after all of a line without one."""
_LONGEST = 3600
"""Characters of a sentence above which it is no sentence but a page without stops."""


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """The obligations of a contract, in reading order."""
    cast = Cast.of(view, known)
    language = known.value("language") or "fr"
    for clause in view.clauses:
        if clause.part == "margin" or clause.is_signature:
            continue
        skipped = SKIPPED_CLAUSES.search(fold(clause.heading)) is not None
        yield from map(_by_name, _clause(clause, cast, language, skipped))


def _by_name(candidate: Candidate) -> Candidate:
    """Without a debtor that is only the contract's common word for somebody whose name could not be read."""
    if fold(candidate.value.debtor or "") not in CALLED_SO:
        return candidate
    return replace(candidate, value=candidate.value.model_copy(update={"debtor": None}))


_AGREED = re.compile(
    r"\b(?:il est|il a ete|ont) (?:arrete et )?convenu|now,? therefore|hereby agree|ceci expose|cela expose"
)
_SHORT_HEAD = 60
"""Characters up to which a line without an end is a heading that its file does not mark as one."""


def _is_head(sentence: Sentence) -> bool:
    text = sentence.text.strip()
    return (
        sentence.block.kind == "paragraph" and sentence.text == sentence.block.text and 3 < len(text) <= _SHORT_HEAD
        and text[0].isupper() and text[-1].isalpha() and "," not in text
    )  # fmt: skip


def _clause(clause: Clause, cast: Cast, language: str, skipped: bool = False) -> Iterator[Candidate]:
    """``skipped``: the heading announces none (recitals, prices); what follows words of agreement or a line that is a
    heading of its own counts."""
    scene = _opened(clause.folded_heading, clause.heading, cast, language)
    block = None
    tabled = False
    rows: list[Candidate] = []
    for sentence in clause.sentences:
        kind = sentence.block.kind
        if kind == "heading" or (sentence.text == clause.heading):
            continue
        if _is_head(sentence):
            skipped = SKIPPED_CLAUSES.search(sentence.folded) is not None
            scene = _opened(sentence.folded, sentence.text, cast, language)
            block = None
            continue
        if skipped:
            skipped = _AGREED.search(sentence.folded) is None
            continue
        if kind == "table_row":
            if not tabled:
                tabled = True
                rows = list(
                    obligation_tables.read(
                        clause, cast, scene.intro or _heading_debtor(clause.folded_heading, cast) or scene.subject
                    )
                )
                yield from rows
            if not rows:
                for part in _cells(sentence):
                    yield from _sentence(part, scene, cast, language)
            continue
        if sentence.block is not block:
            if not scene.whole and not _is_item(sentence) and block is not None and not _INTRO.search(block.text):
                scene.intro, scene.intro_use, scene.intro_due = None, False, None
            block = sentence.block
        yield from _sentence(sentence, scene, cast, language)


_SENTENCE_IN_CELL = 40


def _cells(row: Sentence) -> Iterator[Sentence]:
    """The sentences inside the long cells of a row: tables also lay out prose."""
    start = row.start
    for cell in row.block.cells:
        if len(cell) >= _SENTENCE_IN_CELL:
            for begin, end in sentence_spans(cell):
                yield Sentence(row.clause, row.block, start + begin, start + end)
        start += len(cell) + 1


def _opened(headings: str, last: str, cast: Cast, language: str) -> Scene:
    """The scene that a heading sets: `Papiers de l'Opérateur` says who acts, `Ce que nous vous remettons` what and
    who."""
    heading = fold(last)
    scene = Scene(subject=_heading_debtor(headings, cast))
    found = [use for use in uses(heading, language) if use.verb.sort == "hand"]
    if found:
        scene.intro = debtor_of(heading, found[-1], cast.mentions(heading), scene, cast)[0]
        scene.intro_use = scene.whole = scene.intro is not None
    elif match := _TO_HAND.search(heading):
        mentions = [m for m in cast.mentions(heading) if m.start >= match.end()]
        scene.intro = mentions[0].name if mentions else None
        scene.intro_use = scene.whole = scene.intro is not None
    return scene


_TO_HAND = re.compile(
    r"\b(?:a|to be) (?:remettre|fournir|produire|transmettre|communiquer|deliver(?:ed)?|provided?|"
    r"submitted)\b"
)


def _heading_debtor(headings: str, cast: Cast) -> str | None:
    mentions = cast.mentions(headings)
    return mentions[-1].name if mentions else None


def _sentence(sentence: Sentence, scene: Scene, cast: Cast, language: str) -> Iterator[Candidate]:
    folded = sentence.folded
    if folded.startswith(">"):
        return  # an earlier mail, quoted
    found = uses(folded, language, sentence.text) if len(folded) <= _LONGEST else []
    mentions = cast.mentions(folded)
    yielded = False
    item = scene.intro is not None and (scene.whole or _is_item(sentence))
    listed = item and (scene.intro_use or obligation_tables.DEED.match(BULLET.sub("", folded)) is not None)
    if (found or listed) and not is_no_duty(folded):
        rules = dues.find(folded)
        moments = dues.moments(folded) if found else ()
        for use, due in _pairs(folded, found, rules, moments):
            candidate = _candidate(sentence, use, due, mentions, scene, cast, language)
            if candidate is not None:
                yielded = True
                yield candidate
        if listed and not yielded and not (scene.told and not rules):
            for candidate in _listed(sentence, rules, moments, scene, language):
                yielded = True
                yield candidate
    if not yielded and obligation_nominal.may_be(folded) and not is_no_duty(folded):
        yield from _nominal(sentence, mentions, scene, cast)
    _remember(sentence, scene, found, mentions, cast)
    if _INTRO.search(folded):
        scene.told = yielded


_DASHED = re.compile(r"^\s*(?:[-•–—*▪➢✓o]\s|[a-z]\)\s|\d{1,2}[.)°]\s)")


def _is_item(sentence: Sentence) -> bool:
    return sentence.block.kind == "list_item" or _DASHED.match(sentence.block.text) is not None


def _pairs(
    folded: str, found: list[Use], rules: tuple[Found[DueRule], ...], moments: tuple[Found[DueRule], ...]
) -> Iterator[tuple[Use, Found[DueRule] | None]]:
    """The verbs that count with their due rules: one a sentence, more where its parts each have both."""
    parts = _parts(folded, found)
    if len(parts) > 1 and sum(1 for p in parts if _within(rules, p)) < 2:
        parts = [(0, len(folded))]
    for start, end in parts:
        inside = [use for use in found if start <= use.start < end]
        if not inside:
            continue
        due = _best(_within(rules, (start, end))) or _best(_within(moments, (start, end)))
        use = min(inside, key=lambda u: (_SORTS.index(u.verb.sort), u.start))
        yield use, due


_SORTS = ("hand", "meet", "tell", "give", "do", "deed")
_JOINT = re.compile(
    r"(?:[,;:]|(?= et | and )) (?:(?:et|mais|puis|and|but|while|tandis que) )?"
    r"(?=(?:il|elle|le|la|l'|les|nous|vous|the|it|they|we|you) )"
)


def _parts(folded: str, found: list[Use]) -> list[tuple[int, int]]:
    """The sentence cut at its joints between two of the verbs."""
    if len(found) < 2:
        return [(0, len(folded))]
    cuts = [0]
    for joint in _JOINT.finditer(folded, found[0].end):
        if joint.end() <= found[-1].start and any(use.start < joint.start() and use.start >= cuts[-1] for use in found):
            cuts.append(joint.end())
    return list(zip(cuts, [*cuts[1:], len(folded)], strict=True))


def _within(rules: tuple[Found[DueRule], ...], part: tuple[int, int]) -> tuple[Found[DueRule], ...]:
    return tuple(rule for rule in rules if part[0] <= rule.start < part[1])


def _best(rules: tuple[Found[DueRule], ...]) -> Found[DueRule] | None:
    value = preferred([rule.value for rule in rules])
    return next((rule for rule in rules if rule.value is value), None)


def _candidate(
    sentence: Sentence, use: Use, due: Found[DueRule] | None, mentions: tuple[Mention, ...], scene: Scene, cast: Cast,
    language: str,
) -> Candidate | None:  # fmt: skip
    text, folded = sentence.text, sentence.folded
    before = folded[: use.begin]
    proof = is_proof(folded) or use.verb.infinitive == "maintain insurance"
    if due is None and not (proof and hands_proof(use, folded)):
        return None
    if use.voice != "passive" and RIGHT.search(folded[: use.start]) and "ne peut" not in before:
        return None
    if MONEY_DUTY.search(folded) and not proof and not names_document(folded[use.start :]):
        return None
    if DESCRIPTION.search(folded) or (due and is_past(folded, use, due)):
        return None
    if use.verb.sort == "tell" and ENDING.search(sentence.clause.folded_heading):
        return None
    if (is_bare_sum(folded) and not proof) or is_standing_supply(use, due, folded):
        return None
    rule = _with_event(due, text, mentions, use) if due else None
    if is_reply(use, rule):
        return None
    if use.verb.sort == "do" and not weak_counts(use, rule, folded):
        return None
    if use.verb.sort == "give" and (rule is None or not gives(use, folded)):
        return None
    if use.verb.sort == "deed" and not deed_counts(use, rule, mentions):
        return None
    if (
        isinstance(rule, FromEvent)
        and at_once(rule)
        and not (use.verb.sort in ("hand", "meet") or (use.verb.sort == "tell" and use.voice == "infinitive"))
    ):
        return None
    spoken = language == "fr" or use.voice != "active" or has_subject(before, mentions, use)
    if not spoken and (use.verb.sort != "meet" or agent_of(folded, use, mentions, scene, cast) is None):
        return None
    debtor, sure = debtor_of(folded, use, mentions, scene, cast)
    if debtor is None:
        return None
    document = _document(text, folded, use, due)
    if use.verb.sort in ("hand",) and document is None and due is None:
        return None
    confidence = 0.8 if sure else 0.6
    if due is None:
        confidence -= 0.25
    elif isinstance(rule, FromEvent) and not rule.event:
        confidence -= 0.1
    if use.verb.sort in ("do", "give", "deed"):
        confidence -= 0.15
    quote = sentence.quote()
    obligation = Obligation(
        debtor=debtor,
        action=action(text, folded, use, document, due, language),
        document=document,
        due=rule,
        quote=quote.text[:4000],
    )
    return Candidate("obligations", obligation, (quote,), round(confidence, 2), f"obligations.{use.verb.sort}")


def _with_event(due: Found[DueRule], text: str, mentions: tuple[Mention, ...] = (), use: Use | None = None) -> DueRule:
    """The rule with its event in the contract's own words, cut where the main clause begins."""
    end = due.end
    if isinstance(due.value, FromEvent) and use is not None and due.start < use.begin < end:
        end = next((m.start for m in mentions if due.start < m.start < use.begin and m.is_subject), use.begin)
    return in_own_words(due, text, end)


def _document(text: str, folded: str, use: Use, due: Found[DueRule] | None) -> str | None:
    """What is handed over: after the verb, in a passive sentence before it."""
    if use.verb.sort == "meet":
        return None
    if use.voice == "passive":
        start = due.end if due is not None and due.end < use.begin else 0
        before = document_in(text, folded, start, use.begin) or document_in(text, folded, 0, use.begin)
        return before or document_in(text, folded, use.end)
    if due is not None and use.end <= due.start and not text[use.end :].lstrip().startswith(":"):
        beside = document_in(text, folded, use.end, due.start) or document_in(text, folded, due.end)
        if beside is not None:
            return beside
    after = document_in(text, folded, use.end) or document_in(text, folded, use.start)
    return after or document_in(text, folded, 0, use.begin)


def _listed(
    sentence: Sentence, rules: tuple[Found[DueRule], ...], moments: tuple[Found[DueRule], ...], scene: Scene,
    language: str,
) -> Iterator[Candidate]:  # fmt: skip
    """An item of a list whose opening line has the verb and the debtor: `Le Titulaire remet : - chaque mois, le…`."""
    due = _best(rules) or _best(moments)
    rule = _with_event(due, sentence.text) if due else scene.intro_due
    document = document_in(sentence.text, sentence.folded)
    if due and isinstance(rule, OnDate) and not SURE_DAY.search(sentence.folded[: due.start]):
        return
    if document is None or scene.intro is None or (rule is None and not is_proof(sentence.folded)):
        return
    quote = sentence.quote()
    quotes = (quote, scene.intro_quote) if scene.intro_quote and due is None else (quote,)
    verb = "remettre" if language == "fr" else "provide"
    phrase = f"{verb} {with_article(sentence.text, document, language)}"[:300]
    obligation = Obligation(
        debtor=scene.intro, action=phrase, document=document, due=rule,
        quote=quote.text[:4000],
    )  # fmt: skip
    yield Candidate("obligations", obligation, quotes, 0.75 if rule else 0.5, "obligations.list")


def _nominal(sentence: Sentence, mentions: tuple[Mention, ...], scene: Scene, cast: Cast) -> Iterator[Candidate]:
    due = _best(dues.find(sentence.folded))
    rule = _with_event(due, sentence.text) if due else None
    found = obligation_nominal.duty(sentence, due, rule, mentions, scene, cast)
    if found is not None:
        yield Candidate("obligations", found[0], (sentence.quote(),), 0.7 if found[1] else 0.6, "obligations.nominal")


def _remember(sentence: Sentence, scene: Scene, found: list[Use], mentions: tuple[Mention, ...], cast: Cast) -> None:
    subject = first_subject(mentions)
    if subject is None and found and found[0].verb and found[0].voice == "passive":
        subject = agent_of(sentence.folded, found[0], mentions, scene, cast)
    introduces = _INTRO.search(sentence.folded) is not None
    if subject is None and introduces:
        subject = agent_of(sentence.folded, _WHOLE, mentions, scene, cast)
    if subject is None and re.search(r"\bnous\b", sentence.folded):
        subject = cast.us
    if subject is not None:
        scene.subject = subject
    if introduces:
        use = found[-1] if found else None
        scene.intro_use = (use is not None and use.verb.sort in ("hand", "give")) or _HEADS_PAPERS.search(
            sentence.folded
        ) is not None
        debtor = debtor_of(sentence.folded, use, mentions, scene, cast)[0] if use else subject
        scene.intro = debtor or scene.subject
        scene.intro_due = preferred([rule.value for rule in dues.find(sentence.folded)])
        scene.intro_quote = sentence.quote()
