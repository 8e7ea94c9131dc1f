//! `POST /api/v1/wearables/whoop/webhook`

use actix_web::http::header::{HeaderMap, HeaderName};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use spotter_application::wearable::{Notified, Signed, TakeNotification, measures};
use spotter_domain::wearable::WearableKind;
use spotter_domain::{Invalid, Timestamp};
use utoipa::ToSchema;

use super::whoop::{self, uuid};
use crate::answer::{Reply, done};
use crate::body::{self, JsonBytes};
use crate::call::Call;
use crate::fields::{Findings, Whole};
use crate::problem::Problem;
use crate::words;

const SIGNATURE: HeaderName = HeaderName::from_static("x-whoop-signature");
const TIMESTAMP: HeaderName = HeaderName::from_static("x-whoop-signature-timestamp");

/// The longest name of a notification.
const MOST_CHARACTERS: usize = 128;

/// Something happened to a record. What is not listed here is not looked at.
#[derive(Deserialize, ToSchema)]
#[schema(as = WhoopNotification, example = json!({
    "user_id": 10_129, "id": "550e8400-e29b-41d4-a716-446655440000", "type": "sleep.updated",
    "trace_id": "d3709ee7-104e-4f70-a928-2932964b017b"
}))]
pub(crate) struct Request {
    #[schema(value_type = i64, minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    user_id: Whole,
    #[schema(schema_with = words::whoop_id)]
    id: Value,
    /// A kind of record, a full stop, and `updated` or `deleted`. Any other is taken, and nothing is done.
    #[serde(rename = "type")]
    #[schema(example = "recovery.updated")]
    what: String,
    /// Names the notification: what comes under a name that came before is taken, and nothing is done.
    #[schema(min_length = 1, max_length = 128, pattern = "^[!-~]+$")]
    trace_id: String,
    /// The record itself, in the shape that the routes for records take, from whoever fetches and forwards it.
    /// WHOOP sends none.
    #[schema(value_type = Option<Object>)]
    record: Option<Box<RawValue>>,
}

pub(crate) struct Operation;

/// Hear from WHOOP
///
/// For WHOOP's servers, or a program between them and this one that shares the secret of the client. Nobody
/// signs in: the request is signed instead. `401 invalid_signature` whatever is wrong with the signature;
/// `401 stale_signature` for one that was made more than five minutes from now.
#[utoipa::path(post, path = "/api/v1/wearables/whoop/webhook", tag = "wearables",
    operation_id = "takeWhoopNotification",
    impl_for = Operation,
    params(
        ("X-WHOOP-Signature" = String, Header,
            description = "HMAC-SHA-256 of the timestamp's text and the body, in base64."),
        ("X-WHOOP-Signature-Timestamp" = String, Header, description = "Milliseconds since 1970.")),
    request_body = Request,
    responses(
        (status = 204, description = "It is taken, or came before, or is about nobody who is known here."),
        (status = 404, description = "This installation shares no secret with WHOOP.")))]
pub(crate) async fn handle(call: Call, body: JsonBytes) -> Reply {
    let bytes = body.0;
    let (timestamp, signature) = (only(call.headers(), &TIMESTAMP), only(call.headers(), &SIGNATURE));
    call.spotter().check_whoop_signature(Signed { timestamp, signature, body: &bytes })?;
    let notification = read(&bytes, call.now())?;
    call.spotter().run(&call.posted(&bytes)?, &notification).await?;
    done()
}

/// The text of a header that came once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name);
    let value = values.next()?;
    if values.next().is_some() { None } else { value.to_str().ok() }
}

fn read(bytes: &Bytes, now: Timestamp) -> Result<TakeNotification, Problem> {
    let request: Request = body::parse(bytes)?;
    let id = id_of(&request.id)?;
    let mut findings = Findings::default();
    let user = findings.take("/user_id", measures::number(request.user_id.to_i64()));
    let name = findings.take("/trace_id", name(&request.trace_id));
    let id = findings.take("/id", id);
    let (Some(user), Some(name), Some(id)) = (user, name, id) else {
        return Err(findings.into_error().into());
    };
    let (kind, verb) = request.what.split_once('.').unwrap_or_default();
    let what = match (WearableKind::parse(kind), verb, request.record) {
        (Ok(kind), "deleted", _) => Notified::Deleted { kind, external_id: id },
        (Ok(kind), "updated", Some(record)) => {
            let record = Bytes::from(record.get().to_owned());
            let checked = whoop::parse(kind, &record, now).map_err(|problem| problem.below("/record"))?;
            if checked.user != user {
                let other = Invalid::new("must be the user whom the notification is about");
                return Err(spotter_application::Error::invalid("/record/user_id", other).into());
            }
            Notified::Told(checked.record)
        }
        _ => Notified::Nothing,
    };
    Ok(TakeNotification { name, user, what })
}

/// The identifier of a record as it is kept. Sleeps, recoveries and workouts have UUIDs, cycles have numbers.
fn id_of(id: &Value) -> Result<Result<String, Invalid>, Problem> {
    match id {
        Value::String(text) => Ok(uuid(text)),
        Value::Number(number) if number.is_i64() || number.is_u64() => Ok(Ok(number.to_string())),
        _ => Err(Problem::invalid_body(Some("/id".to_owned()), "must be a UUID or a whole number")),
    }
}

fn name(trace_id: &str) -> Result<String, Invalid> {
    let good =
        (1..=MOST_CHARACTERS).contains(&trace_id.len()) && trace_id.bytes().all(|b| b.is_ascii_graphic());
    let detail = "must have 1 to 128 printable characters of ASCII, and no space";
    if good { Ok(trace_id.to_owned()) } else { Err(Invalid::new(detail)) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const UUID: &str = "550e8400-e29b-41d4-a716-446655440000";

    fn taken(changes: &Value) -> Result<TakeNotification, Problem> {
        let mut body = json!({"user_id": 10129, "id": UUID, "type": "sleep.updated", "trace_id": "t-1"});
        for (name, value) in changes.as_object().unwrap() {
            body[name] = value.clone();
        }
        read(&Bytes::from(body.to_string()), "2027-01-04T12:00:00Z".parse().unwrap())
    }

    fn told(changes: &Value) -> (u16, String) {
        let problem = taken(changes).unwrap_err();
        (problem.status.as_u16(), problem.errors[0].pointer.to_string())
    }

    fn sleep() -> Value {
        json!({
            "id": UUID, "user_id": 10129, "updated_at": "2027-01-04T06:25:44Z",
            "start": "2027-01-03T22:25:44Z", "score_state": "PENDING_SCORE"
        })
    }

    #[test]
    fn a_record_that_came_along_is_taken_as_it_came() {
        let written = "{ \"id\":\"550E8400-e29b-41d4-a716-446655440000\",\"user_id\":10129,\n\
            \"updated_at\":\"2027-01-04T06:25:44Z\",\"start\":\"2027-01-03T22:25:44Z\",\
            \"score_state\":\"PENDING_SCORE\",\"new\":1.50 }";
        let body = format!(
            "{{\"user_id\":10129,\"id\":\"{UUID}\",\"type\":\"sleep.updated\",\"trace_id\":\"t\",\
             \"record\": {written} }}"
        );
        let taken = read(&Bytes::from(body), "2027-01-04T12:00:00Z".parse().unwrap()).unwrap();
        let Notified::Told(record) = taken.what else { panic!("{taken:?}") };
        assert_eq!((record.kind, record.external_id.as_str()), (WearableKind::Sleep, UUID));
        assert_eq!(record.raw, written.as_bytes());
    }

    #[test]
    fn what_is_deleted_is_named_as_it_is_kept() {
        let what = |changes: Value| taken(&changes).unwrap().what;
        let deleted = |kind, id: &str| Notified::Deleted { kind, external_id: id.to_owned() };
        let shouted = json!({"type": "recovery.deleted", "id": UUID.to_uppercase()});
        assert_eq!(what(shouted), deleted(WearableKind::Recovery, UUID));
        let cycle = json!({"type": "cycle.deleted", "id": 93845});
        assert_eq!(what(cycle), deleted(WearableKind::Cycle, "93845"));
        // A record that comes along with its end is not looked at.
        let both = json!({"type": "sleep.deleted", "record": {}});
        assert_eq!(what(both), deleted(WearableKind::Sleep, UUID));
    }

    #[test]
    fn what_is_not_kept_is_taken_and_comes_to_nothing() {
        for changes in [
            json!({}),
            json!({"record": null}),
            json!({"type": "workout.updated", "record": {"sport_id": 1}}),
            json!({"type": "sleep.admired"}),
            json!({"type": ""}),
            json!({"type": "sleep", "new": true}),
        ] {
            assert_eq!(taken(&changes).unwrap().what, Notified::Nothing, "{changes}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_where_it_stands() {
        assert_eq!(told(&json!({"id": true})), (400, "/id".into()));
        assert_eq!(told(&json!({"id": 1.5})), (400, "/id".into()));
        assert_eq!(told(&json!({"id": "x"})), (422, "/id".into()));
        assert_eq!(told(&json!({"user_id": "x"})), (400, "/user_id".into()));
        assert_eq!(told(&json!({"user_id": -1})), (422, "/user_id".into()));
        for name in [String::new(), "a b".to_owned(), "\0".to_owned(), "x".repeat(129)] {
            assert_eq!(told(&json!({"trace_id": name})), (422, "/trace_id".into()));
        }
        let record = |name: &str, value: Value| {
            let mut record = sleep();
            record[name] = value;
            told(&json!({"record": record}))
        };
        assert_eq!(told(&json!({"record": {}})), (400, "/record/id".into()));
        assert_eq!(told(&json!({"record": []})), (400, "/record".into()));
        assert_eq!(record("start", json!("1999-01-01T00:00:00Z")), (422, "/record/start".into()));
        assert_eq!(record("user_id", json!(7)), (422, "/record/user_id".into()));
    }
}
