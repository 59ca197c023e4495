//! The page that tells of a run, docs/e2e.md: people wrote it, and the table in it comes from here.

use std::fs;

use anyhow::Context as _;

use crate::project;

/// Puts the table of a run into the page.
pub(super) fn write(table: &str) -> anyhow::Result<()> {
    let path = project::root().join("docs/e2e.md");
    let page = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let page = with(&page, table).with_context(|| format!("{} has no table", path.display()))?;
    fs::write(&path, page).with_context(|| format!("cannot write {}", path.display()))
}

/// The page with this table in the place of its first.
fn with(page: &str, table: &str) -> Option<String> {
    let begin = page.find("| what ")?;
    let rest = page.get(begin..)?;
    let end = rest.find("\n\n").map_or(rest.len(), |length| length + 1);
    Some([page.get(..begin)?, table, rest.get(end..)?].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_around_the_table_stays() {
        let page = "# Page\n\n| what | seen |\n| --- | --- |\n| old | 1 |\n\nMore.\n\n| other |\n";
        let new = "| what | seen |\n| --- | --- |\n| new | 2 |\n";
        let expected = "# Page\n\n| what | seen |\n| --- | --- |\n| new | 2 |\n\nMore.\n\n| other |\n";
        assert_eq!(with(page, new).as_deref(), Some(expected));
        assert_eq!(with("# Page\n", new), None);
    }
}
