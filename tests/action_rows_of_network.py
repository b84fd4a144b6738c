"""Rows of ``test_actions`` on networks: who may, and the call."""

from blog.models import Picture, User
from blog.pictures import CleanPicture
from network import actions
from network.queries.network_figure import network_figure

MEMBERS = "observer peer owner assistant instructor"
STUDENTS = "peer owner"
MADE = CleanPicture(b"large", b"small", (1600, 900), (800, 450), was_animated=False)


def put_figure(post, *, by):
    """Put the network of a post's author into the post."""
    author = User.objects.get(pk=post.author_id)
    picture = Picture(post=post, uploader=author)
    picture.write_files(MADE)
    figure = network_figure(author, post.course, post.course.today())
    return actions.put_figure_into_post(figure, picture, MADE, by=by)


NETWORK_ROWS = {
    "network.follow": (
        MEMBERS,
        lambda w, by: actions.follow(w.course, by=by, person=w.classmate),
    ),
    "network.unfollow": (
        MEMBERS,
        lambda w, by: actions.unfollow(w.course, by=by, person=w.followed),
    ),
    "network.change_clock": (
        "instructor",
        lambda w, by: actions.change_clock(w.course, by=by, half_life=7),
    ),
    "network.save_choices": (
        MEMBERS,
        lambda w, by: actions.save_choices(
            w.course, by=by, wants_suggestions=False, may_be_suggested=False
        ),
    ),
    "network.save_intention": (
        MEMBERS,
        lambda w, by: actions.save_intention(w.course, by=by, text="meet somebody"),
    ),
    "network.look_back": (
        "owner",
        lambda w, by: actions.look_back(w.intention, by=by, text="I did."),
    ),
    "network.ask_network": (
        "owner",
        lambda w, by: actions.ask_network(
            w.citing_post, by=by, text="What did I miss?", people={w.peer.pk}
        ),
    ),
    "network.edit_question": (
        "peer",
        lambda w, by: actions.edit_question(w.question, by=by, text="What else?"),
    ),
    "network.close_question": (
        "peer",
        lambda w, by: actions.close_question(w.question, by=by),
    ),
    "network.reopen_question": (
        "owner",
        lambda w, by: actions.reopen_question(w.closed_question, by=by),
    ),
    "network.decline_question": (
        "owner",
        lambda w, by: actions.decline_question(w.question.offers.get(), by=by),
    ),
    "network.mute": (MEMBERS, lambda w, by: actions.mute(w.course, by=by, person=w.classmate)),
    "network.unmute": (MEMBERS, lambda w, by: actions.unmute(w.course, by=by, person=w.muted)),
    "network.switch_suggestions": (
        STUDENTS,
        lambda w, by: actions.switch_suggestions(w.course, by=by, is_off=True),
    ),
    "network.leave_post": (STUDENTS, lambda w, by: actions.leave_post(w.post, by=by)),
    "network.readmit_post": (STUDENTS, lambda w, by: actions.readmit_post(w.post, by=by)),
    "network.leave_work": (STUDENTS, lambda w, by: actions.leave_work(w.work, by=by)),
    "network.readmit_work": (STUDENTS, lambda w, by: actions.readmit_work(w.work, by=by)),
    "network.log_network_export": (
        "instructor",
        lambda w, by: actions.log_network_export(
            w.course, by=by, file_format="csv", day=w.course.starts_on, names=False
        ),
    ),
    "network.put_figure_into_post": ("owner", lambda w, by: put_figure(w.post, by=by)),
}
