//! The rules of registration, by number, on the aggregates themselves.

#![expect(clippy::unwrap_used, reason = "a test whose values can't be made has failed")]

use std::time::Duration;

use spotter_domain::Timestamp;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::event::{
    Capacity, Event, EventChange, EventRefusal, EventStatus, Schedule, ScheduleChange,
};
use spotter_domain::patch::Patch;
use spotter_domain::registration::{
    Attendance, AttendanceRefusal, CancelRefusal, Changed, PartySize, Reason, Registration,
    RegistrationStatus,
};
use spotter_domain::text::Title;
use spotter_domain::waitlist::{
    Admission, AdmissionRefusal, Admitted, Flow, Newcomer, PassLimit, Placement, Promotion, QueueEntry,
    QueueNumber, Roster, Waiting, WaitlistPolicy, Window,
};
use uuid::Uuid;

/// So many minutes after noon; the event starts at 60 and ends at 120.
fn at(minutes: u64) -> Timestamp {
    Timestamp::from_second(1_799_064_000).unwrap() + Duration::from_mins(minutes)
}

/// An open event with seats confirmed and waited for, and as many numbers given: by parties of one, as far as
/// the counters know.
fn event(capacity: u32, confirmed: u32, waitlisted: u32) -> Event {
    let next = QueueNumber::new(u64::from(confirmed + waitlisted) + 1);
    let waiting = Waiting { parties: waitlisted, seats: waitlisted };
    Event {
        id: Uuid::from_u128(1).into(),
        club: Uuid::from_u128(2).into(),
        title: Title::parse("Spinning").unwrap(),
        description: None,
        location: None,
        schedule: Schedule::new(at(60), at(120), None).unwrap(),
        status: EventStatus::Published,
        published_at: Some(at(0)),
        waitlist: WaitlistPolicy::Open,
        roster: Roster::restore(Capacity::new(capacity).unwrap(), confirmed, waiting, next).unwrap(),
        version: 1,
        created_at: at(0),
    }
}

fn party(seats: u16) -> PartySize {
    PartySize::new(seats).unwrap()
}

fn waiting(number: u64, seats: u16, passes: u16) -> QueueEntry {
    QueueEntry {
        registration: Uuid::from_u128(0x100 + u128::from(number)).into(),
        account: Uuid::from_u128(0x200 + u128::from(number)).into(),
        party_size: party(seats),
        number: QueueNumber::new(number),
        passes,
    }
}

fn registration(status: RegistrationStatus) -> Registration {
    Registration {
        id: Uuid::from_u128(3).into(),
        club: Uuid::from_u128(2).into(),
        event: Uuid::from_u128(1).into(),
        account: Uuid::from_u128(4).into(),
        party_size: party(2),
        status,
        queue_number: QueueNumber::FIRST,
        passes: 0,
        registered_at: at(0),
    }
}

/// Asks for seats at `now`, past a queue.
fn ask(
    event: &Event,
    seats: u16,
    now: Timestamp,
    queue: &[QueueEntry],
) -> Result<Admitted, AdmissionRefusal> {
    let newcomer = Newcomer {
        registration: Uuid::from_u128(0x900).into(),
        account: Uuid::from_u128(0x901).into(),
        party_size: party(seats),
    };
    let mut admission = Admission::begin(event, PassLimit::default(), newcomer, now)?;
    for entry in queue {
        if admission.wants_queue() && admission.consider(*entry) == Flow::Next {
            continue;
        }
        break;
    }
    admission.decide()
}

#[test]
fn r1_counters_over_the_capacity_are_not_restored() {
    let capacity = Capacity::new(10).unwrap();
    assert!(Roster::restore(capacity, 10, Waiting::default(), QueueNumber::FIRST).is_ok());
    let error = Roster::restore(capacity, 11, Waiting::default(), QueueNumber::FIRST).unwrap_err();
    assert_eq!(error.to_string(), "11 seats are confirmed of 10");
}

#[test]
fn r3_a_full_event_lets_people_wait_under_the_next_number() {
    let admitted = ask(&event(10, 9, 0), 2, at(0), &[]).unwrap();
    assert_eq!((admitted.placement, admitted.number.get()), (Placement::Waitlisted, 10));
    assert_eq!(admitted.reason, Reason::NotEnoughSeats { free: 1 });
    assert_eq!((admitted.roster.confirmed(), admitted.roster.waitlisted()), (9, 2));
    assert_eq!(admitted.roster.next_number().get(), 11);
}

#[test]
fn r3_a_closed_waitlist_refuses_with_the_reason() {
    let closed = Event { waitlist: WaitlistPolicy::Closed, ..event(10, 9, 0) };
    assert_eq!(ask(&closed, 2, at(0), &[]), Err(AdmissionRefusal::WaitlistClosed { free: 1, party: 2 }));
    assert_eq!(ask(&closed, 1, at(0), &[]).unwrap().placement, Placement::Confirmed);
}

#[test]
fn r3_a_capped_waitlist_fills_to_its_cap_and_not_beyond() {
    let capped = |waitlisted| Event { waitlist: WaitlistPolicy::UpTo(5), ..event(10, 10, waitlisted) };
    assert_eq!(ask(&capped(3), 2, at(0), &[]).unwrap().placement, Placement::Waitlisted);
    let refused = AdmissionRefusal::WaitlistFull { waiting: 3, cap: 5, party: 3 };
    assert_eq!(ask(&capped(3), 3, at(0), &[]), Err(refused));
    assert_eq!(
        ask(&Event { waitlist: WaitlistPolicy::UpTo(0), ..event(10, 9, 0) }, 1, at(0), &[]).unwrap().reason,
        Reason::SeatsAvailable { free: 1 }
    );
}

#[test]
fn r3_a_party_larger_than_the_event_is_refused_whoever_else_comes() {
    let refused = AdmissionRefusal::PartyTooLarge { party: 4, capacity: 3 };
    assert_eq!(ask(&event(3, 0, 0), 4, at(0), &[]), Err(refused));
}

#[test]
fn r4_a_freed_seat_goes_to_the_head_of_the_queue() {
    let mut roster = event(3, 3, 2).roster;
    roster.release(RegistrationStatus::Confirmed, party(1));
    let mut promotion = Promotion::new(roster, PassLimit::default());
    assert_eq!(promotion.consider(waiting(4, 1, 0)), Flow::Done);
    let (roster, settlement) = promotion.finish();
    assert_eq!(settlement.left(), [QueueNumber::new(4)]);
    assert_eq!((roster.confirmed(), roster.waitlisted(), roster.free()), (3, 1, 0));
}

#[test]
fn r4_a_larger_capacity_is_announced_and_frees_seats() {
    let mut event = event(3, 3, 4);
    let bigger = EventChange { capacity: Patch::Set(Capacity::new(6).unwrap()), ..EventChange::default() };
    let caused = event.change(bigger).unwrap();
    let (club, id) = (event.club, event.id);
    assert_eq!(
        caused,
        [
            DomainEvent::EventChanged { club, event: id, version: 2 },
            DomainEvent::EventCapacityIncreased { club, event: id, from: 3, to: 6 },
        ]
    );
    assert_eq!(event.roster.free(), 3);
}

#[test]
fn r4_seats_held_for_somebody_who_leaves_are_free_for_the_next() {
    // Number 9 waits for three seats and has been passed often enough: the two free ones are held for it.
    let mut roster = event(10, 8, 4).roster;
    let mut held = Promotion::new(roster, PassLimit::default());
    assert_eq!(held.consider(waiting(9, 3, 5)), Flow::Done);
    assert!(held.finish().1.is_empty());
    roster.release(RegistrationStatus::Waitlisted, party(3));
    let mut promotion = Promotion::new(roster, PassLimit::default());
    promotion.consider(waiting(10, 1, 0));
    let (roster, settlement) = promotion.finish();
    assert_eq!((settlement.left(), roster.waitlisted()), (vec![QueueNumber::new(10)], 0));
}

#[test]
fn r5_a_newcomer_does_not_take_a_seat_that_is_held() {
    let admitted = ask(&event(10, 8, 3), 1, at(0), &[waiting(9, 3, 5)]).unwrap();
    assert_eq!((admitted.placement, admitted.reason), (Placement::Waitlisted, Reason::SeatsHeld { free: 2 }));
}

#[test]
fn r5_a_newcomer_who_fits_passes_one_who_does_not_and_the_log_says_so() {
    let admitted = ask(&event(10, 8, 3), 1, at(0), &[waiting(9, 3, 4)]).unwrap();
    assert_eq!(
        (admitted.placement, admitted.reason),
        (Placement::Confirmed, Reason::SeatsAvailable { free: 2 })
    );
    let [pass] = admitted.settlement.passed.as_slice() else { panic!("{admitted:?}") };
    let reason = Reason::PartyDidNotFit { free: 2, passed_by: admitted.number, pass: 5, limit: 5 };
    assert_eq!((pass.registration, pass.passes, pass.reason), (waiting(9, 3, 4).registration, 5, reason));
}

#[test]
fn r5_a_newcomer_comes_after_those_whom_the_walk_seats() {
    // The limit of passes was raised, so two seats that were held are so no longer.
    let admitted = ask(&event(10, 8, 5), 1, at(0), &[waiting(9, 3, 3), waiting(10, 2, 0)]).unwrap();
    assert_eq!(admitted.placement, Placement::Waitlisted);
    assert_eq!(admitted.settlement.left(), [QueueNumber::new(10)]);
    assert_eq!((admitted.roster.confirmed(), admitted.roster.waitlisted()), (10, 4));
}

#[test]
fn r6_the_window_is_open_up_to_the_cutoff_and_ajar_up_to_the_start() {
    let mut event = event(10, 0, 0);
    for (minute, window) in
        [(0, Window::Open), (59, Window::Open), (60, Window::Closed), (121, Window::Closed)]
    {
        assert_eq!(Window::of(&event, at(minute)), window, "without a cut-off, minute {minute}");
    }
    event.schedule = Schedule::new(at(60), at(120), Some(at(30))).unwrap();
    for (minute, window) in
        [(29, Window::Open), (30, Window::PastCutoff), (59, Window::PastCutoff), (60, Window::Closed)]
    {
        assert_eq!(Window::of(&event, at(minute)), window, "with a cut-off, minute {minute}");
    }
    for status in [EventStatus::Draft, EventStatus::Cancelled] {
        assert_eq!(Window::of(&Event { status, ..event.clone() }, at(0)), Window::Closed);
    }
}

#[test]
fn r6_nobody_registers_for_what_is_not_open() {
    let refused = Err(AdmissionRefusal::EventClosed);
    for status in [EventStatus::Draft, EventStatus::Cancelled] {
        assert_eq!(ask(&Event { status, ..event(10, 0, 0) }, 1, at(0), &[]), refused);
    }
    assert_eq!(ask(&event(10, 0, 0), 1, at(60), &[]), refused);
}

#[test]
fn r6_past_the_cutoff_a_seat_is_had_only_if_nobody_waits_for_it() {
    let cut_off =
        |event: Event| Event { schedule: Schedule::new(at(60), at(120), Some(at(30))).unwrap(), ..event };
    let admitted = ask(&cut_off(event(10, 9, 0)), 1, at(30), &[]).unwrap();
    assert_eq!(
        (admitted.placement, admitted.reason),
        (Placement::Confirmed, Reason::SeatsAvailable { free: 1 })
    );
    let refused = |free, party| Err(AdmissionRefusal::WaitlistClosed { free, party });
    assert_eq!(ask(&cut_off(event(10, 9, 1)), 1, at(30), &[]), refused(1, 1));
    assert_eq!(ask(&cut_off(event(10, 9, 0)), 2, at(30), &[]), refused(1, 2));
}

#[test]
fn r7_cancelling_twice_is_one_cancellation() {
    for before in [RegistrationStatus::Confirmed, RegistrationStatus::Waitlisted] {
        let mut registration = registration(before);
        assert_eq!(registration.cancel(), Ok(Some(before)));
        assert_eq!(registration.cancel(), Ok(None));
        assert_eq!(registration.status, RegistrationStatus::Cancelled);
        assert!(!registration.status.is_active());
    }
}

#[test]
fn r7_what_was_cancelled_before_lets_no_seats_go_again() {
    let mut roster = event(10, 5, 3).roster;
    roster.release(RegistrationStatus::Cancelled, party(2));
    assert_eq!((roster.confirmed(), roster.waitlisted()), (5, 3));
}

#[test]
fn r7_whoever_comes_back_goes_to_the_back() {
    let full = event(2, 2, 1);
    let back = ask(&full, 1, at(0), &[waiting(3, 1, 0)]).unwrap();
    assert_eq!(back.number, full.roster.next_number());
    assert!(back.number > QueueNumber::new(3));
}

#[test]
fn r7_attendance_that_was_recorded_is_not_cancelled() {
    for status in [RegistrationStatus::Attended, RegistrationStatus::NoShow] {
        let mut registration = registration(status);
        assert_eq!(registration.cancel(), Err(CancelRefusal::AttendanceRecorded));
        assert_eq!(registration.status, status);
    }
}

#[test]
fn r8_the_capacity_is_not_set_under_the_confirmed_seats() {
    let mut event = event(10, 7, 0);
    let before = event.clone();
    let resized = |seats| EventChange {
        title: Patch::Set(Title::parse("Another").unwrap()),
        capacity: Patch::Set(Capacity::new(seats).unwrap()),
        ..EventChange::default()
    };
    let refusal = event.change(resized(5)).unwrap_err();
    assert_eq!(refusal, EventRefusal::CapacityBelowConfirmed { confirmed: 7, asked: 5, excess: 2 });
    assert!(refusal.to_string().contains("2 would have to go"), "{refusal}");
    assert_eq!(event, before, "a refused change changes nothing, the title included");
    event.change(resized(7)).unwrap();
    assert_eq!((event.roster.free(), event.version), (0, 2));
}

#[test]
fn r8_a_change_whose_times_are_refused_does_not_resize() {
    let mut event = event(10, 7, 0);
    let before = event.clone();
    let change = EventChange {
        capacity: Patch::Set(Capacity::new(20).unwrap()),
        schedule: ScheduleChange { ends_at: Patch::Set(at(60)), ..ScheduleChange::default() },
        ..EventChange::default()
    };
    assert!(matches!(event.change(change), Err(EventRefusal::Schedule(_))));
    assert_eq!(event, before);
}

#[test]
fn r9_an_event_is_called_off_once() {
    let mut event = event(10, 4, 2);
    let announced = DomainEvent::EventCancelled { club: event.club, event: event.id };
    assert_eq!(event.cancel(at(0)), Ok(vec![announced]));
    assert_eq!((event.status, event.version), (EventStatus::Cancelled, 2));
    assert_eq!(event.cancel(at(0)), Ok(vec![]));
    assert_eq!(event.version, 2);
    assert_eq!(event.change(EventChange::default()), Err(EventRefusal::Cancelled));
    assert_eq!(event.publish(at(0)), Err(EventRefusal::Cancelled));
    assert_eq!(event.unpublish(at(0)), Err(EventRefusal::Cancelled));
}

#[test]
fn r9_letting_every_registration_go_empties_the_roster() {
    let mut event = event(10, 4, 2);
    let waiting = Waiting { parties: 1, seats: 2 };
    event.roster = Roster::restore(event.roster.capacity(), 4, waiting, QueueNumber::new(7)).unwrap();
    event.cancel(at(0)).unwrap();
    for status in
        [RegistrationStatus::Confirmed, RegistrationStatus::Confirmed, RegistrationStatus::Waitlisted]
    {
        let mut registration = registration(status);
        let before = registration.cancel().unwrap().unwrap();
        event.roster.release(before, registration.party_size);
    }
    assert!(event.roster.is_empty());
    assert_eq!(event.roster.next_number().get(), 7, "numbers are never given again");
}

#[test]
fn r9_what_is_over_is_not_called_off() {
    let mut event = event(10, 4, 0);
    assert_eq!(event.cancel(at(120)), Err(EventRefusal::Completed));
    assert_eq!(event.status, EventStatus::Published);
    assert!(event.cancel(at(119)).is_ok());
}

#[test]
fn an_event_with_registrations_is_not_hidden() {
    for (confirmed, waitlisted) in [(1, 0), (0, 1)] {
        let mut event = event(10, confirmed, waitlisted);
        assert_eq!(event.unpublish(at(0)), Err(EventRefusal::HasRegistrations));
    }
    let mut empty = event(10, 0, 0);
    assert_eq!(empty.unpublish(at(0)).unwrap().len(), 1);
    assert_eq!((empty.status, empty.published_at, empty.is_public()), (EventStatus::Draft, None, false));
    assert_eq!(empty.publish(at(5)).unwrap().len(), 1);
    assert_eq!((empty.published_at, empty.is_public()), (Some(at(5)), true));
}

#[test]
fn attendance_is_recorded_from_the_start_on_and_can_be_put_right() {
    let mut confirmed = registration(RegistrationStatus::Confirmed);
    let refused = confirmed.record_attendance(Attendance::Attended, at(60), at(59));
    assert_eq!(refused, Err(AttendanceRefusal::NotStarted));
    for (attendance, changed, status) in [
        (Attendance::Attended, Changed::Yes, RegistrationStatus::Attended),
        (Attendance::Attended, Changed::No, RegistrationStatus::Attended),
        (Attendance::NoShow, Changed::Yes, RegistrationStatus::NoShow),
    ] {
        assert_eq!(confirmed.record_attendance(attendance, at(60), at(60)), Ok(changed));
        assert_eq!(confirmed.status, status);
    }
    for status in [RegistrationStatus::Waitlisted, RegistrationStatus::Cancelled] {
        let refused = registration(status).record_attendance(Attendance::Attended, at(60), at(60));
        assert_eq!(refused, Err(AttendanceRefusal::NotConfirmed));
    }
}
