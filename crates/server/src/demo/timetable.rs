//! The timetable of the demonstration.

use jiff::ToSpan;
use spotter_application::Error;
use spotter_domain::Timestamp;
use spotter_domain::event::{Capacity, Schedule};
use spotter_domain::text::{Description, Location, Title};
use spotter_domain::waitlist::WaitlistPolicy;

use super::{tomorrow, unexpected};

/// How many people want to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Popularity {
    /// It is still being prepared.
    Draft,
    /// It is called off after some have registered.
    CalledOff,
    /// Fewer than half of the seats.
    Quiet,
    /// Most of the seats.
    Busy,
    /// More than there are seats.
    Overrun,
}

/// A class of one day.
pub(super) struct Lesson {
    kind: &'static Kind,
    starts_at: Timestamp,
    pub(super) seats: u32,
    pub(super) popularity: Popularity,
    pub(super) waitlist: WaitlistPolicy,
}

/// A class that comes back every week.
struct Kind {
    title: &'static str,
    description: &'static str,
    location: &'static str,
    /// Days of the week on which it takes place, Monday being 1.
    days: &'static [i8],
    /// Hour and minute, where the club is.
    at: (i8, i8),
    minutes: i64,
    seats: u32,
    popularity: Popularity,
    waitlist: WaitlistPolicy,
}

const KINDS: [Kind; 7] = [
    Kind {
        title: "Early Barbell",
        description: "Squat, press, pull: a full session before work. Bring flat shoes.",
        location: "Main floor",
        days: &[1, 3, 5],
        at: (6, 45),
        minutes: 60,
        seats: 8,
        popularity: Popularity::Overrun,
        waitlist: WaitlistPolicy::Open,
    },
    Kind {
        title: "Lunch Conditioning",
        description: "Forty minutes on rowers and sleds. You will be back at your desk in time.",
        location: "Turf lane",
        days: &[1, 2, 3, 4, 5],
        at: (12, 15),
        minutes: 40,
        seats: 12,
        popularity: Popularity::Quiet,
        waitlist: WaitlistPolicy::Open,
    },
    Kind {
        title: "Olympic Lifting",
        description: "Snatch on Tuesdays, clean and jerk on Thursdays. Small group, much coaching.",
        location: "Platforms",
        days: &[2, 4],
        at: (18, 0),
        minutes: 90,
        seats: 6,
        popularity: Popularity::Overrun,
        waitlist: WaitlistPolicy::UpTo(4),
    },
    Kind {
        title: "Foundations",
        description: "The five lifts from the beginning, for people who have never touched a barbell.",
        location: "Main floor",
        days: &[1, 4],
        at: (19, 15),
        minutes: 75,
        seats: 10,
        popularity: Popularity::Busy,
        waitlist: WaitlistPolicy::Open,
    },
    Kind {
        title: "Mobility Hour",
        description: "Hips, shoulders, ankles. No equipment, no hurry.",
        location: "Studio",
        days: &[3, 7],
        at: (10, 0),
        minutes: 60,
        seats: 14,
        popularity: Popularity::Busy,
        waitlist: WaitlistPolicy::Closed,
    },
    Kind {
        title: "Saturday Team Workout",
        description: "In teams of two or three. Register together as one party.",
        location: "Turf lane",
        days: &[6],
        at: (9, 30),
        minutes: 60,
        seats: 16,
        popularity: Popularity::Overrun,
        waitlist: WaitlistPolicy::Open,
    },
    Kind {
        title: "Strongman Basics",
        description: "Stones, yoke and farmer's walk.",
        location: "Yard",
        days: &[6],
        at: (11, 0),
        minutes: 90,
        seats: 8,
        popularity: Popularity::Quiet,
        waitlist: WaitlistPolicy::Open,
    },
];

/// The classes of the two weeks after the day of `now`. The last of them is still a draft, and one of the
/// quiet ones is called off.
pub(super) fn two_weeks(now: Timestamp, zone: &str) -> Result<Vec<Lesson>, Error> {
    let told = |error: jiff::Error| Error::Internal(error.to_string());
    let first = tomorrow(now, zone).map_err(told)?;
    let mut lessons = Vec::new();
    for day in 0..14 {
        let date = first.checked_add(day.days()).map_err(told)?;
        for kind in KINDS.iter().filter(|kind| kind.days.contains(&date.weekday().to_monday_one_offset())) {
            let (hour, minute) = kind.at;
            let starts_at = date
                .datetime()
                .with()
                .hour(hour)
                .minute(minute)
                .build()
                .and_then(|local| local.in_tz(zone))
                .map_err(told)?
                .timestamp();
            let (seats, popularity, waitlist) = (kind.seats, kind.popularity, kind.waitlist);
            lessons.push(Lesson { kind, starts_at, seats, popularity, waitlist });
        }
    }
    if let Some(quiet) = lessons.iter_mut().find(|lesson| lesson.popularity == Popularity::Quiet) {
        quiet.popularity = Popularity::CalledOff;
    }
    if let Some(last) = lessons.last_mut() {
        last.popularity = Popularity::Draft;
    }
    Ok(lessons)
}

impl Lesson {
    pub(super) fn title(&self) -> Result<Title, Error> {
        Title::parse(self.kind.title).map_err(unexpected)
    }

    pub(super) fn description(&self) -> Result<Option<Description>, Error> {
        Description::parse(self.kind.description).map(Some).map_err(unexpected)
    }

    pub(super) fn location(&self) -> Result<Option<Location>, Error> {
        Location::parse(self.kind.location).map(Some).map_err(unexpected)
    }

    pub(super) fn capacity(&self) -> Result<Capacity, Error> {
        Capacity::new(self.seats).map_err(unexpected)
    }

    pub(super) fn schedule(&self) -> Result<Schedule, Error> {
        let ends_at = self.starts_at + self.kind.minutes.minutes();
        Schedule::new(self.starts_at, ends_at, None).map_err(unexpected)
    }
}
