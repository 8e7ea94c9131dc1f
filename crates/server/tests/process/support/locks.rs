//! Standing in the way of a node, on PostgreSQL: whoever registers has to wait until the lock is released.

use sea_orm::{DatabaseTransaction, TransactionTrait};
use spotter_testkit::database::until_a_lock_is_waited_for;

use super::rows;

/// The lock of every event of a database.
pub(crate) struct Lock {
    transaction: DatabaseTransaction,
    url: String,
}

impl Lock {
    pub(crate) async fn take(url: &str) -> Self {
        let transaction = rows::connect(url).await.begin().await.unwrap();
        rows::all(&transaction, "SELECT id FROM events FOR UPDATE").await;
        Self { transaction, url: url.to_owned() }
    }

    /// Waits until a transaction waits for it.
    pub(crate) async fn is_waited_for(&self) {
        until_a_lock_is_waited_for(&self.url).await;
    }

    pub(crate) async fn release(self) {
        self.transaction.rollback().await.unwrap();
    }
}
