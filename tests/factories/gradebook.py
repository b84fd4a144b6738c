"""Rows about a course's gradebook and its files, as the factories beside this make others."""

from blog.models import GradeAdoption, GradeImport, LmsFile, ParticipationRule


def make_lms_file(course, by, *lines, **fields):
    """Make a file of Canvas to be filled in, with Bob unless other lines are given."""
    heads = ["Student,ID,SIS Login ID,Section,Blog (1)", "    Points Possible,,,,8.00"]
    lines = lines or ['"Student, Bob",7,bob,A01,']
    data = "\n".join([*heads, *lines, ""]).encode()
    fields = {"name": "grades.csv", "data": data} | fields
    return LmsFile.objects.create(course=course, created_by=by, **fields)


def make_grade_import(course, by, *lines, **fields):
    """Make a table of grades to be imported, with somebody whom no course has."""
    heads = "username,name,1. Blog (post),1. Blog (comments),version"
    data = "\n".join([heads, *(lines or ["nobody,No Body,5,,"]), ""]).encode()
    fields = {"name": "grades.csv", "data": data} | fields
    return GradeImport.objects.create(course=course, created_by=by, **fields)


def make_participation_rule(course, **fields):
    """Make a rule that gives a point for each of two people commented on in time."""
    return ParticipationRule.objects.create(course=course, **{"comment_hundredths": 100} | fields)


def make_adoption(prompt, by, **fields):
    """Make a record of participation grades, with no grade."""
    fields = {"comment_hundredths": 100} | fields
    return GradeAdoption.objects.create(prompt=prompt, adopted_by=by, **fields)
