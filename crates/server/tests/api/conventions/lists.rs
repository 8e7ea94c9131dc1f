//! Lists: page by page, to the end, with cursors that belong to one list.

use serde_json::{Value, json};

use crate::support::scene::Scene;
use crate::support::{Answer, Person, TestApp};

/// The address behind `rel="next"`, or nothing.
fn next(page: &Answer) -> Option<String> {
    let link = page.header("link");
    let (address, rest) = link.strip_prefix('<')?.split_once('>')?;
    assert_eq!(rest, "; rel=\"next\"");
    Some(address.to_owned())
}

/// Follows the links from `path` to the end and gathers one field of every item.
async fn walk(person: &Person, path: &str, field: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut path = Some(path.to_owned());
    while let Some(here) = path {
        assert!(pages.len() < 100, "there is no end to {here}");
        let page = person.get(&here).await.expect(200);
        path = next(&page);
        match &path {
            Some(next) => assert!(next.ends_with(&format!("cursor={}", page.text("next_cursor"))), "{next}"),
            None => assert_eq!(page.body["next_cursor"], Value::Null),
        }
        let items = page.body["items"].as_array().unwrap().iter();
        pages.push(items.map(|item| item[field].as_str().unwrap().to_owned()).collect());
    }
    pages
}

async fn make_clubs(person: &Person, count: usize) {
    for number in 0..count {
        let body = json!({"slug": format!("club-{number:03}"), "name": "A club", "time_zone": "UTC"});
        person.post("/api/v1/clubs", &body).await.expect(201);
    }
}

#[tokio::test]
async fn links_lead_from_page_to_page_to_the_end() {
    let app = TestApp::memory().await;
    let olga = app.person("Olga").await;
    make_clubs(&olga, 5).await;
    let slugs = walk(&olga, "/api/v1/clubs?limit=2", "slug").await;
    assert_eq!(slugs, [vec!["club-000", "club-001"], vec!["club-002", "club-003"], vec!["club-004"]]);
    // A last page that is full is the last page all the same.
    let slugs = walk(&olga, "/api/v1/clubs?limit=5", "slug").await;
    assert_eq!(slugs.len(), 1);
}

#[tokio::test]
async fn every_list_is_read_to_its_end() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let event = scene.class(1).await;
    for person in [&scene.member, &scene.coach, &scene.outsider] {
        crate::support::scene::register(person, &event, 1).await;
    }
    for hour in 0..3 {
        let times = json!({
            "starts_at": format!("2027-02-0{}T10:00:00Z", hour + 1),
            "ends_at": format!("2027-02-0{}T11:00:00Z", hour + 1),
        });
        scene.class_with(5, times).await;
        scene.owner.post("/api/v1/me/api-keys", &json!({"name": "Door"})).await.expect(201);
    }
    for (path, field, count) in [
        ("/api/v1/clubs?limit=1".to_owned(), "slug", 2),
        ("/api/v1/clubs/iron-works/members?limit=1".to_owned(), "user_id", 4),
        ("/api/v1/clubs/iron-works/events?limit=1&from=2027-01-01T01:00:00%2B01:00".to_owned(), "id", 4),
        ("/api/v1/me/api-keys?limit=1".to_owned(), "id", 3),
        (format!("/api/v1/events/{event}/registrations?limit=1"), "id", 3),
        (format!("/api/v1/events/{event}/waitlist?limit=1"), "registration_id", 2),
    ] {
        let pages = walk(&scene.owner, &path, field).await;
        let mut all: Vec<_> = pages.concat();
        assert_eq!((pages.len(), all.len()), (count, count), "{path}");
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "{path}");
    }
}

#[tokio::test]
async fn a_list_of_nothing_is_empty() {
    let app = TestApp::memory().await;
    let list = app.get("/api/v1/clubs").await.expect(200);
    assert_eq!(list.body, json!({"items": [], "next_cursor": null}));
    assert_eq!(next(&list), None);
}

#[tokio::test]
async fn a_page_holds_50_items_unless_told_and_200_at_most() {
    let app = TestApp::memory().await;
    let olga = app.person("Olga").await;
    make_clubs(&olga, 201).await;
    for (query, count) in [
        ("", 50),
        ("?limit=1", 1),
        ("?limit=200", 200),
        ("?limit=201", 200),
        ("?limit=99999999999999999999999", 200),
    ] {
        let page = olga.get(&format!("/api/v1/clubs{query}")).await.expect(200);
        assert_eq!(page.body["items"].as_array().unwrap().len(), count, "{query}");
        assert!(page.body["next_cursor"].is_string());
    }
    let pages = walk(&olga, "/api/v1/clubs?limit=1000", "slug").await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [200, 1]);
}

#[tokio::test]
async fn what_comes_in_between_moves_no_page() {
    let app = TestApp::memory().await;
    let olga = app.person("Olga").await;
    make_clubs(&olga, 4).await;
    let first = olga.get("/api/v1/clubs?limit=2").await.expect(200);
    let earlier = json!({"slug": "a-club", "name": "Earlier in the list", "time_zone": "UTC"});
    olga.post("/api/v1/clubs", &earlier).await.expect(201);
    let second = olga.get(&next(&first).unwrap()).await.expect(200);
    assert_eq!(second.body["items"][0]["slug"], "club-002");
}

#[tokio::test]
async fn a_cursor_that_no_list_gave_is_refused() {
    let app = TestApp::memory().await;
    let olga = app.person("Olga").await;
    make_clubs(&olga, 3).await;
    let answer = olga.get("/api/v1/clubs?cursor=nonsense").await.expect_problem(400, "invalid_cursor");
    insta::assert_json_snapshot!(answer.redacted(), @r#"
    {
      "code": "invalid_cursor",
      "detail": "cursor: must be a next_cursor of this list",
      "errors": [
        {
          "detail": "must be a next_cursor of this list",
          "pointer": "cursor"
        }
      ],
      "status": 400,
      "title": "Bad Request",
      "trace_id": "[trace_id]",
      "type": "/problems/invalid_cursor"
    }
    "#);
    let page = olga.get("/api/v1/clubs?limit=1").await.expect(200);
    let good = page.text("next_cursor");
    olga.get(&format!("/api/v1/clubs?cursor={good}")).await.expect(200);
    for bad in ["", "%00", "club-001", &good[1..], &good[..good.len() - 2], &format!("{good}AAAA")] {
        olga.get(&format!("/api/v1/clubs?cursor={bad}")).await.expect_problem(400, "invalid_cursor");
    }
}

#[tokio::test]
async fn another_list_s_cursor_is_refused() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for name in ["Door", "Till"] {
        scene.owner.post("/api/v1/me/api-keys", &json!({"name": name})).await.expect(201);
    }
    scene.class(5).await;
    scene.class(5).await;
    let lists = [
        "/api/v1/clubs",
        "/api/v1/me/api-keys",
        "/api/v1/clubs/iron-works/members",
        "/api/v1/clubs/iron-works/events",
    ];
    for from in lists {
        let page = scene.owner.get(&format!("{from}?limit=1")).await.expect(200);
        for to in lists {
            let answer = scene.owner.get(&format!("{to}?cursor={}", page.text("next_cursor"))).await;
            if from == to {
                answer.expect(200);
            } else {
                answer.expect_problem(400, "invalid_cursor");
            }
        }
    }
}
