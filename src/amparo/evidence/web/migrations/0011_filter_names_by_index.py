"""The index by name holds titles too, so that a filter by name reads it alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0010_backups_told"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="item", name="item_by_name"),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["matter", "name", "id", "title"], name="item_by_name"),
        ),
    ]
