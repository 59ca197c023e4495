use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags parameters of a storage class that have no name.
    ///
    /// ## Why is this bad?
    /// The API server refuses the object.
    ///
    /// ## Fields
    /// `parameters` of StorageClasses and VolumeAttributesClasses.
    ///
    /// ## Allowed values
    /// Any name but an empty one.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: storage.k8s.io/v1
    /// kind: StorageClass
    /// metadata: {name: fast}
    /// provisioner: ebs.csi.aws.com
    /// parameters: {'': gp3}
    /// ```
    /// ```yaml good
    /// apiVersion: storage.k8s.io/v1
    /// kind: StorageClass
    /// metadata: {name: fast}
    /// provisioner: ebs.csi.aws.com
    /// parameters: {type: gp3}
    /// ```
    NAMELESS_PARAMETER = {
        id: "nameless-parameter",
        category: Admission,
        severity: Error,
        look: Object(&["StorageClass", "VolumeAttributesClass"], nameless_parameter),
    }
}

fn nameless_parameter(class: &Object<'_>, findings: &mut Findings<'_>) {
    if class.at(&["parameters", ""]).is_some() {
        findings.report(class.path(&["parameters"]), "a parameter has no name").help("name it, or remove it");
    }
}
