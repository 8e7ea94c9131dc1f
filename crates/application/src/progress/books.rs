//! Keeping what is derived from workout sessions in step with them (rule W6), in the transaction that changes
//! them.
//!
//! Adding workout sessions adds to the sums of their days and sets their records against those that stand.
//! Editing or deleting one recomputes its days and its exercises, and nothing else.

use std::collections::{BTreeSet, HashMap};

use spotter_domain::account::Athlete;
use spotter_domain::id::{AccountId, ExerciseId, WorkoutSessionId};
use spotter_domain::progress::{Arithmetic, BrokenRecord, Day, DerivedSession, Records, Summary};
use spotter_domain::workout::{
    Block, NewSession, OneRepMaxFormula, PerformedBlock, SourceKey, WorkoutSession,
};
use spotter_domain::{Timestamp, UnitOfWork};

use crate::{Error, Work};

/// How many blocks, or workout sessions, one statement reads.
const PORTION: u16 = 2_000;

/// New workout sessions on their way into the books, of people who are locked, each with the records that it lays
/// claim to.
#[derive(Default)]
pub(crate) struct Entries {
    sessions: Vec<NewSession>,
    claims: Vec<Records>,
}

impl Entries {
    /// Adds a workout session behind the others, with what follows from it alone.
    pub(crate) fn push(
        &mut self,
        session: WorkoutSession,
        source: Option<SourceKey>,
        arithmetic: &Arithmetic,
    ) {
        self.claims.push(Records::of([&session], arithmetic.formula));
        self.sessions.push(NewSession { derived: DerivedSession::of(session, arithmetic), source });
    }

    /// The workout sessions in their order.
    pub(crate) fn sessions(&self) -> impl ExactSizeIterator<Item = &WorkoutSession> {
        self.sessions.iter().map(|new| &new.derived.session)
    }

    /// Writes all of them, and what follows. Says which records each of them broke, those that stood before it
    /// and those that the ones before it have left.
    pub(crate) async fn write(&self, unit: &mut dyn UnitOfWork) -> Result<Vec<Vec<BrokenRecord>>, Error> {
        unit.workout_sessions().insert_many(&self.sessions).await?;
        let day = |new: &NewSession| (new.derived.session.account, Summary::of(&new.derived));
        let days: Vec<(AccountId, Summary)> = self.sessions.iter().map(day).collect();
        unit.progress().add_to_days(&days).await?;
        let mut held = self.held(unit).await?;
        let mut changed = Vec::new();
        let mut broken = Vec::with_capacity(self.sessions.len());
        for (session, claims) in self.sessions().zip(&self.claims) {
            let held = held.entry(session.account).or_default();
            broken.push(held.broken_by(claims));
            for record in held.changed_by(claims) {
                held.take(record);
                changed.push((session.account, record));
            }
        }
        unit.progress().save_records(&changed).await?;
        Ok(broken)
    }

    /// The records that stand in everything that is laid claim to.
    async fn held(&self, unit: &mut dyn UnitOfWork) -> Result<HashMap<AccountId, Records>, Error> {
        let mut exercises = BTreeSet::new();
        for (session, claims) in self.sessions().zip(&self.claims) {
            exercises.extend(claims.iter().map(|record| (session.account, record.key.exercise)));
        }
        let exercises: Vec<(AccountId, ExerciseId)> = exercises.into_iter().collect();
        let mut held: HashMap<AccountId, Records> = HashMap::new();
        for (account, record) in unit.progress().records(&exercises).await? {
            held.entry(account).or_default().take(record);
        }
        Ok(held)
    }
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
    work.unit.progress().save_records(&of(account, after.iter().copied())).await?;
    Ok((before, after))
}

async fn records_in(
    unit: &mut dyn UnitOfWork,
    account: AccountId,
    exercises: &BTreeSet<ExerciseId>,
) -> Result<Records, Error> {
    let exercises = of(account, exercises.iter().copied());
    Ok(unit.progress().records(&exercises).await?.into_iter().map(|(_, record)| record).collect())
}

/// Things of one person as things of people.
fn of<T>(account: AccountId, things: impl IntoIterator<Item = T>) -> Vec<(AccountId, T)> {
    things.into_iter().map(|thing| (account, thing)).collect()
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
        work.unit.progress().add_to_days(&of(account, Summary::by_day(&derived))).await?;
        if !full {
            break;
        }
    }
    work.unit.progress().save_records(&of(account, records.iter().copied())).await?;
    Ok(())
}
