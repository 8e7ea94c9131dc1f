//! The rules of registration under random histories, held against a plain model of what they say.

#![expect(clippy::unwrap_used, reason = "a test whose values can't be made has failed")]

mod history;
mod model;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use spotter_domain::registration::{Reason, RegistrationStatus};
use spotter_domain::waitlist::Window;

use history::{Begin, History, Step, histories};
use model::{Model, State};
use world::{Answer, World};

/// One step, and what was true before and after it.
struct Moment<'a> {
    step: &'a Step,
    before: &'a World,
    answer: Answer,
    after: &'a World,
}

/// Lives a history through in the domain and shows every moment of it.
fn live(
    history: &History,
    mut check: impl FnMut(Moment<'_>) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    let mut world = World::new(&history.begin);
    for step in &history.steps {
        let before = world.clone();
        let answer = world.take(step);
        check(Moment { step, before: &before, answer, after: &world })?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_domain_decides_as_the_model_does(history in histories()) {
        let Begin { capacity, policy, limit } = history.begin;
        let mut model = Model::new(capacity, policy, limit);
        live(&history, |moment| {
            let answer = model.take(moment.step);
            prop_assert_eq!(&moment.answer, &answer, "at {:?}", moment.step);
            prop_assert_eq!(moment.after.claims(), &model.claims[..], "after {:?}", moment.step);
            let roster = moment.after.event.roster;
            prop_assert_eq!(roster.confirmed(), model.seats(State::Seated));
            prop_assert_eq!(roster.waitlisted(), model.seats(State::Waiting));
            prop_assert_eq!(roster.waiting_parties(), model.parties(State::Waiting));
            prop_assert_eq!(roster.next_number().get(), model.claims.len() as u64 + 1);
            Ok(())
        })?;
    }

    #[test]
    fn r1_confirmed_seats_never_exceed_the_capacity(history in histories()) {
        live(&history, |moment| {
            let seated = moment.after.seats(RegistrationStatus::Confirmed);
            let roster = moment.after.event.roster;
            prop_assert!(seated <= roster.capacity().seats(), "{seated} seats of {}", roster.capacity().seats());
            prop_assert_eq!(roster.confirmed(), seated);
            prop_assert_eq!(roster.waitlisted(), moment.after.seats(RegistrationStatus::Waitlisted));
            Ok(())
        })?;
    }

    #[test]
    fn r2_a_person_has_at_most_one_active_registration(history in histories()) {
        live(&history, |moment| {
            let mut active = BTreeSet::new();
            for registration in moment.after.registrations.iter().filter(|claim| claim.status.is_active()) {
                prop_assert!(active.insert(registration.account), "two of one person");
            }
            Ok(())
        })?;
    }

    #[test]
    fn r5_numbers_are_given_once_and_grow_with_every_arrival(history in histories()) {
        live(&history, |moment| {
            let numbers: Vec<_> = moment.after.registrations.iter().map(|claim| claim.queue_number.get()).collect();
            prop_assert_eq!(&numbers, &(1..=numbers.len() as u64).collect::<Vec<_>>());
            Ok(())
        })?;
    }

    #[test]
    fn r5_nobody_is_passed_more_often_than_the_club_allows(history in histories()) {
        let mut passes: BTreeMap<u64, u16> = BTreeMap::new();
        live(&history, |moment| {
            let limit = moment.before.limit.get();
            for (number, reason) in &moment.answer.passed {
                let passed = moment.after.numbered(*number);
                match *reason {
                    Reason::PartyDidNotFit { pass, limit: told, passed_by, free } => {
                        let counted = passes.entry(*number).or_default();
                        *counted += 1;
                        prop_assert!(pass <= limit, "pass {pass} of at most {limit}");
                        prop_assert_eq!((pass, told), (*counted, limit));
                        prop_assert!(passed.party_size.seats() > free);
                        prop_assert!(passed_by > passed.queue_number);
                        prop_assert_eq!(moment.after.numbered(passed_by.get()).status, RegistrationStatus::Confirmed);
                    }
                    Reason::PartyLargerThanCapacity { capacity, .. } => {
                        prop_assert!(passed.party_size.seats() > capacity);
                    }
                    ref other => prop_assert!(false, "no reason to be passed: {other:?}"),
                }
            }
            for registration in &moment.after.registrations {
                let counted = passes.get(&registration.queue_number.get()).copied().unwrap_or(0);
                prop_assert_eq!(registration.passes, counted, "a pass without its line in the log");
            }
            Ok(())
        })?;
    }

    #[test]
    fn r5_nobody_is_seated_whom_somebody_before_would_have_kept_waiting(history in histories()) {
        live(&history, |moment| {
            let newly_seated = moment.after.registrations.iter().filter(|claim| {
                claim.status == RegistrationStatus::Confirmed
                    && moment.before.find(claim.id).is_none_or(|earlier| earlier.status == RegistrationStatus::Waitlisted)
            });
            for seated in newly_seated {
                // The seats that were free for this one, and for whoever still waits before it.
                let free = moment.answer.free_before(seated.queue_number.get());
                prop_assert!(free.is_some_and(|free| seated.party_size.seats() <= free));
                let capacity = moment.after.event.roster.capacity().seats();
                let waits_before = |claim: &&spotter_domain::registration::Registration| {
                    claim.status == RegistrationStatus::Waitlisted && claim.queue_number < seated.queue_number
                };
                for waiting in moment.after.registrations.iter().filter(waits_before) {
                    let party = waiting.party_size.seats();
                    prop_assert!(Some(party) > free, "it would have fitted itself");
                    let earlier = moment.before.find(waiting.id).map_or(0, |earlier| earlier.passes);
                    let held = earlier >= moment.before.limit.get() && party <= capacity;
                    prop_assert!(!held, "the seats were held for it");
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn r4_no_seat_stays_free_that_somebody_waiting_would_get(history in histories()) {
        live(&history, |moment| {
            // A new limit of passes is in force from the next decision on, so it settles nothing by itself.
            let settles = matches!(moment.step, Step::Cancel { .. } | Step::Resize { .. } | Step::Reschedule { .. })
                && moment.answer.changed;
            if settles && moment.after.window() == Window::Open {
                let mut model = Model::of(moment.after);
                prop_assert_eq!(model.settle(), (vec![], vec![]), "after {:?}", moment.step);
            }
            Ok(())
        })?;
    }

    #[test]
    fn r6_nobody_is_promoted_from_the_cutoff_on_and_nobody_seated_from_the_start_on(history in histories()) {
        live(&history, |moment| {
            match moment.after.window() {
                Window::Open => {}
                Window::PastCutoff => {
                    prop_assert_eq!(&moment.answer.promoted, &vec![]);
                    let waiting = |world: &World| world.seats(RegistrationStatus::Waitlisted);
                    prop_assert!(waiting(moment.after) <= waiting(moment.before));
                }
                Window::Closed => {
                    prop_assert_eq!(&moment.answer.promoted, &vec![]);
                    prop_assert_eq!(moment.after.registrations.len(), moment.before.registrations.len());
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn r3_a_refusal_changes_nothing(history in histories()) {
        live(&history, |moment| {
            if moment.answer.refusal.is_some() {
                prop_assert_eq!(&moment.after.registrations, &moment.before.registrations);
                prop_assert_eq!(&moment.after.event, &moment.before.event);
            }
            Ok(())
        })?;
    }
}

/// The histories are worth nothing if they never get to the interesting places.
#[test]
fn the_histories_visit_every_kind_of_decision() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen: BTreeMap<&'static str, u32> = BTreeMap::new();
    for _ in 0..1_000 {
        let history = histories().new_tree(&mut runner).unwrap().current();
        live(&history, |moment| {
            for what in moment.answer.kinds() {
                *seen.entry(what).or_default() += 1;
            }
            Ok(())
        })
        .unwrap();
    }
    for what in [
        "seats_available",
        "not_enough_seats",
        "seats_held",
        "seats_freed",
        "party_did_not_fit",
        "party_larger_than_capacity",
        "refused",
    ] {
        assert!(seen.get(what).is_some_and(|times| *times >= 20), "{what}: {seen:?}");
    }
}
