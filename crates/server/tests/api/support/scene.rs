//! What most tests begin with: a club with its people, and a class.

use serde_json::{Value, json};

use super::{Person, TestApp};

/// A club with one person of each role, and somebody who has nothing to do with it.
pub(crate) struct Scene {
    pub(crate) owner: Person,
    pub(crate) manager: Person,
    pub(crate) coach: Person,
    pub(crate) member: Person,
    /// Owns another club, `other-club`.
    pub(crate) outsider: Person,
}

impl Scene {
    /// Makes the club `iron-works`.
    pub(crate) async fn open(app: &TestApp) -> Self {
        let owner = app.person("Olga").await;
        let (manager, coach) = (app.person("Manuel").await, app.person("Chen").await);
        let (member, outsider) = (app.person("Mira").await, app.person("Otto").await);
        let club = |slug: &str| json!({"slug": slug, "name": "Iron Works", "time_zone": "Europe/Berlin"});
        owner.post("/api/v1/clubs", &club("iron-works")).await.expect(201);
        outsider.post("/api/v1/clubs", &club("other-club")).await.expect(201);
        for (person, role) in [(&manager, "manager"), (&coach, "coach"), (&member, "member")] {
            let path = format!("/api/v1/clubs/iron-works/members/{}", person.id);
            owner.put(&path, &json!({"role": role})).await.expect(200);
        }
        Self { owner, manager, coach, member, outsider }
    }

    /// Publishes a class of that many seats that starts in an hour, and answers with its id.
    pub(crate) async fn class(&self, capacity: u32) -> String {
        self.class_with(capacity, json!({})).await
    }

    /// The same, with some fields changed.
    pub(crate) async fn class_with(&self, capacity: u32, fields: Value) -> String {
        let mut body = json!({
            "title": "Barbell Basics",
            "starts_at": "2027-01-04T13:00:00Z",
            "ends_at": "2027-01-04T14:00:00Z",
            "capacity": capacity,
        });
        for (name, value) in fields.as_object().unwrap() {
            body[name] = value.clone();
        }
        let answer = self.manager.post("/api/v1/clubs/iron-works/events", &body).await.expect(201);
        answer.text("id").to_owned()
    }
}

/// Registers somebody for themselves and answers with the registration.
pub(crate) async fn register(person: &Person, event: &str, party_size: u32) -> Value {
    let path = format!("/api/v1/events/{event}/registrations");
    person.post(&path, &json!({"party_size": party_size})).await.expect(201).body
}
