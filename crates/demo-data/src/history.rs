//! What somebody trained, in plain values.

use std::time::Duration;

use jiff::civil::{Date, DateTime};
use spotter_application::workout::interchange::{
    Ended, ParsedBlock, ParsedExport, ParsedSession, WrittenTime,
};
use spotter_domain::Invalid;
use spotter_domain::text::{Notes, Title};
use spotter_domain::workout::{ExportFormat, ImportProblems, Set};

use crate::chance::Chance;
use crate::people::Person;
use crate::training::{Habits, Lifter, train, training_days};

/// How many sets a workout session has on average, exactly.
pub const SETS_A_SESSION: usize = 24;

/// How many sets more, or fewer, one has at most.
const SPREAD: i32 = 5;

/// Everything that somebody trained, earliest first, on different days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The workout sessions.
    pub sessions: Vec<DemoSession>,
}

/// One workout session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoSession {
    /// What it is called.
    pub title: Title,
    /// What was written about it.
    pub notes: Option<Notes>,
    /// When it began, on the person's clock: a whole minute that every clock shows once.
    pub started: DateTime,
    /// How many minutes it took.
    pub minutes: u16,
    /// Its exercises.
    pub blocks: Vec<DemoBlock>,
}

/// One exercise of a workout session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoBlock {
    /// What the catalogue calls it.
    pub exercise: &'static str,
    /// The superset that it belongs to.
    pub superset: Option<u16>,
    /// What was written about it.
    pub notes: Option<Notes>,
    /// Its sets.
    pub sets: Vec<Set>,
}

impl DemoSession {
    /// The day on which it began.
    #[must_use]
    pub fn date(&self) -> Date {
        self.started.date()
    }

    /// The sets of all exercises.
    pub fn sets(&self) -> impl Iterator<Item = &Set> {
        self.blocks.iter().flat_map(|block| &block.sets)
    }
}

impl History {
    /// The history of a person, the same every time.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when they would have to train more often than there are days.
    pub fn of(person: &Person) -> Result<Self, Invalid> {
        let mut chance = Chance::of(person.seed, person.number);
        let days = training_days(&mut chance, person.after, person.until, person.sessions)?;
        let mut lifter = Lifter::new(&mut chance);
        let mut habits = Habits::new(&mut chance);
        let counts = set_counts(&mut chance, days.len());
        let train = |(day, sets)| train(&mut chance, &mut lifter, &mut habits, day, sets);
        Ok(Self { sessions: days.into_iter().zip(counts).map(train).collect::<Result<_, _>>()? })
    }

    /// The same as what was in a file of Spotter's own, ready to be imported.
    #[must_use]
    pub fn to_export(&self) -> ParsedExport {
        let mut names: Vec<String> = Vec::new();
        let mut line = 0;
        let sessions = self.sessions.iter().map(|session| {
            line += 1;
            let blocks = session.blocks.iter().map(|block| ParsedBlock {
                line,
                name: number_of(&mut names, block.exercise),
                superset: block.superset,
                notes: block.notes.clone(),
                sets: block.sets.clone(),
            });
            ParsedSession {
                line,
                title: Some(session.title.clone()),
                started: WrittenTime::Local(session.started),
                ended: Some(Ended::After(Duration::from_mins(session.minutes.into()))),
                notes: session.notes.clone(),
                template: None,
                blocks: blocks.collect(),
            }
        });
        let sessions = sessions.collect();
        ParsedExport { format: ExportFormat::Spotter, names, sessions, problems: ImportProblems::default() }
    }
}

fn number_of(names: &mut Vec<String>, name: &str) -> u32 {
    let known = names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    });
    u32::try_from(known).unwrap_or(u32::MAX)
}

/// How many sets each workout session has: whatever one has more than the average, another has less.
fn set_counts(chance: &mut Chance, sessions: usize) -> Vec<usize> {
    let mut counts = vec![SETS_A_SESSION; sessions];
    for pair in counts.chunks_exact_mut(2) {
        let more = usize::try_from(chance.between(0, SPREAD)).unwrap_or_default();
        pair[0] += more;
        pair[1] -= more;
    }
    chance.shuffle(&mut counts);
    counts
}
