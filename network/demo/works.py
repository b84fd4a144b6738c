"""The works that the demo's posts cite. They are real; uncertain fields are left out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoWork:
    """A work as CSL-JSON, under the key by which the demo's posts cite it."""

    key: str
    csl: dict


def _people(names: str) -> list[dict]:
    """Parse `Family, Given; Family, Given`; a name with no comma is a group's."""
    people = (name.strip().partition(", ") for name in names.split(";"))
    return [{"family": f, "given": g} if g else {"literal": f} for f, _, g in people]


def _work(key: str, kind: str, authors: str, year: int, title: str, **rest) -> DemoWork:
    csl = {
        "id": key,
        "type": kind,
        "author": _people(authors),
        "issued": {"date-parts": [[year]]},
        "title": title,
        **rest,
    }
    return DemoWork(key, csl)


def _article(
    key: str, authors: str, year: int, title: str, journal: str, place: str, doi: str = ""
) -> DemoWork:
    """Return a journal article; `place` is `volume(issue), pages`, the issue may be missing."""
    number, _, pages = place.partition(", ")
    volume, _, issue = number.rstrip(")").partition("(")
    where = {"volume": volume, "issue": issue, "page": pages, "DOI": doi}
    known = {name: value for name, value in where.items() if value}
    return _work(
        key, "article-journal", authors, year, title, **{"container-title": journal}, **known
    )


def _book(
    key: str, authors: str, year: int, title: str, publisher: str = "", **rest: str
) -> DemoWork:
    known = {"publisher": publisher} if publisher else {}
    return _work(key, "book", authors, year, title, **known, **rest)


WORKS = (
    _work(
        "boyd2010",
        "chapter",
        "boyd, danah",
        2010,
        "Social network sites as networked publics: Affordances, dynamics, and implications",
        **{
            "container-title": (
                "A networked self: Identity, community, and culture on social network sites"
            ),
            "editor": _people("Papacharissi, Zizi"),
            "page": "39–58",
            "publisher": "Routledge",
        },
    ),
    _article(
        "brown1989",
        "Brown, John Seely; Collins, Allan; Duguid, Paul",
        1989,
        "Situated cognition and the culture of learning",
        "Educational Researcher",
        "18(1), 32–42",
        "10.3102/0013189X018001032",
    ),
    _article(
        "burt2004",
        "Burt, Ronald S.",
        2004,
        "Structural holes and good ideas",
        "American Journal of Sociology",
        "110(2), 349–399",
        "10.1086/421787",
    ),
    _book(
        "caulfield2017",
        "Caulfield, Mike",
        2017,
        "Web literacy for student fact-checkers",
        URL="https://webliteracy.pressbooks.com/",
    ),
    _article(
        "cronin2017",
        "Cronin, Catherine",
        2017,
        "Openness and praxis: Exploring the use of open educational practices in higher education",
        "The International Review of Research in Open and Distributed Learning",
        "18(5)",
        "10.19173/irrodl.v18i5.3096",
    ),
    _book("dewey1938", "Dewey, John", 1938, "Experience and education", "Macmillan"),
    _book(
        "dron2014",
        "Dron, Jon; Anderson, Terry",
        2014,
        "Teaching crowds: Learning and social media",
        "Athabasca University Press",
    ),
    _article(
        "ellison2007",
        "Ellison, Nicole B.; Steinfield, Charles; Lampe, Cliff",
        2007,
        "The benefits of Facebook “friends”: Social capital and college students’ use of online "
        "social network sites",
        "Journal of Computer-Mediated Communication",
        "12(4), 1143–1168",
        "10.1111/j.1083-6101.2007.00367.x",
    ),
    _article(
        "festinger1954",
        "Festinger, Leon",
        1954,
        "A theory of social comparison processes",
        "Human Relations",
        "7(2), 117–140",
        "10.1177/001872675400700202",
    ),
    _article(
        "fitz2019",
        "Fitz, Nicholas; Kushlev, Kostadin; Jagannathan, Ranjan; Lewis, Terrel; Paliwal, Devang; "
        "Ariely, Dan",
        2019,
        "Batching smartphone notifications can improve well-being",
        "Computers in Human Behavior",
        "101, 84–94",
        "10.1016/j.chb.2019.07.016",
    ),
    _article(
        "garrison2000",
        "Garrison, D. Randy; Anderson, Terry; Archer, Walter",
        2000,
        "Critical inquiry in a text-based environment: Computer conferencing in higher education",
        "The Internet and Higher Education",
        "2(2–3), 87–105",
        "10.1016/S1096-7516(00)00016-6",
    ),
    _article(
        "granovetter1973",
        "Granovetter, Mark S.",
        1973,
        "The strength of weak ties",
        "American Journal of Sociology",
        "78(6), 1360–1380",
        "10.1086/225469",
    ),
    _article(
        "hattie2007",
        "Hattie, John; Timperley, Helen",
        2007,
        "The power of feedback",
        "Review of Educational Research",
        "77(1), 81–112",
        "10.3102/003465430298487",
    ),
    _article(
        "haythornthwaite2005",
        "Haythornthwaite, Caroline",
        2005,
        "Social networks and Internet connectivity effects",
        "Information, Communication & Society",
        "8(2), 125–147",
        "10.1080/13691180500146185",
    ),
    _book(
        "hooks1994",
        "hooks, bell",
        1994,
        "Teaching to transgress: Education as the practice of freedom",
        "Routledge",
    ),
    _article(
        "kross2013",
        "Kross, Ethan; Verduyn, Philippe; Demiralp, Emre; Park, Jiyoung; Lee, David Seungjae; "
        "Lin, Natalie; Shablack, Holly; Jonides, John; Ybarra, Oscar",
        2013,
        "Facebook use predicts declines in subjective well-being in young adults",
        "PLoS ONE",
        "8(8), e69841",
        "10.1371/journal.pone.0069841",
    ),
    _book(
        "lave1991",
        "Lave, Jean; Wenger, Etienne",
        1991,
        "Situated learning: Legitimate peripheral participation",
        "Cambridge University Press",
        DOI="10.1017/CBO9780511815355",
    ),
    _article(
        "marwick2011",
        "Marwick, Alice E.; boyd, danah",
        2011,
        "I tweet honestly, I tweet passionately: Twitter users, context collapse, and the "
        "imagined audience",
        "New Media & Society",
        "13(1), 114–133",
        "10.1177/1461444810365313",
    ),
    _book(
        "oneil2016",
        "O’Neil, Cathy",
        2016,
        "Weapons of math destruction: How big data increases inequality and threatens democracy",
        "Crown",
    ),
    _article(
        "ophir2009",
        "Ophir, Eyal; Nass, Clifford; Wagner, Anthony D.",
        2009,
        "Cognitive control in media multitaskers",
        "Proceedings of the National Academy of Sciences",
        "106(37), 15583–15587",
        "10.1073/pnas.0903620106",
    ),
    _book(
        "ostrom1990",
        "Ostrom, Elinor",
        1990,
        "Governing the commons: The evolution of institutions for collective action",
        "Cambridge University Press",
    ),
    _article(
        "pennycook2021",
        "Pennycook, Gordon; Rand, David G.",
        2021,
        "The psychology of fake news",
        "Trends in Cognitive Sciences",
        "25(5), 388–402",
        "10.1016/j.tics.2021.02.007",
    ),
    _article(
        "rajagopal2012",
        "Rajagopal, Kamakshi; Joosten-ten Brinke, Desirée; Van Bruggen, Jan; Sloep, Peter B.",
        2012,
        "Understanding personal learning networks: Their structure, content and the networking "
        "skills needed to optimally use them",
        "First Monday",
        "17(1)",
        "10.5210/fm.v17i1.3559",
    ),
    _book(
        "schon1983",
        "Schön, Donald A.",
        1983,
        "The reflective practitioner: How professionals think in action",
        "Basic Books",
    ),
    _article(
        "siemens2005",
        "Siemens, George",
        2005,
        "Connectivism: A learning theory for the digital age",
        "International Journal of Instructional Technology and Distance Learning",
        "2(1), 3–10",
    ),
    _book(
        "turkle2015",
        "Turkle, Sherry",
        2015,
        "Reclaiming conversation: The power of talk in a digital age",
        "Penguin Press",
    ),
    _article(
        "veletsianos2012networked",
        "Veletsianos, George; Kimmons, Royce",
        2012,
        "Networked participatory scholarship: Emergent techno-cultural pressures toward open and "
        "digital scholarship in online networks",
        "Computers & Education",
        "58(2), 766–774",
        "10.1016/j.compedu.2011.10.001",
    ),
    _article(
        "veletsianos2012assumptions",
        "Veletsianos, George; Kimmons, Royce",
        2012,
        "Assumptions and challenges of open scholarship",
        "The International Review of Research in Open and Distributed Learning",
        "13(4), 166–189",
        "10.19173/irrodl.v13i4.1313",
    ),
    _article(
        "verduyn2017",
        "Verduyn, Philippe; Ybarra, Oscar; Résibois, Maxime; Jonides, John; Kross, Ethan",
        2017,
        "Do social network sites enhance or undermine subjective well-being? A critical review",
        "Social Issues and Policy Review",
        "11(1), 274–302",
        "10.1111/sipr.12033",
    ),
    _article(
        "vosoughi2018",
        "Vosoughi, Soroush; Roy, Deb; Aral, Sinan",
        2018,
        "The spread of true and false news online",
        "Science",
        "359(6380), 1146–1151",
        "10.1126/science.aap9559",
    ),
    _book(
        "vygotsky1978",
        "Vygotsky, L. S.",
        1978,
        "Mind in society: The development of higher psychological processes",
        "Harvard University Press",
    ),
    _book(
        "wenger1998",
        "Wenger, Etienne",
        1998,
        "Communities of practice: Learning, meaning, and identity",
        "Cambridge University Press",
        DOI="10.1017/CBO9780511803932",
    ),
    _book(
        "who2022",
        "World Health Organization",
        2022,
        "World mental health report: Transforming mental health for all",
        "World Health Organization",
    ),
    _article(
        "wineburg2019",
        "Wineburg, Sam; McGrew, Sarah",
        2019,
        "Lateral reading and the nature of expertise: Reading less and learning more when "
        "evaluating digital information",
        "Teachers College Record",
        "121(11), 1–40",
        "10.1177/016146811912101102",
    ),
)
