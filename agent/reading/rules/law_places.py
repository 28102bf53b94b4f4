"""Countries, American states and Canadian provinces whose law contracts choose: folded name or adjective to code
(ISO 3166-1, for states and provinces ISO 3166-2). A new place is one line."""

_COUNTRIES: dict[str, tuple[str, ...]] = {
    "FR": ("france", "francais", "francaise", "francaises", "french", "french republic"),
    "GB": ("england", "england and wales", "england & wales", "english", "anglais", "anglaise", "united "
    "kingdom", "angleterre",
           "royaume-uni", "great britain", "scotland", "northern ireland", "wales"),
    "DE": ("germany", "federal republic of germany", "german", "allemagne", "allemand", "allemande"),
    "BE": ("belgium", "belgian", "belgique", "belge", "belges", "kingdom of belgium"),
    "CH": ("switzerland", "swiss", "suisse", "suisses"),
    "LU": ("luxembourg", "luxembourgeois", "luxembourgeoise", "grand duchy of luxembourg"),
    "NL": ("netherlands", "dutch", "pays-bas", "neerlandais", "neerlandaise"),
    "ES": ("spain", "spanish", "espagne", "espagnol", "espagnole", "kingdom of spain"),
    "IT": ("italy", "italian", "italie", "italien", "italienne"),
    "PT": ("portugal", "portuguese", "portugais", "portugaise"),
    "IE": ("ireland", "irish", "republic of ireland", "irlande", "irlandais", "irlandaise"),
    "AT": ("austria", "austrian", "autriche", "autrichien", "autrichienne"),
    "SE": ("sweden", "swedish", "suede", "suedois", "suedoise"), "DK": ("denmark", "danish"),
    "NO": ("norway", "norwegian"),
    "FI": ("finland", "finnish"), "PL": ("poland", "polish", "polonais", "polonaise"), "CZ": ("czech "
    "republic", "czech"),
    "HU": ("hungary", "hungarian"), "RO": ("romania", "romanian"), "GR": ("greece", "greek", "hellenic republic"),
    "MC": ("monaco", "monegasque", "principality of monaco"), "MA": ("morocco", "maroc", "marocain", "marocaine"),
    "TN": ("tunisia", "tunisie", "tunisien", "tunisienne"), "DZ": ("algeria", "algerie", "algerien", "algerienne"),
    "SN": ("senegal", "senegalais", "senegalaise"), "CI": ("cote d'ivoire", "ivoirien", "ivoirienne"),
    "CN": ("china", "people's republic of china", "chinese", "prc", "p.r.c.", "beijing", "peoples republic of china"),
    "HK": ("hong kong",), "TW": ("taiwan", "republic of china"), "JP": ("japan", "japanese"),
    "KR": ("korea", "republic of korea"),
    "SG": ("singapore",), "IN": ("india", "indian"), "IL": ("israel", "israeli", "state of israel"),
    "AE": ("united arab emirates",), "SA": ("saudi arabia",), "TR": ("turkey",),
    "RU": ("russia", "russian federation"),
    "KZ": ("kazakhstan", "republic of kazakhstan"), "AU": ("australia", "new south wales", "queensland", "western "
    "australia"),
    "NZ": ("new zealand",), "ZA": ("south africa",), "BR": ("brazil", "brazilian"), "MX": ("mexico", "mexican"),
    "AR": ("argentina",), "CL": ("chile",), "CO": ("colombia",), "PH": ("philippines",), "TH": ("thailand",),
    "MY": ("malaysia",), "ID": ("indonesia",), "VN": ("vietnam",), "BM": ("bermuda",), "KY": ("cayman islands",),
    "VG": ("british virgin islands",), "JE": ("jersey",), "GG": ("guernsey",), "CY": ("cyprus",), "MT": ("malta",),
    "AU-VIC": ("victoria, australia", "state of victoria"),
    "CA": ("canada",), "CA-ON": ("ontario",), "CA-QC": ("quebec",), "CA-BC": ("british columbia",),
    "CA-AB": ("alberta",),
    "CA-NS": ("nova scotia",), "CA-MB": ("manitoba",), "CA-SK": ("saskatchewan",), "CA-NB": ("new brunswick",),
    "US": ("united states", "united states of america"),
}  # fmt: skip
_STATES: dict[str, str] = {
    "AL": "alabama", "AK": "alaska", "AZ": "arizona", "AR": "arkansas", "CA": "california", "CO": "colorado",
    "CT": "connecticut", "DE": "delaware", "FL": "florida", "GA": "georgia", "HI": "hawaii", "ID": "idaho",
           "IL": "illinois",
    "IN": "indiana", "IA": "iowa", "KS": "kansas", "KY": "kentucky", "LA": "louisiana", "ME": "maine",
           "MD": "maryland",
    "MA": "massachusetts", "MI": "michigan", "MN": "minnesota", "MS": "mississippi", "MO": "missouri",
           "MT": "montana",
    "NE": "nebraska", "NV": "nevada", "NH": "new hampshire", "NJ": "new jersey", "NM": "new mexico", "NY": "new york",
    "NC": "north carolina", "ND": "north dakota", "OH": "ohio", "OK": "oklahoma", "OR": "oregon",
           "PA": "pennsylvania",
    "RI": "rhode island", "SC": "south carolina", "SD": "south dakota", "TN": "tennessee", "TX": "texas",
           "UT": "utah",
    "VT": "vermont", "VA": "virginia", "WA": "washington", "WV": "west virginia", "WI": "wisconsin", "WY": "wyoming",
    "DC": "district of columbia", "PR": "puerto rico",
}  # fmt: skip

PLACES: dict[str, str] = {name: code for code, names in _COUNTRIES.items() for name in names} | {
    name: f"US-{code}" for code, name in _STATES.items()
}
"""`francaise` to FR, `new york` to US-NY, `england and wales` to GB."""
