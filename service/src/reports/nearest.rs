//! The name that was probably meant.

/// The one of `names` that is most like `name`, if one is like it at all.
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let far = 1 + name.chars().count() / 4;
    let distances =
        names.into_iter().map(|other| (strsim::osa_distance(&name, &other.to_lowercase()), other));
    distances.filter(|(distance, _)| *distance <= far).min().map(|(_, other)| other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_what_was_meant_or_nothing() {
        let names = ["from", "to", "granularity"];
        assert_eq!(nearest("granularty", names), Some("granularity"));
        assert_eq!(nearest("form", names), Some("from"));
        assert_eq!(nearest("password", names), None);
    }
}
