use crate::lint::findings::Findings;
use crate::lint::grammar::Name;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{Node, Value};

declare_rule! {
    /// Flags admission webhooks that cannot be called, or whose rules name everything and something beside.
    ///
    /// ## Why is this bad?
    /// The API server refuses the configuration.
    ///
    /// ## Fields
    /// `webhooks[]` of ValidatingWebhookConfigurations and MutatingWebhookConfigurations.
    ///
    /// ## Allowed values
    /// Names of at least three parts, such as `check.example.com`; one of `clientConfig.url`, which begins with `https://` and has
    /// neither user nor query, and `clientConfig.service`, whose `path` has DNS names between its `/`; `v1` or `v1beta1` among
    /// `admissionReviewVersions`, each once; `*` alone in its list.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: admissionregistration.k8s.io/v1
    /// kind: ValidatingWebhookConfiguration
    /// metadata: {name: check}
    /// webhooks: [{name: check.example.com, clientConfig: {url: 'http://example.com'}, sideEffects: None, admissionReviewVersions: [v1]}]
    /// ```
    /// ```yaml good
    /// apiVersion: admissionregistration.k8s.io/v1
    /// kind: ValidatingWebhookConfiguration
    /// metadata: {name: check}
    /// webhooks: [{name: check.example.com, clientConfig: {url: 'https://example.com'}, sideEffects: None, admissionReviewVersions: [v1]}]
    /// ```
    MALFORMED_WEBHOOK = {
        id: "malformed-webhook",
        category: Admission,
        severity: Error,
        look: Object(&["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"], malformed_webhook),
    }
}

fn malformed_webhook(object: &Object<'_>, findings: &mut Findings<'_>) {
    for (index, webhook) in object.at(&["webhooks"]).map_or(&[][..], Node::items).iter().enumerate() {
        let mut report = |place: &[&str], message: String, help: &str| {
            findings.report(object.path(&["webhooks"]).index(index).fields(place), message).help(help);
        };
        let name = webhook.text_at(&["name"]).unwrap_or_default();
        if !name.is_empty() && name.split('.').count() < 3 {
            report(
                &["name"],
                format!("`{name}` has fewer than three parts"),
                "write one such as `check.example.com`",
            );
        }
        let part = |name: &str| webhook.at(&["clientConfig", name]).filter(|node| node.value != Value::Null);
        let (url, service) = (part("url"), part("service"));
        if url.is_some() == service.is_some() {
            report(
                &["clientConfig"],
                format!("the webhook `{name}` does not have exactly one of `url` and `service`"),
                "set one of them",
            );
        }
        if let Some(url) = url.and_then(Node::as_str).filter(|url| service.is_none() && !is_url(url)) {
            report(
                &["clientConfig", "url"],
                format!("`{url}` is no address of a webhook"),
                "write `https://host/path`",
            );
        }
        if let Some(path) =
            service.and_then(|service| service.text_at(&["path"])).filter(|path| !is_path(path))
        {
            report(
                &["clientConfig", "service", "path"],
                format!("`{path}` is no path of a webhook"),
                "begin it with `/`, and use lower-case letters, digits, `-` and `.`",
            );
        }
        let versions = webhook.get("admissionReviewVersions").map_or(&[][..], Node::items);
        let is_known = |version: &Node| matches!(version.as_str(), Some("v1" | "v1beta1"));
        let is_twice = versions.iter().enumerate().any(|(at, version)| versions[..at].contains(version));
        if is_twice || !versions.is_empty() && !versions.iter().any(is_known) {
            report(
                &["admissionReviewVersions"],
                "the server speaks none of these versions, or one stands twice".to_owned(),
                "write `[v1]`",
            );
        }
        for (at, rule) in webhook.get("rules").map_or(&[][..], Node::items).iter().enumerate() {
            let path = || object.path(&["webhooks"]).index(index).field("rules").index(at);
            for list in ["operations", "apiGroups", "apiVersions", "resources"] {
                let items: Vec<_> =
                    rule.get(list).map_or(&[][..], Node::items).iter().filter_map(Node::as_text).collect();
                let is_empty = items.contains(&"") && list != "apiGroups";
                if is_empty || items.len() > 1 && mixes(&items, list) {
                    findings
                        .report(
                            path().field(list),
                            format!("`{list}` names everything and something, or nothing"),
                        )
                        .help("keep `*` alone, and name each of the others");
                }
            }
        }
    }
}

/// Whether `*` stands beside what it stands for.
fn mixes(items: &[&str], list: &str) -> bool {
    if list != "resources" {
        return items.contains(&"*");
    }
    items.contains(&"*/*")
        || items.contains(&"*") && items.iter().any(|item| !item.contains('/') && *item != "*")
}

fn is_url(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else { return false };
    let host = rest.split('/').next().unwrap_or_default();
    !host.is_empty() && !host.contains('@') && !rest.contains(['?', '#', ' '])
}

fn is_path(path: &str) -> bool {
    let inner = path.strip_prefix('/').map(|rest| rest.strip_suffix('/').unwrap_or(rest));
    matches!(path, "" | "/")
        || inner.is_some_and(|inner| inner.split('/').all(|part| Name::Subdomain.takes(part)))
}
