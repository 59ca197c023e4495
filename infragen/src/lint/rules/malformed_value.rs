use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Misfit;
use crate::lint::view::misfit::show;
use crate::schema::{Defect, Type};

declare_rule! {
    /// Flags values of the right type that cannot be read as what their field means.
    ///
    /// ## Why is this bad?
    /// The API server cannot decode the object and refuses it, with a message that names no field.
    ///
    /// ## Fields
    /// Quantities, times, texts in base64, and whole numbers that must fit 32 bits.
    ///
    /// ## Allowed values
    /// Quantities such as `250m`, `1.5Gi` or `2`; times such as `2026-01-02T15:04:05Z`; base64 with its padding; whole numbers
    /// up to 2147483647.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: web}
    /// data: {password: "not base64"}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0", resources: {limits: {memory: 512MB}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: web}
    /// data: {password: aHVudGVyMg==}
    /// stringData: {other: "not base64"}
    /// ```
    MALFORMED_VALUE = {
        id: "malformed-value",
        category: Schema,
        severity: Error,
        covers: ["SCH-01"],
        look: Schema(malformed_value),
    }
}

fn malformed_value(misfit: &Misfit<'_>, findings: &mut Findings<'_>) {
    let Defect::Malformed { expected, found } = misfit.fault.defect else { return };
    if misfit.object.is_encrypted() && found.as_str().is_some_and(|text| text.starts_with("ENC[")) {
        return;
    }
    let path = misfit.path();
    let versions = misfit.in_some_versions();
    let message = match expected {
        // It may be a secret that somebody forgot to encode.
        Type::Bytes => format!("`{path}` is no base64{versions}"),
        _ => format!("`{path}` is {}, which is not {expected}{versions}", show(found)),
    };
    findings.report(path, message).help(mend(expected));
}

fn mend(expected: Type) -> String {
    match expected {
        Type::Quantity => "write a number with one of m, k, M, G, T, Ki, Mi, Gi, Ti, or with none".to_owned(),
        Type::Time => "write it as `2026-01-02T15:04:05Z`".to_owned(),
        Type::Bytes => "encode it by `base64`, or in a Secret put it below `stringData` as it is".to_owned(),
        Type::Enum(values) => {
            let values: Vec<String> = values.values().map(|value| format!("`{value}`")).collect();
            format!("write one of {}", values.join(", "))
        }
        _ => "write a number between -2147483648 and 2147483647".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::MALFORMED_VALUE;
    use crate::lint::testing::messages;

    #[test]
    fn a_secret_is_not_repeated() {
        let yaml = "{apiVersion: v1, kind: Secret, data: {password: hunter 2}}";
        assert_eq!(messages(&MALFORMED_VALUE, yaml), ["`data.password` is no base64"]);
    }

    #[test]
    fn what_sops_encrypted_is_not_what_is_applied() {
        let secret = "{apiVersion: v1, kind: Secret, data: {password: 'ENC[AES256_GCM,data:x]'}";
        assert_eq!(messages(&MALFORMED_VALUE, &format!("{secret}}}")).len(), 1);
        assert!(messages(&MALFORMED_VALUE, &format!("{secret}, sops: {{mac: x}}}}")).is_empty());
    }

    #[test]
    fn a_number_must_fit() {
        let yaml = "{apiVersion: apps/v1, kind: Deployment, spec: {replicas: 3000000000}}";
        let expected = "`spec.replicas` is the number `3000000000`, which is not a whole number of 32 bits";
        assert_eq!(messages(&MALFORMED_VALUE, yaml), [expected]);
    }
}
