//! What was acknowledged against what is there: nothing is lost, nothing is invented.

use std::collections::HashMap;

use uuid::Uuid;

use super::books::{Books, Entry};
use crate::storm::journal::{Claim, Fate, History};
use crate::support::club::{number, text};

/// Every acknowledged claim and cancellation is there, once; and of each person there is nothing else but
/// what they sent without learning its fate.
pub(crate) fn are_kept(books: &Books, histories: &[History]) {
    let mut of_account: HashMap<Uuid, Vec<&Entry>> = HashMap::new();
    for entry in &books.entries {
        of_account.entry(entry.account).or_default().push(entry);
    }
    let mut counts = Counts::default();
    for history in histories {
        let mut entries = of_account.remove(&history.person.id).unwrap_or_default();
        for claim in &history.claims {
            let Some(acknowledged) = claim.acknowledged() else { continue };
            let id: Uuid = text(acknowledged, "id").parse().unwrap();
            let found = entries.iter().position(|entry| entry.id == id);
            let Some(found) = found else { panic!("an acknowledged registration is lost: {claim:?}") };
            is_explained(claim, entries.swap_remove(found));
            counts.note(claim);
        }
        // What is left was sent by somebody who went away, or is nobody's.
        assert!(entries.len() <= history.unknown(), "nobody asked for {entries:?}: {history:?}");
        counts.unknown += history.unknown();
        counts.unknown_done += entries.len();
    }
    assert!(of_account.is_empty(), "nobody asked for {of_account:?}");
    println!("{counts:?}");
}

#[derive(Debug, Default)]
struct Counts {
    acknowledged: usize,
    cancelled: usize,
    unknown: usize,
    unknown_done: usize,
}

impl Counts {
    fn note(&mut self, claim: &Claim) {
        self.acknowledged += 1;
        self.cancelled += usize::from(matches!(claim.cancelled, Some(Fate::Done(_))));
    }
}

/// Whether where a registration stands follows from what its sender was told.
fn is_explained(claim: &Claim, entry: &Entry) {
    let acknowledged = claim.acknowledged().unwrap();
    assert_eq!(i32::from(claim.party), entry.party, "{claim:?}");
    assert_eq!(number(acknowledged, "party_size"), i64::from(entry.party));
    let first = text(acknowledged, "status");
    assert_eq!(entry.log[0].outcome, first, "it was acknowledged otherwise: {entry:?}");
    let cancelled = entry.status == "cancelled";
    match &claim.cancelled {
        Some(Fate::Done(_)) => assert!(cancelled, "an acknowledged cancellation is lost: {entry:?}"),
        Some(Fate::Unknown) => {}
        Some(Fate::Refused(code)) => panic!("a cancellation was refused: {code}"),
        None => assert!(!cancelled, "nobody cancelled it: {entry:?}"),
    }
    if !cancelled {
        let wanted = if first == "confirmed" || entry.has("promoted") { "confirmed" } else { "waitlisted" };
        assert_eq!(entry.status, wanted, "{entry:?}");
    }
}
