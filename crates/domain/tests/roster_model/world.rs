//! The domain, driven as the use cases drive it.

use std::time::Duration;

use spotter_domain::Timestamp;
use spotter_domain::event::{
    Capacity, Event, EventChange, EventRefusal, EventStatus, Schedule, ScheduleChange,
};
use spotter_domain::id::RegistrationId;
use spotter_domain::patch::Patch;
use spotter_domain::registration::{PartySize, Reason, Registration, RegistrationStatus};
use spotter_domain::text::Title;
use spotter_domain::waitlist::{
    Admission, AdmissionRefusal, Admitted, Flow, Newcomer, PassLimit, Placement, Promotion, Roster,
    Settlement, Window,
};
use uuid::Uuid;

use crate::history::{Begin, START, Step};
use crate::model::{Claim, Passed, Promoted, state_of};

/// An event, its registrations in the order of arrival, and the time.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) event: Event,
    pub(crate) limit: PassLimit,
    pub(crate) registrations: Vec<Registration>,
    claims: Vec<Claim>,
    now: Timestamp,
}

/// What became of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Whether the step did anything.
    pub(crate) changed: bool,
    /// The number of the one who arrived, and why they are where they are.
    pub(crate) arrived: Option<(u64, Reason)>,
    /// The numbers of those who were promoted, and the free seats before each.
    pub(crate) promoted: Vec<(u64, u32)>,
    /// The numbers of those who were passed, and why.
    pub(crate) passed: Vec<(u64, Reason)>,
    /// Why nothing was done.
    pub(crate) refusal: Option<&'static str>,
}

impl Answer {
    pub(crate) fn refused(refusal: &'static str) -> Self {
        Self { refusal: Some(refusal), ..Self::default() }
    }

    /// The seats that were free when this number got its own.
    pub(crate) fn free_before(&self, number: u64) -> Option<u32> {
        let arrived = self.arrived.and_then(|(arrived, reason)| match reason {
            Reason::SeatsAvailable { free } if arrived == number => Some(free),
            _ => None,
        });
        arrived
            .or_else(|| self.promoted.iter().find(|(promoted, _)| *promoted == number).map(|(_, free)| *free))
    }

    /// The words for everything that was decided.
    pub(crate) fn kinds(&self) -> Vec<&'static str> {
        let mut kinds: Vec<_> =
            self.arrived.iter().chain(&self.passed).map(|(_, reason)| reason.code()).collect();
        kinds.extend(self.promoted.iter().map(|(_, free)| Reason::SeatsFreed { free: *free }.code()));
        kinds.extend(self.refusal.map(|_| "refused"));
        kinds
    }
}

fn minutes(minutes: u32) -> Timestamp {
    Timestamp::from_second(1_799_064_000).unwrap() + Duration::from_mins(minutes.into())
}

impl World {
    pub(crate) fn new(begin: &Begin) -> Self {
        let event = Event {
            id: Uuid::from_u128(1).into(),
            club: Uuid::from_u128(2).into(),
            title: Title::parse("Yoga").unwrap(),
            description: None,
            location: None,
            schedule: Schedule::new(minutes(START), minutes(START + 60), None).unwrap(),
            status: EventStatus::Published,
            published_at: Some(minutes(0)),
            waitlist: begin.policy,
            roster: Roster::new(Capacity::new(begin.capacity).unwrap()),
            version: 1,
            created_at: minutes(0),
        };
        let limit = PassLimit::new(begin.limit).unwrap();
        Self { event, limit, registrations: Vec::new(), claims: Vec::new(), now: minutes(0) }
    }

    pub(crate) fn window(&self) -> Window {
        Window::of(&self.event, self.now)
    }

    pub(crate) fn find(&self, id: RegistrationId) -> Option<&Registration> {
        self.registrations.iter().find(|registration| registration.id == id)
    }

    pub(crate) fn numbered(&self, number: u64) -> &Registration {
        self.registrations.iter().find(|registration| registration.queue_number.get() == number).unwrap()
    }

    /// The seats of the registrations of one status.
    pub(crate) fn seats(&self, status: RegistrationStatus) -> u32 {
        let counted = self.registrations.iter().filter(|registration| registration.status == status);
        counted.map(|registration| registration.party_size.seats()).sum()
    }

    /// The registrations in the model's words.
    pub(crate) fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// Takes one step, as the use case of it does.
    pub(crate) fn take(&mut self, step: &Step) -> Answer {
        let answer = match *step {
            Step::Register { person, party } => self.register(person, party),
            Step::Cancel { person } => self.cancel(person),
            Step::Resize { capacity } => {
                let capacity = Patch::Set(Capacity::new(capacity).unwrap());
                self.change(EventChange { capacity, ..EventChange::default() })
            }
            Step::Wait { policy } => {
                self.change(EventChange { waitlist: Patch::Set(policy), ..EventChange::default() })
            }
            Step::Limit { limit } => {
                self.limit = PassLimit::new(limit).unwrap();
                Answer { changed: true, ..Answer::default() }
            }
            Step::Pass { minutes } => {
                self.now += Duration::from_mins(minutes.into());
                Answer { changed: true, ..Answer::default() }
            }
            Step::Reschedule { start_in, cutoff_before } => {
                let starts_at = self.now + Duration::from_mins(start_in.into());
                let cutoff_at = starts_at - Duration::from_mins(cutoff_before.into());
                let schedule = ScheduleChange {
                    starts_at: Patch::Set(starts_at),
                    ends_at: Patch::Set(starts_at + Duration::from_hours(1)),
                    cutoff_at: Patch::Set(Some(cutoff_at)),
                };
                self.change(EventChange { schedule, ..EventChange::default() })
            }
        };
        self.claims = self.registrations.iter().map(claim_of).collect();
        answer
    }

    fn register(&mut self, person: u8, party: u16) -> Answer {
        let account = account(person);
        if self.registrations.iter().any(|other| other.account == account && other.status.is_active()) {
            return Answer::refused("already registered");
        }
        let registration = Uuid::from_u128(0x1000 + self.registrations.len() as u128).into();
        let party_size = PartySize::new(party).unwrap();
        let newcomer = Newcomer { registration, account, party_size };
        let admitted = match self.admit(newcomer) {
            Ok(admitted) => admitted,
            Err(refusal) => return Answer::refused(word(refusal)),
        };
        self.event.roster = admitted.roster;
        let (promoted, passed) = self.note(&admitted.settlement);
        self.registrations.push(Registration {
            id: registration,
            club: self.event.club,
            event: self.event.id,
            account,
            party_size,
            status: match admitted.placement {
                Placement::Confirmed => RegistrationStatus::Confirmed,
                Placement::Waitlisted => RegistrationStatus::Waitlisted,
            },
            queue_number: admitted.number,
            passes: 0,
            registered_at: self.now,
        });
        let arrived = Some((admitted.number.get(), admitted.reason));
        Answer { changed: true, arrived, promoted, passed, refusal: None }
    }

    fn admit(&self, newcomer: Newcomer) -> Result<Admitted, AdmissionRefusal> {
        let mut admission = Admission::begin(&self.event, self.limit, newcomer, self.now)?;
        let mut queue = self.queue();
        while admission.wants_queue() {
            match queue.next() {
                Some(entry) => admission.consider(entry.queue_entry()),
                None => break,
            };
        }
        admission.decide()
    }

    fn cancel(&mut self, person: u8) -> Answer {
        let account = account(person);
        let held = |other: &&mut Registration| other.account == account && other.status.is_active();
        let Some(registration) = self.registrations.iter_mut().find(held) else { return Answer::default() };
        let before = registration.cancel().unwrap().unwrap();
        self.event.roster.release(before, registration.party_size);
        self.settle()
    }

    fn change(&mut self, change: EventChange) -> Answer {
        match self.event.change(change) {
            Ok(_) => self.settle(),
            Err(EventRefusal::CapacityBelowConfirmed { .. }) => Answer::refused("capacity below confirmed"),
            Err(other) => panic!("{other}"),
        }
    }

    fn settle(&mut self) -> Answer {
        let mut answer = Answer { changed: true, ..Answer::default() };
        if self.window() == Window::Open {
            let mut promotion = Promotion::new(self.event.roster, self.limit);
            for entry in self.queue() {
                if promotion.consider(entry.queue_entry()) == Flow::Done {
                    break;
                }
            }
            let (roster, settlement) = promotion.finish();
            self.event.roster = roster;
            (answer.promoted, answer.passed) = self.note(&settlement);
        }
        answer
    }

    fn queue(&self) -> impl Iterator<Item = &Registration> {
        self.registrations.iter().filter(|registration| registration.status == RegistrationStatus::Waitlisted)
    }

    fn note(&mut self, settlement: &Settlement) -> (Promoted, Passed) {
        let mut passed = Vec::new();
        for pass in &settlement.passed {
            let registration =
                self.registrations.iter_mut().find(|other| other.id == pass.registration).unwrap();
            registration.passes = pass.passes;
            passed.push((registration.queue_number.get(), pass.reason));
        }
        let mut promoted = Vec::new();
        for seated in &settlement.promoted {
            let id = seated.entry.registration;
            let registration = self.registrations.iter_mut().find(|other| other.id == id).unwrap();
            registration.status = RegistrationStatus::Confirmed;
            promoted.push((seated.entry.number.get(), seated.free));
        }
        (promoted, passed)
    }
}

fn account(person: u8) -> spotter_domain::id::AccountId {
    Uuid::from_u128(0x100 + u128::from(person)).into()
}

fn claim_of(registration: &Registration) -> Claim {
    let person = registration.account.uuid().as_u128() - 0x100;
    Claim {
        person: u8::try_from(person).unwrap(),
        party: registration.party_size.get(),
        state: state_of(registration.status),
        passes: registration.passes,
    }
}

fn word(refusal: AdmissionRefusal) -> &'static str {
    match refusal {
        AdmissionRefusal::EventClosed => "event closed",
        AdmissionRefusal::PartyTooLarge { .. } => "party too large",
        AdmissionRefusal::WaitlistClosed { .. } => "waitlist closed",
        AdmissionRefusal::WaitlistFull { .. } => "waitlist full",
    }
}
