//! Rule W1: how consent is given and withdrawn, and what coaches are told of it.

use serde_json::{Value, json};
use spotter_domain::domain_event::DomainEvent;

use super::consent::{ATHLETES, CONSENT, consent, withdraw};
use super::exercises::every_store;
use crate::support::TestApp;
use crate::support::scene::Scene;
use crate::support::steps::{announced, pages};

#[tokio::test]
async fn w1_only_a_member_of_the_club_can_consent() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    scene.outsider.put(CONSENT, &json!({})).await.expect_problem(403, "role_required");
    assert_eq!(
        scene.outsider.get(CONSENT).await.expect(200).body,
        json!({"club": "iron-works", "granted": false, "granted_at": null})
    );
    withdraw(&scene.outsider).await;
    let nowhere = "/api/v1/clubs/nowhere/coaching-consent";
    scene.member.put(nowhere, &json!({})).await.expect_problem(404, "not_found");
    scene.member.get(nowhere).await.expect_problem(404, "not_found");
    scene.member.delete(nowhere).await.expect_problem(404, "not_found");
    for person in [&scene.member, &scene.coach, &scene.owner] {
        assert_eq!(consent(person).await.body["granted"], true);
    }
}

#[tokio::test]
async fn w1_consenting_again_changes_nothing_and_nor_does_withdrawing_again() {
    for app in every_store().await {
        let scene = Scene::open(&app).await;
        let first = consent(&scene.member).await.body;
        assert_eq!(
            first,
            json!({"club": "iron-works", "granted": true, "granted_at": "2027-01-04T12:00:00Z"})
        );
        app.clock.advance(std::time::Duration::from_mins(1));
        assert_eq!(consent(&scene.member).await.body, first);
        assert_eq!(scene.member.get(CONSENT).await.expect(200).body, first);
        withdraw(&scene.member).await;
        withdraw(&scene.member).await;
        assert_eq!(scene.member.get(CONSENT).await.expect(200).body["granted_at"], Value::Null);
        assert_eq!(consent(&scene.member).await.body["granted_at"], "2027-01-04T12:01:00Z", "given anew");
        let told = announced(&app).await;
        let told = told.iter().map(DomainEvent::kind).filter(|kind| kind.contains("consent"));
        assert_eq!(told.count(), 3, "given, withdrawn, given");
    }
}

#[tokio::test]
async fn w1_coaches_find_those_who_consented() {
    for app in every_store().await {
        let scene = Scene::open(&app).await;
        assert_eq!(
            scene.coach.get(ATHLETES).await.expect(200).body,
            json!({"items": [], "next_cursor": null})
        );
        let athletes = [&scene.member, &scene.manager, &scene.owner];
        for person in athletes {
            consent(person).await;
            app.clock.advance(std::time::Duration::from_secs(1));
        }
        let all = pages(&scene.coach, &format!("{ATHLETES}?limit=1")).await;
        assert_eq!(all.len(), 3);
        let mira = json!({
            "user_id": scene.member.id, "display_name": "Mira", "granted_at": "2027-01-04T12:00:00Z"
        });
        assert!(all.concat().contains(&mira), "{all:#?}");
        withdraw(&scene.member).await;
        let left = scene.coach.get(ATHLETES).await.expect(200);
        assert_eq!(left.body["items"].as_array().unwrap().len(), 2);
        scene.member.get(ATHLETES).await.expect_problem(403, "role_required");
        scene.outsider.get(ATHLETES).await.expect_problem(403, "role_required");
        scene.coach.get(&format!("{ATHLETES}?cursor=nonsense")).await.expect(400);
    }
}
