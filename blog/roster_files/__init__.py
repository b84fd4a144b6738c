"""
Rosters: whose columns these are, in a file of an LMS, a registrar, or a list of addresses.

Pure, and without words for people: problems, remarks and questions are keys. `columns` finds what
each column holds, `cells` reads names, addresses and numbers, `reader` makes rows of people of a
table, `plain` of lines, and `same_people` joins the rows of one person and finds those that cannot
both be right. `systems` tells which student system wrote them. Of a column that is not asked for
nothing is kept, least of all a password: `passwords` takes them out of a file before it is stored.
"""

from blog.roster_files.passwords import without_passwords
from blog.roster_files.people import Question, Roster, RosterRow, SkippedRow
from blog.roster_files.reader import read_pasted, read_roster
from blog.roster_files.systems import system_of

__all__ = [
    "Question",
    "Roster",
    "RosterRow",
    "SkippedRow",
    "read_pasted",
    "read_roster",
    "system_of",
    "without_passwords",
]
