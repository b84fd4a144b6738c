"""Films, recordings, pictures and classes, as the Publication Manual lists and cites them."""

from tests.blog.citations.factories import offline, on, people, work

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
