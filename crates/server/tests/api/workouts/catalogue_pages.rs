//! `GET /api/v1/exercises`: pages of a search while exercises change, and searches for nothing.

use serde_json::{Value, json};

use super::exercises::{EXERCISES, every_store, found, make, path, resolve};
use crate::support::{Person, TestApp};

const GNOMES: &str = "/api/v1/exercises?q=gnome&limit=2";

/// The names on a page, and the cursor of the next.
async fn page(person: &Person, address: &str) -> (Vec<String>, Option<String>) {
    let page = person.get(address).await.expect(200).body;
    let names = page["items"].as_array().unwrap().iter();
    let names = names.map(|item| item["name"].as_str().unwrap().to_owned()).collect();
    (names, page["next_cursor"].as_str().map(str::to_owned))
}

async fn five_gnomes(person: &Person) -> Vec<Value> {
    let mut made = Vec::new();
    for letter in ["A", "B", "C", "D", "E"] {
        made.push(make(person, &format!("Gnome {letter}")).await);
    }
    made
}

#[tokio::test]
async fn what_comes_after_an_exercise_that_went_is_still_found() {
    for app in every_store().await {
        for (name, way) in [("Ada", "deleted"), ("Ben", "renamed"), ("Cleo", "merged")] {
            let owner = app.person(name).await;
            let gnomes = five_gnomes(&owner).await;
            let (names, next) = page(&owner, GNOMES).await;
            assert_eq!(names, ["Gnome A", "Gnome B"], "{way}");
            let last = path(&gnomes[1]);
            match way {
                "deleted" => owner.delete(&last).await.expect(204),
                "renamed" => owner.patch(&last, &json!({"name": "Zebra"})).await.expect(200),
                _ => {
                    owner.post(&format!("{last}/merge"), &json!({"into": gnomes[0]["id"]})).await.expect(200)
                }
            };
            let (names, next) = page(&owner, &format!("{GNOMES}&cursor={}", next.unwrap())).await;
            assert_eq!(names, ["Gnome C", "Gnome D"], "{way}");
            let (names, next) = page(&owner, &format!("{GNOMES}&cursor={}", next.unwrap())).await;
            assert_eq!((names, next), (vec!["Gnome E".to_owned()], None), "{way}");
        }
    }
}

#[tokio::test]
async fn the_catalogue_goes_on_after_an_exercise_that_went() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let mine = make(&ada, "Own one").await;
    let address = format!("{EXERCISES}?limit=1");
    let (names, next) = page(&ada, &address).await;
    assert_eq!(names, ["Own one"], "one's own come first");
    ada.delete(&path(&mine)).await.expect(204);
    let (names, _) = page(&ada, &format!("{address}&cursor={}", next.unwrap())).await;
    assert_eq!(names, page(&ada, &address).await.0);
}

#[tokio::test]
async fn a_cursor_is_one_of_its_search_alone() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let searches = ["", "q=press", "q=bench", "muscle=chest", "equipment=dumbbell", "q=press&muscle=chest"];
    for given in searches {
        let (_, next) = page(&ada, &format!("{EXERCISES}?limit=1&{given}")).await;
        let next = next.unwrap();
        for used in searches {
            let answer = ada.get(&format!("{EXERCISES}?limit=3&{used}&cursor={next}")).await;
            if used == given {
                answer.expect(200);
            } else {
                assert_eq!(answer.expect(400).text("code"), "invalid_cursor", "{given} {used}");
            }
        }
    }
}

#[tokio::test]
async fn a_text_without_a_letter_or_digit_finds_nothing() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    make(&ada, "Gnome walk").await;
    for text in ["%25", "(((", "!!!", "%F0%9F%92%AA", "-+_"] {
        assert!(found(&ada, &format!("q={text}")).await.is_empty(), "{text}");
    }
    assert_eq!(found(&ada, "q=%20%20").await, found(&ada, "").await, "blanks are no text");
    assert_eq!(resolve(&ada, "!!!").await["suggestions"], json!([]));
    for text in ["%00", "bench%00press", "bench%0Apress", "%1B"] {
        ada.get(&format!("{EXERCISES}?q={text}")).await.expect(400);
    }
}

#[tokio::test]
async fn a_letter_too_many_suggests_the_plain_exercise_first() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let suggestions = resolve(&ada, "squatt").await["suggestions"].clone();
    let names: Vec<_> =
        suggestions.as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert!(names[..3].contains(&"Barbell Squat"), "{names:?}");
    assert!(names.iter().all(|name| name.ends_with("Squat")), "{names:?}");
}
