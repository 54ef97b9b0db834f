from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("search", "0004_editions"),
    ]

    operations = [
        migrations.AddField(
            model_name="passage",
            name="sender",
            field=models.TextField(blank=True, default=""),
        ),
    ]
