"""Who may do what: permissions, the roles that hold them, and the one check that services make."""

from __future__ import annotations

from enum import StrEnum

from portal.clinic.errors import NotAllowed
from portal.storage.work import Role, UnitOfWork, Viewer


class Permission(StrEnum):
    """`area:act`. Holding one opens the door to the act; whose rows it may touch is decided by the query."""

    ANYBODY = "public:read"
    BOOK_VISIT = "booking:hold"
    OWN_ACCOUNT = "account:own"
    OWN_VISITS = "visits:own"
    OWN_INTAKE = "intake:own"
    OWN_MONEY = "money:own"
    CLINICIAN_DAY = "visits:clinician"
    CLINICIAN_RECORDS = "records:clinician"
    MANAGE_PRACTICE = "practice:manage"
    READ_LEDGER = "ledger:read"
    READ_AUDIT = "audit:read"
    SYSTEM = "system:run"


_PUBLIC = frozenset({Permission.ANYBODY, Permission.BOOK_VISIT})
_BY_ROLE: dict[Role, frozenset[Permission]] = {
    Role.PATIENT: frozenset(
        {Permission.OWN_ACCOUNT, Permission.OWN_VISITS, Permission.OWN_INTAKE, Permission.OWN_MONEY}
    ),
    Role.CLINICIAN: frozenset({Permission.OWN_ACCOUNT, Permission.CLINICIAN_DAY, Permission.CLINICIAN_RECORDS}),
    Role.OWNER: frozenset(
        {Permission.OWN_ACCOUNT, Permission.MANAGE_PRACTICE, Permission.READ_LEDGER, Permission.READ_AUDIT}
    ),
}


def may(viewer: Viewer, permission: Permission) -> bool:
    """Whether the viewer holds the permission."""
    if viewer.is_system or permission in _PUBLIC:
        return True
    return any(permission in _BY_ROLE[role] for role in viewer.roles)


def require(work: UnitOfWork, permission: Permission) -> None:
    """Refuse unless the viewer of this unit of work holds the permission.

    Raises:
        NotAllowed: nobody is signed in, or the role does not hold it.
    """
    if not may(work.viewer, permission):
        raise NotAllowed


def signed_in(work: UnitOfWork) -> int:
    """The person who asks.

    Raises:
        NotAllowed: nobody is signed in.
    """
    if work.viewer.person_id is None:
        raise NotAllowed
    return work.viewer.person_id
