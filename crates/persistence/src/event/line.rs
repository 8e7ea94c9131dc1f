//! The columns of events, as they are read.

use spotter_domain::StoreError;
use spotter_domain::event::{Capacity, Event, EventStatus, Schedule};
use spotter_domain::text::{Description, Location, Title};
use spotter_domain::waitlist::{QueueNumber, Roster, Waiting, WaitlistPolicy};

use crate::row::Row;

/// The columns of the event `e`.
pub(super) const COLUMNS: &str = "e.club_id, e.id, e.title, e.description, e.location, e.starts_at, \
                                  e.ends_at, e.cutoff_at, e.status, e.published_at, e.waitlist_enabled, \
                                  e.waitlist_capacity, e.capacity, e.confirmed, e.waitlisted, \
                                  e.waiting_parties, e.next_queue_number, e.version, e.created_at";

/// Reads an event from a row that has more than that.
pub(super) fn read(row: &Row) -> Result<Event, StoreError> {
    let schedule =
        Schedule::new(row.time("starts_at")?, row.time("ends_at")?, row.time_or_null("cutoff_at")?);
    let waitlist = WaitlistPolicy::new(
        row.get::<bool>("waitlist_enabled")?.into(),
        row.int_or_null("waitlist_capacity")?,
    );
    Ok(Event {
        id: row.id("id")?,
        club: row.id("club_id")?,
        title: row.parse("title", Title::parse)?,
        description: row.parse_or_null("description", Description::parse)?,
        location: row.parse_or_null("location", Location::parse)?,
        schedule: schedule.map_err(|invalid| row.corrupt("starts_at", invalid.to_string()))?,
        status: row.parse("status", EventStatus::parse)?,
        published_at: row.time_or_null("published_at")?,
        waitlist: waitlist.map_err(|invalid| row.corrupt("waitlist_capacity", invalid.to_string()))?,
        roster: read_roster(row)?,
        version: row.int("version")?,
        created_at: row.time("created_at")?,
    })
}

fn read_roster(row: &Row) -> Result<Roster, StoreError> {
    let capacity = Capacity::new(row.int("capacity")?);
    let capacity = capacity.map_err(|invalid| row.corrupt("capacity", invalid.to_string()))?;
    let next = QueueNumber::new(row.big("next_queue_number")?);
    let waiting = Waiting { parties: row.int("waiting_parties")?, seats: row.int("waitlisted")? };
    Roster::restore(capacity, row.int("confirmed")?, waiting, next)
        .map_err(|error| row.corrupt("confirmed", error.to_string()))
}
