//! Registering, giving up and resizing

use serde_json::{Value, json};

use super::on_both;
use super::stage::Stage;
use crate::support::scene::{Scene, register};
use crate::support::steps::{claim, claim_keyed, crowd, give_up, seats};
use crate::support::{Answer, TestApp};

/// The most statements that registering may take.
const MOST_TO_REGISTER: u64 = 6;

/// The same under an `Idempotency-Key`: it has to be claimed, and its answer kept.
const MOST_TO_REGISTER_UNDER_A_KEY: u64 = MOST_TO_REGISTER + 2;

/// The most statements of a registration that is refused: what is known is read, and nothing is written.
const MOST_TO_REFUSE: u64 = 2;

/// The most statements that giving up, resizing or calling off may take.
const MOST_TO_FREE_SEATS: u64 = 7;

async fn registering_takes_a_bounded_number_of_statements(few: TestApp, many: TestApp) {
    let scene = Scene::open(&few).await;
    let event = scene.class(1).await;
    let seated = claim(&scene.member, &event, json!({})).await.expect(201).statements();
    let waiting = claim(&scene.outsider, &event, json!({})).await.expect(201).statements();
    let refused = claim(&scene.outsider, &event, json!({})).await.expect(409).statements();
    let for_other = json!({"user_id": scene.owner.id});
    let by_staff = claim(&scene.coach, &event, for_other).await.expect(201).statements();
    println!("registering: seated {seated}, waiting {waiting}, refused {refused}, by staff {by_staff}");
    assert!(seated <= MOST_TO_REGISTER && waiting <= MOST_TO_REGISTER && refused <= MOST_TO_REFUSE);
    // What staff are, and whether there is such a person, is asked with the event.
    assert!(by_staff <= MOST_TO_REGISTER);

    let stage = Stage::set(&many, 120).await;
    let newcomer = many.person("Nina").await;
    let behind_many = claim(&newcomer, &stage.event, json!({})).await.expect(201);
    assert_eq!(behind_many.body["waitlist_position"], 122);
    assert_eq!(behind_many.statements(), waiting);

    let keyed = scene.class(1).await;
    let first = claim_keyed(&scene.member, &keyed, json!({}), "a").await.expect(201).statements();
    let second = claim_keyed(&scene.outsider, &keyed, json!({}), "b").await.expect(201).statements();
    let again = claim_keyed(&scene.outsider, &keyed, json!({}), "b").await.expect(201).statements();
    let refused = claim_keyed(&scene.outsider, &keyed, json!({}), "c").await;
    let refused = refused.expect_problem(409, "already_registered").statements();
    println!("under a key: seated {first}, waiting {second}, again {again}, refused {refused}");
    assert!(first <= MOST_TO_REGISTER_UNDER_A_KEY && second <= MOST_TO_REGISTER_UNDER_A_KEY);
    assert!(again <= 1 && refused <= MOST_TO_REFUSE + 2);
}

/// A class full with one party, that many others waiting, and what giving the party's seats up takes.
async fn giving_up(app: &TestApp, scene: &Scene, promoted: u32) -> u64 {
    let (event, party) = full(app, scene, promoted).await;
    let answer = give_up(&scene.coach, &party).await.expect(200);
    assert_eq!(seats(&scene.coach, &event).await, (promoted.into(), 5));
    answer.statements()
}

/// What making room for that many takes.
async fn resizing(app: &TestApp, scene: &Scene, promoted: u32) -> u64 {
    let (event, _) = full(app, scene, promoted).await;
    let path = format!("/api/v1/events/{event}");
    let answer = scene.manager.patch(&path, &json!({"capacity": promoted * 2})).await.expect(200);
    assert_eq!(seats(&scene.coach, &event).await, (u64::from(promoted) * 2, 5));
    answer.statements()
}

/// What calling the class off takes.
async fn calling_off(app: &TestApp, scene: &Scene, waiting: u32) -> u64 {
    let (event, _) = full(app, scene, waiting).await;
    let answer: Answer = scene.manager.act(&format!("/api/v1/events/{event}/cancel")).await.expect(200);
    assert_eq!(seats(&scene.coach, &event).await, (0, 0));
    answer.statements()
}

/// A class full with one party, that many others waiting and five more.
async fn full(app: &TestApp, scene: &Scene, promoted: u32) -> (String, Value) {
    let event = scene.class(promoted).await;
    let party = register(&scene.coach, &event, promoted).await;
    for person in &crowd(app, promoted as usize + 5).await {
        register(person, &event, 1).await;
    }
    (event, party)
}

async fn promoting_many_takes_no_more_statements_than_promoting_one(few: TestApp, many: TestApp) {
    let (scene_of_few, scene_of_many) = (Scene::open(&few).await, Scene::open(&many).await);
    let one = giving_up(&few, &scene_of_few, 1).await;
    let twenty = giving_up(&many, &scene_of_many, 20).await;
    println!("giving up: {one} with one promotion, {twenty} with twenty");
    assert_eq!(one, twenty);
    assert!(one <= MOST_TO_FREE_SEATS);
    let one = resizing(&few, &scene_of_few, 1).await;
    let twenty = resizing(&many, &scene_of_many, 20).await;
    println!("resizing: {one} with one promotion, {twenty} with twenty");
    assert_eq!(one, twenty);
    assert!(one <= MOST_TO_FREE_SEATS);
    let one = calling_off(&few, &scene_of_few, 1).await;
    let twenty = calling_off(&many, &scene_of_many, 20).await;
    println!("calling off: {one} with few registrations, {twenty} with many");
    assert_eq!(one, twenty);
    assert!(one > 0 && one <= MOST_TO_FREE_SEATS);
}

on_both!(
    registering_takes_a_bounded_number_of_statements,
    promoting_many_takes_no_more_statements_than_promoting_one,
);
