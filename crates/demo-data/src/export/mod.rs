//! Histories as other apps export them.

mod hevy;
mod strong;

use std::io::{self, Write};

pub use hevy::hevy;
pub use strong::strong;

/// Writes a text in quotes.
fn quoted(out: &mut impl Write, text: &str) -> io::Result<()> {
    write!(out, "\"{}\"", text.replace('"', "\"\""))
}

/// So many hundredths as a number without needless digits.
fn hundredths(number: u32) -> String {
    let (whole, part) = (number / 100, number % 100);
    match part {
        0 => whole.to_string(),
        part if part % 10 == 0 => format!("{whole}.{}", part / 10),
        part => format!("{whole}.{part:02}"),
    }
}

/// Ten metres are a hundredth of a kilometre, and no distance here is finer.
fn kilometres(centimetres: u32) -> String {
    hundredths(centimetres / 1_000)
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_have_no_needless_digits() {
        for (number, text) in [(0, "0"), (5, "0.05"), (50, "0.5"), (10_000, "100"), (10_250, "102.5")] {
            assert_eq!(super::hundredths(number), text);
        }
    }
}
