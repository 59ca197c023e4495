//! What is wrong with the rules of a definition themselves, as far as that is certain without an object.

use cel::common::ast::{Expr, LiteralValue};

use super::check::COMMON;
use super::expression::{self, RULES, Unread};
use super::rules::on_a_large_stack;
use super::value::escaped;
use crate::node::{FieldPath, Node, Value};

/// Why a rule may say that it is broken.
const REASONS: [&str; 4] =
    ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];
/// Schemas that are nested deeper are not looked at.
const DEEPEST: usize = 200;
/// Words that mean something in a rule though it does not bind them: what it is about, types, and groups of functions.
const KNOWN: [&str; 29] = [
    "self",
    "oldSelf",
    "bool",
    "int",
    "uint",
    "double",
    "string",
    "bytes",
    "list",
    "map",
    "null_type",
    "type",
    "duration",
    "timestamp",
    "google",
    "net",
    "kubernetes",
    "ip",
    "cidr",
    "format",
    "sets",
    "math",
    "base64",
    "optional",
    "optional_type",
    "cel",
    "semver",
    "quantity",
    "regex",
];

/// What is wrong with a rule of a definition, which the API server finds when it compiles it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFault {
    /// The field that is wrong, seen from the schema.
    pub path: FieldPath,
    /// What is wrong with it.
    pub message: String,
}

/// What is wrong with the rules of an `openAPIV3Schema` and of all schemas in it.
#[must_use]
pub fn faults_of_rules(schema: &Node) -> Vec<RuleFault> {
    if !has_rules(schema, 0) {
        return Vec::new();
    }
    on_a_large_stack(|| {
        let mut found = Vec::new();
        look_at(Place { schema, is_root: true }, &FieldPath::root(), 0, &mut found);
        found
    })
}

/// A schema, and whether it is that of a whole object.
#[derive(Clone, Copy)]
struct Place<'s> {
    schema: &'s Node,
    is_root: bool,
}

fn has_rules(schema: &Node, depth: usize) -> bool {
    depth <= DEEPEST
        && (schema.get(RULES).is_some() || below(schema).any(|(_, inner)| has_rules(inner, depth + 1)))
}

/// The schemas that stand in a schema, each with the way to it.
fn below(schema: &Node) -> impl Iterator<Item = (Vec<&str>, &Node)> {
    let properties = schema.get("properties").map_or(&[][..], Node::fields).iter();
    let named = properties.map(|field| (vec!["properties", field.name.as_str()], &field.node));
    let others = ["items", "additionalProperties"].into_iter();
    let others = others.filter_map(|name| Some((vec![name], schema.get(name)?)));
    named.chain(others).filter(|(_, inner)| matches!(inner.value, Value::Mapping(_)))
}

fn look_at(place: Place<'_>, path: &FieldPath, depth: usize, found: &mut Vec<RuleFault>) {
    if depth > DEEPEST {
        return;
    }
    for (index, rule) in place.schema.get(RULES).map_or(&[][..], Node::items).iter().enumerate() {
        let path = path.field(RULES).index(index);
        found.extend(
            faults_of(rule, place).map(|(field, message)| RuleFault { path: path.field(field), message }),
        );
    }
    for (way, schema) in below(place.schema) {
        look_at(Place { schema, is_root: false }, &path.fields(&way), depth + 1, found);
    }
}

fn faults_of<'r>(rule: &'r Node, place: Place<'r>) -> impl Iterator<Item = (&'static str, String)> + 'r {
    let text = |name: &str| rule.text_at(&[name]).filter(|text| !text.is_empty());
    let source = text("rule").unwrap_or_default();
    let is_missing = source.trim().is_empty();
    let missing = is_missing.then(|| "no rule stands here".to_owned());
    let refused = (!is_missing).then(|| wrong(source, place, true)).flatten();
    let message = text("messageExpression").and_then(|source| wrong(source, place, false));
    let reason = rule.text_at(&["reason"]).filter(|reason| !REASONS.contains(reason));
    let reason = reason.map(|reason| format!("`{reason}` is not one of `{}`", REASONS.join("`, `")));
    let field = text("fieldPath").filter(|field| !leads_somewhere(place.schema, field));
    let field = field.map(|field| format!("`{field}` leads to no field of what the rule is for"));
    let old = rule.get("optionalOldSelf").and_then(Node::as_bool).filter(|_| !source.contains("oldSelf"));
    let old = old.map(|_| "the rule does not use `oldSelf`".to_owned());
    [
        ("rule", missing.or(refused)),
        ("messageExpression", message),
        ("reason", reason),
        ("fieldPath", field),
        ("optionalOldSelf", old),
    ]
    .into_iter()
    .filter_map(|(field, message)| Some((field, message?)))
}

/// Why a rule is refused, or the expression of a message.
fn wrong(source: &str, place: Place<'_>, is_rule: bool) -> Option<String> {
    let program = match expression::read(source) {
        Ok(program) => program,
        Err(Unread::Syntax(reason)) if is_plain(source) => return Some(format!("this is no CEL: {reason}")),
        Err(_) => return None,
    };
    let root = &program.expression().expr;
    let is_fitting = match root {
        Expr::Literal(LiteralValue::Boolean(_)) => is_rule,
        Expr::Literal(LiteralValue::String(_)) => !is_rule,
        Expr::Literal(_) | Expr::List(_) | Expr::Map(_) => false,
        _ => true,
    };
    if !is_fitting {
        let wanted = if is_rule { "true or false" } else { "a text" };
        return Some(format!("it is always something else than {wanted}"));
    }
    unknown(root, place, &mut Vec::new(), 0)
}

/// Whether our reader of CEL knows all that a text is made of: what it does not read then, the server does not either.
fn is_plain(source: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"?`\\{}\"".contains(&byte) || byte == b' ';
    let macros = ["all", "exists", "map", "filter", "bind", "transform", "sort", "'''"];
    source.bytes().all(is_plain) && !macros.iter().any(|name| source.contains(name))
}

/// A word or a field that the server does not know either.
fn unknown(expression: &Expr, place: Place<'_>, bound: &mut Vec<String>, level: usize) -> Option<String> {
    if level > DEEPEST {
        return None;
    }
    let level = level + 1;
    match expression {
        Expr::Ident(name) => {
            let is_known = bound.contains(name) || KNOWN.contains(&name.as_str());
            (!is_known).then(|| format!("`{name}` is not known there: a rule sees `self` and `oldSelf`"))
        }
        Expr::Select(select) => {
            let way = way_from_self(expression, bound);
            let missing = way.and_then(|way| missing(place, &way).map(str::to_owned));
            let missing = missing.map(|field| format!("the schema has no field `{field}` there"));
            missing.or_else(|| unknown(&select.operand.expr, place, bound, level))
        }
        Expr::Call(call) => {
            let mut parts = call.target.iter().map(Box::as_ref).chain(&call.args);
            parts.find_map(|part| unknown(&part.expr, place, bound, level))
        }
        Expr::List(list) => list.elements.iter().find_map(|part| unknown(&part.expr, place, bound, level)),
        Expr::Comprehension(inner) => unknown(&inner.iter_range.expr, place, bound, level).or_else(|| {
            let before = bound.len();
            bound.extend([inner.iter_var.clone(), inner.accu_var.clone()]);
            bound.extend(inner.iter_var2.clone());
            let mut parts = [&inner.accu_init, &inner.loop_cond, &inner.loop_step, &inner.result].into_iter();
            let found = parts.find_map(|part| unknown(&part.expr, place, bound, level));
            bound.truncate(before);
            found
        }),
        Expr::Map(_) | Expr::Struct(_) | Expr::Literal(_) | Expr::Unspecified => None,
    }
}

/// The fields that an expression goes through from `self` on.
fn way_from_self<'e>(expression: &'e Expr, bound: &[String]) -> Option<Vec<&'e str>> {
    match expression {
        Expr::Ident(name) if name == "self" && !bound.contains(name) => Some(Vec::new()),
        Expr::Select(select) => {
            let mut way = way_from_self(&select.operand.expr, bound)?;
            way.push(select.field.as_str());
            Some(way)
        }
        _ => None,
    }
}

/// The first field on a way that its schema does not have, as far as it says all that there is.
fn missing<'w>(Place { mut schema, mut is_root }: Place<'_>, way: &[&'w str]) -> Option<&'w str> {
    const OPEN: [&str; 3] = [
        "x-kubernetes-int-or-string",
        "x-kubernetes-preserve-unknown-fields",
        "x-kubernetes-embedded-resource",
    ];
    for field in way {
        let is_true = |name: &str| schema.get(name).and_then(Node::as_bool) == Some(true);
        let is_open = OPEN.into_iter().any(is_true) || schema.get("additionalProperties").is_some();
        if is_open || schema.text_at(&["type"]) != Some("object") || is_root && COMMON.contains(field) {
            return None;
        }
        let properties = schema.get("properties").map_or(&[][..], Node::fields);
        match properties.iter().find(|property| escaped(&property.name) == **field) {
            Some(property) => (schema, is_root) = (&property.node, false),
            None => return Some(field),
        }
    }
    None
}

/// Whether a path such as `.spec.name` or `.labels['a/b']` leads to a field of what a schema describes.
fn leads_somewhere(mut schema: &Node, path: &str) -> bool {
    let mut rest = path;
    while !rest.is_empty() {
        let quoted = rest.strip_prefix("['").and_then(|rest| rest.split_once("']"));
        let (name, after) = quoted.unwrap_or_else(|| {
            let rest = rest.strip_prefix('.').unwrap_or(rest);
            rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len()))
        });
        if schema.get("x-kubernetes-preserve-unknown-fields").is_some() {
            return true;
        }
        let inner = schema.get("properties").and_then(|properties| properties.get(name));
        match inner.or_else(|| schema.get("additionalProperties")) {
            Some(inner) if !name.is_empty() => schema = inner,
            _ => return false,
        }
        rest = after;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::faults_of_rules;
    use crate::read;

    fn faults(rules: &str) -> Vec<String> {
        let yaml = format!(
            "{{type: object, properties: {{spec: {{type: object, x-kubernetes-validations: [{rules}], properties: {{\
             a: {{type: integer}}, x-y: {{type: string}}, l: {{type: array, items: {{type: object, properties: {{b: {{type: string}}}}}}}}, \
             m: {{type: object, additionalProperties: {{type: string}}}}, any: {{x-kubernetes-preserve-unknown-fields: true}}}}}}}}}}"
        );
        let schema = read::objects(&yaml).unwrap().remove(0);
        let found = faults_of_rules(&schema).into_iter();
        found.map(|fault| format!("{}: {}", fault.path, fault.message)).collect()
    }

    #[test]
    fn what_the_server_compiles_is_well() {
        let rules = [
            "self.a > 0",
            "has(self.a) && self.x__dash__y != ''",
            "self.l.all(one, one.b != '' && one.c == 1)",
            "self.m.any == 'x' && self.any.thing",
            "type(self.a) == int && oldSelf.a == self.a",
            "ip.isCanonical(self.x__dash__y) || sets.contains([1], [self.a])",
            "self.?a.orValue(1) == 1",
            "optional.of(1).hasValue()",
        ];
        for rule in rules {
            assert_eq!(faults(&format!("{{rule: {rule:?}}}")), [""; 0], "{rule}");
        }
        assert_eq!(faults("{rule: 'true', fieldPath: .a, reason: FieldValueRequired}"), [""; 0]);
        assert_eq!(
            faults("{rule: oldSelf.a == self.a, fieldPath: \".m['k']\", optionalOldSelf: false}"),
            [""; 0]
        );
    }

    #[test]
    fn what_it_does_not_compile_is_told() {
        let cases = [
            ("{message: a}", "rule", "no rule"),
            ("{rule: self.b > 0}", "rule", "no field `b`"),
            ("{rule: has(self.b)}", "rule", "no field `b`"),
            ("{rule: \"self.l.all(one, two.b == '')\"}", "rule", "`two` is not known"),
            ("{rule: x}", "rule", "`x` is not known"),
            ("{rule: self.a >}", "rule", "no CEL"),
            ("{rule: '5'}", "rule", "true or false"),
            ("{rule: 'true', messageExpression: '5'}", "messageExpression", "a text"),
            ("{rule: 'true', messageExpression: self.b}", "messageExpression", "no field `b`"),
            ("{rule: 'true', reason: Wrong}", "reason", "`Wrong`"),
            ("{rule: 'true', reason: ''}", "reason", "``"),
            ("{rule: 'true', fieldPath: .b}", "fieldPath", "`.b`"),
            ("{rule: 'true', fieldPath: '-'}", "fieldPath", "`-`"),
            ("{rule: 'true', optionalOldSelf: true}", "optionalOldSelf", "oldSelf"),
        ];
        for (rule, field, message) in cases {
            let found = faults(rule);
            assert_eq!(found.len(), 1, "{rule}: {found:?}");
            let start = format!("properties.spec.x-kubernetes-validations[0].{field}: ");
            assert!(found[0].starts_with(&start) && found[0].contains(message), "{rule}: {found:?}");
        }
    }
}
