use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags service accounts whose role of AWS is not the ARN of a role.
    ///
    /// ## Why is this bad?
    /// AWS refuses to let the Pods assume it, and their first call of an AWS API fails.
    ///
    /// ## Fields
    /// `metadata.annotations[eks.amazonaws.com/role-arn]` of ServiceAccounts.
    ///
    /// ## Allowed values
    /// `arn:aws:iam::` (or another partition: `aws-cn`, `aws-us-gov`), twelve digits, `:role/` and a name, perhaps with
    /// a path.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: web
    ///   annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:user/web"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata:
    ///   name: web
    ///   annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/web"}
    /// ```
    MALFORMED_ROLE_ARN = {
        id: "malformed-role-arn",
        category: Reference,
        severity: Error,
        covers: ["OBJ-16"],
        look: Bundle(malformed_role_arn),
    }
}

fn malformed_role_arn(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    let field = ["metadata", "annotations", "eks.amazonaws.com/role-arn"];
    for account in graph.of_kind("ServiceAccount") {
        let Some(arn) = account.node.text_at(&field).filter(|arn| !is_role(arn)) else { continue };
        findings
            .report_on(account, account.path(&field), format!("`{arn}` is not the ARN of a role"))
            .help("write `arn:aws:iam::<twelve digits>:role/<name>`");
    }
}

fn is_role(arn: &str) -> bool {
    let parts: Vec<_> = arn.splitn(6, ':').collect();
    let ["arn", partition, "iam", "", account, resource] = parts[..] else { return false };
    let name = resource.strip_prefix("role/").unwrap_or_default();
    let may_stand = |c: char| c.is_ascii_alphanumeric() || "+=,.@_-/".contains(c);
    (partition == "aws" || partition.starts_with("aws-"))
        && account.len() == 12
        && account.bytes().all(|byte| byte.is_ascii_digit())
        && !name.is_empty()
        && !name.ends_with('/')
        && name.chars().all(may_stand)
}

#[cfg(test)]
mod tests {
    use super::MALFORMED_ROLE_ARN;
    use crate::lint::testing::finds;

    #[test]
    fn an_arn_is_one_of_a_role() {
        let cases = [
            ("arn:aws-cn:iam::111122223333:role/path/web", false),
            ("arn:aws:iam::11112222333:role/web", true),
            ("arn:aws:iam::111122223333:role/", true),
            ("arn:aws:iam:eu-central-1:111122223333:role/web", true),
            ("arn:aws:sts::111122223333:assumed-role/web", true),
            ("web", true),
        ];
        for (arn, expected) in cases {
            let yaml = format!(
                "kind: ServiceAccount\nmetadata: {{annotations: {{eks.amazonaws.com/role-arn: \"{arn}\"}}}}\n"
            );
            assert_eq!(finds(&MALFORMED_ROLE_ARN, &yaml), expected, "{arn}");
        }
    }
}
