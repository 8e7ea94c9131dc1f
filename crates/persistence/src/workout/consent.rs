//! Consents to be seen by the coaches of a club.

use async_trait::async_trait;
use spotter_domain::StoreError;
use spotter_domain::club::Role;
use spotter_domain::id::{AccountId, ClubId};
use spotter_domain::page::PageRequest;
use spotter_domain::store::Inserted;
use spotter_domain::workout::{CoachedAthlete, CoachingConsent, ConsentRepository};

use crate::Backend;
use crate::row::Row;
use crate::sql::Sql;
use crate::store::SeaOrmUnitOfWork;

const TABLE: &str = "coaching_consents";

impl TryFrom<Row> for CoachingConsent {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            club: row.id("club_id")?,
            account: row.id("account_id")?,
            granted_at: row.time("granted_at")?,
        })
    }
}

impl TryFrom<Row> for CoachedAthlete {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            account: row.id("account_id")?,
            display_name: row.get("display_name")?,
            granted_at: row.time("granted_at")?,
        })
    }
}

fn grant(backend: Backend, consent: &CoachingConsent) -> Sql {
    let text = "INSERT INTO coaching_consents (club_id, account_id, granted_at) VALUES ($1, $2, $3) \
                ON CONFLICT (club_id, account_id) DO NOTHING";
    Sql::new(backend, TABLE, "grant", text)
        .uuid(consent.club.uuid())
        .uuid(consent.account.uuid())
        .time(consent.granted_at)
}

fn withdraw(backend: Backend, club: ClubId, account: AccountId) -> Sql {
    let text = "DELETE FROM coaching_consents WHERE club_id = $1 AND account_id = $2";
    Sql::new(backend, TABLE, "withdraw", text).uuid(club.uuid()).uuid(account.uuid())
}

pub(super) fn by_id(backend: Backend, club: ClubId, account: AccountId) -> Sql {
    let text = "SELECT club_id, account_id, granted_at FROM coaching_consents \
                WHERE club_id = $1 AND account_id = $2";
    Sql::new(backend, TABLE, "by_id", text).uuid(club.uuid()).uuid(account.uuid())
}

/// A condition that somebody may coach whoever gave the consent `c`; `coach` stands for them. Both have to be in
/// the club still. Their roles are looked up one club after the other: joined, a planner may begin with all that
/// the coach is a member of, which no index leads to.
fn lets_coach(coach: &str) -> String {
    let roles: Vec<String> = Role::ALL
        .into_iter()
        .filter(|role| *role >= Role::Coach)
        .map(|role| format!("'{}'", role.as_str()))
        .collect();
    let role_of = |person: &str| {
        format!("(SELECT m.role FROM memberships m WHERE m.club_id = c.club_id AND m.account_id = {person})")
    };
    let (athlete, coach) = (role_of("c.account_id"), role_of(coach));
    format!("{athlete} IS NOT NULL AND {coach} IN ({})", roles.join(", "))
}

/// A condition that `coach` may see the workout sessions of `athlete`: columns or parameters.
pub(super) fn is_coached(athlete: &str, coach: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM coaching_consents c WHERE c.account_id = {athlete} AND {})",
        lets_coach(coach)
    )
}

pub(crate) fn may_coach(backend: Backend, coach: AccountId, athlete: AccountId) -> Sql {
    let text = format!(
        "SELECT c.club_id FROM coaching_consents c WHERE c.account_id = $1 AND {} LIMIT 1",
        lets_coach("$2")
    );
    Sql::new(backend, TABLE, "may_coach", text).uuid(athlete.uuid()).uuid(coach.uuid())
}

pub(super) fn coached(backend: Backend, club: ClubId, page: PageRequest<AccountId>) -> Sql {
    let after = if page.after.is_some() { " AND c.account_id > $3" } else { "" };
    let text = format!(
        "SELECT c.account_id, a.display_name, c.granted_at FROM coaching_consents c \
         JOIN memberships m ON m.club_id = c.club_id AND m.account_id = c.account_id \
         JOIN accounts a ON a.id = c.account_id \
         WHERE c.club_id = $1{after} ORDER BY c.account_id LIMIT $2"
    );
    let sql = Sql::new(backend, TABLE, "coached", text).uuid(club.uuid()).big(page.limit.with_lookahead());
    match page.after {
        Some(after) => sql.uuid(after.uuid()),
        None => sql,
    }
}

#[async_trait]
impl ConsentRepository for SeaOrmUnitOfWork {
    async fn grant(&mut self, consent: &CoachingConsent) -> Result<Inserted, StoreError> {
        self.insert_unless_taken(grant(self.backend, consent)).await
    }

    async fn withdraw(&mut self, club: ClubId, account: AccountId) -> Result<u64, StoreError> {
        self.execute(withdraw(self.backend, club, account)).await
    }
}
