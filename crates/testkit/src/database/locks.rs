//! Seeing that a transaction has come to a lock that another one holds, on PostgreSQL.

use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DbBackend, Statement};

/// How often it is looked, a hundredth of a second apart.
const LOOKS: u32 = 1_000;

const WAITING: &str = "SELECT COUNT(*) AS count FROM pg_stat_activity \
                       WHERE datname = current_database() AND wait_event_type = 'Lock'";

/// Waits until a transaction of the database at `url` waits for a lock.
///
/// # Panics
///
/// When none does within ten seconds.
pub async fn until_a_lock_is_waited_for(url: &str) {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let watcher = Database::connect(options).await.unwrap();
    let mut waiting = 0;
    for _ in 0..LOOKS {
        let statement = Statement::from_string(DbBackend::Postgres, WAITING);
        let row = watcher.query_one_raw(statement).await.unwrap().unwrap();
        waiting = row.try_get::<i64>("", "count").unwrap();
        if waiting > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    watcher.close().await.unwrap();
    assert!(waiting > 0, "no transaction has come to the lock");
}
