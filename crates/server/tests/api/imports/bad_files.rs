//! Files that can't be read at all: each is told why, and nothing of it is kept.

use super::*;

/// Sends a file that is refused as a whole, and answers with what is said about it.
async fn refused(app: &TestApp, query: &str, file: impl Into<reqwest::Body>, code: &str) -> String {
    let ada = app.person("Ada").await;
    let answer = send(&ada, query, file).await.expect_problem(422, code);
    has_nothing(&ada).await;
    assert_eq!(pages(&ada, IMPORTS).await.concat(), Vec::<Value>::new());
    answer.text("detail").to_owned()
}

#[tokio::test]
async fn a_header_that_nobody_knows_is_repeated_in_short() {
    let app = TestApp::memory().await;
    let detail = refused(&app, "", "Datum;Übung;Gewicht\n1;2;3\n", "unknown_header").await;
    assert!(detail.contains("Datum;Übung;Gewicht"), "{detail}");
    let long = refused(&app, "", "x".repeat(1 << 20), "unknown_header").await;
    assert!(long.len() < 300, "{long}");
    for file in [
        "Date,Workout Name,Set Order\n2026-04-08,Push,1\n",
        "title,start_time\nPush,\"8 Apr 2026, 16:50\"\n",
        "<html><body>Sign in to download</body></html>",
        "[1, 2, 3]",
        "\"Date,Exercise Name\n2026-04-08 16:50,Squat\n",
    ] {
        refused(&app, "", file, "unknown_header").await;
    }
}

#[tokio::test]
async fn what_is_no_text_is_told_from_text() {
    let app = TestApp::memory().await;
    let utf16 = |mark: bool, big: bool| -> Vec<u8> {
        let text = format!("{}Date,Exercise Name\n", if mark { "\u{feff}" } else { "" });
        let bytes = text.encode_utf16().map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        bytes.flatten().collect()
    };
    for big in [false, true] {
        let detail = refused(&app, "", utf16(true, big), "not_text").await;
        assert!(detail.contains("UTF-16") && detail.contains("UTF-8"), "{detail}");
        refused(&app, "", utf16(false, big), "not_text").await;
    }
    for binary in [
        &b"PK\x03\x04\x14\0\0\0\x08\0"[..],
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\x1f\x8b\x08\0\0\0\0\0",
        b"SQLite format 3\0\x10\0",
        b"Date,Exercise Name,Gr\xf6\xdfe\n",
    ] {
        refused(&app, "", binary.to_vec(), "not_text").await;
    }
}

#[tokio::test]
async fn a_file_is_of_the_format_that_it_is_said_to_be() {
    let app = TestApp::memory().await;
    let strong = "Date,Exercise Name\n2026-04-08 16:50,Squat\n";
    let detail = refused(&app, "?format=hevy", strong, "wrong_format").await;
    assert!(detail.contains("hevy") && detail.contains("strong"), "{detail}");
    refused(&app, "?format=strong", hevy(&[]), "wrong_format").await;
    refused(&app, "?format=spotter", strong, "not_an_export").await;
    refused(&app, "?format=strong", r#"{"format":"spotter","version":1}"#, "unknown_header").await;
    for query in ["?format=strong", "?format=auto", ""] {
        send(&app.person("Ada").await, query, strong).await.expect(201);
    }
}

#[tokio::test]
async fn a_file_that_is_too_much_is_refused_with_how_much_it_may_be() {
    let app = TestApp::memory().await;
    let columns = format!("Date,Exercise Name{}\n", ",x".repeat(63));
    let detail = refused(&app, "", columns, "too_many_columns").await;
    assert!(detail.contains("64"), "{detail}");
    let mut sessions = String::from("Date,Workout Name,Exercise Name\n");
    for number in 0..=50_000 {
        writeln!(sessions, "2026-04-08 16:50,{number},Squat").unwrap();
    }
    let detail = refused(&app, "", sessions, "too_many_sessions").await;
    assert!(detail.contains("50000"), "{detail}");
    let rows = format!("Date,Exercise Name\n{}", "2026-04-08 16:50,Squat\n".repeat(500_001));
    let detail = refused(&app, "", rows, "too_many_rows").await;
    assert!(detail.contains("500000"), "{detail}");
}

#[tokio::test]
async fn a_header_alone_is_a_file_without_workout_sessions() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let import = bring(&ada, "", hevy(&[])).await;
    assert_eq!(import["sessions"], serde_json::json!({"created": 0, "unchanged": 0}));
    assert_eq!(pages(&ada, IMPORTS).await.concat(), [import]);
}
