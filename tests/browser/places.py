"""Every page of the demo course: its address, and who opens it.

A page is called by the name of its URL; words after it tell apart what one URL can show. One that
no address alone opens is a ``Visit``: ``go_to`` and ``open_in`` know what belongs to it.
"""

from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.db.models import F
from django.urls import reverse

from blog.actions.comments import add_comment
from blog.actions.feed_addresses import create_feed_address
from blog.actions.moderation import decide, report
from blog.models import (
    Audience,
    Comment,
    CommentUse,
    Course,
    Draft,
    Extension,
    FeedAddress,
    Grading,
    GuestComment,
    MailKind,
    ModerationCase,
    NormProposal,
    Post,
    Prompt,
    QueuePlace,
    Revision,
    SavedComment,
    User,
    note_filtering,
    notice_version,
    unsubscribe_address,
)
from blog.queries.grading_conflicts import unsettled
from network.actions import mute
from network.models import Intention
from network.queries.week_choice import week_of
from network.ties import ties_of
from tests.browser.compared_gradings import calibrated_prompt, compared_grades
from tests.browser.gradebooks import gradebook_places
from tests.browser.lms_places import keeper, lms_places, lms_visitor_places, staff_places
from tests.browser.network_exports import export_log_of
from tests.browser.network_questions import question_places
from tests.browser.own_blogs import own_blog_places, team_blog_places
from tests.browser.process_notes import tell_how
from tests.browser.rosters import MEMBER_PAGES, invited, roster_places
from tests.browser.second_steps import second_steps
from tests.factories import desk_address


def person(key: str) -> User:
    return User.objects.get(email__startswith=f"{key}.")


ABOUT = ("about", "visibility", "accessibility", "privacy", "help_page", "notice")
# Pages before one is signed in, of which there is one each.
ENTRANCE = (
    *("account_login", "account_signup", "account_inactive", "account_email_verification_sent"),
    *("account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key_done", "socialaccount_login_cancelled"),
)


def newcomer() -> User:
    """Return somebody who has just signed up, and is in no course yet."""
    email = "lila.okonkwo@example.edu"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(
            email=email, display_name="Lila Okonkwo", notice_version=notice_version()
        )
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
    return user


def places(course: Course) -> dict[User | None, dict[str, str]]:
    """Return for each person (None is a visitor) the places they see: name and path."""
    return {
        None: visitor(course),
        person("noor"): student(course, person("noor")),
        person("ines"): instructor(course),
        keeper(): staff_places(),
        newcomer(): {
            "home without courses": reverse("home"),
            "join_course": reverse("join_course", args=[course.join_code]),
        }
        | second_steps(newcomer()),
    }


def visitor(course: Course) -> dict[str, str]:
    public = Post.objects.published().filter(audience=Audience.PUBLIC).first()
    unconfirmed = EmailAddress.objects.get(user=newcomer())
    key = EmailConfirmationHMAC(unconfirmed).key
    return {
        "home welcome": reverse("home"),
        "account_login to join": reverse("join_course", args=[course.join_code]),
        "unsubscribe": urlsplit(unsubscribe_address(newcomer(), MailKind.DIGEST)).path,
        "account_confirm_email": reverse("account_confirm_email", args=[key]),
        "account_confirm_email too late": reverse("account_confirm_email", args=["old"]),
        "account_reset_password_from_key": reverse(
            "account_reset_password_from_key", args=["1", "old"]
        ),
        **{name: reverse(name) for name in (*ENTRANCE, *ABOUT)},
        "post_public": reverse("post_public", args=[public.pk, public.slug]),
        "comment_public_history": reverse(
            "comment_public_history", args=[edited(public_comment()).pk]
        ),
        "guest_comment_status": waiting_guest().guest.status_path,
        "guest_comment_status refused": refused_guest(public).guest.status_path,
        "invitation_page": invited(course, person("ines")).path,
        **lms_visitor_places(course, person("ines")),
        "404": "/nowhere/",
    }


def extended_prompt(course: Course, by: User) -> int:
    """Return the number of a prompt for which somebody has more time."""
    prompt = course.prompts.latest("number")
    until = prompt.due_at + timedelta(days=2)
    Extension.objects.get_or_create(
        prompt=prompt, student=person("tomasz"), defaults={"until": until, "given_by": by}
    )
    return prompt.number


def released_at(course: Course, number: int) -> datetime:
    gradings = Grading.objects.released().filter(prompt__course=course, prompt__number=number)
    return gradings.values_list("released_at", flat=True).latest("released_at")


def waiting_guest() -> Comment:
    return Comment.objects.select_related("guest", "post").get(state=Comment.State.WAITING)


def public_comment() -> Comment:
    posts = Post.objects.beyond_course()
    return Comment.objects.open().on_public_page().filter(post__in=posts).earliest("pk")


def refused_guest(post: Post) -> Comment:
    """Return a guest's comment that the spam filter refused; in the demo there is no filter."""
    found = Comment.objects.filter(guest__spam_check=GuestComment.SpamCheck.BLATANT).first()
    if found is not None:
        return found
    text = "Great post! See my page for kitchen offers."
    comment = Comment.objects.create(
        post=post,
        guest_name="Best Prices",
        state=Comment.State.HIDDEN,
        audience=Comment.Audience.EVERYONE,
        text=text,
        html=f"<p>{text}</p>",
        renderer=1,
        day=post.course.today(),
    )
    GuestComment.objects.create(
        comment=comment,
        spam_check=GuestComment.SpamCheck.BLATANT,
        decided_at=comment.created_at,
    )
    note_filtering(comment, is_published=False)
    return comment


def student(course: Course, me: User) -> dict[str, str]:
    def at(name, *args):
        return reverse(name, args=[course.slug, *args])

    graded = Post.objects.by(me).get(prompt__number=1)
    own = Comment.objects.filter(author=me).exclude(parent=None).first()
    [draft] = Draft.objects.current().by(me)
    other = second_text(draft)
    [gone] = Comment.objects.exclude(deleted_at=None)
    cited = graded.references.filter(cited=True).first()
    peer = person("tomasz")
    told = tell_how(graded)
    norm = course.norms.first()
    reported = Comment.objects.open().filter(author=peer).first()
    return {
        "home": reverse("home"),
        "join": reverse("join"),
        "join wrong code": reverse("join") + "?code=AAAA-BBBB-CCCCC",
        "profile_edit": reverse("profile_edit"),
        "calendar_page": calendar_of(me),
        "feed_page": feeds_of(me),
        "notification_list": reverse("notification_list"),
        "mail_choices_edit": reverse("mail_choices_edit"),
        "takeout_list": reverse("takeout_list"),
        "course_leave": at("course_leave"),
        "name_withhold_ask": at("name_withhold_ask"),
        "feed_address_renew": reverse("feed_address_renew"),
        "feed_address_remove": reverse("feed_address_remove"),
        "account_email": reverse("account_email"),
        "account_change_password": reverse("account_change_password"),
        "account_logout": reverse("account_logout"),
        "account_reauthenticate": reverse("account_reauthenticate"),
        "session_list": reverse("session_list"),
        "socialaccount_connections": reverse("socialaccount_connections"),
        "mfa_index without any": reverse("mfa_index"),
        "account_erase": reverse("account_erase"),
        "mfa_activate_totp": reverse("mfa_activate_totp"),
        "mfa_add_webauthn": reverse("mfa_add_webauthn"),
        "mfa_generate_recovery_codes": reverse("mfa_generate_recovery_codes"),
        "course_home": at("course_home"),
        "course_calendar_page": at("course_calendar_page"),
        "announcement_list": at("announcement_list"),
        "prompt_list": at("prompt_list"),
        "prompt_page": at("prompt_page", 1),
        "prompt_page now": at("prompt_page", 4),
        "post_list": at("post_list"),
        "post_list of a prompt": at("post_list") + "?prompt=1",
        "post_list nothing found": at("post_list") + "?q=nowhere",
        "post_new": at("post_new") + "?prompt=none",
        "write_choice": at("write_choice"),
        "course_work": at("course_work"),
        "feedback_reply": at("feedback_reply", 1),
        "my_work": reverse("my_work"),
        "post_page": at("post_page", graded.slug),
        "post_page with a deleted comment": at("post_page", gone.post.slug),
        "post_cite": at("post_cite", gone.post.slug),
        "post_edit": at("post_edit", draft.post.slug),
        "post_paste": at("post_paste", draft.post.slug),
        "draft_compare": at("draft_compare", other.pk),
        "post_edit published": at("post_edit", graded.slug),
        "post_withdraw": at("post_withdraw", graded.slug),
        **own_blog_places(me, course),
        "post_delete": at("post_delete", graded.slug),
        "process_note_edit": at("process_note_edit", told.slug),
        "process_note_remove": at("process_note_remove", told.slug),
        "process_option": at("process_option", told.slug, "version-1"),
        "process_moment": at("process_moment", told.slug, 2),
        "revision_restore": at("revision_restore", graded.slug, 1),
        "picture_add": at("picture_add", graded.slug),
        "reference_add": at("reference_add", graded.slug),
        "reference_edit": at("reference_edit", graded.slug, cited.key),
        "comment_reply": at("comment_reply", own.parent_id),
        "comment_edit": at("comment_edit", own.pk),
        "comment_delete": at("comment_delete", own.pk),
        "comment_history": at("comment_history", edited(own).pk),
        "comment_addressee": at("comment_addressee", own.pk),
        "comment_use_change": at("comment_use_change", used_comment(me).pk),
        "search": at("search"),
        "search found": at("search") + "?q=networks",
        "search of a kind": at("search") + "?q=networks&kind=comment",
        "search nothing found": at("search") + "?q=opne+dor",
        "bibliography": at("bibliography"),
        "bibliography found": at("bibliography") + "?q=network&sort=year",
        "bibliography filtered": at("bibliography") + "?by=me&required=on",
        "bibliography nothing found": at("bibliography") + "?q=nowhere",
        "work_page": at("work_page", cited.work_id),
        "person_list": at("person_list"),
        "person_list my pod": at("person_list") + "?show=pod",
        "person_list nobody found": at("person_list") + "?q=nowhere",
        "person_list_followed": at("person_list_followed"),
        "person_page": at("person_page", peer.username),
        "person_page own": at("person_page", me.username),
        "charter": at("charter"),
        "norm_new": at("norm_new"),
        "norm_edit": at("norm_edit", norm.pk),
        "norm_drop": at("norm_drop", norm.pk),
        "report_new": at("report_new", reported),
        "case_page of its author": at("case_page", moderated(own)),
        "discover": at("discover"),
        "work_page of others": at("work_page", cited.work_id) + "?from=others",
        "ego_network": at("ego_network"),
        "network_figure_new": at("network_figure_new"),
        "network_export_list": export_log_of(course, person("ines")),
        "post_page whom a comment is for": calling(me),
        "ego_network in a past week": at("ego_network") + "?week=3",
        "network_choices": muting(me, course),
        "intention_list": intending(me, course),
        **question_places(me, course),
        "tie_page": at("tie_page", ties_of(me, course)[0].peer.username),
        "403": at("grading_overview"),
    }


def edited(comment: Comment) -> Comment:
    """Return a comment that was edited after somebody had read it; in the demo none is."""
    if not comment.revisions.exists():
        comment.revisions.create(
            text="A quick first thought.",
            html="<p>A quick first thought.</p>",
            renderer=comment.renderer,
            audience=comment.audience,
            written_at=comment.created_at,
        )
    return comment


def calling(me: User) -> str:
    """Return the page of a post that asks whether a new comment of mine is for whom it calls."""
    called = Comment.objects.open().exclude(author__in=[None, me]).exclude(parent=None)
    called = called.exclude(author=F("post__author")).exclude(post__author=me).first()
    first_name = called.author.display_name.split(" ")[0]
    comment = add_comment(called.post, by=me, text=f"Thanks {first_name}, I see it now.")
    return f"{called.post.get_absolute_url()}?for={comment.pk}"


def intending(me: User, course: Course) -> str:
    """Return the page of my intentions, with one of last week; in the demo nobody has any."""
    week = week_of(course) - timedelta(days=7)
    text = "keep up with Santiago"
    Intention.objects.get_or_create(course=course, person=me, week=week, defaults={"text": text})
    return reverse("intention_list", args=[course.slug])


def muting(me: User, course: Course) -> str:
    """Return the page with the people whom I have muted; in the demo nobody is."""
    mute(course, by=me, person=person("santiago"))
    return reverse("network_choices", args=[course.slug])


def moderated(comment: Comment) -> Comment:
    """Return a comment that its author is asked to change; in the demo nobody is."""
    if not ModerationCase.objects.about(comment).exists():
        reason = "The second sentence is about a person. Please write what you disagree with."
        decide(comment, by=person("ines"), decision="ask", reason=reason)
    return comment


def reported_comment() -> Comment:
    """Return a comment that waits for a decision; in the demo nobody reports anything."""
    comment = Comment.objects.open().filter(author=person("tomasz")).first()
    norm = comment.post.course.norms.first()
    report(comment, by=person("noor"), norm=norm, sentence="I do not know how to reply to this.")
    return comment


def calendar_of(me: User) -> str:
    """Return the page of a calendar that has its address; in the demo nobody has one."""
    FeedAddress.objects.get_or_create(user=me)
    return reverse("calendar_page")


def feeds_of(me: User) -> str:
    """Return the page of feeds that has their addresses."""
    create_feed_address(me, by=me, with_posts=True)
    return reverse("feed_page")


def second_text(draft: Draft) -> Draft:
    """Return a text that another page has saved; nobody in the demo types in two at once."""
    words = {
        "title": draft.title,
        "text": f"{draft.text}\n\nTyped on the train.",
        "is_conflict_copy": True,
    }
    return Draft.objects.get_or_create(user=draft.user, post=draft.post, **words)[0]


def used_comment(me: User) -> Comment:
    """Return a comment of mine that a version of a post uses; in the demo nobody says so."""
    revision = Revision.objects.filter(number=2).exclude(post__author=me).first()
    comment = revision.post.comments.open().by(me).first()
    if comment is None:
        comment = add_comment(revision.post, by=me, text="Say more about what they share.")
    named = {"revision": revision, "named_at": revision.created_at}
    CommentUse.objects.get_or_create(comment=comment, defaults=named)
    return comment


TEAM_PAGES = ("course_start", "setup_page", "course_log", "course_edit", "class_network")


def instructor(course: Course) -> dict[str, str]:
    def at(name, *args):
        return reverse(name, args=[course.slug, *args])

    saved = SavedComment.objects.get_or_create(owner=person("ines"), text="Says who?", position=1)
    changed = Revision.objects.filter(number=2).select_related("post").first().post
    graded = Post.objects.by(person("noor")).get(prompt__number=1)
    answering = Post.objects.published().filter(prompt__number=4)
    without_post = QueuePlace.objects.filter(prompt__number=4).exclude(
        student__in=answering.values("author")
    )
    Prompt.objects.filter(number=3).update(is_anonymous=True)
    commenter = QueuePlace.objects.get(prompt__number=3, student=person("noor"))
    unread = Post.objects.published().answering(Prompt.objects.get(number=4)).first()
    [withdrawn] = Post.objects.filter(status=Post.Status.WITHDRAWN)
    member = person("tomasz").username
    proposal = NormProposal.objects.open().get()
    compared = compared_grades(2, by=person("ines"))
    calibrated = calibrated_prompt(3, by=person("ines"))
    works = list(graded.references.filter(cited=True).values_list("work", flat=True)[:2])
    return {
        "course_home team": at("course_home"),
        "announcement_list team": at("announcement_list"),
        "announcement_new": at("announcement_new"),
        **team_blog_places(course),
        "course_new": reverse("course_new"),
        "course_new copied": f"{reverse('course_new')}?from=course:{course.slug}",
        **{
            name: at(name)
            for name in ("course_archive", "course_dates_edit", "course_delete", "course_erase")
        },
        **{name: at(name) for name in TEAM_PAGES},
        "prompts_carry": f"{at('prompts_carry')}?prompt=3",
        "class_network of a week": f"{at('class_network')}?week=3&without_required=on",
        "class_mail": at("class_mail", "not-answered"),
        "class_pods": at("class_pods"),
        "pod_list": at("pod_list"),
        "pod_edit": at("pod_edit", course.pods.first().pk),
        "rubric_list": at("rubric_list"),
        "rubric_new": at("rubric_new"),
        "rubric_delete": at("rubric_delete", course.rubrics.first().pk),
        "rubric_import": at("rubric_import"),
        "saved_comment_list": at("saved_comment_list"),
        "saved_comment_edit": at("saved_comment_edit", saved[0].pk),
        "rubric_edit": at("rubric_edit", course.rubrics.first().pk),
        **roster_places(course, person("ines")),
        **lms_places(course, person("ines")),
        **{name: at(name, member) for name in MEMBER_PAGES},
        "moderation": at("moderation"),
        "guest_comment_refuse": at("guest_comment_refuse", waiting_guest().pk),
        "guest_comment_import": at("guest_comment_import", waiting_guest().post.slug),
        "prompt_new": at("prompt_new"),
        "prompt_list team": at("prompt_list"),
        "prompt_edit": at("prompt_edit", 1),
        "extension_list": at("extension_list", extended_prompt(course, person("ines"))),
        "prompt_rubric": at("prompt_rubric", 2),
        "prompt_comments_rubric": at("prompt_comments_rubric", 2),
        "prompt_page team": at("prompt_page", 2),
        "calendar_page without an address": reverse("calendar_page"),
        "feed_page without an address": reverse("feed_page"),
        "notification_list nothing new": reverse("notification_list"),
        "person_page team": at("person_page", graded.author.username),
        "post_page team": at("post_page", graded.slug),
        "post_page withdrawn": at("post_page", withdrawn.slug),
        "revision_list": at("revision_list", changed.slug),
        "revision_page": at("revision_page", changed.slug, 1),
        "revision_compare": at("revision_compare", changed.slug),
        "bibliography team": at("bibliography"),
        "work_page team": at("work_page", works[0]),
        "work_edit": at("work_edit", works[0]),
        "work_merge": at("work_merge", works[0]),
        "work_merge compared": at("work_merge", works[0]) + f"?with={works[1]}",
        **gradebook_places(course, person("ines")),
        "message_overview": at("message_overview"),
        "message_new": at("message_new", 4, "no-post"),
        "grading_times": at("grading_times"),
        "grading_overview": at("grading_overview"),
        "grading_prompt": at("grading_prompt", 2),
        "grading_comments": at("grading_comments", 3),
        "grading_student_comments": at("grading_student_comments", 3, commenter.number),
        "grading_person": at("grading_person", person("noor").username),
        "grading_release": at("grading_release", 2),
        "grading_release released": at("grading_release", 1),
        "grading_release_back": at("grading_release_back", 1)
        + f"?{urlencode({'released_at': released_at(course, 1).isoformat()})}",
        "grading_anonymous": at("grading_anonymous", 3),
        "grading_student anonymous": at("grading_student", 3, commenter.number),
        "grading_agreement": at("grading_agreement", 3),
        "grading_calibration": at("grading_calibration", 4),
        "grading_calibration compared": at("grading_calibration", calibrated.number),
        "grading_agreement compared": at("grading_agreement", compared.number),
        "grading_student": desk_address(graded),
        "grading_student differing": desk_address(unsettled(compared)[0].grading.post),
        "grading_student unread": desk_address(unread),
        "grading_student no post": at("grading_student", 4, without_post[0].number),
        "charter team": at("charter"),
        "charter_start": at("charter_start"),
        "proposal_page": at("proposal_page", proposal.pk),
        "moderation_log": at("moderation_log"),
        "case_page": at("case_page", reported_comment()),
        "ego_network team": at("ego_network"),
        "network_export": at("network_export"),
        "clock_edit": at("clock_edit"),
        "person_list team": at("person_list"),
    }
