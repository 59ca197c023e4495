//! CSV as RFC 4180 has it: a head, lines that end in CR and LF, and no formula that a spreadsheet would run.

/// A table in the making.
pub(super) struct Table {
    text: String,
}

/// A cell.
pub(super) enum Cell<'a> {
    /// What we made: a number, a day, a word of ours.
    Plain(String),
    /// What people wrote.
    Text(&'a str),
    /// Nothing.
    Empty,
}

impl Table {
    /// A table with this head.
    pub(super) fn new(head: &[&str]) -> Table {
        Table { text: head.join(",") + "\r\n" }
    }

    /// Adds a line.
    pub(super) fn line<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            match cell {
                Cell::Plain(text) => self.text.push_str(&text),
                Cell::Text(text) => self.text.push_str(&quoted(text)),
                Cell::Empty => {}
            }
        }
        self.text.push_str("\r\n");
    }

    /// The bytes.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

impl Cell<'_> {
    /// A cell that may be absent.
    pub(super) fn maybe(value: Option<impl ToString>) -> Cell<'static> {
        value.map_or(Cell::Empty, |value| Cell::Plain(value.to_string()))
    }
}

/// In quotes where it must be. What a spreadsheet takes for a formula gets an apostrophe first, as OWASP
/// advises.
fn quoted(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { "'" } else { "" };
    if text.contains([',', '"', '\r', '\n']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        let mut table = Table::new(&["a", "b"]);
        table.line([Cell::Plain("-1".to_owned()), Cell::Text("Dvořák, \"Tony\"\n")]);
        table.line([Cell::Empty, Cell::Text("=HYPERLINK(\"x\")")]);
        table.line(["@SUM(1)", "+1", "-1", "\t1", "a-1"].map(Cell::Text));
        let expected = "a,b\r\n-1,\"Dvořák, \"\"Tony\"\"\n\"\r\n,\"'=HYPERLINK(\"\"x\"\")\"\r\n'@SUM(1),'+1,'-1,'\t1,a-1\r\n";
        assert_eq!(String::from_utf8(table.into_bytes()).unwrap(), expected);
    }
}
