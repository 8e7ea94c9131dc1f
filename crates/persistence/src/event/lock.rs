//! Locking events for a decision, with what it has to know of their club and of people.

use serde::Deserialize;
use spotter_domain::StoreError;
use spotter_domain::club::{Role, Slug, TimeZoneName};
use spotter_domain::event::{KnownPerson, LockedEvent, PeopleRequest};
use spotter_domain::id::EventId;
use uuid::Uuid;

use super::line::{self, COLUMNS};
use crate::Backend;
use crate::club::repository::read_pass_limit;
use crate::row::Row;
use crate::sql::Sql;

impl TryFrom<Row> for LockedEvent {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        read(&row)
    }
}

fn read(row: &Row) -> Result<LockedEvent, StoreError> {
    Ok(LockedEvent {
        event: line::read(row)?,
        club_slug: row.parse("club_slug", Slug::parse)?,
        time_zone: row.parse("time_zone", TimeZoneName::parse)?,
        pass_limit: read_pass_limit(row)?,
    })
}

/// Rows are locked as they leave the sort, which is by id. Registrations that point to an event can be
/// written by whoever has not locked it: nobody does.
fn text(backend: Backend, more: &str) -> String {
    format!(
        "SELECT {COLUMNS}, c.slug AS club_slug, c.time_zone, c.pass_limit{more} \
         FROM events e JOIN clubs c ON c.id = e.club_id WHERE {} ORDER BY e.id{}",
        backend.any_of("e.id", 1),
        backend.locking(" FOR NO KEY UPDATE OF e")
    )
}

pub(crate) fn lock(backend: Backend, ids: &[EventId]) -> Sql {
    Sql::new(backend, "events", "lock", text(backend, "")).ids(ids.iter().map(|id| id.uuid()))
}

/// The people of each event are one document. Each role is looked up by itself: joined, it may be found by
/// reading every member of the club.
pub(crate) fn lock_with_people(backend: Backend, ids: &[EventId], people: &PeopleRequest) -> Sql {
    // As `Event::is_public` has it.
    let hidden = "e.published_at IS NULL OR e.status = 'draft'";
    let role = "(SELECT m.role FROM memberships m WHERE m.club_id = e.club_id AND m.account_id = a.id)";
    let known = match backend {
        Backend::Postgres => format!(
            "(SELECT json_agg(json_build_array(a.id, {role}))::text FROM accounts a \
             WHERE a.id = ANY(CASE WHEN {hidden} THEN $3::uuid[] ELSE $2::uuid[] END))"
        ),
        Backend::Sqlite => format!(
            "(SELECT json_group_array(json_array(hex(a.id), {role})) FROM accounts a \
             WHERE a.id IN (SELECT unhex(value, '-') FROM json_each(CASE WHEN {hidden} THEN $3 ELSE $2 END)))"
        ),
    };
    Sql::new(backend, "events", "lock_with_people", text(backend, &format!(", {known} AS people")))
        .ids(ids.iter().map(|id| id.uuid()))
        .ids(people.always.iter().map(|id| id.uuid()))
        .ids(people.always.iter().chain(&people.if_hidden).map(|id| id.uuid()))
}

/// A person in the document: who, and the role.
#[derive(Deserialize)]
struct Known(Uuid, Option<String>);

/// An event and the people that were asked for with it.
pub(super) fn read_with_people(row: &Row) -> Result<(LockedEvent, Vec<KnownPerson>), StoreError> {
    let locked = read(row)?;
    if row.get::<Option<String>>("people")?.is_none() {
        return Ok((locked, Vec::new()));
    }
    let known: Vec<Known> = row.json_text("people")?;
    let person = |Known(account, role): Known| {
        let role = role.as_deref().map(Role::parse).transpose();
        Ok(KnownPerson { account: account.into(), role: row.valid("people", role)? })
    };
    let people: Result<Vec<KnownPerson>, StoreError> = known.into_iter().map(person).collect();
    Ok((locked, people?))
}
