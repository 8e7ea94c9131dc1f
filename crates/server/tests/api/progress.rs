//! `/api/v1/progress`: what is derived from workout sessions, against examples worked out by hand.

mod dashboard;
mod history;
mod muscles;
mod parameters;
mod records;
mod summaries;
mod trend;

use serde_json::{Value, json};

use crate::support::Person;

/// Changes preferences.
pub(crate) async fn prefer(person: &Person, preferences: Value) {
    person.patch("/api/v1/me", &json!({"preferences": preferences})).await.expect(200);
}

/// The dashboard over so many days.
async fn dashboard(person: &Person, days: u16) -> Value {
    person.get(&format!("/api/v1/progress/dashboard?days={days}")).await.expect(200).body
}
