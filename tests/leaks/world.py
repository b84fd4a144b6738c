"""The course that the canaries are planted in. All posts with one are Ada's; Bob shares her pod."""

from dataclasses import dataclass
from datetime import timedelta
from io import StringIO

from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from blog.actions.releases import release_prompt, take_back_release
from blog.models import (
    Audience,
    Comment,
    Course,
    Draft,
    DraftSnapshot,
    FeedAddress,
    GradingEvent,
    HeldChange,
    OutboxMessage,
    Post,
    Prompt,
    ToldAudience,
    User,
)
from blog.models.search import rebuild_search
from network.models import Intention
from network.queries.week_choice import week_of
from tests import factories
from tests.leaks.canaries import POINTS, ROLES, mark
from tests.leaks.replies import plant_replies
from tests.leaks_of_guests import hide_commented_post, let_guests_comment
from tests.moderation_leaks import plant_moderation
from tests.notified import plant_notifications
from tests.wordpress_files import comment, item, wxr


@dataclass
class World:
    people: dict[str, User]
    course: Course
    gated: Prompt
    mails: list


def plant() -> World:
    """Make the course with every canary, and send the mail that is due."""
    people = make_people()
    course = make_course(people)
    gated = write_posts(people, course)
    plant_notifications(people, course, mark)
    plant_moderation(people, course, mark)
    hide_commented_post(people["ada"], course, mark)
    plant_replies(people, mark)
    mail.outbox.clear()
    call_command("tick", stdout=StringIO())
    mails = [*mail.outbox]
    factories.make_rota_entry(people["cyn"], Post.objects.get(title=mark("gatedtitle")))
    for searched in Course.objects.all():
        rebuild_search(searched)
    return World(people, course, gated, mails)


def make_people() -> dict[str, User]:
    """Make everybody, each with a name and an address that are canaries where it matters."""
    names = {
        "ada": mark("nameada"),
        "bob": mark("namebob"),
        "cyn": mark("namecyn"),
        "removed": mark("namegone"),
    }
    mails = {"ada": mark("mailada"), "cyn": mark("mailcyn")}
    people = {
        role: factories.make_user(
            names.get(role, role.title()),
            email=f"{mails.get(role, role)}@example.edu",
            public_name=f"Pen {role}",
            username=f"reader-{role}",
        )
        for role in ROLES
        if role != "visitor"
    }
    people["root"].is_staff = people["root"].is_superuser = True
    people["root"].save()
    return people


def make_course(people) -> Course:
    course = factories.make_course(
        "networks", instructor=people["instructor"], title=mark("coursename")
    )
    factories.add_member(course, people["assistant"], factories.Role.ASSISTANT)
    factories.add_member(course, people["observer"], factories.Role.OBSERVER)
    factories.add_member(course, people["ada"], listed_name=mark("listedada"))
    factories.add_member(course, people["bob"])
    factories.make_invitation(course, people["instructor"], f"{mark('mailinvited')}@example.edu")
    blog = item(1, f"<p>{mark('blogtext')}</p>", comments=[comment(name=mark("blogname"))])
    factories.make_wordpress_import(course, people["instructor"], wxr(blog))
    factories.make_roster_import(course, people["instructor"], name=mark("listname"))
    factories.add_member(course, people["cyn"], is_confidential=True)
    factories.add_member(course, people["removed"], ended_at=timezone.now())
    elsewhere = factories.make_course(
        "elsewhere", instructor=people["eve"], title=mark("elsewherename")
    )
    far_away = factories.make_post(people["eve"], elsewhere, "Far away", mark("elsewheretext"))
    add_reference(far_away, "elsewherework", is_shared=True)
    return course


def write_posts(people, course) -> Prompt:
    """Plant a canary in each state of a post; return the gated prompt."""
    ada, bob, cyn = people["ada"], people["bob"], people["cyn"]
    pod = factories.make_pod(course, "Pod 1", ada, bob)
    factories.make_pod(course, "Pod 2", cyn)
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    factories.make_prompt(
        course,
        title=mark("promptfuture"),
        opens_at=timezone.now() + timedelta(days=1),
    )
    factories.make_prompt(course, title=mark("promptdraft"), is_draft=True)

    def write(name, **fields):
        return factories.make_post(ada, course, mark(f"{name}title"), mark(f"{name}text"), **fields)

    def open_up(title, name, **fields):
        return factories.make_post(ada, course, title, mark(name), **fields)

    draft = factories.make_draft_post(ada, course, mark("drafttitle"), mark("drafttext"))
    add_reference(draft, "draftwork")
    private = write("onlyme", audience=Audience.ONLY_ME)
    add_reference(private, "onlymework")
    factories.make_comment(bob, private, mark("onlymetalk"))
    deleted = write("deleted", deleted_at=timezone.now())
    withdrawn = write("withdrawn", slug="withdrawn")
    team = write("team", audience=Audience.INSTRUCTORS)
    of_pod = write("pod", audience=Audience.POD, pod=pod)
    post = write("course", prompt=prompt)
    add_history(post)
    add_drafts(ada, bob, post)
    public = open_up("Open 1", "publictext", audience=Audience.PUBLIC)
    open_up("Open 2", "signedintext", audience=Audience.SIGNED_IN, slug="open-2")
    past_public_until = open_up(
        "Open 3",
        "retreatedtext",
        audience=Audience.PUBLIC,
        public_until=timezone.now() - timedelta(minutes=1),
    )
    for name, place in {
        "draftpicture": draft,
        "onlymepicture": private,
        "deletedpicture": deleted,
        "withdrawnpicture": withdrawn,
        "teampicture": team,
        "podpicture": of_pod,
        "coursepicture": post,
        "publicpicture": public,
        "retreatedpicture": past_public_until,
    }.items():
        factories.make_picture(place, mark(name))
    factories.make_picture(public, mark("pendingpicture"), shown=False)
    plant_works(deleted, withdrawn, private, team, of_pod, post)
    factories.make_post(cyn, course, "Cyn's post", prompt=prompt)
    blog = factories.make_own_blog(
        cyn, course, f"{mark('sourcehost')}.example.org", title=mark("blogtitle")
    )
    factories.make_imported_post(blog, "Cyn from elsewhere", slug="cyn-elsewhere")
    talk(bob, cyn, post, public)
    let_guests_comment(public, people["instructor"], mark)
    factories.make_comment(bob, withdrawn, mark("withdrawntalk"), tied=False)
    for place, name in {
        public: "publicprocess",
        withdrawn: "withdrawnprocess",
        private: "onlymeprocess",
        deleted: "deletedprocess",
    }.items():
        factories.make_process_note(place, mark(name))
    Post.objects.filter(pk=withdrawn.pk).update(status=Post.Status.WITHDRAWN)
    tell_how(post, of_pod)
    give_feedback(people, post)
    FeedAddress.objects.create(user=ada, token=mark("secretfeed"), posts_token=mark("secretposts"))
    intend(ada, course)
    OutboxMessage.objects.create(
        key="k", recipient=ada, template="feedback_released", context={"prompt": mark("letter")}
    )
    gated = write_for_gated_prompts(people, course)
    ask(of_pod, Post.objects.get(slug="bobs-beginning"), people["cyn"])
    return gated


def write_for_gated_prompts(people, course) -> Prompt:
    """Plant what waits for Cyn's own post; return the prompt, which is the current one."""
    ada, bob, cyn = people["ada"], people["bob"], people["cyn"]
    factories.make_post(
        ada,
        course,
        "Open 4",
        mark("gatedpublictext"),
        audience=Audience.PUBLIC,
        prompt=factories.make_prompt(course, own_post_first=True),
    )
    gated = factories.make_rota_prompt(
        course, own_post_first=True, opens_at=timezone.now() - timedelta(hours=12)
    )
    post = factories.make_post(ada, course, mark("gatedtitle"), mark("gatedtext"), prompt=gated)
    add_reference(post, "gatedwork", is_shared=True)
    factories.make_picture(post, mark("gatedpicture"))
    factories.make_process_note(post, mark("gatedprocess"))
    factories.make_comment(bob, post, mark("gatedtalk"))
    factories.make_comment(cyn, post, mark("gatedowntalk"))
    factories.make_post(bob, course, "Bob's beginning", prompt=gated, slug="bobs-beginning")
    factories.make_withdrawn_post(cyn, course, "Cyn's beginning", prompt=gated)
    return gated


def add_reference(post, name, *, is_shared=False):
    work = factories.make_work(
        post.course,
        {"type": "book", "title": mark(name), "DOI": f"10.5555/{name}"},
        label=mark(name),
        html=mark(name),
        added_by=post.author,
        shared_at=timezone.now() if is_shared else None,
    )
    return factories.make_reference(post, work, key=name, cited=not post.is_draft)


def plant_works(deleted, withdrawn, private, team, of_pod, post):
    """Plant works that only these posts cite; all were the course's, but for one of a pod."""
    add_reference(deleted, "deletedwork", is_shared=True)
    add_reference(withdrawn, "withdrawnwork", is_shared=True)
    add_reference(private, "narrowedwork", is_shared=True)
    add_reference(team, "narrowedteamwork", is_shared=True)
    add_reference(of_pod, "podwork")
    add_reference(of_pod, "narrowedpodwork", is_shared=True)
    add_reference(post, "coursework", is_shared=True)


def add_history(post):
    """Put two earlier texts behind the published one, the first of them for the writer alone."""
    post.revision.number = 3
    post.revision.save()
    secret = factories.make_revision(
        post, number=1, text=mark("formersecret"), audience=Audience.ONLY_ME
    )
    former = factories.make_revision(post, number=2, text=mark("formertext"))
    for revision, name in ((secret, "secretpicture"), (former, "formerpicture")):
        picture = factories.make_picture(post, mark(name), shown=False)
        factories.show_picture(revision, picture)


def add_drafts(ada, bob, post):
    for text in (
        Draft(user=ada, post=post, title=mark("pendingtitle"), text=mark("pendingtext")),
        Draft(user=ada, post=post, text=mark("othertext"), is_conflict_copy=True),
        Draft(
            user=bob,
            post=post,
            text=mark("unsenttalk"),
            kind=Draft.Kind.COMMENT,
            passage={"revision": 3, "quotation": mark("draftpassage")},
        ),
    ):
        text.save()


def tell_how(post, of_pod):
    """Add a process note for readers to one post, and one for the teaching team to the other."""
    DraftSnapshot.objects.create(user=post.author, post=post, text=mark("snapshottext"))
    factories.make_process_note(post, mark("openprocess"), moments=[mark("openmoment")])
    factories.make_help_statement(post, mark("teamhelp"))
    factories.make_process_note(
        of_pod, mark("teamprocess"), moments=[mark("teammoment")], audience=ToldAudience.TEAM
    )
    factories.make_help_statement(of_pod, mark("podhelp"), audience=ToldAudience.READERS)


def talk(bob, cyn, post, public):
    used = factories.make_comment(bob, post, mark("opentalk"))
    factories.make_comment_use(used, post.revision)
    neutral = factories.make_comment(cyn, post, "Under a neutral name.")
    private = factories.make_comment(cyn, post, mark("teamtalk"), audience=Comment.Audience.TEAM)
    quote_former_versions(post, bob, neutral, private)
    hidden = factories.make_comment(
        cyn, post, mark("hiddentalk"), state=Comment.State.HIDDEN, tied=False
    )
    factories.make_comment(cyn, post, mark("waitingtalk"), state=Comment.State.WAITING, tied=False)
    deleted = factories.make_comment(
        bob, post, mark("deletedtalk"), deleted_at=timezone.now(), tied=False
    )
    factories.make_former_text(used, mark("formertalk"))
    factories.make_former_text(neutral, mark("formerteamtalk"), audience=Comment.Audience.TEAM)
    factories.make_former_text(hidden, mark("formerhiddentalk"))
    factories.make_former_text(deleted, mark("formerdeletedtalk"))
    opened = factories.make_comment(
        bob, public, mark("publictalk"), audience=Comment.Audience.EVERYONE
    )
    factories.make_former_text(opened, mark("formernarrowtalk"), audience=Comment.Audience.READERS)
    factories.make_former_text(opened, mark("formerpublictalk"))


def quote_former_versions(post, bob, neutral, private):
    """Put comments on passages of the earlier texts, the first of them for the writer alone."""
    secret, former = (post.revisions.get(number=number) for number in (1, 2))
    on_former = factories.make_comment(bob, post, "On words of before.")
    deleted = factories.make_comment(bob, post, "Deleted.", deleted_at=timezone.now(), tied=False)
    factories.make_passage(on_former, mark("openpassage"), former)
    factories.make_passage(private, mark("teampassage"), former)
    factories.make_passage(neutral, mark("secretpassage"), secret)
    factories.make_passage(deleted, mark("deletedpassage"), former)


def intend(ada, course):
    Intention.objects.create(
        course=course, person=ada, week=week_of(course), text=mark("intention")
    )


def ask(post, bobs_post, cyn):
    """Ask Bob about a post of Ada's that only their pod sees; Cyn is offered it in vain."""
    both = factories.make_work(post.course, {"type": "book", "title": "Both"}, label="Both, 2020")
    for citing in (post, bobs_post, *cyn.posts.published()):
        factories.make_reference(citing, both, "both2020", cited=True)
    factories.make_question(post, bobs_post.author, cyn, text=mark("networkquestion"))


def give_feedback(people, post):
    factories.make_saved_comment(people["assistant"], mark("savedcomment"))
    released = factories.make_grading(
        post,
        people["instructor"],
        mark("feedbackreleased"),
        level=2,
        released_at=timezone.now(),
        private_note=mark("notebyinstructor"),
        override_hundredths=POINTS["pointsreleased"],
        override_reason=mark("reasonreleased"),
    )
    HeldChange.objects.create(grading=released, text=mark("feedbackheld"))
    factories.make_message(
        post.prompt, people["instructor"], people["ada"], text=mark("messagetoada"), to="no-post"
    )
    factories.make_grading(
        post,
        people["assistant"],
        mark("feedbackother"),
        level=1,
        of_record=False,
        private_note=mark("notebyassistant"),
    )
    bobs = factories.make_post(
        people["bob"], post.course, "Bob's answer", prompt=post.prompt, slug="bobs-answer"
    )
    waiting = factories.make_grading(
        bobs,
        people["instructor"],
        mark("feedbackwaiting"),
        level=3,
        override_hundredths=POINTS["pointswaiting"],
        override_reason=mark("reasonwaiting"),
    )
    removed = {"text": [mark("feedbackremoved"), ""]}
    GradingEvent.of(waiting, by=people["assistant"], kind="removed", changes=removed).save()
    for person, word, at in [
        ("ada", "talkfeedbackreleased", timezone.now()),
        ("cyn", "talkfeedbackwaiting", None),
    ]:
        factories.make_comments_grading(
            post.prompt,
            people[person],
            people["instructor"],
            mark(word),
            status="feedback",
            released_at=at,
        )
    cyns = Post.objects.get(author=people["cyn"], prompt=post.prompt)
    plan_release(cyns, people["instructor"], mark("feedbackplanned"))
    talk = make_feedback_on_comments(bobs, people["instructor"], mark("feedbacktakenback"))
    take_release_back(talk, people["instructor"])
    reply = factories.make_feedback_reply(post, mark("feedbackreply"))
    factories.make_former_reply(reply, mark("formerreply"))
    factories.make_feedback_reply(bobs, mark("oldreply"))


def plan_release(post, instructor, text):
    """Give feedback on a post, and its release a date ahead."""
    grading = factories.make_grading(post, instructor, text, status="feedback")
    tomorrow = timezone.now() + timedelta(days=1)
    release_prompt(post.prompt, by=instructor, shown=[grading.state_key], at=tomorrow)


def make_feedback_on_comments(post, instructor, text):
    """Make feedback on the comments of a post's writer, for the post's prompt."""
    return factories.make_grading(post, instructor, text, kind="comments", status="feedback")


def take_release_back(grading, instructor):
    """Release one grading, and take that back."""
    [released] = release_prompt(grading.prompt, by=instructor, shown=[grading.state_key])
    take_back_release(grading.prompt, released.released_at, by=instructor)


def hide_more(world: World) -> None:
    """Add one more of everything that Cyn does not see, beside what she sees."""
    ada, bob, course = world.people["ada"], world.people["bob"], world.course
    pod = course.pods.get(name="Pod 1")
    shown = Post.objects.get(title=mark("coursetitle"))

    def write(**fields):
        post = factories.make_post(ada, course, "Behind", "Behind it.", **fields)
        work = factories.make_work(course, {"type": "book"}, shared_at=timezone.now())
        factories.make_reference(post, work, cited=True)
        factories.make_comment(bob, post)
        return post

    factories.make_draft_post(ada, course)
    for audience in (Audience.ONLY_ME, Audience.INSTRUCTORS):
        write(audience=audience)
    write(audience=Audience.POD, pod=pod)
    write(deleted_at=timezone.now())
    Post.objects.filter(pk=write().pk).update(status=Post.Status.WITHDRAWN)
    late = factories.make_user("Late", username="reader-late")
    factories.add_member(course, late, ended_at=timezone.now())
    Post.objects.filter(pk=write().pk).update(prompt=world.gated, author=late)
    for fields in (
        {"audience": Comment.Audience.TEAM},
        {"state": Comment.State.HIDDEN},
        {"state": Comment.State.WAITING},
        {"deleted_at": timezone.now()},
    ):
        factories.make_comment(bob, shown, "Behind it.", **fields)
    factories.make_question(Post.objects.get(title="Bob's beginning"), ada, text="Behind it.")
    instructor = world.people["instructor"]
    plan_release(Post.objects.get(title="Bob's beginning"), instructor, "Behind it.")
    cyns = Post.objects.get(title="Cyn's beginning")
    take_release_back(make_feedback_on_comments(cyns, instructor, "Behind it."), instructor)
    public = Post.objects.get(title="Open 1")
    factories.make_draft_comment(bob, public)
    factories.make_help_statement(public)
    Prompt.objects.create(
        course=course,
        number=course.prompts.count() + 1,
        title="Behind",
        question="Behind it?",
        opens_at=timezone.now() + timedelta(days=2),
        due_at=timezone.now() + timedelta(days=3),
        comments_due_at=timezone.now() + timedelta(days=4),
    )
