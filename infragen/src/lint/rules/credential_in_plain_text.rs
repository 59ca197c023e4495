use crate::lint::findings::Findings;
use crate::lint::grammar::secret;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{FieldPath, Node, Value};

declare_rule! {
    /// Flags keys, tokens and passwords that can be told by their form.
    ///
    /// ## Why is this bad?
    /// Whoever reads the repository, its history, or the object can use them. What was committed once must be revoked:
    /// to delete it is not enough.
    ///
    /// ## Fields
    /// All text of all objects, the `stringData` of Secrets too.
    ///
    /// ## Allowed values
    /// Anything but private keys in PEM, tokens of AWS, GitHub, GitLab, Slack, Google and Stripe, and URLs with a
    /// password.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {url: "postgres://web:hunter2@db.example.com/web"}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: web}
    /// stringData: {key: "-----BEGIN RSA PRIVATE KEY-----"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {url: "postgres://web:$(DB_PASSWORD)@db.example.com/web"}
    /// ```
    CREDENTIAL_IN_PLAIN_TEXT = {
        id: "credential-in-plain-text",
        category: Practice,
        severity: Warning,
        covers: ["ENV-05"],
        look: Object(&[], credential_in_plain_text),
    }
}

fn credential_in_plain_text(object: &Object<'_>, findings: &mut Findings<'_>) {
    texts(object.node, &mut Vec::new(), &mut |way, text| {
        if let Some(kind) = secret::form(text) {
            let path = way.iter().fold(FieldPath::root(), |path, step| match step {
                Way::Field(name) => path.field(name),
                Way::Index(index) => path.index(*index),
            });
            findings
                .report(path, format!("the text holds {kind}"))
                .without_excerpt()
                .help("revoke it, and let a store of secrets supply the next");
        }
    });
}

/// One step to a text, as long as nobody wants to keep it.
enum Way<'a> {
    Field(&'a str),
    Index(usize),
}

fn texts<'a>(node: &'a Node, way: &mut Vec<Way<'a>>, see: &mut impl FnMut(&[Way<'a>], &'a str)) {
    match &node.value {
        Value::String(text) => see(way, text),
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                way.push(Way::Index(index));
                texts(item, way, see);
                way.pop();
            }
        }
        Value::Mapping(fields) => {
            for field in fields {
                way.push(Way::Field(&field.name));
                texts(&field.node, way, see);
                way.pop();
            }
        }
        Value::Null | Value::Bool(_) | Value::Integer(_) | Value::Float(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::CREDENTIAL_IN_PLAIN_TEXT;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        let cases = [
            ("AKIA0123456789ABCDEF", true),
            ("AKIAIOSFODNN7EXAMPLE", false),
            ("export KEY=AKIA0123456789ABCDEF;", true),
            ("BAKIA0123456789ABCDEF", false),
            ("AKIA is short", false),
            ("-----BEGIN CERTIFICATE-----", false),
            ("http://user:pw@host/", true),
            ("http://user@host:80/a:b@c", false),
            ("http://user:<password>@host", false),
            ("http://host:80/", false),
            ("redis://:pw@host", true),
        ];
        for (case, expected) in cases {
            let yaml = format!("kind: ConfigMap\ndata: {{a: \"{case}\"}}");
            assert_eq!(finds(&CREDENTIAL_IN_PLAIN_TEXT, &yaml), expected, "{case}");
        }
    }
}
