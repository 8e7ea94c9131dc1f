//! Standing in the way of a node, on PostgreSQL: whoever registers has to wait until the lock is released.

use std::time::Duration;

use sea_orm::{DatabaseConnection, DatabaseTransaction, TransactionTrait};

use super::{rows, until};

/// How long it may take until a request that is sent has come to the lock.
const SOON: Duration = Duration::from_secs(10);

/// The lock of every event of a database.
pub(crate) struct Lock {
    transaction: DatabaseTransaction,
    watcher: DatabaseConnection,
}

impl Lock {
    pub(crate) async fn take(url: &str) -> Self {
        let transaction = rows::connect(url).await.begin().await.unwrap();
        rows::all(&transaction, "SELECT id FROM events FOR UPDATE").await;
        Self { transaction, watcher: rows::connect(url).await }
    }

    /// Waits until a transaction waits for it.
    pub(crate) async fn is_waited_for(&self) {
        let waiting = "SELECT COUNT(*) AS count FROM pg_stat_activity \
                       WHERE datname = current_database() AND wait_event_type = 'Lock'";
        until("a request is in flight", SOON, async || {
            (rows::count(&self.watcher, waiting).await > 0).then_some(())
        })
        .await;
    }

    pub(crate) async fn release(self) {
        self.transaction.rollback().await.unwrap();
        self.watcher.close().await.unwrap();
    }
}
