//! The audit of what a plan has left behind.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::client::ask;
use super::effects::Effects;
use super::evidence::Evidence;
use super::order;
use super::plan::Plan;
use super::replay::replay;
use super::stage::Stage;
use super::turns::{self, Turn};
use crate::audit::books::Books;
use crate::audit::{announcements, counters, interface, order as logs};
use crate::storm::journal::Fate;
use crate::support::{Api, Class, rows};

/// Of how many requests with a key one is sent once more.
const REPEATED: usize = 10;

/// All that the database has of a plan.
#[derive(Clone, Debug)]
pub(crate) struct Remains {
    pub(crate) events: Vec<(Books, Vec<Turn>)>,
    /// How often an answer is kept under each key of a person.
    pub(crate) keys: HashMap<(Uuid, String), usize>,
}

impl Remains {
    pub(crate) async fn read(database_url: &str, classes: &[Class]) -> Self {
        let database = rows::connect(database_url).await;
        let mut events = Vec::new();
        for class in classes {
            events.push((
                Books::of(&database, class.id.parse().unwrap()).await,
                turns::of(&database, &class.id).await,
            ));
        }
        let mut keys = HashMap::new();
        for row in rows::all(&database, "SELECT account_id, idempotency_key FROM idempotency_keys").await {
            *keys.entry((rows::get(&row, "account_id"), rows::get(&row, "idempotency_key"))).or_default() +=
                1;
        }
        database.close().await.unwrap();
        Self { events, keys }
    }
}

/// Audits everything: the database against itself, the rules and what the clients were told, and then what the nodes
/// say now.
pub(crate) async fn judge(stage: &Stage, plan: &Plan, classes: &[Class], evidence: &Evidence) {
    let remains = Remains::read(&stage.fleet.database_url, classes).await;
    check(plan, &remains, evidence);
    let addresses = stage.fleet.addresses();
    for ((books, _), class) in remains.events.iter().zip(classes) {
        interface::shows_the_books(books, &stage.fleet, class).await;
    }
    for deed in evidence.deeds.iter().filter(|deed| deed.key.is_some()).step_by(REPEATED) {
        for node in 0..addresses.count() {
            let again = ask(&Api::new(), &addresses, node, &deed.call).await;
            match &deed.fate {
                Fate::Done(body) => assert_eq!(&again.body, body, "rule R10: {deed:#?}"),
                Fate::Refused(code) => assert_eq!(again.code(), code, "rule R10: {deed:#?}"),
                Fate::Unknown => panic!("it has a key and was given up: {deed:#?}"),
            }
        }
    }
}

/// Audits what the database has.
pub(crate) fn check(plan: &Plan, remains: &Remains, evidence: &Evidence) {
    for (event, ((books, turns), of)) in remains.events.iter().zip(&plan.events).enumerate() {
        counters::agree(books);
        logs::log_is_a_story(books);
        logs::nobody_is_overtaken_unseen(books);
        logs::nobody_waits_for_a_free_seat(books);
        announcements::equal_decisions(books);
        is_in_the_turns(books, turns);
        let story = replay(plan, of, turns);
        let deeds: Vec<_> = evidence.of(event).collect();
        let effects = Effects::trace(books, &story, &deeds);
        order::is_that_of_the_answers(&deeds, &effects);
        order::refusals_are_right(&deeds, &effects, &story);
    }
    let there: HashSet<Uuid> =
        remains.events.iter().flat_map(|(books, _)| &books.entries).map(|entry| entry.id).collect();
    for seen in &evidence.sightings {
        assert!(there.contains(seen), "somebody was shown {seen}, which is not there");
    }
    for deed in &evidence.deeds {
        let Some(key) = &deed.key else { continue };
        let kept = remains.keys.get(&(deed.account, key.clone())).copied();
        assert_eq!(kept, Some(1), "so many answers are kept for {deed:#?}");
    }
}

/// The logs have the lines that were written down when they were decided, and no others.
fn is_in_the_turns(books: &Books, turns: &[Turn]) {
    let lines = turns.iter().flat_map(|turn| &turn.lines);
    let mut decided: HashMap<i64, Vec<(&str, &serde_json::Value)>> = HashMap::new();
    for line in lines {
        decided.entry(line.number).or_default().push((&line.outcome, &line.reason));
    }
    for entry in &books.entries {
        let log: Vec<_> = entry.log.iter().map(|line| (line.outcome.as_str(), &line.reason)).collect();
        assert_eq!(decided.remove(&entry.number), Some(log), "{entry:#?}");
    }
    assert!(decided.is_empty(), "lines of no registration: {decided:#?}");
}
