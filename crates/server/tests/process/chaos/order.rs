//! Whoever was answered before somebody else asked comes first, also between nodes; and who was refused was refused
//! by the rules.

use super::effects::Effects;
use super::evidence::{Deed, Wish};
use super::model::Model;
use super::replay::Story;
use crate::storm::journal::Fate;

/// What was answered before something else was sent stands before it in the database's order.
pub(crate) fn is_that_of_the_answers(deeds: &[&Deed], effects: &Effects) {
    let with_place = |deed: &&Deed| effects.of(deed).map(|effect| (effect, deed.step));
    let mut sent: Vec<_> = deeds.iter().filter_map(|deed| Some((deed.sent, with_place(deed)?))).collect();
    let mut settled: Vec<_> =
        deeds.iter().filter_map(|deed| Some((deed.until(), with_place(deed)?))).collect();
    // What was done by another request of the same kind may have been done before this one was sent.
    sent.retain(|(_, (effect, _))| effect.own);
    sent.sort_unstable_by_key(|(moment, _)| *moment);
    settled.sort_unstable_by_key(|(moment, _)| *moment);
    let (mut settled, mut latest) = (settled.into_iter().peekable(), (0, 0));
    for (moment, (effect, step)) in sent {
        while let Some((_, (earlier, by))) = settled.next_if(|(until, _)| *until < moment) {
            latest = latest.max((earlier.place, by));
        }
        let (place, by) = latest;
        assert!(
            place < effect.place,
            "step {by} was answered before step {step} was sent, and done after it"
        );
    }
}

/// At some moment between a request and its refusal the rules said that.
pub(crate) fn refusals_are_right(deeds: &[&Deed], effects: &Effects, story: &Story) {
    for deed in deeds {
        let Fate::Refused(code) = &deed.fate else { continue };
        let before = deeds.iter().filter(|other| other.until() < deed.sent);
        let first = before.filter_map(|other| effects.of(other)).map(|effect| effect.place).max();
        let after = deeds.iter().filter(|other| other.sent > deed.settled);
        let after = after.filter_map(|other| effects.of(other)).filter(|effect| effect.own);
        let last = after.map(|effect| effect.place - 1).min();
        let (first, last) = (first.unwrap_or(0), last.unwrap_or(story.states.len() - 1));
        let states = story.states.get(first..=last).unwrap_or_default();
        assert!(
            states.iter().any(|state| verdict(deed, state) == Err(code)),
            "the rules refused it at no moment between state {first} and {last}: {deed:#?}"
        );
    }
}

/// What the rules say to a request in that state.
fn verdict(deed: &Deed, state: &Model) -> Result<(), &'static str> {
    let mut state = state.clone();
    match deed.wish {
        Wish::Register { party } => state.register(deed.account, party.into()).map(drop),
        Wish::Resize { capacity } => state.resize(i32::try_from(capacity).unwrap()).map(drop),
        Wish::Cancel { .. } => Ok(()),
    }
}
