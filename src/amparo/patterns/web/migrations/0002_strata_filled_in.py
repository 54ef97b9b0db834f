from django.db import migrations, models

from amparo.base.web.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('patterns', '0001_estimates'),
    ]

    operations = [
        migrations.AddField(
            model_name='estimation',
            name='filled',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        append_only('patterns_estimation'),
    ]
