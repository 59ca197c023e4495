use crate::lint::findings::Findings;
use crate::lint::images::lacks_shell;
use crate::lint::rule::{Containers, declare_rule};
use crate::lint::view::Container;
use std::path::Path;

declare_rule! {
    /// Flags variables that name certificates which an image without a shell does not have.
    ///
    /// ## Why is this bad?
    /// An image of a single program holds the usual bundle of certificates at the usual place, or none. A program that
    /// is told to trust another file ends as it starts, or refuses every server.
    ///
    /// ## Fields
    /// Values of `SSL_CERT_FILE`, `PGSSLROOTCERT` and other variables that name certificates to trust, in containers
    /// whose image is known to hold nothing but its program.
    ///
    /// ## Allowed values
    /// A path below a mount of the container, or `/etc/ssl/certs/ca-certificates.crt`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: gcr.io/distroless/static-debian12:nonroot
    ///     env: [{name: SSL_CERT_FILE, value: /certs/company.pem}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: gcr.io/distroless/static-debian12:nonroot
    ///     env: [{name: SSL_CERT_FILE, value: /certs/company.pem}]
    ///     volumeMounts: [{name: certificates, mountPath: /certs}]
    ///   volumes: [{name: certificates, configMap: {name: company}}]
    /// ```
    TRUST_STORE_MISSING = {
        id: "trust-store-missing",
        category: Practice,
        severity: Warning,
        look: Container(Containers::Every, trust_store_missing),
    }
}

fn trust_store_missing(container: &Container<'_>, findings: &mut Findings<'_>) {
    let image = container.node.text_at(&["image"]).unwrap_or_default();
    if !lacks_shell(image) {
        return;
    }
    for (index, variable) in container.items("env").iter().enumerate() {
        let name = variable.text_at(&["name"]).unwrap_or_default();
        let Some(path) = variable.text_at(&["value"]).filter(|_| TRUSTED.contains(&name)) else { continue };
        let is_mounted = container.items("volumeMounts").iter().any(|mount| {
            mount.text_at(&["mountPath"]).is_some_and(|folder| Path::new(path).starts_with(folder))
        });
        if path.starts_with('/') && !is_mounted && !path.starts_with(USUAL) {
            findings
                .report(
                    container.path(&["env"]).index(index).field("value"),
                    format!("neither the image `{image}` nor a mount has `{path}`"),
                )
                .help(format!("mount the certificates there, or use `{USUAL}/ca-certificates.crt`"));
        }
    }
}

/// Where images keep the bundle that they come with.
const USUAL: &str = "/etc/ssl/certs";

/// Variables by which programs and their libraries are told whom to trust.
const TRUSTED: [&str; 8] = [
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "AWS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "REQUESTS_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
    "GIT_SSL_CAINFO",
    "PGSSLROOTCERT",
];

#[cfg(test)]
mod tests {
    use super::TRUST_STORE_MISSING;
    use crate::lint::testing::messages;

    #[test]
    fn only_what_is_known_of_an_image_counts() {
        let of = |image: &str, path: &str| {
            let yaml = format!(
                "kind: Pod\nspec: {{containers: [{{name: a, image: '{image}', env: [{{name: SSL_CERT_FILE, value: {path}}}], \
                 volumeMounts: [{{name: v, mountPath: /certs}}]}}]}}"
            );
            messages(&TRUST_STORE_MISSING, &yaml).len()
        };
        let bare = "gcr.io/distroless/static";
        let cases = [
            (bare, "/other/a.pem", 1),
            (bare, "/certs/a.pem", 0),
            (bare, "/certificates/a.pem", 1),
            (bare, "/etc/ssl/certs/ca-certificates.crt", 0),
            ("example/web:1", "/other/a.pem", 0),
        ];
        for (image, path, count) in cases {
            assert_eq!(of(image, path), count, "{image} {path}");
        }
    }
}
