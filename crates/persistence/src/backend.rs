//! The two databases, and where their dialects of SQL differ.

use sea_orm::DbBackend;

use crate::error::DatabaseError;

/// Which database is behind an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// The embedded one.
    Sqlite,
    /// A server.
    Postgres,
}

impl Backend {
    /// The database of an address, by its scheme.
    ///
    /// # Errors
    ///
    /// [`DatabaseError::Address`] for any scheme but `sqlite:`, `postgres:` and `postgresql:`.
    pub fn of(url: &str) -> Result<Self, DatabaseError> {
        if url.starts_with("sqlite:") {
            Ok(Self::Sqlite)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Ok(Self::Postgres)
        } else {
            Err(DatabaseError::Address("it must begin with sqlite: or postgres:"))
        }
    }

    pub(crate) const fn sea_orm(self) -> DbBackend {
        match self {
            Self::Sqlite => DbBackend::Sqlite,
            Self::Postgres => DbBackend::Postgres,
        }
    }

    /// A condition that `column` is one of the ids bound as parameter `n` by `Sql::ids`. The text does not
    /// depend on how many they are, so that one prepared statement serves them all.
    pub(crate) fn any_of(self, column: &str, n: u8) -> String {
        match self {
            Self::Sqlite => format!("{column} IN (SELECT unhex(value, '-') FROM json_each(${n}))"),
            Self::Postgres => format!("{column} = ANY(${n})"),
        }
    }

    /// As [`Backend::any_of`], for instants bound by `Sql::times`.
    pub(crate) fn any_time_of(self, column: &str, n: u8) -> String {
        match self {
            Self::Sqlite => format!("{column} IN (SELECT value FROM json_each(${n}))"),
            Self::Postgres => format!("{column} = ANY(${n})"),
        }
    }

    /// What stands behind `FROM` to read a queue. SQLite's planner takes no size into account when it chooses
    /// between two indexes that serve alike, so it is told to take the small one.
    pub(crate) const fn waitlist(self) -> &'static str {
        match self {
            Self::Sqlite => "registrations AS w INDEXED BY ix_registrations_waitlist",
            Self::Postgres => "registrations AS w",
        }
    }

    /// A locking clause. SQLite has none and needs none: its write transactions come one after another.
    pub(crate) const fn locking(self, clause: &'static str) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => clause,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_names_the_database() {
        assert_eq!(Backend::of("sqlite://data/spotter.db").unwrap(), Backend::Sqlite);
        assert_eq!(Backend::of("postgres://localhost/spotter").unwrap(), Backend::Postgres);
        assert_eq!(Backend::of("postgresql://localhost/spotter").unwrap(), Backend::Postgres);
        assert!(Backend::of("mysql://localhost/spotter").is_err());
    }
}
