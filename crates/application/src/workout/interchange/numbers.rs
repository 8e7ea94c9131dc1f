//! Numbers as exports write them.

/// No number of an export needs as many characters.
const LONGEST: usize = 40;

/// Reads a number with a decimal point or a decimal comma. Nothing is taken for a separator of thousands: what
/// has two separators is no number.
pub(super) fn decimal(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut digits = 0;
    let mut separators = 0;
    for byte in unsigned.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'.' | b',' => separators += 1,
            _ => return None,
        }
    }
    if digits == 0 || separators > 1 || unsigned.len() > LONGEST {
        return None;
    }
    if unsigned.contains(',') { text.replace(',', ".").parse().ok() } else { text.parse().ok() }
}

/// Reads a whole number, which may be written with a fraction of zero.
pub(super) fn whole(text: &str) -> Option<i64> {
    let number = decimal(text)?;
    (number.fract() == 0.0 && number.abs() < 1e15).then(|| rounded(number))
}

/// The nearest whole number.
pub(in crate::workout) fn rounded(number: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the cast saturates, and what is too large is refused"
    )]
    let whole = number.round() as i64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_commas_both_divide() {
        let numbers = [("102.5", 102.5), ("102,5", 102.5), ("0", 0.0), (".5", 0.5), ("5,", 5.0), ("+7", 7.0)];
        for (text, number) in numbers {
            assert_eq!(decimal(text), Some(number), "{text}");
        }
        assert_eq!(decimal("-20"), Some(-20.0));
        assert_eq!(decimal("1,234"), Some(1.234), "a comma is never a separator of thousands");
    }

    #[test]
    fn what_could_be_meant_in_two_ways_is_no_number() {
        let rest = "9".repeat(41);
        for text in
            ["", ".", "-", "1,234.5", "1.234,5", "1 000", "1e3", "NaN", "inf", "0x10", "½", "--1", &rest]
        {
            assert_eq!(decimal(text), None, "{text}");
        }
    }

    #[test]
    fn whole_numbers_may_have_a_fraction_of_zero() {
        assert_eq!(whole("10"), Some(10));
        assert_eq!(whole("10.0"), Some(10));
        assert_eq!(whole("-3,00"), Some(-3));
        assert_eq!(whole("10.5"), None);
        assert_eq!(whole("99999999999999999999"), None);
    }
}
