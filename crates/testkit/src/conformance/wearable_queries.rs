//! Behaviours of `WearableQueries`.

use spotter_domain::id::AccountId;
use spotter_domain::wearable::{Figures, WearableKind, WearableRecord, WearableView};

use super::{Subject, walk};
use crate::fixtures::{Seed, account, after, wearable_record};

fn me() -> AccountId {
    account(1).id
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

async fn save(subject: &Subject, wearables: Vec<WearableRecord>) {
    let accounts = vec![account(1), account(2)];
    subject.save(Seed { accounts, wearables, ..Seed::default() }).await;
}

/// A record of mine that has all figures, and began so many seconds after the clocks' start.
fn scored(number: u64, seconds: i64, kind: WearableKind) -> WearableRecord {
    let figures = Figures {
        recovery: Some(50),
        resting_heart_rate: Some(60),
        hrv_micros: Some(30_000),
        sleep_performance: Some(80),
        strain_hundredths: Some(500),
        nap: None,
    };
    WearableRecord { recorded_at: after(seconds), figures, ..wearable_record(number, me(), kind) }
}

/// What comes with me of what began up to so many seconds after the clocks' start.
async fn latest(subject: &Subject, until: i64) -> Vec<WearableView> {
    subject.wearables.standing(me(), after(0), after(until)).await.unwrap().unwrap().latest
}

/// Every figure survives, there or not, and so does the JSON to the byte.
pub async fn records_come_back_as_they_were_written(subject: &Subject) {
    let most = Figures {
        recovery: Some(100),
        resting_heart_rate: Some(u16::MAX),
        hrv_micros: Some(4_000_000),
        sleep_performance: Some(100),
        strain_hundredths: Some(2_100),
        nap: Some(true),
    };
    let least = Figures {
        recovery: Some(0),
        resting_heart_rate: Some(0),
        hrv_micros: Some(0),
        sleep_performance: Some(0),
        strain_hundredths: Some(0),
        nap: Some(false),
    };
    let plain = |number, kind| wearable_record(number, me(), kind);
    let mut records = vec![
        WearableRecord {
            external_id: "ü".repeat(64),
            recorded_at: "2027-01-04T12:00:00.000001Z".parse().unwrap(),
            updated_at: "2027-02-28T23:59:59.999999Z".parse().unwrap(),
            figures: most,
            raw: format!("{{\"note\": \"ü\\n{}\"}}", "\u{1F3CB} ".repeat(13_000)).into_bytes(),
            ..plain(1, WearableKind::Cycle)
        },
        WearableRecord {
            figures: least,
            raw: b" {\"a\":1, \"a\":1.0}\n".to_vec(),
            ..plain(2, WearableKind::Sleep)
        },
        WearableRecord { raw: vec![], ..plain(3, WearableKind::Recovery) },
    ];
    for (number, recovery) in (4..).zip([33, 34, 66, 67]) {
        let figures = Figures { recovery: Some(recovery), ..Figures::default() };
        records.push(WearableRecord { figures, ..plain(number, WearableKind::Recovery) });
    }
    save(subject, records.clone()).await;

    let listed = walk(50, async |page| subject.wearables.records(me(), None, page).await).await;
    assert_eq!(listed, records.iter().rev().map(view).collect::<Vec<_>>());
    for record in records {
        assert_eq!(subject.wearables.raw(me(), record.id).await.unwrap(), Some(record.raw));
    }
}

/// Those that began at once are in descending order of their ids, and a page may end between them.
pub async fn records_are_listed_latest_first_without_gap_or_duplicate(subject: &Subject) {
    let at = |number, seconds, kind| WearableRecord {
        recorded_at: after(seconds),
        ..wearable_record(number, me(), kind)
    };
    let expected = [
        at(1, 300, WearableKind::Cycle),
        at(4, 200, WearableKind::Sleep),
        at(3, 200, WearableKind::Recovery),
        at(2, 200, WearableKind::Sleep),
        at(6, 100, WearableKind::Sleep),
        at(5, -100_000_000, WearableKind::Recovery),
    ];
    let others = WearableRecord { account: account(2).id, ..at(7, 150, WearableKind::Sleep) };
    let mut shuffled = expected.to_vec();
    shuffled.swap(0, 3);
    shuffled.swap(1, 5);
    save(subject, shuffled.into_iter().chain([others]).collect()).await;

    for kind in [None, Some(WearableKind::Sleep), Some(WearableKind::Recovery), Some(WearableKind::Cycle)] {
        let wanted: Vec<_> =
            expected.iter().filter(|record| kind.is_none_or(|kind| record.kind == kind)).map(view).collect();
        for limit in 1..=7 {
            let listed = walk(limit, async |page| subject.wearables.records(me(), kind, page).await).await;
            assert_eq!(listed, wanted, "{kind:?}, {limit} a page");
        }
    }
    let nobodys = walk(5, async |page| subject.wearables.records(account(3).id, None, page).await).await;
    assert_eq!(nobodys, []);
}

/// With a person comes the latest of each kind, unless even that began too long ago.
pub async fn the_latest_of_each_kind_comes_with_the_person(subject: &Subject) {
    let recoveries = [scored(1, 10, WearableKind::Recovery), scored(2, 30, WearableKind::Recovery)];
    let sleeps = [scored(4, 25, WearableKind::Sleep), scored(3, 5, WearableKind::Sleep)];
    let others = WearableRecord { account: account(2).id, ..scored(5, 99, WearableKind::Cycle) };
    save(subject, [recoveries.to_vec(), sleeps.to_vec(), vec![others]].concat()).await;

    for (since, expected) in [
        (0, vec![view(&recoveries[1]), view(&sleeps[0])]),
        (25, vec![view(&recoveries[1]), view(&sleeps[0])]),
        (26, vec![view(&recoveries[1])]),
        (31, vec![]),
    ] {
        let found = subject.wearables.standing(me(), after(since), after(100)).await.unwrap().unwrap();
        assert_eq!(found.latest, expected, "since {since}");
        assert_eq!(Some(found.athlete), subject.accounts.athlete(me()).await.unwrap());
    }
    assert_eq!(subject.wearables.standing(account(3).id, after(0), after(100)).await.unwrap(), None);
}

/// Of each kind the latest with a score comes with the person, whatever came later without one.
pub async fn what_has_no_score_does_not_hide_what_has_one(subject: &Subject) {
    let (mut records, mut expected) = (Vec::new(), Vec::new());
    for (number, kind) in (1..).step_by(4).zip(WearableKind::ALL) {
        let [earlier, latest] = [scored(number, 10, kind), scored(number + 1, 20, kind)];
        let mut bare = scored(number + 2, 30, kind);
        // All figures but the score itself.
        match kind {
            WearableKind::Recovery => bare.figures.recovery = None,
            WearableKind::Sleep => bare.figures.sleep_performance = None,
            WearableKind::Cycle => bare.figures.strain_hundredths = None,
        }
        let pending = WearableRecord { figures: Figures::default(), ..scored(number + 3, 40, kind) };
        expected.push(view(&latest));
        records.extend([earlier, latest, bare, pending]);
    }
    save(subject, records).await;
    assert_eq!(latest(subject, 100).await, expected);
}

/// A nap is a record of its own, and leaves the night's in its place.
pub async fn a_nap_does_not_stand_for_the_night(subject: &Subject) {
    let sleep = |number, seconds, nap| {
        let mut sleep = scored(number, seconds, WearableKind::Sleep);
        sleep.figures.nap = nap;
        sleep
    };
    let [untold, night, nap] = [sleep(1, 10, None), sleep(2, 20, Some(false)), sleep(3, 30, Some(true))];
    save(subject, vec![untold.clone(), nap.clone()]).await;
    assert_eq!(latest(subject, 100).await, [view(&untold)]);
    let mut work = subject.begin().await;
    work.wearables().save(&night).await.unwrap();
    // What was a night is a nap in a later version.
    let version = WearableRecord { figures: nap.figures, updated_at: after(1_000_000), ..untold.clone() };
    work.wearables().save(&version).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(latest(subject, 100).await, [view(&night)]);
    assert_eq!(latest(subject, 15).await, []);
    let listed = walk(5, async |page| subject.wearables.records(me(), None, page).await).await;
    assert_eq!(listed, [view(&nap), view(&night), view(&version)]);
}

/// What a wearable dates ahead comes with the person when its time has come, to the microsecond.
pub async fn what_is_dated_ahead_tells_nothing_of_today(subject: &Subject) {
    let now = scored(1, 50, WearableKind::Recovery);
    let recorded_at = now.recorded_at + std::time::Duration::from_micros(1);
    let ahead = WearableRecord { recorded_at, ..scored(2, 0, WearableKind::Recovery) };
    save(subject, vec![now.clone(), ahead.clone()]).await;
    assert_eq!(latest(subject, 49).await, []);
    assert_eq!(latest(subject, 50).await, [view(&now)]);
    assert_eq!(latest(subject, 51).await, [view(&ahead)]);
}

/// The JSON of somebody else's record is not there.
pub async fn what_came_is_shown_to_its_owner_alone(subject: &Subject) {
    let mine = wearable_record(1, me(), WearableKind::Sleep);
    save(subject, vec![mine.clone()]).await;
    assert_eq!(subject.wearables.raw(account(2).id, mine.id).await.unwrap(), None);
    let absent = wearable_record(2, me(), WearableKind::Sleep).id;
    assert_eq!(subject.wearables.raw(me(), absent).await.unwrap(), None);
}
