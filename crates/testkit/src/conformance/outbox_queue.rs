//! Behaviours of `OutboxQueue`: who gets which messages, in which order.

use spotter_domain::Timestamp;
use spotter_domain::domain_event::DomainEvent;
use spotter_domain::id::MessageId;
use spotter_domain::outbox::{Failure, Holder, Lane, Lease, LeaseRequest, OutboxMessage};
use uuid::Uuid;

use super::Subject;
use crate::clock::START;
use crate::fixtures::{account, after, message_id};

/// A message about the account of another number; sixteen accounts in a row are in sixteen lanes.
pub(super) fn message(number: u64, about: u64) -> OutboxMessage {
    OutboxMessage {
        id: message_id(number),
        event: DomainEvent::AccountCreated { account: account(about).id },
        created_at: START,
        trace_context: None,
    }
}

pub(super) async fn append(subject: &Subject, messages: &[OutboxMessage]) {
    let mut work = subject.begin().await;
    work.outbox().append(messages).await.unwrap();
    work.commit().await.unwrap();
}

/// What a holder gets who wants all there is, for a minute from `now` on.
pub(super) fn all(holder: u128, now: Timestamp) -> LeaseRequest {
    let until = now + std::time::Duration::from_mins(1);
    LeaseRequest { holder: Holder(Uuid::from_u128(holder)), now, until, lanes: Lane::COUNT, limit: 1_000 }
}

pub(super) async fn lease(subject: &Subject, request: &LeaseRequest) -> Option<Lease> {
    subject.queue.lease(request).await.unwrap()
}

/// The numbers of the messages in a lease.
pub(super) fn ids(lease: Option<&Lease>) -> Vec<MessageId> {
    lease.map(|lease| lease.deliveries.iter().map(|delivery| delivery.id).collect()).unwrap_or_default()
}

pub(super) fn numbers(of: impl IntoIterator<Item = u64>) -> Vec<MessageId> {
    of.into_iter().map(message_id).collect()
}

pub(super) fn failure(number: u64, next_attempt_at: Timestamp) -> Failure {
    Failure { id: message_id(number), next_attempt_at, error: String::from("nobody was at home") }
}

/// What is leased is what was appended, in the order of the ids, whichever lane it is in.
pub async fn what_is_due_is_leased_in_the_order_of_its_ids(subject: &Subject) {
    let mut written = [message(3, 1), message(1, 2), message(2, 1)];
    written[1].trace_context = Some(String::from("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    append(subject, &written).await;

    let lease = lease(subject, &all(1, START)).await.unwrap();
    let request = all(1, START);
    assert_eq!((lease.holder, lease.until, lease.lanes.count()), (request.holder, request.until, 2));
    assert_eq!(ids(Some(&lease)), numbers([1, 2, 3]));
    for delivery in lease.deliveries {
        assert_eq!((delivery.attempts, delivery.max_attempts), (0, 20));
        let message = delivery.message.unwrap();
        assert_eq!(delivery.aggregate, message.event.aggregate());
        assert!(written.contains(&message), "{message:?}");
    }
}

/// An outbox without anything that is due gives no lease, and holds nobody up.
pub async fn where_nothing_is_due_nothing_is_leased(subject: &Subject) {
    assert!(lease(subject, &all(1, START)).await.is_none());
    append(subject, &[OutboxMessage { created_at: after(1), ..message(1, 1) }]).await;
    assert!(lease(subject, &all(1, START)).await.is_none());
    assert_eq!(ids(lease(subject, &all(2, after(1))).await.as_ref()), numbers([1]));
}

/// While one has a lane in hand, nobody else gets what is in it, nor what comes into it meanwhile.
pub async fn what_is_in_one_hand_is_in_no_other(subject: &Subject) {
    append(subject, &[message(1, 1), message(2, 1)]).await;
    let first = lease(subject, &LeaseRequest { limit: 1, ..all(1, START) }).await;
    assert_eq!(ids(first.as_ref()), numbers([1]));
    // The seventeenth account is in the lane of the first.
    append(subject, &[message(3, 1), message(4, 2), message(5, 17)]).await;
    assert_eq!(ids(lease(subject, &all(2, after(59))).await.as_ref()), numbers([4]));
    assert!(lease(subject, &all(1, after(59))).await.is_none(), "its own lane was given twice");
}

/// Those with the oldest messages come first, and a batch has some of each.
pub async fn lanes_and_messages_are_taken_up_to_a_bound(subject: &Subject) {
    append(subject, &[message(1, 3), message(2, 2), message(3, 2), message(4, 1), message(5, 3)]).await;
    let first = lease(subject, &LeaseRequest { lanes: 1, ..all(1, START) }).await;
    assert_eq!(ids(first.as_ref()), numbers([1, 5]));
    let second = lease(subject, &LeaseRequest { limit: 2, ..all(2, START) }).await;
    assert_eq!(ids(second.as_ref()), numbers([2, 4]));
    assert_eq!(second.unwrap().lanes.count(), 2);
    append(subject, &[message(6, 4), message(7, 5), message(8, 6)]).await;
    let third = lease(subject, &LeaseRequest { limit: 2, ..all(3, START) }).await;
    assert_eq!(ids(third.as_ref()), numbers([6, 7]));
}

/// What was processed never comes back; what was not mentioned does at once, for whoever comes.
pub async fn what_is_settled_is_over_and_the_rest_is_free(subject: &Subject) {
    append(subject, &(1..=6).map(|number| message(number, number % 3)).collect::<Vec<_>>()).await;
    let first = lease(subject, &all(1, START)).await.unwrap();
    subject.queue.settle(&first, START, &numbers([1, 2, 4]), &[]).await.unwrap();
    let second = lease(subject, &all(2, START)).await.unwrap();
    assert_eq!(ids(Some(&second)), numbers([3, 5, 6]));
    subject.queue.settle(&second, START, &numbers([3, 5, 6]), &[]).await.unwrap();
    assert!(lease(subject, &all(3, after(1_000))).await.is_none());
}

/// A lease that ran out is given again. Who comes late with what they did is heard, and takes nothing from
/// whoever has the lane by then.
pub async fn a_lease_that_ran_out_is_given_again(subject: &Subject) {
    append(subject, &[message(1, 1), message(2, 1)]).await;
    let late = lease(subject, &all(1, START)).await.unwrap();
    assert!(lease(subject, &all(2, after(59))).await.is_none());
    let second = lease(subject, &all(2, after(60))).await.unwrap();
    assert_eq!(ids(Some(&second)), numbers([1, 2]));

    subject.queue.settle(&late, after(61), &numbers([1]), &[failure(2, after(61))]).await.unwrap();
    assert!(lease(subject, &all(3, after(61))).await.is_none(), "the lane was taken from its holder");
    subject.queue.settle(&second, after(62), &numbers([1, 2]), &[]).await.unwrap();
    assert!(lease(subject, &all(3, after(1_000))).await.is_none());
    assert_eq!(subject.queue.numbers().await.unwrap().pending, 0);
}

/// What somebody has processed can't be made to fail afterwards.
pub async fn what_is_processed_stays_so(subject: &Subject) {
    append(subject, &[message(1, 1)]).await;
    let late = lease(subject, &all(1, START)).await.unwrap();
    let second = lease(subject, &all(2, after(60))).await.unwrap();
    subject.queue.settle(&second, after(61), &numbers([1]), &[]).await.unwrap();
    subject.queue.settle(&late, after(62), &[], &[failure(1, after(62))]).await.unwrap();
    assert!(lease(subject, &all(3, after(1_000))).await.is_none());
}

/// Several at once: each message is in one hand once, and those of one aggregate come in their order.
pub async fn of_several_at_once_each_gets_something_else(subject: &Subject) {
    const MESSAGES: u64 = 400;
    append(subject, &(1..=MESSAGES).map(|number| message(number, number % 23)).collect::<Vec<_>>()).await;
    let drain = async |holder: u128| {
        let mut got = Vec::new();
        let request = LeaseRequest { lanes: 5, limit: 40, ..all(holder, START) };
        let mut in_vain = 0;
        while in_vain < 200 && subject.queue.numbers().await.unwrap().pending > 0 {
            let Some(lease) = lease(subject, &request).await else {
                in_vain += 1;
                continue;
            };
            let these = ids(Some(&lease));
            tokio::task::yield_now().await;
            subject.queue.settle(&lease, START, &these, &[]).await.unwrap();
            got.extend(these);
        }
        got
    };
    let (a, b, c, d) = tokio::join!(drain(1), drain(2), drain(3), drain(4));
    for got in [&a, &b, &c, &d] {
        for about in 0..23 {
            let of_one = |id: &&MessageId| (1..=MESSAGES).any(|n| n % 23 == about && message_id(n) == **id);
            assert!(got.iter().filter(of_one).is_sorted(), "the order of {about} was lost");
        }
    }
    let mut everything = [a, b, c, d].concat();
    everything.sort_unstable();
    assert_eq!(everything, numbers(1..=MESSAGES));
}
