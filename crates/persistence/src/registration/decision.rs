//! Lines of decision logs.

use spotter_domain::StoreError;
use spotter_domain::id::{ClubId, RegistrationId};
use spotter_domain::registration::{Decision, MOST_DECISIONS, Outcome};

use crate::Backend;
use crate::columns::{self, Columns};
use crate::row::Row;
use crate::sql::Sql;

const TABLE: &str = "registration_decisions";

impl TryFrom<Row> for Decision {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            club: row.id("club_id")?,
            registration: row.id("registration_id")?,
            at: row.time("at")?,
            outcome: row.parse("outcome", Outcome::parse)?,
            reason: row.json("reason")?,
        })
    }
}

pub(super) fn append(backend: Backend, decisions: &[Decision]) -> Result<Sql, StoreError> {
    let lines = Columns::new(backend)
        .uuids("club_id", decisions.iter().map(|line| line.club.uuid()))
        .uuids("registration_id", decisions.iter().map(|line| line.registration.uuid()))
        .uuids("id", decisions.iter().map(|line| line.id.uuid()))
        .times("at", decisions.iter().map(|line| line.at))
        .texts("outcome", decisions.iter().map(|line| line.outcome.as_str()))
        .json("reason", decisions.iter().map(|line| line.reason))?;
    Ok(columns::insert(backend, (TABLE, "append"), lines))
}

pub(super) fn of(backend: Backend, club: ClubId, id: RegistrationId) -> Sql {
    let text = "SELECT club_id, registration_id, id, at, outcome, reason FROM registration_decisions \
                WHERE club_id = $1 AND registration_id = $2 ORDER BY id LIMIT $3";
    Sql::new(backend, TABLE, "of", text).uuid(club.uuid()).uuid(id.uuid()).int(MOST_DECISIONS)
}
