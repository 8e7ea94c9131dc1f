//! Reading clubs and memberships.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::club::{ClubQueries, ClubView, MemberView, Role, Slug};
use spotter_domain::id::{AccountId, ClubId};
use spotter_domain::page::{Page, PageRequest};

use crate::row::{self, Row};
use crate::sql::Sql;
use crate::{Backend, Database};

/// A club with what the viewer, parameter 1, may do there. Nobody in particular is a null, who has no role.
const VIEWED: &str = "SELECT c.id, c.slug, c.name, c.time_zone, c.pass_limit, c.version, c.created_at, \
                      m.role FROM clubs c LEFT JOIN memberships m ON m.club_id = c.id AND m.account_id = $1";

impl TryFrom<Row> for ClubView {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            slug: row.get("slug")?,
            name: row.get("name")?,
            time_zone: row.get("time_zone")?,
            pass_limit: row.int("pass_limit")?,
            role: row.parse_or_null("role", Role::parse)?,
            version: row.int("version")?,
            created_at: row.time("created_at")?,
        })
    }
}

impl TryFrom<Row> for MemberView {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            account: row.id("account_id")?,
            display_name: row.get("display_name")?,
            role: row.parse("role", Role::parse)?,
            joined_at: row.time("joined_at")?,
        })
    }
}

fn by_slug(backend: Backend, slug: &Slug, viewer: Option<AccountId>) -> Sql {
    Sql::new(backend, "clubs", "view_by_slug", format!("{VIEWED} WHERE c.slug = $2"))
        .uuid_or_null(viewer.map(AccountId::uuid))
        .text(slug.as_str())
}

fn list(backend: Backend, viewer: Option<AccountId>, page: &PageRequest<String>) -> Sql {
    let after = if page.after.is_some() { " WHERE c.slug > $3" } else { "" };
    let sql = Sql::new(backend, "clubs", "list", format!("{VIEWED}{after} ORDER BY c.slug LIMIT $2"))
        .uuid_or_null(viewer.map(AccountId::uuid))
        .big(page.limit.with_lookahead());
    match &page.after {
        Some(after) => sql.text(after.as_str()),
        None => sql,
    }
}

fn members(backend: Backend, club: ClubId, page: PageRequest<AccountId>) -> Sql {
    let after = if page.after.is_some() { " AND m.account_id > $3" } else { "" };
    let text = format!(
        "SELECT m.account_id, a.display_name, m.role, m.joined_at \
         FROM memberships m JOIN accounts a ON a.id = m.account_id \
         WHERE m.club_id = $1{after} ORDER BY m.account_id LIMIT $2"
    );
    let sql = Sql::new(backend, "memberships", "members", text);
    let sql = sql.uuid(club.uuid()).big(page.limit.with_lookahead());
    match page.after {
        Some(after) => sql.uuid(after.uuid()),
        None => sql,
    }
}

#[async_trait]
impl ClubQueries for Database {
    async fn by_slug(&self, slug: &Slug, viewer: Option<AccountId>) -> Result<Option<ClubView>, StoreError> {
        row::one(self.read_one(by_slug(self.backend(), slug, viewer)).await?)
    }

    async fn list(
        &self,
        viewer: Option<AccountId>,
        page: PageRequest<String>,
    ) -> Result<Page<ClubView, String>, StoreError> {
        let clubs: Vec<ClubView> = row::all(self.read_all(list(self.backend(), viewer, &page)).await?)?;
        Ok(Page::from_lookahead(clubs, page.limit, |club| club.slug.clone()))
    }

    async fn members(
        &self,
        club: ClubId,
        page: PageRequest<AccountId>,
    ) -> Result<Page<MemberView, AccountId>, StoreError> {
        let members: Vec<MemberView> = row::all(self.read_all(members(self.backend(), club, page)).await?)?;
        Ok(Page::from_lookahead(members, page.limit, |member| member.account))
    }
}
