"""Printed papers: what they say, and the sheet that it is set on."""

from portal.texts.documents.consent import ConsentPaper, SignedName, consent_paper
from portal.texts.documents.money import money_paper
from portal.texts.documents.sheet import print_pdf

__all__ = ["ConsentPaper", "SignedName", "consent_paper", "money_paper", "print_pdf"]
