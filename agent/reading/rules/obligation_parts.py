"""A sentence with several duties, cut into the parts that each have a verb, a due rule, or both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.reading.grammar.found import Found
from agent.reading.rules.obligation_documents import names_document
from agent.reading.rules.obligation_tables import preferred
from agent.reading.rules.obligation_verbs import Use
from portfolio.values import DueRule

Rules = tuple[Found[DueRule], ...]

_SORTS = ("hand", "meet", "tell", "give", "do", "deed")
_SUBJECTS = r"(?:il|elle|ils|elles|le|la|l'|les|nous|vous|je|j'|on|the|it|they|we|you|i|ce dernier|celui-ci|celle-ci)"
_JOINT = re.compile(
    rf"(?:[,;:]|(?= (?:et|puis|and|then) )) (?:(?:et|mais|puis|ensuite|and|but|then|while|tandis que|et puis) ){{0,2}}"
    rf"(?={_SUBJECTS}(?:(?<=')| ))"
)
_BARE_JOINT = re.compile(
    r"(?:,|;)? (?:et|puis|and|then)(?: (?:puis|ensuite|en outre|then|also))?,? (?:(?:en|y|lui|leur|shall|will) )*$"
)
"""Before a verb that shares the subject of the one before: `prévient le client et transmet ses réclamations`."""
_SECOND_THING = re.compile(
    r",? (?:et|ainsi que|puis|and|as well as|together with),? "
    r"(?=(?:l[ea]s?|l'|une?|son|sa|ses|leurs?|an?|the|its|their)[ ']?)"
)
_REACH = 24


def pairs(
    folded: str, found: list[Use], rules: Rules, moments: Rules
) -> Iterator[tuple[Use, Found[DueRule] | None, int, int]]:
    """The verbs that count with their due rules and the part (start, end) they stand in: one a sentence, more where its
    parts each have both."""
    parts = _parts(folded, found, rules)
    for start, end in parts:
        inside = [use for use in found if start <= use.start < end]
        if not inside:
            continue
        due = best(_within(rules, (start, end))) or best(_within(moments, (start, end)))
        yield min(inside, key=lambda u: (_SORTS.index(u.verb.sort), u.start)), due, start, end


def second_things(folded: str, use: Use, rules: Rules, start: int, end: int) -> list[tuple[int, int]]:
    """Where one verb hands over two things with a due rule each: the (start, end) of both, else nothing.

    `remet le constat dans les dix jours de la visite, et le bilan le 15 octobre de chaque année`.
    """
    if use.voice == "passive" or use.verb.sort not in ("hand", "give"):
        return []
    for joint in _SECOND_THING.finditer(folded, use.end, end):
        first, second = (start, joint.start()), (joint.end(), end)
        if (
            _within(rules, (use.end, first[1])) and _within(rules, second)
            and names_document(folded[use.end : first[1]])
            and names_document(folded[joint.end() : joint.end() + 60])
        ):  # fmt: skip
            return [first, second]
    return []


def _parts(folded: str, found: list[Use], rules: Rules) -> list[tuple[int, int]]:
    """The sentence cut at its joints between two of the verbs, where at least two parts have a rule of their own."""
    whole = [(0, len(folded))]
    if len(found) < 2 or len(rules) < 2:
        return whole
    joints = [j.end() for j in _JOINT.finditer(folded, found[0].end) if j.end() <= found[-1].start]
    for use in found[1:]:
        before = folded[max(0, use.begin - _REACH) : use.begin]
        if not use.bare and (joint := _BARE_JOINT.search(before)):
            joints.append(use.begin - len(before) + joint.start() + 1)
    cuts = [0]
    for at in sorted(set(joints)):
        if any(cuts[-1] <= use.start < at for use in found) and any(use.start >= at for use in found):
            cuts.append(at)
    parts = list(zip(cuts, [*cuts[1:], len(folded)], strict=True))
    return parts if sum(1 for p in parts if _within(rules, p)) >= 2 else whole


def _within(rules: Rules, part: tuple[int, int]) -> Rules:
    return tuple(rule for rule in rules if part[0] <= rule.start < part[1])


def best(rules: Rules) -> Found[DueRule] | None:
    """The rule that counts most of several (`obligation_tables.preferred`)."""
    value = preferred([rule.value for rule in rules])
    return next((rule for rule in rules if rule.value is value), None)
