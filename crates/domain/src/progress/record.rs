//! Records: personal bests, and how they follow from workout sessions.
//!
//! The best of two sets of records is the record of both: [`Records::merge`] is associative, commutative and
//! idempotent. That is why adding a workout session takes the stored records and its own, and nothing else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::arithmetic::estimate;
use crate::id::{ExerciseId, WorkoutSessionId};
use crate::workout::{
    Block, Distance, Load, OneRepMaxFormula, Set, SetDuration, Volume, Weight, WorkoutSession,
};
use crate::{Invalid, Timestamp};

/// What a record is about. Sorts as its words do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// The farthest set, in centimetres.
    Farthest,
    /// The heaviest weight of a set, in steps of 10 g; of assistance, the least.
    Heaviest,
    /// The longest set, in seconds.
    Longest,
    /// The most repetitions with one weight.
    MostReps,
    /// The most volume in one workout session, in steps of 10 g.
    MostVolume,
    /// The best estimate of a one-rep max, in steps of 10 g.
    OneRepMax,
}

impl RecordKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Farthest, Self::Heaviest, Self::Longest, Self::MostReps, Self::MostVolume, Self::OneRepMax];

    /// The word that is stored and sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Heaviest => "heaviest",
            Self::OneRepMax => "one_rep_max",
            Self::MostReps => "most_reps",
            Self::MostVolume => "most_volume",
            Self::Longest => "longest",
            Self::Farthest => "farthest",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for any other word.
    pub fn parse(word: &str) -> Result<Self, Invalid> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word)
            .ok_or_else(|| Invalid::new(format!("must be one of {}", Self::ALL.map(Self::as_str).join(", "))))
    }
}

/// Which record: records are compared only within one exercise and one kind of load (rule W3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordKey {
    /// Of which exercise.
    pub exercise: ExerciseId,
    /// About what.
    pub kind: RecordKind,
    /// Against what.
    pub load: Load,
    /// With which weight, of the most repetitions; zero otherwise.
    pub weight: Weight,
}

/// A personal best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Which record.
    pub key: RecordKey,
    /// How much, in the unit of its kind.
    pub value: i64,
    /// In which workout session.
    pub session: WorkoutSessionId,
    /// When that began.
    pub achieved_at: Timestamp,
}

impl Record {
    /// Whether this is the record rather than `other`: it is more, or as much and earlier.
    #[must_use]
    pub fn beats(&self, other: &Self) -> bool {
        (self.value, other.achieved_at, other.session) > (other.value, self.achieved_at, self.session)
    }
}

/// A record that was broken: more than before, or the first of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokenRecord {
    /// The record as it is now.
    pub record: Record,
    /// How much it was before, if there was one.
    pub previous: Option<i64>,
}

/// Records by their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records(BTreeMap<RecordKey, Record>);

impl Records {
    /// The records of workout sessions.
    #[must_use]
    pub fn of<'a>(sessions: impl IntoIterator<Item = &'a WorkoutSession>, formula: OneRepMaxFormula) -> Self {
        let mut records = Self::default();
        for session in sessions {
            records.take_session(session.id, session.span.started_at(), session.blocks.as_slice(), formula);
        }
        records
    }

    /// Takes the records of one workout session, given as (some of) its blocks. All blocks of one exercise
    /// have to be among them, or none.
    pub fn take_session<'a>(
        &mut self,
        session: WorkoutSessionId,
        achieved_at: Timestamp,
        blocks: impl IntoIterator<Item = &'a Block>,
        formula: OneRepMaxFormula,
    ) {
        let mut volumes: BTreeMap<ExerciseId, Volume> = BTreeMap::new();
        for block in blocks {
            for set in block.sets.iter().filter(|set| set.kind.is_working()) {
                *volumes.entry(block.exercise).or_default() += set.volume();
                for (kind, load, weight, value) in claims(set, formula).into_iter().flatten() {
                    let key = RecordKey { exercise: block.exercise, kind, load, weight };
                    self.take(Record { key, value, session, achieved_at });
                }
            }
        }
        for (exercise, volume) in volumes {
            if volume.steps() > 0 {
                let kind = RecordKind::MostVolume;
                let key = RecordKey { exercise, kind, load: Load::External, weight: NO_WEIGHT };
                self.take(Record { key, value: volume.steps(), session, achieved_at });
            }
        }
    }

    /// Takes one record, if it beats what is there.
    pub fn take(&mut self, record: Record) {
        self.0
            .entry(record.key)
            .and_modify(|held| {
                if record.beats(held) {
                    *held = record;
                }
            })
            .or_insert(record);
    }

    /// Takes the records of `others`.
    pub fn merge(&mut self, others: &Self) {
        for record in others.iter() {
            self.take(*record);
        }
    }

    /// Each record, by key.
    pub fn iter(&self) -> impl Iterator<Item = &Record> {
        self.0.values()
    }

    /// The record of a key.
    #[must_use]
    pub fn get(&self, key: &RecordKey) -> Option<&Record> {
        self.0.get(key)
    }

    /// What changes when `newer` come upon these records: what has to be written.
    #[must_use]
    pub fn changed_by(&self, newer: &Self) -> Vec<Record> {
        let wins = |record: &&Record| self.get(&record.key).is_none_or(|held| record.beats(held));
        newer.iter().filter(wins).copied().collect()
    }

    /// Which of these records `newer` break: those that they better, and the first of a kind. Repetitions with
    /// a weight that was never used break nothing: there was no record.
    #[must_use]
    pub fn broken_by(&self, newer: &Self) -> Vec<BrokenRecord> {
        let broken = |record: &Record| {
            let previous = self.get(&record.key).map(|held| held.value);
            let breaks = match previous {
                Some(value) => record.value > value,
                None => record.key.kind != RecordKind::MostReps,
            };
            breaks.then_some(BrokenRecord { record: *record, previous })
        };
        newer.iter().filter_map(broken).collect()
    }
}

impl FromIterator<Record> for Records {
    fn from_iter<I: IntoIterator<Item = Record>>(records: I) -> Self {
        let mut all = Self::default();
        for record in records {
            all.take(record);
        }
        all
    }
}

/// The weight in the key of every record but the most repetitions.
pub const NO_WEIGHT: Weight = Weight::ZERO;

type Claim = (RecordKind, Load, Weight, i64);

/// What one working set lays claim to.
fn claims(set: &Set, formula: OneRepMaxFormula) -> [Option<Claim>; 5] {
    let load = set.load();
    let weight = set.weight.unwrap_or(NO_WEIGHT);
    let reps = set.reps.map_or(0, |reps| i64::from(reps.get()));
    let lifted = reps > 0 && load != Load::Bodyweight;
    let estimated = estimate(set, formula).map(|estimate| i64::from(estimate.steps()));
    let seconds = set.duration.map_or(0, |duration: SetDuration| i64::from(duration.seconds()));
    let centimetres = set.distance.map_or(0, |distance: Distance| i64::from(distance.centimetres()));
    [
        lifted.then(|| (RecordKind::Heaviest, load, NO_WEIGHT, i64::from(weight.steps()))),
        estimated.map(|steps| (RecordKind::OneRepMax, load, NO_WEIGHT, steps)),
        (reps > 0).then_some((RecordKind::MostReps, load, weight, reps)),
        (seconds > 0).then_some((RecordKind::Longest, load, NO_WEIGHT, seconds)),
        (centimetres > 0).then_some((RecordKind::Farthest, load, NO_WEIGHT, centimetres)),
    ]
}
