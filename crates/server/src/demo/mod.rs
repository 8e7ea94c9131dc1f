//! A believable club for an empty database: two weeks of classes, some of them full with people waiting.
//!
//! Everything goes through the use cases, so the demonstration obeys every rule, waitlists included.

mod chance;
mod people;
mod timetable;

use spotter_application::account::{GrantOperator, SignUp};
use spotter_application::club::{CreateClub, SetRole};
use spotter_application::event::{CancelEvent, CreateEvent, Visibility};
use spotter_application::registration::{Cancel, Register};
use spotter_application::{Caller, Error, RequestContext, Spotter};
use spotter_domain::account::{Email, Password};
use spotter_domain::club::{Role, Slug, TimeZoneName};
use spotter_domain::id::{AccountId, EventId};
use spotter_domain::page::PageRequest;
use spotter_domain::registration::PartySize;
use spotter_domain::text::{ClubName, DisplayName};
use spotter_domain::waitlist::PassLimit;
use spotter_domain::{Invalid, Timestamp};

use chance::Chance;
use people::{MEMBERS, STAFF};
use timetable::{Lesson, Popularity};

/// The password of everybody in the demonstration.
pub const PASSWORD: &str = "demo-password";

const SLUG: &str = "harbour-strength";
const ZONE: &str = "Europe/Lisbon";

/// Who can sign in, and as what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// The address to sign in with.
    pub email: &'static str,
    /// What they are in the club.
    pub role: &'static str,
}

/// What became of the wish for a demonstration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demo {
    /// The database was empty and has a club now, or has had it since an earlier start.
    Ready(Vec<SignIn>),
    /// The database holds something else, and was left alone.
    NotEmpty,
}

/// Fills an empty database.
///
/// # Errors
///
/// Those of the use cases.
pub async fn fill(spotter: &Spotter) -> Result<Demo, Error> {
    let clubs = spotter.clubs(Caller::Anonymous, PageRequest::default()).await?;
    if clubs.items.iter().any(|club| club.slug == SLUG) {
        return Ok(Demo::Ready(sign_ins()));
    }
    if !clubs.items.is_empty() {
        return Ok(Demo::NotEmpty);
    }
    let staff = open_club(spotter).await?;
    let mut members = Vec::new();
    for (name, local) in MEMBERS {
        members.push(sign_up(spotter, name, &format!("{local}@demo.example")).await?);
    }
    for member in &members {
        let join = spotter_application::club::Join { club: slug()? };
        spotter.run(&context(*member), &join).await?;
    }
    let manager = context(staff[1]);
    let mut chance = Chance::new(2027);
    for lesson in timetable::two_weeks(spotter.ports().clock.now(), ZONE)? {
        schedule(spotter, &manager, &lesson, &members, &mut chance).await?;
    }
    Ok(Demo::Ready(sign_ins()))
}

/// The accounts that the start-up message names.
fn sign_ins() -> Vec<SignIn> {
    STAFF
        .iter()
        .map(|staff| SignIn { email: staff.email, role: staff.tells })
        .chain([SignIn { email: "maya.lindqvist@demo.example", role: "member" }])
        .collect()
}

fn slug() -> Result<Slug, Error> {
    Slug::parse(SLUG).map_err(unexpected)
}

fn context(account: AccountId) -> RequestContext {
    RequestContext::internal(Caller::Account(account))
}

/// The demonstration's own values are fixed; one that is refused is a mistake here.
#[expect(clippy::needless_pass_by_value, reason = "it is what map_err hands over")]
fn unexpected(invalid: Invalid) -> Error {
    Error::Internal(format!("a value of the demonstration was refused: {invalid}"))
}

async fn sign_up(spotter: &Spotter, name: &str, email: &str) -> Result<AccountId, Error> {
    let command = SignUp {
        email: Email::parse(email).map_err(unexpected)?,
        password: Password::parse_new(PASSWORD.to_owned()).map_err(unexpected)?,
        display_name: DisplayName::parse(name).map_err(unexpected)?,
    };
    Ok(spotter.sign_up(&RequestContext::internal(Caller::Anonymous), command).await?.profile.id)
}

/// Makes the club and its staff, in the order of [`STAFF`].
async fn open_club(spotter: &Spotter) -> Result<Vec<AccountId>, Error> {
    let mut accounts = Vec::new();
    for staff in &STAFF {
        accounts.push(sign_up(spotter, staff.name, staff.email).await?);
    }
    let owner = context(accounts[0]);
    let club = CreateClub {
        slug: slug()?,
        name: ClubName::parse("Harbour Strength").map_err(unexpected)?,
        time_zone: TimeZoneName::parse(ZONE).map_err(unexpected)?,
        pass_limit: PassLimit::default(),
    };
    spotter.run(&owner, &club).await?;
    for (staff, account) in STAFF.iter().zip(&accounts).filter(|(staff, _)| staff.role != Role::Owner) {
        let grant = SetRole { club: slug()?, account: *account, role: staff.role };
        spotter.run(&owner, &grant).await?;
    }
    let email = Email::parse(STAFF[0].email).map_err(unexpected)?;
    spotter.run(&owner, &GrantOperator { email }).await?;
    Ok(accounts)
}

/// Puts one class on the timetable and lets people come to it.
async fn schedule(
    spotter: &Spotter,
    manager: &RequestContext,
    lesson: &Lesson,
    members: &[AccountId],
    chance: &mut Chance,
) -> Result<(), Error> {
    let create = CreateEvent {
        club: slug()?,
        title: lesson.title()?,
        description: lesson.description()?,
        location: lesson.location()?,
        schedule: lesson.schedule()?,
        capacity: lesson.capacity()?,
        waitlist: lesson.waitlist,
        visibility: if lesson.popularity == Popularity::Draft { Visibility::Draft } else { Visibility::Published },
    };
    let event = spotter.run(manager, &create).await?.id;
    let wanted = match lesson.popularity {
        Popularity::Draft => return Ok(()),
        Popularity::CalledOff => 3,
        Popularity::Quiet => chance.between(2, lesson.seats / 2),
        Popularity::Busy => chance.between(lesson.seats / 2, lesson.seats),
        Popularity::Overrun => lesson.seats + chance.between(2, 6),
    };
    register(spotter, event, &chance.pick(members, wanted), chance).await?;
    if lesson.popularity == Popularity::CalledOff {
        spotter.run(manager, &CancelEvent { event }).await?;
    }
    Ok(())
}

/// Lets people register in turn, some of them with a friend, and one of them change their mind.
async fn register(
    spotter: &Spotter,
    event: EventId,
    people: &[AccountId],
    chance: &mut Chance,
) -> Result<(), Error> {
    let mut first = None;
    for person in people {
        let party_size = PartySize::new(if chance.one_in(7) { 2 } else { 1 }).map_err(unexpected)?;
        let claim = Register { event, party_size, person: None };
        match spotter.run(&context(*person), &claim).await {
            Ok(registration) => {
                first.get_or_insert((*person, registration.id));
            }
            // A class may be full with a full waitlist: that is part of the picture.
            Err(Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    if let Some((person, registration)) = first
        && chance.one_in(4)
    {
        spotter.run(&context(person), &Cancel { registration }).await?;
    }
    Ok(())
}

/// The instant from which the timetable counts: the start of the day after `now`, where the club is.
fn tomorrow(now: Timestamp, zone: &str) -> Result<jiff::Zoned, jiff::Error> {
    now.in_tz(zone)?.tomorrow()?.start_of_day()
}
