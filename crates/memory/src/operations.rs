//! What an operator may know of a database that is not there.

use std::time::Duration;

use async_trait::async_trait;
use spotter_application::operations::{DatabaseMonitor, PoolNumbers};
use spotter_domain::StoreError;

use crate::store::MemoryStore;

#[async_trait]
impl DatabaseMonitor for MemoryStore {
    fn pools(&self) -> Vec<PoolNumbers> {
        Vec::new()
    }

    async fn ping(&self) -> Result<Duration, StoreError> {
        Ok(Duration::ZERO)
    }
}
