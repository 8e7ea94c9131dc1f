//! `GET /api/v1/exercises`: the catalogue, and how it is searched.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::exercises::{EXERCISES, every_store, found, make};
use crate::support::TestApp;
use crate::support::steps::pages;

#[tokio::test]
async fn the_catalogue_has_hundreds_of_exercises_and_each_is_read_once() {
    for app in every_store().await {
        let ada = app.person("Ada").await;
        let mine = make(&ada, "Gnome walk").await;
        for limit in [37, 200] {
            let pages = pages(&ada, &format!("{EXERCISES}?limit={limit}")).await;
            assert!(pages.iter().rev().skip(1).all(|page| page.len() == limit));
            let all = pages.concat();
            let ids: BTreeSet<&str> = all.iter().map(|item| item["id"].as_str().unwrap()).collect();
            assert_eq!(ids.len(), all.len(), "each once");
            assert!(all.len() > 300, "{}", all.len());
            assert!(ids.contains(mine["id"].as_str().unwrap()));
            assert_eq!(all.iter().filter(|item| item["custom"] == true).count(), 1);
        }
    }
}

#[tokio::test]
async fn an_exercise_of_the_catalogue_tells_what_it_is() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let page = ada.get("/api/v1/exercises?q=bench+press+(barbell)&limit=1").await.expect(200).body;
    let bench = &page["items"][0];
    let read = ada.get(&format!("{EXERCISES}/{}", bench["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(read.body, *bench);
    assert_eq!(bench["name"], "Barbell Bench Press");
    assert!(bench["aliases"].as_array().unwrap().contains(&json!("Bench Press (Barbell)")));
    assert_eq!((&bench["primary_muscles"], &bench["custom"]), (&json!(["chest"]), &json!(false)));
    assert_eq!((&bench["equipment"], &bench["load"]), (&json!("barbell"), &json!("external")));
    assert_eq!((&bench["mechanic"], &bench["force"]), (&json!("compound"), &json!("push")));
    let helpers = bench["secondary_muscles"].as_array().unwrap();
    assert!(helpers.contains(&json!("triceps")) && !helpers.contains(&json!("chest")));
}

#[tokio::test]
async fn the_catalogue_is_the_same_on_every_node_and_over_every_store() {
    let mut lists = Vec::new();
    for app in every_store().await {
        let ada = app.person("Ada").await;
        lists.push(ada.get("/api/v1/exercises?limit=200").await.expect(200).body["items"].clone());
    }
    assert!(lists.iter().all(|list| *list == lists[0]));
}

#[tokio::test]
async fn a_part_of_the_name_is_enough_and_the_best_comes_first() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for typed in ["Barbell Bench Press", "bench press", "Bench+Press+(Barbell)", "press,+BENCH+(barbell)"] {
        assert_eq!(found(&ada, &format!("q={typed}")).await[0], "Barbell Bench Press", "{typed}");
    }
    for typed in ["ench+pres", "barb+ben+pre", "bench", "benchpress", "bar+bell+bench+press"] {
        let names = found(&ada, &format!("q={typed}")).await;
        assert!(names.contains(&"Barbell Bench Press".to_owned()), "{typed}: {names:?}");
    }
    for typed in ["ellbenc", "llb"] {
        let names = found(&ada, &format!("q={typed}")).await;
        let within = names.contains(&"Barbell Bench Press".to_owned());
        assert_eq!(
            within,
            typed.len() > 5,
            "few letters are not looked for across words: {typed}: {names:?}"
        );
    }
    let planks = found(&ada, "q=plank").await;
    let begins = |name: &String| name.starts_with("Plank");
    let beginning = planks.iter().take_while(|name| begins(name)).count();
    assert_eq!(planks[0], "Plank");
    assert!(planks.len() > beginning, "{planks:?}");
    assert!(
        !planks[beginning..].iter().any(begins),
        "what begins so comes before what has it inside: {planks:?}"
    );
}

#[tokio::test]
async fn typing_errors_are_forgiven() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for (typed, meant) in [
        ("bnech+pres", "Barbell Bench Press"),
        ("bnech+press", "Barbell Bench Press"),
        ("deadlfit", "Barbell Deadlift"),
        ("sqaut", "Barbell Squat"),
        ("romainan+deadlift", "Barbell Romanian Deadlift"),
        ("plnak", "Plank"),
    ] {
        let names = found(&ada, &format!("q={typed}")).await;
        assert!(names.contains(&meant.to_owned()), "{typed}: {names:?}");
    }
    let names = found(&ada, "q=bnech+pres").await;
    assert!(names.iter().take(3).all(|name| name.contains("Bench Press")), "{names:?}");
    assert!(found(&ada, "q=qqqqqqqq").await.is_empty());
}

#[tokio::test]
async fn muscles_and_equipment_narrow_a_search() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let body = json!({"name": "Ada's pullover", "secondary_muscles": ["chest"], "equipment": "dumbbell"});
    ada.post(EXERCISES, &body).await.expect(201);
    let query = "/api/v1/exercises?muscle=chest&equipment=dumbbell&limit=200";
    let items = ada.get(query).await.expect(200).body["items"].as_array().unwrap().clone();
    let works = |item: &Value, list: &str| item[list].as_array().unwrap().contains(&json!("chest"));
    assert!(items.iter().all(|item| item["equipment"] == "dumbbell"));
    assert!(items.iter().all(|item| works(item, "primary_muscles") || works(item, "secondary_muscles")));
    let main: Vec<bool> = items.iter().map(|item| works(item, "primary_muscles")).collect();
    assert!(main[0] && main.is_sorted_by(|a, b| a >= b), "those whose main work it is come first");
    assert_eq!(items.iter().filter(|item| item["custom"] == true).count(), 1);
    let narrowed = found(&ada, "q=press&muscle=chest&equipment=dumbbell").await;
    assert!(!narrowed.is_empty() && narrowed.len() < items.len());
    assert!(narrowed.iter().all(|name| name.contains("Press")), "{narrowed:?}");
    assert!(found(&ada, "q=plank&equipment=barbell").await.is_empty());
}

#[tokio::test]
async fn ones_own_exercises_come_before_equals() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    make(&ada, "Plank zigzag").await;
    let planks = found(&ada, "q=plank").await;
    assert_eq!((planks[0].as_str(), planks[1].as_str()), ("Plank", "Plank zigzag"), "{planks:?}");
}

#[tokio::test]
async fn a_search_is_read_page_by_page() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    make(&ada, "Press of Ada").await;
    let all = found(&ada, "q=press&muscle=shoulders").await;
    let pages = pages(&ada, "/api/v1/exercises?q=press&muscle=shoulders&limit=3").await.concat();
    let names: Vec<_> = pages.iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert_eq!(names, all);
    assert!(all.len() > 6);
}

#[tokio::test]
async fn what_can_be_no_search_is_refused() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for query in [
        "muscle=wing".to_owned(),
        "equipment=car".to_owned(),
        "muscle=".to_owned(),
        "muscle=Chest".to_owned(),
        "limit=0".to_owned(),
        "limit=x".to_owned(),
        "cursor=x".to_owned(),
        format!("q={}", "x".repeat(201)),
    ] {
        ada.get(&format!("{EXERCISES}?{query}")).await.expect(400);
    }
    let other = ada.get("/api/v1/exercises?limit=1").await.text("next_cursor").to_owned();
    ada.get(&format!("/api/v1/workout-sessions?cursor={other}")).await.expect(400);
    // Nothing that was typed finds everything.
    assert_eq!(found(&ada, "q=").await.len(), found(&ada, "").await.len());
}
