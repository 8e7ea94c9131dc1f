//! Reading workout sessions.

use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, WorkoutSessionId};
use spotter_domain::page::{Page, PageRequest};
use spotter_domain::workout::{SessionCursor, SessionFilter, ShownSession};

use super::head::{self, COLUMNS, Head, TABLE};
use crate::conditions::Conditions;
use crate::row;
use crate::sql::Sql;
use crate::workout::consent::is_coached;
use crate::{Backend, Database};

/// A workout session, whoever's it is, if the viewer may see it.
pub(crate) fn seen(backend: Backend, viewer: AccountId, id: WorkoutSessionId) -> Sql {
    let text = format!(
        "SELECT {COLUMNS} FROM workout_sessions s WHERE s.id = $1 AND (s.account_id = $2 OR {})",
        is_coached("s.account_id", "$2")
    );
    Sql::new(backend, TABLE, "seen", text).uuid(id.uuid()).uuid(viewer.uuid())
}

pub(crate) fn list(
    backend: Backend,
    viewer: AccountId,
    account: AccountId,
    filter: SessionFilter,
    page: PageRequest<SessionCursor>,
) -> Sql {
    let sql = Sql::new(backend, TABLE, "list", "").uuid(account.uuid()).big(page.limit.with_lookahead());
    let text = format!("SELECT {COLUMNS} FROM workout_sessions WHERE account_id = $1");
    let mut query = Conditions::upon(sql, text);
    if viewer != account {
        query.and(&is_coached("$1", "?"), |sql| sql.uuid(viewer.uuid()));
    }
    if let Some(from) = filter.from {
        query.and("started_at >= ?", |sql| sql.time(from));
    }
    if let Some(to) = filter.to {
        query.and("started_at < ?", |sql| sql.time(to));
    }
    if let Some(exercise) = filter.exercise {
        let has = "id IN (SELECT b.session_id FROM workout_blocks b \
                   WHERE b.exercise_id = ? AND b.account_id = $1)";
        query.and(has, |sql| sql.uuid(exercise.uuid()));
    }
    if let Some(after) = page.after {
        query.and("(started_at, id) < (?, ?)", |sql| sql.time(after.started_at).uuid(after.id.uuid()));
    }
    query.finish(" ORDER BY started_at DESC, id DESC LIMIT $2")
}

impl Database {
    pub(crate) async fn read_session(
        &self,
        viewer: AccountId,
        id: WorkoutSessionId,
    ) -> Result<Option<ShownSession>, StoreError> {
        let head: Option<Head> = row::one(self.read_one(seen(self.backend(), viewer, id)).await?)?;
        Ok(self.with_blocks(head.into_iter().collect()).await?.pop())
    }

    pub(crate) async fn read_sessions(
        &self,
        viewer: AccountId,
        account: AccountId,
        filter: SessionFilter,
        page: PageRequest<SessionCursor>,
    ) -> Result<Page<ShownSession, SessionCursor>, StoreError> {
        let sql = list(self.backend(), viewer, account, filter, page);
        let heads: Vec<Head> = row::all(self.read_all(sql).await?)?;
        let Page { items, next } = Page::from_lookahead(heads, page.limit, Head::cursor);
        Ok(Page { items: self.with_blocks(items).await?, next })
    }

    async fn with_blocks(&self, heads: Vec<Head>) -> Result<Vec<ShownSession>, StoreError> {
        match head::named_blocks_of(self.backend(), &heads) {
            Some(blocks) => head::join_named(heads, self.read_all(blocks).await?),
            None => Ok(Vec::new()),
        }
    }
}
