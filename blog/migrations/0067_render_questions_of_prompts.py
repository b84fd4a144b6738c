from django.db import migrations

from blog.text import render_question


def render_questions(apps, schema_editor):
    """Render the questions that were plain text until now; a line break stays one."""
    Prompt = apps.get_model("blog", "Prompt")
    for prompt in Prompt.objects.filter(question_html="").iterator(chunk_size=200):
        prompt.question_html, prompt.question_plain = render_question(prompt.question)
        prompt.save(update_fields=["question_html", "question_plain"])


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0066_prompts_have_states_and_rules"),
    ]

    operations = [
        migrations.RunPython(render_questions, migrations.RunPython.noop, elidable=True),
    ]
