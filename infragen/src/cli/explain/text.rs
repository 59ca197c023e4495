//! Explanations as people read them: whole documents as a tree, single fields by their paths; the reasons line up.

use anstyle::Style;

use crate::explain::{Explained, Explanation};
use crate::node::{Step, Value};
use crate::origin::Origin;

/// The longest value that is shown whole, in characters.
const LONGEST: usize = 48;
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// One line: a field, and why it is so; nothing for what only holds other fields.
type Row<'e> = (String, Option<&'e Explained<'e>>);

/// Prints explanations. A reason that is the whole document's is dimmed.
pub(super) fn text(explanations: &[Explanation<'_>], is_colored: bool) -> String {
    let paint = |style: Style, text: &str| {
        if is_colored { format!("{style}{text}{style:#}") } else { text.to_owned() }
    };
    let mut printed = String::new();
    for explanation in explanations {
        if !printed.is_empty() {
            printed.push('\n');
        }
        let whole = explanation.origin();
        printed += &paint(BOLD, &explanation.title);
        let file = explanation.document.file.display().to_string();
        if file != explanation.title {
            printed += &paint(DIM, &format!("  {file}"));
        }
        printed.push('\n');
        let rows = if explanation.is_narrowed { paths(explanation) } else { tree(explanation) };
        let width = |row: &Row<'_>| row.1.map_or(0, |_| row.0.chars().count());
        let widest = rows.iter().map(width).max().unwrap_or(0);
        for (left, explained) in rows {
            let Some(Explained { origin, .. }) = explained else {
                printed += &format!("  {left}\n");
                continue;
            };
            let reason = origin.as_ref().map_or_else(|| "infragen".to_owned(), Origin::to_string);
            let reason = if *origin == whole { paint(DIM, &reason) } else { reason };
            printed += &format!("  {left:<widest$}  {reason}\n");
        }
    }
    printed
}

/// Each field by its path.
fn paths<'e>(explanation: &'e Explanation<'_>) -> Vec<Row<'e>> {
    let row = |field: &'e Explained<'e>| (format!("{}: {}", field.path, line(field.value)), Some(field));
    explanation.fields.iter().map(row).collect()
}

/// The fields as they stand in YAML.
fn tree<'e>(explanation: &'e Explanation<'_>) -> Vec<Row<'e>> {
    let mut rows = Vec::new();
    let mut above: &[Step] = &[];
    for field in &explanation.fields {
        let steps = field.path.steps();
        let shared = steps.iter().zip(above).take_while(|(one, other)| one == other).count();
        let mut dashes = String::new();
        for (depth, step) in steps.iter().enumerate().skip(shared) {
            let is_last = depth + 1 == steps.len();
            match step {
                Step::Index(_) => dashes.push_str("- "),
                Step::Field(name) => {
                    let left = format!("{}{name}:", lead(steps, depth, &dashes));
                    dashes.clear();
                    if is_last {
                        rows.push((format!("{left} {}", short(field.value)), Some(field)));
                    } else {
                        rows.push((left, None));
                    }
                    continue;
                }
            }
            if is_last {
                rows.push((
                    format!("{}{}", lead(steps, depth + 1, &dashes), short(field.value)),
                    Some(field),
                ));
            }
        }
        above = steps;
    }
    rows
}

/// The blanks before a field at this depth, the last of which may be dashes.
fn lead(steps: &[Step], depth: usize, dashes: &str) -> String {
    let blanks = 2 * depth;
    // A dash stands where its list's key does.
    let outer =
        steps[..depth].windows(2).filter(|pair| matches!(pair, [Step::Field(_), Step::Index(_)])).count();
    let blanks = blanks - 2 * outer;
    format!("{}{dashes}", " ".repeat(blanks - dashes.len().min(blanks)))
}

/// A value on one line, without its middle where it is long: a tag stands at the end.
fn short(value: &Value) -> String {
    let text = line(value);
    let length = text.chars().count();
    if length <= LONGEST {
        return text;
    }
    let half = LONGEST / 2;
    text.chars().take(half).chain(['…']).chain(text.chars().skip(length - half + 1)).collect()
}

/// A value on one line.
fn line(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => "\"\"".to_owned(),
        Value::String(text) => text.as_str().replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t"),
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Sequence(_) => "[]".to_owned(),
        Value::Mapping(_) => "{}".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::bundle::{Bundle, Content, Document};
    use crate::explain::{Query, explain};
    use crate::node::{FieldPath, to_node};
    use crate::origin::Origin;

    #[test]
    fn a_document_is_a_tree_and_a_field_a_path() {
        let object = serde_json::json!({
            "kind": "Pod",
            "metadata": {"name": "web"},
            "spec": {"containers": [{"args": ["a", ""], "name": "web"}, {"name": "log"}], "none": []},
        });
        let mut document = Document::rendered("pod.yaml", Content::Object(to_node(&object).unwrap()));
        document.mark(&FieldPath::root(), Origin::Default("all"));
        document.mark(&FieldPath::parse("spec.containers[1].name"), Origin::Default("log"));
        let bundle = Bundle { documents: vec![document], ..Bundle::default() };
        let all = explain(&bundle, &Query::default()).unwrap();
        let tree = "\
Pod/web  pod.yaml
  kind: Pod      default: all
  metadata:
    name: web    default: all
  spec:
    containers:
    - args:
      - a        default: all
      - \"\"       default: all
      name: web  default: all
    - name: log  default: log
    none: []     default: all
";
        assert_eq!(text(&all, false), tree);
        let query = Query { target: Some("web".to_owned()), field: Some("containers.name".to_owned()) };
        let narrowed = explain(&bundle, &query).unwrap();
        let paths = "\
Pod/web  pod.yaml
  spec.containers[0].name: web  default: all
  spec.containers[1].name: log  default: log
";
        assert_eq!(text(&narrowed, false), paths);
    }
}
