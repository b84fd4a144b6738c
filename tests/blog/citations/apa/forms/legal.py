"""Statutes, cases and treaties, as the Publication Manual lists and cites them."""

from tests.blog.citations.factories import offline, on, work

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
