//! `POST /api/v1/clubs/{club}/events`

use serde::Deserialize;
use spotter_application::event::{CreateEvent, Visibility};
use spotter_domain::event::{Capacity, Schedule};
use spotter_domain::text::{Description, Location, Title};
use spotter_domain::waitlist::WaitlistPolicy;
use utoipa::ToSchema;

use super::bodies::{EventBody, WaitlistRequest};
use crate::answer::{Reply, created};
use crate::body::JsonBody;
use crate::call::Call;
use crate::club::ClubPath;
use crate::fields::{Findings, Object, Whole, instant};

/// A new event.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreateEvent, example = json!({
    "title": "Early yoga", "location": "Hall 2",
    "starts_at": "2027-01-04T18:00:00Z", "ends_at": "2027-01-04T19:00:00Z",
    "capacity": 12, "waitlist": {"enabled": true, "capacity": 20}
}))]
pub(crate) struct Request {
    #[schema(min_length = 1, max_length = 200)]
    title: String,
    #[schema(max_length = 10_000)]
    description: Option<String>,
    #[schema(max_length = 300)]
    location: Option<String>,
    /// In the years 2000 to 2199.
    #[schema(format = "date-time")]
    starts_at: String,
    /// After the start, at most 31 days.
    #[schema(format = "date-time")]
    ends_at: String,
    /// From when on nobody is promoted: the start, or before.
    #[schema(format = "date-time")]
    cutoff_at: Option<String>,
    #[schema(value_type = i64, minimum = 1, maximum = 100_000)]
    capacity: Whole,
    #[schema(value_type = Option<WaitlistRequest>)]
    waitlist: Option<Object<WaitlistRequest>>,
    /// Whether it is open at once; otherwise it is a draft.
    #[schema(default = true)]
    publish: Option<bool>,
}

pub(crate) struct Operation;

/// Schedule an event
///
/// For managers and owners.
#[utoipa::path(post, path = "/api/v1/clubs/{club}/events", tag = "events", operation_id = "createEvent",
    impl_for = Operation,
    params(ClubPath),
    request_body = Request,
    responses((status = 201, description = "The event was made.", body = EventBody)))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let club = call.club()?;
    let request = body.value;
    let mut findings = Findings::default();
    let title = findings.take("/title", Title::parse(&request.title));
    let description = request.description.as_deref().map(Description::parse);
    let description = findings.take_optional("/description", description);
    let location = findings.take_optional("/location", request.location.as_deref().map(Location::parse));
    let starts_at = findings.take("/starts_at", instant(&request.starts_at));
    let ends_at = findings.take("/ends_at", instant(&request.ends_at));
    let cutoff_at = findings.take_optional("/cutoff_at", request.cutoff_at.as_deref().map(instant));
    let schedule = match (starts_at, ends_at) {
        (Some(starts_at), Some(ends_at)) => {
            findings.take("/starts_at", Schedule::new(starts_at, ends_at, cutoff_at))
        }
        _ => None,
    };
    let capacity = findings.take("/capacity", Capacity::new(request.capacity.to_u32()));
    let waitlist = request.waitlist.as_ref().map(|waitlist| waitlist.0.policy());
    let waitlist = findings.take("/waitlist/capacity", waitlist.unwrap_or(Ok(WaitlistPolicy::Open)));
    let (Some(title), Some(schedule), Some(capacity), Some(waitlist)) = (title, schedule, capacity, waitlist)
    else {
        return Err(findings.into_error().into());
    };
    let visibility = if request.publish.unwrap_or(true) { Visibility::Published } else { Visibility::Draft };
    let command =
        CreateEvent { club, title, description, location, schedule, capacity, waitlist, visibility };
    let command = findings.finish(command)?;
    let event = call.spotter().run(&call.posted(&body.bytes)?, &command).await?;
    let location = format!("/api/v1/events/{}", event.id);
    created(&call, location, &EventBody::new(event, call.now()))
}
