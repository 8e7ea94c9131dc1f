//! `PATCH /api/v1/events/{id}`

use serde::Deserialize;
use spotter_application::event::EditEvent;
use spotter_domain::event::{Capacity, EventChange, ScheduleChange};
use spotter_domain::text::{Description, Location, Title};
use utoipa::ToSchema;

use super::bodies::{EventBody, EventPath, WaitlistRequest};
use crate::answer::{Reply, found};
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::{Findings, Maybe, Object, Whole, instant};

/// What changes; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EditEvent, example = json!({"capacity": 15, "location": null}))]
pub(crate) struct Request {
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 200)]
    title: Maybe<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, max_length = 10_000)]
    description: Maybe<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, max_length = 300)]
    location: Maybe<String>,
    /// In the years 2000 to 2199.
    #[serde(default)]
    #[schema(value_type = String, required = false, format = "date-time")]
    starts_at: Maybe<String>,
    /// After the start, at most 31 days.
    #[serde(default)]
    #[schema(value_type = String, required = false, format = "date-time")]
    ends_at: Maybe<String>,
    /// From when on nobody is promoted: the start, or before. Null for the start.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, format = "date-time")]
    cutoff_at: Maybe<String>,
    /// Not under the confirmed seats; more seats go to those who wait at once.
    #[serde(default)]
    #[schema(value_type = i64, required = false, minimum = 1, maximum = 100_000)]
    capacity: Maybe<Whole>,
    /// In place of the whole waitlist policy; whoever waits already stays.
    #[serde(default)]
    #[schema(value_type = WaitlistRequest, required = false)]
    waitlist: Maybe<Object<WaitlistRequest>>,
}

pub(crate) struct Operation;

/// Edit an event
///
/// For managers and owners. A larger capacity promotes at once; `409 capacity_below_confirmed` when seats
/// would have to go.
#[utoipa::path(patch, path = "/api/v1/events/{id}", tag = "events", operation_id = "editEvent",
    impl_for = Operation,
    params(EventPath),
    request_body = Request,
    responses(
        (status = 200, description = "The event as it is now.", body = EventBody),
        (status = 409, description = "The event can't be changed so.")))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let event = call.id("id", "event")?;
    let request = body.value;
    // Of a waitlist that is there, only the capacity can be wrong.
    let waitlist_pointer =
        if matches!(request.waitlist, Maybe::Null) { "/waitlist" } else { "/waitlist/capacity" };
    let mut findings = Findings::default();
    let noted = &mut findings;
    let change = EventChange {
        title: request.title.into_patch(noted, "/title", |text| Title::parse(&text)),
        description: request
            .description
            .into_clearing_patch(noted, "/description", |text| Description::parse(&text)),
        location: request.location.into_clearing_patch(noted, "/location", |text| Location::parse(&text)),
        schedule: ScheduleChange {
            starts_at: request.starts_at.into_patch(noted, "/starts_at", |text| instant(&text)),
            ends_at: request.ends_at.into_patch(noted, "/ends_at", |text| instant(&text)),
            cutoff_at: request.cutoff_at.into_clearing_patch(noted, "/cutoff_at", |text| instant(&text)),
        },
        capacity: request.capacity.into_patch(noted, "/capacity", |seats| Capacity::new(seats.to_u32())),
        waitlist: request.waitlist.into_patch(noted, waitlist_pointer, |Object(waitlist)| waitlist.policy()),
    };
    let command = findings.finish(EditEvent { event, change, expected: call.expected() })?;
    let event = call.spotter().run(&call.context(), &command).await?;
    found(&call, &EventBody::new(event, call.now()))
}
