//! Writing summaries and records.

use std::collections::BTreeSet;

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::progress::{Day, ProgressRepository, Record, RecordKey, Summary};

use crate::store::MemoryUnitOfWork;

#[async_trait]
impl ProgressRepository for MemoryUnitOfWork {
    async fn add_to_days(&mut self, days: &[(AccountId, Summary)]) -> Result<(), StoreError> {
        self.write(|state| {
            for (account, sums) in days {
                state.check_owner("daily_summaries", *account)?;
                let rows = state.summaries.rows_mut(*account);
                rows.entry(sums.day).or_insert_with(|| Summary::empty(sums.day)).add(sums);
            }
            Ok(())
        })
    }

    async fn rebuild_days(&mut self, account: AccountId, days: &[Day]) -> Result<(), StoreError> {
        let days: BTreeSet<_> = days.iter().collect();
        let stored = self.state.workout_sessions.of(account).map(|row| &row.derived);
        let sums = Summary::by_day(stored.filter(|derived| days.contains(&derived.day)));
        let rows = self.state.summaries.rows_mut(account);
        rows.retain(|day, _| !days.contains(day));
        rows.extend(sums.into_iter().map(|sums| (sums.day, sums)));
        Ok(())
    }

    async fn days(
        &mut self,
        account: AccountId,
        after: Option<Day>,
        limit: u16,
    ) -> Result<Vec<Summary>, StoreError> {
        Ok(self.state.summaries.after(account, after).take(limit.into()).copied().collect())
    }

    async fn records(
        &mut self,
        exercises: &[(AccountId, ExerciseId)],
    ) -> Result<Vec<(AccountId, Record)>, StoreError> {
        let wanted: BTreeSet<_> = exercises.iter().copied().collect();
        let people: BTreeSet<AccountId> = wanted.iter().map(|(account, _)| *account).collect();
        let records = people
            .into_iter()
            .flat_map(|account| self.state.records.of(account).map(move |record| (account, *record)));
        Ok(records.filter(|(account, record)| wanted.contains(&(*account, record.key.exercise))).collect())
    }

    async fn all_records(
        &mut self,
        account: AccountId,
        after: Option<RecordKey>,
        limit: u16,
    ) -> Result<Vec<Record>, StoreError> {
        Ok(self.state.records.after(account, after).take(limit.into()).copied().collect())
    }

    async fn save_records(&mut self, records: &[(AccountId, Record)]) -> Result<(), StoreError> {
        self.write(|state| {
            for (account, record) in records {
                state.check_owner("personal_records", *account)?;
                state.check_exercise("personal_records", record.key.exercise)?;
                state.records.insert(*account, record.key, *record);
            }
            Ok(())
        })
    }

    async fn delete_records(
        &mut self,
        account: AccountId,
        exercises: &[ExerciseId],
    ) -> Result<(), StoreError> {
        let exercises: BTreeSet<_> = exercises.iter().collect();
        self.state.records.rows_mut(account).retain(|key, _| !exercises.contains(&key.exercise));
        Ok(())
    }

    async fn clear(&mut self, account: AccountId) -> Result<(), StoreError> {
        self.state.summaries.rows_mut(account).clear();
        self.state.records.rows_mut(account).clear();
        Ok(())
    }
}
