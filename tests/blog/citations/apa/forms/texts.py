"""Books, articles, reports and theses, as the Publication Manual lists and cites them."""

from tests.blog.citations.factories import offline, on, people, work

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
