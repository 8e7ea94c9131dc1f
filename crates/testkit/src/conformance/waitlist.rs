//! Behaviours of `WaitlistRepository` and `WaitlistQueries`.

use spotter_domain::page::PageRequest;
use spotter_domain::registration::{PartySize, Registration, RegistrationStatus};
use spotter_domain::waitlist::{QueueNumber, WaitlistEntryView};

use super::registrations::{an_event, claim};
use super::{Subject, walk};
use crate::fixtures::{Seed, account, after, club, event, registration};

/// Number `number` of the first event, with a size and passes of its own.
fn waiting(number: u16) -> Registration {
    Registration {
        party_size: PartySize::new(number).unwrap(),
        passes: number * 2,
        registered_at: after(number.into()),
        ..claim(number.into(), number.into(), RegistrationStatus::Waitlisted)
    }
}

/// Numbers 2, 3, 5 and 7 wait for the first event; 1 waits for the second.
async fn with_queue(subject: &Subject) {
    let registrations = vec![
        waiting(7),
        claim(6, 6, RegistrationStatus::Attended),
        waiting(5),
        claim(4, 4, RegistrationStatus::Cancelled),
        waiting(3),
        waiting(2),
        claim(1, 1, RegistrationStatus::Confirmed),
        Registration {
            status: RegistrationStatus::Waitlisted,
            queue_number: QueueNumber::new(1),
            ..registration(9, &event(2, &club(1), 10), &account(4))
        },
    ];
    subject.save(Seed { accounts: (1..=7).map(account).collect(), registrations, ..an_event() }).await;
}

/// Only those who wait, each as it was written, from any number on.
pub async fn the_head_is_read_in_order_and_in_portions(subject: &Subject) {
    with_queue(subject).await;
    let (club, of) = (club(1).id, event(1, &club(1), 10).id);
    let mut work = subject.begin().await;
    for (after, limit, numbers) in [
        (None, 50, vec![2, 3, 5, 7]),
        (None, 2, vec![2, 3]),
        (Some(3), 2, vec![5, 7]),
        (Some(4), 1, vec![5]),
        (Some(7), 5, vec![]),
    ] {
        let expected: Vec<_> = numbers.into_iter().map(waiting).collect();
        let head = work.waitlist().head(club, of, after.map(QueueNumber::new), limit).await.unwrap();
        assert_eq!(head, expected, "{limit} after {after:?}");
    }
}

/// Positions go on across pages, since they are those in the queue and not on the page.
pub async fn entries_are_listed_with_positions_without_gap_or_duplicate(subject: &Subject) {
    with_queue(subject).await;
    let expected: Vec<_> = [2, 3, 5, 7]
        .into_iter()
        .zip(1..)
        .map(|(number, position)| WaitlistEntryView {
            registration: waiting(number).id,
            account: account(number.into()).id,
            display_name: format!("Person {number}"),
            party_size: number,
            queue_number: QueueNumber::new(number.into()),
            position,
            passes: number * 2,
            registered_at: after(number.into()),
        })
        .collect();
    let of = event(1, &club(1), 10).id;
    for limit in 1..=5 {
        let listed = walk(limit, async |page| subject.waitlists.entries(club(1).id, of, page).await).await;
        assert_eq!(listed, expected, "{limit} a page");
    }
}

/// Two events of a club have two queues, and another club's name leads to none.
pub async fn the_queue_of_another_event_is_another_queue(subject: &Subject) {
    with_queue(subject).await;
    let other = event(2, &club(1), 10).id;
    let page = subject.waitlists.entries(club(1).id, other, PageRequest::default()).await.unwrap();
    let found: Vec<_> = page.items.iter().map(|entry| (entry.account, entry.position)).collect();
    assert_eq!(found, [(account(4).id, 1)]);
    let none = subject.waitlists.entries(club(2).id, other, PageRequest::default()).await.unwrap();
    assert_eq!(none.items, []);

    let mut work = subject.begin().await;
    assert_eq!(work.waitlist().head(club(1).id, other, None, 9).await.unwrap().len(), 1);
    assert_eq!(work.waitlist().head(club(2).id, other, None, 9).await.unwrap(), []);
}
