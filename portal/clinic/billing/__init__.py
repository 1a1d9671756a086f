"""Money: payments, refunds, the ledger, invoices and receipts."""
