//! What becomes of lines, quotes and fields.

use super::*;

/// The fields of each record, or the line of what is none.
fn cut(text: &[u8], size: usize) -> Vec<(u64, Result<Vec<String>, Broken>)> {
    let mut records = Records::new();
    let mut found = Vec::new();
    let mut take = |records: &mut Records| {
        while let Some((line, whole)) = records.advance() {
            let fields = whole.and_then(|()| records.fields());
            found.push((line, fields.map(|fields| fields.from(0).map(str::to_owned).collect())));
        }
    };
    for piece in text.chunks(size) {
        records.push(piece);
        take(&mut records);
    }
    records.complete();
    take(&mut records);
    found
}

fn fields(line: u64, fields: &[&str]) -> (u64, Result<Vec<String>, Broken>) {
    (line, Ok(fields.iter().map(|&field| field.to_owned()).collect()))
}

#[test]
fn quotes_and_line_breaks_are_those_of_csv() {
    let text = b"a, b ,\"c,\"\"d\"\"\ne\"\r\n\r\nf,\"\",g\rh";
    for size in 1..text.len() {
        let expected = [fields(1, &["a", "b", "c,\"d\"\ne"]), fields(4, &["f", "", "g"]), fields(5, &["h"])];
        assert_eq!(cut(text, size), expected, "{size}");
    }
}

#[test]
fn a_quote_that_never_ends_costs_its_own_line() {
    for size in [1, 2, 100] {
        assert_eq!(
            cut(b"a\n\"b\nc\nd", size),
            [fields(1, &["a"]), (2, Err(Broken::Unclosed)), fields(3, &["c"]), fields(4, &["d"])]
        );
        assert_eq!(
            cut(b"\"b\n\"c\",d\ne", size),
            [(1, Err(Broken::Quotes)), fields(2, &["c", "d"]), fields(3, &["e"])]
        );
    }
}

#[test]
fn lines_of_any_length_are_told_apart() {
    let mut text = b"a\n".to_vec();
    text.extend(std::iter::repeat_n(b'x', MOST_RECORD + 1));
    text.extend(b"\r\nb\n\"");
    text.extend(std::iter::repeat_n(b'\n', MOST_RECORD + 10));
    for size in [1, 1_000, usize::MAX] {
        let found = cut(&text, size);
        let expected =
            [fields(1, &["a"]), (2, Err(Broken::TooLong)), fields(3, &["b"]), (4, Err(Broken::TooLong))];
        assert_eq!(found, expected, "{size}");
    }
}

#[test]
fn half_a_character_is_no_text() {
    assert_eq!(cut(b"a\xC3,\xA4b\nc", 1), [(1, Err(Broken::NotUtf8)), fields(2, &["c"])]);
}

#[test]
fn a_file_that_is_made_to_be_read_again_and_again_is_not() {
    // Each line ends the quoted field of the line before it and begins another one.
    let text = "a\",\"\"\"\n".repeat(200_000);
    let mut records = Records::new();
    let mut broken = 0;
    for piece in text.as_bytes().chunks(64 * 1024) {
        records.push(piece);
        while let Some((_, whole)) = records.advance() {
            broken += u32::from(whole.is_err());
        }
    }
    assert!(broken > 0);
    assert!(records.again <= (MOST_AGAIN + 1) * (text.len() + MOST_RECORD));
}

#[test]
fn of_a_file_of_any_length_no_more_is_held_than_a_row_and_a_piece() {
    let mut records = Records::new();
    let row = "2026-04-08 16:50,Squat,\"a note\nof two lines\",100,5\n".repeat(20);
    let (mut rows, mut most) = (0, 0);
    for _ in 0..20_000 {
        records.push(row.as_bytes());
        while let Some((_, whole)) = records.advance() {
            whole.unwrap();
            rows += 1;
        }
        most = most.max(records.buffer.capacity() + records.text.capacity());
    }
    assert_eq!(rows, 400_000);
    assert!(most < 16 * 1024, "{most} bytes were held of {}", 20_000 * row.len());

    // A quote that never closes is held only until no row can be as long.
    let mut records = Records::new();
    records.push(b"\"");
    for _ in 0..1_000 {
        records.push(row.replace('"', "").as_bytes());
        while records.advance().is_some() {}
        assert!(records.buffer.capacity() < 4 * MOST_RECORD, "{}", records.buffer.capacity());
    }
}
