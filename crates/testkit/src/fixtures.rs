//! Plain aggregates to begin a test with.
//!
//! Each takes a number that its identifier and its unique names follow from; everything else is ordinary.
//! What a test is about, it overwrites: `Event { status: EventStatus::Draft, ..event(1, &club, 10) }`.

use std::time::Duration;

use spotter_domain::account::{Account, ApiKey, Email, PasswordHash, Preferences, RefreshToken};
use spotter_domain::club::{Club, Membership, Role, Slug, TimeZoneName};
use spotter_domain::event::{Capacity, Event, EventStatus, Schedule};
use spotter_domain::id::AccountId;
use spotter_domain::registration::{Decision, PartySize, Registration, RegistrationStatus};
use spotter_domain::store::Inserted;
use spotter_domain::text::{ClubName, DisplayName, KeyName, Title};
use spotter_domain::vault::TokenDigest;
use spotter_domain::waitlist::{PassLimit, QueueNumber, Roster, WaitlistPolicy};
use spotter_domain::{Store, Timestamp};

use crate::clock::START;
use crate::ids::numbered;

/// Rows of identifiers, one for each kind of thing.
mod kind {
    pub(super) const ACCOUNT: u8 = 1;
    pub(super) const CLUB: u8 = 2;
    pub(super) const EVENT: u8 = 3;
    pub(super) const REGISTRATION: u8 = 4;
    pub(super) const DECISION: u8 = 5;
    pub(super) const API_KEY: u8 = 6;
    pub(super) const REFRESH_TOKEN: u8 = 7;
    pub(super) const FAMILY: u8 = 8;
    pub(super) const MESSAGE: u8 = 9;
}

/// The instant so many seconds after [`START`]; before it if negative.
#[must_use]
pub fn after(seconds: i64) -> Timestamp {
    Timestamp::from_second(START.as_second() + seconds).unwrap()
}

/// A person: `person-1@example.org`, called `Person 1`.
#[must_use]
pub fn account(number: u64) -> Account {
    Account {
        id: numbered(kind::ACCOUNT, number).into(),
        email: Email::parse(&format!("person-{number}@example.org")).unwrap(),
        display_name: DisplayName::parse(&format!("Person {number}")).unwrap(),
        password_hash: PasswordHash::new(format!("$argon2id$fixture${number}")),
        preferences: Preferences::default(),
        is_operator: false,
        version: 1,
        created_at: START,
    }
}

/// A club in Zurich: `club-1`, called `Club 1`, with the default pass limit.
#[must_use]
pub fn club(number: u64) -> Club {
    Club {
        id: numbered(kind::CLUB, number).into(),
        slug: Slug::parse(&format!("club-{number}")).unwrap(),
        name: ClubName::parse(&format!("Club {number}")).unwrap(),
        time_zone: TimeZoneName::parse("Europe/Zurich").unwrap(),
        pass_limit: PassLimit::default(),
        version: 1,
        created_at: START,
    }
}

/// A person's role in a club.
#[must_use]
pub fn membership(club: &Club, account: &Account, role: Role) -> Membership {
    Membership { club: club.id, account: account.id, role, joined_at: START }
}

/// A published event of so many seats, an hour long, that starts in an hour and lets anybody wait.
#[must_use]
pub fn event(number: u64, club: &Club, capacity: u32) -> Event {
    Event {
        id: numbered(kind::EVENT, number).into(),
        club: club.id,
        title: Title::parse(&format!("Event {number}")).unwrap(),
        description: None,
        location: None,
        schedule: schedule(3_600),
        status: EventStatus::Published,
        published_at: Some(START),
        waitlist: WaitlistPolicy::Open,
        roster: Roster::new(Capacity::new(capacity).unwrap()),
        version: 1,
        created_at: START,
    }
}

/// An hour that starts so many seconds after [`START`].
#[must_use]
pub fn schedule(starts_after: i64) -> Schedule {
    Schedule::new(after(starts_after), after(starts_after + 3_600), None).unwrap()
}

/// A confirmed registration of one person, whose queue number is the fixture's number.
#[must_use]
pub fn registration(number: u64, event: &Event, account: &Account) -> Registration {
    Registration {
        id: numbered(kind::REGISTRATION, number).into(),
        club: event.club,
        event: event.id,
        account: account.id,
        party_size: PartySize::default(),
        status: RegistrationStatus::Confirmed,
        queue_number: QueueNumber::new(number),
        passes: 0,
        registered_at: START,
    }
}

/// The identifier of a decision.
#[must_use]
pub fn decision_id(number: u64) -> spotter_domain::id::DecisionId {
    numbered(kind::DECISION, number).into()
}

/// The identifier of an outbox message.
#[must_use]
pub fn message_id(number: u64) -> spotter_domain::id::MessageId {
    numbered(kind::MESSAGE, number).into()
}

/// A digest that no other number has.
#[must_use]
pub fn digest(number: u64) -> TokenDigest {
    let mut bytes = [0xA5; 32];
    bytes[24..].copy_from_slice(&number.to_be_bytes());
    TokenDigest(bytes)
}

/// An API key of an account.
#[must_use]
pub fn api_key(number: u64, account: AccountId) -> ApiKey {
    ApiKey {
        id: numbered(kind::API_KEY, number).into(),
        account,
        name: KeyName::parse(&format!("Key {number}")).unwrap(),
        digest: digest(number),
        created_at: START,
    }
}

/// A refresh token that was just issued, of the family of that number.
#[must_use]
pub fn refresh_token(number: u64, family: u64, account: AccountId) -> RefreshToken {
    RefreshToken {
        id: numbered(kind::REFRESH_TOKEN, number).into(),
        family: numbered(kind::FAMILY, family).into(),
        account,
        digest: digest(number),
        issued_at: START,
        expires_at: START + RefreshToken::LIFETIME,
        used_at: None,
        revoked_at: None,
    }
}

/// A time span of so many seconds.
#[must_use]
pub const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// What a store holds when a test begins.
#[derive(Clone, Debug, Default)]
pub struct Seed {
    /// People.
    pub accounts: Vec<Account>,
    /// Clubs.
    pub clubs: Vec<Club>,
    /// Who belongs to them.
    pub memberships: Vec<Membership>,
    /// Their events.
    pub events: Vec<Event>,
    /// Registrations for those.
    pub registrations: Vec<Registration>,
    /// The logs of those.
    pub decisions: Vec<Decision>,
}

impl Seed {
    /// Writes everything in one unit of work.
    pub async fn save(&self, store: &dyn Store) {
        let mut work = store.begin().await.unwrap();
        for account in &self.accounts {
            assert_eq!(work.accounts().insert(account).await.unwrap(), Inserted::New);
        }
        for club in &self.clubs {
            assert_eq!(work.clubs().insert(club).await.unwrap(), Inserted::New);
        }
        for membership in &self.memberships {
            assert_eq!(work.clubs().insert_membership(membership).await.unwrap(), Inserted::New);
        }
        for event in &self.events {
            work.events().insert(event).await.unwrap();
        }
        work.registrations().insert_many(&self.registrations).await.unwrap();
        work.registrations().append_decisions(&self.decisions).await.unwrap();
        work.commit().await.unwrap();
    }
}
