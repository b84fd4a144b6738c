"""Admin of posts and comments: who wrote them and who can see them, never what they say."""

from django.contrib import admin

from blog.admin.read_only import CourseFilter, ReadOnlyAdmin
from blog.models import Comment, Post


class ShownToStaffAdmin(ReadOnlyAdmin):
    """A list of what people wrote, without what staff have no reason to see."""

    def get_queryset(self, request):
        return super().get_queryset(request).shown_to_staff()


@admin.register(Post)
class PostAdmin(ShownToStaffAdmin):
    """Posts that are or were published, without their texts: those are for their readers."""

    course_path = "course"
    list_display = ["title", "author", "course", "status", "audience", "published_at"]
    list_filter = [("course", CourseFilter), "status", "audience"]
    list_select_related = ["author", "course"]
    search_fields = ["title", "author__display_name"]
    ordering = ["-published_at", "-pk"]
    fields = [
        "title",
        "author",
        "course",
        "prompt",
        "status",
        "audience",
        "public_until",
        "pod",
        "published_at",
    ]


@admin.register(Comment)
class CommentAdmin(ShownToStaffAdmin):
    """Comments, by whom, to whom and in which state, without their texts."""

    course_path = "post__course"
    list_display = ["pk", "author", "post", "state", "audience", "created_at"]
    list_filter = [("post__course", CourseFilter), "state", "audience"]
    list_select_related = ["author", "post"]
    ordering = ["-created_at", "-pk"]
    fields = ["author", "guest_name", "post", "addressee", "state", "audience", "created_at"]
