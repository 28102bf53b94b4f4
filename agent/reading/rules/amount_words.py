"""The words around key amounts, and around those that are none."""

from __future__ import annotations

import re

PRICE = re.compile(
    r"\b(?:forfaits?|prix|tarifs?|taux (?:journalier|horaire)|tjm|termes? (?:fixes?|variables?)|recettes?|"
    r"parts? (?:fixes?|variables?)|sommes? (?:globale|forfaitaire|totale)s?|gratification|indemnite (?:mensuelle|"
    r"annuelle)|"
    r"droits? d'inscription|couts? (?:pedagogiques?|tota(?:l|ux)|annuels?)|frais (?:d'inscription|de formation|"
    r"pedagogiques|de gestion|d'installation|de mise en service)|redevance|echeances?|"
    r"enveloppe(?! (?:previsionnelle |financiere )?(?:affectee aux|des|de) travaux)|depenses? (?:annuelle|totale|"
    r"maximale|de l')|"
    r"dotation|frais (?:de deplacement|de mission|annexes)|(?:plus|moins)-value|indemnite d'occupation|"
    r"droits? d'(?:entree|usage)|(?:day|daily|hourly) rates?|"
    r"(?:at (?:the|a|"
    r"an) )rate|montants?|redevances?|"
    r"abonnements?|mensualites?|loyers?|primes?|cotisations?|"
    r"remunerations?|honoraires|contributions?|salaires?|"
    r"traitement|facturation|commandes|bons|navette|tranches?|subvention|budget|participation|"
    r"(?<!hors )(?<!de )(?<!et )charges|provision|"
    r"fees?|rent|prices?|premiums?|compensation|(?<!en )(?:in )?consideration\b(?! des?\b)(?! du\b)|salary|grant|"
    r"retainer|"
    r"contract (?:sum|value)|(?:service|monthly|annual|usage|support) charges?|minimum (?:purchase|commitment|spend)|"
    r"subscription|purchase price|royalt(?:y|ies)|"
    r"brings a contribution|allots|share)\b"
)
"""Nouns that name what is paid."""
PRICE_ALONE = re.compile(
    r"\W*(?:[\da-z]{1,4}\s?[./)°-]+\s*|article [\da-z]+\W*|rubrique [\da-z]+\W*)?(?:l'|la |le |les |vos |nos |mes |"
    r"our |the )?"
    r"(?:prix|tarifs?|honoraires|loyer|redevances?|remuneration|montant|prime|cotisation|conditions financieres|"
    r"fees?|price|"
    r"rent|charges|remuneration)(?: (?:et|and) [^>]{3,30}| (?:du|de la|de l') ?[a-z]{4,15})?\W*"
)
"""A heading that speaks of nothing but what is paid."""
PRICE_HEAD = re.compile(PRICE.pattern + r"|financ|incidence|reglement financier|valeur|payment|financial")
STATES = re.compile(
    r"\b(?:est|sont|sera|seront|s'eleve(?:ra|nt)?|s'etabli(?:t|ssent)|fixee?s?|arretee?s?|moyennant|payee?s?|"
    r"verse(?:ra|nt)?|percoit|percevra|regle|acquitte|"
    r"porte[es]*|devient|augmentee?s?|ramenee?s?|reduite?s?|s'entend|represente|atteint|assure|etablie?s?|"
    r"convenue?s?|"
    r"consentie?s?|evaluee?s? forfaitairement|ressort|se monte|se chiffre|garantit?|remunere[es]*|doit|due?s?|"
    r"facturee?s?|"
    r"perc(?:oit|u)|alloue[es]*|accorde[es]*|accepte|is|are|shall be|shall pay|will pay|charge[sd]?|rise[s]? to|"
    r"pays?|equal to|amounts? to|fixed at|"
    r"agrees to pay|in the amount of|sum of|be|allots|brings)\b"
)
STATES_BY_NOUN = re.compile(
    r"(?:forfait|prix|montant|redevance|abonnement|loyer|prime|cotisation|remuneration|honoraires|contribution|"
    r"salaire|fees?|rent|prices?|premium|salary|"
    r"compensation|grant|terme|part|recette|tarif|tjm|taux|frais|couts?)\b[^.,;]{0,60}(?:de|d'|:|=|of|a|at|jusqu'a|"
    r"to)\s*$"
)
STATES_ALONE = re.compile(
    r"(?:factur[a-z]*|paie(?:ra)?|verse(?:ra)?|pays?|charged)\s$|"
    r"est pay|s'eleve|s'etablit|(?:est|sont) (?:ainsi |donc |desormais |[a-z]+ment )?(?:fixe|arrete|ramene|porte)|"
    r"se regle|elle est de|"
    r"il est de|se decompose"
)
MAXIMUM = re.compile(
    r"\b(?:montant|valeur|total|commandes?|prix|grant)[^.;]{0,50}(?:maxim(?:um|al|ale|a)\b|ne (?:depasse|"
    r"peut (?:depasser|exceder)|pourra (?:exceder|depasser)|saurait)|n'excede)|\bmaxim(?:um|al|ale)\b|"
    r"\bmaximum (?:amount|grant|fee|price)|not exceed|\bceiling\b"
)
MINIMUM = re.compile(r"\bminim(?:um|al|ale|a)\b|\bau moins\b|\bat least\b|guaranteed minimum|\bplancher\b")
DEPOSIT = re.compile(
    r"\bdepots? de garantie|\bcaution(?:nement)?\b|\bgaranties? (?:autonome |bancaire )*(?:a premiere demande|"
    r"bancaire)|\b(?:security )?deposit\b|bank guarantee|letter of credit|"
    r"\bgarantie de bonne (?:fin|execution)|performance bond"
)
CAP = re.compile(
    r"(?:responsabilite|indemni(?:sation|te|tes)|liabilit(?:y|ies)|dommages)[^.;]{0,120}(?:plafon|limit|exce|depass|"
    r"superieure|concurrence|cap(?:ped)?\b|beyond|more than)|"
    r"plafond (?:d'indemni|de (?:la )?responsabilite|de garantie|global)|plafond\b[^.;]{0,40}(?:indemni|responsab)|"
    r"(?:limit|cap)[^.;]{0,60}(?:liability|responsabilite|indemni)|liability[^.;]{0,80}(?:greater|higher|in excess)|"
    r"(?:reparation|prejudices?|condamn)[^.;]{0,80}(?:plafon|limit|exce|depass|superieure)|"
    r"limite contractuelle d'indemnite|liability (?:cap|limit)|limitation (?:of liability|de responsabilite)|"
    r"^responsabilite|responsabilite\b"
)
LIMIT = re.compile(
    r"plafon|limit|exce|depass|concurrence|\bcap\b|capped|beyond|jusqu'a|up to|more than|aggregate|superieure? a|"
    r"(?:greater|higher|larger) than|au plus\b|born(?:e|ee)s? a"
)
FRAMED = re.compile(
    r"accord-cadre|bons? de commande|commandes|(?:avec|sans|entre) (?:un |une )?(?:montant )?(?:maxim|minim)|"
    r"framework|purchase commitment|quantite"
)
"""Where a minimum or maximum needs no noun: it is that of the orders."""
EVENT = re.compile(
    r"par (?:sinistre|evenement|fait|reclamation|incident)|per (?:claim|event|occurrence|incident)|"
    r"(?:each|any one) (?:claim|event)|in any one"
)
"""A cap of each event, not of all."""
NOUN_AFTER = re.compile(
    rf"^[^.;,]{{0,30}}?(?:a titre d[eu']|au titre d[eu']|au titre de l|d[eu']|en|as|in|by way of|comme|"
    rf"for)\s?(?:la |le |l'|the |an? |les )?"
    rf"(?P<noun>{PRICE.pattern})"
)
"""The noun follows the sum: `la somme de 1 200 € à titre de redevance`."""
ONE_OFF = re.compile(
    r"global et forfaitaire|une fois|mise en service|frais (?:d'installation|de dossier|d'entree)|tranche|^lot\b|"
    r"^phase\b|\btf\b|"
    r"^ferme\b|conditionnelle|"
    r"\bto ?\d|optionnelle|ensemble|montant (?:total|global|du marche|de l'acte)|duree totale|sur (?:la|sa|"
    r"toute la) duree|accord-cadre|"
    r"reconduction|pour toute la duree|marche|total|one-time|one-off|lump sum|setup|grant|share of|allots|"
    r"contribution of|"
    r"honoraires (?:sont )?(?:fixes et )?forfaitaires?|ponctuel|en une seule fois|frais (?:d'inscription|"
    r"pedagogiques)|droit d'entree|mobilisation|non recurrent"
)
FORM_OF = re.compile(
    r"^[^.;]{0,60}?(?:\bsoit\b|represente|\(|\bou\b|\bi\.e\b|that is|\bpar (?:quarts?|fractions?|"
    r"termes?)|\band\b|\bet\b|equivaut|equivalent|par douziemes?|se regle)[^.;]{0,40}$"
)
REPLACED_AFTER = re.compile(
    r"^[^.;]{0,50}(?:devient|deviennent|est (?:porte|remplace|ramene)|passe a|is (?:replaced|"
    r"increased|amended))"
)
"""The sum is the old one; the new one follows."""
REPLACED = re.compile(
    r"\b(?:porte[es]*|passe(?:nt|ra)?|ramene[es]*|increased|raised|reduced) (?:de|from)\s?$|"
    r"\b(?:au lieu (?:du prix )?de|instead of|contre|ancienn?e?ment|precedemment|formerly|"
    r"previously|rather than|au lieu du montant de)\b[^.;]{0,30}$"
)
NOT_KEY = re.compile(
    r"\b(?:penalit|amende|capital|franchise|sinistre corporel|biens confies|polic[ey]|assuranc|estim|evalu|"
    r"pour memoire|a titre (?:d'information|indicatif)|"
    r"seuil|escompte|recouvrement|frais de retard|retenues?|devis|couts? (?:de|des)|expertise|"
    r"valeur (?:nette|inferieure|superieure|du bien)|chiffre d'affaires|"
    r"revenue|net sales|insurance|coverage|per occurrence|penalty|liquidated|late (?:fee|charge)|capital stock|"
    r"par value|per share|shares?\b of|stock\b|net worth|"
    r"sous-traitan|subcontract|supplementaire|additional user|vacation supplementaire|ancien|saison precedente|"
    r"anterieur|insured|litige|reclamation|travaux d'une valeur|"
    r"n'atteint pas|fraude|bonus|malus|interets?|marge|tarif demande|familles|indemnite (?:forfaitaire|"
    r"fixe|reglementaire|de retard)|par jour de retard|majore[es]* (?:de (?:\d+ ?%|plein)|d[eu]s? taux|des interets)|"
    r"(?:si|lorsque|quand)[^.;]{0,60}(?:excede|depasse)|dommages depassent|moins cher|chiffree|"
    r"\b(?:demand|propos|reclam|sollicit)ai(?:t|ent)\b|vehicule ajoute|honoraires[^.;]{0,30}supportes|previsionnel|"
    r"fait etat|etai(?:t|ent)\b|\b(?:was|were)\b|chiffre[es]*\b|coute|"
    r"(?:inf|sup)erieure?s? a(?: la somme de)?\s?$|tranches? de\s?$|lignes|"
    r"au-dela de\s?$|origine|variation|difference|excedentaire|hors forfait|titres?-restaurant|ticket|franchises)"
)
NOT_KEY_NEAR = re.compile(
    r"\bdont\s[^,;]{0,40}$|y compris\s[^,;]{0,40}$|\b(?:inclut|comprend|incluant|comprenant|including|"
    r"of which)\s[^;]{0,84}$"
)
"""A part of another sum."""
OLD_LABEL = re.compile(
    r"\b(?:avant|ancien(?:ne)?s?|precedent(?:e|es)?|anterieur|d'origine|previous|before|former)\b|"
    r"^(?:montant (?:de la )?)?(?:tva|vat)\b(?! (?:comprise|incl))|^taxes?\b(?! comprises)"
)
TOTAL_LABEL = re.compile(r"(?:montant |prix |forfait )?(?:total|ensemble|annuel|global)")
NOT_KEY_HEAD = re.compile(
    r"(?:rappel|penalit|sanction|assuranc|insurance|retenues? (?:de|sur)|capital|sous-trait|definition|travaux\b|"
    r"franchise|expose|"
    r"preambul|recital|background|litige|whereas|bonus|"
    r"sinistre|declaration|travaux|representation|warrant|expens)[^>]*$"
)
NOT_KEY_AFTER = re.compile(
    r"^[\s)]*(?:h\.?t\.?\s|ttc\s)?(?:par (?:jour de retard|jour calendaire|infraction|manquement|constat|facture|"
    r"sinistre corporel|heure de retard|envoi|colis|kilogramme|kg|tonne)|"
    r"de (?:retard|penalite)|le litre|de dommages|per (?:day of delay|violation|share|occurrence))|"
    r"^[^.;]{0,70}(?:\b(?:a|ont) (?:deja )?ete (?:restitu|rembours|pay|regl|vers|acquitt)|(?:has|have|had) been paid|"
    r"(?:est|sont) (?:supporte|partage)|support[es]+ par moitie)|^[^.;]{0,12}de recettes"
)
PRICE_LABEL = re.compile(
    r"(?:(?:nouveau |nouvelle |montant (?:de la |du |de l')?|prix (?:de la |du |de l')?|total )?(?:forfait|prix|"
    r"montant|redevance|abonnement|mensualite|loyer|prime|cotisation|remuneration|"
    r"honoraires|salaire|contribution|depot de garantie|caution|garantie (?:a premiere demande|bancaire)|plafond|"
    r"maximum|minimum|tranche|tf\b|to ?\d|p[1-5]\b|lot\b|ferme\b|optionnelle|conditionnelle|hors t(?:va|axes)|"
    r"mise en (?:service|ouvre|oeuvre|place)|toutes taxes|tva comprise|t\.?t\.?c\b|h\.?t\b|tarif|tjm|"
    r"taux (?:journalier|horaire)|part (?:fixe|variable)|"
    r"terme (?:fixe|variable)|echeance|frais (?:d'installation|de mise en service|d'inscription|de gestion)|"
    r"couts?\b|budget|enveloppe|participation|subvention|"
    r"total|ensemble|mise en service|equivalent annuel|responsabilite|limite contractuelle|valeur du (?:contrat|"
    r"marche)|facturation minim|frais de mise en service)|"
    r"(?:[a-z-]+ ){0,3}?(?:annual|monthly|quarterly|total|contract|base|initial|one-time|set-?up|implementation|"
    r"maximum|minimum|daily|"
    r"day|hourly|day )?\s?(?:fees?|rates?|(?<!en )(?<!sur )(?<!de )(?<!hors )charges?|rent|price|"
    r"premium|deposit|salary|subscription|liability cap|cap on liability|"
    r"contract (?:value|sum|price)|security deposit|grant)\b)"
)
"""What opens the label of a key amount in a form or a table."""
