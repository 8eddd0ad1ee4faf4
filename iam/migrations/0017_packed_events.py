from typing import Any

from django.db import migrations
from django.db.migrations.exceptions import IrreversibleError

import iam.models.packed_json


class PackColumn(migrations.AlterField):
    """Makes a JSON column binary; what it holds stays as it is, and can be read."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        schema_editor.execute(
            f"ALTER TABLE iam_event ALTER COLUMN {self.name} TYPE bytea "
            f"USING convert_to({self.name}::text, 'UTF8')"
        )

    def database_backwards(self, *_args: Any, **_options: Any) -> None:
        raise IrreversibleError("Events that were packed stay so.")


class Migration(migrations.Migration):
    dependencies = [
        ("iam", "0016_worlds_of_exams"),
    ]

    operations = [
        PackColumn(
            model_name="event",
            name="record",
            field=iam.models.packed_json.PackedJSONField(
                help_text="The record as CloudTrail shows it."
            ),
        ),
        PackColumn(
            model_name="event",
            name="decisions",
            field=iam.models.packed_json.PackedJSONField(
                default=list, help_text="What was asked, answered, and applied."
            ),
        ),
    ]
