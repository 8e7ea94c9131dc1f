//! `GET /api/v1/clubs/{club}/events`

use serde::Deserialize;
use spotter_application::event::EventsWanted;
use spotter_domain::event::EventPhase;
use spotter_domain::{Invalid, Timestamp};
use utoipa::IntoParams;

use super::bodies::EventBody;
use crate::answer::{PageBody, Reply, page};
use crate::call::Call;
use crate::club::ClubPath;
use crate::params::PageParams;
use crate::words;

const LIST: &str = "events";

/// Which events are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is the parameters' description; they are read one by one")]
pub(crate) struct Filter {
    /// Those that end after this instant.
    #[param(required = false)]
    from: Timestamp,
    /// Those that start before this instant.
    #[param(required = false)]
    to: Timestamp,
    /// Those of this state at this moment; drafts for staff alone.
    #[param(required = false, schema_with = words::event_phase)]
    status: String,
}

pub(crate) struct Operation;

/// The events of a club
///
/// By start. Published events are public; staff of the club see drafts too.
#[utoipa::path(get, path = "/api/v1/clubs/{club}/events", tag = "events", operation_id = "listEvents",
    impl_for = Operation,
    params(ClubPath, Filter, PageParams),
    responses(
        (status = 200, description = "A page of events.", body = PageBody<EventBody>),
        (status = 403, description = "Drafts are for staff.")))]
pub(crate) async fn handle(call: Call) -> Reply {
    let club = call.club()?;
    let params = call.params()?;
    let wanted = EventsWanted {
        from: params.instant("from")?,
        to: params.instant("to")?,
        phase: params.read("status", phase)?,
    };
    let events = call.spotter().events(call.caller, &club, wanted, params.page(LIST)?).await?;
    let now = call.now();
    page(&call, LIST, events, |event| EventBody::new(event, now))
}

fn phase(word: &str) -> Result<EventPhase, Invalid> {
    [EventPhase::Draft, EventPhase::Published, EventPhase::Cancelled, EventPhase::Completed]
        .into_iter()
        .find(|phase| phase.as_str() == word)
        .ok_or_else(|| Invalid::new("must be draft, published, cancelled or completed"))
}
