"""guard what is scarce or final.

Scarce: a clinician's time and a person's time hold no overlap, whoever writes. Final: audit entries, ledger lines,
issued documents, submitted answers, signatures' texts, signed notes and amendments are never changed.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# table, key column, from, to, which rows count; and PostgreSQL's range of what "from" and "to" are
OVERLAPS = (
    ("occupancy", "clinician_id", "blocked_from", "blocked_to", "{row}is_active AND {row}overbooked_because IS NULL"),
    ("seat", "person_id", "starts_at", "ends_at", "{row}is_active"),
)
RANGES = {"occupancy": "int8range", "seat": "tstzrange"}
# table, which acts are refused, when the old row is final
FINAL = (
    ("auditentry", ("UPDATE", "DELETE"), ""),
    ("ledgerline", ("UPDATE", "DELETE"), ""),
    ("moneydocument", ("UPDATE", "DELETE"), ""),
    ("amendment", ("UPDATE", "DELETE"), ""),
    ("consenttext", ("UPDATE", "DELETE"), ""),
    ("formresponse", ("UPDATE", "DELETE"), "OLD.status = 'submitted'"),
    ("note", ("UPDATE", "DELETE"), "OLD.status = 'signed'"),
)


def upgrade() -> None:
    op.execute("CREATE UNIQUE INDEX uq_appointment_visitor_held ON appointment (visitor) WHERE status = 'held'")
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()


def _sqlite() -> None:
    for table, key, start, end, counts in OVERLAPS:
        watched = f"{key}, {start}, {end}, is_active" + (", overbooked_because" if table == "occupancy" else "")
        for act, name in (("INSERT", "insert"), (f"UPDATE OF {watched}", "update")):
            op.execute(
                f"CREATE TRIGGER {table}_overlap_{name} BEFORE {act} ON {table} WHEN {counts.format(row='NEW.')} BEGIN "
                f"SELECT RAISE(ABORT, '{table}_overlap') WHERE NEW.{start} >= NEW.{end} OR EXISTS (SELECT 1 FROM {table} o "
                f"WHERE o.{key} = NEW.{key} AND {counts.format(row='o.')} AND o.id IS NOT NEW.id "
                f"AND o.{start} < NEW.{end} AND o.{end} > NEW.{start}); END"
            )
    for table, acts, when in FINAL:
        for act in acts:
            condition = f"WHEN {when} " if when else ""
            op.execute(
                f"CREATE TRIGGER {table}_final_{act.lower()} BEFORE {act} ON {table} {condition}"
                f"BEGIN SELECT RAISE(ABORT, '{table}_final'); END"
            )


def _postgresql() -> None:
    for table, key, start, end, counts in OVERLAPS:
        op.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_overlap EXCLUDE USING gist "
            f"(int8range({key}, {key}, '[]') WITH &&, {RANGES[table]}({start}, {end}, '[)') WITH &&) "
            f"WHERE ({counts.format(row='')})"
        )
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {table}_lasts CHECK ({start} < {end})")
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%_final', TG_TABLE_NAME; END $$"
    )
    for table, acts, when in FINAL:
        condition = f"WHEN ({when}) " if when else ""
        for act in acts:
            op.execute(
                f"CREATE TRIGGER {table}_final_{act.lower()} BEFORE {act} ON {table} FOR EACH ROW {condition}"
                "EXECUTE FUNCTION refuse_change()"
            )


def downgrade() -> None:
    op.execute("DROP INDEX uq_appointment_visitor_held")
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, acts, _ in FINAL:
        for act in acts:
            op.execute(f"DROP TRIGGER {table}_final_{act.lower()}" + ("" if sqlite else f" ON {table}"))
    for table, *_ in OVERLAPS:
        if sqlite:
            op.execute(f"DROP TRIGGER {table}_overlap_insert")
            op.execute(f"DROP TRIGGER {table}_overlap_update")
        else:
            op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_overlap")
            op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_lasts")
    if not sqlite:
        op.execute("DROP FUNCTION refuse_change()")
