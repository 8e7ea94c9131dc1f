//! Writing consents.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ClubId};
use spotter_domain::store::Inserted;
use spotter_domain::workout::{CoachingConsent, ConsentRepository};

use crate::refusal::dangling;
use crate::store::MemoryUnitOfWork;

#[async_trait]
impl ConsentRepository for MemoryUnitOfWork {
    async fn grant(&mut self, consent: &CoachingConsent) -> Result<Inserted, StoreError> {
        self.write(|state| {
            state.check_owner("coaching_consents", consent.account)?;
            if !state.clubs.contains_key(&consent.club) {
                return Err(dangling("coaching_consents", "club_id", consent.club));
            }
            let key = (consent.club, consent.account);
            if state.consents.contains_key(&key) {
                return Ok(Inserted::Duplicate);
            }
            state.consents.insert(key, *consent);
            Ok(Inserted::New)
        })
    }

    async fn withdraw(&mut self, club: ClubId, account: AccountId) -> Result<u64, StoreError> {
        Ok(u64::from(self.state.consents.remove(&(club, account)).is_some()))
    }
}
