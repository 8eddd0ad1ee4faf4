"""Sandboxes keep their slugs, which were derived from their primary keys."""

from typing import Any

from django.db import migrations, models

import iam.models.base
from iam.models.seals import derived_secret


def _keep_slugs(apps: Any, schema_editor: Any) -> None:
    """Give the sandboxes that exist the slugs that they were known by."""
    sandboxes = apps.get_model("iam", "Sandbox").objects
    for pk in sandboxes.values_list("pk", flat=True):
        letters = derived_secret("built-in-provider", str(pk), length=8).lower()
        sandboxes.filter(pk=pk).update(slug=f"{pk}-{letters}")


class Migration(migrations.Migration):

    dependencies = [
        ('iam', '0011_organizations'),
    ]

    operations = [
        migrations.AddField(
            model_name='sandbox',
            name='slug',
            field=models.CharField(db_index=True, default=iam.models.base.new_slug, editable=False, help_text='Names its identity provider; a copy that keeps all IDs has the same.', max_length=32),
        ),
        migrations.RunPython(_keep_slugs, migrations.RunPython.noop),
    ]
