"""What happens at the end of the initial term: tacit or express renewal, or none; for how long, how many times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.reading.reader import Candidate
from agent.reading.rules.finding import Finding, best, candidate, cover_parts, ranked, spoken
from agent.reading.rules.known import Known
from agent.reading.rules.renewal_terms import (
    RENEWS,
    SAME_LENGTH,
    TERM_HEAD,
    as_long_again,
    computed_count,
    neighbourhood,
    periods,
    stated_count,
)
from agent.reading.structure import ContractView
from portfolio.schema import RenewalKind
from portfolio.values import Duration


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """`renewal.kind`, and for a renewal its `period` and `max_count`."""
    findings = list(_kinds(view, known))
    kind = best(view, findings)
    if kind and kind.value == "none" and kind.rule == _NOT_TACIT:
        kind = best(view, (f for f in findings if f.value == "express")) or kind
    if kind is None:
        return
    yield candidate("renewal.kind", kind)
    if kind.value == "none":
        return
    near = neighbourhood(view, kind, ranked(view, (f for f in findings if f.value == kind.value)))
    period = best(view, periods(near, known), same=Duration.equals)
    period = period or best(view, as_long_again(near, known), same=Duration.equals)
    if period:
        initial = known.best("duration") if period.rule == SAME_LENGTH else None
        quotes, basis = (initial.quotes[:1], f"as long as the initial term, {initial.value}") if initial else ((), None)
        yield candidate("renewal.period", period, quotes=quotes, basis=basis)
    count = stated_count(view, near, option=kind.value == "express")
    if count:
        yield candidate("renewal.max_count", count)
    else:
        yield from computed_count(view, known, period)


# --- kind ------------------------------------------------------------------------------------------------------------

_RENEW = r"\b(?:renouvel|reconduct|recondui|prolong|proroge|prorogation|renew|exten[ds])[a-z]*"
_GOES_ON = r"\b(?:renouvel|recondui|reconduct|prolong|proroge|poursui|continu|repart|renew|extend|roll)[a-z]*"
_SILENCE = (
    r"(?:\b(?:faute de quoi|a defaut|sinon|failing (?:which|this)|otherwise),|"
    r"jusqu'a ce que (?:l'une?|une) [^.;]{2,40}(?:renonce|denonce|s'oppose|mette|resilie)|"
    r"\bsauf\b|a moins que|a moins d'|(?:a defaut|faute|en l'absence) d(?:e |'un |'une |')(?:toute )?(?:conge|"
    r"denonciation|"
    r"opposition|resiliation|avis contraire|preavis|notification contraire|decision contraire|volonte contraire)|"
    r"(?:faute|a defaut)[^.;,]{0,40} d'(?:avoir|etre)\b|(?:faute|a defaut) pour [^.;]{2,50} d(?:e|'avoir)\b|"
    r"sans (?:denonciation|opposition|manifestation|resiliation|conge|preavis)|hors (?:denonciation|opposition)|"
    r"s'(?:il|elle)s? n'(?:est|a|ont)\b|ni l'une? ni l'autre|"
    r"si (?:le contrat|le bail|le marche|l'accord|la convention|il|elle|celui-ci) n'(?:est|a|ont) pas|"
    r"\btant qu(?:e |')|si (?:personne|aucune? (?:des parties|decision|partie|d'elles)|nul|ni l'un)|\bunless\b|"
    r"\bsave where\b)"
)
_AGREED = (
    r"(?:\bavenant|accord (?:expres|ecrit|des|entre|prealable|mutuel|commun|conjoint|formel)|par ecrit|commun accord|"
    r"acceptation (?:ecrite|expresse)|"
    r"par (?:lettre|courrier)|document signe|signed (?:document|by both)|written (?:agreement|consent|notice)|"
    r"agree[a-z]* in writing|mutual)"
)
_KINDS: tuple[tuple[RenewalKind, float, str], ...] = (
    ("express", 0.92, r"(?:\bunless|\bsauf si|\ba moins que|\bsauf a ce que) (?:[a-z']+ ){0,3}(?:parties|partners|"
                      r"both|they)"
                      r"(?: [a-z]+){0,2}? (?:agree|convien|decid|s'accord)[^.;]{0,50}(?:exten[ds]|renew|prolong|"
                      r"renouvel|recondu|proroge)|\bif [^.;]{2,60}\b(?:notif|elect|exercis)[^.;]{0,60}"
                      r"\b(?<!not )to (?:so )?(?:renew|extend)\b|"
                      r"\b(?:renew|extend)[^.;]{0,90},? (?:only )?(?:if|when|provided) (?:it is )?(?:so )?"
                      r"(?:mutually )?agreed\b"),
    ("express", 0.92, r"(?:faute|a defaut|sans|en l'absence) d(?:e |'une? |')(?:[a-z]+ ){0,2}?(?:ecrit|accord|avenant|"
                      r"decision|lettre|courrier|signature)[^.;]{0,50}(?:n'est|ne sera|ne se|n'est donc) (?:pas )?"
                      r"(?:etre )?(?:renouvel|recondui|prolong|poursui)"),
    ("express", 0.92, r"\b(?:ne|not|n'est|n'a|pas|non)\b[^.;]{0,40}(?:recondui|renouvel|prolong|proroge|"
                      r"exten[ds]|renew)"
                      r"[^.;]{0,60}(?:sauf|a moins d'une?|unless|except)(?: by| par| d'une?)?(?: un| une|"
                      r" a)?(?: commun|"
                      r" nouvel| new| written| mutual)? (?:accord|avenant|agreement)"),
    ("none", 0.95, r"(?:reconductible|renouvelable) ?[:?]\W{0,12}non\b|"
                   r"(?:reconduction|renouvellement|renewal)(?: possible| prevue?| "
     "tacite)?[\W]{1,60}(?:non\b|exclue?|aucune?|neant|sans objet|"
                   r"none)|reconduction[^.;]{0,20}(?:exclue|interdite)|(?:exclu|"
                   r"ecart)[a-z]* (?:de )?toute (?:tacite )?(?:reconduction|renouvellement)|"
                   r"(?:sans|aucune|aucun|ni|pas (?:de|d'objet)|"
                   r"exclut toute|pas prevu|sans se|without|no right of|jamais) (?:possibilite de |clause de |"
                   r"droit (?:a|au) |"
                   r"any |de |faculte de )*(?:reconduction|renouvel[a-z]*|prolong[a-z]*|reconduire|renewal|"
                   r"extension)\b(?! (?:expresse|tacite|automati|d'elle|de lui|d'office|de plein droit))|"
                   r"ni renouvelable|"
                   r"(?:n'est|ne sera|n'etant|ne sont|ne pourra|ne peut) (?:en aucun cas |etre |ni |pas |"
                   r"non )*(?:reconduit|renouvel|reconductible|prolong)(?![^.;]{0,40} qu(?:e |'))|"
                   r"non (?:renouvelable|reconductible)|ne se (?:recondui|prolong|poursui)[a-z]* pas(?! (?:d'elle|"
                   r"de lui|automat|tacit))|ne (?:se renouvel|donner?a? lieu a)[a-z]* ?(?:pas|"
                   r"aucune? (?:reconduction|renouvellement))|"
                   r"(?:shall|will|may) not (?:be )?(?:renew|extend)|\bno (?:renewal|extension)|non-renewable|"
                   r"not renewable|not subject to renewal|(?:agreement|contract|lease|it|licence|"
                   r"term) does not renew\b|"
                   r"no right to renew|rien ne se (?:recondui|renouvel|prolong)|ne saurait etre (?:recondui|"
                   r"renouvel|prolong)|"
                   r"sans autre (?:reconduction|renouvellement|prolongation)"),
    ("none", 0.76, r"(?:sans|aucune|pas|ni|exclut toute) (?:de |possibilite de |susceptible (?:de |d'une? )|"
                   r"soumise? a |"
                   r"sujette? a )?(?:tacite (?:reconduction|"
                   r"prolongation)|reconduction tacite|renouvellement tacite)|"
                   r"(?:n'est|ne sera|ne pourra|ne peut|n'est) (?:pas |etre |en aucun cas )*(?:tacitement|"
                   r"automatiquement) (?:reconduit|renouvel|prolong)|"
                   r"ne (?:pourra|peut|saurait)[^.;]{0,30}(?:tacite|tacitement)|"
                   r"not (?:be )?(?:automatically (?:renew|extend)|(?:renew|extend)(?:ed)? automatically)|"
                   r"sans se (?:renouveler|reconduire|prolonger)|no automatic (?:renewal|extension)|"
                   r"ne se (?:recondui|renouvel|prolong|poursui)[a-z]* pas (?:d'elle|de lui|automat|tacit)|"
                   r"(?:does|shall|will) not (?:roll over|renew itself)|nothing happens by silence|silence ne vaut"),
    ("tacit", 0.95, r"(?:reconduction|renouvellement|prolongation|renewal)s?[\W]{1,60}(?:tacite|automati)|"
                    r"(?:de (?:facon|maniere)|par voie) tacite|"
                    r"(?:reconduction|renouvellement|prolongation|prorogation)s? (?:[a-z]+ ){1,2}tacites?\b|"
                    r"(?:reconduction|renouvellement)s? (?:est|sont|sera|seront) tacites?|ne (?:peut|"
                    r"pourra) (?:pas )?(?:refuser|s'opposer a) "
                    r"(?:la|cette|sa) (?:reconduction|reconduire)|tacite[s]? (?:reconduction|prolongation|"
                    r"prorogation)|(?:reconduction|renouvellement|"
                    r"prolongation) tacite|tacitement|"
                    r"(?:renouvel|recondui|prolong|proroge|poursuiv|poursuit)[a-z]*[^.;]{0,40}(?:automatiquement|"
                    r"de plein droit|d'office|de lui-meme|toute? seule?|"
                    r"sans (?:qu'il soit besoin|autre|aucune) (?:d'un )?(?:ecrit|formalite))|"
                    r"renouvellement automatique|"
                    r"(?:reconduction|renouvellement)[^.;]{0,40}(?:reputee?|consideree?)[^.;]{0,15}acceptee?|"
                    r"automatic(?:ally)? (?:be )?(?:renew|extend|continu|roll)|(?:renew|"
                    r"extend)s?(?:ed)? automatically|auto-?renew|automatic (?:annual )?renewal|"
                    r"evergreen|tacit (?:agreement|renewal)|(?:reconduction|renouvellement)s tacites?|"
                    r"silence des parties|silence[^.;]{0,60}vau(?:t|dra) (?!pas)[^.;]{0,25}(?:recondu|renouvel|"
                    r"prolong)|"
                    r"(?:poursui|continu)[^.;]{0,40}(?:duree indeterminee|indefiniment)|"
                    r"\brolls? on\b|reconduit[a-z]* [^.;]{0,80}sans qu'il soit besoin"),
    ("tacit", 0.86, r"(?:shall|will) (?:thereafter |then |be )*(?:renew|extended?|"
                    r"continue)[a-z]*[^.;]{0,60}(?:unless|until (?:either|terminated))|"
                    r"(?:thereafter|continue|renew)[^.;]{0,40}(?:year[- ]to[- ]year|month[- ]to[- ]month|successive)|"
                    r"d'(?P<each>annee|exercice|an)s? (?:[a-z]+ )?en (?P=each)|de (?P<every>mois|trimestre|semestre|"
                    r"saison|"
                    r"campagne|periode) en (?P=every)|"
                    r"(?:se|est|sera) (?:ensuite |alors |ainsi )?(?:renouvele|renouvelle|reconduite?|recondui[a-z]*|"
                    r"prolonge|"
                    r"proroge|poursuit|poursuivra)[^.;]{0,90}(?:sauf|a moins|par periodes?|pour (?:des|de nouvelles) "
                    r"periodes|pour une? (?:nouvelle?|autre|meme)|par fractions|"
                    r"tant qu|aussi longtemps|sans limite)|le bail se (?:poursuivra|continuera)"),
    ("tacit", 0.84, rf"{_GOES_ON}[^;]{{0,150}}{_SILENCE}|{_SILENCE}[^;]{{0,150}}{_GOES_ON}|"
                    r"rolls? over|continue un an de plus"),
    ("express", 0.9, r"(?:reconduction|renouvellement|renewal)[\W]{1,60}(?:expresse?|express)\b|"
                     r"reconduction expresse|(?:recondui|renouvel|prolong|"
                     r"reconduct)[a-z]*[^.;]{0,50}(?:expresse?(?:ment)?|par (?:voie d'|un |une |"
                     r"simple )?(?:avenant|ecrit|echange|nouvel accord|lettre|courrier|decision|"
                     r"accord)|d'un commun accord|sur decision)|(?:expresse?|ecrite?) de (?:reconduire|"
                     r"renouveler)|(?:decision|accord|demande)[^.;]{0,30}"
                     r"(?:expresse?|ecrite?)[^.;]{0,30}(?:recondui|renouvel|prolong)|(?:may|can) be (?:renewed|"
                     r"extended|lengthened|prolonged)|may (?:lengthen|extend|renew|prolong)|"
                     r"(?:option|right) to (?:renew|extend)|(?:renew|extend|extension)[a-z]*[^.;]{0,60}(?:mutual|"
                     r"written|agree|addendum)|mutually agree[^.;]{0,30}(?:renew|exten)"),
    ("express", 0.86, r"ne (?:se |sera |peut etre |pourra etre )?(?:renouvel|recondui|prolong)[a-z]* que (?:par|si|sur|"
                      r"d'un|moyennant|avec|apres)|(?:recondui|renouvel|prolong|"
                      r"reconduct)[a-z]*[^.;]{0,130}(?:decision|accord|demande|avenant|"
                      r"ecrit)s? "
                      r"(?:expres|ecrit|signe)|(?:further|additional|new) (?:cycle|period|"
                      r"term)[^.;]{0,60}(?:new letter|"
                      r"signed|written|agree)"),
    ("express", 0.82, rf"{_RENEW}[^.]{{0,110}}{_AGREED}|{_AGREED}[^.;]{{0,60}}{_RENEW}|(?:faculte|option|possibilite|"
                      r"droit|liberte) (?:de |d')(?:le |la |les )?(?:renouveler|reconduire|prolonger|proroger|"
                      r"renouvellement|"
                      r"prolongation|reconduction)|may (?:extend|renew)|option to (?:extend|renew)|"
                      r"(?:convenir|decider|(?:etudier|examiner) l'opportunite|agree (?:on|"
                      r"upon))[^.;]{0,40}(?:renouvel|recondu|prolong|renew|exten[ds])|"
                      r"(?:may|can)\b[^.;]{0,130}\b(?:renew|extend|prolong) (?:this|the) (?:agreement|contract|"
                      r"lease|term|engagement|licen[cs]e|hire|subscription)\b"),
    ("tacit", 0.7, r"(?:est|sera) (?:renouvelable|reconductible)|peut etre (?:reconduit|renouvele)|(?:renouvelable|"
                   r"reconductible) (?:\w+ )?(?:\(?\d\)? )?fois"),
)  # fmt: skip
_NOT_TACIT = "renewal.not_tacit"
"""Only tacit renewal is ruled out: an express one may still be foreseen."""
_PATTERNS = tuple((kind, weight, re.compile(pattern)) for kind, weight, pattern in _KINDS)
_SUBJECT = re.compile(
    r"\b(?:contrat|bail|marche|convention|accord|police|abonnement|engagement|mission|location|mandat|partenariat|"
    r"licence|adhesion|prestations?|service|occupation|ensuite|il|elle|agreement|lease|term|contract|"
    r"it|partners|parties|tranche|"
    r"reconduction|renouvellement|period|periode)\b"
)
_OTHER = re.compile(
    r"\b(?:certificat|attestation|licen|agrement|autorisation|garantie|assurance|precaire|carte|mandat|habilitation|"
    r"credit|insurance|sick|cure period|visa|patent|agreement\W{0,2} means|"
    r"delai|mandat|delay|deadline|stock|letter of credit|warranty|offre|annexe d|salaire)"
)


_AFTERWARDS = re.compile(
    r"\bdelai (?:de |d')?(?:preavis|prevenance|denonciation|conge|opposition)|"
    r"\b(?:passe|apres|au terme de|a l'issue de|a l'expiration de) (?:ce|le|dudit) delai\b"
)
"""The time that has gone by is the term's: `passé ce délai, la location se prolonge`."""
_ENGLISH_CONTINUES = re.compile(r"\b(?:shall|will) (?:[a-z]+ ){0,3}(?:continue|remain)\b")
_GOES_BEYOND = re.compile(
    r"renew|exten[ds]|automatic|beyond|additional|further|successive|evergreen|\broll|year[- ](?:to|by)[- ]year|"
    r"month[- ]to[- ]month|(?:initial|first|fixed) (?:\w+ )?(?:term|period)|"
    r"(?<!years )(?<!year )(?<!months )(?<!days )(?<!\) )thereafter|"
    r"after (?:that|which|the (?:initial|first|end|expir))"
)
"""What tells a contract that goes on after its term from one that has none: `shall continue until terminated by either
party`, or that only lasts: `unless sooner terminated, shall continue for two years`."""
_TRIAL = re.compile(r"\bessai\b|\bprobation|\btrial\b")


def _kinds(view: ContractView, known: Known) -> Iterator[Finding[RenewalKind]]:
    public, cover = known.value("legal_nature.sector") == "public", cover_parts(view)
    for sentence, text, heading in spoken(view):
        if not RENEWS.search(text) or _TRIAL.search(text):
            continue
        not_tacit = False
        for kind, weight, pattern in _PATTERNS:
            match = pattern.search(text)
            if match is None or (not_tacit and kind != "express"):
                continue
            if kind == "tacit" and _ENGLISH_CONTINUES.search(text) and not _GOES_BEYOND.search(text):
                continue
            in_head = bool(TERM_HEAD.search(heading))
            if not in_head:
                weight -= 0.1
            if not _SUBJECT.search(text):
                weight -= 0.1
            renewed = text[max(0, match.start() - 60) : match.start() + 25]
            if _OTHER.search(_AFTERWARDS.sub("", renewed)) and not (in_head and "tacite" in match[0]):
                weight -= 0.35
            if sentence.part in cover:
                weight -= 0.25
            if weight < 0.75 and not public and "reconductible" not in match[0]:
                weight -= 0.1
            if weight > 0.5:
                rule = _NOT_TACIT if kind == "none" and weight < 0.8 else f"renewal.{kind}"
                yield Finding(kind, sentence, match.start(), match.end(), weight, rule)
                if rule == _NOT_TACIT:
                    not_tacit = True
                    continue
            break
