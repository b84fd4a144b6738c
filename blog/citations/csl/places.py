"""
Publishers apart from the place that catalogues and older styles print beside them.

Pure. APA 7 prints no place, and CSL has a field for it. Only what is surely a place is one: a city
of publishers, or one with its state or country; a school often has a city in its name.
"""

import re

MAX_CHARS = 300
CITY_NAMES = """
    Amsterdam; Ann Arbor; Athens; Auckland; Baltimore; Bangkok; Barcelona; Basel; Basingstoke;
    Beijing; Berkeley; Berlin; Bern; Bielefeld; Bloomington; Bologna; Bonn; Boston; Boulder;
    Brussels; Bruxelles; Bucharest; Budapest; Buenos Aires; Cambridge; Cape Town; Cham; Chicago;
    Cologne; Copenhagen; Dordrecht; Dublin; Durham; Edinburgh; Farnham; Frankfurt;
    Frankfurt am Main; Geneva; Genève; Glasgow; Göttingen; Hamburg; Heidelberg; Helsinki; Hillsdale;
    Hoboken; Hong Kong; Honolulu; Ithaca; Istanbul; Jerusalem; Kraków; Köln; Leiden; Leipzig;
    Lexington; Lisboa; Lisbon; London; Los Angeles; Madrid; Mahwah; Malden; Manchester; Melbourne;
    Mexico City; México; Milan; Milano; Minneapolis; Montreal; Montréal; Moscow; Mumbai; München;
    Munich; New Brunswick; New Delhi; New Haven; New York; New York City; Newbury Park; Oslo;
    Ottawa; Oxford; Paris; Philadelphia; Prague; Princeton; Reading; Rome; Roma; Rotterdam;
    San Diego; San Francisco; Santiago; São Paulo; Seattle; Seoul; Shanghai; Singapore; Sofia;
    Stanford; Stockholm; Stuttgart; Sydney; Tallinn; Thousand Oaks; Tokyo; Torino; Toronto;
    Tübingen; Turin; Utrecht; Vancouver; Victoria; Vienna; Vilnius; Warsaw; Warszawa;
    Washington; Weinheim; Wellington; Wien; Wiesbaden; Zürich; Zurich
"""
CITIES = frozenset(" ".join(city.split()) for city in CITY_NAMES.split(";"))
STATE = (
    r"(?:[A-Z]{2}|(?:[A-Z]\.){2}|U\.?S\.?A\.?|U\.?K\.?|Mass\.|Calif\.|Conn\.|Ill\.|Ont\.|"
    r"Massachusetts|California|Connecticut|Illinois|Ontario|New Jersey|New York|England|Canada|"
    r"Germany|France|Italy|Spain|Switzerland|(?:The )?Netherlands|Australia|British Columbia)"
)
NAME = r"[^\W\d_a-z][\w.’'-]*(?: (?:am|an|de|of|on|the|[^\W\d_a-z][\w.’'-]*)){0,3}"
CITY = rf"(?P<city>{NAME})(?:, (?P<state>{STATE})(?:, {STATE})?)?"
OTHER = r"(?:\s*(?:[;/&]|\band\b)\s*(?P<other>[^:;,]{2,40})(?:, [A-Z]{2})?)?"
BEFORE = re.compile(rf"(?P<place>{CITY}{OTHER})\s?:\s+(?P<name>\S.*)")
AFTER = re.compile(rf"(?P<name>.*?\S),\s+(?P<place>{CITY}{OTHER})\.?")
HOUSE = re.compile(
    r"\b(?:press|presses|publish\w*|verlag|books|routledge|sage|springer|wiley|elsevier|palgrave|"
    r"macmillan|pearson|penguin|norton|mcgraw[- ]hill|erlbaum|bloomsbury|brill|de gruyter|guilford|"
    r"éditions?|editora|editorial|ediciones|unesco|oecd)\b",
    re.IGNORECASE,
)


def split_place(publisher: str) -> tuple[str, str]:
    """Return the place, "" for none, and the name: “Paris: UNESCO”, “NYU Press, New York”."""
    if len(publisher) > MAX_CHARS:
        return "", publisher
    if (found := BEFORE.fullmatch(publisher)) and _is_place(found):
        return found["place"], found["name"]
    found = AFTER.fullmatch(publisher)
    if not found or not _is_place(found) or not HOUSE.search(found["name"]):
        return "", publisher
    more, name = split_place(found["name"])  # Springer, Berlin, Heidelberg
    return ", ".join(filter(None, (more, found["place"]))), name


def _is_place(found: re.Match) -> bool:
    has_other = found["other"] is None or found["other"] in CITIES
    return has_other and (found["city"] in CITIES or bool(found["state"]))
