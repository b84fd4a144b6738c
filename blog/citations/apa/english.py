"""
Detection of English titles: only these take title case in the text.

Registries and files seldom say the language. A title in another language that is written as if it
were English is wrong for every reader of it, an English one that stays as it is stored is not; so
what is not plainly English is left alone.
"""

import re

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# French and Italian articles that lean on the next word: l’étude, dell’arte.
ELIDED = re.compile(
    r"(?<!\w)(?:[cdjlmnst]|qu|dell|nell|all|sull|un)['’](?=[^\W\d_]{2})", re.IGNORECASE
)
# Endings and groups of letters of English words that its neighbours do not have.
ENGLISH_SHAPE = re.compile(
    r"\w{2,}(?:ness|ship|ships|ful|less|ings|ght|ghts|ously|ably|ingly|ally)|wh\w{2,}|\w+n['’]t"
    r"|\w{3,}(?:ing|ity|ities|logy|graphy|ical|ous|ithm|ithms)|\w+['’]s|\w*(?:ough|augh|eigh)\w*"
)

ENGLISH_WORDS = """
about above abstract access act after again against age agency aging air all although always
amendment american among an analysis and animals annual another anybody approach approaches are
articles as ask asked assessment assignment association at author autumn awareness away back be
because been before beginning behavior behaviour being belonging below beneath best better
between beyond bill bird birds black blog blogging blogs blue board book books both bottom boy
boys bridge bright british brook brooks build building built bulletin bullying bureau business
but by call called came can care case cases challenges change changes child children city class
classroom clean climate college commission committee communities community computer concerning
conference congress constitution control convention could council countries country course
courses court curriculum dark day days death declaration department design despite developing
development different discrimination discussion does during each early earth education effect
effects eight either encyclopedia engagement english enough environment equal equity evaluation
evening ever every everyone everything evidence experience experiences fact facts fake family
farm fear feedback feel felt few field fields find findings fire first fish fishing five food
for forest forward found four framework freedom friend friends friendship from future garden get
girl girls give given go going gone good got government grade grades grading great green group
groups grow growing growth guide guideline guidelines had handbook has have health hearing heavy
help helping her high higher his history home hope horse house how human idea ideas identity if
impact improvement inquiry inside insights instruction into introduction is issues it its join
joined journal keep kept key king know knowing knowledge known language law learn learned
learner learners least leave lecture left less lesson lessons let letter letters level life
light like literacy little living long look looking looks love lower magazine make making manual
many map maps meeting memory mental methods middle mind mining ministry misinformation models
moon moors more morning much music my national nature near need needs neither nets network
networked networks never new news night nobody not nothing of office offline often old on one
online open or order other our out outcomes outside over overview own painting paper papers
parents part parts pattern patterns peer peers people performance perspective perspectives
photograph physical picture pictures play policy political power practice practices press
primary principles privacy proceedings process product programs public put quality quarterly
queen questions reader readers reading relations relationships report reports research resources
review right rights rise risk river rivers road role rule rules run safety said same saw say
says school schools science sciences score scores sea second see seeing seen self senate sense
series seven share shared sharing she sheet short should show shown side sides silver since
skills sky small snow so society soft some someone something song space spaces speech spring
standards stars start started state statement states statistics stone stones stories story
strategies strategy street strength strong structure student students studies study such summer
support supreme survey systems take tale talk taught teach teacher teachers teaching team teams
technical technology ten testing than that the their them then theories theory there these they
things thinking third this those though thought three through ties time times to today told tool
tools top toward towards town training treaty tree trees trends tried trust truth try turn
turned tweet tweets twelve twenty two uk under understanding united universities university
unless until up us use user users using views village voice voices want wants was water ways we
weak web week weeks weir weirs were what when where whether which while white who whole whom
whose why will winter with within without woman women wood words work working workshop world
worse would write writer writers writing written year years yellow you young your youth
"""
OTHER_WORDS = """
aan al alla alle als att auf aus aux av avec bei bir bu ce ces cette che chez com como con da
dans das de degli dei del della delle dem den der des det di dla do dos du e ein eine einem
einen einer eines el em en es est et ett eu fra från för für gli het i ihre il ist jest ke ki
kun la las le les lo los mais met mit mot na nach nas nel nella nicht nie no non nos nous o och
oder og om ons op oraz os ou over par para pas per por pour på que quel qui sa se ses si sich
sie sobre som sont su sur sus till um un una und une uns untuk van vid vom von voor wie y yang z
za ze zu zum zur
"""
ENGLISH, OTHER = frozenset(ENGLISH_WORDS.split()), frozenset(OTHER_WORDS.split())


def is_english(text: str, *beside: str, language: str = "") -> bool:
    """Return whether a text is plainly English, by its record's language or its own words.

    Where these say nothing, the texts ``beside`` it are asked, such as the name of its journal.
    """
    if language:
        return language.lower().startswith("en")
    answers = (_english_by_words(one) for one in (text, *beside))
    return next((answer for answer in answers if answer is not None), False)


def _english_by_words(text: str) -> bool | None:
    """Return whether the words of a text are English; None where they do not tell."""
    words = [word.lower() for word in WORD.findall(text)]
    if any(not character.isascii() for word in words for character in word if character != "’"):
        return False
    english = sum(word in ENGLISH or bool(ENGLISH_SHAPE.fullmatch(word)) for word in words)
    other = sum(word in OTHER and word not in ENGLISH for word in words)
    other += len(ELIDED.findall(text))
    if other >= max(english, 1):
        return False
    return True if english else None
