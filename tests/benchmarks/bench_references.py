"""Works without a fault: entries that are right, and files that read back the same.

    python -m tests.benchmarks.bench_references [COUNT]

Works are made up in the shapes of 36 kinds of items that reference managers have, each with some
of its fields missing; where ``PLN_TEST_DATA`` is set, the records of its files are counted too.
"""

import os
import random
import sys
from collections.abc import Iterator

import django

COUNT = 1_200  # works, unless another number is given
SEED = 7
SAMPLE = (
    "nets weirs moor brooks ties trust letters weeks people learn share small open how why of the "
    "in and for with a to réseaux Netze redes confianza"
)
FAMILIES = ("Quill", "Bell", "Sol", "de Luna", "Müller", "O’Neil", "Hrytsenko", "Nguyễn", "كريم")
GIVEN = ("Ana", "Bo C.", "Jean-Paul", "D.", "Thị Hà", "Érica")
GROUPS = ("Moor University", "Ministry of Nets, Weirs and Moors", "Brook Agency")

PEOPLE = {"author", "editor", "translator", "director", "host", "guest", "producer", "composer"} | {
    *("script-writer", "executive-producer", "interviewer", "recipient", "container-author"),
}
# Kind of item: its CSL type, and the fields it usually has.
SHAPES = {
    "artwork": "graphic author title medium archive archive-place issued",
    "audio recording": "song author title medium publisher collection-title issued",
    "bill": "bill author title number authority chapter-number section issued",
    "blog post": "post-weblog author title container-title issued URL",
    "book": "book author editor title edition volume publisher publisher-place issued ISBN",
    "book section": "chapter author editor title container-title edition page publisher issued",
    "case": "legal_case author title authority number container-title volume page issued",
    "conference paper": "paper-conference author title container-title event-title page issued DOI",
    "data set": "dataset author title version publisher issued DOI",
    "dictionary entry": "entry-dictionary title container-title publisher issued URL accessed",
    "document": "document author title publisher issued URL",
    "edited book": "book editor title edition publisher issued DOI",
    "email": "personal_communication author recipient title issued URL",
    "encyclopedia entry": "entry-encyclopedia author title container-title issued URL accessed",
    "film": "motion_picture director producer title genre publisher issued",
    "forum post": "post author title genre container-title issued URL",
    "hearing": "hearing author title section authority chapter-number number issued URL",
    "interview": "interview author interviewer title medium container-title issued URL",
    "journal article": "article-journal author title container-title volume issue page issued DOI",
    "letter": "personal_communication author recipient title archive archive_location issued",
    "magazine article": "article-magazine author title container-title volume page issued URL",
    "manuscript": "manuscript author title genre publisher archive issued",
    "map": "map author title publisher publisher-place issued URL",
    "newspaper article": "article-newspaper author title container-title page issued URL",
    "patent": "patent author title number authority publisher-place issued URL",
    "podcast": "broadcast author host guest title collection-title number medium issued URL",
    "preprint": "article author title genre number publisher issued DOI",
    "presentation": "speech author title genre event-title event-place issued URL",
    "radio broadcast": "broadcast author title container-title number publisher medium issued",
    "report": "report author title genre number publisher issued URL",
    "software": "software author title version publisher issued URL",
    "standard": "standard author title number publisher issued URL",
    "statute": "legislation author title number container-title section page issued",
    "thesis": "thesis author title genre publisher archive issued URL",
    "TV broadcast": "broadcast script-writer director title container-title season number issued",
    "video": "motion_picture author title medium container-title issued URL",
    "web page": "webpage author title container-title issued URL accessed",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plnsite.settings")
    django.setup()
    from tests.blog.citations.generated import REFERENCES, real_records

    count = int(sys.argv[1]) if sys.argv[1:] else COUNT
    report(f"{count} works of {len(SHAPES)} kinds", list(made_up(count)))
    if REFERENCES.exists():
        real = list(real_records())
        report(f"{len(real)} records of PLN_TEST_DATA", real)


def made_up(count: int) -> Iterator[dict]:
    """Yield works of every kind in turn, each with about a third of its fields missing."""
    chance = random.Random(SEED)
    for number in range(count):
        type_, *fields = list(SHAPES.values())[number % len(SHAPES)].split()
        kept = [field for field in fields if field == "title" or chance.random() < 0.7]
        record = {field: value(field, chance) for field in kept}
        yield {"id": f"w{number}", "type": type_, **record}


def value(field: str, chance: random.Random):
    if field in PEOPLE:
        return [person(chance) for _ in range(chance.choice([1, 1, 2, 3]))]
    if field in {"issued", "accessed"}:
        return chance.choice([day(chance), day(chance), {"literal": "in press"}, span(chance)])
    if field == "page":
        return chance.choice(["3-9", "12", "e77"])
    fixed = {
        "DOI": "10.5555/12",
        "URL": chance.choice(["https://example.org/w", "https://example.org/x;s=1?a=1;b=2"]),
        "ISBN": "9780306406157",
        "medium": chance.choice(["audio/mpeg", "video/mp4", "CD", "Lithograph"]),
        "genre": chance.choice(["PhD thesis", "Working Paper", "Letter", "Accident Report"]),
        "number": chance.choice(["12", "AB-12", "H.R. 12", "Working Paper 12", "US123"]),
    }
    if field in fixed:
        return fixed[field]
    if field in {"volume", "issue", "edition", "version", "season", "chapter-number"}:
        return chance.choice(["1", "2", "3", "Second", "2nd printing", "113"])
    return phrase(chance)


def phrase(chance: random.Random) -> str:
    words = " ".join(chance.choices(SAMPLE.split(), k=chance.randint(1, 14)))
    ending = chance.choice(["", "", "", "?", ":", " (part 2)", ": “a reply”", "."])
    return words[0].upper() + words[1:] + ending


def person(chance: random.Random) -> dict:
    if chance.random() < 0.2:
        return {"literal": chance.choice(GROUPS)}
    suffix = {"suffix": "Jr."} if chance.random() < 0.1 else {}
    return {"family": chance.choice(FAMILIES), "given": chance.choice(GIVEN), **suffix}


def day(chance: random.Random) -> dict:
    parts = [chance.randint(1950, 2026), chance.randint(1, 12), chance.randint(1, 28)]
    return {"date-parts": [parts[: chance.randint(1, 3)]]}


def span(chance: random.Random) -> dict:
    return {"date-parts": [[2019], [2021]], **({"circa": True} if chance.random() < 0.3 else {})}


def report(what: str, records: list[dict]) -> None:
    from blog.citations import format_entry
    from blog.citations.exporters import write_bibtex, write_ris
    from blog.citations.parsers import clean_csl, read_references
    from tests.blog.citations.apa.test_entry_properties import faults, odd

    print(what)
    records = [clean_csl(record) for record in records]
    sound = [record for record in records if not odd(record)]
    show("entries without a fault", sum(not faults(record) for record in sound), len(sound))
    for name, write in (("BibTeX", write_bibtex), ("RIS", write_ris)):
        same = sum(
            format_entry(read_references(write([record]))[0]) == format_entry(record)
            for record in records
        )
        show(f"the same entry after {name}", same, len(records))


def show(what: str, right: int, total: int) -> None:
    print(f"  {what:32}{right:>6} of {total:<6}{100 * right / total:>7.2f} %")


if __name__ == "__main__":
    main()
