//! Writing new registrations, and where others stand now.

use std::collections::BTreeMap;

use spotter_domain::registration::Registration;

use super::line;
use crate::Backend;
use crate::columns::{self, Columns};
use crate::sql::Sql;

const TABLE: &str = "registrations";

/// The statement that writes them, and how many rows it has to touch.
pub(super) fn save(backend: Backend, arrivals: &[Registration], changed: &[Registration]) -> (Sql, usize) {
    // A registration that stands here twice ends up as it stands last: one statement would take either.
    let changed: BTreeMap<_, _> = changed.iter().map(|known| (known.id, known)).collect();
    let changed: Vec<&Registration> = changed.into_values().collect();
    if changed.is_empty() {
        let rows = line::whole(backend, arrivals.iter());
        return (columns::insert(backend, (TABLE, "insert"), rows), arrivals.len());
    }
    let states = line::states(backend, changed.iter().copied());
    match backend {
        _ if arrivals.is_empty() => {
            let text = update(backend, &states, 1);
            (states.bind(Sql::new(backend, TABLE, "update", text)), changed.len())
        }
        Backend::Postgres => (both_on_postgres(arrivals, states, changed.len()), arrivals.len()),
        Backend::Sqlite => (both_on_sqlite(arrivals, &changed), arrivals.len() + changed.len()),
    }
}

/// Writes states bound from parameter `first` on.
fn update(backend: Backend, states: &Columns, first: usize) -> String {
    let rows = states.rows("r", first);
    let found = match backend {
        // Of a list PostgreSQL knows the length: it looks the rows up instead of reading the whole table.
        Backend::Postgres => format!(
            "t.club_id = r.club_id AND t.id = r.id AND t.event_id = r.event_id AND t.id = ANY(${})",
            first + 1
        ),
        // SQLite is kept from indexes that begin with the club and the event (the plus says so): it would
        // read every registration of the event to change a few of them.
        Backend::Sqlite => {
            String::from("+t.club_id = r.club_id AND t.id = r.id AND +t.event_id = r.event_id")
        }
    };
    format!("UPDATE registrations AS t SET status = r.status, passes = r.passes FROM {rows} WHERE {found}")
}

/// The insert asks how many were updated, so the update is done before it: whoever gives a place up may come
/// back at once. It inserts nothing unless they were as many as they had to be.
fn both_on_postgres(arrivals: &[Registration], states: Columns, changed: usize) -> Sql {
    let backend = Backend::Postgres;
    let new = line::whole(backend, arrivals.iter());
    let update = update(backend, &states, 1);
    let (names, rows) = (new.names(), new.rows("r", 1 + states.parameters()));
    let expected = 1 + states.parameters() + new.parameters();
    let text = format!(
        "WITH changed AS ({update} RETURNING 1) INSERT INTO registrations ({names}) SELECT {names} \
         FROM {rows} WHERE (SELECT count(*) FROM changed) = ${expected}"
    );
    let sql = states.bind(Sql::new(backend, TABLE, "save", text));
    new.bind(sql).big(u64::try_from(changed).unwrap_or(u64::MAX))
}

/// One document of both, in which what changed comes first: whoever gives a place up may come back at once.
/// What is not new has to be there, and what is new must not: either would make the number of rows wrong.
fn both_on_sqlite(arrivals: &[Registration], changed: &[&Registration]) -> Sql {
    let backend = Backend::Sqlite;
    let all = changed.iter().copied().chain(arrivals);
    let is_new = changed.iter().map(|_| 0).chain(arrivals.iter().map(|_| 1));
    let rows = line::whole(backend, all);
    let names = rows.names();
    let rows = rows.integers("is_new", is_new);
    let text = format!(
        "INSERT INTO registrations ({names}) SELECT {names} FROM {} WHERE r.is_new <> EXISTS (SELECT 1 FROM \
         registrations t WHERE t.id = r.id AND +t.club_id = r.club_id \
         AND (r.is_new OR +t.event_id = r.event_id)) \
         ON CONFLICT (club_id, id) DO UPDATE SET status = excluded.status, passes = excluded.passes",
        rows.rows("r", 1)
    );
    rows.bind(Sql::new(backend, TABLE, "save", text))
}
