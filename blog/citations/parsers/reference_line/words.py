"""Words that say what a piece of a reference is: a publisher, a journal, a group, a site."""

import re

# Words without weight: they are small in names and titles alike.
SMALL_WORDS = """
    a als am an and as at au auf aus aux bei but by da das de degli dei del della dem den der des di
    die do dos du e ed el en et for from für il im in into its la las le les lo los mit na nach no
    nor o of off on onto or os ou over per por pour sobre sul sulla sur than that the their this to
    tot um und under une until up upon van vom von vor with y zu zum zur über à
"""
FUNCTION_WORDS = frozenset(SMALL_WORDS.split())
PUBLISHER = re.compile(
    r"\b(?:press(?:es)?|publish\w*|publications?|verlag|books?|routledge|sage|springer|wiley|"
    r"elsevier|palgrave|macmillan|pearson|penguin|norton|mcgraw[- ]hill|apress|jossey-bass|erlbaum|"
    r"cengage|bloomsbury|brill|de gruyter|guilford|harper\w*|random house|sons|inc|ltd|llc|gmbh|"
    r"[ée]ditions?|editora|editorial|ediciones|house|emerald|igi global|taylor & francis|kluwer|"
    r"academic press|heinemann|houghton mifflin|basic)\b",
    re.IGNORECASE,
)
JOURNAL = re.compile(
    r"\b(?:journal|review|quarterly|annals|bulletin|letters|transactions|frontiers|archives|revista|"
    r"revue|rivista|zeitschrift|studies|acta|magazine)\b",
    re.IGNORECASE,
)
NEWSPAPER = re.compile(
    r"\b(?:times|guardian|herald|tribune|gazette|telegraph|chronicle|daily|globe and mail|"
    r"washington post|newspaper|zeitung|le monde|el país)\b",
    re.IGNORECASE,
)
BLOG = re.compile(r"\b(?:blogs?|weblog|substack|wordpress)\b", re.IGNORECASE)
SOCIAL = re.compile(
    r"^(?:facebook|instagram|twitter|x|tiktok|reddit|linkedin|tumblr|mastodon|bluesky|pinterest|"
    r"threads|snapchat)\b",
    re.IGNORECASE,
)
PREPRINTS = re.compile(
    r"(?:\w*(?:arxiv|rxiv)|osf preprints|research square|preprints\.org|zenodo preprints)\b",
    re.IGNORECASE,
)
MEETING = re.compile(
    r"^(?:proceedings|\d{4}\b.*\b(?:conference|symposium|workshop))", re.IGNORECASE
)
# The beginnings of nouns that name a body, in the languages of most reports; case matters.
GROUP = re.compile(
    r"\b(?:Academ|Administra|Agen[ct]|Alliance|Associa|Asocia|Authorit|Bank|Board|Bundes|Bureau|"
    r"Cent(?:er|re|ro)|Coalition|College|Collectif|Comisi|Comit|Commission|Committee|Compan|Conseil|"
    r"Consejo|Consort|Cooperat|Corporation|Council|Court|Depart|Division|Faculty|Federa|Fondation|"
    r"Force|Forum|Foundation|Fund\b|Fundaci|Government|Group|Hospital|Initiative|Inspect|Institu|"
    r"Laborator|League|Librar|Minist|Museum|Network|Observator|Offic|Organi[sz]a|Parliament|"
    r"Partnership|Program|Secretariat|Secretar[ií]|Service|Senate|School|Soci[eé]t|Statist|Survey|"
    r"Task Force|Team|Trust|Union|Universi)"
)
OFFICE = re.compile(
    r"\b(?:Administra|Agenc|Bank\b|Bureau|Commission|Council|Depart|Government|Minist|Offic|"
    r"Organi[sz]ation|Parliament|Secretariat|Statist)"
)
GOVERNED = re.compile(r"\b(?:of|for|on|de|des|del|di|für|van|voor)\b")
ACRONYM = re.compile(r"[A-Z][A-Z&-]{1,9}")
WORD = re.compile(r"[^\W\d_][\w’'.-]*")


def has_small_words(text: str) -> bool:
    """Return whether a text has small words with a meaning, as titles in APA style have.

    Names of sites, publishers and groups have capitals; addresses and eLife count as names.
    """
    for word in WORD.findall(text):
        plain = word.rstrip(".’'")
        if plain.lower() in FUNCTION_WORDS or len(plain) < 3 or "." in plain:
            continue
        if plain.islower():
            return True
    return False


def is_group(text: str) -> bool:
    """Return whether a name is plainly that of a body: Ministry of Ties, WHO."""
    return bool(GROUP.search(text) or ACRONYM.fullmatch(text.strip(" .")))
