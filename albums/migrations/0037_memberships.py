"""Who edits an album together with its owner, and whose decisions are whose."""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('albums', '0036_shares'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='albumchange',
            name='person',
            field=models.ForeignKey(help_text='Null: somebody who left.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='album_changes', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('album', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='albums.album')),
                ('person', models.ForeignKey(blank=True, db_index=False, help_text='Null: somebody who left.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('share', models.ForeignKey(blank=True, help_text='The link that invited the person.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='memberships', to='albums.share')),
            ],
        ),
        migrations.AddField(
            model_name='photo',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text="Whose decision it is; null: the owner's, or none.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='albums.membership'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('person', 'album'), name='albums_membership_once'),
        ),
    ]
