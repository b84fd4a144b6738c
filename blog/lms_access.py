"""Permissions around an LMS: who can register one here, and who can come from one as whom."""

from blog import access
from blog.models import Course, Launch, Membership, RegistrationLink, User


def can_keep_platforms(user: User) -> bool:
    """Allow staff who can change LMSs: how this site is registered there, and its keys."""
    return user.is_staff and user.is_active and user.has_perm("blog.change_platform")


def can_register_platform(user: User, link: RegistrationLink) -> bool:
    """Allow whoever has an unused link from site staff: an LMS registers itself."""
    return not access.is_closed(user) and RegistrationLink.objects.usable().contains(link)


def can_accept_launch(user: User, launch: Launch) -> bool:
    """Allow people from an LMS whose launches are accepted."""
    return not access.is_closed(user) and launch.platform.is_on


def can_open_account(user: User, launch: Launch) -> bool:
    """Allow somebody from a recent launch who has no account here yet."""
    is_nobody = launch.user_id is None and not access.is_closed(user)
    return is_nobody and Launch.objects.recent().contains(launch)


def can_connect_account(user: User, launch: Launch) -> bool:
    """Allow everybody, for their own account, with a recent launch that is nobody else's."""
    if not user.is_authenticated or not user.is_active:
        return False
    return launch.user_id in (None, user.pk) and Launch.objects.recent().contains(launch)


def can_follow_launch(user: User, launch: Launch) -> bool:
    """Allow the person of the launch, while it is recent."""
    return launch.user_id is not None and can_connect_account(user, launch)


def can_connect_course(user: User, launch: Launch, course: Course) -> bool:
    """Allow instructors of a course whom their LMS sends as an instructor of the one there."""
    is_theirs = launch.role == Membership.Role.INSTRUCTOR and can_follow_launch(user, launch)
    return is_theirs and access.can_edit_course(user, course)
