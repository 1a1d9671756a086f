"""create the first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from portal.storage.columns import Instant

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('auditentry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('actor_kind', sa.String(12), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('actor_roles', sa.String(40), nullable=False),
    sa.Column('action', sa.String(48), nullable=False),
    sa.Column('outcome', sa.String(8), nullable=False),
    sa.Column('subject_kind', sa.String(24), nullable=False),
    sa.Column('subject_ref', sa.String(40), nullable=False),
    sa.Column('patient_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_auditentry'))
    )
    with op.batch_alter_table('auditentry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_auditentry_action'), ['action'], unique=False)
        batch_op.create_index(batch_op.f('ix_auditentry_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_auditentry_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_auditentry_patient_id'), ['patient_id'], unique=False)

    op.create_table('consenttext',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('key', sa.String(40), nullable=False),
    sa.Column('version', sa.String(24), nullable=False),
    sa.Column('title', sa.String(160), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('fingerprint', sa.String(64), nullable=False),
    sa.Column('created_at', Instant(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consenttext')),
    sa.UniqueConstraint('key', 'version', name=op.f('uq_consenttext_key_version')),
    sa.UniqueConstraint('public_id', name=op.f('uq_consenttext_public_id'))
    )
    op.create_table('crisisline',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(16), nullable=False),
    sa.Column('label', sa.String(80), nullable=False),
    sa.Column('contact', sa.String(60), nullable=False),
    sa.Column('note', sa.String(160), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_crisisline')),
    sa.UniqueConstraint('public_id', name=op.f('uq_crisisline_public_id'))
    )
    op.create_table('offer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('summary', sa.String(400), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('price_minor', sa.Integer(), nullable=False),
    sa.Column('buffer_before_minutes', sa.Integer(), nullable=False),
    sa.Column('buffer_after_minutes', sa.Integer(), nullable=False),
    sa.Column('notice_minutes', sa.Integer(), nullable=False),
    sa.Column('window_days', sa.Integer(), nullable=False),
    sa.Column('step_minutes', sa.Integer(), nullable=False),
    sa.Column('pay_later', sa.Boolean(), nullable=False),
    sa.Column('free_cancel_hours', sa.Integer(), nullable=False),
    sa.Column('late_fee_percent', sa.Integer(), nullable=False),
    sa.Column('no_show_percent', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offer')),
    sa.UniqueConstraint('public_id', name=op.f('uq_offer_public_id'))
    )
    op.create_table('outboxitem',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(40), nullable=False),
    sa.Column('key', sa.String(120), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('created_at', Instant(), nullable=False),
    sa.Column('due_at', Instant(), nullable=False),
    sa.Column('leased_until', Instant(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('done_at', Instant(), nullable=True),
    sa.Column('failed_at', Instant(), nullable=True),
    sa.Column('problem', sa.String(80), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outboxitem')),
    sa.UniqueConstraint('key', name=op.f('uq_outboxitem_key'))
    )
    with op.batch_alter_table('outboxitem', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outboxitem_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_outboxitem_kind'), ['kind'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('is_patient', sa.Boolean(), nullable=False),
    sa.Column('is_clinician', sa.Boolean(), nullable=False),
    sa.Column('is_owner', sa.Boolean(), nullable=False),
    sa.Column('email_index', sa.String(64), nullable=False),
    sa.Column('email_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('name_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('phone_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('born_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('password_hash', sa.String(255), nullable=False),
    sa.Column('zone', sa.String(64), nullable=False),
    sa.Column('locale', sa.String(16), nullable=False),
    sa.Column('created_at', Instant(), nullable=False),
    sa.Column('disabled_at', Instant(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email_index', name=op.f('uq_person_email_index')),
    sa.UniqueConstraint('public_id', name=op.f('uq_person_public_id'))
    )
    op.create_table('practice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('tagline', sa.String(200), nullable=False),
    sa.Column('about', sa.String(2000), nullable=False),
    sa.Column('phone', sa.String(40), nullable=False),
    sa.Column('phone_hours', sa.String(80), nullable=False),
    sa.Column('email', sa.String(254), nullable=False),
    sa.Column('address', sa.String(400), nullable=False),
    sa.Column('zone', sa.String(64), nullable=False),
    sa.Column('currency', sa.String(3), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice'))
    )
    op.create_table('processorevent',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('source', sa.String(12), nullable=False),
    sa.Column('event_ref', sa.String(120), nullable=False),
    sa.Column('kind', sa.String(80), nullable=False),
    sa.Column('object_ref', sa.String(120), nullable=False),
    sa.Column('received_at', Instant(), nullable=False),
    sa.Column('handled_at', Instant(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_processorevent')),
    sa.UniqueConstraint('source', 'event_ref', name=op.f('uq_processorevent_source_event_ref'))
    )
    op.create_table('clinician',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(80), nullable=False),
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('title', sa.String(120), nullable=False),
    sa.Column('quote', sa.String(300), nullable=False),
    sa.Column('about', sa.String(2000), nullable=False),
    sa.Column('portrait', sa.String(24), nullable=False),
    sa.Column('needs', sa.JSON(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('zone', sa.String(64), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_clinician_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clinician')),
    sa.UniqueConstraint('public_id', name=op.f('uq_clinician_public_id')),
    sa.UniqueConstraint('slug', name=op.f('uq_clinician_slug'))
    )
    with op.batch_alter_table('clinician', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clinician_person_id'), ['person_id'], unique=True)

    op.create_table('mailboxproof',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purpose', sa.String(24), nullable=False),
    sa.Column('token_digest', sa.String(64), nullable=False),
    sa.Column('token_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('created_at', Instant(), nullable=False),
    sa.Column('ends_at', Instant(), nullable=False),
    sa.Column('used_at', Instant(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mailboxproof_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailboxproof')),
    sa.UniqueConstraint('public_id', name=op.f('uq_mailboxproof_public_id')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_mailboxproof_token_digest'))
    )
    with op.batch_alter_table('mailboxproof', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mailboxproof_person_id'), ['person_id'], unique=False)

    op.create_table('personsession',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_digest', sa.String(64), nullable=False),
    sa.Column('device', sa.String(120), nullable=False),
    sa.Column('created_at', Instant(), nullable=False),
    sa.Column('seen_at', Instant(), nullable=False),
    sa.Column('idle_ends_at', Instant(), nullable=False),
    sa.Column('ends_at', Instant(), nullable=False),
    sa.Column('revoked_at', Instant(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_personsession_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_personsession')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_personsession_token_digest'))
    )
    with op.batch_alter_table('personsession', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_personsession_person_id'), ['person_id'], unique=False)

    op.create_table('appointment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('clinician_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('offer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('patient_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('status', sa.String(16), nullable=False),
    sa.Column('starts_at', Instant(), nullable=False),
    sa.Column('ends_at', Instant(), nullable=False),
    sa.Column('price_minor', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(3), nullable=False),
    sa.Column('free_cancel_hours', sa.Integer(), nullable=False),
    sa.Column('late_fee_percent', sa.Integer(), nullable=False),
    sa.Column('no_show_percent', sa.Integer(), nullable=False),
    sa.Column('pay_later', sa.Boolean(), nullable=False),
    sa.Column('pays_later', sa.Boolean(), nullable=False),
    sa.Column('visitor', sa.String(64), nullable=True),
    sa.Column('address', sa.String(64), nullable=True),
    sa.Column('held_until', Instant(), nullable=True),
    sa.Column('extended', sa.Integer(), nullable=False),
    sa.Column('renewed', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('created_at', Instant(), nullable=False),
    sa.Column('confirmed_at', Instant(), nullable=True),
    sa.Column('cancelled_at', Instant(), nullable=True),
    sa.Column('cancelled_by', sa.String(16), nullable=True),
    sa.ForeignKeyConstraint(['clinician_id'], ['clinician.id'], name=op.f('fk_appointment_clinician_id')),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_appointment_offer_id')),
    sa.ForeignKeyConstraint(['patient_id'], ['person.id'], name=op.f('fk_appointment_patient_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointment')),
    sa.UniqueConstraint('public_id', name=op.f('uq_appointment_public_id'))
    )
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appointment_address'), ['address'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointment_clinician_id'), ['clinician_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointment_held_until'), ['held_until'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointment_offer_id'), ['offer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointment_patient_id'), ['patient_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointment_starts_at'), ['starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointment_status'), ['status'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointment_visitor'), ['visitor'], unique=False)

    op.create_table('clinicianoffer',
    sa.Column('clinician_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('offer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['clinician_id'], ['clinician.id'], name=op.f('fk_clinicianoffer_clinician_id')),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_clinicianoffer_offer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clinicianoffer'))
    )
    with op.batch_alter_table('clinicianoffer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clinicianoffer_clinician_id'), ['clinician_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_clinicianoffer_offer_id'), ['offer_id'], unique=False)

    op.create_table('dayoverride',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('clinician_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(8), nullable=False),
    sa.Column('start_minute', sa.Integer(), nullable=False),
    sa.Column('end_minute', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(120), nullable=False),
    sa.ForeignKeyConstraint(['clinician_id'], ['clinician.id'], name=op.f('fk_dayoverride_clinician_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dayoverride')),
    sa.UniqueConstraint('public_id', name=op.f('uq_dayoverride_public_id'))
    )
    with op.batch_alter_table('dayoverride', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dayoverride_clinician_id'), ['clinician_id'], unique=False)

    op.create_table('workinghours',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('clinician_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('start_minute', sa.Integer(), nullable=False),
    sa.Column('end_minute', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['clinician_id'], ['clinician.id'], name=op.f('fk_workinghours_clinician_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workinghours')),
    sa.UniqueConstraint('public_id', name=op.f('uq_workinghours_public_id'))
    )
    with op.batch_alter_table('workinghours', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workinghours_clinician_id'), ['clinician_id'], unique=False)

    op.create_table('ledgerline',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('posting', sa.String(80), nullable=False),
    sa.Column('account', sa.String(32), nullable=False),
    sa.Column('amount_minor', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(3), nullable=False),
    sa.Column('appointment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name=op.f('fk_ledgerline_appointment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledgerline')),
    sa.UniqueConstraint('posting', 'account', name=op.f('uq_ledgerline_posting_account'))
    )
    with op.batch_alter_table('ledgerline', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ledgerline_appointment_id'), ['appointment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ledgerline_posting'), ['posting'], unique=False)

    op.create_table('note',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('appointment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('patient_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(8), nullable=False),
    sa.Column('status', sa.String(8), nullable=False),
    sa.Column('body_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('started_at', Instant(), nullable=False),
    sa.Column('saved_at', Instant(), nullable=False),
    sa.Column('signed_at', Instant(), nullable=True),
    sa.Column('fingerprint', sa.String(64), nullable=True),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name=op.f('fk_note_appointment_id')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_note_author_id')),
    sa.ForeignKeyConstraint(['patient_id'], ['person.id'], name=op.f('fk_note_patient_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_note')),
    sa.UniqueConstraint('public_id', name=op.f('uq_note_public_id'))
    )
    with op.batch_alter_table('note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_note_appointment_id'), ['appointment_id'], unique=True)
        batch_op.create_index(batch_op.f('ix_note_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_note_patient_id'), ['patient_id'], unique=False)

    op.create_table('occupancy',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('clinician_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('appointment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('blocked_from', sa.BigInteger(), nullable=False),
    sa.Column('blocked_to', sa.BigInteger(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('overbooked_because', sa.String(200), nullable=True),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name=op.f('fk_occupancy_appointment_id')),
    sa.ForeignKeyConstraint(['clinician_id'], ['clinician.id'], name=op.f('fk_occupancy_clinician_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occupancy'))
    )
    with op.batch_alter_table('occupancy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occupancy_appointment_id'), ['appointment_id'], unique=True)
        batch_op.create_index('ix_occupancy_calendar', ['clinician_id', 'blocked_to', 'blocked_from', 'is_active', 'appointment_id'], unique=False)

    op.create_table('packet',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('patient_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('appointment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', Instant(), nullable=False),
    sa.Column('completed_at', Instant(), nullable=True),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name=op.f('fk_packet_appointment_id')),
    sa.ForeignKeyConstraint(['patient_id'], ['person.id'], name=op.f('fk_packet_patient_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_packet')),
    sa.UniqueConstraint('public_id', name=op.f('uq_packet_public_id'))
    )
    with op.batch_alter_table('packet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_packet_appointment_id'), ['appointment_id'], unique=True)
        batch_op.create_index(batch_op.f('ix_packet_patient_id'), ['patient_id'], unique=False)

    op.create_table('payment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('appointment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('patient_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount_minor', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(3), nullable=False),
    sa.Column('status', sa.String(20), nullable=False),
    sa.Column('session_ref', sa.String(120), nullable=True),
    sa.Column('intent_ref', sa.String(120), nullable=True),
    sa.Column('page_url', sa.String(2000), nullable=True),
    sa.Column('declined', sa.Boolean(), nullable=False),
    sa.Column('created_at', Instant(), nullable=False),
    sa.Column('ends_at', Instant(), nullable=False),
    sa.Column('settled_at', Instant(), nullable=True),
    sa.Column('checked_at', Instant(), nullable=True),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name=op.f('fk_payment_appointment_id')),
    sa.ForeignKeyConstraint(['patient_id'], ['person.id'], name=op.f('fk_payment_patient_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment')),
    sa.UniqueConstraint('public_id', name=op.f('uq_payment_public_id')),
    sa.UniqueConstraint('session_ref', name=op.f('uq_payment_session_ref'))
    )
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_appointment_id'), ['appointment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_patient_id'), ['patient_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_payment_status'), ['status'], unique=False)

    op.create_table('seat',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('appointment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('starts_at', Instant(), nullable=False),
    sa.Column('ends_at', Instant(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name=op.f('fk_seat_appointment_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_seat_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat'))
    )
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seat_appointment_id'), ['appointment_id'], unique=False)
        batch_op.create_index('ix_seat_person_id_ends_at', ['person_id', 'ends_at'], unique=False)

    op.create_table('visit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('appointment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(16), nullable=False),
    sa.Column('room', sa.String(64), nullable=False),
    sa.Column('waiting_since', Instant(), nullable=True),
    sa.Column('waiting_seen_at', Instant(), nullable=True),
    sa.Column('admitted_at', Instant(), nullable=True),
    sa.Column('admitted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('opened_at', Instant(), nullable=True),
    sa.Column('finished_at', Instant(), nullable=True),
    sa.Column('closed_at', Instant(), nullable=True),
    sa.ForeignKeyConstraint(['admitted_by'], ['person.id'], name=op.f('fk_visit_admitted_by')),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name=op.f('fk_visit_appointment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit')),
    sa.UniqueConstraint('public_id', name=op.f('uq_visit_public_id')),
    sa.UniqueConstraint('room', name=op.f('uq_visit_room'))
    )
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_admitted_by'), ['admitted_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_appointment_id'), ['appointment_id'], unique=True)

    op.create_table('amendment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('note_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('body_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('added_at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_amendment_author_id')),
    sa.ForeignKeyConstraint(['note_id'], ['note.id'], name=op.f('fk_amendment_note_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_amendment')),
    sa.UniqueConstraint('public_id', name=op.f('uq_amendment_public_id'))
    )
    with op.batch_alter_table('amendment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_amendment_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_amendment_note_id'), ['note_id'], unique=False)

    op.create_table('amendmentdraft',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('note_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('body_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('saved_at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['note_id'], ['note.id'], name=op.f('fk_amendmentdraft_note_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_amendmentdraft')),
    sa.UniqueConstraint('public_id', name=op.f('uq_amendmentdraft_public_id'))
    )
    with op.batch_alter_table('amendmentdraft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_amendmentdraft_note_id'), ['note_id'], unique=True)

    op.create_table('consentsignature',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('packet_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('fingerprint', sa.String(64), nullable=False),
    sa.Column('typed_name_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('signed_at', Instant(), nullable=False),
    sa.Column('withdrawn_at', Instant(), nullable=True),
    sa.ForeignKeyConstraint(['packet_id'], ['packet.id'], name=op.f('fk_consentsignature_packet_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_consentsignature_person_id')),
    sa.ForeignKeyConstraint(['text_id'], ['consenttext.id'], name=op.f('fk_consentsignature_text_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consentsignature')),
    sa.UniqueConstraint('public_id', name=op.f('uq_consentsignature_public_id'))
    )
    with op.batch_alter_table('consentsignature', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consentsignature_packet_id'), ['packet_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consentsignature_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consentsignature_text_id'), ['text_id'], unique=False)

    op.create_table('formresponse',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('packet_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('form_key', sa.String(40), nullable=False),
    sa.Column('form_version', sa.String(24), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(12), nullable=False),
    sa.Column('answers_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('score_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('started_at', Instant(), nullable=False),
    sa.Column('saved_at', Instant(), nullable=False),
    sa.Column('submitted_at', Instant(), nullable=True),
    sa.ForeignKeyConstraint(['packet_id'], ['packet.id'], name=op.f('fk_formresponse_packet_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_formresponse')),
    sa.UniqueConstraint('packet_id', 'form_key', 'version', name=op.f('uq_formresponse_packet_id_form_key_version')),
    sa.UniqueConstraint('public_id', name=op.f('uq_formresponse_public_id'))
    )
    with op.batch_alter_table('formresponse', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_formresponse_packet_id'), ['packet_id'], unique=False)

    op.create_table('moneydocument',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('kind', sa.String(12), nullable=False),
    sa.Column('number', sa.String(24), nullable=False),
    sa.Column('appointment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('patient_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('payment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('total_minor', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(3), nullable=False),
    sa.Column('content_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('issued_at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name=op.f('fk_moneydocument_appointment_id')),
    sa.ForeignKeyConstraint(['patient_id'], ['person.id'], name=op.f('fk_moneydocument_patient_id')),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_moneydocument_payment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moneydocument')),
    sa.UniqueConstraint('kind', 'number', name=op.f('uq_moneydocument_kind_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_moneydocument_public_id'))
    )
    with op.batch_alter_table('moneydocument', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_moneydocument_appointment_id'), ['appointment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_moneydocument_patient_id'), ['patient_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_moneydocument_payment_id'), ['payment_id'], unique=False)

    op.create_table('presence',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('visit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('party', sa.String(12), nullable=False),
    sa.Column('connection', sa.String(64), nullable=False),
    sa.Column('joined_at', Instant(), nullable=True),
    sa.Column('left_at', Instant(), nullable=True),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_presence_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_presence')),
    sa.UniqueConstraint('visit_id', 'connection', name=op.f('uq_presence_visit_id_connection'))
    )
    with op.batch_alter_table('presence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_presence_visit_id'), ['visit_id'], unique=False)

    op.create_table('refund',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('payment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount_minor', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(3), nullable=False),
    sa.Column('reason', sa.String(24), nullable=False),
    sa.Column('status', sa.String(16), nullable=False),
    sa.Column('refund_ref', sa.String(120), nullable=True),
    sa.Column('created_at', Instant(), nullable=False),
    sa.Column('settled_at', Instant(), nullable=True),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_refund_payment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_refund')),
    sa.UniqueConstraint('public_id', name=op.f('uq_refund_public_id'))
    )
    with op.batch_alter_table('refund', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_refund_payment_id'), ['payment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_refund_status'), ['status'], unique=False)

    op.create_table('riskflag',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('packet_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(24), nullable=False),
    sa.Column('value_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('raised_at', Instant(), nullable=False),
    sa.Column('cleared_at', Instant(), nullable=True),
    sa.Column('seen_at', Instant(), nullable=True),
    sa.Column('seen_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['packet_id'], ['packet.id'], name=op.f('fk_riskflag_packet_id')),
    sa.ForeignKeyConstraint(['seen_by'], ['person.id'], name=op.f('fk_riskflag_seen_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_riskflag')),
    sa.UniqueConstraint('packet_id', 'kind', name=op.f('uq_riskflag_packet_id_kind')),
    sa.UniqueConstraint('public_id', name=op.f('uq_riskflag_public_id'))
    )
    with op.batch_alter_table('riskflag', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_riskflag_packet_id'), ['packet_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_riskflag_seen_by'), ['seen_by'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('riskflag', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_riskflag_seen_by'))
        batch_op.drop_index(batch_op.f('ix_riskflag_packet_id'))

    op.drop_table('riskflag')
    with op.batch_alter_table('refund', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_refund_status'))
        batch_op.drop_index(batch_op.f('ix_refund_payment_id'))

    op.drop_table('refund')
    with op.batch_alter_table('presence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_presence_visit_id'))

    op.drop_table('presence')
    with op.batch_alter_table('moneydocument', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_moneydocument_payment_id'))
        batch_op.drop_index(batch_op.f('ix_moneydocument_patient_id'))
        batch_op.drop_index(batch_op.f('ix_moneydocument_appointment_id'))

    op.drop_table('moneydocument')
    with op.batch_alter_table('formresponse', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_formresponse_packet_id'))

    op.drop_table('formresponse')
    with op.batch_alter_table('consentsignature', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consentsignature_text_id'))
        batch_op.drop_index(batch_op.f('ix_consentsignature_person_id'))
        batch_op.drop_index(batch_op.f('ix_consentsignature_packet_id'))

    op.drop_table('consentsignature')
    with op.batch_alter_table('amendmentdraft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_amendmentdraft_note_id'))

    op.drop_table('amendmentdraft')
    with op.batch_alter_table('amendment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_amendment_note_id'))
        batch_op.drop_index(batch_op.f('ix_amendment_author_id'))

    op.drop_table('amendment')
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_appointment_id'))
        batch_op.drop_index(batch_op.f('ix_visit_admitted_by'))

    op.drop_table('visit')
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.drop_index('ix_seat_person_id_ends_at')
        batch_op.drop_index(batch_op.f('ix_seat_appointment_id'))

    op.drop_table('seat')
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payment_status'))
        batch_op.drop_index(batch_op.f('ix_payment_patient_id'))
        batch_op.drop_index(batch_op.f('ix_payment_appointment_id'))

    op.drop_table('payment')
    with op.batch_alter_table('packet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_packet_patient_id'))
        batch_op.drop_index(batch_op.f('ix_packet_appointment_id'))

    op.drop_table('packet')
    with op.batch_alter_table('occupancy', schema=None) as batch_op:
        batch_op.drop_index('ix_occupancy_calendar')
        batch_op.drop_index(batch_op.f('ix_occupancy_appointment_id'))

    op.drop_table('occupancy')
    with op.batch_alter_table('note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_note_patient_id'))
        batch_op.drop_index(batch_op.f('ix_note_author_id'))
        batch_op.drop_index(batch_op.f('ix_note_appointment_id'))

    op.drop_table('note')
    with op.batch_alter_table('ledgerline', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ledgerline_posting'))
        batch_op.drop_index(batch_op.f('ix_ledgerline_appointment_id'))

    op.drop_table('ledgerline')
    with op.batch_alter_table('workinghours', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workinghours_clinician_id'))

    op.drop_table('workinghours')
    with op.batch_alter_table('dayoverride', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_dayoverride_clinician_id'))

    op.drop_table('dayoverride')
    with op.batch_alter_table('clinicianoffer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clinicianoffer_offer_id'))
        batch_op.drop_index(batch_op.f('ix_clinicianoffer_clinician_id'))

    op.drop_table('clinicianoffer')
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_appointment_visitor'))
        batch_op.drop_index(batch_op.f('ix_appointment_status'))
        batch_op.drop_index(batch_op.f('ix_appointment_starts_at'))
        batch_op.drop_index(batch_op.f('ix_appointment_patient_id'))
        batch_op.drop_index(batch_op.f('ix_appointment_offer_id'))
        batch_op.drop_index(batch_op.f('ix_appointment_held_until'))
        batch_op.drop_index(batch_op.f('ix_appointment_clinician_id'))
        batch_op.drop_index(batch_op.f('ix_appointment_address'))

    op.drop_table('appointment')
    with op.batch_alter_table('personsession', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_personsession_person_id'))

    op.drop_table('personsession')
    with op.batch_alter_table('mailboxproof', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mailboxproof_person_id'))

    op.drop_table('mailboxproof')
    with op.batch_alter_table('clinician', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clinician_person_id'))

    op.drop_table('clinician')
    op.drop_table('processorevent')
    op.drop_table('practice')
    op.drop_table('person')
    with op.batch_alter_table('outboxitem', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outboxitem_kind'))
        batch_op.drop_index(batch_op.f('ix_outboxitem_due_at'))

    op.drop_table('outboxitem')
    op.drop_table('offer')
    op.drop_table('crisisline')
    op.drop_table('consenttext')
    with op.batch_alter_table('auditentry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_auditentry_patient_id'))
        batch_op.drop_index(batch_op.f('ix_auditentry_at'))
        batch_op.drop_index(batch_op.f('ix_auditentry_actor_id'))
        batch_op.drop_index(batch_op.f('ix_auditentry_action'))

    op.drop_table('auditentry')
