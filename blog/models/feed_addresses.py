"""Secret addresses of a person's calendar and feeds, for programs that read them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

# 165 bits. Letters of one case: an address is also read aloud, and typed on a phone.
FEED_TOKEN_LENGTH = 32
FEED_TOKEN_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def new_feed_token() -> str:
    """Return the secret part of a new address."""
    return get_random_string(FEED_TOKEN_LENGTH, FEED_TOKEN_LETTERS)


class FeedAddressQuerySet(models.QuerySet):
    def working(self):
        """Return the addresses of people whose account is open."""
        return self.filter(user__is_active=True)


class FeedAddress(models.Model):
    """The secret parts of the addresses of one person's calendar and feeds (ADR 0022, ADR 0027).

    A program that reads a feed has no session, so the address alone says whose feed it is. A new
    one takes the place of the old, which stops working at once.

    ``token`` opens dates, and ``posts_token`` what people have written: a calendar's company gets
    no address that leads to posts. A person who has not asked for feeds has no second one.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name=_("person"),
        related_name="feed_address",
    )
    token = models.CharField(
        _("secret"), max_length=64, unique=True, default=new_feed_token, editable=False
    )
    posts_token = models.CharField(
        _("secret of posts and comments"),
        max_length=64,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = FeedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed address")
        verbose_name_plural = _("feed addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["posts_token"],
                condition=~Q(posts_token=""),
                name="one_feed_address_per_secret_of_posts",
            ),
        ]

    def __str__(self):
        return f"feed address of person {self.user_id}"
