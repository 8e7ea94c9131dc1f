//! Behaviours of `OutboxQueue`: what fails, dies, and is deleted in the end.

use spotter_domain::outbox::{OutboxMessage, OutboxNumbers};

use super::Subject;
use super::outbox_queue::{all, append, failure, ids, lease, message, numbers};
use crate::clock::START;
use crate::fixtures::after;

async fn fail(subject: &Subject, number: u64, now: i64, next: i64) {
    let lease = lease(subject, &all(9, after(now))).await.unwrap();
    subject.queue.settle(&lease, after(now), &[], &[failure(number, after(next))]).await.unwrap();
}

/// A failed message waits for its next attempt, and says then how often it was tried.
pub async fn what_failed_waits_for_its_next_attempt(subject: &Subject) {
    append(subject, &[message(1, 1), message(2, 2)]).await;
    let first = lease(subject, &all(1, START)).await.unwrap();
    let failed = [failure(1, after(10)), failure(2, after(20))];
    subject.queue.settle(&first, START, &[], &failed).await.unwrap();
    assert!(lease(subject, &all(2, after(9))).await.is_none());
    let again = lease(subject, &all(2, after(10))).await.unwrap();
    assert_eq!(ids(Some(&again)), numbers([1]));
    assert_eq!((again.deliveries[0].attempts, again.deliveries[0].max_attempts), (1, 20));
    assert_eq!(ids(lease(subject, &all(3, after(20))).await.as_ref()), numbers([2]));
}

/// Later messages of its aggregate wait until it was delivered; those of others, and earlier ones, don't.
pub async fn what_failed_holds_back_the_rest_of_its_aggregate(subject: &Subject) {
    // The seventeenth account is in the lane of the first.
    append(subject, &[message(1, 1), message(2, 1), message(3, 1), message(4, 17), message(5, 2)]).await;
    fail(subject, 2, 0, 30).await;
    append(subject, &[message(6, 1), message(7, 17)]).await;

    let others = lease(subject, &all(1, START)).await.unwrap();
    assert_eq!(ids(Some(&others)), numbers([1, 4, 5, 7]));
    subject.queue.settle(&others, START, &ids(Some(&others)), &[]).await.unwrap();
    assert!(lease(subject, &all(1, after(29))).await.is_none());
    // Alone: whether it succeeds now decides about the others.
    let alone = lease(subject, &all(1, after(30))).await.unwrap();
    assert_eq!(ids(Some(&alone)), numbers([2]));
    subject.queue.settle(&alone, after(30), &numbers([2]), &[]).await.unwrap();
    assert_eq!(ids(lease(subject, &all(1, after(30))).await.as_ref()), numbers([3, 6]));
}

/// After its last attempt a message is kept and never tried again, and holds nobody back.
pub async fn what_failed_too_often_is_dead(subject: &Subject) {
    append(subject, &[message(1, 1), message(2, 1)]).await;
    for attempt in 0..20 {
        fail(subject, 1, attempt, attempt + 1).await;
    }
    let dead = OutboxNumbers { pending: 1, failing: 0, dead: 1, oldest: Some(START) };
    assert_eq!(subject.queue.numbers().await.unwrap(), dead);
    let rest = lease(subject, &all(1, after(100_000))).await.unwrap();
    assert_eq!(ids(Some(&rest)), numbers([2]));
    subject.queue.settle(&rest, after(100_000), &numbers([2]), &[]).await.unwrap();
    assert!(lease(subject, &all(1, after(200_000))).await.is_none());
    assert_eq!(subject.begin().await.outbox().pending(after(200_000), 10).await.unwrap(), []);
    assert_eq!(subject.queue.purge(after(300_000), 10).await.unwrap(), 1, "a dead message was deleted");
    assert_eq!(subject.queue.numbers().await.unwrap().dead, 1);
}

/// What was processed before an instant goes, a batch at a time; what was not stays, whatever its age.
pub async fn what_was_processed_is_purged_a_batch_at_a_time(subject: &Subject) {
    append(subject, &(1..=6).map(|number| message(number, number)).collect::<Vec<_>>()).await;
    for (number, at) in [(2, 10), (3, 10), (4, 10), (5, 20)] {
        let lease = lease(subject, &all(1, after(at))).await.unwrap();
        subject.queue.settle(&lease, after(at), &numbers([number]), &[]).await.unwrap();
    }
    assert_eq!(subject.queue.purge(after(10), 10).await.unwrap(), 0);
    assert_eq!(subject.queue.purge(after(11), 2).await.unwrap(), 2);
    assert_eq!(subject.queue.purge(after(11), 2).await.unwrap(), 1);
    assert_eq!(subject.queue.purge(after(11), 2).await.unwrap(), 0);
    assert_eq!(subject.queue.purge(after(21), 2).await.unwrap(), 1);
    assert_eq!(ids(lease(subject, &all(1, after(30))).await.as_ref()), numbers([1, 6]));
}

/// The numbers tell how much there is to do, since when, and what will not be done.
pub async fn what_waits_is_counted(subject: &Subject) {
    assert_eq!(subject.queue.numbers().await.unwrap(), OutboxNumbers::default());
    let at = |number, seconds| OutboxMessage { created_at: after(seconds), ..message(number, number) };
    append(subject, &[at(1, -60), at(2, -50), at(3, -40)]).await;
    let all_of_them = OutboxNumbers { pending: 3, failing: 0, dead: 0, oldest: Some(after(-60)) };
    assert_eq!(subject.queue.numbers().await.unwrap(), all_of_them);

    let lease = lease(subject, &all(1, START)).await.unwrap();
    assert_eq!(subject.queue.numbers().await.unwrap(), all_of_them, "what is in hand is not delivered yet");
    let failed = [failure(3, after(60))];
    subject.queue.settle(&lease, START, &numbers([1]), &failed).await.unwrap();
    let rest = OutboxNumbers { pending: 2, failing: 1, dead: 0, oldest: Some(after(-50)) };
    assert_eq!(subject.queue.numbers().await.unwrap(), rest);
}
