"""What blog keeps. One module per noun."""

from blog.models.audit import LogEntry
from blog.models.comments import Comment, Exchange
from blog.models.courses import Audience, Course, Membership, Pod
from blog.models.drafts import Draft, Target
from blog.models.grading import Criterion, Feedback, Level, Rubric, Score
from blog.models.outbox import IdempotencyKey, Outbox
from blog.models.people import User, name_for
from blog.models.pictures import Picture
from blog.models.posts import Post, Revision
from blog.models.prompts import Prompt
from blog.models.references import Merge, Reference, Work
from blog.models.verifications import WorkCheck

__all__ = [
    "Audience",
    "Comment",
    "Course",
    "Criterion",
    "Draft",
    "Exchange",
    "Feedback",
    "IdempotencyKey",
    "Level",
    "LogEntry",
    "Membership",
    "Merge",
    "Outbox",
    "Picture",
    "Pod",
    "Post",
    "Prompt",
    "Reference",
    "Revision",
    "Rubric",
    "Score",
    "Target",
    "User",
    "Work",
    "WorkCheck",
    "name_for",
]
