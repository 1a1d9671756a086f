"""The ledger: what was earned, what is owed, and that it adds up."""
