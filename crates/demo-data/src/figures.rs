//! What a history adds up to, computed from its plain values alone: what the program's answers are held against.

use std::collections::BTreeMap;

use jiff::civil::Date;
use spotter_domain::workout::{SetKind, Weight};

use crate::{DemoBlock, DemoSession, History};

/// Sums over some workout sessions. But for `all_sets`, warm-ups count for nothing (rule W3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many workout sessions.
    pub sessions: u64,
    /// How many sets, warm-ups included.
    pub all_sets: u64,
    /// How many working sets.
    pub sets: u64,
    /// How many repetitions.
    pub reps: u64,
    /// Weight times repetitions, in steps of 10 g; assistance adds nothing.
    pub volume: i64,
    /// How many seconds.
    pub seconds: u64,
    /// How far, in centimetres.
    pub distance: u64,
}

impl Figures {
    /// In kilograms.
    #[must_use]
    pub fn volume_kg(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "2^53 steps would take a million lifetimes")]
        let steps = self.volume as f64;
        steps / 100.0
    }

    fn add_block(&mut self, block: &DemoBlock) {
        self.all_sets += block.sets.len() as u64;
        for set in block.sets.iter().filter(|set| set.kind != SetKind::Warmup) {
            let reps = set.reps.map_or(0, |reps| i64::from(reps.get()));
            self.sets += 1;
            self.reps += reps.unsigned_abs();
            self.volume += i64::from(set.weight.map_or(0, Weight::steps).max(0)) * reps;
            self.distance += set.distance.map_or(0, |distance| u64::from(distance.centimetres()));
        }
    }

    fn add_session(&mut self, session: &DemoSession) {
        self.sessions += 1;
        self.seconds += u64::from(session.minutes) * 60;
        for block in &session.blocks {
            self.add_block(block);
        }
    }
}

impl History {
    /// What all of it adds up to.
    #[must_use]
    pub fn figures(&self) -> Figures {
        self.figures_between(Date::MIN, Date::MAX)
    }

    /// What the workout sessions from one day to another, both included, add up to.
    #[must_use]
    pub fn figures_between(&self, from: Date, to: Date) -> Figures {
        let mut figures = Figures::default();
        for session in self.sessions.iter().filter(|session| (from..=to).contains(&session.date())) {
            figures.add_session(session);
        }
        figures
    }

    /// What one exercise adds up to between two days, both included: sets, repetitions, volume and distance.
    #[must_use]
    pub fn exercise_between(&self, name: &str, from: Date, to: Date) -> Figures {
        let mut figures = Figures::default();
        let within = self.sessions.iter().filter(|session| (from..=to).contains(&session.date()));
        for block in within.flat_map(|session| &session.blocks).filter(|block| block.exercise == name) {
            figures.add_block(block);
        }
        figures
    }

    /// The heaviest weight that each exercise was done with at least once, in steps of 10 g. Of exercises with
    /// assistance, the least assistance, which is negative.
    #[must_use]
    pub fn heaviest(&self) -> BTreeMap<&'static str, i32> {
        let mut heaviest = BTreeMap::new();
        for block in self.sessions.iter().flat_map(|session| &session.blocks) {
            let done = block.sets.iter().filter(|set| set.kind != SetKind::Warmup && set.repetitions() > 0);
            for weight in done.filter_map(|set| set.weight).map(Weight::steps).filter(|steps| *steps != 0) {
                let most = heaviest.entry(block.exercise).or_insert(weight);
                *most = weight.max(*most);
            }
        }
        heaviest
    }
}
