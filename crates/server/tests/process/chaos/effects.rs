//! What was answered against what is there: nothing acknowledged is lost, nothing is there that nobody asked for.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};
use uuid::Uuid;

use super::evidence::{Deed, Wish};
use super::replay::{Cause, Story};
use crate::audit::books::{Books, Entry};
use crate::support::club::{number, text};

/// Where the effect of a request stands in the order of its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Effect {
    /// The state that it led to.
    pub(crate) place: usize,
    /// Whether this very request did it; a cancellation may find it done by another one (rule R7).
    pub(crate) own: bool,
}

/// The effects of requests, by their steps.
#[derive(Clone, Debug, Default)]
pub(crate) struct Effects(HashMap<usize, Effect>);

impl Effects {
    pub(crate) fn of(&self, deed: &Deed) -> Option<Effect> {
        self.0.get(&deed.step).copied()
    }

    /// Compares everything, and finds what each request of one event has done.
    pub(crate) fn trace(books: &Books, story: &Story, deeds: &[&Deed]) -> Self {
        let mut tracing = Tracing::new(books, story);
        // What was acknowledged first: what is left is to be explained by what nobody learned the fate of.
        for deed in deeds {
            tracing.acknowledged(deed);
        }
        for deed in deeds.iter().filter(|deed| deed.is_unknown()) {
            tracing.unknown(deed);
        }
        tracing.cancellations(deeds);
        assert!(tracing.entries.is_empty(), "nobody asked for {:#?}", tracing.entries);
        assert!(tracing.edits.is_empty(), "nobody asked for these edits: {:?}", tracing.edits);
        tracing.effects
    }
}

struct Tracing<'a> {
    books: &'a Books,
    story: &'a Story,
    places: HashMap<Cause, usize>,
    /// Registrations that no request is known to have made, by their numbers.
    entries: BTreeMap<i64, &'a Entry>,
    /// Edits that no request is known to have made.
    edits: BTreeSet<i32>,
    effects: Effects,
}

impl<'a> Tracing<'a> {
    fn new(books: &'a Books, story: &'a Story) -> Self {
        Self {
            books,
            story,
            places: story.places(),
            entries: books.entries.iter().map(|entry| (entry.number, entry)).collect(),
            edits: story.edits.keys().copied().collect(),
            effects: Effects::default(),
        }
    }

    fn note(&mut self, deed: &Deed, cause: Cause, own: bool) {
        let Some(place) = self.places.get(&cause) else { panic!("{cause:?} is in no log: {deed:#?}") };
        self.effects.0.insert(deed.step, Effect { place: *place, own });
    }

    fn entry(&self, deed: &Deed, id: Uuid) -> &'a Entry {
        let found = self.books.entries.iter().find(|entry| entry.id == id);
        found.unwrap_or_else(|| panic!("what was acknowledged is lost: {deed:#?}"))
    }

    fn acknowledged(&mut self, deed: &Deed) {
        let Some(body) = deed.acknowledged() else { return };
        match deed.wish {
            Wish::Register { party } => {
                let entry = self.entry(deed, text(body, "id").parse().unwrap());
                assert_eq!(entry.account, deed.account, "{deed:#?}");
                assert_eq!(entry.party, i32::from(party), "{deed:#?}");
                is_told(deed, body, entry);
                let status = &body["decisions"].as_array().unwrap().last().unwrap()["outcome"];
                let status = if status == "promoted" { &json!("confirmed") } else { status };
                assert!(&body["status"] == status || status == "passed_over", "{deed:#?}");
                let new = self.entries.remove(&entry.number).is_some();
                assert!(new, "two requests made one registration: {deed:#?}");
                self.note(deed, Cause::Arrival(entry.number), true);
            }
            Wish::Cancel { registration } => {
                let entry = self.entry(deed, registration);
                assert_eq!(entry.status, "cancelled", "an acknowledged cancellation is lost: {deed:#?}");
                assert_eq!(body["status"], "cancelled", "{deed:#?}");
                assert_eq!(body["decisions"].as_array().map(Vec::len), Some(entry.log.len()), "{deed:#?}");
                is_told(deed, body, entry);
            }
            Wish::Resize { capacity } => {
                let version = i32::try_from(number(body, "version")).unwrap();
                let new = self.edits.remove(&version);
                assert!(new, "an acknowledged edit is lost, or was acknowledged twice: {deed:#?}");
                let edit = self.story.edits[&version];
                assert_eq!(number(body, "capacity"), i64::from(capacity), "{deed:#?}");
                for (field, kept) in [
                    ("capacity", edit.capacity),
                    ("confirmed", edit.confirmed),
                    ("waitlisted", edit.waitlisted),
                ] {
                    assert_eq!(number(body, field), i64::from(kept), "{field}: {deed:#?}");
                }
                self.note(deed, Cause::Edit(version), true);
            }
        }
    }

    /// Takes what is left for what somebody sent without learning its fate, if it is the same. Of several that are the
    /// same the one that was sent first takes the first: where that can't be, nothing else can.
    fn unknown(&mut self, deed: &Deed) {
        match deed.wish {
            Wish::Register { party } => {
                let theirs =
                    |entry: &&&Entry| entry.account == deed.account && entry.party == i32::from(party);
                let found = self.entries.values().find(theirs).map(|entry| entry.number);
                if let Some(number) = found {
                    self.entries.remove(&number);
                    self.note(deed, Cause::Arrival(number), true);
                }
            }
            Wish::Resize { capacity } => {
                let capacity = i32::try_from(capacity).unwrap();
                let same = |version: &&i32| self.story.edits[*version].capacity == capacity;
                if let Some(version) = self.edits.iter().find(same).copied() {
                    self.edits.remove(&version);
                    self.note(deed, Cause::Edit(version), true);
                }
            }
            Wish::Cancel { .. } => {}
        }
    }

    /// Finds for each registration that was given up who asked for that.
    fn cancellations(&mut self, deeds: &[&Deed]) {
        for entry in self.books.of_status("cancelled") {
            let theirs = |deed: &&&Deed| deed.wish == Wish::Cancel { registration: entry.id };
            let asked: Vec<_> = deeds.iter().filter(theirs).collect();
            assert!(!asked.is_empty(), "nobody cancelled {entry:#?}");
            for deed in &asked {
                self.note(deed, Cause::Cancellation(entry.number), asked.len() == 1);
            }
        }
    }
}

/// What somebody was told of a registration is there, and the log goes on from there.
fn is_told(deed: &Deed, body: &Value, entry: &Entry) {
    assert_eq!(number(body, "queue_number"), entry.number, "{deed:#?}");
    assert_eq!(number(body, "party_size"), i64::from(entry.party), "{deed:#?}");
    assert_eq!(text(body, "user_id"), entry.account.to_string(), "{deed:#?}");
    let told = body["decisions"].as_array().unwrap();
    assert!(!told.is_empty() && told.len() <= entry.log.len(), "{entry:#?} is not what {deed:#?} was told");
    for (told, line) in told.iter().zip(&entry.log) {
        let mut reason = json!({"code": told["reason"]});
        for (field, shown) in [
            ("free", "free_seats"),
            ("capacity", "capacity"),
            ("passed_by", "passed_by"),
            ("pass", "pass"),
            ("limit", "pass_limit"),
        ] {
            if let Some(value) = told.get(shown) {
                reason[field] = value.clone();
            }
        }
        if told["reason"] == "cancelled_by_person" {
            reason = json!({"code": "given_up", "by": "person"});
        }
        assert_eq!((&told["outcome"], &reason), (&json!(line.outcome), &line.reason), "{entry:#?} {deed:#?}");
    }
}
