//! Writing clubs and memberships.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::club::{Club, ClubRepository, Membership, Role, Slug, TimeZoneName};
use spotter_domain::id::{AccountId, ClubId};
use spotter_domain::store::Inserted;
use spotter_domain::text::ClubName;
use spotter_domain::waitlist::PassLimit;

use crate::Backend;
use crate::row::{self, Row};
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

const COLUMNS: &str = "id, slug, name, time_zone, pass_limit, version, created_at";

/// The pass limit of a row that has one.
pub(crate) fn read_pass_limit(row: &Row) -> Result<PassLimit, StoreError> {
    PassLimit::new(row.int("pass_limit")?).map_err(|invalid| row.corrupt("pass_limit", invalid.to_string()))
}

impl TryFrom<Row> for Club {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            slug: row.parse("slug", Slug::parse)?,
            name: row.parse("name", ClubName::parse)?,
            time_zone: row.parse("time_zone", TimeZoneName::parse)?,
            pass_limit: read_pass_limit(&row)?,
            version: row.int("version")?,
            created_at: row.time("created_at")?,
        })
    }
}

impl TryFrom<Row> for Membership {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            club: row.id("club_id")?,
            account: row.id("account_id")?,
            role: row.parse("role", Role::parse)?,
            joined_at: row.time("joined_at")?,
        })
    }
}

fn by_slug(backend: Backend, slug: &Slug) -> Sql {
    let text = format!("SELECT {COLUMNS} FROM clubs WHERE slug = $1");
    Sql::new(backend, "clubs", "by_slug", text).text(slug.as_str())
}

/// Not as strong as it could be: rows that point to the club can be written meanwhile.
fn lock(backend: Backend, slug: &Slug) -> Sql {
    let locking = backend.locking(" FOR NO KEY UPDATE");
    let text = format!("SELECT {COLUMNS} FROM clubs WHERE slug = $1{locking}");
    Sql::new(backend, "clubs", "lock", text).text(slug.as_str())
}

fn insert(backend: Backend, club: &Club) -> Sql {
    let text = format!(
        "INSERT INTO clubs ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (slug) DO NOTHING"
    );
    with_columns(Sql::new(backend, "clubs", "insert", text), club).time(club.created_at)
}

fn update(backend: Backend, club: &Club) -> Sql {
    let text = "UPDATE clubs SET slug = $2, name = $3, time_zone = $4, pass_limit = $5, version = $6 \
                WHERE id = $1 AND version = $6 - 1";
    with_columns(Sql::new(backend, "clubs", "update", text), club)
}

/// Parameters 1 to 6.
fn with_columns(sql: Sql, club: &Club) -> Sql {
    sql.uuid(club.id.uuid())
        .text(club.slug.as_str())
        .text(club.name.as_str())
        .text(club.time_zone.as_str())
        .int(club.pass_limit.get())
        .int(club.version)
}

fn membership(backend: Backend, club: ClubId, account: AccountId) -> Sql {
    let text =
        "SELECT club_id, account_id, role, joined_at FROM memberships WHERE club_id = $1 AND account_id = $2";
    Sql::new(backend, "memberships", "membership", text).uuid(club.uuid()).uuid(account.uuid())
}

fn insert_membership(backend: Backend, membership: &Membership) -> Sql {
    let text = "INSERT INTO memberships (club_id, account_id, role, joined_at) VALUES ($1, $2, $3, $4) \
                ON CONFLICT (club_id, account_id) DO NOTHING";
    Sql::new(backend, "memberships", "insert", text)
        .uuid(membership.club.uuid())
        .uuid(membership.account.uuid())
        .text(membership.role.as_str())
        .time(membership.joined_at)
}

fn update_membership(backend: Backend, membership: &Membership) -> Sql {
    let text = "UPDATE memberships SET role = $3 WHERE club_id = $1 AND account_id = $2";
    Sql::new(backend, "memberships", "update", text)
        .uuid(membership.club.uuid())
        .uuid(membership.account.uuid())
        .text(membership.role.as_str())
}

fn count_of_role(backend: Backend, club: ClubId, role: Role) -> Sql {
    let text = "SELECT count(*) AS count FROM memberships WHERE club_id = $1 AND role = $2";
    Sql::new(backend, "memberships", "count_of_role", text).uuid(club.uuid()).text(role.as_str())
}

#[async_trait]
impl ClubRepository for SeaOrmUnitOfWork {
    async fn by_slug(&mut self, slug: &Slug) -> Result<Option<Club>, StoreError> {
        row::one(self.one(by_slug(self.backend, slug)).await?)
    }

    async fn lock(&mut self, slug: &Slug) -> Result<Option<Club>, StoreError> {
        row::one(self.one(lock(self.backend, slug)).await?)
    }

    async fn insert(&mut self, club: &Club) -> Result<Inserted, StoreError> {
        self.insert_unless_taken(insert(self.backend, club)).await
    }

    async fn update(&mut self, club: &Club) -> Result<(), StoreError> {
        self.update_version(update(self.backend, club), club.id.uuid()).await
    }

    async fn membership(
        &mut self,
        club: ClubId,
        account: AccountId,
    ) -> Result<Option<Membership>, StoreError> {
        row::one(self.one(membership(self.backend, club, account)).await?)
    }

    async fn insert_membership(&mut self, membership: &Membership) -> Result<Inserted, StoreError> {
        self.insert_unless_taken(insert_membership(self.backend, membership)).await
    }

    async fn update_membership(&mut self, membership: &Membership) -> Result<(), StoreError> {
        self.execute_on(update_membership(self.backend, membership), membership.account.uuid(), 1).await
    }

    async fn count_of_role(&mut self, club: ClubId, role: Role) -> Result<u64, StoreError> {
        self.count(count_of_role(self.backend, club, role)).await
    }
}
