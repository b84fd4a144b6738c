"""Pictures in posts: two files each, for everybody who can see the post."""

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Audience
from blog.models.posts import Post
from blog.models.revisions import Revision
from blog.pictures import CleanPicture
from blog.text import PictureFiles
from blog.text.pictures import picture_markdown

TOKEN_LENGTH = 32
TOKEN_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def new_picture_token() -> str:
    """Return a random token, by which addresses and texts name a picture."""
    return get_random_string(TOKEN_LENGTH, TOKEN_LETTERS)


def large_path(picture: "Picture", name: str) -> str:
    """Return the path of the large file, in its course's folder, without the uploaded name."""
    return f"pictures/{picture.post.course_id}/{picture.token}.webp"


def small_path(picture: "Picture", name: str) -> str:
    """Return the path of the small file, beside the large one."""
    return f"pictures/{picture.post.course_id}/{picture.token}-small.webp"


class PictureQuerySet(models.QuerySet):
    def of(self, uploader, course):
        """Return the pictures that a person uploaded in a course."""
        return self.filter(uploader=uploader, post__course=course)

    def visible_to(self, reader):
        """Return the pictures that a reader can see: those in texts of posts they can see.

        A picture that is not published yet is its author's, as a draft is; one that only an
        earlier version shows is for those who can read that version. So the post must be visible,
        and a text of it that this reader can see must show the picture.
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
    """A picture in a post, re-encoded when it was uploaded (``blog.pictures``).

    The post's text names it by ``token``: ``![a map](picture:TOKEN)``. The description is in that
    text, where the author can change it; a decorative picture needs none.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="pictures")
    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="pictures")
    token = models.CharField(max_length=TOKEN_LENGTH, unique=True, default=new_picture_token)
    alternative = models.CharField(_("description"), max_length=500, blank=True)
    is_decorative = models.BooleanField(default=False)
    large = models.FileField(upload_to=large_path)
    small = models.FileField(upload_to=small_path)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    small_width = models.PositiveSmallIntegerField()
    bytes = models.PositiveIntegerField(help_text=_("The size of both files."))
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

    def write_files(self, clean: CleanPicture) -> None:
        """Write both files, before the row is saved: no transaction waits for a disk."""
        self.width, self.height = clean.size
        self.small_width = clean.small_size[0]
        self.bytes = clean.bytes
        try:
            self.large.save("", ContentFile(clean.large), save=False)
            self.small.save("", ContentFile(clean.small), save=False)
        except BaseException:
            self.delete_files()
            raise

    def delete_files(self) -> None:
        """Delete the files of a picture whose row was not saved."""
        for file in (self.large, self.small):
            if file:
                file.delete(save=False)

    @property
    def markdown(self) -> str:
        return picture_markdown(self.token, self.alternative)

    @property
    def shown(self) -> PictureFiles:
        """Return its data for the renderer."""
        return PictureFiles(
            reverse("picture_file", args=[self.token, "large"]),
            reverse("picture_file", args=[self.token, "small"]),
            self.width,
            self.height,
            self.small_width,
            self.is_decorative,
        )
