"""Organisations that watch trials are a kind of their own: who helps a person is none of them."""

from django.db import migrations, models

KINDS = [
    ("first_responder", "First responder"), ("police", "Police"), ("border", "Border post"),
    ("competent_authority", "Competent authority"), ("social_affairs", "Social affairs"),
    ("provider", "Service provider"), ("court", "Prosecution and court"),
    ("labour", "Labour inspection"), ("embassy", "Embassy"),
    ("national_committee", "National committee and statistics"),
    ("observer", "Trial observation"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]
    operations = [
        migrations.AlterField("agency", "kind", models.CharField(choices=KINDS, max_length=30))
    ]
