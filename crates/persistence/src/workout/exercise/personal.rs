//! What a person has beside the catalogue: exercises, and names that lead elsewhere.

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
pub(crate) fn select(backend: Backend, account: AccountId) -> Sql {
    let text = "SELECT id, name, primary_muscles, secondary_muscles, equipment, mechanic, force, load, version, \
                created_at FROM exercises WHERE account_id = $1 \
                UNION ALL SELECT exercise_id, name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL \
                FROM exercise_aliases WHERE account_id = $1";
    Sql::new(backend, "exercises", "personal", text).uuid(account.uuid())
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

pub(crate) fn read(rows: &[Row], account: AccountId) -> Result<PersonalExercises, StoreError> {
    let mut personal = PersonalExercises::default();
    for row in rows {
        if row.get::<Option<i32>>("version")?.is_some() {
            personal.exercises.push(read_exercise(row, account)?);
        } else {
            let name = row.parse("name", ExerciseName::parse)?;
            personal.aliases.push(PersonalAlias { name, exercise: row.id("id")? });
        }
    }
    personal.exercises.sort_unstable_by_key(|exercise| exercise.id);
    personal.aliases.sort_by_cached_key(|alias| NameKey::of(alias.name.as_str()));
    Ok(personal)
}
