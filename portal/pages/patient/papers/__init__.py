"""Forms, consents, invoices and receipts."""
