use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Buildspec;
use crate::node::{FieldPath, Node};

declare_rule! {
    /// Flags references to secrets that Secrets Manager cannot follow.
    ///
    /// ## Why is this bad?
    /// The build ends before its first phase. A version is named by its stage or by its id, not by both.
    ///
    /// ## Fields
    /// `env.secrets-manager`.
    ///
    /// ## Allowed values
    /// `<id or ARN>`, `<id>:<JSON key>`, `<id>:<JSON key>:<stage>`, or `<id>:<JSON key>::<version id>`; a part may be
    /// empty.
    ///
    /// ## Examples
    /// ```yaml bad
    /// version: 0.2
    /// env: {secrets-manager: {TOKEN: 'web:token:AWSCURRENT:0b6f'}}
    /// phases: {build: {commands: [make]}}
    /// ```
    /// ```yaml good
    /// version: 0.2
    /// env: {secrets-manager: {TOKEN: 'web:token:AWSCURRENT'}}
    /// phases: {build: {commands: [make]}}
    /// ```
    MALFORMED_SECRET_REFERENCE = {
        id: "malformed-secret-reference",
        category: Buildspec,
        severity: Error,
        look: Buildspec(malformed_secret_reference),
    }
}

fn malformed_secret_reference(buildspec: &Buildspec<'_>, findings: &mut Findings<'_>) {
    for field in buildspec.node.at(&["env", "secrets-manager"]).map_or(&[][..], Node::fields) {
        let Some(why) = field.node.as_str().and_then(defect) else { continue };
        findings
            .report(
                FieldPath::root().fields(&["env", "secrets-manager", &field.name]),
                format!("the reference of `{}` {why}", field.name),
            )
            .help("write `<id>:<JSON key>:<stage>`, or `<id>:<JSON key>::<version id>`");
    }
}

/// What is wrong with it. An ARN has six colons of its own before the secret's name ends.
fn defect(reference: &str) -> Option<&'static str> {
    if reference.contains('$') {
        return None;
    }
    let own = if reference.starts_with("arn:") { 7 } else { 1 };
    let parts: Vec<&str> = reference.split(':').collect();
    let Some(rest) = parts.get(own..) else { return Some("is no whole ARN") };
    match rest {
        _ if parts[..own].iter().any(|part| part.is_empty()) => Some("names no secret"),
        [_, stage, version] if !stage.is_empty() && !version.is_empty() => {
            Some("has both a stage and a version id")
        }
        [_, _, _, _, ..] => Some("has more than four parts"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::MALFORMED_SECRET_REFERENCE;
    use crate::lint::testing::finds;

    #[test]
    fn what_is_meant_is_found_and_the_rest_left_alone() {
        for (case, expected) in [
            ("web", false),
            ("web:key", false),
            ("web:key:AWSPREVIOUS", false),
            ("web:key::0b6f", false),
            ("web::AWSCURRENT:0b6f", true),
            ("web:a:b:c:d", true),
            (":key", true),
            ("arn:aws:secretsmanager:us-east-1:111122223333:secret:web-AbCdEf", false),
            ("arn:aws:secretsmanager:us-east-1:111122223333:secret:web-AbCdEf:key:AWSCURRENT", false),
            ("arn:aws:secretsmanager:us-east-1:111122223333:secret:web-AbCdEf:key:AWSCURRENT:0b6f", true),
            ("arn:aws:secretsmanager:us-east-1", true),
        ] {
            let yaml = format!(
                "version: 0.2\nenv: {{secrets-manager: {{A: '{case}'}}}}\nphases: {{build: {{commands: [make]}}}}"
            );
            assert_eq!(finds(&MALFORMED_SECRET_REFERENCE, &yaml), expected, "{case}");
        }
    }
}
