//! Events as they are sent.

use serde::{Deserialize, Serialize};
use spotter_domain::event::EventView;
use spotter_domain::waitlist::WaitlistPolicy;
use spotter_domain::{Invalid, Timestamp};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::answer::Representation;
use crate::fields::Whole;
use crate::words;

/// Names an event in a path.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it is the parameter's description; the call reads it")]
pub(crate) struct EventPath {
    /// The event.
    id: Uuid,
}

/// An event.
#[derive(Serialize, ToSchema)]
#[schema(as = Event)]
pub(crate) struct EventBody {
    id: Uuid,
    /// The slug of its club.
    club: String,
    title: String,
    #[schema(required)]
    description: Option<String>,
    #[schema(required)]
    location: Option<String>,
    starts_at: Timestamp,
    ends_at: Timestamp,
    /// From when on nobody is promoted, where that is not the start.
    #[schema(required)]
    cutoff_at: Option<Timestamp>,
    /// The club's time zone.
    #[schema(example = "Europe/Zurich")]
    time_zone: String,
    #[schema(schema_with = words::event_phase)]
    status: &'static str,
    /// How many seats there are.
    capacity: u32,
    /// How many of them are confirmed.
    confirmed: u32,
    /// How many seats are waited for.
    waitlisted: u32,
    /// The seats that are not confirmed; some may be held for a party that waits.
    spots_left: u32,
    waitlist: WaitlistBody,
    /// Since when it was last open to everybody.
    #[schema(required)]
    published_at: Option<Timestamp>,
    /// Grows with every edit; registrations leave it alone.
    version: u32,
}

/// Who may wait.
#[derive(Serialize, ToSchema)]
#[schema(as = Waitlist)]
pub(crate) struct WaitlistBody {
    enabled: bool,
    /// How many seats may be waited for; null for any number.
    #[schema(required)]
    capacity: Option<u32>,
}

impl EventBody {
    pub(super) fn new(view: EventView, now: Timestamp) -> Self {
        Self {
            status: view.phase(now).as_str(),
            spots_left: view.capacity.saturating_sub(view.confirmed),
            id: view.id.uuid(),
            club: view.club,
            title: view.title,
            description: view.description,
            location: view.location,
            starts_at: view.starts_at,
            ends_at: view.ends_at,
            cutoff_at: view.cutoff_at,
            time_zone: view.time_zone,
            capacity: view.capacity,
            confirmed: view.confirmed,
            waitlisted: view.waitlisted,
            waitlist: WaitlistBody { enabled: view.waitlist_enabled, capacity: view.waitlist_capacity },
            published_at: view.published_at,
            version: view.version,
        }
    }
}

impl Representation for EventBody {
    fn version(&self) -> Option<u32> {
        Some(self.version)
    }
}

/// Who may wait; without a capacity, any number of seats may be waited for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SetWaitlist)]
pub(crate) struct WaitlistRequest {
    #[serde(default = "enabled")]
    #[schema(default = true)]
    enabled: bool,
    /// How many seats may be waited for.
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 100_000)]
    capacity: Option<Whole>,
}

const fn enabled() -> bool {
    true
}

impl WaitlistRequest {
    pub(super) fn policy(&self) -> Result<WaitlistPolicy, Invalid> {
        WaitlistPolicy::new(self.enabled.into(), self.capacity.map(Whole::to_u32))
    }
}
