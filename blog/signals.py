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

# No arguments. ``manage.py tick`` came by: receivers do what is due and return how many they did.
work_due = Signal()

# Arguments: course (Course). The course was created or changed.
course_saved = Signal()
