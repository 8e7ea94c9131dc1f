//! Lines of decision logs.

use serde::Serialize;
use spotter_domain::StoreError;
use spotter_domain::id::{ClubId, RegistrationId};
use spotter_domain::registration::{Decision, MOST_DECISIONS, Outcome, Reason};
use uuid::Uuid;

use crate::batch::{self, Kind};
use crate::row::Row;
use crate::sql::Sql;
use crate::{Backend, time};

const TABLE: &str = "registration_decisions";

const COLUMNS: [(&str, Kind); 6] = [
    ("club_id", Kind::Uuid),
    ("registration_id", Kind::Uuid),
    ("id", Kind::Uuid),
    ("at", Kind::Time),
    ("outcome", Kind::Text),
    ("reason", Kind::Json),
];

#[derive(Serialize)]
struct Line {
    club_id: Uuid,
    registration_id: Uuid,
    id: Uuid,
    at: String,
    outcome: &'static str,
    reason: Reason,
}

impl From<&Decision> for Line {
    fn from(decision: &Decision) -> Self {
        Self {
            club_id: decision.club.uuid(),
            registration_id: decision.registration.uuid(),
            id: decision.id.uuid(),
            at: time::to_text(decision.at),
            outcome: decision.outcome.as_str(),
            reason: decision.reason,
        }
    }
}

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
    let lines: Vec<Line> = decisions.iter().map(Line::from).collect();
    Sql::new(backend, TABLE, "append", batch::insert(backend, TABLE, &COLUMNS)).rows(&lines)
}

pub(super) fn of(backend: Backend, club: ClubId, id: RegistrationId) -> Sql {
    let text = "SELECT club_id, registration_id, id, at, outcome, reason FROM registration_decisions \
                WHERE club_id = $1 AND registration_id = $2 ORDER BY id LIMIT $3";
    Sql::new(backend, TABLE, "of", text).uuid(club.uuid()).uuid(id.uuid()).int(MOST_DECISIONS)
}
