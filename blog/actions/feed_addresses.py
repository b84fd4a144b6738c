"""Give people secret addresses for their calendar and feeds, other ones, or none."""

from django.db import transaction
from django.utils import timezone

from blog import access
from blog.models import AuditEvent, FeedAddress, User, new_feed_token


def create_feed_address(person: User, *, by: User, with_posts: bool = False) -> FeedAddress:
    """Give a person an address for their calendar; who has one keeps it.

    ``with_posts`` gives them one for feeds of posts and comments too.
    """
    access.require(access.can_change_own_choices(by, person))
    with transaction.atomic():
        address, is_new = FeedAddress.objects.select_for_update().get_or_create(user=person)
        if is_new:
            AuditEvent.record("feed_address_created", address, by=by)
        if with_posts and not address.posts_token:
            address.posts_token = new_feed_token()
            address.save(update_fields=["posts_token"])
            AuditEvent.record("post_feeds_created", address, by=by)
    return address


def renew_feed_address(address: FeedAddress, *, by: User) -> None:
    """Replace the addresses with new ones; what reads an old one finds nothing from now on.

    Both at once: who has lost one does not have to know which.
    """
    access.require(access.can_change_own_choices(by, address.user))
    with transaction.atomic():
        address.token = new_feed_token()
        address.posts_token = new_feed_token() if address.posts_token else ""
        address.created_at = timezone.now()
        address.save(update_fields=["token", "posts_token", "created_at"])
        AuditEvent.record("feed_address_renewed", address, by=by)


def remove_feed_address(address: FeedAddress, *, by: User) -> None:
    """Remove an address, so that nothing reads the person's feeds any more."""
    access.require(access.can_change_own_choices(by, address.user))
    with transaction.atomic():
        AuditEvent.record("feed_address_removed", address, by=by)
        address.delete()
