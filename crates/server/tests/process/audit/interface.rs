//! What the interface shows against the books.

use std::collections::HashMap;

use serde_json::Value;

use super::books::Books;
use crate::storm::Aftermath;
use crate::storm::fleet::Fleet;
use crate::storm::journal::Fate;
use crate::support::club::{number, text};
use crate::support::{Call, Class, Node};

/// Every node shows the event, its registrations and its queue as they are.
pub(crate) async fn shows_the_books(books: &Books, fleet: &Fleet, class: &Class) {
    for node in fleet.nodes() {
        let event = node.answer_in_the_end(&class.look()).await.expect(200);
        for (field, value) in [
            ("capacity", books.capacity),
            ("confirmed", books.confirmed),
            ("waitlisted", books.waitlisted),
            ("spots_left", books.capacity - books.confirmed),
        ] {
            assert_eq!(number(&event, field), i64::from(value), "{field}");
        }
        let shown = list(node, class, "registrations").await;
        let shown: HashMap<&str, &str> =
            shown.iter().map(|item| (text(item, "id"), text(item, "status"))).collect();
        assert_eq!(shown.len(), books.entries.len());
        for entry in &books.entries {
            assert_eq!(shown.get(entry.id.to_string().as_str()), Some(&entry.status.as_str()), "{entry:?}");
        }
        let queue = list(node, class, "waitlist").await;
        assert_eq!(queue.len(), books.of_status("waitlisted").count());
        for ((item, entry), position) in queue.iter().zip(books.of_status("waitlisted")).zip(1..) {
            assert_eq!(number(item, "position"), position, "{item:#}");
            assert_eq!(number(item, "queue_number"), entry.number, "{item:#}");
            assert_eq!(number(item, "passes"), i64::from(entry.passes), "{item:#}");
        }
    }
}

/// All pages of a list of the event.
async fn list(node: &Node, class: &Class, what: &str) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/events/{}/{what}?limit=200{cursor}", class.id);
        let page = node.answer_in_the_end(&Call::get(path).by(&class.owner)).await.expect(200);
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

/// Rule R10: a request that was acknowledged before the crash gets the same answer after it, on every node.
pub(crate) async fn repeats_its_answers(aftermath: &Aftermath) {
    let claims = aftermath.histories.iter().flat_map(|history| &history.claims);
    for claim in claims.step_by(10) {
        for node in aftermath.fleet.nodes() {
            match &claim.fate {
                Fate::Done(body) => assert_eq!(&node.answer(&claim.call).await.expect(201), body, "rule R10"),
                Fate::Refused(code) => assert_eq!(node.answer(&claim.call).await.code(), code, "rule R10"),
                Fate::Unknown => {}
            }
        }
    }
}
