//! Reading imports.

use spotter_domain::id::ImportId;
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::workout::Import;

use crate::{Caller, Error, Spotter};

impl Spotter {
    /// An import of the caller.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`]; [`Error::Unauthenticated`].
    pub async fn import(&self, caller: Caller, id: ImportId) -> Result<Import, Error> {
        let account = caller.account()?;
        self.ports.workouts.import(account, id).await?.ok_or(Error::NotFound("import"))
    }

    /// The imports of the caller, latest first.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] for somebody who has not signed in.
    pub async fn imports(
        &self,
        caller: Caller,
        page: PageRequest<ImportId>,
    ) -> Result<Page<Import, ImportId>, Error> {
        Ok(self.ports.workouts.imports(caller.account()?, page).await?)
    }
}
