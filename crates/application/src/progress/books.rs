//! Keeping what is derived from workout sessions in step with them (rule W6), in the transaction that changes
//! them.
//!
//! Adding workout sessions adds to the sums of their days and sets their records against those that stand.
//! Editing or deleting one recomputes its days and its exercises, and nothing else.

use std::collections::BTreeSet;

use spotter_domain::account::Athlete;
use spotter_domain::id::{AccountId, ExerciseId, WorkoutSessionId};
use spotter_domain::progress::{Arithmetic, BrokenRecord, Day, DerivedSession, Records, Summary};
use spotter_domain::workout::{Block, NewSession, OneRepMaxFormula, PerformedBlock};
use spotter_domain::{Timestamp, UnitOfWork};

use crate::{Error, Work};

/// How many blocks, or workout sessions, one statement reads.
const PORTION: u16 = 2_000;

/// Writes new workout sessions of one person, and what follows from them. Says which records they broke.
pub(crate) async fn enter(
    work: &mut Work<'_>,
    athlete: &Athlete,
    sessions: &[NewSession],
) -> Result<Vec<BrokenRecord>, Error> {
    let account = athlete.account;
    work.unit.workout_sessions().insert_many(sessions).await?;
    let days = Summary::by_day(sessions.iter().map(|new| &new.derived));
    work.unit.progress().add_to_days(account, &days).await?;
    let newer = Records::of(sessions.iter().map(|new| &new.derived.session), athlete.preferences.one_rep_max);
    let exercises: BTreeSet<ExerciseId> = newer.iter().map(|record| record.key.exercise).collect();
    let held = records_in(work.unit, account, &exercises).await?;
    let changed = held.changed_by(&newer);
    work.unit.progress().save_records(account, &changed).await?;
    Ok(held.broken_by(&newer))
}

/// Recomputes days and exercises of a person from their workout sessions as they are now. Answers the records
/// of those exercises before and after.
pub(crate) async fn rework(
    work: &mut Work<'_>,
    athlete: &Athlete,
    days: &BTreeSet<Day>,
    exercises: &BTreeSet<ExerciseId>,
) -> Result<(Records, Records), Error> {
    let account = athlete.account;
    let days: Vec<Day> = days.iter().copied().collect();
    work.unit.progress().rebuild_days(account, &days).await?;
    let before = records_in(work.unit, account, exercises).await?;
    let after = recompute(work.unit, account, exercises, athlete.preferences.one_rep_max).await?;
    let exercises: Vec<ExerciseId> = exercises.iter().copied().collect();
    work.unit.progress().delete_records(account, &exercises).await?;
    let records: Vec<_> = after.iter().copied().collect();
    work.unit.progress().save_records(account, &records).await?;
    Ok((before, after))
}

async fn records_in(
    unit: &mut dyn UnitOfWork,
    account: AccountId,
    exercises: &BTreeSet<ExerciseId>,
) -> Result<Records, Error> {
    let exercises: Vec<ExerciseId> = exercises.iter().copied().collect();
    Ok(unit.progress().records(account, &exercises).await?.into_iter().collect())
}

/// The records of some exercises, from all of their blocks.
async fn recompute(
    unit: &mut dyn UnitOfWork,
    account: AccountId,
    exercises: &BTreeSet<ExerciseId>,
    formula: OneRepMaxFormula,
) -> Result<Records, Error> {
    let exercises: Vec<ExerciseId> = exercises.iter().copied().collect();
    let mut gathered = Gathered { records: Records::default(), formula, open: None };
    let mut after = None;
    loop {
        let blocks = unit.workout_sessions().performed(account, &exercises, after, PORTION).await?;
        let full = blocks.len() == usize::from(PORTION);
        after = blocks.last().map(|block| (block.session, block.position));
        for block in blocks {
            gathered.take(block);
        }
        if !full {
            return Ok(gathered.finish());
        }
    }
}

/// Gathers the blocks of one workout session after another: the volume of an exercise needs all of them.
struct Gathered {
    records: Records,
    formula: OneRepMaxFormula,
    open: Option<(WorkoutSessionId, Timestamp, Vec<Block>)>,
}

impl Gathered {
    fn take(&mut self, performed: PerformedBlock) {
        match &mut self.open {
            Some((session, _, blocks)) if *session == performed.session => blocks.push(performed.block),
            _ => {
                self.close();
                self.open = Some((performed.session, performed.started_at, vec![performed.block]));
            }
        }
    }

    fn close(&mut self) {
        if let Some((session, started_at, blocks)) = self.open.take() {
            self.records.take_session(session, started_at, &blocks, self.formula);
        }
    }

    fn finish(mut self) -> Records {
        self.close();
        self.records
    }
}

/// Derives everything of a person anew: all that is written for one workout session alone, all summaries, all
/// records.
pub(crate) async fn derive_anew(
    work: &mut Work<'_>,
    account: AccountId,
    arithmetic: &Arithmetic,
) -> Result<(), Error> {
    let mut records = Records::default();
    work.unit.progress().clear(account).await?;
    let mut after = None;
    loop {
        let sessions = work.unit.workout_sessions().page(account, after, PORTION).await?;
        let full = sessions.len() == usize::from(PORTION);
        after = sessions.last().map(|session| session.id);
        records.merge(&Records::of(&sessions, arithmetic.formula));
        let derived: Vec<_> =
            sessions.into_iter().map(|session| DerivedSession::of(session, arithmetic)).collect();
        work.unit.workout_sessions().save_derived(&derived).await?;
        work.unit.progress().add_to_days(account, &Summary::by_day(&derived)).await?;
        if !full {
            break;
        }
    }
    let records: Vec<_> = records.iter().copied().collect();
    work.unit.progress().save_records(account, &records).await?;
    Ok(())
}
