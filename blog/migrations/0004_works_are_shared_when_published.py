"""Share the works that published posts cite; give those that nobody has published to their users.

Until now every work was the course's from the moment somebody added it. One that several people
have in their drafts becomes one of each, in the versions of their posts too.
"""

from collections import defaultdict

from django.db import migrations

COURSE = 30  # Audience.COURSE
PUBLISHED = ("published", "withdrawn")
BATCH = 200  # rows of one UPDATE, whose length and time grow with them


def share_published_works(apps, schema_editor):
    Work = apps.get_model("blog", "Work")
    uses_of = _uses_by_work(apps)
    kept_shared = _merged_and_required(apps)
    works = list(Work.objects.order_by("pk").defer("csl", "html", "label"))
    owners = {}  # of the works that are shared no more
    for work in works:
        uses = uses_of[work.pk]
        dates = [use["post__published_at"] for use in uses if _is_read_by_course(use)]
        if work.post_id or work.pk in kept_shared:
            dates.append(work.shared_at or work.created_at)
        authors = [use["post__author"] for use in uses]
        owner = work.added_by_id or next(iter(authors), None)
        if not dates:
            owner = owners[work.pk] = authors[0] if authors and owner not in authors else owner
        work.shared_at, work.added_by_id = min(dates, default=None), owner
    Work.objects.bulk_update(works, ["shared_at", "added_by"], batch_size=BATCH)
    copies = _copy_for_other_users(Work, owners, uses_of)
    if copies:
        _move_references(apps, copies, uses_of)
        _move_snapshots(apps, copies)


def _uses_by_work(apps):
    """Return the references to each work, the oldest first."""
    references = apps.get_model("blog", "Reference").objects.order_by("pk")
    post = ("author", "status", "audience", "published_at")
    uses = defaultdict(list)
    for use in references.values("pk", "work", "cited", *(f"post__{name}" for name in post)):
        uses[use["work"]].append(use)
    return uses


def _merged_and_required(apps):
    """Return the keys of the works that a merge or a prompt makes the course's."""
    merges = apps.get_model("blog", "WorkMerge").objects.values_list("duplicate", "canonical")
    required = apps.get_model("blog", "Prompt").required_works.through.objects
    return {pk for pair in merges for pk in pair} | set(required.values_list("work", flat=True))


def _is_read_by_course(use):
    return use["cited"] and use["post__status"] in PUBLISHED and use["post__audience"] >= COURSE


def _copy_for_other_users(Work, owners, uses_of):
    """Give each user but the owner of a work a copy; return these by user and key of the work."""
    users = {
        pk: {use["post__author"] for use in uses_of[pk]} - {owner} for pk, owner in owners.items()
    }
    copied = [pk for pk, others in users.items() if others]
    originals = Work.objects.in_bulk(copied)
    copies = {
        (author, pk): Work(
            course_id=originals[pk].course_id,
            csl=originals[pk].csl,
            doi=originals[pk].doi,
            label=originals[pk].label,
            html=originals[pk].html,
            added_by_id=author,
            created_at=originals[pk].created_at,
        )
        for pk in copied
        for author in sorted(users[pk])
    }
    Work.objects.bulk_create(copies.values(), batch_size=BATCH)
    return copies


def _move_references(apps, copies, uses_of):
    Reference = apps.get_model("blog", "Reference")
    moved = [
        Reference(pk=use["pk"], work=copy)
        for (author, pk), copy in copies.items()
        for use in uses_of[pk]
        if use["post__author"] == author
    ]
    Reference.objects.bulk_update(moved, ["work"], batch_size=BATCH)


def _move_snapshots(apps, copies):
    """Let the versions of a post name its author's copies, which restoring one looks for."""
    Revision = apps.get_model("blog", "Revision")
    revisions = Revision.objects.filter(post__author__in={author for author, _pk in copies})
    moved = []
    for pk, author, entries in (
        revisions.order_by("pk")
        .values_list("pk", "post__author", "references")
        .iterator(chunk_size=500)
    ):
        if any((author, entry["work"]) in copies for entry in entries):
            for entry in entries:
                copy = copies.get((author, entry["work"]))
                entry["work"] = copy.pk if copy else entry["work"]
            moved.append(Revision(pk=pk, references=entries))
    Revision.objects.bulk_update(moved, ["references"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("blog", "0003_edited_and_chosen_grades")]

    operations = [migrations.RunPython(share_published_works, migrations.RunPython.noop)]
