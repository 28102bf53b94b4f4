"""Verbs of handing over, telling, convening and doing, with the forms in which contracts use them.

A line a verb: infinitive; finite stems (present, future, `que` clauses); past participle. A new verb is one line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sort = Literal["hand", "tell", "meet", "give", "do", "deed"]
"""``hand``: something changes hands; ``tell``: somebody is informed; ``meet``: people meet; ``give``: a common verb
that hands over only where a document is its object; ``do``: a deed, which may be the service itself and therefore needs
more to count; ``deed``: any verb after a modal of duty."""


@dataclass(frozen=True, slots=True)
class Verb:
    infinitive: str
    sort: Sort
    finite: str
    participle: str


_FRENCH: tuple[tuple[Sort, str, str, str], ...] = (
    ("hand", "remettre", r"remet(?:s|tent|tra|tront|trons|trez|tons|tez)?", r"remise?s?"),
    ("hand", "transmettre", r"transmet(?:s|tent|tra|tront|trons|trez|tons|tez)?", r"transmise?s?"),
    ("hand", "fournir", r"fourni(?:s|t|ssent|ra|ront|rai|rons|rez|ssons|ssez)(?! par)", r"fournie?s?"),
    ("hand", "communiquer", r"communique(?:nt|ra|ront|rons|rez|z)?|communiquons", r"communiquee?s?"),
    ("hand", "adresser", r"adresse(?:nt|ra|ront|rons|rez|z)?|adressons", r"adressee?s?"),
    ("hand", "produire", r"produi(?:s|t|sent|ra|ront|rai|rons|rez|sons|sez)(?! par)", r"produite?s?"),
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
                          r" a penal)", r"soumise?s?(?= (?:au (?:visa|client|maitre|pouvoir)|a (?:la |"
                                        r"l')?(?:validation|approbation|agrement|"
                          r"accord|avis|signature|acheteur)))|soumise?s?(?! (?:a une garantie|aux? |a la tva|"
                          r"a (?:penalite|retenue|tva)))"),
    ("hand", "délivrer", r"delivre(?:nt|ra|ront|rons|rez|z)?|delivrons", r"delivree?s?"),
    ("give", "fixer", r"fixe(?:nt|ra|ront)?(?= (?:le|la|les|une?|son|sa|ses) )", r"fixee?s? (?=par)"),
    ("give", "mettre en ligne", r"(?:met|mettent|mettra|mettront|mettons|mettez|mets) en ligne", r"mise?s? en ligne"),
    ("give", "remettre", r"(?:doi(?:t|vent)|devra|devront|devons|devez)"
                         r"(?= (?:(?:au|aux|a la|a l') ?[a-z]+ )?(?:un|une|le|la|les|des|son|sa|"
                         r"ses) )", r"due?s?(?! a la)"),
    ("give", "remettre", r"recoi(?:t|s|vent)|recev(?:ra|ront|ez|ons|rez|rons)|(?:est|sont|sera|"
                         r"seront) destinataires? d(?:e|'une?)|"
                         r"recevoir", r"(?!x)x"),
    ("tell", "formuler", r"formule(?:nt|ra|ront)?", r"formulee?s?"),
    ("hand", "mettre à disposition", r"(?:met|mettent|mettra|mettront|mettons|mettez) (?:gratuitement )?a (?:la |sa |"
                                     r"votre )?disposition",
     r"mise?s? a (?:la |sa |votre )?disposition"),
    ("hand", "faire parvenir", r"(?:fait|font|fera|feront|faites|faisons|ferez) parvenir", r"parvenue?s?"),
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
    ("hand", "constituer", r"constitue(?:ra|ront|(?:nt)?(?= (?:une?|la|son|sa) (?:garantie|caution|reserve|"
                           r"depot)))", r"constituee?s?"),
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
    ("hand", "détruire", r"detrui(?:s|t|sent|ra|ront|rai|rons|sons|sez)|"
                          r"efface(?:nt|ra|ront)?|supprime(?:nt|ra|ront)?", r"detruite?s?|"
        r"effacee?s?|supprimee?s?"),
    ("tell", "répondre", r"repond(?:ent|ra|ront|rez)?", r"(?!x)x"),
    ("tell", "se prononcer", r"se prononce(?:nt|ra|ront)?|statue(?:nt|ra|ront)?", r"(?!x)x"),
    ("tell", "approuver", r"approuve(?:nt|ra|ront)?", r"approuvee?s?|agreee?s?"),
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
    ("tell", "prévenir", r"previen(?:s|t|nent|dra|dront|drai|drons)|preven(?:ez|ons)|previendrez", r"prevenue?s?"),
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
    ("do", "faire réaliser", r"(?:fait|font|fera|feront|faire) (?!parvenir|connaitre|savoir|valoir|face|foi|"
                             r"part|etat|suite|"
                             r"courir|partie|droit|naitre|obstacle|appel|tomber|passer|tenir|viser|"
                             r"peser)[a-z]{4,}(?:er|ir|re)", r"(?!x)x"),
    ("hand", "ouvrir l'accès", r"(?:ouvr(?:e|ent|ira|iront|ez|ons)|activ(?:e|era|ez|"
                               r"ons)) (?:gratuitement )?(?:l'|un |son |les? )"
                               r"(?:acces|comptes?)", r"(?!x)x"),
    ("tell", "nommer", r"nommera|nommeront|designera|designeront", r"(?!x)x"),
    ("tell", "missionner", r"missionne(?:nt|ra|ront)?|mandate(?:ra|ront)?", r"missionnee?s?"),
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
    ("hand", "remettre", r"parvien(?:t|nent|dra|dront)", r"(?!x)x"),
    ("hand", "faire passer", r"(?:fait|font|fera|feront|faites|ferez|faire) (?:passer|tenir)", r"(?!x)x"),
    ("hand", "élaborer", r"elabore(?:nt|ra|ront)?", r"elaboree?s?"),
    ("hand", "formaliser", r"formalise(?:nt|ra|ront)?", r"formalisee?s?"),
    ("hand", "diffuser", r"diffuse(?:nt|ra|ront)?", r"diffusee?s?"),
    ("hand", "expédier", r"expedi(?:e|ent|era|eront)", r"expediee?s?"),
    ("hand", "préparer", r"prepare(?:nt|ra|ront)?", r"preparee?s?"),
    ("hand", "télétransmettre", r"teletransmet(?:tent|tra|tront)?", r"teletransmise?s?"),
    ("meet", "inviter", r"invite(?:nt|ra|ront)?", r"invitee?s?(?! a )"),
    ("meet", "présider", r"preside(?:nt|ra|ront)?", r"presidee?s?"),
    ("tell", "nommer", r"nomme(?:nt|ra|ront)?(?= (?:un|une|son|sa|le|la) )", r"nommee?s?"),
    ("give", "donner", r"donne(?:nt|ra|ront|z|rez)?", r"donnee?s?"),
    ("give", "joindre", r"joi(?:nt|gnent|ndra|ndront)", r"jointe?s?"),
    ("give", "verser", r"verse(?:nt|ra|ront)? (?:au|a la|aux|dans)", r"versee?s? (?:au|a la|aux) dossier"),
    ("give", "afficher", r"affiche(?:nt|ra|ront)?", r"affichee?s?"),
    ("give", "partager", r"partage(?:nt|ra|ront)?", r"partagee?s?"),
    ("give", "montrer", r"montre(?:nt|ra|ront)?", r"montree?s?"),
    ("give", "consigner", r"consigne(?:nt|ra|ront)", r"consignee?s?"),
    ("give", "exposer", r"expose(?:nt|ra|ront)", r"exposee?s?"),
    ("give", "obtenir", r"obtien(?:t|nent|dra|dront)", r"obtenue?s?"),
    ("give", "assurer", r"assure(?:nt|ra|ront)", r"(?!x)x"),
    ("do", "examiner", r"examine(?:nt|ra|ront)?", r"examinee?s?"),
    ("do", "essayer", r"essaie(?:nt|ra|ront)?|essaye(?:nt|ra|ront)?", r"essayee?s?"),
    ("do", "étalonner", r"etalonne(?:nt|ra|ront)?", r"etalonnee?s?"),
    ("do", "inspecter", r"inspecte(?:nt|ra|ront)?", r"inspectee?s?"),
    ("do", "évaluer", r"evalue(?:nt|ra|ront)?", r"evaluee?s?"),
    ("do", "recycler", r"recycle(?:nt|ra|ront)?", r"recyclee?s?"),
    ("do", "ramoner", r"ramone(?:nt|ra|ront)?", r"ramonee?s?"),
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
    ("give", "provide", r"receives?", r"due(?= (?:on|by|within|every|each|no later|"
                                      r"not later)\b)"), ("hand", "show proof", r"shows? (?:proof|"
                                                                      r"evidence)", r"shown"),
    ("hand", "hand over", r"hands? over", r"handed "
        r"over"),
    ("hand", "send", r"(?:goes|go) to", r"(?!x)x"), ("hand", "give", r"gives? (?:a copy|access|"
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
    ("meet", "convene", r"convenes?", r"convened"),
    ("meet", "hold", r"holds?", r"held(?! until| harmless| liable| in | by )"),
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
    ("hand", "deliver", r"reach(?:es)?", r"(?!x)x"),
    ("tell", "keep informed", r"keeps? (?:the |its )?[a-z]+ informed", r"kept informed"),
    ("tell", "appoint", r"appoints?(?= (?:a|an|its|the|one) )", r"appointed"),
    ("tell", "designate", r"designates?(?= (?:a|an|its|the|one) )", r"designated"),
    ("meet", "invite", r"invites?", r"invited"), ("meet", "host", r"hosts?", r"hosted"),
    ("tell", "give warning", r"gives? [a-z0-9' ]{0,40}(?:notice|warning)", r"(?!x)x"),
    ("give", "give", r"gives?", r"given"), ("give", "make", r"makes?(?= (?:a|an|the|its) )", r"made"),
    ("give", "demonstrate", r"demonstrates?", r"demonstrated"), ("give", "keep", r"keeps?", r"kept"),
    ("do", "inspect", r"inspects?", r"inspected"), ("do", "return", r"hands? back", r"handed back"),
)  # fmt: skip


def _verbs(rows: tuple[tuple[Sort, str, str, str], ...]) -> tuple[Verb, ...]:
    return tuple(Verb(infinitive, sort, finite, participle) for sort, infinitive, finite, participle in rows)


FRENCH, ENGLISH = _verbs(_FRENCH), _verbs(_ENGLISH)
