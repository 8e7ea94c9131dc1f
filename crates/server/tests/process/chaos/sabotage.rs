//! The audit itself: whatever is lost, invented or out of order has to be noticed, or what it finds right may not be.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::{Value, json};
use spotter_testkit::database::TestDatabase;
use uuid::Uuid;

use super::evidence::{Deed, Evidence, Wish};
use super::follow;
use super::plan::{Plan, Waitlist};
use super::stage::Stage;
use super::turns::{Decided, Turn};
use super::verdict::{Remains, check};
use crate::audit::books::{Entry, Line};
use crate::storm::journal::Fate;

/// The seed of a plan in which everything comes about that is damaged here.
const SEED: u64 = 3;

/// Nobody's name.
const NOBODY: Uuid = Uuid::from_u128(1);

/// What is audited.
#[derive(Clone)]
struct Case {
    plan: Plan,
    remains: Remains,
    evidence: Evidence,
}

impl Case {
    /// The first request of which that is true.
    fn deed(&mut self, wanted: impl Fn(&Deed) -> bool) -> &mut Deed {
        self.evidence.deeds.iter_mut().find(|deed| wanted(deed)).unwrap()
    }

    /// The body of the first answer to a request of which that is true.
    fn answer(&mut self, wanted: fn(&Deed) -> bool) -> &mut Value {
        match &mut self.deed(|deed| deed.acknowledged().is_some() && wanted(deed)).fate {
            Fate::Done(body) => body,
            other => panic!("{other:?}"),
        }
    }

    /// Has nobody remember the first answered request of which that is true, nor any that wished for the same.
    fn forget(&mut self, wanted: fn(&Deed) -> bool) {
        let wish = self.deed(|deed| deed.acknowledged().is_some() && wanted(deed)).clone();
        let same =
            |deed: &Deed| (deed.account, deed.event, deed.wish) == (wish.account, wish.event, wish.wish);
        self.evidence.deeds.retain(|deed| !same(deed));
    }

    /// The first turn with a line of that outcome, the line, and the same line of the log.
    fn line(&mut self, outcome: &str) -> (&mut Decided, &mut Line) {
        let with_it =
            |turns: &Vec<Turn>| turns.iter().flat_map(|turn| &turn.lines).any(|line| line.outcome == outcome);
        let (books, turns) = self.remains.events.iter_mut().find(|(_, turns)| with_it(turns)).unwrap();
        let lines = turns.iter_mut().flat_map(|turn| &mut turn.lines);
        let decided = lines.into_iter().find(|line| line.outcome == outcome).unwrap();
        let entry: &mut Entry =
            books.entries.iter_mut().find(|entry| entry.number == decided.number).unwrap();
        let line = entry.log.iter_mut().find(|line| line.outcome == outcome).unwrap();
        (decided, line)
    }

    fn turns(&mut self) -> &mut Vec<Turn> {
        &mut self.remains.events[0].1
    }
}

fn registers(deed: &Deed) -> bool {
    matches!(deed.wish, Wish::Register { .. })
}

fn cancels(deed: &Deed) -> bool {
    matches!(deed.wish, Wish::Cancel { .. })
}

fn resizes(deed: &Deed) -> bool {
    matches!(deed.wish, Wish::Resize { .. })
}

/// A way to damage what is audited.
type Damage = (&'static str, fn(&mut Case));

const OF_ANSWERS: [Damage; 15] = [
    ("an acknowledged registration is lost", |case| case.answer(registers)["id"] = json!(NOBODY)),
    ("somebody was told another number", |case| {
        let number = &mut case.answer(registers)["queue_number"];
        *number = json!(number.as_i64().unwrap() + 1);
    }),
    ("somebody was told another party", |case| {
        let party = &mut case.answer(registers)["party_size"];
        *party = json!(party.as_i64().unwrap() + 1);
    }),
    ("somebody asked for another party", |case| {
        case.deed(|deed| registers(deed) && deed.acknowledged().is_some()).wish = Wish::Register { party: 9 };
    }),
    ("somebody was told another reason", |case| {
        case.answer(registers)["decisions"][0]["free_seats"] = json!(77);
    }),
    ("somebody was told another status", |case| case.answer(registers)["status"] = json!("attended")),
    ("a registration is another person's", |case| {
        case.deed(|deed| registers(deed) && deed.acknowledged().is_some()).account = NOBODY;
    }),
    ("two requests made one registration", |case| {
        let mut deed = case.deed(|deed| registers(deed) && deed.acknowledged().is_some()).clone();
        deed.step = 1_000;
        case.evidence.deeds.push(deed);
    }),
    ("nobody asked for a registration", |case| case.forget(registers)),
    ("nobody asked for a cancellation", |case| case.forget(cancels)),
    ("nobody asked for an edit", |case| case.forget(resizes)),
    ("an acknowledged cancellation is lost", |case| {
        let (books, _) = &case.remains.events[0];
        let standing = books.of_status("confirmed").next().unwrap().id;
        let deed = case.deed(|deed| cancels(deed) && deed.event == 0 && deed.acknowledged().is_some());
        deed.wish = Wish::Cancel { registration: standing };
    }),
    ("an acknowledged edit is lost", |case| case.answer(resizes)["version"] = json!(1_000)),
    ("somebody was told that there are more seats taken", |case| {
        let confirmed = &mut case.answer(resizes)["confirmed"];
        *confirmed = json!(confirmed.as_i64().unwrap() + 1);
    }),
    ("what somebody has seen is not there", |case| case.evidence.sightings.push(NOBODY)),
];

const OF_KEYS_AND_ORDER: [Damage; 6] = [
    ("no answer is kept under a key", |case| {
        let deed = case.deed(|deed| deed.key.is_some()).clone();
        case.remains.keys.remove(&(deed.account, deed.key.unwrap())).unwrap();
    }),
    ("two answers are kept under a key", |case| {
        let deed = case.deed(|deed| deed.key.is_some()).clone();
        *case.remains.keys.get_mut(&(deed.account, deed.key.unwrap())).unwrap() += 1;
    }),
    ("who was answered first is behind", |case| {
        let number = |deed: &Deed, wanted| {
            let told = deed.acknowledged().map(|body| body["queue_number"].as_i64().unwrap_or_default());
            registers(deed) && deed.event == 0 && told == Some(wanted)
        };
        let later = case.deed(|deed| number(deed, 9)).settled;
        let first = case.deed(|deed| number(deed, 1));
        (first.sent, first.settled) = (later + 1_000, later + 1_001);
    }),
    ("somebody was refused who was not registered", |case| {
        let refused = Fate::Refused(String::from("already_registered"));
        case.deed(|deed| deed.fate == refused).account = NOBODY;
    }),
    ("somebody was refused for another reason", |case| {
        let refused = Fate::Refused(String::from("capacity_below_confirmed"));
        case.deed(|deed| deed.fate == refused).fate = Fate::Refused(String::from("event_cancelled"));
    }),
    ("an edit was refused that was possible", |case| {
        let refused = Fate::Refused(String::from("capacity_below_confirmed"));
        case.deed(|deed| deed.fate == refused).wish = Wish::Resize { capacity: 900 };
    }),
];

const OF_DECISIONS: [Damage; 13] = [
    ("an event counts a seat less than there is", |case| case.remains.events[0].0.confirmed -= 1),
    ("somebody is there twice", |case| {
        let entries = &mut case.remains.events[0].0.entries;
        let mut active = entries.iter_mut().filter(|entry| entry.status != "cancelled");
        active.next().unwrap().account = active.next().unwrap().account;
    }),
    ("two turns were the other way round", |case| case.turns().swap(3, 4)),
    ("a turn is missing", |case| drop(case.turns().remove(5))),
    ("somebody was promoted with other seats", |case| {
        let (decided, line) = case.line("promoted");
        decided.reason["free"] = json!(50);
        line.reason["free"] = json!(50);
    }),
    ("somebody waits who should not", |case| {
        let (decided, line) = case.line("confirmed");
        "waitlisted".clone_into(&mut decided.outcome);
        "waitlisted".clone_into(&mut line.outcome);
    }),
    ("a pass was counted twice", |case| {
        let (decided, line) = case.line("passed_over");
        decided.reason["pass"] = json!(2);
        line.reason["pass"] = json!(2);
    }),
    ("a line was written afterwards", |case| {
        let turn = case.turns().iter_mut().rev().find(|turn| !turn.lines.is_empty()).unwrap();
        turn.lines.pop();
    }),
    ("a line was changed afterwards", |case| case.line("confirmed").1.reason["free"] = json!(50)),
    ("more seats were confirmed than there were, for a moment", |case| {
        let with_seats = |turn: &&mut Turn| turn.roster.is_some_and(|roster| roster.confirmed > 1);
        let roster = case.turns().iter_mut().find(with_seats).unwrap().roster.as_mut().unwrap();
        roster.capacity = roster.confirmed - 1;
    }),
    ("an event counted wrongly for a moment", |case| {
        let roster = case.turns()[6].roster.as_mut().unwrap();
        roster.waitlisted += 1;
    }),
    ("nobody may wait there", |case| {
        for event in &mut case.plan.events {
            event.waitlist = Waitlist::Closed;
        }
    }),
    ("passes are limited otherwise", |case| case.plan.pass_limit += 1),
];

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_lost_invented_or_out_of_order_is_noticed() {
    let database = TestDatabase::postgres_empty().await;
    let mut stage = Stage::on(database.url()).await;
    let plan = Plan::of(SEED).undisturbed();
    let (classes, evidence) = follow(&mut stage, &plan).await;
    let remains = Remains::read(database.url(), &classes).await;
    check(&plan, &remains, &evidence);
    let case = Case { plan, remains, evidence };
    for (damage, inflict) in OF_ANSWERS.into_iter().chain(OF_KEYS_AND_ORDER).chain(OF_DECISIONS) {
        let mut damaged = case.clone();
        inflict(&mut damaged);
        let checking = AssertUnwindSafe(|| check(&damaged.plan, &damaged.remains, &damaged.evidence));
        assert!(catch_unwind(checking).is_err(), "it was not noticed that {damage}");
    }
    stage.fleet.stop().await;
}
