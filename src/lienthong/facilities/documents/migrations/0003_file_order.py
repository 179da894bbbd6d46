import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_walls'),
    ]

    operations = [
        migrations.CreateModel(
            name='FileOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case_id', models.BigIntegerField(db_index=True)),
                ('party_id', models.BigIntegerField(null=True)),
                ('url', models.CharField(blank=True, max_length=1000)),
                ('file_name', models.CharField(max_length=200)),
                ('paper', models.CharField(blank=True, default='', max_length=400)),
                ('state', models.CharField(choices=[('waiting', 'chờ tải về'), ('fetched', 'đã tải về'), ('failed', 'không tải được')], default='waiting', max_length=8)),
                ('tries', models.SmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField()),
                ('error', models.CharField(blank=True, default='', max_length=300)),
                ('ordered_at', models.DateTimeField()),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='documents.attachment')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_try_at', 'id'], name='file_order_waiting')],
            },
        ),
    ]
