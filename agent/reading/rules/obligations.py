"""Obligations: what somebody must hand over, tell, convene or do at a date or on a rhythm, beyond service and payment.

A sentence counts where a verb of handing over or doing meets a due rule and a debtor; where the document is the point
(an insurance certificate, a Kbis), it counts without a due rule. Rights, prices, penalties, service levels, and notices
that end the contract are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from agent.reading.grammar import dues
from agent.reading.grammar.found import Found
from agent.reading.reader import Candidate
from agent.reading.rules import obligation_nominal, obligation_tables
from agent.reading.rules.cast import CALLED_SO, Cast, Mention
from agent.reading.rules.known import Known
from agent.reading.rules.obligation_actions import action
from agent.reading.rules.obligation_debtors import Scene, agent_of, debtor_of, first_subject
from agent.reading.rules.obligation_documents import document_in, in_own_words, is_proof, names_document
from agent.reading.rules.obligation_filters import (
    DESCRIPTION,
    ENDING,
    MONEY_DUTY,
    OPENING_HOURS,
    RIGHT,
    SKIPPED_CLAUSES,
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
from agent.reading.rules.obligation_headings import led_by, opening
from agent.reading.rules.obligation_lists import (
    DEED_ITEM,
    DUTY_INTRO,
    HEADS_PAPERS,
    INTRO,
    deed_item,
    heading_debtor,
    is_item,
    listed,
    opened,
    same_day,
)
from agent.reading.rules.obligation_nominal import BULLET
from agent.reading.rules.obligation_parts import Rules, best, pairs, second_things
from agent.reading.rules.obligation_tables import preferred
from agent.reading.rules.obligation_verb_table import Verb
from agent.reading.rules.obligation_verbs import Use, uses
from agent.reading.structure import Clause, ContractView, Sentence, fold, sentence_spans
from portfolio.schema import Obligation
from portfolio.values import DueRule, FromEvent

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
    scene = opened(clause.folded_heading, clause.heading, cast, language)
    block = None
    tabled = False
    rows: list[Candidate] = []
    for sentence, heads in _with_what_follows(clause.sentences):
        kind = sentence.block.kind
        if kind == "heading" or (sentence.text == clause.heading and len(sentence.text) <= _LONGEST_HEAD):
            continue
        if _is_head(sentence):
            skipped = SKIPPED_CLAUSES.search(sentence.folded) is not None
            scene = opened(sentence.folded, sentence.text, cast, language)
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
                        clause, cast, scene.intro or heading_debtor(clause.folded_heading, cast) or scene.subject
                    )
                )
                yield from rows
            if not rows:
                for part, owner in _cells(sentence, cast):
                    seen = replace(scene, subject=owner, intro=owner) if owner else scene
                    yield from _sentence(part, seen, cast, language)
            continue
        if sentence.block is not block:
            if not scene.whole and not is_item(sentence) and block is not None and not INTRO.search(block.text):
                scene.intro, scene.intro_use, scene.intro_due = None, False, None
            block = sentence.block
        yield from _sentence(sentence, scene, cast, language, heads=heads)


def _with_what_follows(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, bool]]:
    """Every sentence, and whether a list or table stands right below it."""
    for sentence, following in zip(sentences, [*sentences[1:], None], strict=True):
        yield (
            sentence,
            following is not None
            and following.block is not sentence.block
            and (following.block.kind == "table_row" or (is_item(following) and not is_item(sentence))),
        )


_LONGEST_HEAD = 110
_SENTENCE_IN_CELL = 40


def _cells(row: Sentence, cast: Cast) -> Iterator[tuple[Sentence, str | None]]:
    """The sentences inside the long cells of a row, with the party that heads their column."""
    start = row.start
    heads = row.block.heads or ("",) * len(row.block.cells)
    for head, cell in zip(heads, row.block.cells, strict=False):
        if len(cell) >= _SENTENCE_IN_CELL:
            told = opening(fold(head), cast) if head else None
            for begin, end in sentence_spans(cell):
                yield Sentence(row.clause, row.block, start + begin, start + end), told.debtor if told else None
        start += len(cell) + 1


def _sentence(
    sentence: Sentence, scene: Scene, cast: Cast, language: str, *, heads: bool = False
) -> Iterator[Candidate]:
    """``heads``: a list or table stands right below, which the sentence may open without a colon."""
    folded = sentence.folded
    if folded.startswith(">"):
        return  # an earlier mail, quoted
    found = uses(folded, language, sentence.text) if len(folded) <= _LONGEST else []
    mentions = cast.mentions(folded)
    yielded = False
    led = led_by(folded, cast)
    if not found and is_item(sentence):
        found = deed_item(folded, scene, language)
    item = scene.intro is not None and (scene.whole or is_item(sentence))
    in_list = item and (scene.intro_use or obligation_tables.DEED.match(BULLET.sub("", folded)) is not None)
    if (found or in_list or led) and not is_no_duty(folded):
        rules = dues.find(folded)
        recalled = () if rules else same_day(folded, scene)
        rules = rules or recalled
        moments = dues.moments(folded) if found else ()
        for candidate in _parts(sentence, found, rules, moments, scene, cast, language):
            yielded = True
            if recalled and scene.last_quote is not None:
                candidate = replace(candidate, quotes=(*candidate.quotes, scene.last_quote))
            scene.last_due, scene.last_quote = candidate.value.due, candidate.quotes[-1]
            yield candidate
        if led and rules and not yielded:
            owner = Scene(intro=led[0], intro_use=True)
            for candidate in listed(sentence, rules, moments, owner, language, led[1]):
                yielded = True
                yield candidate
        if in_list and not yielded and not (scene.told and not rules):
            for candidate in listed(sentence, rules, moments, scene, language):
                yielded = True
                yield candidate
    if not yielded and obligation_nominal.may_be(folded) and not is_no_duty(folded):
        yield from _nominal(sentence, mentions, scene, cast)
    _remember(sentence, scene, found, mentions, cast, heads=heads and not yielded)
    if INTRO.search(folded):
        scene.told = yielded


def _parts(
    sentence: Sentence, found: list[Use], rules: Rules, moments: Rules, scene: Scene, cast: Cast, language: str
) -> Iterator[Candidate]:
    """The duties of a sentence, one a part; a part without a subject is owed by whom the part before named."""
    before = scene
    for use, due, start, end in pairs(sentence.folded, found, rules, moments):
        part = Sentence(sentence.clause, sentence.block, sentence.start + start, sentence.start + end)
        own = replace(use, start=use.start - start, end=use.end - start, begin=max(0, use.begin - start))
        for first, last in second_things(sentence.folded, use, rules, start, end) or [(start, end)]:
            thing = Sentence(sentence.clause, sentence.block, sentence.start + first, sentence.start + last)
            if first > start:
                inside = tuple(r for r in rules if first <= r.start < last)
                yield from listed(thing, _moved(inside, first), (), replace(before, intro_use=True), language)
                continue
            if (first, last) != (start, end):
                due = best(tuple(r for r in rules if first <= r.start < last))
            moved = _moved((due,), start)[0] if due else None
            whole = (first, last) == (start, end)
            candidate = _candidate(
                part if whole else thing, own, moved, cast.mentions((part if whole else thing).folded), before, cast,
                language,
            )  # fmt: skip
            subject = first_subject(cast.mentions(part.folded))
            if candidate is not None:
                yield candidate
                subject = candidate.value.debtor
            if subject is not None:
                before = replace(scene, subject=subject, intro=subject)


def _moved(rules: Rules, start: int) -> Rules:
    return tuple(replace(rule, start=rule.start - start, end=rule.end - start) for rule in rules)


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
    if OPENING_HOURS.search(folded) and not names_document(folded[use.end :]):
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
    if use.verb.sort == "deed" and not deed_counts(use, rule, mentions, listed=use.verb is DEED_ITEM):
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


def _nominal(sentence: Sentence, mentions: tuple[Mention, ...], scene: Scene, cast: Cast) -> Iterator[Candidate]:
    due = best(dues.find(sentence.folded))
    rule = _with_event(due, sentence.text) if due else None
    found = obligation_nominal.duty(sentence, due, rule, mentions, scene, cast)
    if found is not None:
        yield Candidate("obligations", found[0], (sentence.quote(),), 0.7 if found[1] else 0.6, "obligations.nominal")


def _remember(
    sentence: Sentence, scene: Scene, found: list[Use], mentions: tuple[Mention, ...], cast: Cast, *, heads: bool
) -> None:
    subject = first_subject(mentions)
    if subject is None and found and found[0].verb and found[0].voice == "passive":
        subject = agent_of(sentence.folded, found[0], mentions, scene, cast)
    told = opening(sentence.folded, cast) if heads or INTRO.search(sentence.folded) else None
    introduces = INTRO.search(sentence.folded) is not None or told is not None
    if subject is None and told is not None:
        subject = told.debtor
    if subject is None and introduces:
        subject = agent_of(sentence.folded, _WHOLE, mentions, scene, cast)
    if subject is None and re.search(r"\bnous\b", sentence.folded):
        subject = cast.us
    if subject is not None:
        scene.subject = subject
    if introduces:
        use = found[-1] if found else None
        scene.intro_duty = DUTY_INTRO.search(sentence.folded) is not None
        scene.intro_use = (
            (use is not None and use.verb.sort in ("hand", "give"))
            or HEADS_PAPERS.search(sentence.folded) is not None
            or (told is not None and told.hands)
        )
        debtor = debtor_of(sentence.folded, use, mentions, scene, cast)[0] if use else subject
        if told is not None and not mentions:
            debtor = told.debtor
        scene.intro = debtor or scene.subject
        scene.intro_due = preferred([rule.value for rule in dues.find(sentence.folded)])
        scene.intro_quote = sentence.quote()
