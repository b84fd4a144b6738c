"""Names of authors where their posts are cited: in a course's records, and in all versions.

A version keeps its own copy of each record, so a name that has to go is written over in all, and
so is the title of a post that is erased.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet

from blog.citations import replace_keys
from blog.citations.csl.fields import folded
from blog.citations.keys import suggest_key
from blog.models.courses import Course
from blog.models.draft_snapshots import DraftSnapshot
from blog.models.drafts import Draft
from blog.models.passages import Passage
from blog.models.people import User
from blog.models.post_links import store_links
from blog.models.posts import Post
from blog.models.process_notes import ProcessMoment
from blog.models.quotations import quote_again
from blog.models.references import Reference
from blog.models.revisions import Revision
from blog.models.search import SearchEntry
from blog.models.works import Work
from blog.text.works import render_work

# Shorter words of a name are in many keys by chance.
MIN_CHARS_THAT_NAME = 3


def lock_posts(courses: Iterable[int], others: Q | None = None) -> None:
    """Lock all posts of courses, and others: who publishes one waits, and then reads the new names.

    Before the rows of people and courses. A post that is published for the first time waits for
    ``lock_courses`` too, so none is missed that was begun meanwhile.
    """
    rows = Post.objects.filter(Q(course__in=set(courses)) | (others or Q(pk=None))).order_by("pk")
    list(rows.select_for_update(no_key=True).values("pk"))


def cite_as(person: User, course: Course, author: dict, *, keeps_keys: bool = False) -> None:
    """Name a person by another CSL name in all that cites their posts in a course.

    Keys of citations that have a word of a former name get others, also in what is being typed,
    unless ``keeps_keys``. Called after ``lock_posts`` and ``lock_courses``.
    """
    works = {work.pk: work for work in Work.objects.filter(course=course, post__author=person)}
    if not works:
        return
    posts = list(_citing_posts(course, works.keys()))
    former = set() if keeps_keys else _former_words(person, posts, works) - _words_of(author)
    for work in works.values():
        _write_record(work, {**work.csl, "author": [author]})
    _cite_all_again(posts, works, former)


def cite_erased(erased: Iterable[Post], course: Course, *, title: str, author: str) -> None:
    """Write over what cites erased posts of a course: their titles, authors and addresses.

    Keys of citations that have a word of these get others. Called after ``lock_posts`` and
    ``lock_courses``, with the posts as they are stored after ``erase_post``.
    """
    found = Work.objects.filter(course=course, post__in=[post.pk for post in erased])
    works = {work.pk: work for work in found.select_related("post__author", "post__course")}
    if not works:
        return
    posts = list(_citing_posts(course, works.keys()))
    former = _words_of_titles(posts, works)
    for person in {work.post.author for work in works.values() if work.post}:
        former |= _former_words(person, posts, works)
    former -= _words_of({"title": title, "author": author})
    for work in works.values():
        left = {name: value for name, value in work.csl.items() if name not in ("abstract", "URL")}
        if work.post and work.post.deleted_at is None:
            left["URL"] = settings.SITE_URL + work.post.get_absolute_url()
        _write_record(work, {**left, "title": title, "author": [{"literal": author}]})
    _cite_all_again(posts, works, former)


def _cite_all_again(posts: list[Post], works: dict[int, Work], former: set[str]) -> None:
    records = {key: work.csl for key, work in works.items()}
    for post in posts:
        _cite_again(post, records, _naming_keys(post, records, former))


def _citing_posts(course: Course, works: Iterable[int]) -> QuerySet[Post]:
    """Return the posts that have one of these works in a version or among their references."""
    wanted = set(works)
    cited = Revision.objects.filter(post__course=course).exclude(references=[])
    versions = cited.values_list("post", "references").iterator()
    posts = {post for post, copies in versions if wanted & {copy["work"] for copy in copies}}
    posts |= set(Reference.objects.filter(work__in=wanted).values_list("post", flat=True))
    found = Post.objects.filter(pk__in=posts).select_related("revision", "prompt", "course")
    return found.order_by("pk")


def _former_words(person: User, posts: list[Post], works: dict[int, Work]) -> set[str]:
    """Return the words of names by which a person was cited, as keys have them."""
    words = _words_of({"literal": person.display_name})
    for record in _records_of(posts, works):
        for author in record.get("author", ()):
            words |= _words_of(author)
    return words


def _words_of_titles(posts: list[Post], works: dict[int, Work]) -> set[str]:
    """Return the words of titles that posts were cited by, as keys have them."""
    titles = [_words_of({"title": one.get("title", "")}) for one in _records_of(posts, works)]
    return set().union(*titles)


def _records_of(posts: list[Post], works: dict[int, Work]) -> list[dict]:
    """Return the records of works, as they are and as versions of posts have copied them."""
    copies = Revision.objects.filter(post__in=posts).values_list("references", flat=True)
    records = [copy["csl"] for entries in copies for copy in entries if copy["work"] in works]
    return [*records, *(work.csl for work in works.values())]


def _words_of(author: dict) -> set[str]:
    words = " ".join(str(part) for part in author.values()).split()
    return {word for word in map(folded, words) if len(word) >= MIN_CHARS_THAT_NAME}


def _write_record(work: Work, record: dict) -> None:
    work.csl = record
    work.label, work.html = render_work(work.csl)
    work.version += 1
    work.save(update_fields=["csl", "label", "html", "version"])
    SearchEntry.objects.keep("work", [work])


def _naming_keys(post: Post, records: dict[int, dict], words: set[str]) -> dict[str, str]:
    """Return by key of a post's citations that has one of some words another that has none."""
    used = {one.key: one.work_id for one in post.references.all()}
    for copies in post.revisions.values_list("references", flat=True):
        used = {copy["key"]: copy["work"] for copy in copies} | used
    keys: dict[str, str] = {}
    for key, work in used.items():
        if work in records and any(word in folded(key) for word in words):
            keys[key] = suggest_key(records[work], taken={*used, *keys.values()})
    return keys


def _cite_again(post: Post, records: dict[int, dict], keys: dict[str, str]) -> None:
    """Write the versions of a post, its references and what is being typed with other names."""
    for reference in post.references.filter(key__in=keys):
        reference.key = keys[reference.key]
        reference.save(update_fields=["key"])
    for revision in post.revisions.all():
        revision.post = post
        copies = [
            copy
            | {"key": keys.get(copy["key"], copy["key"])}
            | ({"csl": records[copy["work"]]} if copy["work"] in records else {})
            for copy in revision.references
        ]
        if copies == revision.references:
            continue
        revision.references, revision.text = copies, replace_keys(revision.text, keys)
        revision.save(update_fields=["references", "text"])
        former = revision.html
        revision.rerender()
        revision.refresh_from_db(fields=["html"])
        quote_again(revision, former)
    if keys:
        _type_again(post, keys)
    post.refresh_from_db(fields=["revision"])
    if post.revision is not None:
        store_links(post)
        SearchEntry.objects.keep("post", [post])
        Passage.objects.find_again(post)


def _type_again(post: Post, keys: dict[str, str]) -> None:
    """Cite by other keys in drafts of a post and in their earlier states, also those shown."""
    for draft in Draft.objects.of_posts().filter(post=post):
        text = replace_keys(draft.text, keys)
        if text != draft.text:
            draft.write(draft.content | {"text": text}, None)
    snapshots = DraftSnapshot.objects.filter(post=post)
    moments = ProcessMoment.objects.filter(note__post=post)
    states: list[DraftSnapshot | ProcessMoment] = [*snapshots, *moments]
    for state in states:
        text = replace_keys(state.text, keys)
        if text != state.text:
            state.text = text
            state.save(update_fields=["text"])
