//! How a file arrives: in pieces, of what type, how large, and not to its end.

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use super::*;
use crate::support::raw;

const MOST: usize = 32 << 20;

const FILE: &str = "\n\u{feff}Date;Workout Name;Exercise Name;Reps;Notes\n\
    2026-04-08 16:50;Früh;Squat (Barbell);5;\"tief,\nlangsam\"\n2026-04-08 16:50;Früh;Squat (Barbell);x;\n\
    2026-04-09 16:50;Früh;Ada's Yoke;5;\"\"\n";

/// The head of a request by somebody.
fn head(person: &Person, fields: &str) -> String {
    format!(
        "POST {IMPORTS} HTTP/1.1\r\nHost: spotter\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\
         Content-Type: text/csv\r\n{fields}\r\n\r\n",
        person.token
    )
}

/// A request whose body comes in chunks of this size.
fn chunked(person: &Person, file: &[u8], size: usize) -> Vec<u8> {
    let mut request = head(person, "Transfer-Encoding: chunked").into_bytes();
    for chunk in file.chunks(size) {
        request.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        request.extend_from_slice(chunk);
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"0\r\n\r\n");
    request
}

/// A file of exactly so many bytes: a long note, again and again.
fn sized(bytes: usize) -> Vec<u8> {
    let mut file = String::from("Date,Exercise Name,Reps,Notes\n");
    let row = format!("2026-04-08 16:50,Squat (Barbell),5,{}\n", "x".repeat(60_000));
    while file.len() + row.len() <= bytes {
        file.push_str(&row);
        if file.len() > 950 * row.len() {
            break;
        }
    }
    // Nothing but line breaks behind.
    let mut file = file.into_bytes();
    file.resize(bytes, b'\n');
    file
}

fn without_ids(import: &Value) -> Value {
    let mut import = import.clone();
    import["id"] = Value::Null;
    for made in import["exercises"]["created"].as_array_mut().unwrap() {
        made["id"] = Value::Null;
    }
    import
}

#[tokio::test]
async fn a_file_that_comes_in_tiny_pieces_is_the_same_as_one_that_comes_at_once() {
    let app = TestApp::memory().await;
    let whole = app.person("Ada").await;
    let expected = send(&whole, "", FILE).await.expect(201).body;
    assert_eq!(expected["problems"][0]["line"], 5);
    for size in [1, 2, 3, 7, 64] {
        let person = app.person("Bea").await;
        let answer = raw::send(&app, chunked(&person, FILE.as_bytes(), size)).await;
        assert_eq!((answer.status, without_ids(&answer.body)), (201, without_ids(&expected)), "{size}");
        let (of_pieces, of_whole) = (history(&person).await, history(&whole).await);
        assert_eq!(
            of_pieces.iter().map(done).collect::<Vec<_>>(),
            of_whole.iter().map(done).collect::<Vec<_>>()
        );
        assert_eq!(starts(&of_pieces), starts(&of_whole));
    }
}

#[tokio::test]
async fn a_document_that_comes_in_tiny_pieces_is_the_same_as_one_that_comes_at_once() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let document = "\n\u{feff} {\"format\":\"spotter\",\"version\":1,\"workout_sessions\":[\n\
        {\"started_at\":\"2026-04-08T16:50:00Z\",\"exercises\":[]},\n{\"started_at\":\"never\",\"exercises\":[]}]}";
    let expected = send(&app.person("Bea").await, "", document).await.expect(201).body;
    assert_eq!((&expected["format"], &expected["problems"][0]["line"]), (&"spotter".into(), &4.into()));
    let answer = raw::send(&app, chunked(&ada, document.as_bytes(), 1)).await;
    assert_eq!((answer.status, without_ids(&answer.body)), (201, without_ids(&expected)));
}

#[tokio::test]
async fn a_file_has_at_most_32_mib_however_its_length_is_told() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let told = raw::send(&app, head(&ada, &format!("Content-Length: {}", MOST + 1))).await;
    assert_eq!((told.status, told.body["code"].as_str()), (413, Some("body_too_large")));
    let arrived = raw::send(&app, chunked(&ada, &sized(MOST + 1), 64 * 1024)).await;
    assert_eq!((arrived.status, arrived.body["code"].as_str()), (413, Some("body_too_large")));
    assert_eq!(pages(&ada, IMPORTS).await.concat(), Vec::<Value>::new());
    has_nothing(&ada).await;

    let import = send(&ada, "", sized(MOST)).await.expect(201).body;
    assert_eq!((&import["sessions"]["created"], &import["sets"]), (&1.into(), &558.into()));
}

#[tokio::test]
async fn a_file_may_call_itself_whatever_browsers_call_a_csv() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let post = |content_type: &str| {
        let request = ada.request(Method::POST, IMPORTS).header("content-type", content_type);
        Answer::of(request.body(FILE))
    };
    for content_type in [
        "text/csv",
        "text/csv; charset=utf-8; header=present",
        "Text/CSV",
        "application/csv",
        "text/tab-separated-values",
        "text/plain",
        "application/vnd.ms-excel",
        "application/octet-stream",
        "application/json",
    ] {
        post(content_type).await.expect(201);
    }
    Answer::of(ada.request(Method::POST, IMPORTS).body(FILE)).await.expect(201);
    for content_type in [
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "application/zip",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "image/png",
        "csv",
        "",
    ] {
        post(content_type).await.expect_problem(415, "unsupported_media_type");
    }
    assert_eq!(pages(&ada, IMPORTS).await.concat().len(), 10);
}

#[tokio::test]
async fn a_file_has_no_coding() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let post = |coding: &str| {
        let request = ada.request(Method::POST, IMPORTS).header("content-type", "text/csv");
        Answer::of(request.header("content-encoding", coding).body(FILE))
    };
    post("identity").await.expect(201);
    for coding in ["gzip", "br", "zstd", "identity, gzip"] {
        post(coding).await.expect_problem(415, "unsupported_media_type");
    }
    assert_eq!(pages(&ada, IMPORTS).await.concat().len(), 1);
}

#[tokio::test]
async fn a_file_without_anything_is_empty_of_whatever_format_it_is_said_to_be() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    for query in ["", "?format=strong", "?format=hevy", "?format=spotter", "?dry_run=true"] {
        for nothing in ["", "\n", " \r\n\t\n", "\u{feff}", "\u{feff}\r\n \n"] {
            send(&ada, query, nothing).await.expect_problem(422, "empty_file");
        }
    }
    assert_eq!(pages(&ada, IMPORTS).await.concat(), Vec::<Value>::new());
}

/// Sends a request that ends where it should not, and waits until the server has given it up.
async fn cut_off(app: &TestApp, request: Vec<u8>) -> String {
    let address = app.address;
    let exchange = move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(&request).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    tokio::task::spawn_blocking(exchange).await.unwrap()
}

async fn a_file_that_breaks_off_is_not_taken_over_at_all(app: TestApp) {
    let ada = app.person("Ada").await;
    let mut file = String::from("Date,Exercise Name,Reps\n");
    for day in 1..=28 {
        writeln!(file, "2026-04-{day:02} 16:50,Ada's Yoke,5").unwrap();
    }
    let told = format!("{}{file}", head(&ada, &format!("Content-Length: {}", file.len() + 1)));
    let mut in_chunks = chunked(&ada, file.as_bytes(), 100);
    in_chunks.truncate(in_chunks.len() - 5);
    for request in [told.into_bytes(), in_chunks] {
        let answer = cut_off(&app, request).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
        assert_eq!(pages(&ada, IMPORTS).await.concat(), Vec::<Value>::new());
        has_nothing(&ada).await;
    }
    bring(&ada, "", file).await;
    assert_eq!(history(&ada).await.len(), 28);
}

on_every_store!(a_file_that_breaks_off_is_not_taken_over_at_all);
