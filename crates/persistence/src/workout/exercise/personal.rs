//! What a person has beside the catalogue: exercises, and names that lead elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::text::ExerciseName;
use spotter_domain::workout::{
    CustomExercise, Equipment, Force, LoadKind, Maker, Mechanic, Muscles, NameKey, PersonalAlias,
    PersonalExercises, Traits,
};

use crate::Backend;
use crate::account::repository::{athlete_columns, joined_athlete};
use crate::columns::{self, Columns};
use crate::row::Row;
use crate::sql::Sql;

/// The columns of what is known of an exercise beside its name.
#[derive(Serialize)]
pub(super) struct TraitColumns {
    pub(super) primary_muscles: i32,
    pub(super) secondary_muscles: i32,
    pub(super) equipment: &'static str,
    pub(super) mechanic: Option<&'static str>,
    pub(super) force: Option<&'static str>,
    pub(super) load: &'static str,
}

impl From<&Traits> for TraitColumns {
    fn from(traits: &Traits) -> Self {
        Self {
            primary_muscles: traits.primary.bits(),
            secondary_muscles: traits.secondary.bits(),
            equipment: traits.equipment.as_str(),
            mechanic: traits.mechanic.map(Mechanic::as_str),
            force: traits.force.map(Force::as_str),
            load: traits.load.as_str(),
        }
    }
}

fn read_exercise(row: &Row, account: AccountId) -> Result<CustomExercise, StoreError> {
    let muscles = |column| row.valid(column, Muscles::from_bits(row.get(column)?));
    Ok(CustomExercise {
        id: row.id("id")?,
        account,
        name: row.parse("name", ExerciseName::parse)?,
        traits: Traits {
            primary: muscles("primary_muscles")?,
            secondary: muscles("secondary_muscles")?,
            equipment: row.parse("equipment", Equipment::parse)?,
            mechanic: row.parse_or_null("mechanic", Mechanic::parse)?,
            force: row.parse_or_null("force", Force::parse)?,
            load: row.parse("load", LoadKind::parse)?,
        },
        version: row.int("version")?,
        created_at: row.time("created_at")?,
    })
}

/// Exercises, and behind them the names that lead elsewhere: rows without a version.
pub(crate) fn select(backend: Backend, accounts: &BTreeSet<AccountId>) -> Sql {
    let asked = Columns::new(backend).uuids("account_id", accounts.iter().map(|account| account.uuid()));
    let of = |table| columns::looked_up(backend, &asked.rows("w", 1), table, "r.account_id = w.account_id");
    let text = format!(
        "SELECT r.account_id, r.id, r.name, r.primary_muscles, r.secondary_muscles, r.equipment, r.mechanic, \
         r.force, r.load, r.version, r.created_at FROM {} UNION ALL \
         SELECT r.account_id, r.exercise_id, r.name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM {}",
        of("exercises"),
        of("exercise_aliases")
    );
    asked.bind(Sql::new(backend, "exercises", "personal", text))
}

impl TryFrom<Row> for Maker {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let own: Option<i32> = row.get("own_version")?;
        Ok(Self { athlete: joined_athlete(&row)?, made_it: own.is_some() })
    }
}

pub(crate) fn maker(backend: Backend, account: AccountId, exercise: ExerciseId) -> Sql {
    let text = format!(
        "SELECT {}, (SELECT e.version FROM exercises e WHERE e.id = $2 AND e.account_id = $1) AS own_version \
         FROM accounts a WHERE a.id = $1",
        athlete_columns()
    );
    Sql::new(backend, "accounts", "maker", text).uuid(account.uuid()).uuid(exercise.uuid())
}

/// What those people have who have anything.
pub(crate) fn read(rows: &[Row]) -> Result<BTreeMap<AccountId, PersonalExercises>, StoreError> {
    let mut people: BTreeMap<AccountId, PersonalExercises> = BTreeMap::new();
    for row in rows {
        let account = row.id("account_id")?;
        let personal = people.entry(account).or_default();
        if row.get::<Option<i32>>("version")?.is_some() {
            personal.exercises.push(read_exercise(row, account)?);
        } else {
            let name = row.parse("name", ExerciseName::parse)?;
            personal.aliases.push(PersonalAlias { name, exercise: row.id("id")? });
        }
    }
    for personal in people.values_mut() {
        personal.exercises.sort_unstable_by_key(|exercise| exercise.id);
        personal.aliases.sort_by_cached_key(|alias| NameKey::of(alias.name.as_str()));
    }
    Ok(people)
}
