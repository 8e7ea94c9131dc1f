//! What a driver's error means to the domain.
//!
//! The texts name states, constraints and statements, never what the rows hold: the driver's own messages
//! quote values, and values are people's addresses.

use sea_orm::sqlx;
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};
use spotter_domain::StoreError;
use uuid::Uuid;

/// Why a database can't be opened or its schema changed.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The address is no good. It is not repeated here: it may hold a password.
    #[error("the address of the database can't be used: {0}")]
    Address(&'static str),
    /// The directory that is to hold the embedded database can't be made.
    #[error("the directory {path} can't be made: {source}")]
    Directory {
        /// The directory.
        path: String,
        /// Why not.
        source: std::io::Error,
    },
    /// It can't be reached or opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A change of the schema failed.
    #[error("the schema could not be changed: {0}")]
    Migration(String),
}

/// Where an error happened: the table and the name of the statement.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) table: &'static str,
    pub(crate) statement: &'static str,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.table, self.statement)
    }
}

/// The meaning of `error`, which happened at `place`.
pub(crate) fn store_error(error: &DbErr, place: Place) -> StoreError {
    match error {
        DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => {
            StoreError::Timeout(format!("{place}: no connection in time"))
        }
        DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed) => {
            StoreError::Unavailable(format!("{place}: the pool is closed"))
        }
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => sqlx_error(error, place),
        _ => corrupt(place, "", "the statement could not be run"),
    }
}

/// The meaning of a driver's error.
pub(crate) fn sqlx_error(error: &sqlx::Error, place: Place) -> StoreError {
    match error {
        sqlx::Error::Database(error) => {
            let code = error.code().unwrap_or_default();
            let constraint = error.constraint().unwrap_or_default();
            if error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().is_some() {
                postgres(&code, constraint, place)
            } else {
                sqlite(&code, place)
            }
        }
        sqlx::Error::PoolTimedOut => StoreError::Timeout(format!("{place}: no connection in time")),
        sqlx::Error::Io(error) => StoreError::Unavailable(format!("{place}: {}", error.kind())),
        sqlx::Error::Tls(_) => StoreError::Unavailable(format!("{place}: TLS failed")),
        sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed | sqlx::Error::PoolClosed => {
            StoreError::Unavailable(format!("{place}: the connection was lost"))
        }
        _ => corrupt(place, "", "the driver could not run the statement"),
    }
}

/// By the SQLSTATE; see PostgreSQL's manual, appendix A.
fn postgres(code: &str, constraint: &str, place: Place) -> StoreError {
    let text = || match constraint {
        "" => format!("{place}: SQLSTATE {code}"),
        _ => format!("{place}: SQLSTATE {code}, {constraint}"),
    };
    match code {
        // Serialization failure, deadlock, unique key, exclusion, lock not available, and what follows upon
        // any of them in the same transaction.
        "40001" | "40P01" | "23505" | "23P01" | "55P03" | "25P02" => StoreError::Conflict(text()),
        // Statement timeout, idle-in-transaction timeout, transaction timeout.
        "57014" | "25P03" | "25P04" => StoreError::Timeout(text()),
        // A server that was a primary until a moment ago.
        "25006" => StoreError::Unavailable(text()),
        _ => match code.get(..2) {
            // Connection, resources, operator intervention, system, authorization, catalogue, configuration.
            Some("08" | "53" | "57" | "58" | "28" | "3D" | "F0") => StoreError::Unavailable(text()),
            _ => corrupt(place, constraint, &format!("SQLSTATE {code}")),
        },
    }
}

/// By the extended result code; see SQLite's `rescode.html`.
fn sqlite(code: &str, place: Place) -> StoreError {
    let text = || format!("{place}: SQLite code {code}");
    let extended: u32 = code.parse().unwrap_or_default();
    match (extended, extended & 0xff) {
        // Primary key, row id and unique constraints; busy and locked.
        (1555 | 2067 | 2579, _) | (_, 5 | 6) => StoreError::Conflict(text()),
        (_, 9) => StoreError::Timeout(text()),
        // Permission, memory, read-only, input and output, full, can't open, protocol, authorization.
        (_, 3 | 7 | 8 | 10 | 13 | 14 | 15 | 23) => StoreError::Unavailable(text()),
        _ => corrupt(place, "", &format!("SQLite code {code}")),
    }
}

fn corrupt(place: Place, id: &str, detail: &str) -> StoreError {
    StoreError::Corrupt {
        table: place.table,
        column: place.statement,
        id: id.to_owned(),
        detail: detail.to_owned(),
    }
}

/// A statement did not touch as many rows as it had to.
pub(crate) fn unexpected_rows(place: Place, id: Uuid, touched: u64, expected: u64) -> StoreError {
    corrupt(place, &id.to_string(), &format!("{touched} rows were touched instead of {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place { table: "events", statement: "lock" };

    #[test]
    fn what_may_succeed_when_tried_again_is_a_conflict() {
        for code in ["40001", "40P01", "23505", "55P03"] {
            assert!(matches!(postgres(code, "", PLACE), StoreError::Conflict(_)), "{code}");
        }
        for code in ["5", "6", "261", "517", "773", "1555", "2067"] {
            assert!(matches!(sqlite(code, PLACE), StoreError::Conflict(_)), "{code}");
        }
    }

    #[test]
    fn what_took_too_long_is_told_from_what_is_away() {
        assert!(matches!(postgres("57014", "", PLACE), StoreError::Timeout(_)));
        for code in ["57P01", "57P03", "08006", "53300", "25006"] {
            assert!(matches!(postgres(code, "", PLACE), StoreError::Unavailable(_)), "{code}");
        }
        for code in ["13", "10", "14", "3850"] {
            assert!(matches!(sqlite(code, PLACE), StoreError::Unavailable(_)), "{code}");
        }
    }

    #[test]
    fn what_makes_no_sense_names_the_constraint_and_no_value() {
        let error = postgres("23514", "ck_events_confirmed", PLACE);
        assert_eq!(
            error.to_string(),
            "inconsistent data in events.lock of ck_events_confirmed: SQLSTATE 23514"
        );
        assert!(matches!(sqlite("275", PLACE), StoreError::Corrupt { .. }));
    }
}
