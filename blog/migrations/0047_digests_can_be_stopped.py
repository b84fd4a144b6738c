from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("blog", "0046_students_have_numbers_on_the_grading_desk")]

    operations = [
        migrations.AddField(
            model_name="mailchoices",
            name="has_digest",
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
