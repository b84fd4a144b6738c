"""Addresses: the grading desk and rubrics."""

from django.urls import path

from blog.views.grading import (
    agreement,
    anonymous,
    autosave,
    calibration,
    person,
    presence,
    prompt_rubric,
    queue,
    release,
    rubric_files,
    rubric_states,
    rubrics,
    saved_comments,
    student,
    times,
)

# The pages of grades of comments are those of posts, with their kind.
OF_COMMENTS = {"kind": "comments"}

course_patterns = [
    path("settings/rubrics/", rubrics.rubric_list, name="rubric_list"),
    path("settings/rubrics/new/", rubrics.rubric_new, name="rubric_new"),
    path("settings/rubrics/new/arrange/", rubrics.rubric_new_arrange, name="rubric_new_arrange"),
    path("settings/rubrics/import/", rubric_files.rubric_import, name="rubric_import"),
    path("settings/rubrics/<int:pk>/", rubrics.rubric_edit, name="rubric_edit"),
    path("settings/rubrics/<int:pk>/archive/", rubric_states.rubric_archive, name="rubric_archive"),
    path(
        "settings/rubrics/<int:pk>/unarchive/",
        rubric_states.rubric_unarchive,
        name="rubric_unarchive",
    ),
    path("settings/rubrics/<int:pk>/delete/", rubric_states.rubric_delete, name="rubric_delete"),
    path("settings/rubrics/<int:pk>/arrange/", rubrics.rubric_arrange, name="rubric_arrange"),
    path("settings/rubrics/<int:pk>/canvas.csv", rubric_files.rubric_export, name="rubric_export"),
    path("prompts/<int:number>/rubric/", prompt_rubric.prompt_rubric, name="prompt_rubric"),
    path(
        "prompts/<int:number>/rubric/comments/",
        prompt_rubric.prompt_rubric,
        OF_COMMENTS,
        name="prompt_comments_rubric",
    ),
    path("desk/comments/", saved_comments.saved_comment_list, name="saved_comment_list"),
    path("desk/comments/texts/", saved_comments.saved_comment_texts, name="saved_comment_texts"),
    path("desk/comments/<int:pk>/", saved_comments.saved_comment_edit, name="saved_comment_edit"),
    path("desk/comments/<int:pk>/up/", saved_comments.saved_comment_up, name="saved_comment_up"),
    path(
        "desk/comments/<int:pk>/down/", saved_comments.saved_comment_down, name="saved_comment_down"
    ),
    path(
        "desk/comments/<int:pk>/delete/",
        saved_comments.saved_comment_delete,
        name="saved_comment_delete",
    ),
    path("desk/time/", times.grading_times, name="grading_times"),
    path("desk/time/on/", times.grading_times_on, name="grading_times_on"),
    path("desk/time/off/", times.grading_times_off, name="grading_times_off"),
    path("desk/time/delete/", times.grading_times_delete, name="grading_times_delete"),
    path("desk/people/<slug:username>/", person.grading_person, name="grading_person"),
    path(
        "desk/people/<slug:username>/next/", person.grading_person_next, name="grading_person_next"
    ),
    path("desk/", queue.grading_overview, name="grading_overview"),
    path("desk/<int:number>/", queue.grading_prompt, name="grading_prompt"),
    path("desk/<int:number>/comments/", queue.grading_prompt, OF_COMMENTS, name="grading_comments"),
    path("desk/<int:number>/release/", release.grading_release, name="grading_release"),
    path(
        "desk/<int:number>/release/look/",
        release.grading_release_look,
        name="grading_release_look",
    ),
    path(
        "desk/<int:number>/release/date/",
        release.grading_release_date,
        name="grading_release_date",
    ),
    path(
        "desk/<int:number>/release/take-back/",
        release.grading_release_back,
        name="grading_release_back",
    ),
    path("desk/<int:number>/anonymous/", anonymous.grading_anonymous, name="grading_anonymous"),
    path("desk/<int:number>/agreement/", agreement.grading_agreement, name="grading_agreement"),
    path(
        "desk/<int:number>/agreement/draw/",
        agreement.grading_draw,
        name="grading_draw",
    ),
    path(
        "desk/<int:number>/agreement/take-back/",
        agreement.grading_draw_undo,
        name="grading_draw_undo",
    ),
    path(
        "desk/<int:number>/calibration/",
        calibration.grading_calibration,
        name="grading_calibration",
    ),
    path(
        "desk/<int:number>/calibration/begin/",
        calibration.grading_calibration_begin,
        name="grading_calibration_begin",
    ),
    path(
        "desk/<int:number>/calibration/end/",
        calibration.grading_calibration_end,
        name="grading_calibration_end",
    ),
    path(
        "desk/<int:number>/gradings/<int:pk>/criteria/<int:criterion>/settle/",
        agreement.grading_settle,
        name="grading_settle",
    ),
    path(
        "desk/<int:number>/<int:place>/gradings/<int:pk>/criteria/<int:criterion>/settle/",
        agreement.grading_student_settle,
        name="grading_student_settle",
    ),
    path("desk/<int:number>/<int:place>/", student.grading_student, name="grading_student"),
    path(
        "desk/<int:number>/<int:place>/next/",
        student.grading_student_next,
        name="grading_student_next",
    ),
    path(
        "desk/<int:number>/<int:place>/comments/",
        student.grading_student,
        OF_COMMENTS,
        name="grading_student_comments",
    ),
    path(
        "desk/<int:number>/<int:place>/comments/next/",
        student.grading_student_next,
        OF_COMMENTS,
        name="grading_student_comments_next",
    ),
    path(
        "desk/<int:number>/<int:place>/comments/level/",
        autosave.level_choose,
        OF_COMMENTS,
        name="level_choose_comments",
    ),
    path(
        "desk/<int:number>/<int:place>/comments/typed/",
        autosave.typed_keep,
        OF_COMMENTS,
        name="typed_keep_comments",
    ),
    path(
        "desk/<int:number>/<int:place>/comments/undo/",
        student.held_change_drop,
        OF_COMMENTS,
        name="held_change_drop_comments",
    ),
    path("desk/<int:number>/<int:place>/open/", presence.grading_open, name="grading_open"),
    path("desk/<int:number>/<int:place>/level/", autosave.level_choose, name="level_choose"),
    path("desk/<int:number>/<int:place>/undo/", student.held_change_drop, name="held_change_drop"),
    path("desk/<int:number>/<int:place>/typed/", autosave.typed_keep, name="typed_keep"),
    path(
        "desk/<int:number>/<int:place>/gradings/<int:pk>/choose/",
        student.grading_choose,
        name="grading_choose",
    ),
    # Where the desk was before: by the post.
    path("desk/<int:number>/<slug:slug>/", student.grading_post, name="grading_post"),
    path(
        "desk/<int:number>/<slug:slug>/next/", student.grading_post_next, name="grading_post_next"
    ),
]
