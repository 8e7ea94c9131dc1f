//! The same file in other clothes: delimiters, marks, line breaks, quotes.

use super::*;

const STRONG: &str = "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Notes\n\
    2026-04-08 16:50:00,\"Push, heavy; and more\",Squat (Barbell),1,100,5,\"one\ntwo, \"\"three\"\"\"\n\
    2026-04-08 16:50:00,\"Push, heavy; and more\",Squat (Barbell),2,90,8,\n";

/// What a file brings along to somebody who has nothing yet.
async fn brought(file: &str) -> (Vec<Value>, Value) {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    bring(&ada, "", file.to_owned()).await;
    let mut history = history(&ada).await;
    for session in &mut history {
        for field in ["id", "user_id", "import_id"] {
            session[field] = Value::Null;
        }
    }
    let notes = history[0]["exercises"][0]["notes"].clone();
    (history, notes)
}

#[tokio::test]
async fn a_comma_a_semicolon_or_a_tab_divides_and_is_found_by_looking() {
    let (plain, notes) = brought(STRONG).await;
    assert_eq!((done(&plain[0]).len(), notes.as_str()), (1, Some("one\ntwo, \"three\"")));
    // What is quoted stays as it is.
    let divided_by = |delimiter: &str| {
        let mut quoted = false;
        let divide = |c: char| {
            quoted ^= c == '"';
            if c == ',' && !quoted { delimiter.to_owned() } else { c.to_string() }
        };
        STRONG.chars().map(divide).collect::<String>()
    };
    for delimiter in [";", "\t"] {
        assert_eq!(brought(&divided_by(delimiter)).await.0, plain, "{delimiter:?}");
    }
}

#[tokio::test]
async fn the_mark_of_utf_8_the_case_of_a_header_and_the_end_of_a_file_make_no_difference() {
    let (plain, _) = brought(STRONG).await;
    let header = STRONG.lines().next().unwrap();
    let quoted: Vec<_> = header.split(',').map(|name| format!("\"{name}\"")).collect();
    for file in [
        format!("\u{feff}{STRONG}"),
        format!("\u{feff}{}", STRONG.replace(header, &quoted.join(","))),
        STRONG.replace(header, &header.to_uppercase()),
        STRONG.trim_end().to_owned(),
        format!("\n\n{}\n\n,,,,,,\n", STRONG.replace(",8,\n", ",8,,,\n")),
    ] {
        assert_eq!(brought(&file).await.0, plain, "{file}");
    }
}

#[tokio::test]
async fn lines_may_end_in_any_of_three_ways() {
    let line = "2026-04-08 16:50,Plank,60";
    for end in ["\n", "\r\n", "\r"] {
        let file = ["Date,Exercise Name,Seconds", line, line, ""].join(end);
        assert_eq!(done(&brought(&file).await.0[0]), ["Plank: 60s, 60s"], "{end:?}");
    }
}

#[tokio::test]
async fn a_problem_names_the_line_that_its_row_begins_on_however_many_lines_a_note_has() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let file = "\nDate,Exercise Name,Reps,Notes\n\
        2026-04-08 16:50,Squat,5,\"one\ntwo\n\nfour\"\n\
        2026-04-08 16:50,Squat,many,\"one\ntwo\"\n\
        2026-04-08 16:50,Squat,5,\n\
        nothing,Squat,5,\n";
    let told = problems(&ada, "", file).await;
    assert_eq!(
        told,
        [
            (7, "The number of repetitions \"many\" is no whole number; the set is left out.".to_owned()),
            (10, "The start \"nothing\" is no date with a time; the set is left out.".to_owned()),
        ]
    );
    assert_eq!(done(&history(&ada).await[0]).len(), 1);
    let crlf = problems(&ada, "?dry_run=true", file.replace('\n', "\r\n")).await;
    assert_eq!(crlf, told);
}

#[tokio::test]
async fn a_number_may_have_a_decimal_comma_and_never_one_for_thousands() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let row = |weight: &str| format!("2026-04-08 16:50;Squat;{weight};5\n");
    let rows = ["102,5", "102.5", "0,5", "1.234,5", "1 000"].map(row).concat();
    let told = problems(&ada, "", format!("Date;Exercise Name;Weight;Reps\n{rows}")).await;
    assert_eq!(told.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [5, 6]);
    assert_eq!(done(&history(&ada).await[0]), ["Barbell Squat: 102.5kg x5, 102.5kg x5, 0.5kg x5"]);
}

#[tokio::test]
async fn formulas_and_marks_of_other_languages_are_text_like_any_other() {
    let app = TestApp::memory().await;
    let ada = app.person("Ada").await;
    let note = "=HYPERLINK(\"\"http://example.org\"\") '; DROP TABLE accounts; -- <b>&amp;</b> %s \u{1f3cb}";
    bring(&ada, "", hevy(&[&format!("@SUM(1),2026-04-08 16:50,,\"{note}\",+Plank,,-1,0,normal,,,,60,")]))
        .await;
    let session = &history(&ada).await[0];
    assert_eq!(session["title"], "@SUM(1)");
    assert_eq!(session["notes"].as_str().unwrap(), note.replace("\"\"", "\""));
    assert_eq!(done(session), ["Plank \"-1\": 60s"]);
}
