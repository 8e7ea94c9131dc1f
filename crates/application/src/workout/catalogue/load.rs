//! Keeping the database's copy of the catalogue in step with the program's.

use spotter_domain::StoreError;
use uuid::Uuid;

use super::{FILE, NAMESPACE, catalogue};
use crate::Spotter;

/// Whether there was something to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loaded {
    /// The database had this catalogue already.
    Unchanged,
    /// It has it now.
    Written,
}

impl Spotter {
    /// Writes the catalogue into the database unless it is there. Can be run again, and by several nodes at
    /// once. Entries of another version of the program stay: history may point to them.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn load_catalogue(&self) -> Result<Loaded, StoreError> {
        let digest = Uuid::new_v5(&NAMESPACE, FILE.as_bytes()).to_string();
        let mut unit = self.ports.store.begin().await?;
        if unit.exercises().catalogue_digest().await?.as_deref() == Some(&digest) {
            unit.rollback().await?;
            return Ok(Loaded::Unchanged);
        }
        let entries: Vec<_> = catalogue().exercises().iter().map(|exercise| exercise.entry.clone()).collect();
        unit.exercises().save_catalogue(&entries, &digest).await?;
        unit.commit().await?;
        tracing::info!(exercises = entries.len(), "the catalogue of exercises is in the database");
        Ok(Loaded::Written)
    }
}
