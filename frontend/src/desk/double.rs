//! A double click where one was meant: its second half falls on a picture that nobody has seen yet.

/// Whoever answers a picture by pointer has looked at it for that long at least.
const LOOKED_MS: f64 = 250.0;

/// Whether a click is the second half of a double one. `clicks` counts those in quick succession, as the
/// browser does: a finger or a key counts none or one.
pub fn is_second_half(clicks: i32, shown_for_ms: f64) -> bool {
    clicks >= 2 && shown_for_ms < LOOKED_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_quick_second_click_is_no_answer() {
        assert!(is_second_half(2, 120.0));
        assert!(is_second_half(3, 249.0));
        // One click is meant, however quick, and so is one on a picture that was looked at.
        assert!(!is_second_half(1, 0.0));
        assert!(!is_second_half(2, 250.0));
        // Enter on a button that has the focus.
        assert!(!is_second_half(0, 0.0));
    }
}
