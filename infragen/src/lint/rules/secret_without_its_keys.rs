use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags Secrets of a known type that lack the keys of that type, or hold something else there.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Secret.
    ///
    /// ## Fields
    /// `type`, `data` and `stringData` of Secrets.
    ///
    /// ## Allowed values
    /// `tls.crt` and `tls.key` for `kubernetes.io/tls`; JSON in `.dockerconfigjson` or `.dockercfg` for registries; `username` or
    /// `password` for `kubernetes.io/basic-auth`; `ssh-privatekey` for `kubernetes.io/ssh-auth`; the annotation
    /// `kubernetes.io/service-account.name` for `kubernetes.io/service-account-token`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: web}
    /// type: kubernetes.io/tls
    /// data: {cert.pem: YQ==}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: web}
    /// type: kubernetes.io/tls
    /// data: {tls.crt: YQ==, tls.key: YQ==}
    /// ```
    SECRET_WITHOUT_ITS_KEYS = {
        id: "secret-without-its-keys",
        category: Admission,
        severity: Error,
        look: Object(&["Secret"], secret_without_its_keys),
    }
}

const ACCOUNT: &str = "kubernetes.io/service-account.name";

fn secret_without_its_keys(secret: &Object<'_>, findings: &mut Findings<'_>) {
    let (keys, asks_for_all): (&[&str], bool) = match secret.node.text_at(&["type"]).unwrap_or_default() {
        "kubernetes.io/tls" => (&["tls.crt", "tls.key"], true),
        "kubernetes.io/dockerconfigjson" => (&[".dockerconfigjson"], true),
        "kubernetes.io/dockercfg" => (&[".dockercfg"], true),
        "kubernetes.io/ssh-auth" => (&["ssh-privatekey"], true),
        "kubernetes.io/basic-auth" => (&["username", "password"], false),
        "kubernetes.io/service-account-token" => {
            if secret.node.text_at(&["metadata", "annotations", ACCOUNT]).is_none_or(str::is_empty) {
                findings
                    .report(
                        secret.path(&["metadata", "annotations", ACCOUNT]),
                        "the token is of no service account",
                    )
                    .help("name the account in this annotation");
            }
            return;
        }
        _ => return,
    };
    let value = |key: &str| {
        let plain = secret.node.text_at(&["stringData", key]).map(|text| text.as_bytes().to_vec());
        plain.or_else(|| secret.at(&["data", key]).map(|node| decoded(node.as_str().unwrap_or_default())))
    };
    let missing: Vec<&str> = keys.iter().copied().filter(|key| value(key).is_none()).collect();
    let is_missing = if asks_for_all { !missing.is_empty() } else { missing.len() == keys.len() };
    if is_missing {
        findings
            .report(secret.path(&["data"]), format!("a Secret of this type has `{}`", missing.join("`, `")))
            .help("add it, or use `type: Opaque`");
    }
    for key in keys {
        let Some(value) = value(key) else { continue };
        let is_right = match *key {
            ".dockerconfigjson" | ".dockercfg" => {
                serde_json::from_slice::<Option<serde_json::Map<String, serde_json::Value>>>(&value).is_ok()
            }
            "ssh-privatekey" => !value.is_empty(),
            _ => true,
        };
        if !is_right {
            findings
                .report(secret.path(&["data", key]), format!("`{key}` does not hold what its name says"))
                .without_excerpt()
                .help("write what `kubectl create secret` makes");
        }
    }
}

/// What base64 stands for; what cannot be read is left to the schema.
fn decoded(text: &str) -> Vec<u8> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let digits: Vec<u8> = text.bytes().filter_map(digit).collect();
    let quads = digits.chunks(4).flat_map(|quad| {
        let bits = quad.iter().fold(0_u32, |bits, digit| bits << 6 | u32::from(*digit));
        let bits = bits << (6 * (4 - quad.len()));
        let [_, bytes @ ..] = bits.to_be_bytes();
        bytes.into_iter().take(quad.len().saturating_sub(1))
    });
    quads.collect()
}

#[cfg(test)]
mod tests {
    use super::SECRET_WITHOUT_ITS_KEYS;
    use crate::lint::testing::finds;

    #[test]
    fn each_type_has_its_keys() {
        let cases = [
            ("type: kubernetes.io/dockerconfigjson, data: {.dockerconfigjson: e30=}", false),
            ("type: kubernetes.io/dockerconfigjson, data: {.dockerconfigjson: YQ==}", true),
            ("type: kubernetes.io/dockerconfigjson, stringData: {.dockerconfigjson: '{}'}", false),
            ("type: kubernetes.io/dockerconfigjson", true),
            ("type: kubernetes.io/basic-auth, data: {password: YQ==}", false),
            ("type: kubernetes.io/basic-auth", true),
            ("type: kubernetes.io/ssh-auth, data: {ssh-privatekey: ''}", true),
            ("type: Opaque", false),
            ("type: kubernetes.io/service-account-token", true),
        ];
        for (fields, expected) in cases {
            let yaml = format!("{{kind: Secret, {fields}}}");
            assert_eq!(finds(&SECRET_WITHOUT_ITS_KEYS, &yaml), expected, "{fields}");
        }
    }
}
