from django.db import migrations

from amparo.base.web.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]

    operations = [
        append_only("evidence_ledgerentry"),
        append_only("evidence_checkpoint"),
        append_only("evidence_custodyevent"),
    ]
