"""Accounts, roles, sign-in and the audit trail: what stands behind /staff, and who may open which of it."""
