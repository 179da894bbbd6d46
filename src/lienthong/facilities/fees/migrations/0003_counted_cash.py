from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fees", "0002_walls"),
    ]

    operations = [
        migrations.AddField(
            model_name="dailyclose",
            name="counted_cash",
            field=models.BigIntegerField(null=True),
        ),
    ]
