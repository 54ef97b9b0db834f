from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("base", "0002_calling_out"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="ticket",
            field=models.BigIntegerField(null=True, unique=True),
        ),
    ]
