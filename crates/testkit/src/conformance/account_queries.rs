//! Behaviours of `AccountQueries`.

use spotter_domain::account::{
    Account, ApiKey, ApiKeyView, Credentials, DefaultRest, Email, Preferences, Profile, ProgressionType,
    Units, WarmupPercentages, WeekStart,
};
use spotter_domain::club::TimeZoneName;
use spotter_domain::workout::OneRepMaxFormula;

use super::{Subject, walk};
use crate::fixtures::{Seed, account, after, api_key, digest};

fn ada() -> Account {
    Account {
        email: Email::parse("Ada@Example.org").unwrap(),
        preferences: Preferences {
            units: Units::Imperial,
            week_start: WeekStart::Sunday,
            time_zone: Some(TimeZoneName::parse("Asia/Tokyo").unwrap()),
            one_rep_max: OneRepMaxFormula::Wathan,
            default_rest: DefaultRest::new(45).unwrap(),
            progression: ProgressionType::Double,
            warmup: WarmupPercentages::new(vec![]).unwrap(),
        },
        is_operator: true,
        version: 4,
        ..account(1)
    }
}

/// Every field of a profile is the account's.
pub async fn a_profile_is_its_owners_view(subject: &Subject) {
    subject.save(Seed { accounts: vec![ada(), account(2)], ..Seed::default() }).await;

    let shown = Profile {
        id: ada().id,
        email: "Ada@Example.org".to_owned(),
        display_name: "Person 1".to_owned(),
        preferences: ada().preferences,
        is_operator: true,
        version: 4,
    };
    assert_eq!(subject.accounts.profile(ada().id).await.unwrap(), Some(shown));
    let plain = subject.accounts.profile(account(2).id).await.unwrap().unwrap();
    assert_eq!((plain.preferences, plain.is_operator), (Preferences::default(), false));
    assert_eq!(subject.accounts.profile(account(3).id).await.unwrap(), None);
}

/// Who signs in may write their address in any case.
pub async fn credentials_are_found_whatever_the_case(subject: &Subject) {
    subject.save(Seed { accounts: vec![ada(), account(2)], ..Seed::default() }).await;

    let address = Email::parse("aDA@eXAMPLE.ORG").unwrap();
    let expected = Credentials { profile: ada().profile(), password_hash: ada().password_hash };
    assert_eq!(subject.accounts.credentials(&address).await.unwrap(), Some(expected));
    assert_eq!(subject.accounts.credentials(&account(3).email).await.unwrap(), None);
}

/// A digest leads to the account that made the key.
pub async fn a_key_leads_to_its_owner(subject: &Subject) {
    subject.save(Seed { accounts: vec![account(1), account(2)], ..Seed::default() }).await;
    let mut work = subject.begin().await;
    for number in 1..=2 {
        work.api_keys().insert(&api_key(number, account(number).id)).await.unwrap();
    }
    work.commit().await.unwrap();

    for number in 1..=2 {
        assert_eq!(subject.accounts.owner_of_key(digest(number)).await.unwrap(), Some(account(number).id));
    }
    assert_eq!(subject.accounts.owner_of_key(digest(3)).await.unwrap(), None);
}

/// The list of one account's keys, read page by page, is whole and in order.
pub async fn keys_are_listed_oldest_first_without_gap_or_duplicate(subject: &Subject) {
    subject.save(Seed { accounts: vec![account(1), account(2)], ..Seed::default() }).await;
    let key = |number: u64| ApiKey {
        created_at: after(i64::try_from(number).unwrap()),
        ..api_key(number, account(if number == 3 { 2 } else { 1 }).id)
    };
    let mut work = subject.begin().await;
    for number in [5, 1, 3, 2, 4] {
        work.api_keys().insert(&key(number)).await.unwrap();
    }
    work.commit().await.unwrap();

    let expected: Vec<_> = [1, 2, 4, 5]
        .map(|number| ApiKeyView {
            id: key(number).id,
            name: format!("Key {number}"),
            created_at: key(number).created_at,
        })
        .into();
    for limit in [1, 2, 3, 4, 5] {
        let listed = walk(limit, async |page| subject.accounts.api_keys(account(1).id, page).await).await;
        assert_eq!(listed, expected, "{limit} a page");
    }
}
