"""The people of the demo course: invented, with names as real classes have them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoPerson:
    """A person of the demo course; the demo's other texts refer to them by `key`.

    `public_name` signs their public posts, and `joined_day` counts from the start of the course.
    `about` is shown at the top of their page.
    """

    key: str
    username: str
    display_name: str
    email: str
    role: str = "student"
    pod: str | None = None
    about: str = ""
    public_name: str = ""
    joined_day: int = 0


PODS = ("Cedar", "Salal", "Heron", "Kelp", "Madrone", "Camas")

STAFF = (
    DemoPerson(
        "ines",
        "plain-heron-1107",
        "Ines Vandermeer",
        "ines.vandermeer@example.edu",
        role="instructor",
        about="I teach this course, and learn in it. Write to me on weekdays.",
        public_name="Ines Vandermeer",
    ),
    DemoPerson(
        "kwabena",
        "olive-curlew-2290",
        "Kwabena Asante-Lowe",
        "kwabena.asante-lowe@example.edu",
        role="assistant",
        about="Doctoral student. I read with a pencil, and answer by Thursday.",
        public_name="Kwabena Asante-Lowe",
    ),
    DemoPerson(
        "harriet",
        "silver-grebe-3415",
        "Harriet Quillfeather",
        "harriet.quillfeather@example.edu",
        role="observer",
        about="Librarian for education. I read along and find what you cannot find.",
    ),
)

STUDENTS = (
    DemoPerson(
        "noor",
        "amber-finch-4821",
        "Noor Haddadin",
        "noor.haddadin@example.edu",
        pod="Cedar",
        about="Elementary education, third year. From Amman, by way of one very large group chat.",
        public_name="Noor H.",
    ),
    DemoPerson(
        "tomasz",
        "slate-badger-1932",
        "Tomasz Wiśniewski",
        "tomasz.wisniewski@example.edu",
        pod="Cedar",
        about="Computer science. I draw bus maps that nobody asked for and fix those of others.",
        public_name="Tomasz W.",
    ),
    DemoPerson(
        "aroha",
        "misty-tern-7714",
        "Aroha Parata-Reid",
        "aroha.parata-reid@example.edu",
        pod="Cedar",
        about="Community health, on exchange from Ōtautahi. Alto, third row.",
    ),
    DemoPerson(
        "ciaran",
        "rapid-otter-5560",
        "Ciarán O’Dwyer",
        "ciaran.odwyer@example.edu",
        pod="Cedar",
        about="Line cook turned nutrition student. Still sharpens knives when thinking.",
    ),
    DemoPerson(
        "mei",
        "soft-linnet-2048",
        "Mei-Ling Huang",
        "mei-ling.huang@example.edu",
        pod="Salal",
        about="Piano teacher of twenty-two years, student of one.",
    ),
    DemoPerson(
        "santiago",
        "sunny-kestrel-9081",
        "Santiago Peña Ortiz",
        "santiago.pena@example.edu",
        pod="Salal",
        about="Recreation and health education. Coach of the bravest losing team on the island.",
    ),
    DemoPerson(
        "wren",
        "fern-vole-3307",
        "Wren Castellano",
        "wren.castellano@example.edu",
        pod="Salal",
        about="Environmental studies. They/them. Mosses first, then everything taller.",
        public_name="Wren Castellano",
    ),
    DemoPerson(
        "suwarni",
        "clear-plover-6619",
        "Suwarni",
        "suwarni@example.edu",
        pod="Salal",
        about="Formerly of a community radio on the slope of a volcano. One name is enough.",
        public_name="Suwarni",
    ),
    DemoPerson(
        "lina",
        "indigo-dove-8453",
        "لينا الخطيب",
        "lina.alkhatib@example.edu",
        pod="Heron",
        about="Translation, Arabic and English. I collect words that will not cross.",
        public_name="Lina K.",
    ),
    DemoPerson(
        "anders",
        "north-dipper-1276",
        "Anders Bjørkholm",
        "anders.bjorkholm@example.edu",
        pod="Heron",
        about="Exchange student from Hardanger. One year in a boat shed. More than nine sentences.",
    ),
    DemoPerson(
        "priscilla",
        "late-owl-4404",
        "Priscilla Agyeman",
        "priscilla.agyeman@example.edu",
        pod="Heron",
        about="Nurse, nights. If I answer at four in the morning, that is my afternoon.",
        public_name="Priscilla A.",
    ),
    DemoPerson(
        "dev",
        "keen-raven-6127",
        "Dev Raghunathan",
        "dev.raghunathan@example.edu",
        pod="Heron",
        about="Mathematics and correspondence chess. Tell me when I become a nuisance.",
        public_name="Dev R.",
    ),
    DemoPerson(
        "elodie",
        "maple-swan-7350",
        "Élodie Tremblay-Fortin",
        "elodie.tremblay-fortin@example.edu",
        pod="Kelp",
        about="Future teacher in French immersion, from Rimouski. Owner of a kettle.",
    ),
    DemoPerson(
        "marcus",
        "tidal-robin-5098",
        "Marcus Ferreira",
        "marcus.ferreira@example.edu",
        pod="Kelp",
        about="Paramedic in training. Came off the waiting list in week four.",
        joined_day=23,
    ),
    DemoPerson(
        "hyejin",
        "velvet-crane-2831",
        "Park Hye-jin",
        "hyejin.park@example.edu",
        pod="Kelp",
        about="Illustrator, visual arts. Park is the family name. I draw before I look.",
    ),
    DemoPerson(
        "zeynep",
        "linen-thrush-9946",
        "Zeynep Çağlar",
        "zeynep.caglar@example.edu",
        pod="Kelp",
        about="Economics. Knits through lectures and listens better for it.",
    ),
    DemoPerson(
        "malakai",
        "deep-bison-4172",
        "Malakai Tupou",
        "malakai.tupou@example.edu",
        pod="Madrone",
        about="Kinesiology, fourth year. Lock. Bass, second from the left.",
    ),
    DemoPerson(
        "oksana",
        "early-oak-8805",
        "Oksana Hrytsenko",
        "oksana.hrytsenko@example.edu",
        pod="Madrone",
        about="From Kharkiv. Bookkeeper before, baker now, student on the days between.",
    ),
    DemoPerson(
        "jonah",
        "wild-bittern-6273",
        "Jonah Feldstein",
        "jonah.feldstein@example.edu",
        pod="Madrone",
        about="Biology. One small marsh, twice a week, everything counted.",
        public_name="Jonah Feldstein",
    ),
    DemoPerson(
        "amara",
        "brisk-falcon-3519",
        "Amara Nwachukwu",
        "amara.nwachukwu@example.edu",
        pod="Madrone",
        about="Political science and debate. I will take a point of information.",
    ),
    DemoPerson(
        "teodora",
        "umber-marten-1685",
        "Teodora Ilić",
        "teodora.ilic@example.edu",
        pod="Camas",
        about="Film. Subtitles at normal speed, with margins.",
        joined_day=9,
    ),
    DemoPerson(
        "kai",
        "stone-seal-7028",
        "Kai Morishita",
        "kai.morishita@example.edu",
        pod="Camas",
        about="Ocean guard in summer. Often in the water. The phone is in the truck.",
        joined_day=12,
    ),
    DemoPerson(
        "bao",
        "quiet-moth-9213",
        "Nguyễn Bảo Trân",
        "baotran.nguyen@example.edu",
        pod="Camas",
        about="Early childhood care. Reading along for now.",
        joined_day=16,
    ),
    DemoPerson(
        "graham",
        "calm-harbour-1979",
        "Graham Pettigrew",
        "graham.pettigrew@example.edu",
        pod="Camas",
        about="Retired letter carrier and radio amateur. Kindly correct my vocabulary.",
        public_name="Graham Pettigrew",
    ),
)

PEOPLE = STAFF + STUDENTS
