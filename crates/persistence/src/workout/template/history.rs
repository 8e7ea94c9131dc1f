//! What was done by a template.

use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ExerciseId, TemplateId};
use spotter_domain::progress::Day;
use spotter_domain::workout::{TemplateHistory, Weight};

use crate::row::{self, Row};
use crate::sql::Sql;
use crate::workout::session::block;
use crate::{Backend, Database};

/// Workout sessions that came from a template did not come from one any more.
pub(crate) fn forget(backend: Backend, account: AccountId, template: TemplateId) -> Sql {
    let text = "UPDATE workout_sessions SET template_id = NULL WHERE account_id = $1 AND template_id = $2";
    Sql::new(backend, "workout_sessions", "forget_template", text).uuid(account.uuid()).uuid(template.uuid())
}

fn count(backend: Backend, account: AccountId, template: TemplateId) -> Sql {
    let text = "SELECT count(*) AS count FROM workout_sessions WHERE account_id = $1 AND template_id = $2";
    Sql::new(backend, "workout_sessions", "count_of_template", text)
        .uuid(account.uuid())
        .uuid(template.uuid())
}

pub(crate) fn latest(
    backend: Backend,
    account: AccountId,
    template: TemplateId,
    exercises: &[ExerciseId],
    sessions: u16,
) -> Sql {
    let text = format!(
        "WITH page AS MATERIALIZED (SELECT id, started_at FROM workout_sessions \
         WHERE account_id = $1 AND template_id = $2 ORDER BY started_at DESC, id DESC LIMIT $3) \
         SELECT {}, p.started_at FROM page p \
         JOIN workout_blocks b ON b.account_id = $1 AND b.session_id = p.id WHERE {} \
         ORDER BY p.started_at DESC, p.id DESC, b.position",
        block::COLUMNS,
        backend.any_of("b.exercise_id", 4)
    );
    Sql::new(backend, "workout_blocks", "latest_of_template", text)
        .uuid(account.uuid())
        .uuid(template.uuid())
        .int(sessions)
        .ids(exercises.iter().map(|id| id.uuid()))
}

pub(crate) fn best(backend: Backend, account: AccountId, exercises: &[ExerciseId], since: Day) -> Sql {
    let text = format!(
        "SELECT exercise_id, max(one_rep_max) AS one_rep_max FROM workout_blocks \
         WHERE {} AND account_id = $1 AND day >= $3 AND one_rep_max IS NOT NULL \
         GROUP BY exercise_id ORDER BY exercise_id",
        backend.any_of("exercise_id", 2)
    );
    Sql::new(backend, "workout_blocks", "best", text)
        .uuid(account.uuid())
        .ids(exercises.iter().map(|id| id.uuid()))
        .int(since.number())
}

fn read_best(row: &Row) -> Result<(ExerciseId, Weight), StoreError> {
    let weight = Weight::from_steps(row.get("one_rep_max")?);
    Ok((row.id("exercise_id")?, row.valid("one_rep_max", weight)?))
}

impl Database {
    pub(crate) async fn read_history(
        &self,
        account: AccountId,
        template: TemplateId,
        exercises: &[ExerciseId],
        since: Day,
        sessions: u16,
    ) -> Result<TemplateHistory, StoreError> {
        let backend = self.backend();
        let performed = self.read_one(count(backend, account, template)).await?;
        let performed = performed.map_or(Ok(0), |row| row.big("count"))?;
        if exercises.is_empty() {
            return Ok(TemplateHistory { performed, ..TemplateHistory::default() });
        }
        let latest = match performed {
            0 => Vec::new(),
            _ => self.read_all(latest(backend, account, template, exercises, sessions)).await?,
        };
        let best = self.read_all(best(backend, account, exercises, since)).await?;
        Ok(TemplateHistory {
            performed,
            latest: row::all(latest)?,
            one_rep_max: best.iter().map(read_best).collect::<Result<_, _>>()?,
        })
    }
}
