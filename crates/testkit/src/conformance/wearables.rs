//! Behaviours of `WearableRepository`.

use spotter_domain::StoreError;
use spotter_domain::id::{AccountId, WearableRecordId};
use spotter_domain::store::Inserted;
use spotter_domain::wearable::{WearableKind, WearableRecord, WearableView, Written};

use super::{Subject, walk};
use crate::fixtures::{Seed, account, after, wearable_record};

fn me() -> AccountId {
    account(1).id
}

async fn with_people(subject: &Subject) {
    subject.save(Seed { accounts: vec![account(1), account(2)], ..Seed::default() }).await;
}

async fn save(subject: &Subject, record: &WearableRecord) -> Written {
    let mut work = subject.begin().await;
    let written = work.wearables().save(record).await.unwrap();
    work.commit().await.unwrap();
    written
}

async fn delete(subject: &Subject, of: &WearableRecord) -> Option<WearableRecordId> {
    let mut work = subject.begin().await;
    let deleted = work.wearables().delete(of.account, of.kind, &of.external_id).await.unwrap();
    work.commit().await.unwrap();
    deleted
}

/// What of a person's records is shown, latest first.
async fn shown(subject: &Subject, person: AccountId) -> Vec<WearableView> {
    walk(50, async |page| subject.wearables.records(person, None, page).await).await
}

fn view(record: &WearableRecord) -> WearableView {
    WearableView {
        id: record.id,
        kind: record.kind,
        external_id: record.external_id.clone(),
        recorded_at: record.recorded_at,
        updated_at: record.updated_at,
        figures: record.figures,
    }
}

/// A later version replaces an earlier one in whole and keeps its id; the same again, or an earlier one,
/// changes nothing.
pub async fn a_record_is_replaced_by_a_later_version_alone(subject: &Subject) {
    with_people(subject).await;
    let first = wearable_record(1, me(), WearableKind::Sleep);
    assert_eq!(save(subject, &first).await, Written::New);

    let version = |number, seconds| {
        let mut version = wearable_record(number, me(), WearableKind::Sleep);
        version.external_id.clone_from(&first.external_id);
        version.recorded_at = first.recorded_at + crate::fixtures::seconds(number);
        version.updated_at = after(seconds);
        version.figures.sleep_performance = Some(u8::try_from(number).unwrap());
        version
    };
    let written = first.updated_at.as_second() - after(0).as_second();
    for older in [version(2, written), version(2, written - 1)] {
        assert_eq!(save(subject, &older).await, Written::Older(first.id));
        assert_eq!(shown(subject, me()).await, [view(&first)]);
        assert_eq!(subject.wearables.raw(me(), first.id).await.unwrap(), Some(first.raw.clone()));
    }
    let mut later = version(3, written);
    later.updated_at = "2027-01-04T13:00:00.000001Z".parse().unwrap();
    assert_eq!(save(subject, &later).await, Written::Replaced(first.id));
    let kept = WearableRecord { id: first.id, ..later.clone() };
    assert_eq!(shown(subject, me()).await, [view(&kept)]);
    assert_eq!(subject.wearables.raw(me(), first.id).await.unwrap(), Some(later.raw));
    assert_eq!(subject.wearables.raw(me(), later.id).await.unwrap(), None);
    assert_eq!(save(subject, &version(4, written)).await, Written::Older(first.id));
}

/// What the maker calls it is unique for a person and a kind, and no further.
pub async fn a_record_is_told_by_person_kind_and_name(subject: &Subject) {
    with_people(subject).await;
    let named = |number, person, kind| WearableRecord {
        external_id: "10235".to_owned(),
        ..wearable_record(number, person, kind)
    };
    let records = [
        named(1, me(), WearableKind::Sleep),
        named(2, me(), WearableKind::Cycle),
        named(3, account(2).id, WearableKind::Sleep),
    ];
    for record in &records {
        assert_eq!(save(subject, record).await, Written::New);
    }
    assert_eq!(shown(subject, me()).await, [view(&records[1]), view(&records[0])]);
    assert_eq!(shown(subject, account(2).id).await, [view(&records[2])]);
}

/// What is taken back is gone, once, and says which it was; it may come again.
pub async fn a_deleted_record_is_gone(subject: &Subject) {
    with_people(subject).await;
    let record = wearable_record(1, me(), WearableKind::Recovery);
    let stays = wearable_record(2, me(), WearableKind::Recovery);
    save(subject, &record).await;
    save(subject, &stays).await;
    for other in [
        WearableRecord { account: account(2).id, ..record.clone() },
        WearableRecord { kind: WearableKind::Sleep, ..record.clone() },
        wearable_record(3, me(), WearableKind::Recovery),
    ] {
        assert_eq!(delete(subject, &other).await, None);
    }
    assert_eq!(delete(subject, &record).await, Some(record.id));
    assert_eq!(delete(subject, &record).await, None);
    assert_eq!(shown(subject, me()).await, [view(&stays)]);
    assert_eq!(subject.wearables.raw(me(), record.id).await.unwrap(), None);
    assert_eq!(save(subject, &record).await, Written::New);
}

/// A record is of somebody who is there.
pub async fn a_record_is_somebodys(subject: &Subject) {
    with_people(subject).await;
    let nobodys = wearable_record(1, account(9).id, WearableKind::Cycle);
    let refused = subject.begin().await.wearables().save(&nobodys).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    let refused = subject.begin().await.wearables().link(account(9).id, 1).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
}

/// A user of the maker is one person, and a person is one user: another one takes its place.
pub async fn a_user_of_the_maker_is_one_person(subject: &Subject) {
    with_people(subject).await;
    let you = account(2).id;
    let mut work = subject.begin().await;
    let wearables = work.wearables();
    assert_eq!(wearables.linked(1).await.unwrap(), None);
    assert_eq!(wearables.link(me(), 1).await.unwrap(), Inserted::New);
    assert_eq!(wearables.link(me(), 1).await.unwrap(), Inserted::New);
    assert_eq!(wearables.link(you, 1).await.unwrap(), Inserted::Duplicate);
    assert_eq!(wearables.link(you, i64::MAX).await.unwrap(), Inserted::New);
    assert_eq!(wearables.link(you, 1).await.unwrap(), Inserted::Duplicate);
    assert_eq!(wearables.linked(1).await.unwrap(), Some(me()));
    assert_eq!(wearables.linked(i64::MAX).await.unwrap(), Some(you));
    assert_eq!(wearables.link(me(), -3).await.unwrap(), Inserted::New);
    assert_eq!(wearables.linked(1).await.unwrap(), None);
    assert_eq!(wearables.link(you, 1).await.unwrap(), Inserted::New);
    work.commit().await.unwrap();

    for (person, user) in [(me(), Some(-3)), (you, Some(1)), (account(3).id, None)] {
        assert_eq!(subject.wearables.linked_user(person).await.unwrap(), user);
    }
    let mut work = subject.begin().await;
    assert_eq!(work.wearables().unlink(me()).await.unwrap(), 1);
    assert_eq!(work.wearables().unlink(me()).await.unwrap(), 0);
    assert_eq!(work.wearables().linked(-3).await.unwrap(), None);
    assert_eq!(work.wearables().linked(1).await.unwrap(), Some(you));
    work.commit().await.unwrap();
    assert_eq!(subject.wearables.linked_user(me()).await.unwrap(), None);
}

/// A notification that comes again is recognised until it is forgotten.
pub async fn a_notification_is_noted_once(subject: &Subject) {
    let note = async |name: &str, seconds| {
        let mut work = subject.begin().await;
        let noted = work.wearables().note_notification(name, after(seconds)).await.unwrap();
        work.commit().await.unwrap();
        noted
    };
    assert_eq!(note("a", 0).await, Inserted::New);
    assert_eq!(note("a", 50).await, Inserted::Duplicate);
    assert_eq!(note("A", 10).await, Inserted::New);
    assert_eq!(note("ü: \"b\"", 20).await, Inserted::New);

    let purge = async |seconds, limit| {
        let mut work = subject.begin().await;
        let forgotten = work.wearables().purge_notifications(after(seconds), limit).await.unwrap();
        work.commit().await.unwrap();
        forgotten
    };
    assert_eq!(purge(0, 10).await, 0);
    assert_eq!(purge(1, 10).await, 1, "it came when it came first");
    assert_eq!(note("a", 5).await, Inserted::New);
    assert_eq!(purge(21, 2).await, 2);
    assert_eq!(purge(21, 2).await, 1);
    assert_eq!(purge(21, 2).await, 0);
}

/// What was rolled back was not noted: the notification may come again and do its work.
pub async fn a_notification_is_not_noted_without_a_commit(subject: &Subject) {
    let mut work = subject.begin().await;
    assert_eq!(work.wearables().note_notification("a", after(0)).await.unwrap(), Inserted::New);
    work.rollback().await.unwrap();
    let mut work = subject.begin().await;
    assert_eq!(work.wearables().note_notification("a", after(0)).await.unwrap(), Inserted::New);
}
