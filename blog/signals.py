"""Signals of blog, sent inside the action's transaction.

Receivers write rows only: no mail, no HTTP, no files.
"""

from django.dispatch import Signal

# Arguments: course (Course), removed and added (lists of blog.models.Interaction).
# Comments that make ties were added, removed or changed.
interactions_changed = Signal()

# Arguments: reader (User). Receivers return whom the reader has muted, as pairs of keys: the course
# and the person.
mutes_asked = Signal()

# Arguments: membership (Membership). Its person left a course: what only members have goes.
member_left = Signal()

# Arguments: person (User). An account is erased: all that is a person's own goes.
account_erased = Signal()

# Arguments: course (Course). A course is erased: receivers return a list of querysets, of all rows
# of theirs that have a link to it or to something in it, in an order in which they can be deleted.
# They read only.
course_erased = Signal()

# No arguments. ``manage.py tick`` came by: receivers do what is due and return how many they did.
work_due = Signal()

# Arguments: course (Course). The course was created or changed.
course_saved = Signal()

# Arguments: now (datetime). A digest may be due: receivers return, by the key of its reader, since
# when something waits for it that is no notification.
digest_due = Signal()

# Arguments: reader (User), mail_key (str). A digest was queued: it takes what waits for its reader.
digest_queued = Signal()

# Arguments: reader (User), mail_key (str). A digest is written: receivers return, by the key of a
# course, the questions to its reader that it has.
digest_written = Signal()

# Arguments: person (User), course (Course). Somebody's own things of a course are put into a file:
# receivers return a list of ``blog.takeout.course.Part``. They read only.
takeout_asked = Signal()
