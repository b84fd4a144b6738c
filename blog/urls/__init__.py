"""blog's addresses, a module per area. An address has the name of its view."""

from django.urls import include, path

from blog.urls import (
    about,
    accounts,
    charter,
    comments,
    courses,
    editor,
    feeds,
    gradebook,
    grading,
    lti,
    messages,
    moderation,
    people,
    posts,
    prompts,
    references,
    roster,
    search,
)
from blog.web.url_prefixes import by_first_word

# The editor's fixed addresses under posts/ stand before those that hold a post's slug.
course_patterns = [
    *courses.course_patterns,
    *roster.course_patterns,
    *messages.course_patterns,
    *prompts.course_patterns,
    *editor.course_patterns,
    *posts.course_patterns,
    *references.course_patterns,
    *comments.course_patterns,
    *charter.course_patterns,
    *moderation.course_patterns,
    *people.course_patterns,
    *search.course_patterns,
    *feeds.course_patterns,
    *grading.course_patterns,
    *gradebook.course_patterns,
    *lti.course_patterns,
]

# Most of what people open is in a course, so that is looked through first.
urlpatterns = [
    path("c/<slug:course>/", include(by_first_word(course_patterns))),
    *accounts.urlpatterns,
    *comments.urlpatterns,
    *courses.urlpatterns,
    *editor.urlpatterns,
    *feeds.urlpatterns,
    *lti.urlpatterns,
    *posts.urlpatterns,
    *roster.urlpatterns,
    *about.urlpatterns,
]
