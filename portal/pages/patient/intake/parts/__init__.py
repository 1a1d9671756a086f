"""The pieces of the forms before a visit."""

from portal.pages.patient.intake.parts.asking import page_of
from portal.pages.patient.intake.parts.ending import done_page, not_there, sent_page
from portal.pages.patient.intake.parts.signing import consent_page

__all__ = ["consent_page", "done_page", "not_there", "page_of", "sent_page"]
