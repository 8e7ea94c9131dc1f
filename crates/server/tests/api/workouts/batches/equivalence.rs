//! What is logged at once leaves what it would leave one after the other, and is told the same

use std::collections::BTreeMap;

use proptest::prelude::{Strategy, any, prop};
use proptest::sample::select;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use spotter_application::progress::Remedy;
use spotter_application::workout::{DraftBlock, ExerciseRef, LogSession, LoggedSession};
use spotter_application::{Caller, Error, Spotter};
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::{AccountId, TemplateId};
use spotter_domain::page::PageRequest;
use spotter_domain::progress::Period;
use spotter_domain::text::Title;
use spotter_domain::workout::{Distance, Reps, SessionFilter, Set, SetDuration, SetKind, Weight};
use uuid::Uuid;

use super::{account, at_once, context, desk, largest_batch, named, session, template};
use crate::support::TestApp;

/// People who are there. One more says who they are and isn't.
const PEOPLE: usize = 3;

/// Names of the catalogue, then names that lead nowhere until they are used, some of them the same in other words.
const NAMES: [&str; 9] = [
    "Barbell Bench Press",
    "barbell bench press",
    "Pull-Up",
    "Assisted Pull-Up",
    "Plank",
    "Ada's Own Carry",
    "ADA'S own carry",
    "Ada's Own Crawl",
    "!!!",
];

/// What is wrong with an order, if something is.
#[derive(Clone, Copy, Debug)]
enum Flaw {
    None,
    UnknownExercise,
    TooManyExercises,
    TooFarAhead,
}

#[derive(Clone, Copy, Debug)]
enum Plan {
    None,
    Own,
    SomebodyElses,
}

/// Something that somebody logs.
#[derive(Clone, Debug)]
struct Order {
    person: usize,
    hours: i64,
    plan: Plan,
    blocks: Vec<(&'static str, Vec<Set>)>,
    flaw: Flaw,
}

fn sets() -> impl Strategy<Value = Set> {
    let kind = select(vec![SetKind::Normal, SetKind::Normal, SetKind::Warmup, SetKind::Drop]);
    let optional = prop::option::weighted(0.8, -8_i32..12);
    (kind, optional, prop::option::weighted(0.8, 0_i64..16), prop::option::weighted(0.2, 0_i64..90)).prop_map(
        |(kind, tens, reps, far)| Set {
            kind,
            weight: tens.map(|tens| Weight::from_kilograms(f64::from(tens) * 10.0).unwrap()),
            reps: reps.map(|reps| Reps::new(reps).unwrap()),
            distance: far.filter(|far| far % 2 == 0).map(|_| Distance::from_metres(400.0).unwrap()),
            duration: far.map(|far| SetDuration::from_seconds(far).unwrap()),
            rpe: None,
        },
    )
}

fn orders(most: usize) -> impl Strategy<Value = Vec<Order>> {
    // The last name can be none: it is rare.
    let name = (0..80_usize).prop_map(|place| NAMES[(place / 9).min(NAMES.len() - 1)]);
    let blocks = prop::collection::vec((name, prop::collection::vec(sets(), 0..4)), 0..4);
    let plan = select(vec![Plan::None, Plan::None, Plan::None, Plan::Own, Plan::Own, Plan::SomebodyElses]);
    let flaw = (any::<u8>()).prop_map(|byte| match byte {
        0..16 => Flaw::UnknownExercise,
        16..32 => Flaw::TooManyExercises,
        32..48 => Flaw::TooFarAhead,
        _ => Flaw::None,
    });
    // Few days, so that many workout sessions share one.
    let order = (0..PEOPLE * 4 + 1, -72_i64..0, plan, blocks, flaw).prop_map(
        |(person, hours, plan, blocks, flaw)| Order { person: person / 4, hours, plan, blocks, flaw },
    );
    prop::collection::vec(order, 1..most)
}

/// Some people who are all the same to begin with: what is logged of one lot at once is logged of another one
/// after the other.
struct Lot {
    people: Vec<AccountId>,
    templates: Vec<TemplateId>,
}

impl Lot {
    async fn new(app: &TestApp) -> Self {
        let (mut people, mut templates) = (Vec::new(), Vec::new());
        for _ in 0..PEOPLE {
            let person = account(app).await;
            templates.push(template(&app.spotter, person).await);
            people.push(person);
        }
        people.push(app.spotter.ports().ids.next().into());
        templates.push(templates[0]);
        Self { people, templates }
    }

    fn command(&self, order: &Order) -> LogSession {
        let mut blocks: Vec<DraftBlock> = order
            .blocks
            .iter()
            .map(|(name, sets)| DraftBlock {
                exercise: named(name),
                superset: None,
                notes: None,
                sets: sets.clone(),
            })
            .collect();
        let empty = |exercise| DraftBlock { exercise, superset: None, notes: None, sets: Vec::new() };
        match order.flaw {
            Flaw::UnknownExercise => blocks.push(empty(ExerciseRef::Id(Uuid::from_u128(7).into()))),
            // It would make an exercise if it were not refused.
            Flaw::TooManyExercises => blocks.resize(101, empty(named("Nobody's Lift"))),
            Flaw::TooFarAhead | Flaw::None => {}
        }
        let hours = if matches!(order.flaw, Flaw::TooFarAhead) { 72 } else { order.hours };
        let template = match order.plan {
            Plan::None => None,
            Plan::Own => Some(self.templates[order.person]),
            Plan::SomebodyElses => Some(self.templates[(order.person + 1) % PEOPLE]),
        };
        LogSession { title: Title::parse("Session").ok(), template, ..session(hours, blocks) }
    }

    /// What somebody can see of all that, in words that are the same for every lot.
    async fn seen(&self, spotter: &Spotter, answers: &[Result<LoggedSession, Error>]) -> Vec<String> {
        let mut labels = self.labels();
        for (number, answer) in answers.iter().enumerate() {
            let Ok(logged) = answer else { continue };
            labels.insert(logged.session.id.to_string(), format!("session {number}"));
            for block in &logged.session.blocks {
                labels.insert(block.exercise.to_string(), block.exercise_name.clone());
            }
        }
        let mut seen: Vec<String> = answers.iter().map(|answer| format!("{answer:?}")).collect();
        for person in &self.people[..PEOPLE] {
            seen.extend(books(spotter, *person).await);
        }
        seen.extend(self.announced(spotter).await);
        for text in &mut seen {
            for (id, label) in &labels {
                *text = text.replace(id.as_str(), label);
            }
        }
        seen
    }

    fn labels(&self) -> BTreeMap<String, String> {
        let people = self.people.iter().map(AccountId::to_string).zip((0..).map(|at| format!("person {at}")));
        let plans = self.templates[..PEOPLE].iter().map(TemplateId::to_string);
        people.chain(plans.zip((0..).map(|at| format!("template {at}")))).collect()
    }

    async fn announced(&self, spotter: &Spotter) -> Vec<String> {
        let ports = spotter.ports();
        let mut unit = ports.store.begin().await.unwrap();
        let pending = unit.outbox().pending(ports.clock.now(), u16::MAX).await.unwrap();
        let about = |event: &DomainEvent| match event {
            DomainEvent::WorkoutSessionLogged { account, .. } | DomainEvent::RecordBroken { account, .. } => {
                self.people.contains(account)
            }
            _ => false,
        };
        let events = pending.iter().map(|message| &message.event).filter(|event| about(event));
        events.map(|event| format!("{event:?}")).collect()
    }
}

/// Everything that is kept of a person's workouts, checked against what follows from their workout sessions.
async fn books(spotter: &Spotter, person: AccountId) -> Vec<String> {
    let caller = Caller::Account(person);
    let verified = spotter.verify_progress(person, Remedy::Report).await.unwrap();
    assert_eq!(verified.differences, 0, "{:#?}", verified.told);
    let page = PageRequest::default();
    let sessions = spotter.workout_sessions(caller, None, SessionFilter::default(), page).await.unwrap();
    let days = spotter.summaries(caller, Period::Day, None, None, PageRequest::default()).await.unwrap();
    let records = spotter.records(caller, None, PageRequest::default()).await.unwrap();
    let mut seen = vec![
        format!("{:?}", sessions.items),
        format!("{:?}", days.items),
        format!("{:?}", spotter.dashboard(caller, 30).await.unwrap()),
    ];
    let own = spotter.ports().exercises.personal(person).await.unwrap();
    seen.extend(own.exercises.iter().map(|exercise| exercise.name.as_str().to_owned()));
    seen.extend(records.items.iter().map(|record| format!("{record:?}")));
    seen
}

async fn compare(app: &TestApp, orders: &[Order]) -> Result<(), TestCaseError> {
    let (together, apart) = (Lot::new(app).await, Lot::new(app).await);
    let commands = |lot: &Lot| -> Vec<_> {
        orders.iter().map(|order| (context(lot.people[order.person]), lot.command(order))).collect()
    };
    let batch = desk(app, 64);
    let at_once = at_once(&batch, commands(&together)).await;
    assert_eq!(largest_batch(&batch), orders.len() as u64, "they did not meet");
    let (alone, mut in_turn) = (desk(app, 1), Vec::new());
    for (context, command) in commands(&apart) {
        in_turn.push(alone.log_session(&context, command).await);
    }
    let (one, other) = (together.seen(&batch, &at_once).await, apart.seen(&alone, &in_turn).await);
    proptest::prop_assert_eq!(one, other);
    Ok(())
}

fn check(cases: u32, most: usize, app: impl AsyncFn() -> TestApp) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let app = runtime.block_on(app());
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let checked =
        TestRunner::new(config).run(&orders(most), |orders| runtime.block_on(compare(&app, &orders)));
    runtime.block_on(async { drop(app) });
    checked.unwrap();
}

#[test]
fn what_is_logged_at_once_leaves_what_it_leaves_one_after_the_other() {
    // A new memory now and then: the one outbox grows with every case.
    for _ in 0..6 {
        check(50, 16, TestApp::memory);
    }
}

#[test]
fn what_is_logged_at_once_leaves_what_it_leaves_one_after_the_other_on_sqlite() {
    check(8, 12, TestApp::sqlite);
}

#[test]
fn what_is_logged_at_once_leaves_what_it_leaves_one_after_the_other_on_postgres() {
    check(8, 12, TestApp::postgres);
}
