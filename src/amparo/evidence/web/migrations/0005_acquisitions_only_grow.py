from django.db import migrations

from amparo.base.web.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_lists_by_index")]

    operations = [append_only("evidence_acquisition")]
