"""What the owner sees: the practice, its services, its therapists, the money, the audit trail."""
