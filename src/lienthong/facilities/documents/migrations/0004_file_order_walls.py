"""Row-level security of file orders: they go with their case."""

from django.db import migrations

from lienthong.core.scope.rules import no_policy, policy, seen_by_case


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_file_order"), ("scope", "0002_initial")]
    operations = [
        migrations.RunSQL(policy("documents_fileorder", seen_by_case()), no_policy("documents_fileorder"))
    ]
