"""Maps reviewed by people; answers that nobody had to decide go to the matter's one set of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import amparo.base.ids
from amparo.base.web.append_only import append_only


def to_one_set(apps, editor):
    """Give every answer of forms that needed no decision to ``interviews``, which keeps them all."""
    kept = apps.get_model("filing", "FormAnswer").objects.filter(decided_by=None)
    given = apps.get_model("interviews", "GivenAnswer").objects
    for row in kept.order_by("pk"):
        if not given.filter(matter_id=row.matter_id, question=row.question).exists():
            given.create(
                matter_id=row.matter_id,
                question=row.question,
                values=row.values,
                pinpoint_id=row.pinpoint_id,
                kept_by_id=row.changed_by_id,
                kept_at=row.changed_at,
            )
    kept.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("filing", "0003_official_forms"),
        ("interviews", "0001_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FormMapReview",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=amparo.base.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=40, verbose_name="form")),
                ("edition", models.CharField(blank=True, max_length=40, verbose_name="edition")),
                ("proposed", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["name", "-made_at"]},
        ),
        migrations.CreateModel(
            name="FieldWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=500)),
                ("verdict", models.CharField(max_length=10)),
                ("entry", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="filing.formmapreview",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["review", "key"], name="words_of_field")],
            },
        ),
        append_only("filing_fieldword"),
        migrations.RunPython(to_one_set, migrations.RunPython.noop, elidable=False),
    ]
