"""Verbs of handing over, telling, convening and doing, with the forms in which contracts use them.

A line a verb: infinitive; finite stems (present, future, `que` clauses); past participle. A new verb is one line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Sort = Literal["hand", "tell", "meet", "do"]
"""``hand``: something changes hands; ``tell``: somebody is informed; ``meet``: people meet; ``do``: a deed, which may
be the service itself and therefore needs more to count."""
Voice = Literal["active", "passive", "infinitive"]


@dataclass(frozen=True, slots=True)
class Verb:
    infinitive: str
    sort: Sort
    finite: str
    participle: str


_FRENCH: tuple[tuple[Sort, str, str, str], ...] = (
    ("hand", "remettre", r"remet(?:s|tent|tra|tront|trons|trez|tons|tez)?", r"remise?s?"),
    ("hand", "transmettre", r"transmet(?:s|tent|tra|tront|trons|trez|tons|tez)?", r"transmise?s?"),
    ("hand", "fournir", r"fourni(?:t|ssent|ra|ront|rons|rez|ssons|ssez)", r"fournie?s?"),
    ("hand", "communiquer", r"communique(?:nt|ra|ront|rons|rez|z)?|communiquons", r"communiquee?s?"),
    ("hand", "adresser", r"adresse(?:nt|ra|ront|rons|rez|z)?|adressons", r"adressee?s?"),
    ("hand", "produire", r"produi(?:t|sent|ra|ront|rons|rez|sons|sez)", r"produite?s?"),
    ("hand", "justifier", r"justifi(?:e|ent|era|eront|erons|erez|ons|ez)", r"justifiee?s?"),
    ("hand", "déposer", r"depose(?:nt|ra|ront|rons|rez|z)?|deposons", r"deposee?s?"),
    ("hand", "présenter", r"presente(?:nt|ra|ront|rons|rez|z)?|presentons", r"presentee?s?"),
    ("hand", "établir", r"etabli(?:t|ssent|ra|ront|rons|rez|ssons|ssez)", r"etablie?s?"),
    ("hand", "dresser", r"dresse(?:nt|ra|ront|rons|rez|z)?", r"dressee?s?"),
    ("hand", "envoyer", r"envoi(?:e|ent)|enverr(?:a|ont|ons|ez)|envoyons|envoyez", r"envoyee?s?"),
    ("hand", "retourner", r"retourne(?:nt|ra|ront|rons|rez|z)?|retournons", r"retournee?s?"),
    ("hand", "renvoyer", r"renvoi(?:e|ent)|renverr(?:a|ont|ons|ez)|renvoyez", r"renvoyee?s?"),
    ("hand", "restituer", r"restitue(?:nt|ra|ront|rons|rez|z)?|restituons", r"restituee?s?"),
    ("hand", "rendre", r"rend(?:ent|ra|ront|rons|rez|ez|ons)?(?= (?!compte))|reviennent|reviendront", r"rendue?s?"),
    ("hand", "publier", r"publi(?:e|ent|era|eront|erons|erez|ons|ez)", r"publiee?s?"),
    ("hand", "soumettre", r"soumet(?:s|tent|tra|tront|trons|trez|tons|tez)?(?! le | la penalite|"
                          r" a penal)", r"soumise?s?(?! (?:a une garantie|aux? |a la tva|a (?:penalite|retenue|tva)))"),
    ("hand", "délivrer", r"delivre(?:nt|ra|ront|rons|rez|z)?|delivrons", r"delivree?s?"),
    ("hand", "mettre à disposition", r"(?:met|mettent|mettra|mettront|mettons|mettez) (?:gratuitement )?a (?:la |sa |"
                                     r"votre )?disposition",
     r"mise?s? a (?:la |sa |votre )?disposition"),
    ("hand", "faire parvenir", r"(?:fait|font|fera|feront|faites|faisons|ferez) parvenir", r"parvenue?s?|parvien(?:t|"
        r"dra|dront|nent)"),
    ("hand", "attester", r"atteste(?:nt|ra|ront)?|etablit par attestation", r"attestee?s?"),
    ("hand", "proposer", r"propose(?:nt|ra|ront|rons|rez|z)?", r"proposee?s?"),
    ("hand", "souscrire", r"souscri(?:t|vent|ra|ront|vez|vons)", r"souscrite?s?"),
    ("hand", "rédiger", r"redige(?:nt|ra|ront|z|ons)?", r"redigee?s?"),
    ("hand", "délivrer copie", r"donne(?:nt|ra|ront)? copie", r"donnee?s? (?:en )?copie"),
    ("hand", "donner lieu à l'envoi", r"donne(?:nt|ra|ront)? lieu a (?:l'envoi|la remise|la transmission|"
                                      r"la production)", r"\bfont l'objet d'une? "
     r"(?:[a-z]+ )?(?:communication|transmission|remise|rapport[a-z ]*adresse)|fait l'objet d'une? (?:communication|"
     r"transmission|remise)"),
    ("hand", "annexer", r"annexe(?:ra|ront)", r"(?<=etre )annexee?s?"),
    ("hand", "renouveler", r"renouvelle(?:nt|ra|ront)? (?:la production|l'attestation|sa production|"
                           r"cette)", r"renouvelee?s?"),
    ("hand", "actualiser", r"actualise(?:nt|ra|ront)?", r"actualisee?s?"),
    ("hand", "mettre à jour", r"(?:met|mettent|mettra|mettront) a jour", r"(?:re)?mise?s? a jour"),
    ("hand", "compléter", r"complete(?:nt|ra|ront)", r"completee?s?"),
    ("hand", "constituer", r"constitue(?:ra|ront)", r"constituee?s?"),
    ("hand", "livrer", r"livre(?:nt|ra|ront)?", r"livree?s?"),
    ("hand", "laisser", r"laisse(?:nt|ra|ront)?(?= (?:un|une|copie))", r"laissee?s?"),
    ("hand", "apporter", r"apporte(?:ra|ront)? (?:la preuve|la justification)", r"apportee?s?"),
    ("hand", "faire", r"(?!x)x", r"faite?s?(?= par )"),
    ("hand", "remettre", r"parvien(?:t|dra)", r"exigee?s?|requise?s?|reclamee?s?"),
    ("hand", "joindre", r"joindra|joindront", r"(?!x)x"),
    ("hand", "diffuser", r"diffuse(?:nt|ra|ront|z)?", r"diffusee?s?"),
    ("hand", "verser", r"verse(?:nt|ra|ront)?(?= (?:au dossier|dans|sur la plateforme))|televerse(?:nt|ra|"
                       r"ront)?", r"televersee?s?|versee?s? (?=au dossier|sur)"),
    ("hand", "expédier", r"expedi(?:e|ent|era|eront)", r"expediee?s?"),
    ("hand", "partager", r"partage(?:nt|ra|ront)?", r"partagee?s?"),
    ("hand", "renseigner", r"renseigne(?:nt|ra|ront)?", r"renseignee?s?|saisie?s? (?=dans|sur)|remplie?s?"),
    ("hand", "tenir à jour", r"tien(?:t|nent|dra|dront) a (?:jour|(?:la )?disposition)", r"tenue?s? a (?:jour|"
        r"(?:la )?disposition)"),
    ("hand", "libérer", r"libere(?:ra|nt|ront)?|evacue(?:ra|nt|ront)?|enleve(?:ra|nt|ront)?", r"liberee?s?|"
        r"evacuee?s?|enlevee?s?"),
    ("hand", "détruire", r"detrui(?:t|sent|ra|ront)|efface(?:nt|ra|ront)?|supprime(?:nt|ra|ront)?", r"detruite?s?|"
        r"effacee?s?|supprimee?s?"),
    ("tell", "répondre", r"repond(?:ent|ra|ront|rez)?", r"(?!x)x"),
    ("tell", "se prononcer", r"se prononce(?:nt|ra|ront)?|statue(?:nt|ra|ront)?|approuve(?:nt|ra|"
                             r"ront)?", r"approuvee?s?|agreee?s?"),
    ("tell", "faire connaître", r"(?:fait|font|fera|feront) (?:connaitre|savoir|viser|part)", r"(?!x)x"),
    ("tell", "donner", r"donne(?:nt|ra|ront)? (?:avis|connaissance|acces|communication)", r"(?!x)x"),
    ("meet", "participer", r"participe(?:nt|ra|ront)?|assiste(?:nt|ra|ront)?(?= (?:a|aux) )|rencontre(?:nt|ra|"
                           r"ront)?", r"(?!x)x"),
    ("meet", "se réunir", r"se rencontrent|se rencontreront|font le point|se retrouvent", r"(?!x)x"),
    ("tell", "notifier", r"notifi(?:e|ent|era|eront|erons|erez|ons|ez)", r"notifiee?s?"),
    ("tell", "informer", r"informe(?:nt|ra|ront|rons|rez|z)?|informons", r"informee?s?"),
    ("tell", "aviser", r"avise(?:nt|ra|ront|rons|rez|z)?", r"avisee?s?"),
    ("tell", "déclarer", r"declare(?:nt|ra|ront|rez|z)?", r"declaree?s?"),
    ("tell", "signaler", r"signale(?:nt|ra|ront|rez|z)?", r"signalee?s?"),
    ("tell", "prévenir", r"previen(?:t|nent|dra|dront)|prevenez|previendrez", r"prevenue?s?"),
    ("tell", "avertir", r"averti(?:t|ra|ront|ssent|ssez)", r"avertie?s?"),
    ("tell", "alerter", r"alerte(?:nt|ra|ront)?", r"alertee?s?"),
    ("tell", "annoncer", r"annonce(?:nt|ra|ront|z|rez)?", r"annoncee?s?"),
    ("tell", "confirmer", r"confirme(?:nt|ra|ront|z|rez)?", r"confirmee?s?"),
    ("tell", "indiquer", r"indique(?:ra|ront)", r"(?!x)x"),
    ("tell", "porter à la connaissance", r"porte(?:nt|ra|ront)? a (?:la |sa )?connaissance", r"portee?s? a (?:la |"
        r"sa )?connaissance"),
    ("tell", "rendre compte", r"(?:vient |viennent )?rend(?:ent|ra|ront|re)? compte", r"rendue?s? compte"),
    ("tell", "accuser réception", r"accuse(?:nt|ra|ront)? reception", r"(?!x)x"),
    ("tell", "désigner", r"designe(?:ra|ront|nt)?(?= (?:un|une|son|sa|le|la) )", r"designee?s?"),
    ("tell", "certifier", r"certifi(?:e|ent|era|eront)", r"certifiee?s?"),
    ("tell", "valider", r"valide(?:nt|ra|ront)?|font l'objet d'une validation|"
                        r"fait l'objet d'une validation", r"validee?s?"),
    ("tell", "faire", r"(?:fait|fera|font|feront) (?:un |le |un bref )?(?:rapport|point|compte rendu|"
                      r"bilan)", r"(?!x)x"),
    ("meet", "organiser", r"organise(?:nt|ra|ront|rons|z)?", r"organisee?s?"),
    ("meet", "convoquer", r"convoque(?:nt|ra|ront)?", r"convoquee?s?"),
    ("meet", "réunir", r"(?:se )?reuni(?:t|ssent|ra|ront|ssons)", r"reunie?s?"),
    ("meet", "tenir", r"(?:se )?tien(?:t|nent|dra|dront)|tenons", r"tenue?s?(?! (?:de|a|d'))"),
    ("meet", "animer", r"anime(?:nt|ra|ront)?", r"animee?s?"),
    ("meet", "convier", r"convi(?:e|ent|era|eront)", r"conviee?s?"),
    ("meet", "se réunir", r"a lieu|auront lieu|aura lieu|ont lieu", r"(?!x)x"),
    ("do", "réaliser", r"realise(?:nt|ra|ront)?", r"realisee?s?"),
    ("do", "effectuer", r"effectue(?:nt|ra|ront)?", r"effectuee?s?"),
    ("do", "procéder", r"proced(?:e|ent|era|eront)", r"(?!x)x"),
    ("do", "mener", r"mene(?:nt|ra|ront|z)?", r"menee?s?"),
    ("do", "conduire", r"condui(?:t|sent|ra|ront)", r"conduite?s?"),
    ("do", "faire réaliser", r"(?:fait|font|fera|feront|faire) (?:realiser|proceder|executer|verifier|constater|"
                             r"dresser|controler|"
     r"effectuer|analyser|expertiser|etablir|entretenir|ramoner)", r"(?!x)x"),
    ("do", "vérifier", r"verifi(?:e|ent|era|eront)", r"verifiee?s?"),
    ("do", "contrôler", r"controle(?:nt|ra|ront)", r"controlee?s?"),
    ("do", "tester", r"teste(?:nt|ra|ront)?|restaurons|testons", r"testee?s?"),
    ("do", "mettre en place", r"(?:met|mettra|mettront|mettent) en (?:place|oeuvre|ligne)", r"mise?s? en (?:place|"
        r"ligne)"),
    ("do", "relever", r"releve(?:nt|ra|ront)?", r"relevee?s?"),
    ("do", "former", r"forme(?:nt|ra|ront)?(?= (?:le|la|les|l'|son|ses) )", r"formee?s?"),
    ("do", "visiter", r"visite(?:nt|ra|ront)? (?:tous|toutes|les|le|chaque)", r"visitee?s?"),
    ("do", "arrêter", r"arrete(?:nt|ra|ront)?(?= (?:le|la|les|un|son) )", r"arretee?s?(?! (?:au|du))"),
    ("do", "refaire", r"refera|refait|remplace(?:ra|ront|nt)?|retire(?:ra|ront|nt)?|demonte(?:ra|nt)?", r"refaite?s?"),
    ("do", "signer", r"signe(?:ra|ront)", r"signee?s?(?= par (?:le|la|l'))"),
    ("do", "exporter", r"exporte(?:ra|nt)?", r"exportee?s?"),
)  # fmt: skip

_ENGLISH: tuple[tuple[Sort, str, str, str], ...] = (
    ("hand", "deliver", r"delivers?", r"delivered"), ("hand", "provide", r"provides?", r"provided(?! that| for| in|"
        r" by law)"),
    ("hand", "submit", r"submits?", r"submitted"), ("hand", "furnish", r"furnish(?:es)?", r"furnished"),
    ("hand", "supply", r"suppl(?:y|ies)", r"supplied"), ("hand", "send", r"sends?", r"sent"),
    ("hand", "file", r"files?", r"filed"), ("hand", "lodge", r"lodges?", r"lodged"),
    ("hand", "present", r"presents?", r"presented"), ("hand", "produce", r"produces?", r"produced"),
    ("hand", "return", r"returns?", r"returned"), ("hand", "forward", r"forwards?", r"forwarded"),
    ("hand", "transmit", r"transmits?", r"transmitted"), ("hand", "issue", r"issues?", r"issued"),
    ("hand", "make available", r"makes? available", r"made available"), ("hand", "prepare", r"prepares?", r"prepared"),
    ("hand", "circulate", r"circulates?", r"circulated"), ("hand", "publish", r"publish(?:es)?", r"published"),
    ("hand", "show proof", r"shows? (?:proof|evidence)", r"shown"), ("hand", "hand over", r"hands? over", r"handed "
        r"over"),
    ("hand", "go", r"goes|go(?= to )", r"(?!x)x"), ("hand", "give", r"gives? (?:a copy|access|"
        r"[a-z ]{0,20}report)", r"(?!x)x"),
    ("hand", "propose", r"proposes?", r"proposed"), ("hand", "obtain", r"obtains?", r"obtained"),
    ("hand", "maintain insurance", r"(?:maintains?|carr(?:y|ies)|procures?|takes? out|"
                                   r"keeps?) (?:[a-z ,]{0,50})?insurance", r"(?!x)x"),
    ("tell", "notify", r"notif(?:y|ies)", r"notified"), ("tell", "inform", r"informs?", r"informed"),
    ("tell", "report", r"reports?(?= to| on| in| the| any| all| monthly| quarterly| annually| quarterly)", r"reported"),
    ("tell", "advise", r"advises?", r"advised"), ("tell", "announce", r"announces?", r"announced"),
    ("tell", "tell", r"tells?", r"told"), ("tell", "disclose", r"discloses?", r"disclosed"),
    ("tell", "confirm", r"confirms?", r"confirmed"), ("tell", "certify", r"certif(?:y|ies)", r"certified"),
    ("tell", "respond", r"responds?|repl(?:y|ies)", r"(?!x)x"), ("hand", "upload", r"uploads?|posts?", r"uploaded|"
        r"posted"),
    ("hand", "complete", r"completes?", r"completed"), ("hand", "execute", r"executes?(?= and deliver)", r"(?!x)x"),
    ("hand", "remove", r"removes?|vacates?", r"removed|vacated"), ("hand", "share", r"shares?(?= (?:with|its|"
        r"the) )", r"shared"),
    ("meet", "participate", r"participates?", r"(?!x)x"), ("do", "verify", r"verif(?:y|ies)", r"verified"),
    ("tell", "acknowledge", r"acknowledges? receipt", r"acknowledged"), ("tell", "name", r"names?(?= (?:a|an|its|"
        r"the) )", r"named"),
    ("meet", "convene", r"convenes?", r"convened"), ("meet", "hold", r"holds?", r"held"),
    ("meet", "meet", r"meets?", r"met"),
    ("meet", "organise", r"organi[sz]es?", r"organi[sz]ed"), ("meet", "attend", r"attends?", r"attended"),
    ("do", "conduct", r"conducts?", r"conducted"), ("do", "perform", r"performs?", r"performed"),
    ("do", "carry out", r"carr(?:y|ies) out", r"carried out"), ("do", "open", r"opens?", r"opened"),
    ("do", "test", r"tests?", r"tested"), ("do", "put", r"puts? (?:[a-z ]{0,30})?(?:online|in place)", r"put "
        r"(?:online|in place)"),
    ("do", "review", r"reviews?", r"reviewed"), ("do", "update", r"updates?", r"updated"),
    ("do", "calibrate", r"calibrates?", r"calibrated"), ("do", "audit", r"audits?", r"audited"),
    ("do", "renew", r"renews?(?= the (?:certificate|policy|licen))", r"(?!x)x"),
    ("do", "destroy", r"destroys?", r"destroyed"),
)  # fmt: skip


def _verbs(rows: tuple[tuple[Sort, str, str, str], ...]) -> tuple[Verb, ...]:
    return tuple(Verb(infinitive, sort, finite, participle) for sort, infinitive, finite, participle in rows)


FRENCH, ENGLISH = _verbs(_FRENCH), _verbs(_ENGLISH)


@dataclass(frozen=True, slots=True)
class Use:
    """A verb as a sentence uses it, in ``text[start:end]`` (the verb alone, without its auxiliary)."""

    verb: Verb
    voice: Voice
    start: int
    end: int
    begin: int
    """Where its auxiliary or modal begins."""
    bare: bool = False
    """A participle without auxiliary: `, déposée avant le 20 janvier`."""


_BE = re.compile(
    r"\b(?:est|sont|sera|seront|soit|soient|etre|is|are|be|been)"
    r"(?: (?:ensuite|egalement|alors|aussi|[a-z]+ement|[a-z]+ly|then|also|toujours|chaque (?:annee|mois)|"
    r"tous les (?:ans|mois)|desormais|"
    r"par (?:an|ecrit)|donc|en outre)){0,2} $|\b(?:est|sont|sera|seront|is|are|be) [a-z]{4,}[^.;:]{0,60} (?:et|and) $"
)
_BARE = re.compile(
    r"(?:[,(:;] (?:puis |and |et )?(?:(?:leur|leurs|la|le|les|sa|son|ses|une?|its|"
    r"their) [a-z' -]{3,40} )?|^\W*)$"
)
_COMPLEMENT = re.compile(
    r" (?:a|au|aux|par|avant|sous|dans|chaque|le|tous|toutes|pour|en|deux|une fois|des|lors|to|by|within|at|every|on|"
    r"not)\b"
)
_ITEM = re.compile(r"\W*(?:(?:[a-z]|\d{1,2})[.)°]\s+)?(?:et |and |a |de |lui |y |en |to )?")
"""What may stand before the infinitive that opens an item of a list: `- remettre chaque mois…`."""
_PAST = re.compile(r"\b(?:a|ont|avait|ayant|has|have|had|avons|avez)(?: \w+)? $")
_MODAL = re.compile(
    r"\b(?:doi(?:t|vent)|devr(?:a|ont|ez|ons)|devez|s'engage(?:nt|ra)?(?: expressement)? a|s'oblige(?:nt)? a|"
    r"est tenue?s? (?:de|d')|"
    r"sont tenue?s (?:de|d')|sera tenue? (?:de|d')|seront tenue?s (?:de|d')|(?:aura|a) (?:l'obligation|"
    r"a charge) (?:de|d')|"
    r"charge (?:de|d')|se charge(?:ra)? (?:de|d')|(?:appartient|incombe)[a-z' ]{0,40} (?:de|d')|"
    r"oblige (?:[a-z' ]{0,40})?a|en mesure (?:de|d')|veille(?:ra)? a|shall|must|will|agrees? to|undertakes? to|"
    r"(?:is|are) (?:required|obliged|obligated|responsible) to|has to|have to|covenants? to)"
    r"(?: (?:also|then|promptly|immediately|in addition|further|egalement|obligatoirement|imperativement|en outre|"
    r"notamment|aussi|at its "
    r"(?:own |sole )?(?:cost|expense)(?: and expense)?)|,[^,]{1,80},| (?:[a-z]+, )?[a-z]+ (?:and|or)| [a-z]+ et)*"
    r"\s?(?:en |l'|le |la |les |lui |y |leur |s'|se |nous |vous )*$"
)
_REACH = 140


def _first_letters(pattern: str) -> set[str]:
    """The letters with which what ``pattern`` matches may begin."""
    letters: set[str] = set()
    for alternative in _split(pattern):
        rest = alternative.removeprefix("\\b")
        while rest.startswith("(?:"):
            close = _close(rest)
            letters |= _first_letters(rest[3:close])
            rest = rest[close + 1 :]
            if not rest.startswith("?"):
                break
            rest = rest[1:]
        else:
            letters |= {rest[0]} if rest[:1].isalpha() else set()
    return letters


def _split(pattern: str) -> list[str]:
    depth, parts = 0, [""]
    for char in pattern:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _close(pattern: str) -> int:
    depth = 0
    for at, char in enumerate(pattern):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth == 0:
            return at
    return len(pattern)


_PLAIN = str.maketrans("éèêàâîïôûùç", "eeeaaiiouuc")


def _by_letter(verbs: tuple[Verb, ...], *, english: bool) -> dict[str, re.Pattern[str]]:
    """Three patterns a verb (finite, participle, infinitive), by first letter: a word is tried against few of them."""
    buckets: dict[str, list[str]] = {}
    for index, verb in enumerate(verbs):
        infinitive = verb.finite if english else verb.infinitive.translate(_PLAIN)
        for kind, pattern in (("p", verb.participle), ("i", infinitive), ("f", verb.finite)):
            if english and kind == "i":
                continue
            for letter in _first_letters(pattern):
                buckets.setdefault(letter, []).append(f"(?P<{kind}{index}>(?:{pattern})(?![a-z]))")
    return {letter: re.compile("|".join(patterns)) for letter, patterns in buckets.items()}


_LETTERS = {"fr": _by_letter(FRENCH, english=False), "en": _by_letter(ENGLISH, english=True)}
_WORD = re.compile(r"[a-z]+")


def uses(folded: str, language: str) -> list[Use]:
    """The verbs of folded text that hand over, tell, convene or do, in order."""
    english = language == "en"
    verbs, letters = (ENGLISH, _LETTERS["en"]) if english else (FRENCH, _LETTERS["fr"])
    found: list[Use] = []
    for word in _WORD.finditer(folded):
        pattern = letters.get(word[0][0])
        match = pattern.match(folded, word.start()) if pattern is not None else None
        if match is None or match.lastgroup is None or (found and word.start() < found[-1].end):
            continue
        use = _use(verbs[int(match.lastgroup[1:])], match.lastgroup[0], folded, match.start(), match.end(), english)
        if use is not None:
            found.append(use)
    return found


def _use(verb: Verb, kind: str, folded: str, start: int, end: int, english: bool) -> Use | None:
    before = folded[max(0, start - _REACH) : start]
    shift = start - len(before)
    if kind == "p":
        if auxiliary := _BE.search(before):
            return Use(verb, "passive", start, end, shift + auxiliary.start())
        if (opening := _BARE.search(before)) and _COMPLEMENT.match(folded, end):
            return Use(verb, "passive", start, end, shift + opening.start(), bare=True)
        finite = re.compile(rf"(?:{verb.finite})(?![a-z])").match(folded, start)
        if finite is None:
            return None
        end = finite.end()
    if kind == "i" and _ITEM.fullmatch(folded, 0, start):
        return Use(verb, "infinitive", start, end, start)
    modal = _MODAL.search(before) if kind == "i" or english else None
    if modal:
        return Use(verb, "infinitive", start, end, shift + modal.start())
    if kind == "i" or _PAST.search(before):
        return None
    return Use(verb, "active", start, end, start)
