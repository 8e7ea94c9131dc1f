//! A believable club for an empty database: two weeks of classes, some of them full with people waiting.
//!
//! Everything goes through the use cases, so the demonstration obeys every rule, waitlists included.

mod chance;
mod people;
mod script;
mod timetable;

use spotter_application::account::GrantOperator;
use spotter_application::club::{CreateClub, Join, SetRole};
use spotter_application::event::{CancelEvent, CreateEvent, Visibility};
use spotter_application::registration::{Cancel, Register};
use spotter_application::{Caller, Error, RequestContext, Spotter};
use spotter_domain::account::Email;
use spotter_domain::club::{Role, Slug, TimeZoneName};
use spotter_domain::id::{AccountId, EventId};
use spotter_domain::page::PageRequest;
use spotter_domain::registration::PartySize;
use spotter_domain::text::ClubName;
use spotter_domain::waitlist::PassLimit;
use spotter_domain::{Invalid, Timestamp};

use chance::Chance;
use people::{MEMBERS, STAFF};
use script::Script;
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

/// Fills an empty database, or finishes a demonstration that was cut off.
///
/// # Errors
///
/// Those of the use cases.
pub async fn fill(spotter: &Spotter) -> Result<Demo, Error> {
    if is_complete(spotter).await? {
        return Ok(Demo::Ready(sign_ins()));
    }
    let clubs = spotter.clubs(Caller::Anonymous, PageRequest::default()).await?;
    if clubs.items.iter().any(|club| club.slug != SLUG) {
        return Ok(Demo::NotEmpty);
    }
    let mut script = Script::new(spotter);
    let staff = open_club(&mut script).await?;
    let mut members = Vec::new();
    for (name, local) in MEMBERS {
        members.push(script.sign_up(name, &format!("{local}@demo.example")).await?);
    }
    for member in &members {
        script.take(*member, &Join { club: slug()? }).await?;
    }
    let mut chance = Chance::new(2027);
    for lesson in timetable::two_weeks(spotter.ports().clock.now(), ZONE)? {
        schedule(&mut script, staff[1], &lesson, &members, &mut chance).await?;
    }
    // The last step, and the sign that all others were taken.
    let grant = GrantOperator { email: owner()? };
    spotter.run(&RequestContext::internal(Caller::Anonymous), &grant).await?;
    Ok(Demo::Ready(sign_ins()))
}

/// Whether the demonstration was made to its end.
async fn is_complete(spotter: &Spotter) -> Result<bool, Error> {
    let owner = spotter.ports().accounts.credentials(&owner()?).await?;
    Ok(owner.is_some_and(|owner| owner.profile.is_operator))
}

fn owner() -> Result<Email, Error> {
    Email::parse(STAFF[0].email).map_err(unexpected)
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

/// The demonstration's own values are fixed; one that is refused is a mistake here.
#[expect(clippy::needless_pass_by_value, reason = "it is what map_err hands over")]
fn unexpected(invalid: Invalid) -> Error {
    Error::Internal(format!("a value of the demonstration was refused: {invalid}"))
}

/// Makes the club and its staff, in the order of [`STAFF`].
async fn open_club(script: &mut Script<'_>) -> Result<Vec<AccountId>, Error> {
    let mut accounts = Vec::new();
    for staff in &STAFF {
        accounts.push(script.sign_up(staff.name, staff.email).await?);
    }
    let club = CreateClub {
        slug: slug()?,
        name: ClubName::parse("Harbour Strength").map_err(unexpected)?,
        time_zone: TimeZoneName::parse(ZONE).map_err(unexpected)?,
        pass_limit: PassLimit::default(),
    };
    script.take(accounts[0], &club).await?;
    for (staff, account) in STAFF.iter().zip(&accounts).filter(|(staff, _)| staff.role != Role::Owner) {
        let grant = SetRole { club: slug()?, account: *account, role: staff.role };
        script.take(accounts[0], &grant).await?;
    }
    Ok(accounts)
}

/// Puts one class on the timetable and lets people come to it.
async fn schedule(
    script: &mut Script<'_>,
    manager: AccountId,
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
        visibility: if lesson.popularity == Popularity::Draft {
            Visibility::Draft
        } else {
            Visibility::Published
        },
    };
    let event = script.take(manager, &create).await?.id;
    let wanted = match lesson.popularity {
        Popularity::Draft => return Ok(()),
        Popularity::CalledOff => 3,
        Popularity::Quiet => chance.between(2, lesson.seats / 2),
        Popularity::Busy => chance.between(lesson.seats / 2, lesson.seats),
        Popularity::Overrun => lesson.seats + chance.between(2, 6),
    };
    register(script, event, &chance.pick(members, wanted), chance).await?;
    if lesson.popularity == Popularity::CalledOff {
        script.take(manager, &CancelEvent { event }).await?;
    }
    Ok(())
}

/// Lets people register in turn, some of them with a friend, and one of them change their mind.
async fn register(
    script: &mut Script<'_>,
    event: EventId,
    people: &[AccountId],
    chance: &mut Chance,
) -> Result<(), Error> {
    let spotter = script.spotter();
    let mut first = None;
    for person in people {
        let party_size = PartySize::new(if chance.one_in(7) { 2 } else { 1 }).map_err(unexpected)?;
        let claim = Register { event, party_size, person: None };
        match script.insist(*person, async |context| spotter.register(context, claim).await).await {
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
        let command = Cancel { registration };
        script.insist(person, async |context| spotter.cancel(context, command).await).await?;
    }
    Ok(())
}

/// The instant from which the timetable counts: the start of the day after `now`, where the club is.
fn tomorrow(now: Timestamp, zone: &str) -> Result<jiff::Zoned, jiff::Error> {
    now.in_tz(zone)?.tomorrow()?.start_of_day()
}
