//! `/docs`: a page for people that needs nothing from anywhere else.

use std::collections::BTreeSet;

use reqwest::Method;

use crate::support::{Answer, TestApp};

/// The values of `src="..."` and `href="..."` in a page.
fn references(html: &str) -> BTreeSet<String> {
    let after =
        |name: &'static str| html.split(name).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    after("src=\"").chain(after("href=\"")).collect()
}

fn is_foreign(reference: &str) -> bool {
    reference.contains("://") || reference.starts_with("//")
}

#[tokio::test]
async fn the_root_leads_to_the_page() {
    let app = TestApp::memory().await;
    let answer = app.get("/").await.expect(302);
    assert_eq!(answer.header("location"), "/docs");
    let page = app.get("/docs").await.expect(200);
    assert!(page.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn the_page_names_nothing_that_is_not_here() {
    let app = TestApp::memory().await;
    for path in ["/docs", "/docs/", "/docs/index.html"] {
        let page = app.get(path).await.expect(200);
        let references = references(page.body.as_str().unwrap());
        assert!(references.len() >= 5, "{path}: {references:?}");
        for reference in references {
            assert!(!is_foreign(&reference), "{path}: {reference}");
            // The page has a base, so that its files are found from each of these addresses.
            let absolute = if reference.starts_with('/') { reference } else { format!("/docs/{reference}") };
            let file = app.get(&absolute).await.expect(200);
            assert!(!file.body.is_null(), "{absolute} is empty");
        }
    }
}

#[tokio::test]
async fn the_page_is_told_to_read_our_document_and_to_ask_nobody_about_it() {
    let app = TestApp::memory().await;
    let script = app.get("/docs/swagger-initializer.js").await.expect(200);
    assert!(script.header("content-type").contains("javascript"), "{}", script.header("content-type"));
    let script = script.body.as_str().unwrap();
    assert!(script.contains("\"/openapi.json\""), "{script}");
    assert!(script.contains("\"validatorUrl\": \"none\""), "{script}");
    assert!(!script.contains("://"), "{script}");
}

#[tokio::test]
async fn its_styles_load_nothing_from_elsewhere() {
    let app = TestApp::memory().await;
    for file in ["swagger-ui.css", "index.css"] {
        let style = app.get(&format!("/docs/{file}")).await.expect(200);
        assert!(style.header("content-type").starts_with("text/css"));
        let style = style.body.as_str().unwrap();
        for url in style.split("url(").skip(1) {
            assert!(url.trim_start_matches(['"', '\'']).starts_with("data:"), "{file}: {url:.80}");
        }
        assert!(!style.contains("@import"), "{file}");
    }
}

#[tokio::test]
async fn what_is_no_file_of_the_page_is_not_found() {
    let app = TestApp::memory().await;
    for path in
        ["/docs/nowhere.js", "/docs/../Cargo.toml", "/docs/..%2f..%2fetc%2fpasswd", "/docs//etc/passwd"]
    {
        app.get(path).await.expect_problem(404, "not_found");
    }
    let head = Answer::of(app.request(Method::HEAD, "/docs")).await.expect(200);
    assert!(head.body.is_null() && head.header("content-type").starts_with("text/html"));
}
