//! Storing exercises.

use std::collections::BTreeSet;

use async_trait::async_trait;
use serde::Serialize;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ExerciseId};
use spotter_domain::workout::{
    CatalogueEntry, CustomExercise, ExerciseRepository, NameKey, PersonalAlias, PersonalExercises,
};
use uuid::Uuid;

use super::personal::TraitColumns;
use super::{catalogue, personal};
use crate::batch::{self, Kind};
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;
use crate::{Backend, time};

const NEW: [(&str, Kind); 12] = [
    ("id", Kind::Uuid),
    ("account_id", Kind::Uuid),
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
    account_id: Uuid,
    name: &'a str,
    name_key: String,
    #[serde(flatten)]
    traits: TraitColumns,
    version: u32,
    created_at: String,
}

impl<'a> From<&'a CustomExercise> for Line<'a> {
    fn from(exercise: &'a CustomExercise) -> Self {
        Self {
            id: exercise.id.uuid(),
            account_id: exercise.account.uuid(),
            name: exercise.name.as_str(),
            name_key: NameKey::of(exercise.name.as_str()).as_str().to_owned(),
            traits: TraitColumns::from(&exercise.traits),
            version: exercise.version,
            created_at: time::to_text(exercise.created_at),
        }
    }
}

fn insert_many(backend: Backend, exercises: &[CustomExercise]) -> Result<Sql, StoreError> {
    let lines: Vec<Line<'_>> = exercises.iter().map(Line::from).collect();
    Sql::new(backend, "exercises", "insert_many", batch::insert(backend, "exercises", &NEW)).rows(&lines)
}

fn update(backend: Backend, exercise: &CustomExercise) -> Sql {
    let text = "UPDATE exercises SET name = $3, name_key = $4, primary_muscles = $5, secondary_muscles = $6, \
                equipment = $7, mechanic = $8, force = $9, load = $10, version = $11 \
                WHERE id = $1 AND account_id = $2 AND version = $11 - 1";
    let line = Line::from(exercise);
    Sql::new(backend, "exercises", "update", text)
        .uuid(line.id)
        .uuid(line.account_id)
        .text(line.name)
        .text(line.name_key)
        .int(line.traits.primary_muscles)
        .int(line.traits.secondary_muscles)
        .text(line.traits.equipment)
        .text_or_null(line.traits.mechanic)
        .text_or_null(line.traits.force)
        .text(line.traits.load)
        .int(line.version)
}

pub(crate) fn delete_aliases(backend: Backend, account: AccountId, exercises: &[ExerciseId]) -> Sql {
    let text = format!(
        "DELETE FROM exercise_aliases WHERE account_id = $1 AND {}",
        backend.any_of("exercise_id", 2)
    );
    of_exercises(Sql::new(backend, "exercise_aliases", "delete_of_exercises", text), account, exercises)
}

/// Of a person's own exercise nobody else has records.
pub(crate) fn delete_records(backend: Backend, account: AccountId, exercises: &[ExerciseId]) -> Sql {
    let text = format!(
        "DELETE FROM personal_records WHERE exercise_id IN \
         (SELECT id FROM exercises WHERE account_id = $1 AND {})",
        backend.any_of("id", 2)
    );
    of_exercises(Sql::new(backend, "personal_records", "delete_of_exercises", text), account, exercises)
}

fn delete_many(backend: Backend, account: AccountId, exercises: &[ExerciseId]) -> Sql {
    let text = format!("DELETE FROM exercises WHERE account_id = $1 AND {}", backend.any_of("id", 2));
    of_exercises(Sql::new(backend, "exercises", "delete_many", text), account, exercises)
}

/// Parameters 1 and 2.
fn of_exercises(sql: Sql, account: AccountId, exercises: &[ExerciseId]) -> Sql {
    sql.uuid(account.uuid()).ids(exercises.iter().map(|id| id.uuid()))
}

pub(crate) fn unused(backend: Backend, account: AccountId, exercises: &[ExerciseId]) -> Sql {
    let text = format!(
        "SELECT e.id FROM exercises e WHERE e.account_id = $1 AND {} \
         AND NOT EXISTS (SELECT 1 FROM workout_blocks b WHERE b.exercise_id = e.id AND b.account_id = $1) \
         AND NOT EXISTS (SELECT 1 FROM planned_blocks p WHERE p.exercise_id = e.id AND p.account_id = $1)",
        backend.any_of("e.id", 2)
    );
    of_exercises(Sql::new(backend, "exercises", "unused", text), account, exercises)
}

fn save_alias(backend: Backend, account: AccountId, alias: &PersonalAlias) -> Sql {
    let text = "INSERT INTO exercise_aliases (account_id, name_key, name, exercise_id) VALUES ($1, $2, $3, $4) \
                ON CONFLICT (account_id, name_key) \
                DO UPDATE SET name = excluded.name, exercise_id = excluded.exercise_id";
    Sql::new(backend, "exercise_aliases", "save", text)
        .uuid(account.uuid())
        .text(NameKey::of(alias.name.as_str()).as_str())
        .text(alias.name.as_str())
        .uuid(alias.exercise.uuid())
}

pub(crate) fn move_all(
    backend: Backend,
    table: &'static str,
    account: AccountId,
    from: ExerciseId,
    to: ExerciseId,
) -> Sql {
    let text = format!("UPDATE {table} SET exercise_id = $3 WHERE exercise_id = $2 AND account_id = $1");
    Sql::new(backend, table, "move_all", text).uuid(account.uuid()).uuid(from.uuid()).uuid(to.uuid())
}

#[async_trait]
impl ExerciseRepository for SeaOrmUnitOfWork {
    async fn catalogue_digest(&mut self) -> Result<Option<String>, StoreError> {
        let row = self.one(catalogue::digest(self.backend)).await?;
        row.map(|row| row.get("digest")).transpose()
    }

    async fn save_catalogue(&mut self, entries: &[CatalogueEntry], digest: &str) -> Result<(), StoreError> {
        if let Some(first) = entries.first() {
            let sql = catalogue::save(self.backend, entries)?;
            self.execute_on(sql, first.id.uuid(), entries.len()).await?;
        }
        self.execute(catalogue::save_digest(self.backend, digest)).await.map(drop)
    }

    async fn personal(&mut self, accounts: &[AccountId]) -> Result<Vec<PersonalExercises>, StoreError> {
        let people: BTreeSet<AccountId> = accounts.iter().copied().collect();
        if people.is_empty() {
            return Ok(Vec::new());
        }
        let found = personal::read(&self.all(personal::select(self.backend, &people)).await?)?;
        Ok(accounts.iter().map(|account| found.get(account).cloned().unwrap_or_default()).collect())
    }

    async fn insert_many(&mut self, exercises: &[CustomExercise]) -> Result<(), StoreError> {
        let Some(first) = exercises.first() else { return Ok(()) };
        self.execute_on(insert_many(self.backend, exercises)?, first.account.uuid(), exercises.len()).await
    }

    async fn update(&mut self, exercise: &CustomExercise) -> Result<(), StoreError> {
        self.update_version(update(self.backend, exercise), exercise.id.uuid()).await
    }

    async fn delete_many(&mut self, account: AccountId, exercises: &[ExerciseId]) -> Result<(), StoreError> {
        if exercises.is_empty() {
            return Ok(());
        }
        self.execute(delete_aliases(self.backend, account, exercises)).await?;
        self.execute(delete_records(self.backend, account, exercises)).await?;
        self.execute(delete_many(self.backend, account, exercises)).await.map(drop)
    }

    async fn unused(
        &mut self,
        account: AccountId,
        exercises: &[ExerciseId],
    ) -> Result<Vec<ExerciseId>, StoreError> {
        if exercises.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.all(unused(self.backend, account, exercises)).await?;
        let mut unused = rows.iter().map(|row| row.id("id")).collect::<Result<Vec<_>, _>>()?;
        unused.sort_unstable();
        Ok(unused)
    }

    async fn save_alias(&mut self, account: AccountId, alias: &PersonalAlias) -> Result<(), StoreError> {
        self.execute_on(save_alias(self.backend, account, alias), alias.exercise.uuid(), 1).await
    }

    async fn move_all(
        &mut self,
        account: AccountId,
        from: ExerciseId,
        to: ExerciseId,
    ) -> Result<(), StoreError> {
        for table in ["workout_blocks", "planned_blocks", "exercise_aliases"] {
            self.execute(move_all(self.backend, table, account, from, to)).await?;
        }
        Ok(())
    }
}
