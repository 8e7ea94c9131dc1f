//! `/api/v1/clubs/{club}/members`

use serde_json::json;

use crate::support::scene::Scene;
use crate::support::{Answer, Person, TestApp};

const PATH: &str = "/api/v1/clubs/iron-works/members";

async fn set_role(by: &Person, who: &str, role: &str) -> Answer {
    by.put(&format!("{PATH}/{who}"), &json!({"role": role})).await
}

async fn role_of(person: &Person) -> String {
    let club = person.get("/api/v1/clubs/iron-works").await.expect(200);
    club.body["role"].as_str().unwrap_or("none").to_owned()
}

#[tokio::test]
async fn managers_see_who_belongs_to_the_club() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let list = scene.manager.get(PATH).await.expect(200);
    insta::assert_json_snapshot!(list.redacted(), @r#"
    {
      "items": [
        {
          "display_name": "Olga",
          "joined_at": "2027-01-04T12:00:00Z",
          "role": "owner",
          "user_id": "[id]"
        },
        {
          "display_name": "Manuel",
          "joined_at": "2027-01-04T12:00:00Z",
          "role": "manager",
          "user_id": "[id]"
        },
        {
          "display_name": "Chen",
          "joined_at": "2027-01-04T12:00:00Z",
          "role": "coach",
          "user_id": "[id]"
        },
        {
          "display_name": "Mira",
          "joined_at": "2027-01-04T12:00:00Z",
          "role": "member",
          "user_id": "[id]"
        }
      ],
      "next_cursor": null
    }
    "#);
    let everybody = [&scene.owner, &scene.manager, &scene.coach, &scene.member];
    for (item, person) in list.body["items"].as_array().unwrap().iter().zip(everybody) {
        assert_eq!(item["user_id"], person.id.as_str());
    }
    assert!(!list.body.to_string().contains('@'), "an address is nobody else's business");
    assert_eq!(scene.owner.get(PATH).await.expect(200).body, list.body);
    scene.coach.get(PATH).await.expect_problem(403, "role_required");
}

#[tokio::test]
async fn owners_give_every_role() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let given = set_role(&scene.owner, &scene.outsider.id, "coach").await.expect(200);
    insta::assert_json_snapshot!(given.redacted(), @r#"
    {
      "club": "iron-works",
      "joined_at": "2027-01-04T12:00:00Z",
      "role": "coach",
      "user_id": "[id]"
    }
    "#);
    for role in ["owner", "manager", "member", "coach"] {
        let given = set_role(&scene.owner, &scene.outsider.id, role).await.expect(200);
        assert_eq!((given.text("role"), given.text("user_id")), (role, scene.outsider.id.as_str()));
        assert_eq!(role_of(&scene.outsider).await, role);
    }
}

#[tokio::test]
async fn a_role_that_somebody_has_is_given_again_in_vain() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let before = scene.owner.get(PATH).await.expect(200).body;
    app.clock.advance(std::time::Duration::from_hours(1));
    set_role(&scene.owner, &scene.coach.id, "coach").await.expect(200);
    assert_eq!(scene.owner.get(PATH).await.expect(200).body, before);
}

#[tokio::test]
async fn managers_move_people_below_managers_only() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let manager = &scene.manager;
    for (who, role) in [(&scene.member, "coach"), (&scene.coach, "member"), (&scene.outsider, "coach")] {
        set_role(manager, &who.id, role).await.expect(200);
        assert_eq!(role_of(who).await, role);
    }
    let refused = set_role(manager, &scene.member.id, "manager").await;
    insta::assert_json_snapshot!(refused.expect_problem(403, "role_required").redacted(), @r#"
    {
      "code": "role_required",
      "detail": "only an owner makes or unmakes managers and owners",
      "status": 403,
      "title": "Forbidden",
      "trace_id": "[trace_id]",
      "type": "/problems/role_required"
    }
    "#);
    for (who, role) in [
        (&scene.member, "owner"),
        (&scene.owner, "member"),
        (&scene.owner, "owner"),
        (manager, "owner"),
        (manager, "member"),
    ] {
        let before = role_of(who).await;
        set_role(manager, &who.id, role).await.expect_problem(403, "role_required");
        assert_eq!(role_of(who).await, before);
    }
}

#[tokio::test]
async fn those_below_managers_give_no_roles() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for person in [&scene.coach, &scene.member, &scene.outsider] {
        set_role(person, &person.id, "owner").await.expect_problem(403, "role_required");
        set_role(person, &scene.member.id, "member").await.expect_problem(403, "role_required");
    }
}

#[tokio::test]
async fn a_club_keeps_at_least_one_owner() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    let refused = set_role(&scene.owner, &scene.owner.id, "manager").await;
    insta::assert_json_snapshot!(refused.expect_problem(409, "last_owner").redacted(), @r#"
    {
      "code": "last_owner",
      "detail": "a club keeps at least one owner",
      "status": 409,
      "title": "Conflict",
      "trace_id": "[trace_id]",
      "type": "/problems/last_owner"
    }
    "#);
    set_role(&scene.owner, &scene.owner.id, "owner").await.expect(200);

    set_role(&scene.owner, &scene.manager.id, "owner").await.expect(200);
    set_role(&scene.manager, &scene.owner.id, "member").await.expect(200);
    set_role(&scene.manager, &scene.manager.id, "member").await.expect_problem(409, "last_owner");
    assert_eq!(
        (role_of(&scene.manager).await, role_of(&scene.owner).await),
        ("owner".into(), "member".into())
    );
}

#[tokio::test]
async fn two_owners_who_unmake_each_other_at_once_leave_one() {
    let app = TestApp::postgres().await;
    let scene = Scene::open(&app).await;
    let (one, two) = (&scene.owner, &scene.manager);
    set_role(one, &two.id, "owner").await.expect(200);
    let (a, b) = tokio::join!(set_role(one, &two.id, "member"), set_role(two, &one.id, "member"));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    // Whoever comes second is no owner any more.
    assert_eq!(statuses, [200, 403], "{a:?} {b:?}");
    let mut roles = [role_of(one).await, role_of(two).await];
    roles.sort_unstable();
    assert_eq!(roles, ["member", "owner"]);
}

#[tokio::test]
async fn somebody_who_is_not_there_is_not_found() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for who in ["0190f6a0-5c6e-7cc0-8f5e-0d5c8e2f7a10", "me", "%00", "0190f6a0"] {
        set_role(&scene.owner, who, "member").await.expect_problem(404, "not_found");
    }
    let path = format!("/api/v1/clubs/nowhere/members/{}", scene.member.id);
    scene.owner.put(&path, &json!({"role": "member"})).await.expect_problem(404, "not_found");
    scene.owner.get("/api/v1/clubs/nowhere/members").await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn what_is_no_role_is_refused() {
    let app = TestApp::memory().await;
    let scene = Scene::open(&app).await;
    for role in ["", "admin", "Owner", "operator", "member "] {
        let answer =
            set_role(&scene.owner, &scene.member.id, role).await.expect_problem(422, "invalid_value");
        assert_eq!(answer.body["errors"][0]["pointer"], "/role", "{role:?}");
    }
    let path = format!("{PATH}/{}", scene.member.id);
    for (body, pointer) in [(json!({}), "/role"), (json!({"role": "coach", "since": "2027"}), "/since")] {
        let answer = scene.owner.put(&path, &body).await.expect_problem(400, "invalid_body");
        assert_eq!(answer.body["errors"][0]["pointer"], pointer);
    }
    assert_eq!(role_of(&scene.member).await, "member");
}
