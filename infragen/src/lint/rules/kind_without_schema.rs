use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Misfit;
use crate::schema::{Defect, Version, nearest_kind};

declare_rule! {
    /// Flags objects of somebody's own kind whose definition is not known.
    ///
    /// ## Why is this bad?
    /// Nothing in them is checked, and where the cluster lacks the definition too, it refuses them.
    ///
    /// ## Fields
    /// `apiVersion` and `kind`, of groups that are not Kubernetes' own.
    ///
    /// ## Allowed values
    /// Kinds whose CustomResourceDefinition stands among the documents or was given by `--crds`; kinds that are allowed by
    /// name; and ExternalSecret, whose definition infragen has.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: cert-manager.io/v1
    /// kind: Certificate
    /// metadata: {name: web}
    /// ```
    /// ```yaml bad
    /// apiVersion: networking.k8.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: external-secrets.io/v1
    /// kind: ExternalSecret
    /// metadata: {name: web}
    /// spec:
    ///   secretStoreRef: {kind: ClusterSecretStore, name: aws}
    ///   data:
    ///   - {secretKey: password, remoteRef: {key: web/database}}
    /// ```
    KIND_WITHOUT_SCHEMA = {
        id: "kind-without-schema",
        category: Schema,
        severity: Error,
        covers: ["SCH-04"],
        look: Schema(kind_without_schema),
    }
}

fn kind_without_schema(misfit: &Misfit<'_>, findings: &mut Findings<'_>) {
    let Defect::NoSchema = misfit.fault.defect else { return };
    let (api_version, kind) = (misfit.object.api_version, misfit.object.kind);
    // A group that is spelt almost as Kubernetes' own is a mistake rather than somebody's.
    let meant = nearest_kind(api_version, kind, Version::newest()).filter(|near| {
        near.name() == kind && strsim::damerau_levenshtein(near.api_version(), api_version) <= 2
    });
    let help = match meant {
        Some(near) => format!("did you mean `{}`?", near.api_version()),
        None => format!(
            "give its CustomResourceDefinition by `--crds`, or allow the kind by `--allow-kind {kind}`"
        ),
    };
    findings.report(misfit.path(), format!("nothing is known of `{kind}` of `{api_version}`")).help(help);
}

#[cfg(test)]
mod tests {
    use super::KIND_WITHOUT_SCHEMA;
    use crate::lint::testing::found;

    #[test]
    fn a_misspelt_group_is_told_from_somebodys() {
        let help = |yaml: &str| found(&KIND_WITHOUT_SCHEMA, yaml)[0].help.clone();
        assert_eq!(
            help("{apiVersion: networking.k8.io/v1, kind: Ingress}"),
            "did you mean `networking.k8s.io/v1`?"
        );
        assert_eq!(
            help("{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway}"),
            "give its CustomResourceDefinition by `--crds`, or allow the kind by `--allow-kind Gateway`"
        );
    }
}
