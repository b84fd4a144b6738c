from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("blog", "0112_names_of_prompts_in_links")]

    operations = [
        migrations.AddField(
            model_name="course",
            name="erased_on",
            field=models.DateField(
                blank=True,
                help_text="With all posts, comments and grades. Nobody can bring it back.",
                null=True,
                verbose_name="the course is erased on",
            ),
        ),
        migrations.AddField(
            model_name="course",
            name="erasing_since",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
