//! What people do in most tests, and how a test looks at what came of it.

use reqwest::Method;
use serde_json::{Value, json};
use spotter_domain::club::{Club, Membership, Role};
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::{AccountId, RegistrationId};
use spotter_testkit::clock::START;

use super::{Answer, Person, TestApp};

/// The identifier of a resource.
#[track_caller]
pub(crate) fn id(resource: &Value) -> &str {
    resource["id"].as_str().unwrap_or_else(|| panic!("no id in {resource:#}"))
}

/// That many people, signed in.
pub(crate) async fn crowd(app: &TestApp, size: usize) -> Vec<Person> {
    let mut people = Vec::with_capacity(size);
    for _ in 0..size {
        people.push(app.person("Pia").await);
    }
    people
}

/// The identifier of somebody's account.
pub(crate) fn account_id(person: &Person) -> AccountId {
    person.id.parse::<uuid::Uuid>().unwrap().into()
}

/// Somebody's place in a club, to be put there directly.
pub(crate) fn membership(club: &Club, person: &Person, role: Role) -> Membership {
    Membership { club: club.id, account: account_id(person), role, joined_at: START }
}

/// Asks for a registration, whatever comes of it.
pub(crate) async fn claim(person: &Person, event: &str, body: Value) -> Answer {
    person.post(&format!("/api/v1/events/{event}/registrations"), &body).await
}

/// The same under an `Idempotency-Key`.
pub(crate) async fn claim_keyed(person: &Person, event: &str, body: Value, key: &str) -> Answer {
    let path = format!("/api/v1/events/{event}/registrations");
    Answer::of(person.request(Method::POST, &path).header("Idempotency-Key", key).json(&body)).await
}

/// Gives a registration up, whatever comes of it.
pub(crate) async fn give_up(person: &Person, registration: &Value) -> Answer {
    person.act(&format!("/api/v1/registrations/{}/cancel", id(registration))).await
}

/// Records whether somebody came, whatever comes of it.
pub(crate) async fn record(person: &Person, registration: &Value, attended: bool) -> Answer {
    let path = format!("/api/v1/registrations/{}/attendance", id(registration));
    person.post(&path, &json!({"attended": attended})).await
}

/// A registration as it is now.
pub(crate) async fn look(person: &Person, registration: &Value) -> Value {
    person.get(&format!("/api/v1/registrations/{}", id(registration))).await.expect(200).body
}

/// The states of several registrations of one event, as staff see them.
pub(crate) async fn statuses(staff: &Person, registrations: &[&Value]) -> Vec<String> {
    let mut statuses = Vec::new();
    for registration in registrations {
        statuses.push(look(staff, registration).await["status"].as_str().unwrap().to_owned());
    }
    statuses
}

/// The items of a list, page by page, from the page at `first` on.
pub(crate) async fn pages(person: &Person, first: &str) -> Vec<Vec<Value>> {
    let mut pages = Vec::new();
    let mut next = Some(first.to_owned());
    while let Some(path) = next {
        let answer = person.get(&path).await.expect(200);
        let link = answer.header("link").strip_prefix('<').and_then(|link| link.split_once('>'));
        next = link.map(|(path, _)| path.to_owned());
        assert_eq!(answer.body["next_cursor"].is_string(), next.is_some(), "{path}");
        pages.push(answer.body["items"].as_array().unwrap().clone());
    }
    pages
}

/// What the log of a registration says: outcomes with their reasons.
pub(crate) fn log(registration: &Value) -> Vec<(&str, &str)> {
    let decisions = registration["decisions"].as_array().unwrap().iter();
    decisions.map(|line| (line["outcome"].as_str().unwrap(), line["reason"].as_str().unwrap())).collect()
}

/// The confirmed seats of an event and those waited for, as staff see them.
pub(crate) async fn seats(staff: &Person, event: &str) -> (u64, u64) {
    let event = staff.get(&format!("/api/v1/events/{event}")).await.expect(200).body;
    (event["confirmed"].as_u64().unwrap(), event["waitlisted"].as_u64().unwrap())
}

/// Everything that was announced so far, in its order.
pub(crate) async fn announced(app: &TestApp) -> Vec<DomainEvent> {
    let ports = app.spotter.ports();
    let mut unit = ports.store.begin().await.unwrap();
    let messages = unit.outbox().pending(ports.clock.now(), u16::MAX).await.unwrap();
    messages.into_iter().map(|message| message.event).collect()
}

/// The words under which something was announced about registrations after the first `before`
/// announcements.
pub(crate) async fn announced_since(app: &TestApp, before: usize) -> Vec<&'static str> {
    announced(app).await[before..].iter().map(DomainEvent::kind).collect()
}

/// The registrations whose cancellation was announced.
pub(crate) async fn cancellations(app: &TestApp) -> Vec<RegistrationId> {
    let cancelled = |event| match event {
        DomainEvent::RegistrationCancelled { registration, .. } => Some(registration),
        _ => None,
    };
    announced(app).await.into_iter().filter_map(cancelled).collect()
}
