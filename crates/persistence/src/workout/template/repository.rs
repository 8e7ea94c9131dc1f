//! Storing templates.

use std::collections::BTreeSet;

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, TemplateId};
use spotter_domain::text::{Notes, Title};
use spotter_domain::workout::{Template, TemplateRepository};

use super::head::{self, COLUMNS, Head, TABLE};
use super::{history, planned};
use crate::Backend;
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

fn count_of(backend: Backend, account: AccountId) -> Sql {
    let text = "SELECT count(*) AS count FROM workout_templates WHERE account_id = $1";
    Sql::new(backend, TABLE, "count_of", text).uuid(account.uuid())
}

fn titles(backend: Backend, account: AccountId) -> Sql {
    let text = "SELECT id, title FROM workout_templates WHERE account_id = $1 ORDER BY id";
    Sql::new(backend, TABLE, "titles", text).uuid(account.uuid())
}

/// What a template is called.
struct Titled(Title, TemplateId);

impl TryFrom<Row> for Titled {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self(row.parse("title", Title::parse)?, row.id("id")?))
    }
}

fn insert(backend: Backend, template: &Template) -> Sql {
    let text = format!("INSERT INTO workout_templates ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6)");
    with_columns(Sql::new(backend, TABLE, "insert", text), template).time(template.created_at)
}

fn update(backend: Backend, template: &Template) -> Sql {
    let text = "UPDATE workout_templates SET title = $3, notes = $4, version = $5 \
                WHERE account_id = $1 AND id = $2 AND version = $5 - 1";
    with_columns(Sql::new(backend, TABLE, "replace", text), template)
}

/// Parameters 1 to 5.
fn with_columns(sql: Sql, template: &Template) -> Sql {
    sql.uuid(template.account.uuid())
        .uuid(template.id.uuid())
        .text(template.title.as_str())
        .text_or_null(template.notes.as_ref().map(Notes::as_str))
        .int(template.version)
}

fn delete(backend: Backend, account: AccountId, id: TemplateId) -> Sql {
    let text = "DELETE FROM workout_templates WHERE account_id = $1 AND id = $2";
    Sql::new(backend, TABLE, "delete", text).uuid(account.uuid()).uuid(id.uuid())
}

impl SeaOrmUnitOfWork {
    async fn insert_plan(&mut self, template: &Template) -> Result<(), StoreError> {
        match template.blocks.as_slice().len() {
            0 => Ok(()),
            blocks => {
                let sql = planned::insert(self.backend, template)?;
                self.execute_on(sql, template.id.uuid(), blocks).await
            }
        }
    }
}

#[async_trait]
impl TemplateRepository for SeaOrmUnitOfWork {
    async fn by_id(&mut self, account: AccountId, id: TemplateId) -> Result<Option<Template>, StoreError> {
        let head: Option<Head> = row::one(self.one(head::by_id(self.backend, account, id)).await?)?;
        let heads: Vec<Head> = head.into_iter().collect();
        match head::blocks_of(self.backend, &heads) {
            Some(blocks) => {
                let shown = head::join(heads, self.all(blocks).await?)?.pop();
                Ok(shown.map(|shown| shown.template))
            }
            None => Ok(None),
        }
    }

    async fn existing(
        &mut self,
        templates: &[(AccountId, TemplateId)],
    ) -> Result<BTreeSet<(AccountId, TemplateId)>, StoreError> {
        let templates: BTreeSet<(AccountId, TemplateId)> = templates.iter().copied().collect();
        if templates.is_empty() {
            return Ok(templates);
        }
        let rows = self.all(head::existing(self.backend, &templates)).await?;
        rows.iter().map(|row| Ok((row.id("account_id")?, row.id("id")?))).collect()
    }

    async fn count_of(&mut self, account: AccountId) -> Result<u64, StoreError> {
        self.count(count_of(self.backend, account)).await
    }

    async fn titles(&mut self, account: AccountId) -> Result<Vec<(Title, TemplateId)>, StoreError> {
        let titled: Vec<Titled> = row::all(self.all(titles(self.backend, account)).await?)?;
        Ok(titled.into_iter().map(|Titled(title, id)| (title, id)).collect())
    }

    async fn insert(&mut self, template: &Template) -> Result<(), StoreError> {
        self.execute_on(insert(self.backend, template), template.id.uuid(), 1).await?;
        self.insert_plan(template).await
    }

    async fn replace(&mut self, template: &Template) -> Result<(), StoreError> {
        self.update_version(update(self.backend, template), template.id.uuid()).await?;
        self.execute(planned::delete(self.backend, template.account, template.id)).await?;
        self.insert_plan(template).await
    }

    async fn delete(&mut self, account: AccountId, id: TemplateId) -> Result<u64, StoreError> {
        // No foreign key does it: it could only clear the person along with the template.
        self.execute(history::forget(self.backend, account, id)).await?;
        self.execute(delete(self.backend, account, id)).await
    }
}
