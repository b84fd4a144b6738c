"""Rows of ``test_actions`` on prompts and extensions: who may do it, and the call."""

from datetime import timedelta

from blog.actions import extensions, prompts

INSTRUCTOR = "instructor"


def give(world, by):
    until = world.prompt.due_at + timedelta(days=2)
    extensions.give_extension(world.prompt, world.peer, by=by, until=until)


PROMPT_ROWS = {
    "prompts.change_prompts": (
        INSTRUCTOR,
        lambda w, by: prompts.change_prompts([w.prompt], by=by),
    ),
    "prompts.move_prompt": (
        INSTRUCTOR,
        lambda w, by: prompts.move_prompt(w.prompt, by=by, up=False),
    ),
    "prompts.order_prompts_by_due_date": (
        INSTRUCTOR,
        lambda w, by: prompts.order_prompts_by_due_date(w.course, by=by),
    ),
    "prompts.copy_prompts": (INSTRUCTOR, lambda w, by: prompts.copy_prompts([w.prompt], by=by)),
    "prompts.name_for_links": (
        "assistant instructor",
        lambda w, by: prompts.name_for_links(w.course, [w.prompt], by=by),
    ),
    "prompts.archive_prompts": (
        INSTRUCTOR,
        lambda w, by: prompts.archive_prompts([w.prompt], by=by),
    ),
    "prompts.restore_prompts": (
        INSTRUCTOR,
        lambda w, by: prompts.restore_prompts([w.archived_prompt], by=by),
    ),
    "prompts.delete_prompts": (
        INSTRUCTOR,
        lambda w, by: prompts.delete_prompts([w.archived_prompt], by=by),
    ),
    "extensions.give_extension": (INSTRUCTOR, give),
    "extensions.take_back_extension": (
        INSTRUCTOR,
        lambda w, by: extensions.take_back_extension(w.extension, by=by),
    ),
}
