//! Writing what is known of imports.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ImportId};
use spotter_domain::workout::{Import, ImportRepository};

use crate::refusal::{conflict, missing};
use crate::store::MemoryUnitOfWork;

#[async_trait]
impl ImportRepository for MemoryUnitOfWork {
    async fn by_id(&mut self, account: AccountId, id: ImportId) -> Result<Option<Import>, StoreError> {
        Ok(self.state.imports.get(account, &id).cloned())
    }

    async fn insert(&mut self, import: &Import) -> Result<(), StoreError> {
        self.write(|state| {
            state.check_owner("imports", import.account)?;
            match state.imports.insert(import.account, import.id, import.clone()) {
                None => Ok(()),
                Some(_) => Err(conflict("there is an import of that id")),
            }
        })
    }

    async fn save_undone(&mut self, import: &Import) -> Result<(), StoreError> {
        self.write(|state| {
            let stored = state.imports.get_mut(import.account, &import.id);
            stored.ok_or_else(|| missing("imports", import.id))?.undone = import.undone;
            Ok(())
        })
    }
}
