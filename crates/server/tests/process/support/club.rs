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
        node.answer(&found("storm", owner, json!({}))).await.expect(201);
        let publish = Self::publish("storm", owner, capacity, json!({"enabled": true}));
        Self::of(owner, &node.answer(&publish).await.expect(201))
    }

    /// The owner's wish for a class that is open at once.
    pub(crate) fn publish(club: &str, owner: &Person, capacity: u32, waitlist: Value) -> Call {
        let mut class = json!({
            "title": "The class that everybody wants",
            "starts_at": "2100-01-04T18:00:00Z",
            "ends_at": "2100-01-04T19:00:00Z",
            "capacity": capacity,
            "publish": true,
        });
        class["waitlist"] = waitlist;
        Call::post(format!("/api/v1/clubs/{club}/events")).by(owner).json(class)
    }

    /// The class that was published with that answer.
    pub(crate) fn of(owner: &Person, published: &Value) -> Self {
        Self { id: text(published, "id").to_owned(), owner: owner.clone() }
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

/// The wish for a club, with more than it has to have.
pub(crate) fn found(slug: &str, owner: &Person, more: Value) -> Call {
    let mut club = json!({"slug": slug, "name": "Storm", "time_zone": "Europe/Lisbon"});
    if let (Value::Object(club), Value::Object(more)) = (&mut club, more) {
        club.extend(more);
    }
    Call::post("/api/v1/clubs").by(owner).json(club)
}

/// Gives up the registration that `registration` shows.
pub(crate) fn cancel(person: &Person, registration: &Value) -> Call {
    give_up(person, text(registration, "id"))
}

/// Gives up the registration of that name.
pub(crate) fn give_up(person: &Person, registration: impl std::fmt::Display) -> Call {
    Call::post(format!("/api/v1/registrations/{registration}/cancel")).by(person)
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
