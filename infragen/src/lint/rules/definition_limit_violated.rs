use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Misfit;
use crate::lint::view::misfit::show;
use crate::node::{Node, Value};
use crate::schema::Defect;
use crate::schema::custom::Limit;

declare_rule! {
    /// Flags values of somebody's own kind that its definition does not allow.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object.
    ///
    /// ## Fields
    /// All of a kind whose CustomResourceDefinition stands among the documents or was given by `--crds`.
    ///
    /// ## Allowed values
    /// Those within `enum`, `pattern`, `format`, `minimum` and `maximum`, the lengths, `multipleOf`, `anyOf` and its like; in
    /// a list of type `set` or `map` each item once.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: apiextensions.k8s.io/v1
    /// kind: CustomResourceDefinition
    /// metadata: {name: tills.example.com}
    /// spec:
    ///   group: example.com
    ///   scope: Namespaced
    ///   names: {kind: Till, plural: tills}
    ///   versions:
    ///   - name: v1
    ///     served: true
    ///     storage: true
    ///     schema:
    ///       openAPIV3Schema:
    ///         type: object
    ///         properties:
    ///           spec:
    ///             type: object
    ///             properties:
    ///               drawers: {type: integer, minimum: 1}
    /// ---
    /// apiVersion: example.com/v1
    /// kind: Till
    /// metadata: {name: front}
    /// spec: {drawers: 0}
    /// ```
    /// ```yaml good
    /// apiVersion: apiextensions.k8s.io/v1
    /// kind: CustomResourceDefinition
    /// metadata: {name: tills.example.com}
    /// spec:
    ///   group: example.com
    ///   scope: Namespaced
    ///   names: {kind: Till, plural: tills}
    ///   versions:
    ///   - name: v1
    ///     served: true
    ///     storage: true
    ///     schema:
    ///       openAPIV3Schema:
    ///         type: object
    ///         properties:
    ///           spec:
    ///             type: object
    ///             properties:
    ///               drawers: {type: integer, minimum: 1}
    /// ---
    /// apiVersion: example.com/v1
    /// kind: Till
    /// metadata: {name: front}
    /// spec: {drawers: 1}
    /// ```
    DEFINITION_LIMIT_VIOLATED = {
        id: "definition-limit-violated",
        category: Schema,
        severity: Error,
        look: Schema(definition_limit_violated),
    }
}

fn definition_limit_violated(misfit: &Misfit<'_>, findings: &mut Findings<'_>) {
    let Defect::OutsideLimit { limit, found } = &misfit.fault.defect else { return };
    let path = misfit.path();
    let (message, help) = match limit {
        Limit::Unique(earlier) => {
            let list = path.to_string();
            let list = list.rsplit_once('[').map_or("", |(list, _)| list);
            (format!("`{path}` is the same as `{list}[{earlier}]`"), "leave one of them out".to_owned())
        }
        Limit::AnyForm => (
            format!("`{path}` has none of the forms that its definition allows"),
            format!("read what the definition of `{}` says about it", misfit.object.kind),
        ),
        Limit::OneForm(0) => (
            format!("`{path}` has none of the forms of which its definition wants one"),
            format!("read what the definition of `{}` says about it", misfit.object.kind),
        ),
        Limit::OneForm(count) => (
            format!("`{path}` has {count} of the forms of which its definition wants one"),
            "leave the others out".to_owned(),
        ),
        Limit::NotForm => (
            format!("`{path}` has a form that its definition bars"),
            format!("read what the definition of `{}` says about it", misfit.object.kind),
        ),
        limit => {
            let wanted = wanted(limit);
            let help = match limit {
                Limit::Format(format) => format!("write it as the format `{format}` asks for"),
                _ => format!("write {wanted}"),
            };
            (format!("`{path}` is {}, not {wanted}", shown(found, limit)), help)
        }
    };
    findings.report(path, message).help(help);
}

/// What a limit asks for, as the end of "is not …" and of "write …".
fn wanted(limit: &Limit) -> String {
    let bound = |number: &f64, is_left_out: bool, but: &str, or: &str| match is_left_out {
        true => format!("a number {but} {number}"),
        false => format!("a number of {or} {number}"),
    };
    let at_least = |count: &u64, noun: &str| format!("at least {count} {}", plural(*count, noun));
    let at_most = |count: &u64, noun: &str| format!("at most {count} {}", plural(*count, noun));
    match limit {
        Limit::Enum(values) => {
            let values: Vec<String> = values.iter().map(literal).collect();
            format!("one of {}", values.join(", "))
        }
        Limit::Least(number, is_left_out) => bound(number, *is_left_out, "above", "at least"),
        Limit::Most(number, is_left_out) => bound(number, *is_left_out, "below", "at most"),
        Limit::MultipleOf(number) => format!("a multiple of {number}"),
        Limit::ShortestText(count) => format!("text of {}", at_least(count, "character")),
        Limit::LongestText(count) => format!("text of {}", at_most(count, "character")),
        Limit::FewestItems(count) => format!("a list of {}", at_least(count, "item")),
        Limit::MostItems(count) => format!("a list of {}", at_most(count, "item")),
        Limit::FewestFields(count) => format!("a mapping of {}", at_least(count, "field")),
        Limit::MostFields(count) => format!("a mapping of {}", at_most(count, "field")),
        Limit::Pattern(pattern) => format!("text that matches `{pattern}`"),
        Limit::Format(format) => format!("of the format `{format}`"),
        Limit::Unique(_) | Limit::AnyForm | Limit::OneForm(_) | Limit::NotForm => String::new(),
    }
}

/// The value, by what the limit is about.
fn shown(found: &Node, limit: &Limit) -> String {
    let count = |count: usize, noun: &str| format!("{count} {}", plural(count as u64, noun));
    match (limit, &found.value) {
        (Limit::ShortestText(_) | Limit::LongestText(_), Value::String(text)) => {
            format!("text of {}", count(text.chars().count(), "character"))
        }
        (_, Value::Sequence(items)) => format!("a list of {}", count(items.len(), "item")),
        (_, Value::Mapping(fields)) => format!("a mapping of {}", count(fields.len(), "field")),
        _ => show(found),
    }
}

fn plural(count: u64, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}

fn literal(node: &Node) -> String {
    match &node.value {
        Value::String(text) => format!("`{text}`"),
        Value::Integer(number) => format!("`{number}`"),
        Value::Float(number) => format!("`{number}`"),
        Value::Bool(truth) => format!("`{truth}`"),
        _ => show(node),
    }
}
