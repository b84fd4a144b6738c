"""Share the works that published posts cite; give those that nobody has published to their users.

Until now every work was the course's from the moment somebody added it. One that several people
have in their drafts becomes one of each.
"""

from django.db import migrations

COURSE = 30  # Audience.COURSE
PUBLISHED = ("published", "withdrawn")


def share_published_works(apps, schema_editor):
    Work = apps.get_model("blog", "Work")
    WorkMerge = apps.get_model("blog", "WorkMerge")
    merged = set(WorkMerge.objects.values_list("duplicate", flat=True))
    merged |= set(WorkMerge.objects.values_list("canonical", flat=True))
    for work in Work.objects.order_by("pk").iterator(chunk_size=500):
        uses = list(
            work.references.select_related("post").order_by("pk").only("post", "cited", "work")
        )
        owner = work.added_by_id or next((use.post.author_id for use in uses), None)
        dates = [
            use.post.published_at
            for use in uses
            if use.cited and use.post.status in PUBLISHED and use.post.audience >= COURSE
        ]
        if work.post_id or work.pk in merged or work.required_by.exists():
            dates.append(work.shared_at or work.created_at)
        if dates:
            Work.objects.filter(pk=work.pk).update(shared_at=min(dates), added_by=owner)
        else:
            give_to_users(Work, work, uses, owner)


def give_to_users(Work, work, uses, owner):
    """Leave a work to whoever added it or uses it first; the others get a copy."""
    authors = list(dict.fromkeys(use.post.author_id for use in uses))
    if authors and owner not in authors:
        owner = authors[0]
    Work.objects.filter(pk=work.pk).update(shared_at=None, added_by=owner)
    for author in authors:
        if author == owner:
            continue
        copy = Work.objects.create(
            course_id=work.course_id,
            csl=work.csl,
            doi=work.doi,
            label=work.label,
            html=work.html,
            added_by_id=author,
            created_at=work.created_at,
        )
        work.references.filter(post__author=author).update(work=copy)


class Migration(migrations.Migration):
    dependencies = [("blog", "0003_edited_and_chosen_grades")]

    operations = [migrations.RunPython(share_published_works, migrations.RunPython.noop)]
