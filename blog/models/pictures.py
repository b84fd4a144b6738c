"""Pictures in posts: two files each, which whoever reads the post may see."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Audience
from blog.models.posts import Post, Revision
from blog.text import PictureFiles
from blog.text.pictures import picture_markdown

TOKEN_LENGTH = 32
TOKEN_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def new_token() -> str:
    return get_random_string(TOKEN_LENGTH, TOKEN_LETTERS)


def large_path(picture: "Picture", name: str) -> str:
    """Put the files of a course together; what somebody called theirs is never used."""
    return f"pictures/{picture.post.course_id}/{picture.token}.webp"


def small_path(picture: "Picture", name: str) -> str:
    return f"pictures/{picture.post.course_id}/{picture.token}-small.webp"


class PictureQuerySet(models.QuerySet):
    def of(self, uploader, course):
        return self.filter(uploader=uploader, post__course=course)

    def visible_to(self, reader):
        """The audience of a post is the audience of the pictures in it.

        A picture that is uploaded and not published yet is its writer's, as a draft is; one that
        only an earlier text shows is for those who may read that text. So a picture needs the
        post to be visible, and to stand in a text of it that this reader may see.
        """
        posts = Post.objects.visible_to(reader)
        shown = Q(post__revision__html__contains=F("token"))
        if not reader.is_authenticated:
            return self.filter(shown, post__in=posts)
        teaching = [m.course_id for m in reader.memberships_now if m.teaches]
        earlier = Revision.objects.filter(
            post=OuterRef("post"),
            audience__gte=Audience.INSTRUCTORS,
            html__contains=OuterRef("token"),
        )
        return self.filter(
            shown | Q(post__author=reader) | Q(Exists(earlier), post__course__in=teaching),
            post__in=posts,
        )


class Picture(models.Model):
    """A picture that somebody put into a post, made anew when it came (``blog.pictures``).

    Its text names it by ``token``: ``![a map](picture:TOKEN)``. The description stands in the
    text, where the writer can change it; a picture that is decoration needs none.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="pictures")
    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="pictures")
    token = models.CharField(max_length=TOKEN_LENGTH, unique=True, default=new_token)
    alternative = models.CharField(_("description"), max_length=500, blank=True)
    is_decorative = models.BooleanField(default=False)
    large = models.FileField(upload_to=large_path)
    small = models.FileField(upload_to=small_path)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    small_width = models.PositiveSmallIntegerField()
    bytes = models.PositiveIntegerField(help_text=_("Of both files."))
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=False) | Q(alternative=""),
                name="decorative_pictures_have_no_description",
            ),
        ]

    def __str__(self):
        return self.alternative or str(_("Picture"))

    @property
    def markdown(self) -> str:
        return picture_markdown(self.token, self.alternative)

    @property
    def shown(self) -> PictureFiles:
        """Return what the renderer needs to know of it."""
        return PictureFiles(
            reverse("picture_file", args=[self.token, "large"]),
            reverse("picture_file", args=[self.token, "small"]),
            self.width,
            self.height,
            self.small_width,
            self.is_decorative,
        )
