"""The few things blog tells the world. Sent inside the action's transaction.

Receivers write rows only: no mail, no HTTP, no files.
"""

from django.dispatch import Signal

# Arguments: course (Course), removed and added (lists of blog.models.Interaction).
# Comments began or ceased to count between two people, or count elsewhere now.
interactions_changed = Signal()

# Arguments: course (Course). The course was made, or its dates changed.
course_saved = Signal()
