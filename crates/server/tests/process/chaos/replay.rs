//! Every decision again, in the database's own order, by the model: each has to be what the rules say.

use std::collections::HashMap;

use super::model::{Line, Model};
use super::plan::{EventPlan, Plan};
use super::turns::{Counters, Turn};

/// The states that an event went through, and what led from one to the next.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    /// The first one is the event as it was made.
    pub(crate) states: Vec<Model>,
    /// By what each state but the first was reached: what stands here first led to the second state.
    pub(crate) causes: Vec<Cause>,
    /// What the event counted after each edit, by its version.
    pub(crate) edits: HashMap<i32, Counters>,
}

/// What led from one state to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Cause {
    /// The claim of that number arrived.
    Arrival(i64),
    /// The claim of that number was given up.
    Cancellation(i64),
    /// The event was edited; this is the version since.
    Edit(i32),
}

impl Story {
    /// In which place a cause stands; the state that it led to has that index.
    pub(crate) fn places(&self) -> HashMap<Cause, usize> {
        self.causes.iter().copied().zip(1..).collect()
    }
}

/// Goes through the turns of an event, and compares each line and each counter with the model's.
pub(crate) fn replay(plan: &Plan, event: &EventPlan, turns: &[Turn]) -> Story {
    let (made, turns) = turns.split_first().unwrap();
    let mut counted = made.roster.unwrap();
    assert_eq!(u32::try_from(counted.capacity), Ok(event.capacity));
    assert!(made.lines.is_empty(), "decided before it was there: {made:?}");
    let mut model = Model::new(counted.capacity, event.waitlist, plan.pass_limit);
    let mut story = Story { states: vec![model.clone()], causes: Vec::new(), edits: HashMap::new() };
    for turn in turns {
        let expected = take(turn, counted, &mut model, &mut story);
        let found = turn.lines.iter().map(|line| Line {
            number: line.number,
            outcome: line.outcome.clone(),
            reason: line.reason.clone(),
        });
        assert_eq!(sorted(found.collect()), sorted(expected), "the rules say otherwise: {turn:#?}");
        let roster = turn.roster.unwrap_or_else(|| panic!("decided without counting: {turn:#?}"));
        assert!(roster.confirmed <= roster.capacity, "rule R1: {turn:#?}");
        let version = roster.version;
        let (capacity, next_number) = (model.capacity, model.next_number());
        let (confirmed, waitlisted) = (model.confirmed(), model.waitlisted());
        let expected = Counters { capacity, confirmed, waitlisted, next_number, version };
        assert_eq!(roster, expected, "counted wrongly: {turn:#?}");
        counted = roster;
        if story.causes.last() == Some(&Cause::Edit(version)) {
            story.edits.insert(version, roster);
        }
    }
    story
}

/// Lets the model do what a transaction did: an edit, or a batch of arrivals and cancellations.
fn take(turn: &Turn, before: Counters, model: &mut Model, story: &mut Story) -> Vec<Line> {
    let mut expected = Vec::new();
    let mut note = |cause, model: &Model, lines| {
        story.causes.push(cause);
        story.states.push(model.clone());
        expected.extend::<Vec<Line>>(lines);
    };
    if let Some(roster) = turn.roster.filter(|roster| roster.version != before.version) {
        assert_eq!(roster.version, before.version + 1, "an edit without a version of its own: {turn:#?}");
        let lines = model.resize(roster.capacity).unwrap_or_else(|code| panic!("{code}: {turn:#?}"));
        note(Cause::Edit(roster.version), model, lines);
    }
    for line in &turn.lines {
        match line.outcome.as_str() {
            "confirmed" | "waitlisted" => {
                assert_eq!(line.number, model.next_number(), "out of order: {turn:#?}");
                let lines = model.register(line.account, line.party);
                let lines = lines.unwrap_or_else(|code| panic!("to be refused with {code}: {turn:#?}"));
                note(Cause::Arrival(line.number), model, lines);
            }
            "cancelled" => {
                let lines = model.cancel(line.number);
                note(Cause::Cancellation(line.number), model, lines);
            }
            // These follow from the others.
            "promoted" | "passed_over" => {}
            other => panic!("nobody asked for {other}: {turn:#?}"),
        }
    }
    expected
}

/// Lines in an order that says nothing: what matters of it is in their reasons.
fn sorted(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by_cached_key(|line| (line.number, line.outcome.clone(), line.reason.to_string()));
    lines
}
