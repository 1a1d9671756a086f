"""All SQL of intake. A patient finds their own packets, a clinician those of their own calendar, nobody else any."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select

from portal.clinic.audit import AuditEntry
from portal.clinic.intake.tables import ConsentSignature, ConsentText, FormResponse, Packet, RiskFlag
from portal.clinic.practice.tables import Clinician
from portal.clinic.scheduling.tables import Appointment
from portal.storage.work import UnitOfWork

SENT = "submitted"
_NOT_BOOKED = ("held", "expired")


@dataclass(frozen=True)
class Placed:
    """A packet with the visit it belongs to."""

    packet: Packet
    appointment: Appointment
    clinician: Clinician


def packet_of(work: UnitOfWork, appointment_key: int) -> Packet | None:
    """The packet of an appointment, for the services that book."""
    return work.db.exec(select(Packet).where(Packet.appointment_id == appointment_key)).first()


def own_packet(work: UnitOfWork, public_id: str, *, lock: bool = False) -> Placed | None:
    """A packet of the patient who asks; `lock` lets saves of one packet come one by one."""
    wanted = select(Packet).where(Packet.public_id == public_id, Packet.patient_id == work.viewer.person_id)
    if lock and work.db.exec(wanted.with_for_update()).first() is None:
        return None
    return _first(work, Packet.public_id == public_id, Packet.patient_id == work.viewer.person_id)


def own_packets(work: UnitOfWork, *conditions: sa.ColumnElement[bool]) -> list[Placed]:
    """Every packet of the patient who asks, newest visit first."""
    return _placed(work, col(Packet.patient_id) == work.viewer.person_id, *conditions)


def clinic_packets(work: UnitOfWork, appointment_ids: Collection[str]) -> list[Placed]:
    """Packets of these appointments in the viewer's own calendar."""
    return _placed(
        work,
        col(Appointment.public_id).in_(appointment_ids),
        col(Clinician.person_id) == work.viewer.person_id,
    )


def responses(work: UnitOfWork, packet_keys: Collection[int]) -> Sequence[FormResponse]:
    """Every version of every form of these packets, oldest first."""
    wanted = select(FormResponse).where(col(FormResponse.packet_id).in_(packet_keys))
    return work.db.exec(wanted.order_by(col(FormResponse.form_key), col(FormResponse.version))).all()


def sent_versions(
    work: UnitOfWork, patient_keys: Collection[int], form_keys: Collection[str]
) -> Sequence[tuple[FormResponse, Appointment]]:
    """Every version of these forms that these patients sent, with its visit, in the order of sending."""
    wanted = (
        select(FormResponse, Appointment)
        .join(Packet, col(Packet.id) == col(FormResponse.packet_id))
        .join(Appointment, col(Appointment.id) == col(Packet.appointment_id))
        .where(
            col(Packet.patient_id).in_(patient_keys),
            col(FormResponse.form_key).in_(form_keys),
            FormResponse.status == SENT,
        )
        .order_by(col(FormResponse.submitted_at), col(FormResponse.id))
    )
    return work.db.exec(wanted).all()


def signatures(work: UnitOfWork, person_keys: Collection[int]) -> Sequence[tuple[ConsentSignature, ConsentText]]:
    """Signatures of these people with the texts they stand under, newest first."""
    wanted = (
        select(ConsentSignature, ConsentText)
        .join(ConsentText, col(ConsentText.id) == col(ConsentSignature.text_id))
        .where(col(ConsentSignature.person_id).in_(person_keys))
        .order_by(col(ConsentSignature.signed_at).desc(), col(ConsentSignature.id).desc())
    )
    return work.db.exec(wanted).all()


def own_signature(work: UnitOfWork, public_id: str) -> ConsentSignature | None:
    """A signature of the person who asks, locked."""
    wanted = select(ConsentSignature).where(
        ConsentSignature.public_id == public_id, ConsentSignature.person_id == work.viewer.person_id
    )
    return work.db.exec(wanted.with_for_update()).first()


def newest_text(work: UnitOfWork, key: str) -> ConsentText | None:
    """The text that is to be signed now."""
    wanted = select(ConsentText).where(ConsentText.key == key)
    return work.db.exec(wanted.order_by(col(ConsentText.created_at).desc(), col(ConsentText.id).desc())).first()


def text(work: UnitOfWork, public_id: str) -> ConsentText | None:
    """A text by its public id; texts are nobody's secret."""
    return work.db.exec(select(ConsentText).where(ConsentText.public_id == public_id)).first()


def flags(work: UnitOfWork, packet_keys: Collection[int]) -> Sequence[RiskFlag]:
    """Every flag of these packets, lowered ones too."""
    return work.db.exec(select(RiskFlag).where(col(RiskFlag.packet_id).in_(packet_keys))).all()


def clinic_flag(work: UnitOfWork, public_id: str) -> tuple[RiskFlag, Packet] | None:
    """A flag on a packet of the viewer's own calendar, locked."""
    wanted = (
        select(RiskFlag, Packet)
        .join(Packet, col(Packet.id) == col(RiskFlag.packet_id))
        .join(Appointment, col(Appointment.id) == col(Packet.appointment_id))
        .join(Clinician, col(Clinician.id) == col(Appointment.clinician_id))
        .where(RiskFlag.public_id == public_id, Clinician.person_id == work.viewer.person_id)
    )
    return work.db.exec(wanted.with_for_update(of=RiskFlag)).first()  # type: ignore[arg-type]


def last_told(work: UnitOfWork, action: str, subject: str, since: datetime) -> datetime | None:
    """When the audit trail last heard of such an act of the viewer, looking back no further than `since`."""
    wanted = select(sa.func.max(AuditEntry.at)).where(
        col(AuditEntry.at) > since,
        AuditEntry.action == action,
        AuditEntry.subject_ref == subject,
        AuditEntry.actor_id == work.viewer.person_id,
    )
    return work.db.exec(wanted).one()


def _first(work: UnitOfWork, *conditions: sa.ColumnElement[bool] | bool) -> Placed | None:
    found = _placed(work, *conditions)
    return found[0] if found else None


def _placed(work: UnitOfWork, *conditions: sa.ColumnElement[bool] | bool) -> list[Placed]:
    wanted = (
        select(Packet, Appointment, Clinician)
        .join(Appointment, col(Appointment.id) == col(Packet.appointment_id))
        .join(Clinician, col(Clinician.id) == col(Appointment.clinician_id))
        .where(col(Appointment.status).not_in(_NOT_BOOKED), *conditions)
        .order_by(col(Appointment.starts_at).desc(), col(Packet.id).desc())
    )
    return [Placed(*found) for found in work.db.exec(wanted)]
