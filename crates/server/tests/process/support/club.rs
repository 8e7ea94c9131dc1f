//! A club with one class, made over HTTP.

use serde_json::{Value, json};

use super::{Call, Node, Person};

/// A class that anybody can register for and wait for.
#[derive(Clone, Debug)]
pub(crate) struct Class {
    /// The event's id.
    pub(crate) id: String,
    /// Who owns the club.
    pub(crate) owner: Person,
}

impl Class {
    /// Opens a club of `owner` and publishes a class of so many seats in it.
    pub(crate) async fn open(node: &Node, owner: &Person, capacity: u32) -> Self {
        let club = json!({"slug": "storm", "name": "Storm", "time_zone": "Europe/Lisbon"});
        node.answer(&Call::post("/api/v1/clubs").by(owner).json(club)).await.expect(201);
        let class = json!({
            "title": "The class that everybody wants",
            "starts_at": "2100-01-04T18:00:00Z",
            "ends_at": "2100-01-04T19:00:00Z",
            "capacity": capacity,
            "waitlist": {"enabled": true},
            "publish": true,
        });
        let class =
            node.answer(&Call::post("/api/v1/clubs/storm/events").by(owner).json(class)).await.expect(201);
        Self { id: text(&class, "id").to_owned(), owner: owner.clone() }
    }

    /// The class as anybody sees it.
    pub(crate) fn look(&self) -> Call {
        Call::get(format!("/api/v1/events/{}", self.id))
    }

    /// Somebody's claim.
    pub(crate) fn register(&self, person: &Person, party_size: u16) -> Call {
        let path = format!("/api/v1/events/{}/registrations", self.id);
        Call::post(path).by(person).json(json!({"party_size": party_size}))
    }

    /// The manager's change of its size.
    pub(crate) fn resize(&self, capacity: u32) -> Call {
        let path = format!("/api/v1/events/{}", self.id);
        Call::patch(path).by(&self.owner).json(json!({"capacity": capacity}))
    }
}

/// Gives up the registration that `registration` shows.
pub(crate) fn cancel(person: &Person, registration: &Value) -> Call {
    Call::post(format!("/api/v1/registrations/{}/cancel", text(registration, "id"))).by(person)
}

/// A text of a JSON object.
#[track_caller]
pub(crate) fn text<'a>(object: &'a Value, field: &str) -> &'a str {
    object[field].as_str().unwrap_or_else(|| panic!("no text {field} in {object:#}"))
}

/// A number of a JSON object.
#[track_caller]
pub(crate) fn number(object: &Value, field: &str) -> i64 {
    object[field].as_i64().unwrap_or_else(|| panic!("no number {field} in {object:#}"))
}
