//! Checking that what is kept equals a full recomputation (rule W6).

use std::collections::BTreeMap;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use spotter_domain::account::Athlete;
use spotter_domain::id::AccountId;
use spotter_domain::progress::{Arithmetic, Day, DerivedSession, Record, RecordKey, Records, Summary};

use super::books::derive_anew;
use crate::{Caller, Command, Error, RequestContext, Spotter, Work};

/// How many rows one statement reads.
const PORTION: u16 = 1_000;

/// How many differences of one person are told.
const MOST_TOLD: usize = 20;

/// Something that is kept and is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What, in a sentence.
    pub what: String,
}

/// What a check found of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// How many workout sessions they have.
    pub sessions: u64,
    /// How many differences there are.
    pub differences: u64,
    /// The first ones.
    pub told: Vec<Difference>,
}

impl Verified {
    fn note(&mut self, what: String) {
        self.differences += 1;
        if self.told.len() < MOST_TOLD {
            self.told.push(Difference { what });
        }
    }
}

/// What to do about differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Tell them.
    Report,
    /// Tell them, and derive everything anew.
    Repair,
}

impl Spotter {
    /// Recomputes everything that is derived of a person and compares it with what is kept, in one transaction
    /// that nobody can write their workouts beside.
    ///
    /// # Errors
    ///
    /// [`Error::Unauthenticated`] when there is no such account; [`Error::Store`].
    pub async fn verify_progress(&self, account: AccountId, remedy: Remedy) -> Result<Verified, Error> {
        self.run(&RequestContext::internal(Caller::Account(account)), &VerifyProgress { remedy }).await
    }

    /// Up to `limit` accounts by id, from the first after `after` on: for whoever checks all of them.
    ///
    /// # Errors
    ///
    /// [`Error::Store`].
    pub async fn accounts(&self, after: Option<AccountId>, limit: u16) -> Result<Vec<AccountId>, Error> {
        Ok(self.ports.accounts.ids(after, limit).await?)
    }
}

struct VerifyProgress {
    remedy: Remedy,
}

#[async_trait]
impl Command for VerifyProgress {
    type Answer = Verified;

    async fn apply(&self, work: &mut Work<'_>) -> Result<Verified, Error> {
        let athlete = work.lock_athlete().await?;
        let arithmetic = Arithmetic::of(&athlete.preferences);
        let mut verified = Verified::default();
        let (days, records) = check_sessions(work, &athlete, &arithmetic, &mut verified).await?;
        check_days(work, athlete.account, days, &mut verified).await?;
        check_records(work, athlete.account, &records, &mut verified).await?;
        if self.remedy == Remedy::Repair && verified.differences > 0 {
            derive_anew(work, athlete.account, &arithmetic).await?;
        }
        Ok(verified)
    }
}

/// Compares what is kept with each workout session; answers the summaries and records that follow from them.
async fn check_sessions(
    work: &mut Work<'_>,
    athlete: &Athlete,
    arithmetic: &Arithmetic,
    verified: &mut Verified,
) -> Result<(BTreeMap<Day, Summary>, Records), Error> {
    let mut days: BTreeMap<Day, Summary> = BTreeMap::new();
    let mut records = Records::default();
    let mut after = None;
    loop {
        let stored = work.unit.workout_sessions().stored_derived(athlete.account, after, PORTION).await?;
        let full = stored.len() == usize::from(PORTION);
        after = stored.last().map(|stored| stored.session.id);
        for stored in stored {
            verified.sessions += 1;
            let derived = DerivedSession::of(stored.session.clone(), arithmetic);
            if derived != stored {
                verified.note(format!("workout session {}: its figures differ", stored.session.id));
            }
            let summary = Summary::of(&derived);
            days.entry(summary.day).or_insert_with(|| Summary::empty(summary.day)).add(&summary);
            records.merge(&Records::of([&derived.session], arithmetic.formula));
        }
        if !full {
            return Ok((days, records));
        }
    }
}

async fn check_days(
    work: &mut Work<'_>,
    account: AccountId,
    mut expected: BTreeMap<Day, Summary>,
    verified: &mut Verified,
) -> Result<(), Error> {
    let mut after = None;
    loop {
        let kept = work.unit.progress().days(account, after, PORTION).await?;
        let full = kept.len() == usize::from(PORTION);
        after = kept.last().map(|summary| summary.day);
        for summary in kept {
            if expected.remove(&summary.day) != Some(summary) {
                verified.note(format!("the summary of {} differs", summary.day.date()));
            }
        }
        if !full {
            break;
        }
    }
    for day in expected.keys() {
        verified.note(format!("there is no summary of {}", day.date()));
    }
    Ok(())
}

async fn check_records(
    work: &mut Work<'_>,
    account: AccountId,
    expected: &Records,
    verified: &mut Verified,
) -> Result<(), Error> {
    let mut expected: BTreeMap<RecordKey, Record> =
        expected.iter().map(|record| (record.key, *record)).collect();
    let mut after = None;
    loop {
        let kept = work.unit.progress().all_records(account, after, PORTION).await?;
        let full = kept.len() == usize::from(PORTION);
        after = kept.last().map(|record| record.key);
        for record in kept {
            if expected.remove(&record.key) != Some(record) {
                verified.note(tell(&record.key, "differs"));
            }
        }
        if !full {
            break;
        }
    }
    for key in expected.keys() {
        verified.note(tell(key, "is missing"));
    }
    Ok(())
}

fn tell(key: &RecordKey, what: &str) -> String {
    format!("the record {} ({}) of exercise {} {what}", key.kind.as_str(), key.load.as_str(), key.exercise)
}
