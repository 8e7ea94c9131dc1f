//! What was done by a template.

use std::cmp::Reverse;

use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, ExerciseId, TemplateId};
use spotter_domain::progress::Day;
use spotter_domain::workout::{PerformedBlock, TemplateHistory, Weight};
use uuid::Uuid;

use crate::row::Row;
use crate::sql::Sql;
use crate::workout::session::block;
use crate::{Backend, Database};

/// Workout sessions that came from a template did not come from one any more.
pub(crate) fn forget(backend: Backend, account: AccountId, template: TemplateId) -> Sql {
    let text = "UPDATE workout_sessions SET template_id = NULL WHERE account_id = $1 AND template_id = $2";
    Sql::new(backend, "workout_sessions", "forget_template", text).uuid(account.uuid()).uuid(template.uuid())
}

/// Rows of three kinds: the blocks of the latest workout sessions; how many workout sessions there are; and the
/// best estimate of each exercise. The first of them says of which types the columns are.
pub(crate) fn history(
    backend: Backend,
    account: AccountId,
    template: TemplateId,
    exercises: &[ExerciseId],
    since: Day,
    sessions: u16,
) -> Sql {
    let text = format!(
        "WITH page AS MATERIALIZED (SELECT id, started_at FROM workout_sessions \
         WHERE account_id = $1 AND template_id = $2 ORDER BY started_at DESC, id DESC LIMIT $3) \
         SELECT {}, p.started_at, CAST(NULL AS bigint) AS performed, CAST(NULL AS integer) AS one_rep_max \
         FROM page p JOIN workout_blocks b ON b.account_id = $1 AND b.session_id = p.id WHERE {} \
         UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, count(*), NULL FROM workout_sessions \
         WHERE account_id = $1 AND template_id = $2 \
         UNION ALL SELECT NULL, NULL, exercise_id, NULL, NULL, NULL, NULL, NULL, max(one_rep_max) \
         FROM workout_blocks WHERE {} AND account_id = $1 AND day >= $5 AND one_rep_max IS NOT NULL \
         GROUP BY exercise_id",
        block::COLUMNS,
        backend.any_of("b.exercise_id", 4),
        backend.any_of("exercise_id", 4),
    );
    Sql::new(backend, "workout_blocks", "history_of_template", text)
        .uuid(account.uuid())
        .uuid(template.uuid())
        .int(sessions)
        .ids(exercises.iter().map(|id| id.uuid()))
        .int(since.number())
}

fn read_best(row: &Row) -> Result<(ExerciseId, Weight), StoreError> {
    let weight = Weight::from_steps(row.get("one_rep_max")?);
    Ok((row.id("exercise_id")?, row.valid("one_rep_max", weight)?))
}

fn read(rows: Vec<Row>) -> Result<TemplateHistory, StoreError> {
    let mut history = TemplateHistory::default();
    for row in rows {
        if row.get::<Option<Uuid>>("id")?.is_some() {
            history.latest.push(PerformedBlock::try_from(row)?);
        } else if let Some(performed) = row.big_or_null("performed")? {
            history.performed = performed;
        } else {
            history.one_rep_max.push(read_best(&row)?);
        }
    }
    history.latest.sort_by_key(|block| (Reverse((block.started_at, block.session)), block.position));
    history.one_rep_max.sort_unstable();
    Ok(history)
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
        read(self.read_all(history(self.backend(), account, template, exercises, since, sessions)).await?)
    }
}
