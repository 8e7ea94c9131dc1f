//! The workout session aggregate.

use std::collections::BTreeSet;
use std::time::Duration;

use super::limits::{MOST_BLOCKS, MOST_SETS};
use super::{Set, Volume};
use crate::id::{AccountId, ExerciseId, ImportId, TemplateId, WorkoutSessionId};
use crate::text::{Notes, Title};
use crate::{Invalid, Timestamp};

/// When a workout session took place, in whole seconds: not before 1970, and no longer than a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeSpan {
    started_at: Timestamp,
    ended_at: Option<Timestamp>,
}

impl TimeSpan {
    /// The longest workout session: somebody forgot to end it.
    pub const LONGEST: Duration = Duration::from_hours(7 * 24);
    /// How far ahead of our clock a workout session may begin: people travel, and clocks go wrong.
    pub const AHEAD: Duration = Duration::from_hours(48);
    /// The first instant that is taken, in seconds since 1970: from here on it is 1970 in every time zone.
    const EARLIEST: i64 = 86_400;

    /// Checks a time span. Fractions of seconds are dropped.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it begins before 2 January 1970, ends before it begins or lasts longer than a week.
    pub fn new(started_at: Timestamp, ended_at: Option<Timestamp>) -> Result<Self, Invalid> {
        let (started_at, ended_at) = (whole(started_at), ended_at.map(whole));
        if started_at.as_second() < Self::EARLIEST {
            return Err(Invalid::new("must not begin before 2 January 1970"));
        }
        if let Some(end) = ended_at {
            if end < started_at {
                return Err(Invalid::new("must not end before it begins"));
            }
            if end > started_at + Self::LONGEST {
                return Err(Invalid::new("must not last longer than a week"));
            }
        }
        Ok(Self { started_at, ended_at })
    }

    /// Checks that it has begun at `now`, or will within two days.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when it begins later.
    pub fn check_begun(&self, now: Timestamp) -> Result<(), Invalid> {
        if self.started_at > now + Self::AHEAD {
            Err(Invalid::new("must not begin in the future"))
        } else {
            Ok(())
        }
    }

    /// When it began.
    #[must_use]
    pub const fn started_at(&self) -> Timestamp {
        self.started_at
    }

    /// When it ended, if that was told.
    #[must_use]
    pub const fn ended_at(&self) -> Option<Timestamp> {
        self.ended_at
    }

    /// How many seconds it lasted; none if its end was not told.
    #[must_use]
    pub fn seconds(&self) -> u32 {
        let seconds = self.ended_at.map_or(0, |end| end.as_second() - self.started_at.as_second());
        u32::try_from(seconds).unwrap_or_default()
    }
}

fn whole(instant: Timestamp) -> Timestamp {
    // A whole second of a valid instant is a valid instant, except before the first one of all.
    Timestamp::from_second(instant.as_nanosecond().div_euclid(1_000_000_000).try_into().unwrap_or_default())
        .unwrap_or(instant)
}

/// One exercise of a workout session with its sets. The same exercise can come again later in another block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Which exercise.
    pub exercise: ExerciseId,
    /// Blocks of one number are done in turn. Zero is a number.
    pub superset: Option<u16>,
    /// What the person wrote about it.
    pub notes: Option<Notes>,
    /// The sets in their order.
    pub sets: Vec<Set>,
}

/// The blocks of a workout session: at most 100, with at most 1,000 sets together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blocks(Vec<Block>);

impl Blocks {
    /// Checks how many they are.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when there are too many blocks or sets.
    pub fn new(blocks: Vec<Block>) -> Result<Self, Invalid> {
        if blocks.len() > MOST_BLOCKS {
            return Err(Invalid::new(format!("must have at most {MOST_BLOCKS} exercises")));
        }
        if blocks.iter().map(|block| block.sets.len()).sum::<usize>() > MOST_SETS {
            return Err(Invalid::new(format!("must have at most {MOST_SETS} sets in all")));
        }
        Ok(Self(blocks))
    }

    /// The blocks in their order.
    #[must_use]
    pub fn as_slice(&self) -> &[Block] {
        &self.0
    }

    /// The exercises, each once.
    #[must_use]
    pub fn exercises(&self) -> BTreeSet<ExerciseId> {
        self.0.iter().map(|block| block.exercise).collect()
    }

    /// Weight times repetitions of all working sets.
    #[must_use]
    pub fn volume(&self) -> Volume {
        self.0.iter().flat_map(|block| &block.sets).map(Set::volume).sum()
    }

    /// How many sets there are, warm-ups included.
    #[must_use]
    pub fn sets(&self) -> usize {
        self.0.iter().map(|block| block.sets.len()).sum()
    }
}

/// What someone did in one visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkoutSession {
    /// Names the workout session.
    pub id: WorkoutSessionId,
    /// Whose it is: one person's (rule W1).
    pub account: AccountId,
    /// What they call it.
    pub title: Option<Title>,
    /// What they wrote about it.
    pub notes: Option<Notes>,
    /// When it took place.
    pub span: TimeSpan,
    /// What it was planned by.
    pub template: Option<TemplateId>,
    /// What it was brought along by.
    pub import: Option<ImportId>,
    /// What was done.
    pub blocks: Blocks,
    /// Grows with every edit.
    pub version: u32,
    /// When it was written down.
    pub created_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_time_span_is_checked() {
        let start = at("2026-04-08T16:50:00.9Z");
        let span = TimeSpan::new(start, Some(at("2026-04-08T17:50:00.1Z"))).unwrap();
        assert_eq!((span.started_at(), span.seconds()), (at("2026-04-08T16:50:00Z"), 3_600));
        assert!(TimeSpan::new(start, Some(at("2026-04-08T16:49:59Z"))).is_err());
        assert!(TimeSpan::new(start, Some(at("2026-04-15T16:50:01Z"))).is_err());
        assert!(TimeSpan::new(at("1900-01-01T00:00:00Z"), None).is_err());
        assert!(TimeSpan::new(Timestamp::MIN, None).is_err());
        assert!(span.check_begun(at("2026-04-07T16:50:00Z")).is_ok());
        assert!(span.check_begun(at("2026-04-06T16:49:59Z")).is_err());
    }

    #[test]
    fn a_hundred_thousand_sets_are_too_many() {
        let block = |sets| Block {
            exercise: uuid::Uuid::nil().into(),
            superset: None,
            notes: None,
            sets: vec![Set::default(); sets],
        };
        assert!(Blocks::new(vec![block(1_000)]).is_ok());
        assert!(Blocks::new(vec![block(500), block(501)]).is_err());
        assert!(Blocks::new(vec![block(100_000)]).is_err());
        assert!(Blocks::new(vec![block(1); 101]).is_err());
    }
}
