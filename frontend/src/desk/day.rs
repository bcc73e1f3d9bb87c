//! A moment as a date, in UTC: the server and the browser must write the same words, and a date
//! library would weigh more than the whole page logic.

use wire::stamp::UnixMs;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// For example "24 November 2026".
pub fn written(moment: UnixMs) -> String {
    let (year, month, day) = civil(moment);
    let name = MONTHS.get(month - 1).copied().unwrap_or_default();
    format!("{day} {name} {year}")
}

/// For example "24 November 2026, 14:05 UTC", to tell two moments of one day apart.
pub fn written_to_the_minute(moment: UnixMs) -> String {
    let UnixMs(ms) = moment;
    let minutes = ms.rem_euclid(86_400_000) / 60_000;
    let (hour, minute) = (minutes / 60, minutes % 60);
    format!("{}, {hour:02}:{minute:02} UTC", written(moment))
}

/// For example "2026-11-24", as the `datetime` attribute wants it.
pub fn machine(moment: UnixMs) -> String {
    let (year, month, day) = civil(moment);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Year, month from 1, day from 1. Howard Hinnant's `civil_from_days`.
fn civil(UnixMs(ms): UnixMs) -> (i64, usize, i64) {
    let days = ms.div_euclid(86_400_000) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month as usize, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_dates() {
        let cases = [
            (0, "1 January 1970"),
            (-1, "31 December 1969"),
            (951_782_400_000, "29 February 2000"),
            (951_868_800_000, "1 March 2000"),
            (1_795_478_399_999, "23 November 2026"),
            (1_795_478_400_000, "24 November 2026"),
        ];
        for (ms, date) in cases {
            assert_eq!(written(UnixMs(ms)), date);
        }
        let before_midnight = written_to_the_minute(UnixMs(1_795_478_399_999));
        assert_eq!(before_midnight, "23 November 2026, 23:59 UTC");
        let after_nine = written_to_the_minute(UnixMs(1_795_478_400_000 + 9 * 3_600_000 + 65_000));
        assert_eq!(after_nine, "24 November 2026, 09:01 UTC");
        assert_eq!(machine(UnixMs(951_782_400_000)), "2000-02-29");
    }
}
