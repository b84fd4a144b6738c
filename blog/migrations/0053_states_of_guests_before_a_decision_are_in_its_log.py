from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("blog", "0052_decided_comments_by_guests_have_a_case")]

    operations = [migrations.RemoveField(model_name="guestcomment", name="state_before")]
