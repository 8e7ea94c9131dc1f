//! The catalogue, as statements join with it.

use serde::Serialize;
use spotter_domain::workout::{CatalogueEntry, NameKey};
use spotter_domain::{StoreError, Timestamp};
use uuid::Uuid;

use super::personal::TraitColumns;
use crate::batch::{self, Kind};
use crate::sql::Sql;
use crate::{Backend, time};

const COLUMNS: [(&str, Kind); 11] = [
    ("id", Kind::Uuid),
    ("name", Kind::Text),
    ("name_key", Kind::Text),
    ("primary_muscles", Kind::Integer),
    ("secondary_muscles", Kind::Integer),
    ("equipment", Kind::Text),
    ("mechanic", Kind::Text),
    ("force", Kind::Text),
    ("load", Kind::Text),
    ("version", Kind::Integer),
    ("created_at", Kind::Time),
];

#[derive(Serialize)]
struct Line<'a> {
    id: Uuid,
    name: &'a str,
    name_key: String,
    #[serde(flatten)]
    traits: TraitColumns,
    version: u32,
    created_at: String,
}

impl<'a> From<&'a CatalogueEntry> for Line<'a> {
    fn from(entry: &'a CatalogueEntry) -> Self {
        Self {
            id: entry.id.uuid(),
            name: entry.name.as_str(),
            name_key: NameKey::of(entry.name.as_str()).as_str().to_owned(),
            traits: TraitColumns::from(&entry.traits),
            // It has no history of its own: it is always in its first version, and was always there.
            version: 1,
            created_at: time::to_text(Timestamp::UNIX_EPOCH),
        }
    }
}

pub(super) fn digest(backend: Backend) -> Sql {
    let locking = backend.locking(" FOR UPDATE");
    let text = format!("SELECT digest FROM catalogue WHERE id = 1{locking}");
    Sql::new(backend, "catalogue", "digest", text)
}

/// An entry whose id a person's exercise has touches no row.
pub(super) fn save(backend: Backend, entries: &[CatalogueEntry]) -> Result<Sql, StoreError> {
    let updated: Vec<String> =
        COLUMNS[1..9].iter().map(|(column, _)| format!("{column} = excluded.{column}")).collect();
    let insert = batch::insert(backend, "exercises", &COLUMNS);
    // SQLite takes the conflict clause for a part of the query unless a condition stands between them.
    let text = format!(
        "{insert} WHERE true ON CONFLICT (id) DO UPDATE SET {} WHERE exercises.account_id IS NULL",
        updated.join(", ")
    );
    let lines: Vec<Line<'_>> = entries.iter().map(Line::from).collect();
    Sql::new(backend, "exercises", "save_catalogue", text).rows(&lines)
}

pub(super) fn save_digest(backend: Backend, digest: &str) -> Sql {
    let text = "INSERT INTO catalogue (id, digest) VALUES (1, $1) \
                ON CONFLICT (id) DO UPDATE SET digest = excluded.digest";
    Sql::new(backend, "catalogue", "save_digest", text).text(digest)
}
