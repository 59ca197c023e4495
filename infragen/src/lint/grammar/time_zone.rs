//! Time zones, by the names that the IANA gives them.

/// The names of tzdata 2025b and Go 1.26, one a line, in order.
const NAMES: &str = include_str!("time_zones.txt");

/// Whether there is a time zone of this name; case counts.
#[must_use]
pub fn is_time_zone(name: &str) -> bool {
    NAMES.lines().any(|known| known == name)
}

#[cfg(test)]
mod tests {
    use super::is_time_zone;

    #[test]
    fn names_are_those_of_the_iana() {
        for name in ["UTC", "Europe/Zurich", "America/Argentina/Buenos_Aires", "Etc/GMT+5"] {
            assert!(is_time_zone(name), "{name}");
        }
        for name in ["", "Local", "europe/zurich", "Europe", "Zurich", "GMT+5"] {
            assert!(!is_time_zone(name), "{name}");
        }
    }
}
