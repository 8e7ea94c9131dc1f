//! Puts a club of people with their histories into a database, through the application.
//!
//! Each person is one transaction: the account, the membership and everything they trained. So a run that was cut
//! off leaves nobody half done, and the next one goes on where it ended: whoever has an account is passed over.

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::civil::Date;
use spotter_application::club::{CreateClub, Join};
use spotter_application::workout::ImportSessions;
use spotter_application::{Caller, Command, Error, RequestContext, Spotter, Work};
use spotter_domain::Invalid;
use spotter_domain::account::{Account, Email, Password, PasswordHash, Preferences};
use spotter_domain::club::{Slug, TimeZoneName};
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::AccountId;
use spotter_domain::store::Inserted;
use spotter_domain::text::{ClubName, DisplayName};
use spotter_domain::waitlist::PassLimit;
use spotter_domain::workout::ImportMode;

use crate::{Figures, History, Person};

/// What everybody can sign in with.
pub const PASSWORD: &str = "one plate a year";

/// The club that everybody belongs to.
pub const CLUB: &str = "ironworks";

const ZONE: &str = "Europe/Vienna";

/// What is wanted in the database.
#[derive(Clone, Copy, Debug)]
pub struct Filling {
    /// What the histories follow from.
    pub seed: u64,
    /// How many members there are beside the veteran, each with a year.
    pub members: u32,
    /// How many years the veteran has.
    pub years: u8,
    /// The last day of every history.
    pub until: Date,
    /// How many people are worked on at once. On the embedded database they wait for each other.
    pub at_once: usize,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// How many people were added.
    pub added: u64,
    /// How many were there already.
    pub there: u64,
    /// What the histories of those who were added add up to.
    pub sessions: u64,
    /// Their sets, warm-ups included.
    pub sets: u64,
}

/// Fills a database whose schema and catalogue are up to date. `tell` is called after each person.
///
/// # Errors
///
/// What the application answers.
pub async fn fill(
    spotter: &Spotter,
    filling: Filling,
    mut tell: impl FnMut(Filled),
) -> Result<Filled, Error> {
    let password = Password::parse_new(PASSWORD.to_owned()).map_err(refused)?;
    // One hash for all: nobody here has anything to protect, and two thousand would take minutes.
    let password_hash = spotter.ports().hasher.hash(&password).await?;
    let veteran = Person::veteran(filling.seed, filling.years, filling.until).map_err(refused)?;
    let mut filled = Filled::default();
    filled.count(add(spotter, veteran, &password_hash).await?);
    tell(filled);
    let members = (0..filling.members).map(|number| Person::member(filling.seed, number, filling.until));
    let members = members.collect::<Result<Vec<_>, _>>().map_err(refused)?;
    let mut adding = stream::iter(members)
        .map(|member| add(spotter, member, &password_hash))
        .buffer_unordered(filling.at_once.max(1));
    while let Some(added) = adding.try_next().await? {
        filled.count(added);
        tell(filled);
    }
    Ok(filled)
}

impl Filled {
    fn count(&mut self, added: Option<Figures>) {
        match added {
            None => self.there += 1,
            Some(figures) => {
                self.added += 1;
                self.sessions += figures.sessions;
                self.sets += figures.all_sets;
            }
        }
    }
}

/// Adds a person, unless they are there. Answers what they trained.
async fn add(
    spotter: &Spotter,
    person: Person,
    password_hash: &PasswordHash,
) -> Result<Option<Figures>, Error> {
    let email = Email::parse(&person.email()).map_err(refused)?;
    if spotter.ports().accounts.credentials(&email).await?.is_some() {
        return Ok(None);
    }
    let history = History::of(&person).map_err(refused)?;
    let newcomer = Newcomer {
        email,
        display_name: DisplayName::parse(&person.name()).map_err(refused)?,
        password_hash: password_hash.clone(),
        place: if person.is_veteran() { Place::Founder } else { Place::Member },
        import: ImportSessions {
            export: Arc::new(history.to_export()),
            exercises: Arc::default(),
            templates: Arc::default(),
            mode: ImportMode::Real,
        },
    };
    spotter.run(&RequestContext::internal(Caller::Anonymous), &newcomer).await?;
    Ok(Some(history.figures()))
}

/// Somebody's place in the club.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Founder,
    Member,
}

/// Makes an account, lets it join the club (or make it), and takes over what was trained.
struct Newcomer {
    email: Email,
    display_name: DisplayName,
    password_hash: PasswordHash,
    place: Place,
    import: ImportSessions,
}

#[async_trait]
impl Command for Newcomer {
    type Answer = ();

    async fn apply(&self, work: &mut Work<'_>) -> Result<(), Error> {
        let zone = TimeZoneName::parse(ZONE).map_err(refused)?;
        let account = Account {
            id: AccountId::generate(work.ids),
            email: self.email.clone(),
            display_name: self.display_name.clone(),
            password_hash: self.password_hash.clone(),
            preferences: Preferences { time_zone: Some(zone.clone()), ..Preferences::default() },
            is_operator: false,
            version: 1,
            created_at: work.now,
        };
        if work.unit.accounts().insert(&account).await? == Inserted::Duplicate {
            return Err(Error::refused("email_taken", "somebody else is filling this database"));
        }
        work.announce(DomainEvent::AccountCreated { account: account.id });
        work.caller = Caller::Account(account.id);
        let slug = Slug::parse(CLUB).map_err(refused)?;
        match self.place {
            Place::Member => drop(Join { club: slug }.apply(work).await?),
            Place::Founder => {
                let name = ClubName::parse("Ironworks").map_err(refused)?;
                let pass_limit = PassLimit::default();
                drop(CreateClub { slug, name, time_zone: zone, pass_limit }.apply(work).await?);
            }
        }
        self.import.apply(work).await?;
        Ok(())
    }
}

/// The values of this crate are fixed; one that is refused is a mistake here.
#[expect(clippy::needless_pass_by_value, reason = "it is what map_err hands over")]
fn refused(invalid: Invalid) -> Error {
    Error::Internal(format!("a generated value was refused: {invalid}"))
}
