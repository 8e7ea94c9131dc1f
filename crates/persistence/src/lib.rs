//! The ports on SQLite and PostgreSQL.
