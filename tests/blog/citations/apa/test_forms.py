"""Forms of the Publication Manual (7th edition, chapters 10 and 11) that students’ sources take.

Each form with one example; ``*…*`` stands for italics. The works are real where the manual’s
public pages have made them well known, else invented.
"""

import re

import pytest

from blog.citations import format_citations, parse_cluster, parse_narrative
from blog.citations.apa.numerals import spelled_out
from blog.citations.csl.types import KINDS
from blog.forms.references.reference import TYPES
from tests.blog.citations.records import entry, in_text, person, write


def people(*names):
    return [person(name) for name in names]


def on(year, month=None, day=None):
    return {"date-parts": [[part for part in (year, month, day) if part]]}


def work(kind, title="", **fields):
    fields = {name.replace("_", "-"): value for name, value in fields.items()}
    fields.pop("url", None)
    record = {"type": kind, "title": title, **fields}
    return record | ({"URL": "https://example.org/w"} if "url" not in fields else {})


def offline(kind, title="", **fields):
    record = work(kind, title, **fields)
    record.pop("URL")
    return record


AUDIOVISUAL = {
    "a video": (
        work(
            "motion_picture",
            "Soft robotic gripper for jellyfish",
            author=people("Harvard University"),
            container_title="YouTube",
            issued=on(2019, 8, 28),
        ),
        "Harvard University. (2019, August 28). *Soft robotic gripper for jellyfish* [Video]. "
        "YouTube. URL",
        "(Harvard University, 2019)",
    ),
    "a video of somebody with another name on its site": (
        work(
            "motion_picture",
            "Happiness",
            author=people("Cutts, Steve [Steve Cutts]"),
            container_title="YouTube",
            issued=on(2017, 11, 24),
        ),
        "Cutts, S. [Steve Cutts]. (2017, November 24). *Happiness* [Video]. YouTube. URL",
        "(Cutts, 2017)",
    ),
    "a TED talk": (
        work(
            "motion_picture",
            "Why you should make useless things",
            author=people("Giertz, Simone"),
            container_title="TED Conferences",
            issued=on(2018, 4),
        ),
        "Giertz, S. (2018, April). *Why you should make useless things* [Video]. TED Conferences. "
        "URL",
        "(Giertz, 2018)",
    ),
    "a film": (
        offline(
            "motion_picture",
            "One flew over the cuckoo’s nest",
            director=people("Forman, Miloš"),
            publisher="United Artists",
            issued=on(1975),
        ),
        "Forman, M. (Director). (1975). *One flew over the cuckoo’s nest* [Film]. United Artists.",
        "(Forman, 1975)",
    ),
    "a TV series": (
        offline(
            "broadcast",
            "The wire",
            executive_producer=people("Simon, David", "Colesberry, Robert F."),
            publisher="Blown Deadline Productions; HBO",
            issued={"date-parts": [[2002], [2008]]},
        ),
        "Simon, D., & Colesberry, R. F. (Executive Producers). (2002–2008). *The wire* "
        "[TV series]. Blown Deadline Productions; HBO.",
        "(Simon & Colesberry, 2002–2008)",
    ),
    "an episode of a TV series": (
        offline(
            "broadcast",
            "Lemons",
            script_writer=people("Barris, Kenya"),
            director=people("Barris, Kenya"),
            executive_producer=people("Barris, Kenya", "Groff, Jonathan"),
            season="3",
            number="12",
            container_title="Black-ish",
            publisher="ABC Studios",
            issued=on(2017, 1, 11),
        ),
        "Barris, K. (Writer & Director). (2017, January 11). Lemons (Season 3, Episode 12) "
        "[TV series episode]. In K. Barris & J. Groff (Executive Producers), *Black-ish*. "
        "ABC Studios.",
        "(Barris, 2017)",
    ),
    "an episode by a writer and a director": (
        offline(
            "broadcast",
            "Ozymandias",
            script_writer=people("Walley-Beckett, Moira"),
            director=people("Johnson, Rian"),
            executive_producer=people("Gilligan, Vince"),
            number="Season 5, Episode 14",
            container_title="Breaking bad",
            publisher="Sony Pictures Television",
            issued=on(2013, 9, 15),
        ),
        "Walley-Beckett, M. (Writer), & Johnson, R. (Director). (2013, September 15). Ozymandias "
        "(Season 5, Episode 14) [TV series episode]. In V. Gilligan (Executive Producer), "
        "*Breaking bad*. Sony Pictures Television.",
        "(Walley-Beckett & Johnson, 2013)",
    ),
    "a podcast": (
        work(
            "broadcast",
            "Hidden brain",
            host=people("Vedantam, Shankar"),
            publisher="NPR",
            issued={"literal": "2015–present"},
        ),
        "Vedantam, S. (Host). (2015–present). *Hidden brain* [Audio podcast]. NPR. URL",
        "(Vedantam, 2015–present)",
    ),
    "an episode of a podcast": (
        work(
            "broadcast",
            "The bus",
            host=people("Glass, Ira"),
            number="712",
            container_title="This American life",
            publisher="WBEZ Chicago",
            issued=on(2011, 8, 12),
        ),
        "Glass, I. (Host). (2011, August 12). The bus (No. 712) [Audio podcast episode]. In "
        "*This American life*. WBEZ Chicago. URL",
        "(Glass, 2011)",
    ),
    "a song": (
        offline(
            "song",
            "Formation",
            author=people("Beyoncé"),
            container_title="Lemonade",
            publisher="Parkwood; Columbia",
            issued=on(2016),
        ),
        "Beyoncé. (2016). Formation [Song]. On *Lemonade*. Parkwood; Columbia.",
        "(Beyoncé, 2016)",
    ),
    "an album": (
        offline(
            "song",
            "Blackstar",
            author=people("Bowie, David"),
            genre="Album",
            publisher="Columbia",
            issued=on(2016),
        ),
        "Bowie, D. (2016). *Blackstar* [Album]. Columbia.",
        "(Bowie, 2016)",
    ),
    "an artwork in a museum": (
        offline(
            "graphic",
            "Faust attempts to seduce Marguerite",
            author=people("Delacroix, Eugène"),
            medium="Lithograph",
            archive="The Louvre",
            archive_place="Paris, France",
            issued={"date-parts": [[1826], [1827]]},
        ),
        "Delacroix, E. (1826–1827). *Faust attempts to seduce Marguerite* [Lithograph]. "
        "The Louvre, Paris, France.",
        "(Delacroix, 1826–1827)",
    ),
    "a photograph": (
        work(
            "graphic",
            "Afghan girl",
            author=people("McCurry, Steve"),
            genre="Photograph",
            publisher="National Geographic",
            issued=on(1985),
        ),
        "McCurry, S. (1985). *Afghan girl* [Photograph]. National Geographic. URL",
        "(McCurry, 1985)",
    ),
    "an infographic": (
        work(
            "graphic",
            "Sorting through our space junk",
            author=people("Rossman, Jean", "Palmer, Rose"),
            genre="Infographic",
            container_title="World Science Festival",
            issued=on(2015),
        ),
        "Rossman, J., & Palmer, R. (2015). *Sorting through our space junk* [Infographic]. "
        "World Science Festival. URL",
        "(Rossman & Palmer, 2015)",
    ),
    "slides": (
        work(
            "speech",
            "Citing open source images",
            author=people("Mack, Rob"),
            genre="PowerPoint slides",
            publisher="Canvas",
            issued=on(2018, 9),
        ),
        "Mack, R. (2018, September). *Citing open source images* [PowerPoint slides]. Canvas. URL",
        "(Mack, 2018)",
    ),
    "a webinar": (
        work(
            "motion_picture",
            "Evaluating adverse drug effects",
            author=people("Goldberg, Joseph F."),
            genre="Webinar",
            publisher="American Psychiatric Association",
            issued=on(2018),
        ),
        "Goldberg, J. F. (2018). *Evaluating adverse drug effects* [Webinar]. American Psychiatric "
        "Association. URL",
        "(Goldberg, 2018)",
    ),
}

LONG = " ".join(f"word{number}" for number in range(1, 26))
TWENTY = " ".join(f"word{number}" for number in range(1, 21))

ONLINE = {
    "a tweet": (
        work(
            "post",
            "Help students avoid plagiarism",
            author=people("APA Databases [@APA_Databases]"),
            container_title="Twitter",
            issued=on(2019, 9, 5),
        ),
        "APA Databases [@APA_Databases]. (2019, September 5). *Help students avoid plagiarism* "
        "[Tweet]. Twitter. URL",
        "(APA Databases, 2019)",
    ),
    "a post on X, by its first twenty words": (
        work(
            "post",
            LONG,
            author=people("Gates, Bill [@BillGates]"),
            container_title="X",
            issued=on(2024, 6, 29),
        ),
        f"Gates, B. [@BillGates]. (2024, June 29). *{TWENTY}* [Post]. X. URL",
        "(Gates, 2024)",
    ),
    "a Facebook post with a video": (
        work(
            "post",
            "These frogs walk instead of hop",
            author=people("News From Science"),
            genre="Video",
            container_title="Facebook",
            issued=on(2018, 6, 26),
        ),
        "News From Science. (2018, June 26). *These frogs walk instead of hop* [Video]. Facebook. "
        "URL",
        "(News From Science, 2018)",
    ),
    "an Instagram photograph": (
        work(
            "post",
            "It’s always wonderful to walk in and see my work",
            author=people("Zeitz MOCAA [@zeitzmocaa]"),
            genre="Photographs",
            container_title="Instagram",
            issued=on(2018, 11, 26),
        ),
        "Zeitz MOCAA [@zeitzmocaa]. (2018, November 26). *It’s always wonderful to walk in and see "
        "my work* [Photographs]. Instagram. URL",
        "(Zeitz MOCAA, 2018)",
    ),
    "a Mastodon post": (
        work(
            "post",
            "Ties are weak today",
            author=people("Luna, Ana [@luna@example.social]"),
            container_title="Mastodon",
            issued=on(2023, 1, 2),
        ),
        "Luna, A. [@luna@example.social]. (2023, January 2). *Ties are weak today* [Post]. "
        "Mastodon. URL",
        "(Luna, 2023)",
    ),
    "a Reddit post": (
        work(
            "post",
            "I’m NASA astronaut Scott Tingle. Ask me anything about being back on Earth",
            author=people("National Aeronautics and Space Administration [nasa]"),
            container_title="Reddit",
            issued=on(2018, 9, 12),
        ),
        "National Aeronautics and Space Administration [nasa]. (2018, September 12). *I’m NASA "
        "astronaut Scott Tingle. Ask me anything about being back on Earth* [Online forum post]. "
        "Reddit. URL",
        "(National Aeronautics and Space Administration, 2018)",
    ),
    "a TikTok video": (
        work(
            "post",
            "Ties",
            author=people("Luna, Ana [@luna]"),
            container_title="TikTok",
            issued=on(2023, 1, 2),
        ),
        "Luna, A. [@luna]. (2023, January 2). *Ties* [Video]. TikTok. URL",
        "(Luna, 2023)",
    ),
    "a classmate’s blog post": (
        work(
            "post-weblog",
            "What my network taught me",
            author=people("Diallo, Awa"),
            container_title="Learning in networks",
            issued=on(2026, 10, 18),
        ),
        "Diallo, A. (2026, October 18). What my network taught me. *Learning in networks*. URL",
        "(Diallo, 2026)",
    ),
    "a comment on a blog post, by its first twenty words": (
        work(
            "post-weblog",
            LONG,
            author=people("Joe"),
            genre="Comment on the blog post “Ties”",
            container_title="Learning in networks",
            issued=on(2026, 10, 19),
        ),
        f"Joe. (2026, October 19). {TWENTY} [Comment on the blog post “Ties”]. *Learning in "
        "networks*. URL",
        "(Joe, 2026)",
    ),
    "a page of a site": (
        work(
            "webpage",
            "Mindfulness meditation",
            author=people("Lee, Chris"),
            container_title="The Site",
            issued=on(2020, 3, 4),
        ),
        "Lee, C. (2020, March 4). *Mindfulness meditation*. The Site. URL",
        "(Lee, 2020)",
    ),
    "a press release": (
        work(
            "webpage",
            "FDA authorizes first interoperable insulin pump",
            author=people("U.S. Food and Drug Administration"),
            genre="Press release",
            issued=on(2019, 2, 14),
        ),
        "U.S. Food and Drug Administration. (2019, February 14). *FDA authorizes first "
        "interoperable insulin pump* [Press release]. URL",
        "(U.S. Food and Drug Administration, 2019)",
    ),
    "an article of a newspaper’s site": (
        work(
            "article-newspaper",
            "The secret to brain success",
            author=people("Guarino, Ben"),
            container_title="The Washington Post",
            issued=on(2017, 12, 4),
        ),
        "Guarino, B. (2017, December 4). The secret to brain success. *The Washington Post*. URL",
        "(Guarino, 2017)",
    ),
    "an app": (
        work(
            "software",
            "Epocrates medical references",
            author=people("Epocrates"),
            genre="Mobile app",
            version="18.12",
            publisher="App Store",
            issued=on(2019),
        ),
        "Epocrates. (2019). *Epocrates medical references* (Version 18.12) [Mobile app]. "
        "App Store. URL",
        "(Epocrates, 2019)",
    ),
    "what a language model wrote": (
        work(
            "software",
            "ChatGPT",
            author=people("OpenAI"),
            genre="Large language model",
            version="Mar 14 version",
            publisher="OpenAI",
            issued=on(2023),
        ),
        "OpenAI. (2023). *ChatGPT* (Mar 14 version) [Large language model]. URL",
        "(OpenAI, 2023)",
    ),
    "an entry of a dictionary": (
        work(
            "entry-dictionary",
            "Self-report",
            author=people("Merriam-Webster"),
            container_title="Merriam-Webster.com dictionary",
            publisher="Merriam-Webster",
            accessed=on(2019, 7, 12),
        ),
        "Merriam-Webster. (n.d.). Self-report. In *Merriam-Webster.com dictionary*. Retrieved "
        "July 12, 2019, from URL",
        "(Merriam-Webster, n.d.)",
    ),
    "an entry of Wikipedia, as it was on a day": (
        work(
            "entry-encyclopedia",
            "List of oldest companies",
            container_title="Wikipedia",
            issued=on(2019, 1, 13),
        ),
        "List of oldest companies. (2019, January 13). In *Wikipedia*. URL",
        "(“List of Oldest Companies,” 2019)",
    ),
}

TEXTS = {
    "a dissertation of a database": (
        offline(
            "thesis",
            "Ties of teachers",
            author=people("Kabir, Joy M."),
            genre="Doctoral dissertation",
            publisher="Northern University",
            number="10169573",
            archive="ProQuest Dissertations & Theses Global",
            issued=on(2016),
        ),
        "Kabir, J. M. (2016). *Ties of teachers* (Publication No. 10169573) [Doctoral "
        "dissertation, Northern University]. ProQuest Dissertations & Theses Global.",
        "(Kabir, 2016)",
    ),
    "a talk at a conference": (
        work(
            "speech",
            "Ties of teachers",
            author=people("Fistek, Amanda"),
            genre="Conference presentation",
            event_title="Society of Ties 20th Annual Convention",
            event_place="Seattle, WA, United States",
            issued={"date-parts": [[2017, 8, 2], [2017, 8, 5]]},
        ),
        "Fistek, A. (2017, August 2–5). *Ties of teachers* [Conference presentation]. Society of "
        "Ties 20th Annual Convention, Seattle, WA, United States. URL",
        "(Fistek, 2017)",
    ),
    "a lecture that readers can find": (
        work(
            "speech",
            "Week 3: Ties",
            author=people("Canan, Ekin"),
            genre="Lecture recording",
            publisher="Brightspace",
            issued=on(2020, 1, 22),
        ),
        "Canan, E. (2020, January 22). *Week 3: Ties* [Lecture recording]. Brightspace. URL",
        "(Canan, 2020)",
    ),
    "a chapter of an edited book": (
        offline(
            "chapter",
            "Of ties",
            author=people("Aron, Lew"),
            editor=people("Steele, Ann", "Silver, Bo"),
            container_title="Answers",
            page="1-20",
            publisher="Sage",
            issued=on(2019),
        ),
        "Aron, L. (2019). Of ties. In A. Steele & B. Silver (Eds.), *Answers* (pp. 1–20). Sage.",
        "(Aron, 2019)",
    ),
    "a book in translation": (
        offline(
            "book",
            "The psychology of the child",
            author=people("Piaget, Jean", "Inhelder, Bärbel"),
            translator=people("Weaver, Helen"),
            edition="2",
            publisher="Basic Books",
            issued=on(1969),
            original_date=on(1966),
        ),
        "Piaget, J., & Inhelder, B. (1969). *The psychology of the child* (H. Weaver, Trans.; "
        "2nd ed.). Basic Books. (Original work published 1966)",
        "(Piaget & Inhelder, 1966/1969)",
    ),
    "somebody who writes their name small": (
        offline(
            "book",
            "Teaching to transgress",
            author=people("hooks, bell"),
            publisher="Routledge",
            issued=on(1994),
        ),
        "hooks, b. (1994). *Teaching to transgress*. Routledge.",
        "(hooks, 1994)",
    ),
}

LEGAL = {
    "a statute": (
        work(
            "legislation",
            "Every Student Succeeds Act",
            volume="20",
            container_title="U.S.C.",
            section="6301",
            issued=on(2015),
        ),
        "Every Student Succeeds Act, 20 U.S.C. § 6301 (2015). URL",
        "(Every Student Succeeds Act, 2015)",
    ),
    "a case of the Supreme Court": (
        work(
            "legal_case",
            "Obergefell v. Hodges",
            volume="576",
            container_title="U.S.",
            page="644",
            authority="U.S.",
            issued=on(2015),
        ),
        "Obergefell v. Hodges, 576 U.S. 644 (2015). URL",
        "(*Obergefell v. Hodges*, 2015)",
    ),
    "a case of another court": (
        offline(
            "legal_case",
            "Durflinger v. Artiles",
            volume="727",
            container_title="F.2d",
            page="888",
            authority="10th Cir.",
            issued=on(1984),
        ),
        "Durflinger v. Artiles, 727 F.2d 888 (10th Cir. 1984).",
        "(*Durflinger v. Artiles*, 1984)",
    ),
    "a regulation": (
        offline(
            "regulation",
            "Protection of Human Subjects",
            volume="45",
            container_title="C.F.R.",
            section="46",
            issued=on(2009),
        ),
        "Protection of Human Subjects, 45 C.F.R. § 46 (2009).",
        "(Protection of Human Subjects, 2009)",
    ),
    "a bill": (
        work(
            "bill",
            "Mental Health on Campus Improvement Act",
            number="H.R. 1100",
            authority="113th Cong.",
            issued=on(2013),
        ),
        "Mental Health on Campus Improvement Act, H.R. 1100, 113th Cong. (2013). URL",
        "(Mental Health on Campus Improvement Act, 2013)",
    ),
    "a treaty": (
        work(
            "treaty",
            "United Nations Convention on the Rights of the Child",
            issued=on(1989, 11, 20),
        ),
        "United Nations Convention on the Rights of the Child, November 20, 1989, URL",
        "(United Nations Convention on the Rights of the Child, 1989)",
    ),
}

FORMS = AUDIOVISUAL | ONLINE | TEXTS | LEGAL


def starred(runs):
    text = "".join(f"*{run.text}*" if run.italic else run.text for run in runs)
    return re.sub(r"\*\*", "", text).replace("https://example.org/w", "URL")


@pytest.mark.parametrize("form", FORMS)
def test_the_list_has_the_form(form):
    csl, expected, _cited = FORMS[form]

    assert starred(entry(csl).runs) == expected


@pytest.mark.parametrize("form", FORMS)
def test_the_text_cites_it(form):
    csl, _listed, expected = FORMS[form]

    (runs,) = format_citations({"k": csl}, [parse_cluster("@k")]).in_text

    assert starred(runs) == expected


LETTER = {
    "type": "personal_communication",
    "author": people("Paige, Emma"),
    "issued": on(2019, 3, 3),
}
SEEN = offline("book", "Nets", author=people("Lyon, A.", "Bo, B.", "Cy, C."), issued=on(2014))
UNSEEN = offline("book", "Ties", author=people("Rabbitt, P."), issued=on(1982))


class TestSecondarySources:
    """A work that only another one tells of: the list has the other alone."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("[@unseen, as cited in @seen]", "(Rabbitt, 1982, as cited in Lyon et al., 2014)"),
            (
                "[@unseen; as cited in @seen, p. 3]",
                "(Rabbitt, 1982, as cited in Lyon et al., 2014, p. 3)",
            ),
            (
                "[Rabbitt, 1982, as cited in @seen]",
                "(Rabbitt, 1982, as cited in Lyon et al., 2014)",
            ),
        ],
    )
    def test_between_brackets(self, text, expected):
        assert in_text(text, seen=SEEN, unseen=UNSEEN) == [expected]
        assert listed(text) == ["seen"]

    def test_in_a_sentence(self):
        cluster = parse_narrative("unseen", "as cited in @seen, p. 3")

        formatted = format_citations({"seen": SEEN, "unseen": UNSEEN}, [cluster])

        (runs,) = formatted.in_text
        assert starred(runs) == "Rabbitt (1982, as cited in Lyon et al., 2014, p. 3)"
        assert {run.key for run in runs} == {None, "seen"}

    def test_a_work_that_was_seen_elsewhere_is_listed_too(self):
        assert listed("[@unseen, as cited in @seen] and @unseen") == ["seen", "unseen"]

    def test_a_work_that_is_only_told_of_leads_nowhere(self):
        runs = write("[@unseen, as cited in @seen]", seen=SEEN, unseen=UNSEEN).in_text[0]

        assert {run.key for run in runs} == {None, "seen"}


def listed(text):
    works = {"seen": SEEN, "unseen": UNSEEN}
    return [entry.key for entry in write(text, **works).entries if entry.text]


def test_a_letter_stands_in_the_text_alone():
    formatted = write("[@k], @k", k=LETTER)

    assert [starred(runs) for runs in formatted.in_text] == [
        "(E. Paige, personal communication, March 3, 2019)",
        "E. Paige (personal communication, March 3, 2019)",
    ]
    assert {run.key for runs in formatted.in_text for run in runs} == {None}
    assert [(entry.key, entry.html) for entry in formatted.entries] == [("k", "")]


def test_a_letter_in_an_archive_is_listed():
    archived = LETTER | {"title": "Letter", "archive": "City Archive"}

    assert entry(archived).text.startswith("Paige, E. (2019, March 3). Letter")


@pytest.mark.parametrize(
    ("title", "sorted_as"),
    [
        ("12 angry men", "twelve angry men"),
        ("1984", "nineteen eighty four"),
        ("1900 and after", "nineteen hundred and after"),
        ("2001: A space odyssey", "two thousand one: A space odyssey"),
        ("101 dalmatians", "one hundred one dalmatians"),
        ("20,000 leagues", "twenty thousand leagues"),
        ("0 degrees", "zero degrees"),
        ("3.14 and more", "3.14 and more"),
        ("10000000 ties", "10000000 ties"),
        ("Ties of 12", "Ties of 12"),
    ],
)
def test_a_title_that_begins_with_a_number_is_sorted_as_if_it_were_spelled(title, sorted_as):
    assert spelled_out(title) == sorted_as


def test_numbers_stand_among_the_words():
    works = {
        key: offline("motion_picture", title, issued=on(2000))
        for key, title in {
            "a": "12 angry men",
            "b": "Tootsie",
            "c": "Ukraine",
            "d": "Zorba",
        }.items()
    }

    entries = write("[@a; @b; @c; @d]", **works).entries

    assert [entry.key for entry in entries] == ["b", "a", "c", "d"]


@pytest.mark.parametrize(
    ("name", "in_list", "cited"),
    [
        (person("hooks, bell"), "hooks, b.", "hooks"),
        (person("boyd, danah michele"), "boyd, d. m.", "boyd"),
        (person("Lee, bell"), "Lee, B.", "Lee"),
        (person("Fogg, B. J. [@bjfogg]"), "Fogg, B. J. [@bjfogg].", "Fogg"),
        (person("[@luna]"), "[@luna].", "[@luna]"),
        (
            person("National Institute of Mental Health [NIMH]"),
            "National Institute of Mental Health.",
            "National Institute of Mental Health [NIMH]",
        ),
    ],
)
def test_a_name_stays_as_its_owner_writes_it(name, in_list, cited):
    csl = offline("book", "Ties", author=[name], issued=on(2020))

    assert entry(csl).text == f"{in_list} (2020). Ties."
    assert in_text("[@k]", k=csl) == [f"({cited}, 2020)"]


@pytest.mark.parametrize("kind", [kind for kind, _label in TYPES])
def test_every_kind_that_the_form_offers_has_a_form_of_its_own(kind):
    assert kind in KINDS


def test_a_part_that_is_typed_after_a_name_stays_with_it():
    film = offline("motion_picture", "Ties", author=people("Forman, Miloš (Director)"))

    assert entry(film).text == "Forman, M. (Director). (n.d.). Ties [Film]."
    assert in_text("[@k]", k=film) == ["(Forman, n.d.)"]
