"""Give people a secret address for their feeds, another one, or none."""

from django.db import transaction
from django.utils import timezone

from blog import access
from blog.models import AuditEvent, FeedAddress, User, new_feed_token


def create_feed_address(person: User, *, by: User) -> FeedAddress:
    """Give a person an address for their feeds; who has one keeps it."""
    access.require(access.can_change_own_choices(by, person))
    with transaction.atomic():
        address, is_new = FeedAddress.objects.get_or_create(user=person)
        if is_new:
            AuditEvent.record("feed_address_created", address, by=by)
    return address


def renew_feed_address(address: FeedAddress, *, by: User) -> None:
    """Replace an address with a new one; what reads the old one finds nothing from now on."""
    access.require(access.can_change_own_choices(by, address.user))
    with transaction.atomic():
        address.token = new_feed_token()
        address.created_at = timezone.now()
        address.save(update_fields=["token", "created_at"])
        AuditEvent.record("feed_address_renewed", address, by=by)


def remove_feed_address(address: FeedAddress, *, by: User) -> None:
    """Remove an address, so that nothing reads the person's feeds any more."""
    access.require(access.can_change_own_choices(by, address.user))
    with transaction.atomic():
        AuditEvent.record("feed_address_removed", address, by=by)
        address.delete()
