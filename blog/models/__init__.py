"""Models of blog, one module per noun."""

from blog.models.active_posts import one_active_post
from blog.models.announcements import Announcement
from blog.models.audit import AuditEvent, AuditPurge, audit_events_at, audit_events_with
from blog.models.calibration import Calibration
from blog.models.charter import Norm, NormProposal
from blog.models.comment_revisions import CommentRevision
from blog.models.comment_uses import CommentUse, notify_of_uses
from blog.models.comments import Comment, Interaction
from blog.models.courses import Audience, Course, GuestComments, lock_courses
from blog.models.draft_snapshots import DraftSnapshot
from blog.models.draft_targets import (
    CommentTarget,
    DraftTarget,
    EditTarget,
    PostTarget,
    ReplyTarget,
    comment_target,
    target_of,
)
from blog.models.drafts import Draft, Tab
from blog.models.extension_mails import announce_extension
from blog.models.extensions import Extension
from blog.models.feed_addresses import FeedAddress, new_feed_token
from blog.models.feedback_replies import FeedbackReply, FeedbackReplyRevision
from blog.models.grade_files import GradeImport, LmsFile
from blog.models.grading import (
    Grading,
    complete_by,
    release_together,
    render_feedback,
)
from blog.models.grading_events import GradingEvent
from blog.models.grading_mails import (
    announce_edit,
    announce_release,
    release_key,
    withdraw_announcement_of,
)
from blog.models.grading_parts import GradingPart
from blog.models.grading_presence import OpenPlace
from blog.models.grading_times import GradingTime
from blog.models.guest_comments import GuestComment
from blog.models.held_changes import HeldChange, held_of, known_level, typed_in
from blog.models.idempotency import IdempotencyKey
from blog.models.interactions import send_interactions_changed, tracking_interactions
from blog.models.invitations import Invitation
from blog.models.last_runs import LastRun
from blog.models.launches import Launch
from blog.models.mail_choices import (
    MailChoices,
    MailKind,
    choices_of,
    read_unsubscribe_token,
    unsubscribe_address,
)
from blog.models.memberships import Membership, Pod, Section, lock_members
from blog.models.messages import Message
from blog.models.moderation import (
    ModerationCase,
    ModerationEvent,
    Report,
    target_field,
)
from blog.models.moderation_cases import (
    add_event,
    case_of,
    close_reports,
    is_change_wanted,
    is_waiting,
    note_edit,
    note_filtering,
    note_objection,
    post_of,
    take_back_event,
    tell_team,
    update_cases,
)
from blog.models.notices import notice_version
from blog.models.notifications import (
    Notification,
    notification_to,
    notify,
    notify_of_comment,
    store_notifications,
)
from blog.models.outbox import OutboxMessage, queue_mail, queue_mails
from blog.models.own_blogs import BlogEntry, OwnBlog
from blog.models.participation import GradeAdoption, ParticipationRule
from blog.models.passages import Passage
from blog.models.people import User, lock_writer, name_for, portrait_for, shown_name
from blog.models.pictures import Picture
from blog.models.platform_courses import (
    MAX_ATTEMPTS,
    LineItem,
    PlatformCourse,
    PlatformMember,
    PlatformScore,
    resource_id_of,
)
from blog.models.platform_scores import queue_all, queue_scores, queue_submission
from blog.models.platforms import (
    Deployment,
    Platform,
    PlatformAccount,
    RegistrationLink,
    ToolKey,
    current_key,
    new_secret,
    public_keys,
    secret_digest,
)
from blog.models.point_reasons import (
    IMPORTED_REASON,
    participation_reason,
    reason_in_words,
    stored_reason,
)
from blog.models.post_links import PostLink, store_links
from blog.models.posts import Post
from blog.models.process_notes import (
    HelpStatement,
    ProcessMoment,
    ProcessNote,
    ToldAudience,
)
from blog.models.prompts import Prompt
from blog.models.queue_places import QueuePlace, draw_queue_places
from blog.models.references import Reference, lock_citing_posts
from blog.models.revisions import RenderedPost, Revision, rendered_fields
from blog.models.roster_imports import RosterImport
from blog.models.rota import RotaEntry
from blog.models.rubrics import Criterion, Level, Rubric, highest_points_of
from blog.models.saved_comments import SavedComment
from blog.models.scores import Score
from blog.models.search import SearchEntry
from blog.models.second_gradings import SecondGrading, SecondGradingDraw, Settlement
from blog.models.seen_comments import SeenComments, has_new_comments
from blog.models.seen_feedback import SeenFeedback, is_unread
from blog.models.student_identifiers import StudentIdentifier
from blog.models.takeouts import Takeout
from blog.models.verifications import WorkVerification
from blog.models.versions import claim_row, claim_version, version_of
from blog.models.wordpress_import_end import end_wordpress_import
from blog.models.wordpress_imports import ImportedComment, ImportedPost, WordPressImport
from blog.models.works import Work, WorkMerge, canonical_works

__all__ = [
    "Launch",
    "LineItem",
    "MAX_ATTEMPTS",
    "PlatformCourse",
    "PlatformMember",
    "PlatformScore",
    "queue_all",
    "queue_scores",
    "queue_submission",
    "resource_id_of",
    "Deployment",
    "Platform",
    "PlatformAccount",
    "RegistrationLink",
    "ToolKey",
    "current_key",
    "new_secret",
    "public_keys",
    "secret_digest",
    "Announcement",
    "Audience",
    "AuditEvent",
    "AuditPurge",
    "BlogEntry",
    "Calibration",
    "Comment",
    "CommentRevision",
    "CommentTarget",
    "CommentUse",
    "Course",
    "Criterion",
    "Draft",
    "DraftSnapshot",
    "DraftTarget",
    "EditTarget",
    "Extension",
    "FeedAddress",
    "GradeAdoption",
    "GradeImport",
    "FeedbackReply",
    "FeedbackReplyRevision",
    "Grading",
    "GradingEvent",
    "IMPORTED_REASON",
    "highest_points_of",
    "participation_reason",
    "reason_in_words",
    "stored_reason",
    "GradingTime",
    "GuestComment",
    "GuestComments",
    "HeldChange",
    "HelpStatement",
    "IdempotencyKey",
    "ImportedComment",
    "ImportedPost",
    "Interaction",
    "Invitation",
    "LastRun",
    "Level",
    "LmsFile",
    "MailChoices",
    "MailKind",
    "Membership",
    "Message",
    "ModerationCase",
    "ModerationEvent",
    "Norm",
    "NormProposal",
    "Notification",
    "OutboxMessage",
    "OwnBlog",
    "ParticipationRule",
    "Passage",
    "Picture",
    "Pod",
    "Post",
    "PostLink",
    "PostTarget",
    "ProcessMoment",
    "ProcessNote",
    "Prompt",
    "OpenPlace",
    "QueuePlace",
    "Reference",
    "RenderedPost",
    "ReplyTarget",
    "Report",
    "Revision",
    "RosterImport",
    "RotaEntry",
    "Rubric",
    "SavedComment",
    "Score",
    "SearchEntry",
    "SecondGrading",
    "SecondGradingDraw",
    "Section",
    "SeenComments",
    "SeenFeedback",
    "Settlement",
    "Tab",
    "Takeout",
    "ToldAudience",
    "StudentIdentifier",
    "GradingPart",
    "User",
    "Work",
    "WorkMerge",
    "WorkVerification",
    "WordPressImport",
    "add_event",
    "announce_edit",
    "announce_extension",
    "announce_release",
    "audit_events_at",
    "audit_events_with",
    "canonical_works",
    "choices_of",
    "case_of",
    "claim_row",
    "claim_version",
    "close_reports",
    "comment_target",
    "complete_by",
    "draw_queue_places",
    "end_wordpress_import",
    "has_new_comments",
    "held_of",
    "known_level",
    "is_unread",
    "lock_citing_posts",
    "lock_courses",
    "lock_members",
    "lock_writer",
    "name_for",
    "new_feed_token",
    "is_change_wanted",
    "is_waiting",
    "note_edit",
    "note_filtering",
    "note_objection",
    "notice_version",
    "notification_to",
    "notify",
    "notify_of_comment",
    "notify_of_uses",
    "one_active_post",
    "portrait_for",
    "post_of",
    "queue_mail",
    "queue_mails",
    "read_unsubscribe_token",
    "release_key",
    "release_together",
    "render_feedback",
    "rendered_fields",
    "send_interactions_changed",
    "shown_name",
    "store_links",
    "store_notifications",
    "take_back_event",
    "tell_team",
    "target_field",
    "target_of",
    "tracking_interactions",
    "typed_in",
    "unsubscribe_address",
    "update_cases",
    "version_of",
    "withdraw_announcement_of",
]
