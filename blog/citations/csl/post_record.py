"""CSL record of a post, for citing it. Pure."""

from datetime import date

from blog.citations.csl.names import PARTICLE


def record_of_post(*, title: str, name: str, day: date, site: str, url: str) -> dict:
    """Return the CSL record of a post by ``name``; "" for a post without a named author."""
    record = {
        "type": "post-weblog",
        "title": title,
        "container-title": site,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": url,
    }
    return record | ({"author": [person(name)]} if name else {})


def person(name: str) -> dict:
    """Return the CSL name of a person: “Ada Byron” and “Ada de la Cruz” have a family name.

    A single name, or one of three words and more, is not split: which of “Bui Phu Hung” is the
    family name no program knows.
    """
    words = name.split()
    particles = [word for word in words[1:-1] if PARTICLE.fullmatch(word)]
    if len(words) - len(particles) != 2 or any("," in word for word in words):
        return {"literal": name}
    return {"family": " ".join(words[1:]), "given": words[0]}
