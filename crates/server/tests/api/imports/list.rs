//! `GET /api/v1/imports` and `GET /api/v1/imports/{id}`: whose they are, and in which order.

use super::*;

fn day(day: u32) -> String {
    format!("Date,Exercise Name,Seconds\n2026-04-{day:02} 18:00,Plank,60\n")
}

async fn imports_are_listed_latest_first_page_by_page(app: TestApp) {
    let (ada, bob) = (app.person("Ada").await, app.person("Bob").await);
    let mut made = Vec::new();
    for number in 1..=5 {
        made.insert(0, bring(&ada, if number == 3 { "?dry_run=true" } else { "" }, day(number)).await);
        app.clock.advance(std::time::Duration::from_mins(1));
    }
    bring(&bob, "", day(1)).await;
    let listed = pages(&ada, &format!("{IMPORTS}?limit=2")).await;
    assert_eq!(listed.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
    assert_eq!(listed.concat(), made);
}

async fn somebody_elses_import_is_none(app: TestApp) {
    let (ada, bob) = (app.person("Ada").await, app.person("Bob").await);
    let import = bring(&ada, "", day(1)).await;
    let path = format!("{IMPORTS}/{}", import["id"].as_str().unwrap());
    assert_eq!(ada.get(&path).await.expect(200).body, import);
    bob.get(&path).await.expect_problem(404, "not_found");
    assert_eq!(pages(&bob, IMPORTS).await.concat(), Vec::<Value>::new());
    app.get(&path).await.expect(401);
}

on_every_store!(imports_are_listed_latest_first_page_by_page, somebody_elses_import_is_none);
