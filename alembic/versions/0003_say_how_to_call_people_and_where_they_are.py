"""say how to call people, and where they are during a visit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from portal.storage.columns import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Plainly, not by re-creating the table: on SQLite that would lose its triggers.
    op.add_column("person", sa.Column("preferred_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("visit", sa.Column("place_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("visit", sa.Column("place_at", Instant(), nullable=True))


def downgrade() -> None:
    op.drop_column("visit", "place_at")
    op.drop_column("visit", "place_sealed")
    op.drop_column("person", "preferred_sealed")
