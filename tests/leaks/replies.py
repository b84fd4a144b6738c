"""Canaries in replies, and who reads each: no further than all that it replies to.

Comments for author and team alone are on the same posts and elsewhere; no reply is theirs to hide.
"""

from blog.models import Comment
from tests import factories

TEAM = ["assistant", "instructor"]
MEMBERS = ["ada", "bob", "cyn", "observer", *TEAM]
EVERYBODY = [*MEMBERS, "removed", "eve", "root", "visitor"]
OF_AUTHORS = ["cyn", "ada", *TEAM]  # Cyn wrote it or what it replies to, Ada the post

REPLY_CANARIES = {
    "openreply": MEMBERS,
    "deepreply": MEMBERS,
    "publicreply": EVERYBODY,
    "narrowedreply": MEMBERS,
    "guestreply": EVERYBODY,
    "gatedreply": ["ada", "bob", "observer", *TEAM],
    "withdrawnreply": ["ada", *TEAM],
    "teamreply": OF_AUTHORS,
    "asidereply": OF_AUTHORS,
    "wideteamreply": OF_AUTHORS,
    "hiddenreply": OF_AUTHORS,
}


def plant_replies(people, mark):
    """Plant the canaries, each a reply to the comment with the canary named with it."""
    ada, cyn, instructor = people["ada"], people["cyn"], people["instructor"]
    audiences = Comment.Audience

    def reply(name, author, parent, audience=audiences.READERS, **fields):
        to = Comment.objects.select_related("post").get(text=mark(parent))
        factories.make_comment(
            author, to.post, mark(name), parent=to, audience=audience, tied=False, **fields
        )

    reply("openreply", cyn, "opentalk")
    reply("deepreply", ada, "openreply")
    reply("publicreply", cyn, "publictalk", audiences.EVERYONE)
    reply("narrowedreply", ada, "publicreply")
    reply("guestreply", ada, "guestopen", audiences.EVERYONE)
    reply("gatedreply", ada, "gatedtalk")
    reply("withdrawnreply", ada, "withdrawntalk")
    reply("teamreply", instructor, "teamtalk", audiences.TEAM)
    reply("asidereply", cyn, "opentalk", audiences.TEAM)
    # Stored wider than what it replies to, as old rows may be.
    reply("wideteamreply", ada, "teamtalk")
    reply("hiddenreply", cyn, "opentalk", state=Comment.State.HIDDEN)
